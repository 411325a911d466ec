"""Days and hours follow from a schedule; where they do not, that is said."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from lueckenlos.kernels.schedule import (
    SCHOOL_HOLIDAYS_NRW,
    Openness,
    Rule,
    Schedule,
    easter,
    is_public_holiday,
    is_school_holiday,
    next_dates,
    open_at,
    public_holidays,
    read_german,
    rrule,
)
from lueckenlos.kernels.schedule.dates import NaiveInstant
from tests.kernels.schedule_rules import DAILY, MONTHLY, WE, WEEKLY, rules

BERLIN = ZoneInfo("Europe/Berlin")


def at(hours: str) -> datetime:
    return datetime.fromisoformat(hours).replace(tzinfo=BERLIN)


@given(
    rules.filter(
        lambda rule: not rule.public_holidays and not rule.school_days and rule.frequency is not DAILY
    ),
    st.dates(min_value=date(2025, 1, 1), max_value=date(2027, 12, 1)),
    st.dates(min_value=date(2025, 1, 1), max_value=date(2027, 12, 1)),
)
def test_the_days_are_those_of_the_calendar_standard(rule: Rule, anchor: date, first: date) -> None:
    own = Rule(rule.frequency, rule.days, rule.interval, rule.starts, rule.ends, anchor=anchor)
    after = datetime.combine(max(anchor, first), time(0), tzinfo=BERLIN)
    found = {occurrence.day for occurrence in next_dates(Schedule((own,)), after=after, count=6)}
    # The standard counts intervals from the week or month of DTSTART, so it may start at its beginning.
    start = anchor.replace(day=1) if own.frequency is MONTHLY else anchor - timedelta(days=anchor.weekday())
    standard = rrulestr(rrule(own), dtstart=datetime.combine(start, time(0)))
    expected: set[date] = set()
    for moment in standard:
        day = moment.date()
        if day >= after.date() + timedelta(days=400) or len(expected) == 6:
            break
        later = day > after.date() or own.starts is None or own.starts > time(0)
        if day >= after.date() and later and not is_public_holiday(day):
            expected.add(day)
    assert found == expected


def test_the_next_dates_leave_out_holidays_of_both_kinds() -> None:
    schedule = read_german("jeden 2. Dienstag im Monat 15–17 Uhr, nicht in den Ferien")
    found = [occurrence.day for occurrence in next_dates(schedule, after=at("2026-11-01T12:00"), count=10)]
    assert found[:3] == [date(2026, 11, 10), date(2026, 12, 8), date(2027, 1, 12)]
    assert not any(is_school_holiday(day) for day in found)
    fridays = next_dates(read_german("freitags 9–12 Uhr"), after=at("2027-03-20T12:00"), count=2)
    assert [occurrence.day for occurrence in fridays] == [
        date(2027, 4, 2),
        date(2027, 4, 9),
    ]  # not Good Friday


def test_a_date_is_over_when_it_has_begun() -> None:
    schedule = read_german("dienstags 9–12 und 14–16 Uhr")
    found = next_dates(schedule, after=at("2026-11-03T10:00"), count=2)
    assert [(one.day.isoformat(), one.rule.starts) for one in found] == [
        ("2026-11-03", time(14)),
        ("2026-11-10", time(9)),
    ]


@pytest.mark.parametrize(
    "text", ["14-tägig mittwochs 10 Uhr", "montags 18–20 Uhr, sieben Abende", "nach Vereinbarung", "Mai"]
)
def test_no_date_is_promised_that_the_text_does_not_promise(text: str) -> None:
    assert next_dates(read_german(text), after=at("2026-11-01T12:00"), count=3) == ()


def test_every_other_week_has_dates_as_soon_as_one_of_them_is_known() -> None:
    rule = Rule(WEEKLY, (WE,), 2, time(10), anchor=date(2026, 11, 4))
    found = next_dates(Schedule((rule,)), after=at("2026-11-01T12:00"), count=2)
    assert [one.day for one in found] == [date(2026, 11, 4), date(2026, 11, 18)]


def test_there_are_no_dates_before_the_first_nor_after_the_last() -> None:
    rule = Rule(
        WEEKLY, (WE,), starts=time(10), ends=time(11), anchor=date(2026, 11, 11), until=date(2026, 11, 18)
    )
    found = next_dates(Schedule((rule,)), after=at("2026-11-01T12:00"), count=9)
    assert [one.day for one in found] == [date(2026, 11, 11), date(2026, 11, 18)]
    assert open_at([Schedule((rule,))], at("2026-11-04T10:30")) is Openness.CLOSED
    assert open_at([Schedule((rule,))], at("2026-11-11T10:30")) is Openness.OPEN


def test_beyond_the_known_school_calendar_nothing_is_promised() -> None:
    schedule = read_german("an Schultagen 8–14 Uhr")
    last = max(stretch.last for stretch in SCHOOL_HOLIDAYS_NRW)
    after = datetime.combine(last, time(0), tzinfo=BERLIN)
    assert next_dates(schedule, after=after, count=1) == ()
    assert open_at([schedule], after + timedelta(days=31, hours=10)) is Openness.UNKNOWN


@pytest.mark.parametrize(
    ("text", "instant", "expected"),
    [
        ("dienstags 9–12 Uhr", "2026-11-03T09:00", Openness.OPEN),
        ("dienstags 9–12 Uhr", "2026-11-03T12:00", Openness.CLOSED),
        ("dienstags 9–12 Uhr", "2026-11-04T10:00", Openness.CLOSED),
        ("täglich 20–9 Uhr", "2026-11-03T08:59", Openness.OPEN),
        ("täglich 20–9 Uhr", "2026-11-03T20:00", Openness.OPEN),
        ("täglich 20–9 Uhr", "2026-11-03T12:00", Openness.CLOSED),
        ("rund um die Uhr", "2026-12-25T03:00", Openness.OPEN),
        ("freitags 9–12 Uhr", "2026-12-25T10:00", Openness.UNKNOWN),  # Christmas Day is a Friday
        ("Sa, So und feiertags 9–22 Uhr", "2026-12-25T10:00", Openness.OPEN),
        ("dienstags 9 Uhr", "2026-11-03T10:00", Openness.UNKNOWN),  # no end
        ("dienstags vormittags", "2026-11-03T10:00", Openness.UNKNOWN),  # no hours
        ("dienstags vormittags", "2026-11-04T10:00", Openness.CLOSED),
        ("alle zwei Wochen dienstags 9–12 Uhr", "2026-11-03T10:00", Openness.UNKNOWN),
        ("dienstags 9–12 Uhr, sieben Abende", "2026-11-03T10:00", Openness.UNKNOWN),
        ("Beratung dienstags 9–12 Uhr", "2026-11-03T10:00", Openness.OPEN),
        ("Beratung dienstags 9–12 Uhr", "2026-11-04T10:00", Openness.UNKNOWN),
        ("dienstags 9–12 Uhr, nicht in den Ferien", "2026-10-20T10:00", Openness.CLOSED),
        ("dienstags 9–12 Uhr, nur in den Ferien", "2026-10-20T10:00", Openness.OPEN),
        ("Mo–Do 9–13 Uhr, Mi bis 18 Uhr", "2026-11-04T15:00", Openness.UNKNOWN),
        ("an Schultagen 8–14 Uhr", "2026-10-20T10:00", Openness.CLOSED),
        ("nach Vereinbarung", "2026-11-03T10:00", Openness.UNKNOWN),
        ("werktags", "2026-11-03T10:00", Openness.UNKNOWN),
    ],
)
def test_open_is_said_when_sure_and_unknown_otherwise(text: str, instant: str, expected: Openness) -> None:
    assert open_at([read_german(text)], at(instant)) is expected


def test_one_open_door_is_enough_and_no_door_is_unknown() -> None:
    closed, open_, unknown = (
        read_german(text) for text in ("montags 9–12 Uhr", "dienstags 9–12 Uhr", "monatlich")
    )
    instant = at("2026-11-03T10:00")
    assert open_at([closed, open_, unknown], instant) is Openness.OPEN
    assert open_at([closed, unknown], instant) is Openness.UNKNOWN
    assert open_at([], instant) is Openness.UNKNOWN


def test_an_instant_without_zone_is_refused() -> None:
    naive = datetime(2026, 11, 3, 10)  # noqa: DTZ001 that is the point
    with pytest.raises(NaiveInstant):
        open_at([], naive)
    with pytest.raises(NaiveInstant):
        next_dates(Schedule(), after=naive, count=1)


def test_the_public_holidays_are_those_of_the_land() -> None:
    assert [easter(year) for year in (2024, 2025, 2026, 2027, 2038)] == [
        date(2024, 3, 31),
        date(2025, 4, 20),
        date(2026, 4, 5),
        date(2027, 3, 28),
        date(2038, 4, 25),
    ]
    assert {day.isoformat(): name for day, name in public_holidays(2026).items()}.items() >= {
        "2026-04-03": "Karfreitag",
        "2026-05-14": "Christi Himmelfahrt",
        "2026-05-25": "Pfingstmontag",
        "2026-06-04": "Fronleichnam",
        "2026-11-01": "Allerheiligen",
    }.items()


def test_the_school_holidays_follow_each_other_without_overlap() -> None:
    assert all(one.first <= one.last < other.first for one, other in pairwise(SCHOOL_HOLIDAYS_NRW))
    assert is_school_holiday(date(2026, 7, 20)) is True
    assert is_school_holiday(date(2026, 9, 2)) is False
    assert is_school_holiday(date(2031, 1, 1)) is None
