"""What is open now and what is over by today: held days and hours, and never a promise that nobody gave."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from lueckenlos.commons.directory import selectors as directory
from lueckenlos.commons.directory.models import Schedule, Service
from lueckenlos.core import clock
from lueckenlos.offers.finder import engine, retrieval, selectors, services
from lueckenlos.offers.finder.models import IndexedService, IndexedTerm, WaitingService
from lueckenlos.offers.finder.types import SearchRequest
from tests.offers.finder.memories import only_what_lasts

pytestmark = pytest.mark.django_db

BERLIN = ZoneInfo("Europe/Berlin")
KEY = "babymassage-kreuzau"
SUNDAY = date(2026, 11, 1)
TUESDAY = date(2026, 11, 3)


@pytest.fixture(autouse=True)
def held(db: None) -> Iterator[None]:
    clock.hold_day(SUNDAY)
    services.refresh_index(limit=1_000)
    with only_what_lasts():
        yield
    clock.hold_day(None)


def change(**columns: Any) -> Service:
    found = Service.objects.get(key=KEY)
    for name, value in columns.items():
        setattr(found, name, value)
    found.save(update_fields=list(columns))
    services.refresh_index(limit=1_000)
    return found


def found_on(day: date) -> bool:
    asked = SearchRequest(text="Babymassage Kreuzau", on=day, limit=50)
    browsed = SearchRequest(on=day, limit=2_000)
    answers = [KEY in [hit.key for hit in selectors.search(each).hits] for each in (asked, browsed)]
    assert answers[0] is answers[1]
    return answers[0]


def open_at(instant: str) -> bool:
    moment = datetime.fromisoformat(instant).replace(tzinfo=BERLIN)
    asked = SearchRequest(text="Babymassage Kreuzau", open_at=moment, on=clock.day_of(moment), limit=50)
    return KEY in [hit.key for hit in selectors.search(asked).hits]


def test_a_service_is_found_on_its_last_day_and_not_on_the_next() -> None:
    change(valid_to=TUESDAY)

    assert found_on(TUESDAY)
    # The worker has not come by yet: the search leaves it out all the same.
    assert not found_on(TUESDAY + timedelta(days=1))


def test_the_index_lets_go_of_what_is_over_though_nobody_touched_it() -> None:
    change(valid_to=TUESDAY, description="Zwirbelplums für alle.")
    before = engine.state().services
    clock.hold_day(TUESDAY + timedelta(days=1))
    services.refresh_index(limit=1_000)

    assert not IndexedService.objects.filter(key=KEY).exists()
    assert engine.state().services == before - 1
    assert not IndexedTerm.objects.filter(term__startswith="zwirbelplum", services__gt=0).exists()
    assert not WaitingService.objects.exists()


def test_a_service_is_found_from_its_first_day_on() -> None:
    change(valid_from=TUESDAY)
    assert not found_on(SUNDAY)
    clock.hold_day(TUESDAY)
    services.refresh_index(limit=1_000)

    assert found_on(TUESDAY)


def test_the_first_search_of_a_day_already_answers_by_it() -> None:
    change(valid_from=TUESDAY)
    clock.hold_day(TUESDAY)
    services.refresh_index(limit=20)

    assert found_on(TUESDAY)


def test_a_day_is_turned_once() -> None:
    change(valid_to=TUESDAY)
    clock.hold_day(TUESDAY + timedelta(days=1))

    assert services.refresh_index(limit=1_000) == 1
    assert services.refresh_index(limit=1_000) == 0


def test_what_comes_back_is_not_remembered_as_it_was() -> None:
    change(status="temporarily closed")
    change(status="active", age_min=9, age_max=11)
    asked = SearchRequest(text="Babymassage Kreuzau", limit=50)
    found = {hit.key for hit in selectors.search(asked).hits}

    assert KEY in found
    row = IndexedService.objects.get(key=KEY)
    [candidate] = retrieval.loaded([row.pk])
    assert candidate.document.age_min == 9


@pytest.mark.parametrize(
    ("schedule", "instant", "expected"),
    [
        ("dienstags 9–12 Uhr", "2026-11-03T09:00", True),
        ("dienstags 9–12 Uhr", "2026-11-03T11:59", True),
        ("dienstags 9–12 Uhr", "2026-11-03T12:00", False),
        ("dienstags 9–12 Uhr", "2026-11-04T10:00", False),
        ("dienstags 9–12 Uhr, nicht in den Ferien", "2026-10-20T10:00", False),  # autumn holidays
        ("dienstags 9–12 Uhr, nicht in den Ferien", "2026-11-03T10:00", True),
        ("montags 9–12 Uhr", "2027-03-29T10:00", False),  # Easter Monday: nobody has said
        ("täglich 0–24 Uhr", "2027-03-29T03:00", True),
        ("montags bis freitags ab 14 Uhr", "2026-11-03T15:00", False),  # until when, nobody has said
        ("14-tägig dienstags 9–12 Uhr", "2026-11-03T10:00", False),  # which weeks, nobody has said
        ("nach Vereinbarung", "2026-11-03T10:00", False),
        ("im Frühjahr und im Herbst, siehe Aushang", "2026-11-03T10:00", False),
        ("", "2026-11-03T10:00", False),
    ],
)
def test_open_now_is_what_the_schedule_surely_says(schedule: str, instant: str, *, expected: bool) -> None:
    found = change(schedule_text=schedule)
    found.schedules.all().delete()

    assert open_at(instant) is expected


def test_what_pauses_is_never_open() -> None:
    change(schedule_text="täglich 0–24 Uhr", status="temporarily closed")

    assert not open_at("2026-11-03T10:00")


def test_a_feed_s_rule_without_words_is_open_too_and_ends_with_its_last_day() -> None:
    found = change(schedule_text="")
    found.schedules.all().delete()
    Schedule.objects.create(
        service=found, rrule="FREQ=WEEKLY;BYDAY=TU", opens_at=time(9), closes_at=time(12), ends_on=TUESDAY
    )

    assert open_at("2026-11-03T10:00")
    assert not open_at("2026-11-10T10:00")
    view = directory.service(KEY, now=datetime(2026, 11, 4, 8, tzinfo=BERLIN))
    assert view is not None
    assert view.next_dates == ()


def test_the_page_says_what_open_now_leaves_out() -> None:
    page = Client().get("/suche/", {"q": "Babymassage", "jetzt": "1"}).content.decode()

    assert "Hier steht nur, was gerade sicher offen hat." in page
    assert "gerade sicher offen" not in Client().get("/suche/", {"q": "Babymassage"}).content.decode()


def test_where_anybody_may_come_unsure_times_are_said_to_be_unsure() -> None:
    said = "Wann genau, wissen wir nicht. Fragen Sie am besten vorher nach."
    for schedule, unsure in [
        ("im Frühjahr und im Herbst, siehe Aushang", True),
        ("14-tägig dienstags 9–12 Uhr", True),
        ("", True),
        ("dienstags 9–12 Uhr", False),
    ]:
        change(schedule_text=schedule, access="offen", format="vor_ort").schedules.all().delete()
        page = Client().get(f"/angebot/{KEY}/").content.decode()
        assert (said in page) is unsure, schedule


def test_who_must_sign_up_is_told_so_and_not_to_ask_for_the_hour() -> None:
    change(schedule_text="nach Vereinbarung", access="anmeldung").schedules.all().delete()

    assert "Wann genau, wissen wir nicht" not in Client().get(f"/angebot/{KEY}/").content.decode()
