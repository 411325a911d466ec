"""Deeds on what is written in a case: records, goals, and what was confided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import connection

from lueckenlos.care.cases.errors import NoSuchCase
from lueckenlos.care.cases.models import Case, Goal, GoalRating, Record
from lueckenlos.care.cases.selectors import pathways as ways
from lueckenlos.care.cases.services import promises
from lueckenlos.commons.privacy.errors import NotYours, judged, person_of
from lueckenlos.commons.privacy.types import Category, OpeningGround
from lueckenlos.core import audit
from lueckenlos.core.actor import Actor
from lueckenlos.core.context import acting_as
from lueckenlos.core.locking import save_unless_stale
from lueckenlos.kernels.pathways import Event, Occasion

# Every case can hold letters, whatever its pathway.
LETTER: Final = "letter"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRecord:
    """What is written down: its kind and category are the pathway's, `about` a person or the file itself.

    `is_confided`: to the writer alone (§ 65 SGB VIII), by `confided_by` if somebody of the family said it.
    """

    kind: str
    category: Category
    about: UUID
    happened_at: datetime
    words: str = ""
    text: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    is_confided: bool = False
    confided_by: UUID | None = None
    is_held_back: bool = False
    is_draft: bool = False


def write_record(file: UUID, *, new: NewRecord, actor: Actor, now: datetime, key: UUID | None = None) -> UUID:
    """Write a record into a case; `key` makes a second try of the same form the same record."""
    person, organization = person_of(actor), _office(actor)
    record = key or uuid4()
    with acting_as(actor), judged():
        if key is not None and Record.objects.filter(id=key, file=file, author=person).exists():
            return key
        Record.objects.create(
            id=record,
            file_id=file,
            organization_id=organization,
            category=new.category,
            about=new.about,
            confided_to=person if new.is_confided else None,
            confided_by=new.confided_by if new.is_confided else None,
            held_back=new.is_held_back or new.is_confided,
            author=person,
            created_at=now,
            kind=new.kind,
            words=new.words,
            text=new.text,
            data=dict(new.data),
            happened_at=new.happened_at,
            is_draft=new.is_draft,
        )
        audit.record(
            "cases.record.written",
            subject=f"file/{file}",
            details={"record": str(record), "kind": new.kind, "category": new.category.value},
        )
        if not new.is_draft:
            _happened(file, kind=new.kind, actor=actor, now=now)
    return record


def change_record(record: UUID, *, changes: Mapping[str, Any], expected: int, actor: Actor) -> int:
    """Change a record if nobody else has meanwhile; raises StaleVersion with both versions."""
    with acting_as(actor), judged():
        row = Record.objects.filter(id=record).first()
        if row is None:
            raise NotYours
        version = save_unless_stale(row, expected=expected, changes=changes)
        audit.record(
            "cases.record.changed",
            subject=f"file/{row.file_id}",
            details={"record": str(record), "fields": sorted(changes)},
        )
    return version


def agree_goal(file: UUID, *, text: str, about: UUID, actor: Actor, now: datetime) -> UUID:
    """Write down a goal in the family's words."""
    with acting_as(actor), judged():
        goal = Goal.objects.create(
            file_id=file,
            organization_id=_office(actor),
            category=Category.AGREEMENTS,
            about=about,
            author=person_of(actor),
            created_at=now,
            text=text,
            agreed_at=now,
        )
        audit.record("cases.goal.agreed", subject=f"file/{file}", details={"goal": str(goal.id)})
    return goal.id


def end_goal(goal: UUID, *, actor: Actor, now: datetime) -> None:
    """Say that a goal is reached or no longer wanted."""
    with acting_as(actor), judged():
        if not Goal.objects.filter(id=goal, ended_at__isnull=True).update(ended_at=now):
            raise NotYours
        audit.record("cases.goal.ended", subject=f"goal/{goal}")


def rate_goal(goal: UUID, *, value: int, rated_by: str, actor: Actor, now: datetime) -> None:
    """Write down how near somebody sees a goal, from 0 to 10."""
    with acting_as(actor), judged():
        row = Goal.objects.filter(id=goal).first()
        if row is None:
            raise NotYours
        GoalRating.objects.create(goal=row, file_id=row.file_id, value=value, rated_by=rated_by, rated_at=now)
        audit.record("cases.goal.rated", subject=f"file/{row.file_id}", details={"goal": str(goal)})


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOpening:
    """For whom something confided is opened, and on which ground of § 65 (1) SGB VIII."""

    person: UUID
    organization: UUID
    ground: OpeningGround
    reason: str


def open_confided(record: UUID, *, new: NewOpening, actor: Actor) -> None:
    """Open what was confided to one for one other; by the one it was confided to, or the head where the law lets."""
    with acting_as(actor), judged(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT wall.confided_open(%s, %s, %s, %s, %s, %s)",
            [uuid4(), record, new.person, new.organization, new.ground.value, new.reason],
        )
        audit.record(
            "cases.confided.opened", subject=f"record/{record}", details={"ground": new.ground.value}
        )


def case_row(file: UUID) -> Case:
    """The case of a file inside the actor's transaction; raises NoSuchCase."""
    row = Case.objects.select_related("pathway").filter(file=file).first()
    if row is None:
        raise NoSuchCase
    return row


def _happened(file: UUID, *, kind: str, actor: Actor, now: datetime) -> None:
    """A record may begin or end a promise of the pathway, for whoever has the case as their task."""
    row = Case.objects.select_related("pathway").filter(file=file).first()
    if row is not None and row.organization_id == actor.organization:
        event = Event(Occasion.RECORD, kind)
        promises.follow(file, event=event, pathway=ways.parsed(row.pathway), actor=actor, now=now)


def _office(actor: Actor) -> UUID:
    if actor.organization is None:
        raise NotYours
    return actor.organization
