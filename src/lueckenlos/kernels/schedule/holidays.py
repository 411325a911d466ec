"""Public holidays of North Rhine-Westphalia, computed, and its school holidays, as data.

School holidays: the ministry's published dates up to the end of 2028 (first and last day, both without
school). Days that each school sets for itself are not in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final


@dataclass(frozen=True, slots=True)
class SchoolHolidays:
    """One stretch of days without school."""

    name: str
    first: date
    last: date


def _stretch(name: str, first: str, last: str) -> SchoolHolidays:
    return SchoolHolidays(name, date.fromisoformat(first), date.fromisoformat(last))


SCHOOL_HOLIDAYS_NRW: Final = (
    _stretch("Weihnachtsferien", "2024-12-23", "2025-01-06"),
    _stretch("Osterferien", "2025-04-14", "2025-04-26"),
    _stretch("Pfingstferien", "2025-06-10", "2025-06-10"),
    _stretch("Sommerferien", "2025-07-14", "2025-08-26"),
    _stretch("Herbstferien", "2025-10-13", "2025-10-25"),
    _stretch("Weihnachtsferien", "2025-12-22", "2026-01-06"),
    _stretch("Osterferien", "2026-03-30", "2026-04-11"),
    _stretch("Pfingstferien", "2026-05-26", "2026-05-26"),
    _stretch("Sommerferien", "2026-07-20", "2026-09-01"),
    _stretch("Herbstferien", "2026-10-17", "2026-10-31"),
    _stretch("Weihnachtsferien", "2026-12-23", "2027-01-06"),
    _stretch("Osterferien", "2027-03-22", "2027-04-03"),
    _stretch("Pfingstferien", "2027-05-18", "2027-05-18"),
    _stretch("Sommerferien", "2027-07-19", "2027-08-31"),
    _stretch("Herbstferien", "2027-10-23", "2027-11-06"),
    _stretch("Weihnachtsferien", "2027-12-24", "2028-01-08"),
    _stretch("Osterferien", "2028-04-10", "2028-04-22"),
    _stretch("Sommerferien", "2028-07-10", "2028-08-22"),
    _stretch("Herbstferien", "2028-10-23", "2028-11-04"),
    _stretch("Weihnachtsferien", "2028-12-21", "2029-01-05"),
)


def is_school_holiday(day: date, *, calendar: Sequence[SchoolHolidays] = SCHOOL_HOLIDAYS_NRW) -> bool | None:
    """Tell whether schools are closed; None for days that the calendar does not reach."""
    if not calendar or day < calendar[0].first or day > max(stretch.last for stretch in calendar):
        return None
    return any(stretch.first <= day <= stretch.last for stretch in calendar)


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (the anonymous algorithm as Meeus gives it)."""
    golden = year % 19
    century, rest = divmod(year, 100)
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    shift = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


@lru_cache(maxsize=64)
def public_holidays(year: int) -> dict[date, str]:
    """The public holidays of North Rhine-Westphalia (§ 2 Feiertagsgesetz NW) with their names."""
    sunday = easter(year)
    return {
        date(year, 1, 1): "Neujahr",
        sunday - timedelta(days=2): "Karfreitag",
        sunday: "Ostersonntag",
        sunday + timedelta(days=1): "Ostermontag",
        date(year, 5, 1): "Tag der Arbeit",
        sunday + timedelta(days=39): "Christi Himmelfahrt",
        sunday + timedelta(days=49): "Pfingstsonntag",
        sunday + timedelta(days=50): "Pfingstmontag",
        sunday + timedelta(days=60): "Fronleichnam",
        date(year, 10, 3): "Tag der Deutschen Einheit",
        date(year, 11, 1): "Allerheiligen",
        date(year, 12, 25): "1. Weihnachtstag",
        date(year, 12, 26): "2. Weihnachtstag",
    }


def is_public_holiday(day: date) -> bool:
    """Tell whether the day is a public holiday in North Rhine-Westphalia."""
    return day in public_holidays(day.year)
