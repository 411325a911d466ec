"""Reads of tasks: each takes the actor, and the wall decides again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from lueckenlos.commons.accounts import work
from lueckenlos.commons.tasks import services
from lueckenlos.commons.tasks.models import Task
from lueckenlos.commons.tasks.types import (
    Desk,
    Owner,
    OwnerChoice,
    TaskEnd,
    TaskKind,
    TaskView,
    Urgency,
)
from lueckenlos.core import clock
from lueckenlos.core.actor import Actor
from lueckenlos.core.context import acting_as
from lueckenlos.kernels.sortkey import sort_key

A_WEEK = timedelta(days=7)


def mine(actor: Actor, *, now: datetime) -> Desk:
    """What waits for the actor, their teams, and for them as head of a team, by how soon it is due."""
    with acting_as(actor):
        views = _views(_waiting(actor).order_by("due_at", "created_at", "id"), actor=actor, now=now)

    def of(urgency: Urgency) -> tuple[TaskView, ...]:
        return tuple(view for view in views if view.urgency is urgency)

    return Desk(of(Urgency.OVERDUE), of(Urgency.TODAY), of(Urgency.THIS_WEEK), of(Urgency.LATER))


def overdue_count(actor: Actor, *, now: datetime) -> int:
    """How much of it is overdue."""
    with acting_as(actor):
        return _waiting(actor).filter(due_at__lt=now).count()


def of_record(actor: Actor, record: UUID, *, now: datetime) -> list[TaskView]:
    """The tasks that belong to a record, as far as the actor may see them: open ones first, by day."""
    with acting_as(actor):
        rows = Task.objects.filter(record=record).order_by("end", "due_at", "created_at")
        return _views(rows, actor=actor, now=now)


def of_file(actor: Actor, file: UUID, *, now: datetime) -> list[TaskView]:
    """The tasks of a file, as far as the actor may see them: open ones first, by day."""
    with acting_as(actor):
        rows = Task.objects.filter(file_id=file).order_by("end", "due_at", "created_at")
        return _views(rows, actor=actor, now=now)


def open_of_files(actor: Actor, files: Iterable[UUID], *, now: datetime) -> list[TaskView]:
    """The open tasks of these files, as far as the actor may see them, by day."""
    with acting_as(actor):
        rows = Task.objects.filter(file_id__in=list(files), done_at__isnull=True)
        return _views(rows.order_by("due_at", "created_at", "id"), actor=actor, now=now)


def task(actor: Actor, task_id: UUID, *, now: datetime) -> TaskView | None:
    """One task, if the actor may see it."""
    with acting_as(actor):
        found = _views(Task.objects.filter(pk=task_id), actor=actor, now=now)
    return found[0] if found else None


def owners(actor: Actor, *, now: datetime) -> list[OwnerChoice]:
    """Everybody to whom the actor can give a task: themselves first, their organization's teams, its people.

    Whoever works for the county itself gives it to those who hold the same role.
    """
    if actor.person_id is None:
        return []
    units = work.units_of(actor.organization, now=now) if actor.organization else []
    people = services.colleagues(actor, organization=actor.organization, now=now) | {actor.person_id}
    names = work.names_of(people)
    mine = OwnerChoice(Owner.of_person(actor.person_id), names.get(actor.person_id, actor.name))
    others = sorted(
        (
            OwnerChoice(Owner.of_person(person), names[person])
            for person in people & names.keys() - {actor.person_id}
        ),
        key=lambda choice: sort_key(choice.name),
    )
    return [mine, *(OwnerChoice(Owner.of_unit(unit.id), unit.name) for unit in units), *others]


def _waiting(actor: Actor) -> QuerySet[Task]:
    """Open tasks that wait for this actor; of a file they may see more than is theirs to do."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT wall.actor_units(), wall.actor_headed_units()")
        row = cursor.fetchone()
    units, headed = row or ([], [])
    theirs = Q(owner_unit__in={*units, *headed}) | Q(climbed_to__in=headed)
    if actor.person_id is not None:
        theirs |= Q(owner_person=actor.person_id)
    return Task.objects.filter(theirs, done_at__isnull=True)


def _views(rows: Iterable[Task], *, actor: Actor, now: datetime) -> list[TaskView]:
    found = list(rows)
    names = _owner_names(found, now=now)
    return [_view(row, actor=actor, now=now, names=names) for row in found]


def _owner_names(rows: Iterable[Task], *, now: datetime) -> dict[UUID, str]:
    """How owners are shown: people by name, teams by theirs."""
    people = {row.owner_person for row in rows if row.owner_person}
    homes = {row.organization for row in rows if row.owner_unit and row.organization}
    names = work.names_of(people) if people else {}
    units = (unit for home in homes for unit in work.units_of(home, now=now))
    return names | {unit.id: unit.name for unit in units}


def _view(row: Task, *, actor: Actor, now: datetime, names: dict[UUID, str]) -> TaskView:
    owner = Owner(person=row.owner_person, unit=row.owner_unit)
    late = (clock.day_of(now) - clock.day_of(row.due_at)).days
    return TaskView(
        id=row.pk,
        organization=row.organization,
        owner=owner,
        owner_name=names.get(owner.person or owner.unit or row.pk, ""),
        what=row.what,
        kind=TaskKind(row.kind),
        record=row.record,
        record_kind=row.record_kind,
        file=row.file_id,
        due_at=row.due_at.astimezone(clock.zone()),
        created_at=row.created_at,
        answer=row.answer,
        answered_at=row.answered_at,
        end=TaskEnd(row.end) if row.end else None,
        done_at=row.done_at,
        climbed_at=row.climbed_at,
        remark=row.remark,
        remarked_at=row.remarked_at,
        version=row.version,
        urgency=urgency_of(row.due_at, now=now),
        days_late=max(late, 0),
        is_mine=owner.person is not None and owner.person == actor.person_id,
    )


def urgency_of(due_at: datetime, *, now: datetime) -> Urgency:
    """Where a task due then stands on the desk now; days are the county's."""
    if due_at < now:
        return Urgency.OVERDUE
    today = clock.day_of(now)
    day = clock.day_of(due_at)
    if day == today:
        return Urgency.TODAY
    return Urgency.THIS_WEEK if day < today + A_WEEK else Urgency.LATER
