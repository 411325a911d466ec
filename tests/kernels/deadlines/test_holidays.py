"""Public holidays are computed by state, and offices work from Monday to Friday on all other days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lueckenlos.kernels.deadlines import (
    HOLIDAYS,
    FromEaster,
    UnknownState,
    WeekdayBefore,
    holidays,
    is_working_day,
)
from lueckenlos.kernels.schedule import is_public_holiday

days = st.dates(date(1991, 1, 1), date(2199, 12, 31))


def test_the_holidays_of_north_rhine_westphalia_in_2026() -> None:
    assert holidays(2026, state="NW") == {
        date(2026, 1, 1): "Neujahr",
        date(2026, 4, 3): "Karfreitag",
        date(2026, 4, 6): "Ostermontag",
        date(2026, 5, 1): "Tag der Arbeit",
        date(2026, 5, 14): "Christi Himmelfahrt",
        date(2026, 5, 25): "Pfingstmontag",
        date(2026, 6, 4): "Fronleichnam",
        date(2026, 10, 3): "Tag der Deutschen Einheit",
        date(2026, 11, 1): "Allerheiligen",
        date(2026, 12, 25): "1. Weihnachtstag",
        date(2026, 12, 26): "2. Weihnachtstag",
    }


@given(days)
def test_the_finder_and_the_deadlines_know_the_same_working_days(day: date) -> None:
    """Two kernels, which may not read each other, hold the law of the same state; Sundays are free in both."""
    assert is_working_day(day, state="NW") == (day.weekday() < 5 and not is_public_holiday(day))


def test_christmas_eve_is_a_working_day_unless_the_county_closes() -> None:
    eve, new_years_eve = date(2026, 12, 24), date(2026, 12, 31)
    assert is_working_day(eve, state="NW")
    assert is_working_day(new_years_eve, state="NW")
    assert not is_working_day(eve, state="NW", closed_days={eve})


def test_saturdays_and_sundays_are_never_working_days() -> None:
    assert [is_working_day(date(2026, 11, 2) + timedelta(days=ahead), state="NW") for ahead in range(7)] == [
        True, True, True, True, True, False, False,
    ]  # fmt: skip


def test_states_differ() -> None:
    reformation, epiphany = date(2025, 10, 31), date(2026, 1, 6)
    assert not is_working_day(reformation, state="NI")
    assert is_working_day(reformation, state="NW")
    assert not is_working_day(epiphany, state="BY")
    assert is_working_day(epiphany, state="NW")
    assert len(HOLIDAYS) == 16


def test_a_holiday_is_one_only_from_its_first_year_on() -> None:
    assert date(2018, 3, 8) not in holidays(2018, state="BE")
    assert holidays(2019, state="BE")[date(2019, 3, 8)] == "Internationaler Frauentag"


@pytest.mark.parametrize(
    ("year", "day"), [(2021, 17), (2022, 16), (2023, 22), (2024, 20), (2025, 19), (2026, 18)]
)
def test_repentance_day_is_the_wednesday_before_23_november(year: int, day: int) -> None:
    assert WeekdayBefore(2, 11, 23).in_year(year) == date(year, 11, day)
    assert not is_working_day(date(year, 11, day), state="SN")


@pytest.mark.parametrize(
    ("year", "month", "day"), [(2024, 3, 31), (2025, 4, 20), (2038, 4, 25), (2285, 3, 22)]
)
def test_easter_at_its_earliest_and_latest(year: int, month: int, day: int) -> None:
    assert FromEaster(0).in_year(year) == date(year, month, day)


def test_a_state_that_nobody_has_entered_is_named() -> None:
    with pytest.raises(UnknownState) as raised:
        is_working_day(date(2026, 11, 2), state="XX")
    assert raised.value.state == "XX"
    assert "NW" in raised.value.known
