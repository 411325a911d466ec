"""Planning: a class with its mornings, never in the holidays; what changes, and mornings that do not take place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import F

from lueckenlos.core import audit, clock
from lueckenlos.core.actor import Actor
from lueckenlos.core.context import acting_as
from lueckenlos.core.locking import save_unless_stale
from lueckenlos.kernels.schedule import is_public_holiday, is_school_holiday
from lueckenlos.offers.classes.errors import MorningThere, NoSuchClass
from lueckenlos.offers.classes.models import Counter, FamilyClass, Invitation, Morning
from lueckenlos.offers.classes.services import letters, seating
from lueckenlos.offers.classes.services.reminding import readers
from lueckenlos.offers.classes.services.seating import PLACES
from lueckenlos.offers.classes.types import InvitationState

MOST_MORNINGS: Final = 80
WEEK: Final = timedelta(weeks=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewClass:
    """What a school or a provider says about a class."""

    title: str
    description: str = ""
    place: str
    ags: str | None = None
    capacity: int = 8
    is_open: bool = True


@dataclass(frozen=True, slots=True)
class Weekly:
    """The fixed morning: its weekday is that of the first day."""

    first_day: date
    last_day: date
    begins: time
    ends: time


def found_class(new: NewClass, weekly: Weekly, *, actor: Actor, now: datetime) -> UUID:
    """Set up a class with all its mornings; raises MorningThere where it would have more than anybody plans."""
    if actor.organization is None:
        raise NoSuchClass
    days = mornings_between(weekly.first_day, weekly.last_day)
    if len(days) > MOST_MORNINGS:
        raise MorningThere
    with acting_as(actor):
        row = FamilyClass(
            organization_id=actor.organization,
            weekday=weekly.first_day.isoweekday(),
            begins=weekly.begins,
            ends=weekly.ends,
            last_day=weekly.last_day,
            created_at=now,
            **_columns(new),
        )
        row.save(force_insert=True)
        Counter(family_class=row).save(force_insert=True)
        Morning.objects.bulk_create(
            _morning(row, day, begins=weekly.begins, ends=weekly.ends) for day in days
        )
        _note("founded", row, mornings=len(days))
    return row.id


def change_class(key: UUID, new: NewClass, *, expected: int, actor: Actor, now: datetime) -> None:
    """Change what is said; with more places those who wait move up. Raises StaleVersion."""
    with acting_as(actor):
        own_class(key, actor)
        with acting_as(PLACES):
            row = seating.held(key)
            save_unless_stale(row, expected=expected, changes=_columns(new))
            seating.move_up(row, now=now)
        _note("changed", row)


def add_morning(key: UUID, *, starts_at: datetime, ends_at: datetime, actor: Actor) -> UUID:
    """Add one morning beside the fixed ones; raises MorningThere."""
    with acting_as(actor):
        row = own_class(key, actor)
        there = Morning.objects.filter(family_class=row)
        overlaps = there.filter(starts_at__lt=ends_at, ends_at__gt=starts_at).exists()
        if overlaps or there.count() >= MOST_MORNINGS:
            raise MorningThere
        made = Morning(family_class=row, starts_at=starts_at, ends_at=ends_at)
        made.save(force_insert=True)
        last = max(row.last_day, clock.day_of(starts_at))
        FamilyClass.objects.filter(id=row.id).update(last_day=last)
        _note("morning_added", row)
    return made.id


def cancel_morning(key: UUID, *, actor: Actor, now: datetime) -> None:
    """One morning does not take place; families with an address are told, visitors choose another one."""
    with acting_as(actor):
        morning = Morning.objects.filter(id=key).first()
        if morning is None:
            raise NoSuchClass
        row = own_class(morning.family_class_id, actor)
        cancelled = Morning.objects.filter(id=key, is_cancelled=False).update(
            is_cancelled=True, sequence=F("sequence") + 1
        )
        if not cancelled:
            return
        with acting_as(PLACES):
            visits = Invitation.objects.filter(visit=morning, state=InvitationState.VISITING.value)
            seating.put(list(visits.values_list("id", flat=True)), InvitationState.INVITED, now=now)
        for reader in readers(row.id):
            letters.tell_cancelled(row, reader, morning=morning)
        _note("morning_cancelled", row)


def mornings_between(first: date, last: date) -> list[date]:
    """The days of a weekly morning from the first to the last, without holidays and school holidays."""
    weeks = range((last - first).days // WEEK.days + 1) if last >= first else range(0)
    days = (first + number * WEEK for number in weeks)
    return [day for day in days if not is_public_holiday(day) and not is_school_holiday(day)]


def own_class(key: UUID, actor: Actor) -> FamilyClass:
    """The class, held until the transaction ends, if it is the actor's organization's."""
    row = FamilyClass.objects.select_for_update(of=("self",), no_key=True).filter(id=key).first()
    if row is None or actor.organization is None or row.organization_id != actor.organization:
        raise NoSuchClass
    return row


def _morning(row: FamilyClass, day: date, *, begins: time, ends: time) -> Morning:
    return Morning(
        family_class=row,
        starts_at=datetime.combine(day, begins, tzinfo=clock.zone()),
        ends_at=datetime.combine(day, ends, tzinfo=clock.zone()),
    )


def _columns(new: NewClass) -> dict[str, Any]:
    return {
        "title": new.title,
        "description": new.description,
        "place": new.place,
        "municipality_id": new.ags,
        "capacity": new.capacity,
        "is_open": new.is_open,
    }


def _note(deed: str, row: FamilyClass, **details: int) -> None:
    audit.record(
        f"classes.class.{deed}",
        subject=f"family_class/{row.id}",
        details=details or None,
        chain=audit.chain_of(row.organization_id),
    )
