"""Public holidays by federal state, computed, and which days are working days.

Only what holds in a whole state: days that single municipalities have (Mariä Himmelfahrt in parts of Bavaria,
Fronleichnam in parts of Saxony and Thuringia) and days on which an office stays shut (Rosenmontag, 24 and 31
December) are working days by law and come in as `closed_days`. As the states' laws stood in 2026.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from dateutil.easter import easter

SATURDAY: Final = 5
WEDNESDAY: Final = 2
DAYS_A_WEEK: Final = 7
LAST_YEAR: Final = 9999


class UnknownState(ValueError):
    """A federal state whose holidays nobody has entered: the code, and those that are known."""

    def __init__(self, state: str) -> None:
        known = tuple(sorted(HOLIDAYS))
        super().__init__(state, known)
        self.state = state
        self.known = known


@dataclass(frozen=True, slots=True)
class Fixed:
    """The same date every year."""

    month: int
    day: int

    def in_year(self, year: int) -> date:
        """The date in one year."""
        return date(year, self.month, self.day)


@dataclass(frozen=True, slots=True)
class FromEaster:
    """So many days after Easter Sunday, or before it where negative."""

    days: int

    def in_year(self, year: int) -> date:
        """The date in one year."""
        return easter(year) + timedelta(days=self.days)


@dataclass(frozen=True, slots=True)
class WeekdayBefore:
    """The last such weekday (0 is Monday) before a date, that date not included."""

    weekday: int
    month: int
    day: int

    def in_year(self, year: int) -> date:
        """The date in one year."""
        eve = date(year, self.month, self.day) - timedelta(days=1)
        return eve - timedelta(days=(eve.weekday() - self.weekday) % DAYS_A_WEEK)


@dataclass(frozen=True, slots=True)
class HolidayRule:
    """A public holiday, when it falls, and in which years it is one."""

    name: str
    when: Fixed | FromEaster | WeekdayBefore
    since: int = 1
    until: int = LAST_YEAR


_EVERYWHERE: Final = (
    HolidayRule("Neujahr", Fixed(1, 1)),
    HolidayRule("Karfreitag", FromEaster(-2)),
    HolidayRule("Ostermontag", FromEaster(1)),
    HolidayRule("Tag der Arbeit", Fixed(5, 1)),
    HolidayRule("Christi Himmelfahrt", FromEaster(39)),
    HolidayRule("Pfingstmontag", FromEaster(50)),
    HolidayRule("Tag der Deutschen Einheit", Fixed(10, 3), since=1990),
    HolidayRule("1. Weihnachtstag", Fixed(12, 25)),
    HolidayRule("2. Weihnachtstag", Fixed(12, 26)),
)
_EPIPHANY: Final = HolidayRule("Heilige Drei Könige", Fixed(1, 6))
_CORPUS_CHRISTI: Final = HolidayRule("Fronleichnam", FromEaster(60))
_ALL_SAINTS: Final = HolidayRule("Allerheiligen", Fixed(11, 1))
_REFORMATION: Final = HolidayRule("Reformationstag", Fixed(10, 31))
_REFORMATION_NORTH: Final = HolidayRule("Reformationstag", Fixed(10, 31), since=2018)

HOLIDAYS: Final[Mapping[str, tuple[HolidayRule, ...]]] = {
    "BB": (
        *_EVERYWHERE,
        HolidayRule("Ostersonntag", FromEaster(0)),
        HolidayRule("Pfingstsonntag", FromEaster(49)),
        _REFORMATION,
    ),
    "BE": (*_EVERYWHERE, HolidayRule("Internationaler Frauentag", Fixed(3, 8), since=2019)),
    "BW": (*_EVERYWHERE, _EPIPHANY, _CORPUS_CHRISTI, _ALL_SAINTS),
    "BY": (*_EVERYWHERE, _EPIPHANY, _CORPUS_CHRISTI, _ALL_SAINTS),
    "HB": (*_EVERYWHERE, _REFORMATION_NORTH),
    "HE": (*_EVERYWHERE, _CORPUS_CHRISTI),
    "HH": (*_EVERYWHERE, _REFORMATION_NORTH),
    "MV": (*_EVERYWHERE, HolidayRule("Internationaler Frauentag", Fixed(3, 8), since=2023), _REFORMATION),
    "NI": (*_EVERYWHERE, _REFORMATION_NORTH),
    "NW": (*_EVERYWHERE, _CORPUS_CHRISTI, _ALL_SAINTS),  # § 2 Feiertagsgesetz NW
    "RP": (*_EVERYWHERE, _CORPUS_CHRISTI, _ALL_SAINTS),
    "SH": (*_EVERYWHERE, _REFORMATION_NORTH),
    "SL": (*_EVERYWHERE, _CORPUS_CHRISTI, HolidayRule("Mariä Himmelfahrt", Fixed(8, 15)), _ALL_SAINTS),
    "SN": (*_EVERYWHERE, _REFORMATION, HolidayRule("Buß- und Bettag", WeekdayBefore(WEDNESDAY, 11, 23))),
    "ST": (*_EVERYWHERE, _EPIPHANY, _REFORMATION),
    "TH": (*_EVERYWHERE, HolidayRule("Weltkindertag", Fixed(9, 20), since=2019), _REFORMATION),
}
"""By the code of ISO 3166-2:DE; another state, or a change of law, is a line here."""


@lru_cache(maxsize=256)
def holidays(year: int, *, state: str) -> Mapping[date, str]:
    """The public holidays of one year in one state with their German names. Raises UnknownState."""
    if state not in HOLIDAYS:
        raise UnknownState(state)
    return {
        rule.when.in_year(year): rule.name
        for rule in HOLIDAYS[state]
        if rule.since <= year <= rule.until
    }  # fmt: skip


def is_working_day(day: date, *, state: str, closed_days: Collection[date] = frozenset()) -> bool:
    """Tell whether offices work on a day: Monday to Friday, no public holiday, not closed by the county itself.

    Raises UnknownState.
    """
    free = day in holidays(day.year, state=state)
    return day.weekday() < SATURDAY and not free and day not in closed_days
