"""The demo's people as they act: at work for their organization, and for a purpose."""

from __future__ import annotations

from datetime import datetime

from lueckenlos.commons.accounts import selectors as accounts
from lueckenlos.commons.accounts import work
from lueckenlos.core import clock
from lueckenlos.core.actor import Actor


def demo_actor(email: str, *, now: datetime, purpose: str | None = None) -> Actor | None:
    """Somebody of the demo at work; nobody where people.toml does not name them."""
    person = accounts.demo_person(email)
    if person is None:
        return None
    return work.at_work(accounts.standing_of(person, today=clock.day_of(now)).actor, purpose=purpose)
