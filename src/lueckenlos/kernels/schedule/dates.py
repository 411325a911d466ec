"""Days and hours that follow from a schedule, and an honest "unknown" where they do not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from lueckenlos.kernels.schedule.holidays import (
    SCHOOL_HOLIDAYS_NRW,
    SchoolHolidays,
    is_public_holiday,
    is_school_holiday,
)
from lueckenlos.kernels.schedule.values import Frequency, Holidays, Rule, Schedule, Weekday

NEXT_YEAR: Final = 400  # days in which a next date is looked for
_WEEK: Final = 7
_WEEKDAYS: Final = tuple(Weekday)
_YEAR: Final = 12


class NaiveInstant(ValueError):
    """An instant without time zone cannot be compared with the county's clock."""


class Openness(StrEnum):
    """Whether something is open at an instant; unknown is said, never guessed."""

    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One day on which it takes place, with the rule that says so."""

    day: date
    rule: Rule

    @property
    def place(self) -> tuple[date, time, time]:
        """For sorting: by day, then by hour; without an hour first."""
        return self.day, self.rule.starts or time.min, self.rule.ends or time.max


def happens_on(
    schedule: Schedule, rule: Rule, day: date, *, calendar: Sequence[SchoolHolidays] = SCHOOL_HOLIDAYS_NRW
) -> bool | None:
    """Tell whether the rule holds on the day; None where nobody has told us.

    A public holiday is a day off for what happens on weekdays, but no text promises that: None, unless
    the rule names them or runs every day.
    """
    if (rule.anchor is not None and day < rule.anchor) or (rule.until is not None and day > rule.until):
        return False
    falls = _falls_on(rule, day)
    if falls is False and not rule.public_holidays:
        return False
    public = is_public_holiday(day)
    if rule.public_holidays and public:
        return _in_holidays(schedule, day, calendar=calendar)
    if falls is False:
        return False
    if rule.school_days:
        school = is_school_holiday(day, calendar=calendar)
        return False if public else None if school is None else not school
    allowed = _in_holidays(schedule, day, calendar=calendar)
    if allowed is not True:
        return allowed
    return None if public and rule.frequency is not Frequency.DAILY else falls


def next_dates(
    schedule: Schedule,
    *,
    after: datetime,
    count: int,
    calendar: Sequence[SchoolHolidays] = SCHOOL_HOLIDAYS_NRW,
) -> tuple[Occurrence, ...]:
    """Give the next days after an instant of the county's clock, at most `count`, within 400 days.

    None are given where the words beside the rules may take days away (`Schedule.is_narrowed`), and
    none for a rule whose weeks are not known. What has no hour counts for the whole of today.
    """
    _demand_zone(after)
    if schedule.is_narrowed:
        return ()
    found: list[Occurrence] = []
    for step in range(NEXT_YEAR):
        day = after.date() + timedelta(days=step)
        today = {
            Occurrence(day, rule)
            for rule in schedule.rules
            if happens_on(schedule, rule, day, calendar=calendar) and not _is_over(rule, day, after=after)
        }
        found += sorted(today, key=lambda occurrence: occurrence.place)
        if len(found) >= count:
            break
    return tuple(found[:count])


def open_at(
    schedules: Iterable[Schedule],
    instant: datetime,
    *,
    calendar: Sequence[SchoolHolidays] = SCHOOL_HOLIDAYS_NRW,
) -> Openness:
    """Tell whether one of the schedules is open at an instant of the county's clock.

    Open needs a rule with start and end that surely holds now; closed needs that every text was
    understood and no rule can hold; everything else is unknown.
    """
    _demand_zone(instant)
    answers: list[bool | None] = []
    for schedule in schedules:
        sure = list(_answers(schedule, instant, calendar=calendar))
        if schedule.rest or not schedule.rules:
            # Words beside the rules: a season may close what the rule opens, and open what it does not name.
            sure = [None if answer is False or schedule.is_narrowed else answer for answer in sure] or [None]
        answers += sure
    if True in answers:
        return Openness.OPEN
    return Openness.CLOSED if answers and None not in answers else Openness.UNKNOWN


def _answers(
    schedule: Schedule, instant: datetime, *, calendar: Sequence[SchoolHolidays]
) -> Iterator[bool | None]:
    now = instant.time().replace(tzinfo=None)
    for rule in schedule.rules:
        today = happens_on(schedule, rule, instant.date(), calendar=calendar)
        yield _both(today, _covers(rule, now))
        if rule.starts is not None and rule.ends is not None and time(0) < rule.ends <= rule.starts:
            yesterday = happens_on(schedule, rule, instant.date() - timedelta(days=1), calendar=calendar)
            yield _both(yesterday, now < rule.ends)


def _both(*answers: bool | None) -> bool | None:
    if False in answers:
        return False
    return None if None in answers else True


def _covers(rule: Rule, now: time) -> bool | None:
    """Tell whether the hour lies in the rule's hours of its own day."""
    if rule.starts is not None and now < rule.starts:
        return False
    if rule.starts is None:
        return False if rule.ends is not None and time(0) < rule.ends <= now else None
    if rule.ends is None:
        return None
    return rule.ends <= rule.starts or now < rule.ends


def _falls_on(rule: Rule, day: date) -> bool | None:
    weekday = _WEEKDAYS[day.weekday()]
    if rule.frequency is Frequency.DAILY:
        return True
    if rule.frequency is Frequency.MONTHLY:
        ordinal = (day.day - 1) // _WEEK + 1
        last = (day + timedelta(days=_WEEK)).month != day.month
        hits = any(
            own.weekday is weekday and (own.ordinal == ordinal or (own.ordinal == -1 and last))
            for own in rule.days
        )
    else:
        hits = any(own.weekday is weekday for own in rule.days)
    if not hits or rule.interval == 1:
        return hits
    return None if rule.anchor is None else _steps(rule, rule.anchor, day) % rule.interval == 0


def _steps(rule: Rule, anchor: date, day: date) -> int:
    if rule.frequency is Frequency.MONTHLY:
        return (day.year - anchor.year) * _YEAR + day.month - anchor.month
    return (_monday(day) - _monday(anchor)).days // _WEEK


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _in_holidays(schedule: Schedule, day: date, *, calendar: Sequence[SchoolHolidays]) -> bool | None:
    if schedule.holidays is None or schedule.holidays is Holidays.ALSO:
        return True
    school = is_school_holiday(day, calendar=calendar)
    if school is None:
        return None
    return school if schedule.holidays is Holidays.ONLY else not school


def _is_over(rule: Rule, day: date, *, after: datetime) -> bool:
    start = rule.starts
    return start is not None and day == after.date() and start <= after.time().replace(tzinfo=None)


def _demand_zone(instant: datetime) -> None:
    if instant.tzinfo is None:
        raise NaiveInstant("the instant needs a time zone: use the county's clock")
