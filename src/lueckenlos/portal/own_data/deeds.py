"""What somebody does on their own page that touches several consents at once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from lueckenlos.commons.privacy import selectors as privacy
from lueckenlos.commons.privacy import services
from lueckenlos.commons.privacy.types import ConsentView, WithdrawalWay
from lueckenlos.core.actor import Actor
from lueckenlos.core.context import acting_as


def take_back(
    actor: Actor, consent: ConsentView, *, parts: Iterable[UUID], way: WithdrawalWay, now: datetime
) -> None:
    """End a consent or some lines of it, and the same lines in every other consent that the person gave.

    Who takes a line back means the line, whichever paper it once stood on; otherwise an older consent would keep it open.
    """
    chosen = set(parts)
    values = {scope.value for scope in consent.scopes if not chosen or scope.id in chosen}
    with acting_as(actor):
        services.withdraw(consent.id, way=way, actor=actor, now=now, scopes=chosen)
        for other in privacy.consents_by(actor, consent.given_by):
            if other.id == consent.id or other.file != consent.file or not other.is_open(now):
                continue
            same = [
                scope.id
                for scope in other.scopes
                if (other.given_by, other.subject) == (consent.given_by, consent.subject)
                and scope.ended_at is None
                and scope.value in values
            ]
            if same:
                services.withdraw(other.id, way=way, actor=actor, now=now, scopes=same)
