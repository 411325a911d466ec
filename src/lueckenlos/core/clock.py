"""The one clock: views, jobs and the command line ask it, nobody else."""

from datetime import date, datetime, tzinfo
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

_frozen: list[datetime] = []


def zone() -> tzinfo:
    """The county's time zone."""
    return ZoneInfo(settings.TIME_ZONE)


def freeze(instant: datetime) -> None:
    """Hold the clock at an instant: the demo county lives on its own day."""
    _frozen[:] = [instant]


def now() -> datetime:
    """This instant, in the county's time zone."""
    real = timezone.now().astimezone(zone())
    if not _frozen:
        return real
    held = _frozen[0]
    return real.replace(year=held.year, month=held.month, day=held.day)


def today() -> date:
    """The day it is in the county (PostgreSQL's current_date would be UTC, wrong for an hour each night)."""
    return now().date()
