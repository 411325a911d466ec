"""Deeds in a talk: who is there, what is called up and told, what comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from django.db import connection

from lueckenlos.care.cases.calendar import calendar
from lueckenlos.care.talks.errors import DoerMayNotHear, MayNotHear, NoSuchTalk, NotRunning
from lueckenlos.care.talks.models import Agreement, Attendance, CallUp, Contribution, Item, Result, Talk
from lueckenlos.care.talks.retention import erase_after
from lueckenlos.care.talks.types import Outcome, TalkState
from lueckenlos.commons.directory import selectors as directory
from lueckenlos.commons.privacy import selectors as privacy
from lueckenlos.commons.privacy.errors import NotYours, judged, person_of
from lueckenlos.commons.privacy.types import Category
from lueckenlos.commons.signals import services as signals
from lueckenlos.commons.signals.types import SignalReason, SignalSource
from lueckenlos.commons.tasks import services as tasks
from lueckenlos.commons.tasks.types import NewTask, Owner, TaskKind
from lueckenlos.core import audit, clock
from lueckenlos.core.actor import Actor, job
from lueckenlos.core.context import acting_as
from lueckenlos.core.locking import hold, save_unless_stale

# Tasks for other offices are the talk's deed, not its writer's: nobody makes tasks for an office they do not serve.
AGREES: Final = job("talks-agree")
TELL_WITHIN: Final = "5 working_days"
ITEM: Final = "talk_item"


def begin(talk: UUID, *, actor: Actor, now: datetime) -> None:
    """Open a talk: from now on presence is noted and items are called up."""
    with acting_as(actor), judged():
        row = _held(talk)
        if row.state == TalkState.PLANNED:
            save_unless_stale(
                row, expected=row.version, changes={"state": TalkState.RUNNING, "opened_at": now}
            )
            audit.record("talks.talk.begun", subject=f"talk/{talk}")


def close(talk: UUID, *, remarks: str, actor: Actor, now: datetime) -> None:
    """End a talk: everybody has left, its record stands until its day of deletion."""
    with acting_as(actor), judged():
        row = _held(talk)
        if row.state != TalkState.RUNNING:
            raise NotRunning
        changes = {
            "state": TalkState.HELD,
            "closed_at": now,
            "remarks": remarks,
            "erase_after": erase_after(now),
        }
        save_unless_stale(row, expected=row.version, changes=changes)
        Attendance.objects.filter(talk=row, left_at__isnull=True).update(left_at=now)
        CallUp.objects.filter(talk=row, ended_at__isnull=True).update(ended_at=now)
        audit.record("talks.talk.closed", subject=f"talk/{talk}")


def come(talk: UUID, *, person: UUID, organization: UUID, actor: Actor, now: datetime) -> None:
    """Note that somebody is in the room."""
    with acting_as(actor), judged():
        hold(f"talks/{talk}")
        _demand_running(talk)
        there = Attendance.objects.filter(
            talk=talk, person=person, organization=organization, left_at__isnull=True
        )
        if not there.exists():
            Attendance.objects.create(talk_id=talk, organization_id=organization, person=person, came_at=now)
            audit.record("talks.talk.came", subject=f"talk/{talk}", details={"person": str(person)})


def go(talk: UUID, *, person: UUID, organization: UUID, actor: Actor, now: datetime) -> None:
    """Note that somebody has left the room."""
    with acting_as(actor), judged():
        there = Attendance.objects.filter(
            talk=talk, person=person, organization=organization, left_at__isnull=True
        )
        if there.update(left_at=now):
            audit.record("talks.talk.went", subject=f"talk/{talk}", details={"person": str(person)})


def call_up(item: UUID, *, talk: UUID, actor: Actor, now: datetime) -> int:
    """Open an item in the room; raises MayNotHear while somebody is there who may not hear it.

    What is told of a case is noted for everybody in the room; gives how many lines that were.
    """
    with acting_as(actor), judged():
        _demand_running(talk)
        row = _seen(item)
        if row.file_id is not None:
            _demand_fit_room(row, talk=talk)
        CallUp.objects.filter(talk=talk, ended_at__isnull=True).update(ended_at=now)
        CallUp.objects.create(item=row, talk_id=talk, called_at=now, called_by=person_of(actor))
        audit.record(
            "talks.item.called_up",
            subject=f"file/{row.file_id}" if row.file_id else f"item/{item}",
            details={"talk": str(talk)},
        )
        return _tell(row, talk=talk, now=now)


def tell(item: UUID, *, talk: UUID, actor: Actor, now: datetime) -> int:
    """Note anew what was told in the room, after something was added or somebody came in."""
    with acting_as(actor), judged():
        return _tell(_seen(item), talk=talk, now=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewResult:
    """What came of an item in a talk, without names; where nobody could offer what is needed, why and where."""

    talk: UUID
    outcome: Outcome
    text: str
    next_talk: UUID | None = None
    missing: SignalReason | None = None
    ags: str | None = None
    phase: str | None = None
    field: str | None = None


def conclude(item: UUID, *, new: NewResult, actor: Actor, now: datetime, expected: int | None = None) -> None:
    """Write down what came of an item. The family of a case hears it within five working days: that is a task.

    What nobody could offer is counted once, by place, age and field, without the family.
    """
    with acting_as(actor), judged():
        row = _seen(item)
        result = Result.objects.filter(item=row, talk=new.talk).first()
        values = {"outcome": new.outcome, "text": new.text, "next_talk_id": new.next_talk}
        if result is None:
            result = Result.objects.create(
                item=row,
                talk_id=new.talk,
                file_id=row.file_id,
                about=row.about,
                recorded_by=person_of(actor),
                recorded_at=now,
                **values,
            )
            _promise_family(row, actor=actor, now=now)
        else:
            save_unless_stale(
                result, expected=result.version if expected is None else expected, changes=values
            )
        if new.outcome is Outcome.NO_OFFER and result.counted_on is None:
            _count(new, on=now)
            Result.objects.filter(id=result.id).update(counted_on=clock.day_of(now))
        CallUp.objects.filter(item=row, talk=new.talk, ended_at__isnull=True).update(ended_at=now)
        audit.record(
            "talks.item.concluded",
            subject=f"file/{row.file_id}" if row.file_id else f"item/{item}",
            details={"outcome": new.outcome.value},
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAgreement:
    """Which office does what until when, and who of it."""

    talk: UUID
    organization: UUID
    person: UUID
    what: str
    due_at: datetime


def agree(item: UUID, *, new: NewAgreement, actor: Actor, now: datetime) -> UUID:
    """Note who does what until when, as a task on their desk; of a case they see it only while the consent holds."""
    with acting_as(actor), judged():
        row = _seen(item)
        if row.file_id is not None and not _hears(row, new.organization):
            raise DoerMayNotHear(new.organization)
        with acting_as(AGREES):
            task = tasks.create(
                NewTask(
                    organization=new.organization,
                    owner=Owner.of_person(new.person),
                    what=f"{row.pseudonym}: {new.what}",
                    kind=TaskKind.AGREEMENT,
                    due_at=new.due_at,
                    record=row.id,
                    record_kind=ITEM,
                    file=row.file_id,
                ),
                by=AGREES,
                now=now,
            )
        key = uuid4()
        Agreement.objects.create(
            id=key,
            item=row,
            talk_id=new.talk,
            file_id=row.file_id,
            about=row.about,
            organization_id=new.organization,
            person=new.person,
            what=new.what,
            due_at=new.due_at,
            task=task,
            created_by=person_of(actor),
            created_at=now,
        )
        audit.record(
            "talks.item.agreed",
            subject=f"file/{row.file_id}" if row.file_id else f"item/{item}",
            details={"organization": str(new.organization), "due": new.due_at.isoformat()},
        )
    return key


def _promise_family(row: Item, *, actor: Actor, now: datetime) -> None:
    """The family hears from its own worker what came of it."""
    if row.file_id is None or actor.organization is None:
        return
    assignment = privacy.whose_task(actor, [row.file_id]).get(row.file_id)
    owner = Owner.of_person(person_of(actor))
    if assignment is not None:
        owner = Owner(person=assignment.person, unit=assignment.unit)
    tasks.create(
        NewTask(
            organization=actor.organization,
            owner=owner,
            what=f"{row.pseudonym}: der Familie sagen, was im Gespräch der Ämter herauskam",
            kind=TaskKind.TELL_FAMILY,
            due_at=calendar().due(TELL_WITHIN, now),
            record=row.id,
            record_kind=ITEM,
            file=row.file_id,
        ),
        by=actor,
        now=now,
    )


def _count(new: NewResult, *, on: datetime) -> None:
    """Count a missing offer by known words alone."""
    catalog = directory.catalog()
    signals.count(
        signals.Count(
            source=SignalSource.COUNSELLOR,
            reason=new.missing or SignalReason.NO_OFFER,
            on=clock.day_of(on),
            ags=new.ags,
            phase=new.phase if new.phase in {each.key for each in catalog.phases} else None,
            field=new.field if new.field in {each.key for each in catalog.fields} else None,
        )
    )


def _tell(row: Item, *, talk: UUID, now: datetime) -> int:
    """What is told is what the one who has the case can read of it: the parts, and who it is."""
    if row.file_id is None or row.about is None:
        return 0
    parts = set(Contribution.objects.filter(item=row).values_list("about", "category"))
    if row.about is not None:
        parts.add((row.about, Category.IDENTITY.value))
    pairs = sorted(parts, key=str)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT wall.talks_tell(%s, %s, %s::uuid[], %s::text[], %s)",
            [
                row.id,
                talk,
                [about for about, _ in pairs],
                [category for _, category in pairs],
                clock.day_of(now),
            ],
        )
        found = cursor.fetchone()
    lines = int(found[0]) if found else 0
    if lines:
        audit.record("privacy.data.told", subject=f"file/{row.file_id}", details={"lines": lines})
    return lines


def _demand_fit_room(row: Item, *, talk: UUID) -> None:
    """Nobody stays in the room who may hear nothing of the case."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT organization FROM wall.talks_room(%s, %s) WHERE NOT knows_all", [row.id, talk]
        )
        there = {each[0] for each in cursor.fetchall()}
    deaf = there - _released(row)
    if deaf:
        raise MayNotHear(tuple(sorted(deaf)))


def _hears(row: Item, organization: UUID) -> bool:
    return organization == row.organization_id or organization in _released(row)


def _released(row: Item) -> set[UUID]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT organization FROM wall.talks_hearers(%s::uuid[])", [[row.id]])
        return {each[0] for each in cursor.fetchall()}


def _demand_running(talk: UUID) -> None:
    state = Talk.objects.filter(id=talk).values_list("state", flat=True).first()
    if state is None:
        raise NoSuchTalk
    if state != TalkState.RUNNING:
        raise NotRunning


def _held(talk: UUID) -> Talk:
    row = Talk.objects.select_for_update(of=("self",), no_key=True).filter(id=talk).first()
    if row is None:
        raise NoSuchTalk
    return row


def _seen(item: UUID) -> Item:
    row = Item.objects.filter(id=item, taken_back_at__isnull=True).first()
    if row is None:
        raise NotYours
    return row
