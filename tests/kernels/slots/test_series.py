"""Dates that repeat keep the hour of the clock, have an end, and can be parted without losing one."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lueckenlos.kernels.slots import (
    MOST_DATES,
    Clash,
    Series,
    SlotsError,
    Span,
    clashes,
    days_of,
    spans_of,
    split,
)

BERLIN = ZoneInfo("Europe/Berlin")
HOUR = timedelta(hours=1)
TUESDAY = date(2026, 11, 3)


def series(rule: str, first: date = TUESDAY, at: time = time(16), *left_out: date) -> Series:
    return Series(rule, first, at, HOUR, frozenset(left_out))


def test_every_second_tuesday_with_an_exception() -> None:
    found = days_of(series("FREQ=WEEKLY;INTERVAL=2;COUNT=4", TUESDAY, time(16), date(2026, 12, 1)))
    assert found == (date(2026, 11, 3), date(2026, 11, 17), date(2026, 12, 15))


def test_the_last_day_counts_whole_whatever_hour_the_rule_gives_it() -> None:
    assert days_of(series("RRULE:FREQ=WEEKLY;UNTIL=20261110T000000Z")) == (TUESDAY, date(2026, 11, 10))


@pytest.mark.parametrize(
    ("rule", "first", "expected"),
    [
        ("FREQ=YEARLY;COUNT=3", "2024-02-29", ["2024-02-29", "2028-02-29", "2032-02-29"]),
        ("FREQ=MONTHLY;COUNT=3", "2026-01-31", ["2026-01-31", "2026-03-31", "2026-05-31"]),
        ("FREQ=MONTHLY;BYDAY=-1TU;COUNT=2", "2026-11-03", ["2026-11-24", "2026-12-29"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=2", "2028-02-01", ["2028-02-29", "2028-03-31"]),
    ],
)
def test_a_date_that_a_month_does_not_have_is_passed_over(rule: str, first: str, expected: list[str]) -> None:
    assert [day.isoformat() for day in days_of(series(rule, date.fromisoformat(first)))] == expected


@given(
    st.dates(date(2024, 1, 1), date(2030, 12, 31)),
    st.times().filter(lambda moment: moment.hour != 2),
    st.integers(1, 4),
)
def test_a_weekly_date_is_at_the_same_hour_of_the_clock_in_summer_and_winter(
    first: date, hour: time, interval: int
) -> None:
    spans = spans_of(series(f"FREQ=WEEKLY;INTERVAL={interval};COUNT=60", first, hour), zone=BERLIN)
    assert [one.begins.astimezone(BERLIN).replace(tzinfo=None) for one in spans] == [
        datetime.combine(first + timedelta(weeks=interval * number), hour) for number in range(60)
    ]
    assert all(one.ends - one.begins == HOUR for one in spans)


def test_a_date_whose_hour_is_skipped_is_left_out_and_the_one_that_comes_twice_is_the_first() -> None:
    sundays = series("FREQ=WEEKLY;UNTIL=20261101", date(2026, 3, 22), time(2, 30))
    begins = [one.begins for one in spans_of(sundays, zone=BERLIN)]
    assert begins[:2] == [datetime(2026, 3, 22, 1, 30, tzinfo=UTC), datetime(2026, 4, 5, 0, 30, tzinfo=UTC)]
    assert begins[-2:] == [
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        datetime(2026, 11, 1, 1, 30, tzinfo=UTC),
    ]


RULES = (
    "FREQ=DAILY", "FREQ=DAILY;INTERVAL=3", "FREQ=WEEKLY", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH,SU",
    "FREQ=MONTHLY;INTERVAL=2", "FREQ=MONTHLY;BYDAY=1TU,3FR", "FREQ=MONTHLY;BYMONTHDAY=31", "FREQ=YEARLY",
    "FREQ=YEARLY;BYMONTH=3,11;BYDAY=2SA",
)  # fmt: skip
ENDS = st.integers(1, 60).map(lambda count: f"COUNT={count}") | st.dates(
    date(2027, 9, 1), date(2027, 11, 30)
).map(lambda day: f"UNTIL={day:%Y%m%d}")


@given(st.sampled_from(RULES), ENDS, st.dates(date(2026, 7, 1), date(2026, 12, 31)), st.data())
def test_changed_from_here_on_parts_a_series_without_losing_a_date(
    rule: str, end: str, first: date, data: st.DataObject
) -> None:
    whole = series(f"{rule};{end}", first)
    days = days_of(whole)
    assume(len(days) > 1)
    left_out = data.draw(st.frozensets(st.sampled_from(days)))
    whole = series(f"{rule};{end}", first, time(16), *left_out)
    at = data.draw(st.dates(days[0] + timedelta(days=1), days[-1]))
    earlier, later = split(whole, at=at)
    assert days_of(earlier) + days_of(later) == days_of(whole)
    assert all(day < at for day in days_of(earlier))
    assert all(day >= at for day in days_of(later))
    assert earlier.left_out | later.left_out == whole.left_out


def test_a_series_is_parted_between_two_of_its_dates_alone() -> None:
    weekly = series("FREQ=WEEKLY;COUNT=3")
    for day in (TUESDAY, date(2026, 11, 18)):
        with pytest.raises(SlotsError):
            split(weekly, at=day)


def test_the_dates_that_find_no_place_are_named_with_what_lies_there() -> None:
    spans = spans_of(series("FREQ=WEEKLY;COUNT=3"), zone=BERLIN)
    half = timedelta(minutes=30)
    taken = [
        Span(spans[1].begins - half, spans[1].begins + half),
        Span(spans[1].begins + half, spans[1].ends + half),
        Span(spans[2].ends, spans[2].ends + HOUR),
    ]
    assert clashes(spans, taken=taken) == (Clash(spans[1], tuple(taken[:2])),)
    assert clashes(spans, taken=taken, parallel=2) == ()


@given(st.lists(st.tuples(st.integers(0, 200), st.integers(1, 40)), max_size=10), st.integers(1, 3))
def test_without_a_clash_every_date_can_be_taken(pairs: list[tuple[int, int]], parallel: int) -> None:
    begin = datetime(2026, 11, 3, 8, tzinfo=UTC)
    taken = [
        Span(begin + timedelta(minutes=minute), begin + timedelta(minutes=minute + length))
        for minute, length in pairs
    ]
    dates = [
        Span(begin + timedelta(minutes=minute), begin + timedelta(minutes=minute + 20))
        for minute in range(0, 240, 20)
    ]
    bad = {clash.span for clash in clashes(dates, taken=taken, parallel=parallel)}
    for one in dates:
        minutes = (one.begins + timedelta(minutes=minute) for minute in range(20))
        fullest = max(sum(other.begins <= minute < other.ends for other in taken) for minute in minutes)
        assert (one in bad) is (fullest >= parallel)


@pytest.mark.parametrize(
    "rule",
    ["FREQ=WEEKLY", f"FREQ=WEEKLY;COUNT={MOST_DATES + 1}", "FREQ=DAILY;UNTIL=20400101", "FREQ=WEEKLY;COUNT=0", "wöchentlich"],
)  # fmt: skip
def test_a_series_has_an_end_and_not_too_many_dates(rule: str) -> None:
    with pytest.raises(SlotsError):
        series(rule)
    assert len(days_of(series(f"FREQ=WEEKLY;COUNT={MOST_DATES}"))) == MOST_DATES


def test_a_date_needs_the_hour_of_the_local_clock_and_some_time() -> None:
    with pytest.raises(SlotsError):
        series("FREQ=WEEKLY;COUNT=1", TUESDAY, time(16, tzinfo=UTC))
    with pytest.raises(SlotsError):
        Series("FREQ=WEEKLY;COUNT=1", TUESDAY, time(16), timedelta())
