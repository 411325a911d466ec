"""What a schedule is: rules that repeat, what holds in the holidays, and the words that no rule can say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import Final


class Weekday(StrEnum):
    """Days as RRULE writes them, Monday first."""

    MONDAY = "MO"
    TUESDAY = "TU"
    WEDNESDAY = "WE"
    THURSDAY = "TH"
    FRIDAY = "FR"
    SATURDAY = "SA"
    SUNDAY = "SU"

    @property
    def number(self) -> int:
        """0 for Monday, as `date.weekday()` counts."""
        return WEEK.index(self)


WEEK: Final = tuple(Weekday)


class Frequency(StrEnum):
    """How a rule repeats, as RRULE writes it."""

    DAILY = "DAILY"
    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"


class Daypart(StrEnum):
    """A part of the day that was named instead of a time; it is never turned into one."""

    EARLY = "early"
    MORNING = "morning"
    NOON = "noon"
    AFTERNOON = "afternoon"
    DAYTIME = "daytime"
    EVENING = "evening"
    NIGHT = "night"


class Holidays(StrEnum):
    """What holds in the school holidays, where the text says so."""

    NOT = "not"
    ALSO = "also"
    ONLY = "only"


class Note(StrEnum):
    """What is often said beside times and can be translated."""

    BY_ARRANGEMENT = "by_arrangement"


class Understanding(StrEnum):
    """How much of a text became structure."""

    FULL = "full"
    PART = "part"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Day:
    """A weekday, or with an ordinal (1 to 5, -1 for the last) that weekday of the month."""

    weekday: Weekday
    ordinal: int | None = None

    def __post_init__(self) -> None:
        if self.ordinal is not None and self.ordinal not in {1, 2, 3, 4, 5, -1}:
            raise ValueError(f"a weekday of the month is the first to fifth or the last, not {self.ordinal}")

    @property
    def place(self) -> tuple[int, int]:
        """For sorting: by weekday, then first to last of the month."""
        ordinal = 0 if self.ordinal is None else self.ordinal % 7
        return self.weekday.number, ordinal


SCHOOL_WEEK: Final = tuple(Day(weekday) for weekday in WEEK[:5])


@dataclass(frozen=True, slots=True)
class Rule:
    """One recurrence with its hours on the day.

    `starts` and `ends` are wall-clock times; an end at or before the start lies on the next day, so
    00:00 to 00:00 is the whole day. `from_then_on` says "ab": open from `starts`, the end is not told.
    `interval` counts weeks (or months); which weeks is known only with `anchor`, the first day on which it
    takes place; `until` is the last day on which it may. Both are said beside the German text, not in it.
    `public_holidays` adds them to the days; `school_days` takes holidays of both kinds away.
    """

    frequency: Frequency
    days: tuple[Day, ...] = ()
    interval: int = 1
    starts: time | None = None
    ends: time | None = None
    from_then_on: bool = False
    daypart: Daypart | None = None
    public_holidays: bool = False
    school_days: bool = False
    anchor: date | None = None
    until: date | None = None

    def __post_init__(self) -> None:
        if tuple(sorted(set(self.days), key=lambda day: day.place)) != self.days:
            raise ValueError("the days of a rule are in order and each stands there once")
        monthly = self.frequency is Frequency.MONTHLY
        if any((day.ordinal is not None) != monthly for day in self.days):
            raise ValueError("ordinals belong to the days of a monthly rule, and to each of them")
        if (self.frequency is Frequency.DAILY) == bool(self.days):
            raise ValueError("a daily rule names no days, every other rule at least one")
        if self.from_then_on and (self.starts is None or self.ends is not None):
            raise ValueError("what goes on from a time has a start and no end")
        self._check_extras()

    def _check_extras(self) -> None:
        weekly = self.frequency is Frequency.WEEKLY
        if self.interval < 1 or (self.interval > 1 and self.frequency is Frequency.DAILY):
            raise ValueError("an interval counts weeks or months, from 1")
        if self.daypart is not None and (self.starts is not None or self.ends is not None):
            raise ValueError("a part of the day stands where no time is told")
        if self.school_days and (self.days != SCHOOL_WEEK or self.public_holidays or self.interval > 1):
            raise ValueError("school days are Monday to Friday of every week without the holidays")
        if any(
            moment and (moment.second or moment.microsecond or moment.tzinfo)
            for moment in (self.starts, self.ends)
        ):
            raise ValueError("times are told in minutes of the county's clock")
        if self.public_holidays and (not weekly or self.interval > 1):
            raise ValueError("public holidays are added to the days of every week")

    @property
    def is_round_the_clock(self) -> bool:
        """Every day, all day."""
        return (
            self.frequency is Frequency.DAILY
            and self.interval == 1
            and self.starts == time(0)
            and self.ends == time(0)
        )

    @property
    def has_known_dates(self) -> bool:
        """The days follow from the rule alone; every other week without an anchor does not say which."""
        return self.interval == 1 or self.anchor is not None


# Words in the rest that narrow the rule: with one of them a date that follows from the rule may not take place.
_NARROWING: Final = re.compile(
    r"\d|\b(?:außer|nicht|nur|ohne|kein\w*|bis|ab|seit|wenn|bei|sofern|teilweise|wechselnd\w*|einmal|zweimal|alle[nrs]?"
    r"|im (?:wechsel|semester|halbjahr|schuljahr|winter|sommer|herbst|frühjahr|frühling|letzten|jahr)"
    r"|(?:januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember)"
    r"|\w*ferien\w*|\w*termine|\w*abende|\w*sitzungen|\w*kurse?|\w*durchg[aä]ng\w*|\w*wochen?|\w*monate?n?"
    r"|\w*tägig|\w*wöchentlich|\w*semester|\w*halbjahr\w*|\w*quartal\w*|frühjahr|herbst|winter|sommer|saison\w*|\w*wöchig\w*|bedarf)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Schedule:
    """All rules of a text, what it says about holidays, its notes, and the rest in its own words."""

    rules: tuple[Rule, ...] = ()
    holidays: Holidays | None = None
    notes: tuple[Note, ...] = ()
    rest: str = ""

    def __post_init__(self) -> None:
        if self.holidays is not None and not self.rules:
            raise ValueError("what holds in the holidays needs a rule that it changes")

    @property
    def understanding(self) -> Understanding:
        """How much of the text became structure."""
        if not self.rules and not self.notes:
            return Understanding.NONE
        return Understanding.PART if self.rest else Understanding.FULL

    @property
    def is_narrowed(self) -> bool:
        """The rest may take days away (a season, a number of evenings): no date is promised then."""
        return bool(_NARROWING.search(self.rest))
