"""A deadline names its unit, and whatever cannot be read says why."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lueckenlos.kernels.deadlines import (
    DeadlineError,
    DeadlineFlaw,
    DeadlineRule,
    Unit,
    flaw_of,
    read_deadline,
)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("2 working_days until 12:00", DeadlineRule(2, Unit.WORKING_DAYS, time(12))),
        ("1 working_day until 9:30", DeadlineRule(1, Unit.WORKING_DAYS, time(9, 30))),
        ("5 working_days", DeadlineRule(5, Unit.WORKING_DAYS)),
        ("3 hours in office hours", DeadlineRule(3, Unit.OFFICE_HOURS)),
        ("45 minutes in office hours", DeadlineRule(45, Unit.OFFICE_MINUTES)),
        ("14 days", DeadlineRule(14, Unit.DAYS)),
        ("1 day until 18:00", DeadlineRule(1, Unit.DAYS, time(18))),
        ("30 minutes", DeadlineRule(30, Unit.MINUTES)),
        ("  1   hour ", DeadlineRule(1, Unit.HOURS)),
    ],
)
def test_what_people_write(text: str, rule: DeadlineRule) -> None:
    assert read_deadline(text) == rule
    assert flaw_of(text) is None


@pytest.mark.parametrize(
    ("text", "flaw", "word"),
    [
        ("", DeadlineFlaw.EMPTY, ""),
        ("working_days", DeadlineFlaw.NO_AMOUNT, "working_days"),
        ("0 days", DeadlineFlaw.NO_AMOUNT, "0"),
        ("-2 days", DeadlineFlaw.NO_AMOUNT, "-2"),
        ("² days", DeadlineFlaw.NO_AMOUNT, "²"),
        ("10000 days", DeadlineFlaw.NO_AMOUNT, "10000"),
        ("2", DeadlineFlaw.NO_UNIT, "2"),
        ("2 until 12:00", DeadlineFlaw.NO_UNIT, "2"),
        ("3 in office hours", DeadlineFlaw.NO_UNIT, "3"),
        ("2 Werktage", DeadlineFlaw.UNKNOWN_UNIT, "Werktage"),
        ("2 weeks", DeadlineFlaw.UNKNOWN_UNIT, "weeks"),
        ("2 hours sometime", DeadlineFlaw.UNKNOWN_ADDITION, "sometime"),
        ("2 days until noon", DeadlineFlaw.NO_TIME_OF_DAY, "noon"),
        ("2 days until 24:00", DeadlineFlaw.NO_TIME_OF_DAY, "24:00"),
        ("2 days until", DeadlineFlaw.NO_TIME_OF_DAY, ""),
        ("2 hours until 12:00", DeadlineFlaw.UNTIL_WITHOUT_DAYS, "hours"),
        ("2 days in office hours", DeadlineFlaw.OFFICE_HOURS_WITH_DAYS, "days"),
    ],
)
def test_what_is_no_deadline(text: str, flaw: DeadlineFlaw, word: str) -> None:
    with pytest.raises(DeadlineError) as raised:
        read_deadline(text)
    assert (raised.value.text, raised.value.flaw, raised.value.word) == (text, flaw, word)
    assert flaw_of(text) == flaw.value


def test_an_impossible_rule_cannot_be_built() -> None:
    with pytest.raises(DeadlineError):
        DeadlineRule(0, Unit.DAYS)
    with pytest.raises(DeadlineError):
        DeadlineRule(3, Unit.OFFICE_HOURS, time(12))


minutes = st.times().map(lambda clock: clock.replace(second=0, microsecond=0))
day_rules = st.builds(
    DeadlineRule,
    st.integers(1, 9999),
    st.sampled_from([Unit.WORKING_DAYS, Unit.DAYS]),
    st.none() | minutes,
)
hour_rules = st.builds(
    DeadlineRule, st.integers(1, 9999), st.sampled_from([each for each in Unit if not each.is_days])
)


@given(day_rules | hour_rules)
def test_every_rule_can_be_written_and_read_again(rule: DeadlineRule) -> None:
    assert read_deadline(rule.text) == rule


@given(st.text(max_size=30))
def test_any_text_is_a_deadline_or_says_why_not(text: str) -> None:
    assert flaw_of(text) is None or flaw_of(text) in set(DeadlineFlaw)
