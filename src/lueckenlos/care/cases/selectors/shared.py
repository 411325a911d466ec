"""What others share with one's office: purpose by purpose, because one acts for one purpose at a time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from lueckenlos.care.cases.selectors.cases import cases
from lueckenlos.care.cases.selectors.referrals import received as received_by
from lueckenlos.care.cases.types import CaseView, ReferralView
from lueckenlos.commons.privacy import selectors as privacy
from lueckenlos.commons.privacy.types import Purpose
from lueckenlos.core.actor import Actor


@dataclass(frozen=True, slots=True)
class Shared:
    """What is open to an office for one purpose."""

    purpose: Purpose
    cases: tuple[CaseView, ...]
    referrals: tuple[ReferralView, ...]


def shared_with(actor: Actor, *, now: datetime) -> list[Shared]:
    """Cases and referrals that are open to the actor's organization, for each purpose that has any."""
    found = []
    for purpose in Purpose:
        acting = replace(actor, purpose=purpose.value)
        files = privacy.files_released_to(acting, now=now)
        received = [each for each in received_by(acting) if each.state.is_open]
        if files or received:
            found.append(Shared(purpose, tuple(cases(acting, files)), tuple(received)))
    return found
