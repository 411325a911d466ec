"""Whatever a pathway promises has an owner and a day, and ends with what it waited for."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from lueckenlos.care.cases import selectors, services
from lueckenlos.care.cases.services.promises import plan_duty
from lueckenlos.care.cases.types import Channel
from lueckenlos.commons.accounts import work
from lueckenlos.commons.privacy.errors import NotYours
from lueckenlos.commons.privacy.types import Category
from lueckenlos.commons.tasks import selectors as tasks
from lueckenlos.commons.tasks import services as task_services
from lueckenlos.commons.tasks.types import TaskEnd
from lueckenlos.core import clock
from lueckenlos.core.actor import Actor, ActorKind, Grant, Role, ScopeKind
from tests.care.cases.conftest import Office
from tests.wall.world import now


def open_tasks(office: Office) -> dict[str, str]:
    found = tasks.of_file(office.worker.acting(), office.file, now=now())
    return {task.record_kind: task.what for task in found if task.is_open}


def test_the_call_back_that_the_caller_was_told_is_somebodys_task(office: Office) -> None:
    assert open_tasks(office) == {"call_back": "Zurückrufen"}
    [task] = tasks.of_file(office.worker.acting(), office.file, now=now())
    assert task.due_at == office.opened.due_at and task.owner.person == office.worker.person
    task_services.finish(task.id, end=TaskEnd.DONE, answer="erreicht", by=office.worker.acting(), now=now())
    way = selectors.way(office.worker.acting(), office.file, now=now())
    assert way is not None and not [
        clock for clock in way.clocks if clock.rule.key == "call_back" and clock.is_running
    ]


def test_whoever_is_on_duty_that_day_gets_it(office: Office) -> None:
    head = office.world.worker(office.worker.organization, unit=office.worker.unit, is_head=True)
    unit = work.unit(office.worker.unit or office.file, now=now())
    assert unit is not None
    days = {clock.day_of(now() + timedelta(days=ahead)): head.person for ahead in range(8)}
    with pytest.raises(NotYours):
        plan_duty(unit, days=days, actor=office.worker.acting())
    plan_duty(unit, days=days, actor=head.acting())
    opened = services.open_case(
        services.NewCase(pathway="akut", channel=Channel.PHONE, unit=office.worker.unit),
        actor=office.worker.acting(),
        now=now(),
    )
    [task] = tasks.of_file(office.worker.acting(), opened.file, now=now())
    assert task.owner.person == head.person


def test_a_promise_that_waits_for_a_record_ends_with_it(office: Office) -> None:
    opened = services.open_case(
        services.NewCase(
            pathway="gefaehrdungseinschaetzung", channel=Channel.OFFICE, unit=office.worker.unit
        ),
        actor=office.worker.acting(),
        now=now(),
    )
    for kind in ("protection_plan", "review"):
        services.write_record(
            opened.file,
            new=services.NewRecord(
                kind=kind, category=Category.AGREEMENTS, about=opened.file, happened_at=now()
            ),
            actor=office.worker.acting(),
            now=now(),
        )
        waiting = [
            task.what
            for task in tasks.of_file(office.worker.acting(), opened.file, now=now())
            if task.is_open and task.record_kind == "clock-review"
        ]
        assert len(waiting) == (1 if kind == "protection_plan" else 0)


def test_a_pathway_held_to_its_seam_asks_for_consent_and_receipt_alone(office: Office) -> None:
    administration = Actor(
        kind=ActorKind.PERSON,
        person_id=office.colleague.person,
        grants=(Grant(Role.ADMINISTRATION, ScopeKind.COUNTY, "05358"),),
    )
    services.hold_seam_only("akut", only=True, actor=administration)
    way = selectors.way(office.worker.acting(), office.file, now=now())
    assert way is not None and {each.need.value for each in way.missing} == {"consent"}
    client = office.client(office.worker)
    assert client.get(reverse("cases:write", args=[office.file, "report"])).status_code == 404
    assert client.get(reverse("cases:pathways")).status_code == 404
