"""When something takes place: German schedule texts, recurrence rules, and the days that follow from them."""

from lueckenlos.kernels.schedule.dates import NEXT_YEAR, Occurrence, Openness, happens_on, next_dates, open_at
from lueckenlos.kernels.schedule.german import german, german_rule
from lueckenlos.kernels.schedule.holidays import (
    SCHOOL_HOLIDAYS_NRW,
    SchoolHolidays,
    easter,
    is_public_holiday,
    is_school_holiday,
    public_holidays,
)
from lueckenlos.kernels.schedule.reading import read_german
from lueckenlos.kernels.schedule.rrule import RRuleNotUnderstood, rrule, rule_of
from lueckenlos.kernels.schedule.values import (
    Day,
    Daypart,
    Frequency,
    Holidays,
    Note,
    Rule,
    Schedule,
    Understanding,
    Weekday,
)

__all__ = [
    "NEXT_YEAR",
    "SCHOOL_HOLIDAYS_NRW",
    "Day",
    "Daypart",
    "Frequency",
    "Holidays",
    "Note",
    "Occurrence",
    "Openness",
    "RRuleNotUnderstood",
    "Rule",
    "Schedule",
    "SchoolHolidays",
    "Understanding",
    "Weekday",
    "easter",
    "german",
    "german_rule",
    "happens_on",
    "is_public_holiday",
    "is_school_holiday",
    "next_dates",
    "open_at",
    "public_holidays",
    "read_german",
    "rrule",
    "rule_of",
]
