"""Read German schedule texts; what is not surely understood stays text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import time
from typing import Final

from lueckenlos.kernels.schedule import tokens as words
from lueckenlos.kernels.schedule.tokens import Kind, Token
from lueckenlos.kernels.schedule.values import (
    SCHOOL_WEEK,
    WEEK,
    Day,
    Daypart,
    Frequency,
    Holidays,
    Note,
    Rule,
    Schedule,
    Weekday,
)

# With one of these words a weekday may be the day on which it does not take place.
_CLOSED: Final = re.compile(r"\b(?:geschlossen|ruhetage?|entf[aä]ll(?:t|en)|fällt aus|zu)\b", re.IGNORECASE)
_EDGES: Final = re.compile(
    r"^(?:[\s,;:()+&/–-]|und\b|sowie\b)+|(?:[\s,;:()+&/–-]|\bund|\bsowie)+$", re.IGNORECASE
)
_NOT: Final = {"außer", "nicht", "ohne"}
_NEAR: Final = 3  # so many words before a weekday may change what it means


@dataclass(frozen=True, slots=True)
class _Hours:
    starts: time | None = None
    ends: time | None = None
    from_then_on: bool = False
    daypart: Daypart | None = None


@dataclass(slots=True)
class _Days:
    frequency: Frequency
    days: set[Day] = field(default_factory=set)
    interval: int = 1
    public_holidays: bool = False
    school_days: bool = False
    is_round: bool = False


class _Negated(Exception):
    """The text takes a weekday away; half of it understood would say the opposite."""


def read_german(text: str) -> Schedule:
    """Turn a German schedule text into rules, what it says about holidays, notes, and the rest as text.

    Nothing is guessed: texts that name no day stay text, a part of the day is not turned into hours, and
    a text that takes weekdays away ("außer mittwochs") stays text as a whole.
    """
    whole = Schedule(rest=" ".join(text.split()))
    if _CLOSED.search(text):
        return whole
    try:
        return _Reader(text).read()
    except _Negated:
        return whole


class _Reader:
    """Goes through the pieces once, from left to right."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.pieces = words.tokens(text)
        self.place = 0
        self.used: set[int] = set()

    def read(self) -> Schedule:
        rules: list[Rule] = []
        notes: list[Note] = []
        said: list[tuple[int, Holidays]] = []
        while self.place < len(self.pieces):
            here = self.place
            if self._is(Kind.NOTE):
                notes = [Note.BY_ARRANGEMENT]
                self.used.add(here)
            elif self._is(Kind.HOLIDAYS):
                said.append((here, words.holidays(self.pieces[here])))
            else:
                group = self._group(is_first=not rules)
                if group:
                    rules += group
                    self.used |= set(range(here, self.place))
                    continue
            self.place = here + 1
        holidays = said[0][1] if rules and len(said) == 1 else None
        if holidays is not None:
            self.used.add(said[0][0])
        return Schedule(tuple(rules), holidays, tuple(notes), self._rest())

    def _is(self, *kinds: Kind, ahead: int = 0) -> bool:
        place = self.place + ahead
        return place < len(self.pieces) and self.pieces[place].kind in kinds

    def _take(self) -> Token:
        self.place += 1
        return self.pieces[self.place - 1]

    def _skip(self, *kinds: Kind) -> None:
        if self._is(*kinds):
            self.place += 1

    def _group(self, *, is_first: bool) -> list[Rule]:
        """Read days with their hours, or nothing and leave the place to the caller."""
        if self._is(Kind.WEEKDAY, Kind.ORDINAL, Kind.EACH) and self._is_single():
            return []
        days = self._days()
        if days is None:
            return []
        self._skip(Kind.COLON)
        self._interval(days)
        hours = [_Hours(time(0), time(0))] if days.is_round else self._hours()
        self._interval(days)
        if is_first:
            self._late_interval(days)
        try:
            return [self._rule(days, each) for each in hours]
        except ValueError:
            return []

    def _is_single(self) -> bool:
        """Tell whether the words before make the weekday one single day; raise where they take it away."""
        single = False
        for token in reversed(self.pieces[max(0, self.place - _NEAR) : self.place]):
            if token.kind in {Kind.COMMA, Kind.END}:
                break
            word = token.text.lower()
            if token.kind is Kind.BEFORE and (word in _NOT or word.startswith("kein")):
                raise _Negated
            single = single or token.kind in {Kind.ORDINAL, Kind.EACH, Kind.BEFORE}
        return single

    def _days(self) -> _Days | None:
        interval = words.number(self._take()) if self._is(Kind.EVERY_WEEKS, Kind.EVERY_MONTHS) else 1
        monthly = interval > 1 and self.pieces[self.place - 1].kind is Kind.EVERY_MONTHS
        if interval > 1:
            self._skip(Kind.COMMA)
        each = self._is(Kind.EACH)
        self._skip(Kind.EACH, Kind.FROM)
        if self._is(Kind.ORDINAL):
            return self._month_days(interval, each=each, named=monthly)
        if monthly:
            return None
        if self._is(Kind.WEEKDAY):
            days = self._week_days()
            days.interval = interval
            return None if self._is(Kind.MONTHLY) else days
        return None if each or interval > 1 else self._every_day()

    def _every_day(self) -> _Days | None:
        if self._is(Kind.SCHOOL_DAYS):
            self._take()
            return _Days(Frequency.WEEKLY, set(SCHOOL_WEEK), school_days=True)
        if self._is(Kind.ROUND):
            self._take()
            return _Days(Frequency.DAILY, is_round=True)
        if not self._is(Kind.DAILY):
            return None
        self._take()
        after = 1 if self._is(Kind.COMMA) else 0
        if self._is(Kind.ROUND, ahead=after):
            self.place += after + 1
            return _Days(Frequency.DAILY, is_round=True)
        return _Days(Frequency.DAILY)

    def _month_days(self, interval: int, *, each: bool, named: bool) -> _Days | None:
        days = _Days(Frequency.MONTHLY, interval=interval)
        waiting: list[int] = []
        while self._is(Kind.ORDINAL):
            waiting.append(words.ordinal(self._take()))
            if self._is(Kind.WEEKDAY):
                weekday = words.weekday(self._take())
                days.days |= {Day(weekday, number) for number in waiting}
                waiting = []
            if self._is(Kind.AND, Kind.COMMA) and self._is(Kind.ORDINAL, ahead=1):
                self.place += 1
        if waiting or not days.days:
            return None
        if self._is(Kind.MONTHLY):
            self._take()
            return days
        # "jeden zweiten Montag" is every other week to one reader and the second of the month to another.
        return days if named or (len(days.days) > 1 and not each) else None

    def _week_days(self) -> _Days:
        days = _Days(Frequency.WEEKLY)
        while True:
            if self._is(Kind.PUBLIC):
                self._take()
                days.public_holidays = True
            else:
                days.days |= {Day(weekday) for weekday in self._stretch()}
            joint = 2 if self._is(Kind.COMMA) and self._is(Kind.AND, ahead=1) else 1
            if not self._is(Kind.COMMA, Kind.AND) or not self._is(Kind.WEEKDAY, Kind.PUBLIC, ahead=joint):
                return days
            self.place += joint

    def _stretch(self) -> list[Weekday]:
        first = words.weekday(self._take())
        if not self._is(Kind.DASH, Kind.UNTIL) or not self._is(Kind.WEEKDAY, ahead=1):
            return [first]
        self._take()
        last = words.weekday(self._take())
        steps = (last.number - first.number) % len(WEEK)
        return [WEEK[(first.number + step) % len(WEEK)] for step in range(steps + 1)]

    def _interval(self, days: _Days) -> None:
        if days.interval == 1 and self._is(Kind.EVERY_WEEKS) and days.frequency is Frequency.WEEKLY:
            days.interval = words.number(self._take())

    def _late_interval(self, days: _Days) -> None:
        """Read "…, alle zwei Wochen" at the end, where it can belong to nothing else."""
        ends = self.place + 2 == len(self.pieces) or self._is(Kind.COMMA, Kind.END, Kind.AND, ahead=2)
        if self._is(Kind.COMMA) and self._is(Kind.EVERY_WEEKS, ahead=1) and ends:
            self.place += 1
            self._interval(days)

    def _hours(self) -> list[_Hours]:
        start = self.place
        self._skip(Kind.COMMA)
        spans = self._spans()
        if spans:
            return spans
        self.place = start
        self._skip(Kind.ALSO)
        if self._is(Kind.DAYPART):
            return [_Hours(daypart=words.daypart(self._take()))]
        self.place = start
        return [_Hours()]

    def _spans(self) -> list[_Hours]:
        spans: list[_Hours] = []
        is_clock = False
        while (span := self._span()) is not None:
            spans.append(span)
            is_clock = self._is(Kind.CLOCK)
            self._skip(Kind.CLOCK)
            more = self._is(Kind.COMMA, Kind.AND) and self._is(
                Kind.TIME, Kind.SINCE, Kind.UNTIL, Kind.FROM, ahead=1
            )
            if not more:
                break
            self.place += 1
        if is_clock:
            return spans
        # Without "Uhr" only a range is surely a time, and only where no other unit follows.
        whole = all(span.starts is not None and span.ends is not None for span in spans)
        return spans if whole and not self._is(Kind.WORD, Kind.TIME, Kind.BEFORE) else []

    def _span(self) -> _Hours | None:
        start = self.place
        kind = self.pieces[start].kind if start < len(self.pieces) else Kind.END
        self._skip(Kind.SINCE, Kind.UNTIL, Kind.FROM)
        if not self._is(Kind.TIME):
            self.place = start
            return None
        first = _clock(self._take())
        if kind is Kind.SINCE:
            return _Hours(starts=first, from_then_on=True)
        if kind is Kind.UNTIL:
            return _Hours(ends=first)
        before_dash = self.place
        self._skip(Kind.CLOCK)
        if self._is(Kind.DASH, Kind.UNTIL) and self._is(Kind.TIME, ahead=1):
            self._take()
            return _Hours(starts=first, ends=_clock(self._take()))
        self.place = before_dash
        return _Hours(starts=first)

    def _rule(self, days: _Days, hours: _Hours) -> Rule:
        return Rule(
            frequency=days.frequency,
            days=tuple(sorted(days.days, key=lambda day: day.place)),
            interval=days.interval,
            starts=hours.starts,
            ends=hours.ends,
            from_then_on=hours.from_then_on,
            daypart=hours.daypart,
            public_holidays=days.public_holidays,
            school_days=days.school_days,
        )

    def _rest(self) -> str:
        """Give the pieces that nobody used, in their own words and order."""
        runs: list[str] = []
        start: int | None = None
        for place, piece in enumerate([*self.pieces, None]):
            if piece is not None and place not in self.used:
                start = place if start is None else start
            elif start is not None:
                runs.append(_trimmed(self.text, self.pieces[start:place]))
                start = None
        return ", ".join(filter(None, runs))


def _trimmed(text: str, pieces: Sequence[Token]) -> str:
    return _EDGES.sub("", " ".join(text[pieces[0].start : pieces[-1].end].split()))


def _clock(token: Token) -> time:
    hour, _, minute = token.text.replace(":", ".").partition(".")
    return time(int(hour) % 24, int(minute or 0))
