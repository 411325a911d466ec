"""How long answers took, in working hours, for enough of them together."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lueckenlos.kernels.deadlines import (
    Elapsed,
    EndsBeforeItBegins,
    NaiveInstant,
    Summary,
    Withheld,
    read_office_hours,
    summary,
    working_time,
)

BERLIN = ZoneInfo("Europe/Berlin")
OFFICE = read_office_hours(dict.fromkeys(["MO", "TU", "WE", "TH"], "08:00-16:00") | {"FR": "08:00-12:00"})


def at(day: int, hour: int = 0, minute: int = 0, *, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=BERLIN)


def took(begun: datetime, ended: datetime) -> timedelta:
    return working_time(Elapsed(begun, ended), office_hours=OFFICE, state="NW")


@pytest.mark.parametrize(
    ("begun", "ended", "hours"),
    [
        (at(3, 9), at(3, 11, 30), 2.5),
        (at(3, 15), at(4, 9), 2),
        (at(6, 11), at(9, 9), 2),  # Friday to Monday
        (at(6, 19), at(7, 10), 0),  # asked on Friday evening, answered on Saturday
        (at(3, 9), at(3, 9), 0),
        (at(3, 6), at(3, 20), 8),
        (at(14, 9, month=5), at(15, 9, month=5), 1),  # Ascension Day does not count
    ],
)
def test_working_time_by_hand(begun: datetime, ended: datetime, hours: float) -> None:
    assert took(begun, ended) == timedelta(hours=hours)


def test_the_clock_is_that_of_where_it_began() -> None:
    assert took(at(3, 9), at(3, 11).astimezone(UTC)) == timedelta(hours=2)
    there = ZoneInfo("Pacific/Auckland")
    ended = at(4, 9).replace(tzinfo=there).astimezone(UTC)
    assert (ended.day, took(at(3, 15).replace(tzinfo=there), ended)) == (3, timedelta(hours=2))


def test_median_and_range_of_five() -> None:
    times = [Elapsed(at(3, 8), at(3, 8 + hours)) for hours in (4, 1, 2, 8, 3)]
    assert summary(times, office_hours=OFFICE, state="NW") == Summary(
        count=5, median=timedelta(hours=3), shortest=timedelta(hours=1), longest=timedelta(hours=8)
    )
    assert summary(times[:4], office_hours=OFFICE, state="NW", minimum=4) == Summary(
        count=4, median=timedelta(hours=3), shortest=timedelta(hours=1), longest=timedelta(hours=8)
    )


def test_of_four_nothing_is_said_not_even_how_many() -> None:
    times = [Elapsed(at(3, 8), at(3, 9))] * 4
    assert summary(times, office_hours=OFFICE, state="NW") == Withheld(minimum=5)
    assert summary([], office_hours=OFFICE, state="NW", minimum=0) == Withheld(minimum=0)


def test_impossible_times_cannot_be_built() -> None:
    with pytest.raises(EndsBeforeItBegins) as raised:
        Elapsed(at(3, 9), at(3, 8))
    assert (raised.value.begun, raised.value.ended) == (at(3, 9), at(3, 8))
    with pytest.raises(NaiveInstant):
        Elapsed(datetime(2026, 11, 3), at(3))  # noqa: DTZ001 that is what is refused


def test_the_repeated_hour_of_october_runs_forward() -> None:
    """2:30 in summer time is before 2:10 in winter time, though the hands say otherwise."""
    summer, winter = at(25, 2, 30, month=10), at(25, 2, 10, month=10).replace(fold=1)
    assert took(summer, winter) == timedelta()
    with pytest.raises(EndsBeforeItBegins):
        Elapsed(winter, summer)


moments = st.datetimes(
    datetime(2026, 1, 1),  # noqa: DTZ001 hypothesis adds the zone
    datetime(2027, 2, 1),  # noqa: DTZ001 hypothesis adds the zone
    timezones=st.just(UTC),
).map(lambda moment: moment.astimezone(BERLIN))


@given(moments, moments, moments)
def test_working_time_adds_up_and_never_exceeds_the_time_that_passed(
    one: datetime, two: datetime, three: datetime
) -> None:
    first, middle, last = sorted((one, two, three), key=datetime.timestamp)
    assert took(first, middle) + took(middle, last) == took(first, last)
    assert timedelta() <= took(first, last) <= last.astimezone(UTC) - first.astimezone(UTC)


@given(st.lists(st.integers(0, 480), max_size=12))
def test_a_summary_lies_within_its_range(minutes: list[int]) -> None:
    times = [Elapsed(at(3, 8), at(3, 8) + timedelta(minutes=each)) for each in minutes]
    found = summary(times, office_hours=OFFICE, state="NW")
    if len(minutes) < 5:
        assert found == Withheld(5)
    else:
        assert isinstance(found, Summary)
        assert found.count == len(minutes)
        assert found.shortest == timedelta(minutes=min(minutes))
        assert found.shortest <= found.median <= found.longest == timedelta(minutes=max(minutes))
