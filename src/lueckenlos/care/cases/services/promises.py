"""Every promise of a pathway has an owner and a day: it becomes a task, and ends with what it waited for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from lueckenlos.care.cases.calendar import calendar
from lueckenlos.care.cases.models import Duty
from lueckenlos.commons.accounts.types import UnitView
from lueckenlos.commons.privacy import selectors as privacy
from lueckenlos.commons.privacy.errors import NotYours
from lueckenlos.commons.tasks import selectors as tasks
from lueckenlos.commons.tasks import services as task_services
from lueckenlos.commons.tasks.types import NewTask, Owner, TaskEnd, TaskKind
from lueckenlos.core import audit, clock
from lueckenlos.core.actor import Actor
from lueckenlos.core.context import acting_as
from lueckenlos.kernels.pathways import ClockRule, Event, Occasion, Pathway

CLOCK = "clock-"


def follow(file: UUID, *, event: Event, pathway: Pathway, actor: Actor, now: datetime) -> None:
    """Begin the promises that an event begins, and end those that it ends; inside the event's own transaction."""
    waiting = {task.record_kind: task for task in tasks.of_file(actor, file, now=now) if task.is_open}
    for rule in pathway.clocks:
        kind = _kind(rule)
        if event in rule.ends and kind.startswith(CLOCK) and kind in waiting:
            task_services.finish(
                waiting[kind].id, end=TaskEnd.DONE, answer=f"{rule.title}: erledigt", by=actor, now=now
            )
        elif event == rule.begins and kind not in waiting:
            _begin(file, rule=rule, pathway=pathway, actor=actor, now=now)


def plan_duty(unit: UnitView, *, days: Mapping[date, UUID | None], actor: Actor) -> None:
    """Say who is on duty on which days; the head of the team alone, and only people of the team."""
    if actor.person_id not in unit.heads or not {each for each in days.values() if each} <= set(unit.members):
        raise NotYours
    with acting_as(actor):
        Duty.objects.filter(unit=unit.id, on_day__in=list(days)).delete()
        Duty.objects.bulk_create(
            [Duty(unit_id=unit.id, person=person, on_day=day) for day, person in days.items() if person]
        )
        audit.record("cases.duty.planned", subject=f"unit/{unit.id}", details={"days": len(days)})


def _begin(file: UUID, *, rule: ClockRule, pathway: Pathway, actor: Actor, now: datetime) -> None:
    if actor.organization is None:
        raise NotYours
    due_at = calendar().due(rule.deadline, now)
    owner = _owner(file, on_day=clock.day_of(due_at), actor=actor)
    if owner is None:
        return
    kind = _kind(rule)
    title = next((task.title for task in pathway.tasks if task.key == kind), rule.title)
    task_services.create(
        NewTask(
            organization=actor.organization,
            owner=owner,
            what=title,
            kind=TaskKind(kind) if kind in set(TaskKind) else TaskKind.OTHER,
            due_at=due_at,
            file=file,
            record=file,
            record_kind=kind,
        ),
        by=actor,
        now=now,
    )


def _kind(rule: ClockRule) -> str:
    """The task that the clock waits for, or one of its own where it waits for something else."""
    return next((end.key for end in rule.ends if end.occasion is Occasion.TASK), f"{CLOCK}{rule.key}")


def _owner(file: UUID, *, on_day: date, actor: Actor) -> Owner | None:
    """Who is on duty on that day in the file's team, else whose task the file is."""
    found = privacy.file(actor, file)
    assignment = privacy.whose_task(actor, [file]).get(file)
    if found is None or assignment is None:
        return None
    duty = Duty.objects.filter(unit=found.unit, on_day=on_day).first() if found.unit else None
    if duty is not None:
        return Owner.of_person(duty.person)
    return Owner(person=assignment.person, unit=assignment.unit)
