"""Planning together: notes that every member sees, adds to and settles."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from lueckenlos.core import audit
from lueckenlos.core.actor import Actor
from lueckenlos.core.context import acting_as
from lueckenlos.offers.centres.errors import NoSuchCentre
from lueckenlos.offers.centres.models import Member, PlanNote
from lueckenlos.offers.centres.types import MemberState, NewNote, NoteState


def note_plan(centre: UUID, new: NewNote, *, actor: Actor, now: datetime) -> UUID:
    """Note something for a month; who takes care of it is a member."""
    with acting_as(actor):
        organization = _joined(centre, actor.organization)
        if new.care is not None:
            _joined(centre, new.care)
        row = PlanNote(
            centre_id=centre,
            organization=organization,
            care=new.care,
            month=new.month.replace(day=1),
            day=new.day,
            what=new.what,
            created_at=now,
        )
        row.save(force_insert=True)
        _note("noted", row, actor)
    return row.id


def settle(key: UUID, *, actor: Actor) -> None:
    """It is done; any member may say so."""
    _set(key, NoteState.SETTLED, deed="settled", actor=actor)


def reopen(key: UUID, *, actor: Actor) -> None:
    """It is not done after all."""
    _set(key, NoteState.OPEN, deed="reopened", actor=actor)


def _set(key: UUID, state: NoteState, *, deed: str, actor: Actor) -> None:
    with acting_as(actor):
        row = PlanNote.objects.filter(id=key).first()
        if row is None:
            raise NoSuchCentre
        if PlanNote.objects.filter(id=key).exclude(state=state.value).update(state=state.value):
            _note(deed, row, actor)


def _joined(centre: UUID, organization: UUID | None) -> UUID:
    """The organization, if it belongs to the centre; for others the centre is not there."""
    there = Member.objects.filter(centre=centre, organization=organization, state=MemberState.JOINED.value)
    if organization is None or not there.exists():
        raise NoSuchCentre
    return organization


def _note(deed: str, row: PlanNote, actor: Actor) -> None:
    audit.record(f"centres.plan.{deed}", subject=f"plan/{row.id}", chain=audit.chain_of(actor.organization))
