"""Nothing is lost: every task has somebody, a day, an answer and an end, whoever is ill or away."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection

from lueckenlos.commons.accounts import services as accounts
from lueckenlos.commons.tasks import retention, selectors, services
from lueckenlos.commons.tasks.errors import (
    DueInThePast,
    HasEnded,
    NoAnswer,
    NoReason,
    NoSuchTask,
    NotOfThisOrganization,
)
from lueckenlos.commons.tasks.types import Owner, TaskEnd, Urgency
from lueckenlos.core import clock
from lueckenlos.core.actor import NOBODY, Actor, Grant, Role, ScopeKind, job
from lueckenlos.core.audit import chain_of
from lueckenlos.core.context import acting_as
from lueckenlos.core.locking import StaleVersion
from lueckenlos.core.models import AuditEntry
from tests.commons.tasks.offices import DAY, HOUR, NOW, Office, lay_office, of_county
from tests.core.databases import past_the_wall

OFFICER = of_county(Role.DATA_PROTECTION)


@pytest.fixture
def office(empty_database: str) -> Office:
    return lay_office(empty_database)


@pytest.fixture
def neighbor(empty_database: str) -> Office:
    return lay_office(empty_database)


def person(actor: Actor) -> Owner:
    assert actor.person_id is not None
    return Owner.of_person(actor.person_id)


def made(office: Office, owner: Owner | None = None, **more: Any) -> UUID:
    return services.create(office.task(owner, **more), by=office.colleague, now=NOW)


def seen(actor: Actor, task_id: UUID) -> Any:
    return selectors.task(actor, task_id, now=NOW)


def test_a_task_is_its_owners_and_nobody_elses(office: Office, neighbor: Office) -> None:
    task = made(office)
    assert seen(office.colleague, task).what == "Frau Beispiel zurückrufen"
    for other in (office.second, office.head, office.elsewhere, neighbor.colleague, neighbor.head, NOBODY):
        assert seen(other, task) is None
        assert len(selectors.mine(other, now=NOW)) == 0


def test_a_teams_task_is_seen_by_the_team_and_taken_over_by_one(office: Office, neighbor: Office) -> None:
    task = made(office, Owner.of_unit(office.team))
    assert seen(office.second, task).owner_name == "Team Nord"
    assert seen(office.elsewhere, task) is None
    services.take_over(task, by=office.second)
    view = seen(office.second, task)
    assert view.is_mine and view.owner_name == "Person 2"
    assert seen(office.colleague, task) is None
    with pytest.raises(NoSuchTask):
        services.take_over(task, by=neighbor.colleague)


def test_a_task_can_be_made_for_a_team_that_one_is_not_in(office: Office) -> None:
    task = made(office, Owner.of_unit(office.other_team))
    assert seen(office.colleague, task) is None
    assert seen(office.elsewhere, task) is not None


def test_nobody_makes_tasks_for_another_organization(office: Office, neighbor: Office) -> None:
    with pytest.raises(NotOfThisOrganization):
        services.create(office.task(), by=neighbor.colleague, now=NOW)
    with pytest.raises(NotOfThisOrganization):
        services.create(office.task(Owner.of_unit(neighbor.team)), by=office.colleague, now=NOW)
    with pytest.raises(NotOfThisOrganization):
        services.create(office.task(organization=None), by=office.colleague, now=NOW)
    with pytest.raises(NotOfThisOrganization):
        services.create(office.task(), by=NOBODY, now=NOW)


def test_a_job_makes_tasks_for_every_organization_and_for_the_county(office: Office) -> None:
    services.create(office.task(), by=job("withdrawals"), now=NOW)
    assert len(selectors.mine(office.colleague, now=NOW)) == 1
    services.create(office.task(person(OFFICER), organization=None), by=job("withdrawals"), now=NOW)
    assert len(selectors.mine(OFFICER, now=NOW)) == 1
    assert len(selectors.mine(of_county(Role.DATA_PROTECTION), now=NOW)) == 0


def test_people_of_the_county_hand_tasks_to_those_of_the_same_role(office: Office) -> None:
    planner, second, officer = (
        replace(of_county(role), person_id=at_the_county(name, role))
        for name, role in (
            ("Ada", Role.COORDINATION),
            ("Bo", Role.COORDINATION),
            ("Cem", Role.DATA_PROTECTION),
        )
    )
    task = services.create(office.task(person(planner), organization=None), by=planner, now=NOW)
    assert [choice.name for choice in selectors.owners(planner, now=NOW)] == ["Ada", "Bo"]
    with pytest.raises(NotOfThisOrganization):
        services.hand_to(task, owner=person(officer), because="Vertretung", by=planner, now=NOW)
    services.hand_to(task, owner=person(second), because="Vertretung", by=planner, now=NOW)
    assert seen(second, task).owner_name == "Bo"
    assert seen(planner, task) is None and seen(officer, task) is None


def at_the_county(name: str, role: Role) -> UUID:
    user = accounts.welcome(f"{name.lower()}@example.org", name=name, password="ein langer Satz")
    accounts.grant_role(user.id, grant=Grant(role, ScopeKind.COUNTY, "05358"), by=job("tests"))
    return user.id


# Answer and end


def test_no_task_ends_without_an_answer(office: Office) -> None:
    task = made(office)
    for end in TaskEnd:
        with pytest.raises(NoAnswer):
            services.finish(task, end=end, answer="  ", by=office.colleague, now=NOW)
    services.answer(task, text="Mailbox besprochen", by=office.colleague, now=NOW)
    assert seen(office.colleague, task).is_open
    services.finish(task, end=TaskEnd.IMPOSSIBLE, by=office.colleague, now=NOW + HOUR)
    view = seen(office.colleague, task)
    assert (view.end, view.answer, view.answered_at) == (TaskEnd.IMPOSSIBLE, "Mailbox besprochen", NOW)
    assert len(selectors.mine(office.colleague, now=NOW)) == 0


def test_what_has_ended_is_not_ended_again(office: Office) -> None:
    task = made(office)
    services.finish(task, end=TaskEnd.DONE, answer="Erreicht", by=office.colleague, now=NOW)
    with pytest.raises(HasEnded):
        services.finish(task, end=TaskEnd.NOT_NEEDED, answer="Doch nicht", by=office.colleague, now=NOW)
    with pytest.raises(HasEnded):
        services.postpone(task, until=NOW + DAY, because="Krank", by=office.colleague, now=NOW)


def test_an_end_can_be_taken_back(office: Office) -> None:
    task = made(office)
    services.finish(task, end=TaskEnd.DONE, answer="Erreicht", by=office.colleague, now=NOW)
    with pytest.raises(NoSuchTask):
        services.reopen(task, by=office.second)
    services.reopen(task, by=office.colleague)
    view = seen(office.colleague, task)
    assert view.is_open and view.answer == "Erreicht"


def test_of_two_who_answer_at_once_the_second_is_told(office: Office) -> None:
    task = made(office, Owner.of_unit(office.team))
    version = seen(office.second, task).version
    services.answer(task, text="Besetzt", by=office.colleague, now=NOW, expected=version)
    with pytest.raises(StaleVersion):
        services.answer(task, text="Erreicht", by=office.second, now=NOW, expected=version)
    assert seen(office.second, task).answer == "Besetzt"


def test_closing_a_record_ends_its_tasks_whoever_has_them(office: Office, neighbor: Office) -> None:
    record = uuid4()
    about: dict[str, Any] = {"record": record, "record_kind": "request"}
    mine = made(office, **about)
    team = made(office, Owner.of_unit(office.other_team), **about)
    other = made(office)
    foreign = services.create(neighbor.task(**about), by=neighbor.colleague, now=NOW)
    assert (
        services.end_of_record(
            record, end=TaskEnd.NOT_NEEDED, answer="Zurückgezogen", by=office.colleague, now=NOW
        )
        == 2
    )
    assert [seen(office.colleague, each).end for each in (mine, other)] == [TaskEnd.NOT_NEEDED, None]
    assert seen(office.elsewhere, team).answer == "Zurückgezogen"
    assert seen(neighbor.colleague, foreign).is_open
    assert [each.id for each in selectors.of_record(office.colleague, record, now=NOW)] == [mine]


# Putting off and handing over


def test_a_task_is_put_off_only_with_a_reason_and_to_a_time_to_come(office: Office) -> None:
    task = made(office)
    with pytest.raises(NoReason):
        services.postpone(task, until=NOW + DAY, because=" ", by=office.colleague, now=NOW)
    with pytest.raises(DueInThePast):
        services.postpone(task, until=NOW, because="Krank", by=office.colleague, now=NOW)
    services.postpone(task, until=NOW + DAY, because="Nicht erreicht", by=office.colleague, now=NOW)
    view = seen(office.colleague, task)
    assert (view.due_at, view.remark, view.remarked_at) == (NOW + DAY, "Nicht erreicht", NOW)


def test_a_task_is_handed_to_where_one_does_not_see_it_any_more(office: Office, neighbor: Office) -> None:
    task = made(office)
    with pytest.raises(NoReason):
        services.hand_to(
            task, owner=Owner.of_unit(office.other_team), because="", by=office.colleague, now=NOW
        )
    for stranger in (Owner.of_unit(neighbor.team), person(neighbor.colleague), Owner.of_person(uuid4())):
        with pytest.raises(NotOfThisOrganization):
            services.hand_to(task, owner=stranger, because="Urlaub", by=office.colleague, now=NOW)
    services.hand_to(task, owner=person(office.elsewhere), because="Urlaub", by=office.colleague, now=NOW)
    assert seen(office.colleague, task) is None
    view = seen(office.elsewhere, task)
    assert view.is_mine and view.remark == "Urlaub"
    with pytest.raises(NoSuchTask):
        services.hand_to(
            task, owner=person(office.second), because="Doch nicht", by=office.colleague, now=NOW
        )


# Climbing


def test_what_is_overdue_climbs_to_the_head_of_the_team(office: Office, neighbor: Office) -> None:
    late, team = made(office), made(office, Owner.of_unit(office.team))
    later = made(office, due_at=NOW + 3 * HOUR)
    assert services.climb_overdue(NOW) == 0
    assert services.climb_overdue(NOW + 2 * HOUR) == 2
    assert services.climb_overdue(NOW + 2 * HOUR) == 0
    assert seen(office.head, late).has_climbed
    assert {view.id for view in selectors.mine(office.head, now=NOW + 2 * HOUR).overdue} == {late, team}
    assert seen(office.head, later) is None
    for other in (office.second, office.elsewhere, neighbor.head):
        assert seen(other, late) is None
    assert selectors.overdue_count(office.head, now=NOW + 2 * HOUR) == 2


def test_a_head_steps_in_and_the_task_goes_on_as_theirs(office: Office) -> None:
    late = made(office)
    services.climb_overdue(NOW + 2 * HOUR)
    services.take_over(late, by=office.head)
    assert seen(office.head, late).is_mine
    assert seen(office.colleague, late) is None


def test_a_task_of_somebody_without_a_team_climbs_to_nobody_and_stays_theirs(
    office: Office, empty_database: str
) -> None:
    late = made(office)
    with past_the_wall(empty_database) as superuser:
        superuser.execute(
            "UPDATE accounts_membership SET until = now() WHERE user_id = %s", [office.colleague.person_id]
        )
    assert services.climb_overdue(NOW + 2 * HOUR) == 1
    assert seen(office.colleague, late).has_climbed
    assert seen(office.head, late) is None


def test_climbing_does_not_disturb_whoever_is_just_answering(office: Office) -> None:
    late = made(office)
    version = seen(office.colleague, late).version
    services.climb_overdue(NOW + 2 * HOUR)
    services.answer(late, text="Erreicht", by=office.colleague, now=NOW + 2 * HOUR, expected=version)


# The desk


def test_the_desk_tells_what_is_overdue_from_what_can_wait(office: Office) -> None:
    noon = NOW.astimezone(clock.zone()).replace(hour=12, minute=0, second=0)
    due = {
        Urgency.OVERDUE: noon - HOUR,
        Urgency.TODAY: noon + 11 * HOUR,
        Urgency.THIS_WEEK: noon + 6 * DAY,
        Urgency.LATER: noon + 7 * DAY,
    }
    tasks = {urgency: made(office, due_at=at) for urgency, at in due.items()}
    desk = selectors.mine(office.colleague, now=noon)
    groups = zip(Urgency, (desk.overdue, desk.today, desk.this_week, desk.later), strict=True)
    assert {urgency: [view.id for view in views] for urgency, views in groups} == {
        urgency: [task] for urgency, task in tasks.items()
    }
    assert len(desk) == 4


def test_the_desk_of_an_office_is_read_in_a_fixed_number_of_queries(
    office: Office, django_assert_max_num_queries: Any
) -> None:
    for owner in (person(office.colleague), Owner.of_unit(office.team)):
        for number in range(10):
            made(office, owner, due_at=NOW + number * DAY)
    with django_assert_max_num_queries(10):
        assert len(selectors.mine(office.colleague, now=NOW)) == 20


def test_a_task_is_given_to_people_and_teams_of_the_own_organization(
    office: Office, neighbor: Office
) -> None:
    names = [choice.name for choice in selectors.owners(office.colleague, now=NOW)]
    assert names == ["Person 1", "Team Nord", "Team Süd", "Person 0", "Person 2", "Person 3"]
    assert selectors.owners(NOBODY, now=NOW) == []


# Keeping


def test_an_ended_task_goes_after_a_year_and_one_of_a_file_with_the_file(
    office: Office, empty_database: str
) -> None:
    (rule,) = retention.RULES
    old, file = made(office), uuid4()
    of_file = made(office, file=file)
    still_open = made(office)
    services.finish(old, end=TaskEnd.DONE, answer="Erreicht", by=office.colleague, now=NOW)
    with past_the_wall(empty_database) as superuser:
        superuser.execute(
            "UPDATE tasks_task SET answer = 'Ja', answered_at = now(), \"end\" = 'done', done_at = now()"
            " WHERE id = %s",
            [of_file],
        )
    assert rule.due(NOW + timedelta(days=364)) == 0
    later = NOW + timedelta(days=366)
    assert (rule.due(later), rule.erase(later), rule.due(later)) == (1, 1, 0)
    assert seen(office.colleague, still_open) is not None
    assert services.erase_of_file(file) == 1
    with past_the_wall(empty_database) as superuser:
        assert superuser.execute("SELECT count(*) FROM tasks_task").fetchone() == (1,)


def test_every_deed_is_in_the_organizations_chain_without_what_it_is_about(office: Office) -> None:
    task = made(office, Owner.of_unit(office.team))
    services.take_over(task, by=office.second)
    services.postpone(task, until=NOW + DAY, because="Frau Beispiel ist verreist", by=office.second, now=NOW)
    services.finish(task, end=TaskEnd.DONE, answer="Erreicht", by=office.second, now=NOW)
    with acting_as(OFFICER):
        entries = list(AuditEntry.objects.filter(chain=chain_of(office.organization)).order_by("sequence"))
    deeds = [entry.body.partition('"deed":"')[2].partition('"')[0] for entry in entries]
    assert deeds == [f"tasks.task.{deed}" for deed in ("created", "taken_over", "postponed", "ended")]
    assert not any("Beispiel" in entry.body for entry in entries)
    connection.close()
