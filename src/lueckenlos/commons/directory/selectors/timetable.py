"""Schedules with their German words and next dates."""

from dataclasses import dataclass
from datetime import datetime

from lueckenlos.commons.directory.models import Schedule
from lueckenlos.commons.directory.types import ScheduleView


@dataclass(frozen=True, slots=True)
class Calendar:
    """The instant that somebody asks at, and the days on which the county rests."""

    now: datetime


def calendar_at(now: datetime) -> Calendar:
    """The county's calendar as it looks from this instant."""
    return Calendar(now=now)


def schedule_view(row: Schedule, *, calendar: Calendar) -> ScheduleView:
    """Turn a row into words and dates."""
    return ScheduleView(
        text=row.description,
        rrule=row.rrule,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        skips=tuple(row.skips),
    )
