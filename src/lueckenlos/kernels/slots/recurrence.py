"""Days of a recurrence rule (RFC 5545), as far as opening hours and series need it.

A date that a month or year does not have is passed over, as the standard says: the 29 February comes in leap years.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from typing import Final

from dateutil.rrule import rrule, rrulestr

from lueckenlos.kernels.slots.values import SlotsError

LEAP_YEAR: Final = 2028
FREQUENCIES: Final = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
_NUMBERS: Final = re.compile(r"-?[1-9]\d?(,-?[1-9]\d?)*")
_COUNT: Final = re.compile(r"[1-9]\d{0,3}")
_DAYS: Final = "(MO|TU|WE|TH|FR|SA|SU)"
_SHAPES: Final = {
    "FREQ": re.compile("|".join(sorted(FREQUENCIES))),
    "INTERVAL": _COUNT,
    "COUNT": _COUNT,
    "UNTIL": re.compile(r"\d{8}(T\d{6}Z?)?"),
    "BYDAY": re.compile(rf"([+-]?[1-5])?{_DAYS}(,([+-]?[1-5])?{_DAYS})*"),
    "BYMONTHDAY": _NUMBERS,
    "BYMONTH": re.compile(r"([1-9]|1[0-2])(,([1-9]|1[0-2]))*"),
    "WKST": re.compile(_DAYS),
}

Parts = dict[str, str]


def read(text: str) -> Parts:
    """The parts of a rule in their order. Raises SlotsError for what is not understood or contradicts itself."""
    parts: Parts = {}
    for part in text.removeprefix("RRULE:").strip().strip(";").upper().split(";"):
        name, _, value = part.partition("=")
        shape = _SHAPES.get(name)
        if shape is None or name in parts or not shape.fullmatch(value):
            raise SlotsError(f"the rule {text!r} has a part that is not understood", part)
        parts[name] = value
    if "FREQ" not in parts or {"COUNT", "UNTIL"} <= parts.keys():
        raise SlotsError("a rule has a frequency, and one end at most", text)
    if _contradicts_itself(parts):
        raise SlotsError("a rule that contradicts itself", text)
    return parts


def write(parts: Mapping[str, str]) -> str:
    """The rule as text."""
    return ";".join(f"{name}={value}" for name, value in parts.items())


def days(text: str, *, first: date) -> Iterator[date]:
    """The days from `first` on, one after the other; without COUNT or UNTIL they do not end."""
    for moment in _recurrence(text, first=first):
        yield moment.date()


def days_between(text: str, *, first: date, since: date, until: date) -> list[date]:
    """The days of the rule from `since` to `until`, both included."""
    found = _recurrence(text, first=first).between(_midnight(since), _midnight(until), inc=True)
    return [moment.date() for moment in found]


def _recurrence(text: str, *, first: date) -> rrule:
    parts = read(text)
    if "UNTIL" in parts:
        # The hour of an UNTIL says nothing here: the last day counts whole.
        parts["UNTIL"] = parts["UNTIL"][:8]
    try:
        made = rrulestr(write(parts), dtstart=_midnight(first))
    except ValueError as error:
        raise SlotsError("a rule that is not understood", text) from error
    assert isinstance(made, rrule)
    return made


def _contradicts_itself(parts: Parts) -> bool:
    """Tell whether weekdays do not go with the frequency, or no month that is named has a day that is named."""
    weekdays, frequency = parts.get("BYDAY", ""), parts["FREQ"]
    if frequency in {"DAILY", "WEEKLY"} and re.search(r"\d", weekdays):
        return True
    if frequency == "DAILY" and weekdays and parts.get("INTERVAL", "1") != "1":
        return True
    months, numbers = parts.get("BYMONTH", "1").split(","), parts.get("BYMONTHDAY", "1").split(",")
    longest = max(monthrange(LEAP_YEAR, int(month))[1] for month in months)
    return all(abs(int(number)) > longest for number in numbers)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(0))
