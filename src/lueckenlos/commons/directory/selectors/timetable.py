"""Schedules with their German words and next dates: from the words that people wrote, else from stored rules."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

from lueckenlos.commons.directory.models import Schedule as ScheduleRow
from lueckenlos.commons.directory.selectors.public import public_services
from lueckenlos.commons.directory.types import DateView, ScheduleReading, ScheduleView
from lueckenlos.kernels.schedule import (
    Holidays,
    RRuleNotUnderstood,
    Rule,
    Schedule,
    Understanding,
    german,
    german_rule,
    next_dates,
    read_german,
    rrule,
    rule_of,
)

NEXT_DATES = 5
SCHOOL_HOLIDAYS = "school_holidays"


@dataclass(frozen=True, slots=True)
class Timetable:
    """All that is known about when a service takes place."""

    plan: tuple[Schedule, ...]
    schedules: tuple[ScheduleView, ...]
    next_dates: tuple[DateView, ...]


@lru_cache(maxsize=4096)
def read_text(text: str) -> Schedule:
    """Read a schedule's words; the same words are read once."""
    return read_german(text)


def timetable(text: str, rows: Iterable[ScheduleRow], *, now: datetime) -> Timetable:
    """What an entry's words and rows say; words come first, since people see them."""
    stored = list(rows)
    plan = _plan(text, stored)
    views = tuple(_row_view(row) for row in stored if row.rrule)
    if not views:
        views = tuple(_rule_view(rule, schedule=schedule) for schedule in plan for rule in schedule.rules)
    return Timetable(plan, views, upcoming(plan, now=now))


def next_dates_of(text: str, rows: Sequence[ScheduleRow], *, now: datetime) -> tuple[DateView, ...]:
    """The next dates alone, for lists."""
    return upcoming(_plan(text, rows), now=now)


def plans_of(ids: Iterable[UUID], *, today: date) -> dict[UUID, tuple[Schedule, ...]]:
    """The schedules of those services that can be used today; none where nobody has told us any."""
    rows = public_services(today=today).filter(pk__in=list(ids)).only("schedule_text")
    return {
        row.pk: _plan(row.schedule_text, list(row.schedules.all()))
        for row in rows.prefetch_related("schedules")
    }


def upcoming(plan: Sequence[Schedule], *, now: datetime, count: int = NEXT_DATES) -> tuple[DateView, ...]:
    """The next dates of all schedules together, soonest first."""
    found = {each for schedule in plan for each in next_dates(schedule, after=now, count=count)}
    ordered = sorted(found, key=lambda occurrence: occurrence.place)[:count]
    return tuple(DateView(each.day, each.rule.starts, each.rule.ends) for each in ordered)


def read_schedule(text: str, *, now: datetime) -> ScheduleReading:
    """How the house understands what somebody is typing, for the form."""
    schedule = read_german(text)
    return ScheduleReading(
        text=german(schedule),
        is_understood=schedule.understanding is Understanding.FULL,
        has_rules=bool(schedule.rules),
        next_dates=upcoming((schedule,), now=now),
    )


def plan_of_row(row: ScheduleRow) -> Schedule:
    """A stored rule as the kernel knows it; one that it cannot hold stays words."""
    if not row.rrule:
        return read_text(row.description)
    try:
        rule = rule_of(
            row.rrule, starts=row.opens_at, ends=row.closes_at, anchor=row.starts_on, until=row.ends_on
        )
    except RRuleNotUnderstood:
        return Schedule(rest=row.description or row.rrule)
    holidays = Holidays.NOT if SCHOOL_HOLIDAYS in row.skips else None
    return Schedule(rules=(rule,), holidays=holidays)


def rows_of(text: str) -> list[ScheduleRow]:
    """Rows for each rule that the words hold, not yet stored; words alone where they hold none."""
    schedule = read_text(text)
    skips = [SCHOOL_HOLIDAYS] if schedule.holidays is Holidays.NOT else []
    if not schedule.rules:
        return [ScheduleRow(description=text)] if text else []
    return [
        ScheduleRow(
            position=position,
            rrule=rrule(rule),
            starts_on=rule.anchor,
            opens_at=rule.starts,
            closes_at=rule.ends,
            skips=skips,
            description=german_rule(rule),
        )
        for position, rule in enumerate(schedule.rules)
    ]


def _plan(text: str, stored: Sequence[ScheduleRow]) -> tuple[Schedule, ...]:
    return (read_text(text),) if text else tuple(plan_of_row(row) for row in stored)


def _row_view(row: ScheduleRow) -> ScheduleView:
    schedule = plan_of_row(row)
    return ScheduleView(
        text=row.description or german(schedule),
        rrule=row.rrule,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        skips=tuple(row.skips),
    )


def _rule_view(rule: Rule, *, schedule: Schedule) -> ScheduleView:
    return ScheduleView(
        text=german_rule(rule),
        rrule=rrule(rule),
        starts_on=rule.anchor,
        ends_on=None,
        opens_at=rule.starts,
        closes_at=rule.ends,
        skips=(SCHOOL_HOLIDAYS,) if schedule.holidays is Holidays.NOT else (),
    )
