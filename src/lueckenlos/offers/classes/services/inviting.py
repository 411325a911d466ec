"""Inviting: the teacher has talked, the parents get a link, visit a morning, and say yes or no themselves."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Max

from lueckenlos.commons.signals import services as signals
from lueckenlos.commons.signals.types import SignalReason, SignalSource
from lueckenlos.core import audit, clock, codes
from lueckenlos.core.actor import Actor
from lueckenlos.core.context import acting_as
from lueckenlos.offers.classes.errors import NoNewFamilies, NoSuchInvitation, NotVisited
from lueckenlos.offers.classes.models import FamilyClass, Invitation, Member, Morning
from lueckenlos.offers.classes.services import seating
from lueckenlos.offers.classes.services.letters import CODE
from lueckenlos.offers.classes.services.planning import own_class
from lueckenlos.offers.classes.services.seating import PLACES
from lueckenlos.offers.classes.types import OPEN, InvitationState

LINK_LIVES: Final = timedelta(days=60)
S = InvitationState


def invite(key: UUID, *, talked_on: date, language: str, actor: Actor, now: datetime) -> UUID:
    """Note that the teacher has talked with parents: when, and in which language they read. Nothing of who."""
    with acting_as(actor):
        row = own_class(key, actor)
        if not row.is_open:
            raise NoNewFamilies
        last = Invitation.objects.filter(family_class=row).aggregate(last=Max("number"))["last"]
        made = Invitation(
            family_class=row,
            organization=row.organization_id,
            number=0 if last is None else last + 1,
            state=S.INVITED.value,
            language=language,
            talked_on=talked_on,
            changed_at=now,
        )
        made.save(force_insert=True)
        note("made", made)
    return made.id


def issue_link(key: UUID, *, actor: Actor, now: datetime) -> str:
    """Make the code for the parents' sheet; one that was handed out before opens nothing any more."""
    with acting_as(actor):
        found = served(key, actor=actor)
        codes.revoke(found.id, purpose=CODE)
        made = codes.issue(
            found.id,
            purpose=CODE,
            language=found.language,
            now=now,
            until=link_until(found, now=now),
            uses=None,
        )
        note("link_issued", found)
    return made.text


def link_until(found: Invitation, *, now: datetime) -> datetime:
    """As long as the class, and a while after."""
    last = datetime.combine(found.family_class.last_day, datetime.min.time(), tzinfo=clock.zone())
    return max(last, now) + LINK_LIVES


def choose_visit(key: UUID, *, morning: UUID, actor: Actor, now: datetime) -> None:
    """Parents choose the morning on which they come to look."""
    with acting_as(actor):
        found = seen(key)
        with acting_as(PLACES):
            seating.held(found.family_class_id)
            row = Invitation.objects.get(id=key)
            date = Morning.objects.filter(
                id=morning, family_class=row.family_class_id, is_cancelled=False, ends_at__gt=now
            ).first()
            if date is None or row.state not in {S.INVITED, S.VISITING}:
                raise NoSuchInvitation
            seating.put([key], S.VISITING, now=now, visit=date)
        note("visit_chosen", found)


def say_yes(key: UUID, *, actor: Actor, now: datetime) -> InvitationState:
    """Parents say yes: a place is theirs, or they wait for one. Raises NotVisited or NoNewFamilies.

    What could not be given is counted without the family: why, and where.
    """
    with acting_as(actor):
        found = seen(key)
        with acting_as(PLACES):
            row = seating.held(found.family_class_id)
            current = Invitation.objects.select_related("visit").get(id=key)
            if not InvitationState(current.state).is_undecided:
                raise NoSuchInvitation
            if not has_visited(current, now=now):
                raise NotVisited
            state = S.NO if not row.is_open else seating.decide(row, key, now=now)
            if row.is_open:
                seating.put([key], state, now=now)
        note(f"said_{S.YES.value}", found)
    if state is not S.YES:
        _count(row, state, now=now)
    if state is S.NO:
        raise NoNewFamilies
    return state


def say_no(key: UUID, *, actor: Actor, now: datetime) -> None:
    """Parents say no, or wait no longer. Nobody asks why."""
    with acting_as(actor):
        found = seen(key)
        if not InvitationState(found.state).is_undecided and found.state != S.WAITING.value:
            raise NoSuchInvitation
        end(found, S.NO, now=now)


def leave(key: UUID, *, actor: Actor, now: datetime) -> None:
    """A family takes part no longer; its place goes to the next, its names go with retention."""
    with acting_as(actor):
        found = seen(key)
        if found.state != S.YES.value:
            raise NoSuchInvitation
        end(found, S.LEFT, now=now)


def release(key: UUID, *, actor: Actor, now: datetime) -> None:
    """The organization ends an invitation, or a family's part."""
    with acting_as(actor):
        found = served(key, actor=actor)
        if InvitationState(found.state) not in OPEN:
            return
        end(found, S.LEFT if Member.objects.filter(id=key).exists() else S.LAPSED, now=now)


def has_visited(row: Invitation, *, now: datetime) -> bool:
    """Whether the parents have seen a morning: the teacher said so, or the one they chose is over."""
    if row.state == S.VISITED.value:
        return True
    return row.state == S.VISITING.value and row.visit is not None and row.visit.ends_at <= now


def seen(key: UUID) -> Invitation:
    """The invitation, if the actor of this transaction may see it."""
    row = Invitation.objects.select_related("family_class", "visit").filter(id=key).first()
    if row is None:
        raise NoSuchInvitation
    return row


def note(deed: str, row: Invitation) -> None:
    """What was done, without who it was done for."""
    audit.record(
        f"classes.invitation.{deed}", subject=f"invitation/{row.id}", chain=audit.chain_of(row.organization)
    )


def served(key: UUID, *, actor: Actor) -> Invitation:
    """The invitation, if the actor works for whose class it is."""
    found = seen(key)
    if actor.organization is None or found.organization != actor.organization:
        raise NoSuchInvitation
    return found


def end(found: Invitation, state: InvitationState, *, now: datetime) -> None:
    """End it under the lock; whoever waits moves up."""
    with acting_as(PLACES):
        row = seating.held(found.family_class_id)
        seating.put([found.id], state, now=now)
        seating.move_up(row, now=now)
    note(f"ended_{state.value}", found)


def _count(row: FamilyClass, state: InvitationState, *, now: datetime) -> None:
    waits = state is S.WAITING
    signals.count(
        signals.Count(
            source=SignalSource.WAITLIST if waits else SignalSource.REFUSAL,
            reason=SignalReason.WAITING if waits else SignalReason.NO_PLACE,
            on=clock.day_of(now),
            ags=row.municipality_id,
        )
    )
