"""Days and what was known at their end."""

from datetime import date, datetime, time, timedelta

from lueckenlos.core import clock


def end_of(day: date) -> datetime:
    """The first instant that no longer belongs to the day, in the county's time zone."""
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=clock.zone())
