"""The wall lets a task be seen by its owner, its team and the head to whom it climbed, and by nobody else."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings

from lueckenlos.commons.tasks import policies
from lueckenlos.core import rls
from lueckenlos.core.actor import NOBODY, Actor, Role, job, link_to
from tests import policy_kit
from tests.commons.tasks.offices import DAY, NOW, Office, lay_office, of_county, worker
from tests.core.databases import as_owner, past_the_wall, superuser_url
from tests.policy_kit import Expectation, Row

COUNTY_ROLES = (Role.COORDINATION, Role.DATA_PROTECTION)


def row(office: Office, **more: Any) -> dict[str, Any]:
    given = {
        "id": uuid4(), "organization": office.organization, "owner_person": None, "owner_unit": None,
        "what": "Zurückrufen", "kind": "call_back", "record": None, "record_kind": "", "file_id": None,
        "due_at": NOW + DAY, "created_by": None, "created_at": NOW, "answer": "", "answered_at": None,
        "end": "", "done_at": None, "climbed_at": None, "climbed_to": None, "remark": "", "remarked_at": None,
        "version": 1,
    }  # fmt: skip
    return {**given, **more}


def may_see(offices: list[Office]) -> policy_kit.Rule:
    """The rule in Python, from the offices as they were laid."""
    units: dict[Any, set[Any]] = {}
    headed: dict[Any, set[Any]] = {}
    for office in offices:
        for actor in (office.head, office.colleague, office.second):
            units.setdefault((actor.person_id, office.organization), set()).add(office.team)
        units[office.elsewhere.person_id, office.organization] = {office.other_team}
        headed[office.head.person_id, office.organization] = {office.team}

    def rule(actor: Actor, given: Row) -> bool:
        if actor in {job("tasks-climb"), job("tasks-move"), job("retention")}:
            return True
        here = actor.organization is not None and actor.organization == given["organization"]
        county = given["organization"] is None and any(actor.may(role) for role in COUNTY_ROLES)
        if given["file_id"] is not None or actor.person_id is None or not (here or county):
            return False
        who = (actor.person_id, actor.organization)
        return (
            given["owner_person"] == actor.person_id
            or given["owner_unit"] in units.get(who, set()) | headed.get(who, set())
            or given["climbed_to"] in headed.get(who, set())
        )

    return rule


def may_make(actor: Actor, given: Row) -> bool:
    if actor.kind == "job":
        return True
    if given["organization"] is None:
        return any(actor.may(role) for role in COUNTY_ROLES)
    return actor.person_id is not None and actor.organization == given["organization"]


def expectation(offices: list[Office]) -> Expectation:
    one, other = offices
    officer, coordination = of_county(Role.DATA_PROTECTION), of_county(Role.COORDINATION)
    sees = may_see(offices)
    outsider = worker(one.organization, person=other.colleague.person_id)
    rows = [
        row(one, owner_person=one.colleague.person_id),
        row(one, owner_person=one.colleague.person_id, climbed_at=NOW, climbed_to=one.team),
        row(one, owner_person=one.head.person_id, answer="Ja", answered_at=NOW, end="done", done_at=NOW),
        row(one, owner_unit=one.team),
        row(one, owner_unit=one.other_team),
        row(one, owner_person=one.colleague.person_id, file_id=uuid4()),
        row(one, owner_unit=one.team, file_id=uuid4(), climbed_at=NOW, climbed_to=one.team),
        row(other, owner_person=other.colleague.person_id),
        row(other, owner_unit=other.team),
        # A slip of some room: the owner works elsewhere. Nobody of the other office sees it for that.
        row(one, owner_person=other.colleague.person_id),
        row(one, owner_unit=other.team),
        row(one, owner_person=officer.person_id, organization=None),
        row(one, owner_person=coordination.person_id, organization=None),
    ]
    return Expectation(
        table="tasks_task",
        rows=rows,
        actors=[
            one.head, one.colleague, one.second, one.elsewhere, other.head, other.colleague, outsider,
            officer, coordination, of_county(Role.ADMINISTRATION), NOBODY, link_to(uuid4()),
            job("tasks-climb"), job("tasks-move"), job("retention"), job("reminders"),
        ],
        may_select=sees,
        may_insert=may_make,
        may_update=lambda actor, given: sees(actor, given) and actor != job("retention"),
        may_delete=lambda actor, _given: actor == job("retention"),
        change={"remark": "geändert"},
        fresh=lambda given: {**given, "id": uuid4()},
    )  # fmt: skip


def compare(url: str, expected: Expectation) -> list[policy_kit.Difference]:
    return policy_kit.differences(
        expected, app_url=url, superuser_url=superuser_url(url), secret=settings.CONTEXT_KEY
    )


@pytest.fixture
def offices(empty_database: str) -> list[Office]:
    return [lay_office(empty_database), lay_office(empty_database)]


def test_the_policies_say_what_the_rule_says(empty_database: str, offices: list[Office]) -> None:
    assert compare(empty_database, expectation(offices)) == []


def test_who_leaves_the_team_sees_its_tasks_no_longer(empty_database: str, offices: list[Office]) -> None:
    one, _other = offices
    with past_the_wall(empty_database) as superuser:
        superuser.execute(
            "UPDATE accounts_membership SET until = now() WHERE user_id = %s", [one.second.person_id]
        )
    tasks = [row(one, owner_unit=one.team)]
    left = Expectation(
        table="tasks_task",
        rows=tasks,
        actors=[one.second, one.colleague],
        may_select=lambda actor, _row: actor == one.colleague,
    )
    assert compare(empty_database, left) == []


def test_the_room_above_says_who_may_see_a_task_of_a_file(empty_database: str, offices: list[Office]) -> None:
    one, other = offices
    with as_owner(empty_database) as owner:
        opened = policies.close_tasks(of_file=f"tasks_task.created_by = {rls.PERSON}")
        owner.execute(str(opened.sql).encode())
    tasks = [
        row(one, owner_unit=one.team, file_id=uuid4(), created_by=other.colleague.person_id),
        row(one, owner_unit=one.team),
    ]
    seen = {(other.colleague, tasks[0]["id"]), (one.colleague, tasks[1]["id"])}
    above = Expectation(
        table="tasks_task",
        rows=tasks,
        actors=[one.colleague, other.colleague],
        may_select=lambda actor, given: (actor, given["id"]) in seen,
    )
    assert compare(empty_database, above) == []


@pytest.mark.parametrize(
    ("constraint", "change"),
    [
        ("task_has_one_owner", {"owner_unit": uuid4()}),
        ("task_has_one_owner", {"owner_person": None}),
        ("task_says_what", {"what": ""}),
        ("task_answer_has_its_time", {"answer": "Ja"}),
        ("task_answer_has_its_time", {"answered_at": NOW}),
        ("task_ends_with_an_answer", {"end": "done", "done_at": NOW}),
        ("task_ends_with_an_answer", {"end": "done", "answer": "Ja", "answered_at": NOW}),
        ("task_ends_with_an_answer", {"done_at": NOW, "answer": "Ja", "answered_at": NOW}),
        ("task_climbs_at_a_time", {"climbed_to": uuid4()}),
        ("task_record_has_a_kind", {"record": uuid4()}),
    ],
)
def test_a_task_that_makes_no_sense_is_refused_by_the_table(
    empty_database: str, constraint: str, change: dict[str, Any]
) -> None:
    with past_the_wall(empty_database) as superuser, pytest.raises(psycopg.errors.CheckViolation) as refused:
        office = lay_office(empty_database)
        policy_kit.lay(
            superuser, "tasks_task", {**row(office, owner_person=office.colleague.person_id), **change}
        )
    assert refused.value.diag.constraint_name == constraint


def test_a_task_without_a_day_is_refused_by_the_table(empty_database: str) -> None:
    office = lay_office(empty_database)
    with past_the_wall(empty_database) as superuser, pytest.raises(psycopg.errors.NotNullViolation):
        policy_kit.lay(superuser, "tasks_task", row(office, owner_unit=office.team, due_at=None))
