"""Whose own page a browser may open: by its account, or for a while by a code from a letter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.http import HttpRequest

from lueckenlos.commons.families import selectors as families
from lueckenlos.core.actor import Actor, link_to
from lueckenlos.core.guards import actor_of

PURPOSE: Final = "own-data"
SESSION: Final = "own_page"
# A page about oneself must not stay open on a device that others use.
IDLE: Final = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Own:
    """The actor of the family's person, and whose data they are."""

    actor: Actor
    person: UUID
    by_code: bool


def own_of(request: HttpRequest, *, now: datetime) -> Own | None:
    """Whoever asks for their own data; a code that was typed goes before an account."""
    typed = _by_code(request, now=now)
    if typed is not None:
        return Own(link_to(typed, purpose=PURPOSE), typed, by_code=True)
    actor = families.own_actor(actor_of(request))
    person = families.own_person(actor) if actor is not None else None
    return Own(actor, person, by_code=False) if actor is not None and person is not None else None


def enter(request: HttpRequest, person: UUID, *, now: datetime) -> None:
    """Open a person's page in this browser for half an hour of rest at most."""
    request.session.cycle_key()
    request.session[SESSION] = {"person": str(person), "at": now.timestamp()}


def leave(request: HttpRequest) -> None:
    """Close the page in this browser."""
    request.session.pop(SESSION, None)


def _by_code(request: HttpRequest, *, now: datetime) -> UUID | None:
    kept = request.session.get(SESSION)
    if not kept:
        return None
    if now.timestamp() - float(kept["at"]) > IDLE.total_seconds():
        leave(request)
        return None
    request.session[SESSION] = {**kept, "at": now.timestamp()}
    return UUID(kept["person"])
