"""The one clock: views, jobs and the command line ask it, nobody else."""

from datetime import date, datetime, tzinfo
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

_held: list[date] = []


def zone() -> tzinfo:
    """The county's time zone."""
    return ZoneInfo(settings.TIME_ZONE)


def hold_day(day: date | None) -> None:
    """Hold the calendar on one day while the hours go on: the demo county lives on its own day."""
    _held[:] = [day] if day is not None else []


def now() -> datetime:
    """This instant, in the county's time zone."""
    real = timezone.now().astimezone(zone())
    if not _held:
        return real
    day = _held[0]
    return real.replace(year=day.year, month=day.month, day=day.day)


def real_now() -> datetime:
    """This instant even where a demo holds its day: for what must be erased or sealed in time."""
    return timezone.now().astimezone(zone())


def today() -> date:
    """The day it is in the county (PostgreSQL's current_date would be UTC, wrong for an hour each night)."""
    return day_of(now())


def real_today() -> date:
    """The county's day even where a demo holds another: for what families do and what a deadline means."""
    return day_of(real_now())


def day_of(moment: datetime) -> date:
    """The county's day at an aware moment: what the database gives is in UTC, and its day ends an hour or two late."""
    return moment.astimezone(zone()).date()
