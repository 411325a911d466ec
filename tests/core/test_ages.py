"""How old somebody is, by birthdays and in between, and for which ages something is, as people say it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lueckenlos.core.ages import age_on, ages_words, exact_age

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


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (None, None, ""),
        (1, None, "ab 1 Jahr"),
        (3, None, "ab 3 Jahren"),
        (None, 1, "bis 1 Jahr"),
        (None, 0, "bis 0 Jahre"),
        (1, 1, "1 Jahr"),
        (0, 1, "0 bis 1 Jahr"),
        (6, 10, "6 bis 10 Jahre"),
    ],
)
def test_ages_are_said_in_their_number(low: int | None, high: int | None, words: str) -> None:
    assert ages_words(low, high) == words
