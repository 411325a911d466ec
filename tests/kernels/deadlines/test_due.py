"""By when something is due: over weekends, holidays, the turn of the year and the change of the clocks."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lueckenlos.kernels.deadlines import (
    Elapsed,
    NaiveInstant,
    NeverOpen,
    OfficeHoursError,
    due,
    is_working_day,
    read_deadline,
    read_office_hours,
    until,
    working_time,
)

BERLIN = ZoneInfo("Europe/Berlin")
WEEK = {
    "MO": "08:00-12:00 14:00-16:00",
    "TU": "08:00-12:00",
    "WE": "08:00-12:00",
    "TH": "08:00-12:00 14:00-18:00",
}
OFFICE = read_office_hours(WEEK | {"FR": "08:00-12:00"})
SHUT_ON_FRIDAYS = read_office_hours(WEEK)
CLOSED = frozenset({date(2026, 12, 24), date(2026, 12, 31)})


def at(month: int, day: int, hour: int = 0, minute: int = 0, *, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=BERLIN)


def due_for(text: str, start: datetime, *, closed_days: frozenset[date] = frozenset()) -> datetime:
    return due(read_deadline(text), start=start, office_hours=OFFICE, state="NW", closed_days=closed_days)


@pytest.mark.parametrize(
    ("text", "start", "expected"),
    [
        # 6 November 2026 is a Friday.
        ("1 working_day until 12:00", at(11, 6, 19, 30), at(11, 9, 12)),
        ("1 working_day until 12:00", at(11, 6, 7), at(11, 9, 12)),
        ("1 working_day until 12:00", at(11, 7, 3), at(11, 9, 12)),
        ("1 working_day until 12:00", at(11, 8, 23, 59), at(11, 9, 12)),
        ("1 working_day until 12:00", at(11, 9, 0, 0), at(11, 10, 12)),
        ("2 working_days until 12:00", at(11, 6, 19, 30), at(11, 10, 12)),
        ("2 working_days", at(11, 3, 9), at(11, 5, 18)),
        ("5 working_days", at(11, 2, 9), at(11, 9, 16)),
        # Ascension Day on a Thursday; the Friday after it is a working day, the county's bridge day is not.
        ("1 working_day until 12:00", at(5, 13, 10), at(5, 15, 12)),
        # Good Friday to Easter Monday.
        ("1 working_day until 12:00", at(4, 2, 15), at(4, 7, 12)),
        # The turn of the year: 24 and 31 December are working days by law.
        ("1 working_day until 12:00", at(12, 23, 15), at(12, 24, 12)),
        ("4 working_days until 12:00", at(12, 23, 15), at(12, 30, 12)),
        ("1 working_day until 12:00", at(12, 31, 15), at(1, 4, 12, year=2027)),
        # Calendar days that end on a Sunday end on Monday (§ 26 (3) SGB X); 15 November 2026 is a Sunday.
        ("14 days", at(11, 1, 10), at(11, 16, 16)),
        ("14 days", at(11, 3, 10), at(11, 17, 12)),
        ("14 days until 18:00", at(11, 3, 10), at(11, 17, 18)),
        ("30 minutes", at(11, 6, 23, 45), at(11, 7, 0, 15)),
        # Hours in office hours: Thursday 17:00 has one, Friday morning four, then Monday.
        ("3 hours in office hours", at(11, 5, 17), at(11, 6, 10)),
        ("5 hours in office hours", at(11, 5, 17), at(11, 6, 12)),
        ("6 hours in office hours", at(11, 5, 17), at(11, 9, 9)),
        # 26 hours a week: four weeks and the six hours of the fifth Monday, and one more.
        ("110 hours in office hours", at(11, 2, 0), at(11, 30, 16)),
        ("111 hours in office hours", at(11, 2, 0), at(12, 1, 9)),
        ("30 minutes in office hours", at(11, 9, 11, 45), at(11, 9, 14, 15)),
        ("1 hour in office hours", at(11, 7, 10), at(11, 9, 9)),
        ("1 hour in office hours", at(5, 13, 12), at(5, 15, 9)),
    ],
)  # fmt: skip
def test_by_hand(text: str, start: datetime, expected: datetime) -> None:
    assert due_for(text, start) == expected
    assert due_for(text, start).tzinfo is start.tzinfo


def test_the_county_may_close_more_days() -> None:
    bridge = frozenset({date(2026, 5, 15)})
    assert due_for("1 working_day until 12:00", at(5, 13, 10), closed_days=bridge) == at(5, 18, 12)
    assert due_for("1 working_day until 12:00", at(12, 23, 15), closed_days=CLOSED) == at(12, 28, 12)
    assert due_for("1 hour in office hours", at(12, 23, 12), closed_days=CLOSED) == at(12, 28, 9)
    assert due_for("8 days", at(12, 23, 12), closed_days=CLOSED) == at(1, 4, 16, year=2027)


def test_a_day_without_hours_ends_at_its_last_minute() -> None:
    rule = read_deadline("1 working_day")
    ends = due(rule, start=at(11, 5, 9), office_hours=SHUT_ON_FRIDAYS, state="NW")
    assert ends == at(11, 6, 23, 59)
    assert until(ends, now=at(11, 5, 9)) == "bis morgen"


def test_an_hour_is_an_hour_when_the_clocks_change() -> None:
    """29 March 2026: after 1:59 comes 3:00. 25 October 2026: after 2:59 comes 2:00 again."""
    spring = due_for("2 hours", at(3, 29, 1, 30))
    assert (spring.hour, spring.minute, spring.utcoffset()) == (4, 30, timedelta(hours=2))
    autumn = due_for("2 hours", at(10, 25, 1, 30))
    assert (autumn.hour, autumn.minute, autumn.utcoffset()) == (2, 30, timedelta(hours=1))
    assert due_for("24 hours", at(3, 28, 12)) == at(3, 29, 13)


def test_noon_is_noon_on_both_sides_of_the_change() -> None:
    assert due_for("1 working_day until 12:00", at(3, 27, 15)).isoformat() == "2026-03-30T12:00:00+02:00"
    assert due_for("1 working_day until 12:00", at(10, 23, 15)).isoformat() == "2026-10-26T12:00:00+01:00"
    assert due_for("3 hours in office hours", at(10, 23, 10)).isoformat() == "2026-10-26T09:00:00+01:00"


def test_what_has_no_answer_is_refused() -> None:
    with pytest.raises(NaiveInstant) as naive:
        due_for("2 hours", datetime(2026, 11, 2, 9))  # noqa: DTZ001 that is what is refused
    assert naive.value.instant.hour == 9
    with pytest.raises(NeverOpen):
        due(
            read_deadline("2 hours in office hours"),
            start=at(11, 2),
            office_hours=read_office_hours({"SA": "08:00-12:00"}),
            state="NW",
        )


@pytest.mark.parametrize(
    ("week", "day"),
    [
        ({"MO": "08:00"}, "MO"),
        ({"TU": "12:00-08:00"}, "TU"),
        ({"WE": "08:00-12:00 11:00-13:00"}, "WE"),
        ({"TH": "08:00-25:00"}, "TH"),
        ({"Montag": "08:00-12:00"}, "Montag"),
    ],
)
def test_hours_that_cannot_be_are_refused(week: dict[str, str], day: str) -> None:
    with pytest.raises(OfficeHoursError) as raised:
        read_office_hours(week)
    assert (raised.value.day, raised.value.text) == (day, week[day])


starts = st.datetimes(
    datetime(2025, 1, 1),  # noqa: DTZ001 hypothesis adds the zone
    datetime(2030, 12, 31),  # noqa: DTZ001 hypothesis adds the zone
    timezones=st.just(UTC),
).map(lambda moment: moment.astimezone(BERLIN))
texts = st.builds(
    "{} {}".format,
    st.integers(1, 40),
    st.sampled_from(
        ["working_days", "working_days until 12:00", "days", "days until 00:00", "hours", "minutes",
         "hours in office hours", "minutes in office hours"]
    ),
)  # fmt: skip


@given(texts, starts)
def test_never_in_the_past(text: str, start: datetime) -> None:
    assert due_for(text, start, closed_days=CLOSED).astimezone(UTC) > start.astimezone(UTC)


@given(texts, starts, st.timedeltas(timedelta(), timedelta(days=12)))
def test_who_begins_later_is_not_due_earlier(text: str, start: datetime, later: timedelta) -> None:
    after = (start.astimezone(UTC) + later).astimezone(BERLIN)
    first, second = due_for(text, start), due_for(text, after)
    assert first.astimezone(UTC) <= second.astimezone(UTC)


@given(texts, starts)
def test_days_end_on_working_days(text: str, start: datetime) -> None:
    if "days" in text:
        assert is_working_day(due_for(text, start, closed_days=CLOSED).date(), state="NW", closed_days=CLOSED)


@given(st.integers(1, 400), st.sampled_from(["hours", "minutes"]), starts)
def test_office_hours_end_within_office_hours_after_just_as_much_of_them(
    amount: int, unit: str, start: datetime
) -> None:
    ends = due_for(f"{amount} {unit} in office hours", start, closed_days=CLOSED)
    assert any(stretch.opens < ends.time() <= stretch.closes for stretch in OFFICE.on(ends.date()))
    assert is_working_day(ends.date(), state="NW", closed_days=CLOSED)
    took = working_time(Elapsed(start, ends), office_hours=OFFICE, state="NW", closed_days=CLOSED)
    assert took == amount * timedelta(**{unit: 1})


@given(st.integers(1, 500), starts)
def test_a_stopwatch_does_not_look_at_the_calendar(amount: int, start: datetime) -> None:
    assert due_for(f"{amount} hours", start).astimezone(UTC) - start.astimezone(UTC) == timedelta(
        hours=amount
    )


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (at(11, 6, 16), "bis heute 16 Uhr"),
        (at(11, 7, 9, 5), "bis morgen 9:05 Uhr"),
        (at(11, 9, 12), "bis Montag 12 Uhr"),
        (at(11, 12, 12), "bis Donnerstag 12 Uhr"),
        (at(11, 13, 12), "bis Freitag, 13. November, 12 Uhr"),
        (at(3, 3, 12, year=2027), "bis Mittwoch, 3. März 2027, 12 Uhr"),
        (at(11, 5, 12), "bis Donnerstag, 5. November, 12 Uhr"),
        (at(11, 9, 23, 59), "bis Montag"),
    ],
)
def test_how_it_is_said_on_friday(moment: datetime, said: str) -> None:
    assert until(moment, now=at(11, 6, 14)) == said


def test_today_is_today_where_the_office_is() -> None:
    """Half past midnight in Düren is still yesterday in UTC."""
    assert until(at(11, 6, 12), now=datetime(2026, 11, 5, 23, 30, tzinfo=UTC)) == "bis heute 12 Uhr"
