"""Advisers by contract: whom a Kita rings, who stands in, what is remembered in time, and who may keep it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from lueckenlos.care.advisers import selectors, services
from lueckenlos.care.advisers.errors import NotTheKeeper
from lueckenlos.care.advisers.models import AdviserFor
from lueckenlos.care.advisers.types import NewMeeting, Period, Standing
from lueckenlos.commons.tasks import selectors as tasks
from lueckenlos.core import clock
from lueckenlos.core.locking import StaleVersion
from tests.care.kita import Kita
from tests.wall.world import now, today

DAY = timedelta(days=1)


def on_the_phone(kita: Kita) -> str:
    found = selectors.reach(kita.worker.organization, today=today())
    return found.on_the_phone.name if found else "niemand"


def test_a_kita_finds_its_own_adviser_and_another_kita_finds_who_advises_all_others(kita: Kita) -> None:
    assert on_the_phone(kita) == "niemand"
    kita.advised()
    services.advise(kita.keys["deputy"], organization=None, by=kita.coordination, now=now())
    assert on_the_phone(kita) == "Bea Rat"
    other = selectors.reach(kita.other_kita.organization, today=today())
    assert other is not None and not other.is_own and other.on_the_phone.name == "Dora Vert"


def test_while_the_adviser_is_away_the_deputy_answers_and_then_the_adviser_again(kita: Kita) -> None:
    key = kita.advised()
    services.be_away(key, absence=Period(today(), today() + DAY), by=kita.adviser.acting(), now=now())
    assert on_the_phone(kita) == "Dora Vert"
    services.be_away(key, absence=None, by=kita.head.acting(), now=now())
    assert on_the_phone(kita) == "Bea Rat"


def test_where_the_deputy_is_away_too_the_page_still_has_a_number(kita: Kita) -> None:
    key = kita.advised()
    for each in (key, kita.keys["deputy"]):
        services.be_away(each, absence=Period(today(), today()), by=kita.coordination, now=now())
    found = selectors.reach(kita.worker.organization, today=today())
    assert found is not None and found.on_the_phone.name == "Bea Rat"
    assert not found.on_the_phone.answers(today=today())


def test_after_the_contract_the_deputy_answers(kita: Kita) -> None:
    kita.advised()
    assert on_the_phone(kita) == "Bea Rat"
    ended = kita.new_adviser(
        contract=Period(today() - 90 * DAY, today() - DAY), deputies=(kita.keys["deputy"],)
    )
    services.change(kita.keys["adviser"], new=ended, by=kita.coordination, now=now())
    assert on_the_phone(kita) == "Dora Vert"


def test_contract_and_proof_become_tasks_of_the_advisers_team_twelve_weeks_before(kita: Kita) -> None:
    kita.advised()
    found = [task for task in tasks.mine(kita.head.acting(), now=now()).later if "Bea Rat" in task.what]
    assert len(found) == 2
    due = min(clock.day_of(task.due_at) for task in found)
    assert due == today() + timedelta(days=800 - 84)
    assert len(tasks.mine(kita.worker.acting(), now=now())) == 0


def test_what_is_nearly_over_is_due_at_once_and_the_task_ends_when_it_is_renewed(kita: Kita) -> None:
    soon = kita.new_adviser(qualified=Period(today() - 700 * DAY, today() + 20 * DAY))
    key = services.register(soon, by=kita.coordination, now=now())
    lines = selectors.register(kita.coordination, now=now())
    assert lines is not None and (lines[0].qualified, lines[0].needs_care) == (Standing.SOON, True)
    before = tasks.of_record(kita.head.acting(), key, now=now())
    assert [task.days_late for task in before if "Nachweis" in task.what] == [0]
    services.change(key, new=kita.new_adviser(), by=kita.head.acting(), now=now())
    after = tasks.of_record(kita.head.acting(), key, now=now())
    assert [task.is_open for task in after] == [True, True, False, False]


def test_without_a_team_coordination_itself_is_reminded(kita: Kita) -> None:
    services.register(kita.new_adviser(unit=None, person=None), by=kita.coordination, now=now())
    assert len(tasks.mine(kita.coordination, now=now())) == 2


def test_only_coordination_enters_the_first_adviser_and_says_who_advises_all_others(kita: Kita) -> None:
    head = kita.head.acting()
    with pytest.raises(NotTheKeeper):
        services.register(kita.new_adviser(), by=head, now=now())
    key = kita.advised()
    services.register(kita.new_adviser(name="Cara Neu"), by=head, now=now())
    with pytest.raises(NotTheKeeper):
        services.advise(key, organization=None, by=head, now=now())


def test_outsiders_keep_nothing_and_know_nothing_of_the_register(kita: Kita) -> None:
    key = kita.advised()
    outsiders = (kita.acting(kita.worker), kita.acting(kita.other_kita), kita.youth.acting())
    for actor in outsiders:
        assert selectors.register(actor, now=now()) is None
        assert selectors.adviser(actor, key, now=now()) is None
        with pytest.raises(NotTheKeeper):
            services.change(key, new=kita.new_adviser(), by=actor, now=now())
        with pytest.raises(NotTheKeeper):
            services.advise(key, organization=kita.other_kita.organization, by=actor, now=now())
        with pytest.raises(NotTheKeeper):
            services.be_away(key, absence=None, by=actor, now=now())
    assert selectors.adviser(kita.adviser.acting(), key, now=now()) is not None


def test_a_kita_has_one_adviser_and_who_had_it_before_is_kept_with_its_days(kita: Kita) -> None:
    kita.advised()
    AdviserFor.objects.filter(organization=kita.worker.organization).update(since=today() - 30 * DAY)
    services.advise(
        kita.keys["deputy"], organization=kita.worker.organization, by=kita.head.acting(), now=now()
    )
    rows = AdviserFor.objects.filter(organization=kita.worker.organization).order_by("since")
    assert [(row.adviser_id, row.until) for row in rows] == [
        (kita.keys["adviser"], today() - DAY),
        (kita.keys["deputy"], None),
    ]
    services.advise_no_longer(
        kita.keys["deputy"], organization=kita.worker.organization, by=kita.coordination, now=now()
    )
    assert on_the_phone(kita) == "niemand"


def test_a_head_does_not_take_what_coordination_gave_to_another_organization(kita: Kita) -> None:
    key = kita.advised()
    elsewhere = services.register(
        kita.new_adviser(name="Eva Fern", worker=kita.youth), by=kita.coordination, now=now()
    )
    services.advise(elsewhere, organization=kita.other_kita.organization, by=kita.coordination, now=now())
    with pytest.raises(NotTheKeeper):
        services.advise(key, organization=kita.other_kita.organization, by=kita.head.acting(), now=now())


def test_two_who_write_at_once_do_not_overwrite_each_other(kita: Kita) -> None:
    key = kita.advised()
    services.change(
        key, new=kita.new_adviser(phone="0221 4710-400"), by=kita.head.acting(), now=now(), expected=1
    )
    with pytest.raises(StaleVersion):
        services.change(key, new=kita.new_adviser(), by=kita.coordination, now=now(), expected=1)


def test_a_meeting_is_planned_and_held_and_the_next_one_is_remembered(kita: Kita) -> None:
    kita.advised()
    home, head = kita.adviser.organization, kita.head.acting()
    key = services.plan_meeting(
        NewMeeting(
            organization=home,
            starts_at=now() + timedelta(days=30),
            place="Kreishaus",
            invited=(kita.worker.organization,),
        ),
        by=head,
        now=now(),
    )
    invited = selectors.meetings_for(kita.worker.organization, now=now())
    assert [meeting.place for meeting in invited] == ["Kreishaus"]
    assert selectors.meetings_for(kita.other_kita.organization, now=now()) == []
    services.hold_meeting(key, held_on=today(), minutes="Neuer Meldebogen ab März.", by=head, now=now())
    waiting = tasks.of_record(head, key, now=now())
    assert len(waiting) == 1 and waiting[0].is_open and "Treffen" in waiting[0].what
    services.plan_meeting(
        NewMeeting(organization=home, starts_at=now() + timedelta(days=400), place="Kreishaus", invited=()),
        by=head,
        now=now(),
    )
    assert not tasks.of_record(head, key, now=now())[0].is_open
