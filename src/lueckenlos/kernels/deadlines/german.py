"""A deadline as one says it on the telephone: "bis Montag 12 Uhr"."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from lueckenlos.kernels.deadlines.due import END_OF_DAY
from lueckenlos.kernels.deadlines.office import demand_aware

WEEKDAYS: Final = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
MONTHS: Final = (
    "Januar", "Februar", "März", "April", "Mai", "Juni",
    "Juli", "August", "September", "Oktober", "November", "Dezember",
)  # fmt: skip
NEAR: Final = 6
"""Up to so many days ahead the weekday alone is clear; a week ahead it would be today's name."""


def until(moment: datetime, *, now: datetime) -> str:
    """Say by when, with day and hour, as somebody hears it at `now`; both aware, told by the clock of `moment`.

    The last minute of a day is the whole day: "bis Freitag". A year is named where it is another one.
    """
    demand_aware(moment)
    demand_aware(now)
    day = _day(moment.date(), today=now.astimezone(moment.tzinfo).date())
    if moment.time() == END_OF_DAY:
        return f"bis {day}"
    comma = "," if "." in day else ""
    return f"bis {day}{comma} {_hour(moment)} Uhr"


def _day(day: date, *, today: date) -> str:
    ahead = (day - today).days
    if ahead in {0, 1}:
        return ("heute", "morgen")[ahead]
    name = WEEKDAYS[day.weekday()]
    if 0 < ahead <= NEAR:
        return name
    year = "" if day.year == today.year else f" {day.year}"
    return f"{name}, {day.day}. {MONTHS[day.month - 1]}{year}"


def _hour(moment: datetime) -> str:
    return f"{moment.hour}:{moment.minute:02}" if moment.minute else str(moment.hour)
