"""Deeds on tasks: none is made without an owner and a day, none ends without an answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Q

from lueckenlos.commons.accounts import selectors as accounts
from lueckenlos.commons.accounts import work
from lueckenlos.commons.tasks.errors import (
    DueInThePast,
    HasEnded,
    NoAnswer,
    NoReason,
    NoSuchTask,
    NotOfThisOrganization,
)
from lueckenlos.commons.tasks.models import Task
from lueckenlos.commons.tasks.types import NewTask, Owner, TaskEnd
from lueckenlos.core import audit, clock
from lueckenlos.core.actor import Actor, ActorKind, Role, job
from lueckenlos.core.context import acting_as
from lueckenlos.core.locking import save_unless_stale

CLIMBER: Final = job("tasks-climb")
MOVER: Final = job("tasks-move")
RETENTION: Final = job("retention")
COUNTY_ROLES: Final = (Role.COORDINATION, Role.DATA_PROTECTION)
MOST_AT_ONCE: Final = 500


def create(task: NewTask, *, by: Actor, now: datetime) -> UUID:
    """Make a task; people make them for the organization they act for, jobs for every one."""
    if not _acts_for(by, task.organization):
        raise NotOfThisOrganization
    if task.owner.unit is not None:
        _demand_unit_of(task.owner.unit, organization=task.organization, now=now)
    with acting_as(by):
        row = Task(
            organization=task.organization,
            owner_person=task.owner.person,
            owner_unit=task.owner.unit,
            what=task.what,
            kind=task.kind,
            record=task.record,
            record_kind=task.record_kind,
            file_id=task.file,
            due_at=task.due_at,
            created_by=by.person_id,
            created_at=now,
        )
        row.save(force_insert=True)
        _note("created", row, details={"kind": task.kind.value, "due": task.due_at.isoformat()})
    return row.pk


def take_over(task_id: UUID, *, by: Actor, expected: int | None = None) -> int:
    """Make a team's task, or one that has climbed to its head, one's own; give its new version."""
    with acting_as(by):
        row = _held(task_id)
        version = _write(row, expected=expected, owner_person=by.person_id, owner_unit=None)
        _note("taken_over", row)
    return version


def hand_to(
    task_id: UUID, *, owner: Owner, because: str, by: Actor, now: datetime, expected: int | None = None
) -> int:
    """Give a task to a colleague or a team of the same organization, and say why.

    Whoever hands it over need not see it afterwards, so the write itself is a deed of the room.
    """
    if not because.strip():
        raise NoReason
    with acting_as(by):
        row = _held(task_id)
        _demand_of(owner, organization=row.organization, by=by, now=now)
        changes = {
            "owner_person": owner.person,
            "owner_unit": owner.unit,
            "climbed_at": None,
            "climbed_to": None,
        }
        with acting_as(MOVER):
            version = _write(row, expected=expected, **changes, remark=because.strip(), remarked_at=now)
        _note("handed_over", row, details={"to": "unit" if owner.unit else "person"})
    return version


def postpone(
    task_id: UUID, *, until: datetime, because: str, by: Actor, now: datetime, expected: int | None = None
) -> int:
    """Put a task off to a later time, and say why; a head to whom it has climbed goes on seeing it."""
    if not because.strip():
        raise NoReason
    if until <= now:
        raise DueInThePast(until)
    with acting_as(by):
        row = _held(task_id)
        before = row.due_at
        version = _write(row, expected=expected, due_at=until, remark=because.strip(), remarked_at=now)
        _note("postponed", row, details={"from": before.isoformat(), "until": until.isoformat()})
    return version


def answer(task_id: UUID, *, text: str, by: Actor, now: datetime, expected: int | None = None) -> int:
    """Write down what came of it so far; the task stays open."""
    if not text.strip():
        raise NoAnswer
    with acting_as(by):
        row = _held(task_id)
        version = _write(row, expected=expected, answer=text.strip(), answered_at=now)
        _note("answered", row)
    return version


def finish(
    task_id: UUID, *, end: TaskEnd, by: Actor, now: datetime, answer: str = "", expected: int | None = None
) -> int:
    """End a task with an answer: the one given now, or the one that was given before."""
    with acting_as(by):
        row = _held(task_id)
        said = answer.strip() or row.answer
        if not said:
            raise NoAnswer
        given = {"answer": said, "answered_at": now if answer.strip() else row.answered_at}
        version = _write(row, expected=expected, end=end, done_at=now, **given)
        _note("ended", row, details={"end": end.value})
    return version


def reopen(task_id: UUID, *, by: Actor, expected: int | None = None) -> int:
    """Take an end back; the answer stays."""
    with acting_as(by):
        row = _row(task_id)
        version = _write(row, expected=expected, end="", done_at=None)
        _note("reopened", row)
    return version


def end_of_record(record: UUID, *, end: TaskEnd, answer: str, by: Actor, now: datetime) -> int:
    """End all open tasks of a record that is closed itself, whoever of the organization has them; how many.

    A deed of the room that owns the record: it has asked already whether the actor may close it.
    """
    return _end_all(Q(record=record), end=end, answer=answer, by=by, now=now)


def end_of_file(file: UUID, *, end: TaskEnd, answer: str, by: Actor, now: datetime) -> int:
    """End all open tasks of a file that came to its end itself, as `end_of_record` does for one record."""
    return _end_all(Q(file_id=file), end=end, answer=answer, by=by, now=now)


def end_of_kind(file: UUID, *, record_kind: str, end: TaskEnd, answer: str, by: Actor, now: datetime) -> int:
    """End the open tasks of one kind in a file: what they wait for has come."""
    return _end_all(Q(file_id=file, record_kind=record_kind), end=end, answer=answer, by=by, now=now)


def _end_all(which: Q, *, end: TaskEnd, answer: str, by: Actor, now: datetime) -> int:
    if not answer.strip():
        raise NoAnswer
    with acting_as(by):
        with acting_as(MOVER):
            rows = Task.objects.select_for_update().filter(which, done_at__isnull=True)
            if by.kind is not ActorKind.JOB:
                rows = rows.filter(organization=by.organization)
            ended = list(rows)
            for row in ended:
                _write(row, expected=None, end=end, done_at=now, answer=answer.strip(), answered_at=now)
        for row in ended:
            _note("ended", row, details={"end": end.value})
    return len(ended)


def bring_forward(record: UUID, *, due_at: datetime, because: str, by: Actor, now: datetime) -> int:
    """Let the open tasks of a record be due no later than this, whoever has them; how many there are.

    For jobs: somebody outside has come back to what waits already, and need not wait for its later day.
    """
    with acting_as(by):
        with acting_as(MOVER):
            rows = list(Task.objects.select_for_update().filter(record=record, done_at__isnull=True))
            for row in rows:
                due = min(row.due_at, due_at)
                _write(row, expected=None, due_at=due, remark=because.strip(), remarked_at=now)
        for row in rows:
            _note("brought_forward", row)
    return len(rows)


def erase_of_file(file: UUID) -> int:
    """Erase all tasks of a file that is erased itself; how many."""
    with acting_as(RETENTION):
        return Task.objects.filter(file_id=file).delete()[0]


def climb_overdue(now: datetime) -> int:
    """Show what is overdue to the heads of the owner's team, too; how many tasks climbed."""
    with acting_as(CLIMBER):
        overdue = Task.objects.filter(done_at__isnull=True, climbed_at__isnull=True, due_at__lt=now)
        rows = list(overdue.order_by("due_at").select_for_update(skip_locked=True)[:MOST_AT_ONCE])
        for row in rows:
            # Without a new version: whoever is just answering has nothing to compare.
            Task.objects.filter(pk=row.pk).update(climbed_at=now, climbed_to=_unit_above(row, now=now))
            _note("climbed", row)
    return len(rows)


def _unit_above(row: Task, *, now: datetime) -> UUID | None:
    """The unit whose heads answer for the owner; nobody's where the owner is in none."""
    if row.owner_unit is not None or row.organization is None:
        return row.owner_unit
    units = work.units_of(row.organization, now=now)
    return next((unit.id for unit in units if row.owner_person in unit.members), None)


def _acts_for(by: Actor, organization: UUID | None) -> bool:
    if by.kind is ActorKind.JOB:
        return True
    if organization is None:
        return any(by.may(role) for role in COUNTY_ROLES)
    return by.kind is ActorKind.PERSON and by.organization == organization


def colleagues(actor: Actor, *, organization: UUID | None, now: datetime) -> set[UUID]:
    """Who works where a task lies: in a team of its organization, or for the county in a role that the actor holds."""
    if organization is not None:
        return {member for unit in work.units_of(organization, now=now) for member in unit.members}
    today = clock.day_of(now)
    held = [role for role in COUNTY_ROLES if actor.may(role)]
    return {person for role in held for person in accounts.people_with(role, today=today)}


def _demand_unit_of(unit_id: UUID, *, organization: UUID | None, now: datetime) -> None:
    unit = work.unit(unit_id, now=now)
    if unit is None or unit.organization != organization:
        raise NotOfThisOrganization


def _demand_of(owner: Owner, *, organization: UUID | None, by: Actor, now: datetime) -> None:
    """The new owner works where the task lies: otherwise nobody would see it."""
    if owner.unit is not None:
        _demand_unit_of(owner.unit, organization=organization, now=now)
    elif owner.person != by.person_id and owner.person not in colleagues(
        by, organization=organization, now=now
    ):
        raise NotOfThisOrganization


def _row(task_id: UUID) -> Task:
    row = Task.objects.select_for_update(of=("self",), no_key=True).filter(pk=task_id).first()
    if row is None:
        raise NoSuchTask(task_id)
    return row


def _held(task_id: UUID) -> Task:
    row = _row(task_id)
    if row.end:
        raise HasEnded(task_id)
    return row


def _write(row: Task, *, expected: int | None, **changes: Any) -> int:
    return save_unless_stale(row, expected=row.version if expected is None else expected, changes=changes)


def _note(deed: str, row: Task, *, details: Mapping[str, Any] | None = None) -> None:
    """In the organization's chain, whoever acts; what the task is about stays out of it."""
    audit.record(
        f"tasks.task.{deed}",
        subject=f"task/{row.pk}",
        details=details,
        chain=audit.chain_of(row.organization),
    )
