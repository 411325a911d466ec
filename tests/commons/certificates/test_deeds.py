"""A certificate is seen, looked at again in time, and forgotten when the law says so."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from dateutil.relativedelta import relativedelta
from django.db import ProgrammingError

from lueckenlos.commons.certificates import retention, selectors, services
from lueckenlos.commons.certificates.errors import HasEnded, NoSuchCertificate, NotTheKeeper
from lueckenlos.commons.certificates.models import Certificate
from lueckenlos.commons.certificates.types import Look, NewCertificate, Standing
from lueckenlos.commons.tasks import selectors as tasks
from lueckenlos.commons.tasks.types import TaskEnd, TaskKind
from lueckenlos.core import clock
from lueckenlos.core.actor import NOBODY, Actor, Role
from lueckenlos.core.context import acting_as
from lueckenlos.core.locking import StaleVersion
from tests.commons.tasks.offices import NOW, Office, lay_office, of_county

TODAY = clock.day_of(NOW)
FIVE_YEARS = relativedelta(years=5)
FIRST = Look(TODAY - timedelta(days=20), TODAY, TODAY + FIVE_YEARS)


@pytest.fixture
def office(empty_database: str) -> Office:
    return lay_office(empty_database)


@pytest.fixture
def neighbor(empty_database: str) -> Office:
    return lay_office(empty_database)


def seen(by: Actor, *, look: Look = FIRST, person: UUID | None = None) -> UUID:
    new = NewCertificate(
        organization=by.organization,
        person_name="Anna Beispiel",
        activity="Lesepatin",
        look=look,
        person=person,
    )
    return services.record_seen(new, by=by, now=NOW)


def view(actor: Actor, key: UUID, *, today: date = TODAY) -> Any:
    return selectors.certificate(actor, key, today=today)


def test_what_was_seen_stands_in_the_register_of_its_organization_alone(
    office: Office, neighbor: Office
) -> None:
    key = seen(office.colleague)
    assert [each.id for each in selectors.register(office.head, today=TODAY).current] == [key]
    for outsider in (neighbor.head, of_county(Role.COORDINATION), of_county(Role.DATA_PROTECTION), NOBODY):
        assert len(selectors.register(outsider, today=TODAY)) == 0
        assert view(outsider, key) is None
    with pytest.raises(NoSuchCertificate):
        services.did_not_start(key, by=neighbor.head, now=NOW)


def test_nobody_writes_in_the_register_of_others(office: Office, neighbor: Office) -> None:
    new = NewCertificate(
        organization=office.organization, person_name="Anna Beispiel", activity="Lesepatin", look=FIRST
    )
    for stranger in (neighbor.colleague, of_county(Role.COORDINATION), NOBODY):
        with pytest.raises(NotTheKeeper):
            services.record_seen(new, by=stranger, now=NOW)


def test_coordination_keeps_the_countys_own_register(office: Office) -> None:
    coordination = of_county(Role.COORDINATION)
    key = seen(coordination)
    assert view(of_county(Role.COORDINATION), key) is not None
    assert view(office.head, key) is None
    assert [task.kind for task in tasks.mine(coordination, now=NOW).later] == [TaskKind.LOOK_AGAIN]


def test_the_team_gets_the_task_to_look_again_six_weeks_before(office: Office) -> None:
    key = seen(office.colleague)
    for member in (office.colleague, office.second, office.head):
        (task,) = tasks.mine(member, now=NOW).later
        assert (task.record, task.owner.unit) == (key, office.team)
        assert clock.day_of(task.due_at) == FIRST.look_again_on - timedelta(weeks=6)
        assert "Beispiel" not in task.what
    assert len(tasks.mine(office.elsewhere, now=NOW)) == 0


def test_looking_again_ends_the_task_and_makes_the_next(office: Office) -> None:
    old = Look(TODAY - relativedelta(years=5), TODAY - relativedelta(years=5), TODAY)
    key = seen(office.colleague, look=old)
    (late,) = tasks.of_record(office.colleague, key, now=NOW)
    services.look_again(key, look=FIRST, by=office.second, now=NOW)
    assert view(office.head, key).look == FIRST
    ended, following = sorted(
        tasks.of_record(office.colleague, key, now=NOW), key=lambda task: task.id != late.id
    )
    assert (ended.end, ended.answer) == (TaskEnd.DONE, "Neu angesehen")
    assert following.is_open and following.due_at > NOW


def test_of_two_who_write_at_once_the_second_is_told(office: Office) -> None:
    key = seen(office.colleague)
    version = view(office.colleague, key).version
    services.look_again(key, look=FIRST, by=office.colleague, now=NOW, expected=version)
    with pytest.raises(StaleVersion):
        services.end(key, last_day=TODAY, by=office.second, now=NOW, expected=version)


def test_who_does_not_start_is_forgotten_at_once(office: Office) -> None:
    key = seen(office.colleague)
    services.did_not_start(key, by=office.second, now=NOW)
    assert view(office.colleague, key) is None
    with acting_as(retention.ACTOR):
        assert not Certificate.objects.filter(pk=key).exists()
    assert [task.end for task in tasks.of_record(office.colleague, key, now=NOW)] == [TaskEnd.NOT_NEEDED]


def test_an_ended_activity_is_forgotten_after_three_months_and_not_before(office: Office) -> None:
    (rule,) = retention.RULES
    key, kept = seen(office.colleague), seen(office.colleague)
    services.end(key, last_day=date(2026, 11, 30), by=office.colleague, now=NOW)
    assert view(office.colleague, key).erased_on == date(2027, 2, 28)
    with pytest.raises(HasEnded):
        services.did_not_start(key, by=office.colleague, now=NOW)
    assert [task.end for task in tasks.of_record(office.colleague, key, now=NOW)] == [TaskEnd.NOT_NEEDED]
    assert rule.due(datetime(2027, 2, 27, 12, tzinfo=UTC)) == 0
    later = datetime(2027, 2, 28, 12, tzinfo=UTC)
    assert (rule.due(later), rule.erase(later), rule.due(later)) == (1, 1, 0)
    assert view(office.colleague, key) is None
    assert view(office.colleague, kept) is not None


@pytest.mark.parametrize(
    ("days", "standing"),
    [
        (-1, Standing.OVERDUE),
        (0, Standing.DUE),
        (56, Standing.DUE),
        (57, Standing.CURRENT),
    ],
)
def test_the_register_says_whom_to_ask_again(office: Office, days: int, standing: Standing) -> None:
    key = seen(office.colleague)
    today = FIRST.look_again_on - timedelta(days=days)
    register = selectors.register(office.colleague, today=today)
    assert view(office.colleague, key, today=today).standing is standing
    assert len(register.due) == (standing is not Standing.CURRENT)


def test_a_look_for_more_than_five_years_is_refused(office: Office) -> None:
    too_long = Look(TODAY, TODAY, TODAY + FIVE_YEARS + timedelta(days=1))
    with pytest.raises(Exception, match="certificate_seen_every_five_years"):
        seen(office.colleague, look=too_long)


def test_the_entries_of_a_volunteer_are_found_by_the_room_above(office: Office, neighbor: Office) -> None:
    person = uuid4()
    key = seen(office.colleague, person=person)
    assert [each.id for each in selectors.of_person(office.head, person, today=TODAY)] == [key]
    assert selectors.of_person(neighbor.head, person, today=TODAY) == []


def test_an_ended_entry_cannot_be_deleted_by_hand_past_the_service(office: Office) -> None:
    key = seen(office.colleague)
    services.end(key, last_day=TODAY, by=office.colleague, now=NOW)
    with acting_as(office.colleague):
        assert Certificate.objects.filter(pk=key).delete()[0] == 0
    with pytest.raises(ProgrammingError), acting_as(office.colleague):
        Certificate.objects.filter(pk=key).update(organization=uuid4())
