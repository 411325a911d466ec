"""By when something has to happen, told at the moment at which its clock begins to run.

Days are counted as § 26 (1) SGB X with §§ 187, 188 BGB does: the day on which it begins is not counted. Whoever
writes on Friday evening is answered "2 working_days until 12:00" later: by Tuesday noon. Calendar days that end on a
Saturday, Sunday or holiday end on the next working day (§ 26 (3) SGB X). Hours and minutes are those of a stopwatch,
whatever the clocks do in March and October.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from lueckenlos.kernels.deadlines.holidays import is_working_day
from lueckenlos.kernels.deadlines.office import NeverOpen, OfficeHours, demand_aware, open_times
from lueckenlos.kernels.deadlines.rules import DeadlineRule, Unit

END_OF_DAY: Final = time(23, 59)
"""The last minute of a day on which the office has no hours: written so that its weekday is the right one."""
ONE_DAY: Final = timedelta(days=1)
STOPWATCH: Final = {
    Unit.HOURS: timedelta(hours=1),
    Unit.MINUTES: timedelta(minutes=1),
    Unit.OFFICE_HOURS: timedelta(hours=1),
    Unit.OFFICE_MINUTES: timedelta(minutes=1),
}
LOOK_AHEAD: Final = timedelta(days=28)


def due(
    rule: DeadlineRule,
    *,
    start: datetime,
    office_hours: OfficeHours,
    state: str,
    closed_days: Collection[date] = frozenset(),
) -> datetime:
    """By when it has to happen, in the zone of `start`; never before `start`, never earlier for a later start.

    Without `until` a day ends when the office closes, and at 23:59 where it has no hours on that weekday.
    `closed_days` are the county's own (24 and 31 December, Rosenmontag). Raises NaiveInstant, UnknownState, and
    NeverOpen where office hours are counted and there are none.
    """
    demand_aware(start)
    if not rule.unit.is_days:
        time_needed = rule.amount * STOPWATCH[rule.unit]
        if not rule.unit.is_in_office_hours:
            return (start.astimezone(UTC) + time_needed).astimezone(start.tzinfo)
        return _within_office_hours(
            time_needed, start=start, office_hours=office_hours, state=state, closed_days=closed_days
        )
    day = start.date() + rule.amount * ONE_DAY if rule.unit is Unit.DAYS else start.date()
    for _ in range(rule.amount if rule.unit is Unit.WORKING_DAYS else 0):
        day = _next_working_day(day + ONE_DAY, state=state, closed_days=closed_days)
    day = _next_working_day(day, state=state, closed_days=closed_days)
    hours = office_hours.on(day)
    ends = rule.until or (hours[-1].closes if hours else END_OF_DAY)
    return datetime.combine(day, ends, tzinfo=start.tzinfo)


def _next_working_day(day: date, *, state: str, closed_days: Collection[date]) -> date:
    """The day itself, or the first working day after it."""
    while not is_working_day(day, state=state, closed_days=closed_days):
        day += ONE_DAY
    return day


def _within_office_hours(
    time_needed: timedelta,
    *,
    start: datetime,
    office_hours: OfficeHours,
    state: str,
    closed_days: Collection[date],
) -> datetime:
    if not office_hours.is_ever_open:
        raise NeverOpen
    begun, first = start.astimezone(UTC), start.date()
    while True:
        last = first + LOOK_AHEAD
        for opens, closes in open_times(
            first, last, like=start, office_hours=office_hours, state=state, closed_days=closed_days
        ):
            left = closes - max(opens, begun)
            if left > timedelta() and time_needed <= left:
                return (max(opens, begun) + time_needed).astimezone(start.tzinfo)
            time_needed -= max(left, timedelta())
        first = last + ONE_DAY
