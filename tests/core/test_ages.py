"""How old somebody is: whole years by birthdays, and the part of a year in between."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from lueckenlos.core.ages import age_on, exact_age

BIRTHS = st.dates(date(1990, 1, 1), date(2026, 1, 1))
DAYS = st.integers(0, 30 * 365).map(timedelta)


@given(BIRTHS, DAYS)
def test_the_exact_age_lies_between_two_birthdays_and_never_falls(born_on: date, later: timedelta) -> None:
    day = born_on + later
    years = age_on(born_on, day)
    assert years <= exact_age(born_on, day) < years + 1
    assert exact_age(born_on, day) <= exact_age(born_on, day + timedelta(days=1))


def test_a_birthday_is_a_whole_year_and_that_of_a_leap_day_comes_on_the_first_of_march() -> None:
    assert exact_age(date(2020, 5, 7), date(2026, 5, 7)) == 6
    assert exact_age(date(2020, 2, 29), date(2026, 2, 28)) < 6
    assert exact_age(date(2020, 2, 29), date(2026, 3, 1)) == 6
    assert 0.49 < exact_age(date(2026, 1, 1), date(2026, 7, 1)) < 0.51
