"""Which help line answers at this hour, and in which order a person in danger sees the lines.

Weekly hours only: a public holiday is never assumed to be open or closed, because nobody
has told us. A line whose hours are unknown does not count as answering.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import TypeVar

MINUTES_A_DAY = 24 * 60
DAYS_A_WEEK = 7
CLOCK_PARTS = 2

Member = TypeVar("Member", bound=StrEnum)


class Audience(StrEnum):
    """Whom a line speaks to."""

    PARENTS = "eltern"
    YOUTH = "jugend"
    EVERYONE = "alle"


class Weekday(StrEnum):
    """Days as RRULE writes them."""

    MONDAY = "MO"
    TUESDAY = "TU"
    WEDNESDAY = "WE"
    THURSDAY = "TH"
    FRIDAY = "FR"
    SATURDAY = "SA"
    SUNDAY = "SU"


WEEK = tuple(Weekday)


class NaiveInstantError(ValueError):
    """An instant without a time zone has no hour that anybody could answer at."""

    def __init__(self, instant: datetime) -> None:
        super().__init__(instant)
        self.instant = instant


class LineError(ValueError):
    """A record of the county's help lines that cannot be read: which line, which field, which value."""

    def __init__(self, line: str, field_name: str, value: object) -> None:
        super().__init__(line, field_name, value)
        self.line = line
        self.field_name = field_name
        self.value = value


@dataclass(frozen=True, slots=True)
class Span:
    """Hours that begin on each of some weekdays: minutes after midnight, the end not included.

    An end at or before the beginning lies on the following day: 20:00–06:00 is a night,
    08:00–08:00 a whole day and night.
    """

    days: frozenset[Weekday]
    opens: int
    closes: int

    def __post_init__(self) -> None:
        if not self.days:
            raise ValueError(self.days)
        if not 0 <= self.opens < MINUTES_A_DAY:
            raise ValueError(self.opens)
        if not 0 <= self.closes <= MINUTES_A_DAY:
            raise ValueError(self.closes)

    @property
    def minutes(self) -> int:
        """Length of the span in minutes, 1 to 1440."""
        length = self.closes - self.opens
        return length if length > 0 else length + MINUTES_A_DAY


@dataclass(frozen=True, slots=True)
class Hours:
    """A week's opening hours; no span means that the hours are unknown."""

    spans: tuple[Span, ...] = ()

    @property
    def known(self) -> bool:
        """Tell whether anybody has said when the line answers."""
        return bool(self.spans)

    @property
    def round_the_clock(self) -> bool:
        """Tell whether every single minute of the week is covered."""
        reached = 0
        for begin, end in sorted(_week_ranges(self)):
            if begin > reached:
                return False
            reached = max(reached, end)
        return reached >= MINUTES_A_DAY * DAYS_A_WEEK


ALWAYS = Hours((Span(frozenset(WEEK), 0, MINUTES_A_DAY),))
UNKNOWN = Hours()


@dataclass(frozen=True, slots=True)
class Line:
    """A help line as the county configures it.

    `kinds` are keys of crises in order of fit: the first is what the line is there for.
    """

    key: str
    name: str
    phone: str
    hours: Hours
    kinds: tuple[str, ...]
    languages: tuple[str, ...] = ()
    audience: Audience = Audience.EVERYONE
    text: Mapping[str, str] = field(default_factory=dict, hash=False)
    also: tuple[str, ...] = ()
    demo: bool = False


def answers_at(line_hours: Hours, instant_local: datetime) -> bool:
    """Tell whether a line with these weekly hours answers at the local instant.

    The instant must be aware and already in the line's time zone; its wall clock counts.
    Unknown hours answer False. Raises NaiveInstantError.
    """
    now = _minute_of_week(instant_local)
    return any(begin <= now < end for begin, end in _week_ranges(line_hours))


def opens_next(line_hours: Hours, instant_local: datetime) -> datetime | None:
    """Return when the line next answers: now if it does, None if its hours are unknown."""
    if not line_hours.known:
        return None
    if answers_at(line_hours, instant_local):
        return instant_local
    now = _minute_of_week(instant_local)
    week = MINUTES_A_DAY * DAYS_A_WEEK
    ahead = min((begin - now) % week for begin, _ in _week_ranges(line_hours))
    return instant_local.replace(second=0, microsecond=0) + timedelta(minutes=ahead)


def order_lines(lines: Iterable[Line], crisis_kinds: Sequence[str], instant: datetime) -> tuple[Line, ...]:
    """Order the lines that fit a crisis: first those that answer now, then by fit.

    `crisis_kinds` is what the words point to, most pressing first. A line that serves none
    of them is left out; without any kind every line is returned. Among lines that do not
    answer now, unknown hours come before known closed ones. Ties keep the county's order.
    """
    fitting = [line for line in lines if not crisis_kinds or set(line.kinds) & set(crisis_kinds)]
    return tuple(sorted(fitting, key=lambda line: (_reachability(line, instant), _fit(line, crisis_kinds))))


def lines_for(lines: Iterable[Line], audience: Audience) -> tuple[Line, ...]:
    """Keep the lines that speak to this audience, in their order; for everyone all stay."""
    if audience is Audience.EVERYONE:
        return tuple(lines)
    return tuple(line for line in lines if line.audience in {audience, Audience.EVERYONE})


def read_line(record: Mapping[str, object], *, crisis_kinds: Collection[str]) -> Line:
    """Turn one `[[line]]` record of the county's file into a Line, or say what does not fit.

    `crisis_kinds` are the keys that the finder knows; a line for any other would never be shown.
    Raises LineError with the line's key, the field and the value.
    """
    key = _words(record, "key", "?")
    kinds = _list(record, "kinds", key)
    if not kinds or not set(kinds) <= set(crisis_kinds):
        raise LineError(key, "kinds", kinds)
    text = record.get("text", {})
    if not isinstance(text, Mapping) or not all(isinstance(value, str) and value for value in text.values()):
        raise LineError(key, "text", text)
    demo = record.get("demo", False)
    if not isinstance(demo, bool):
        raise LineError(key, "demo", demo)
    return Line(
        key=key,
        name=_words(record, "name", key),
        phone=_words(record, "phone", key),
        hours=_read_hours(record.get("hours"), key),
        kinds=kinds,
        languages=_list(record, "languages", key),
        audience=_member(Audience, record.get("for", Audience.EVERYONE.value), key, "for"),
        text={str(language): str(sentence) for language, sentence in text.items()},
        also=_list(record, "also", key),
        demo=demo,
    )


def _minute_of_week(instant: datetime) -> int:
    if instant.tzinfo is None:
        raise NaiveInstantError(instant)
    return instant.weekday() * MINUTES_A_DAY + instant.hour * 60 + instant.minute


def _week_ranges(hours: Hours) -> list[tuple[int, int]]:
    """Lay the spans out on one week in minutes; what runs past Sunday begins Monday again."""
    week = MINUTES_A_DAY * DAYS_A_WEEK
    ranges: list[tuple[int, int]] = []
    for span in hours.spans:
        for day in span.days:
            begin = WEEK.index(day) * MINUTES_A_DAY + span.opens
            end = begin + span.minutes
            ranges.append((begin, min(end, week)))
            if end > week:
                ranges.append((0, end - week))
    return ranges


def _reachability(line: Line, instant: datetime) -> int:
    if answers_at(line.hours, instant):
        return 0
    return 2 if line.hours.known else 1


def _fit(line: Line, crisis_kinds: Sequence[str]) -> tuple[int, int]:
    for rank, kind in enumerate(crisis_kinds):
        if kind in line.kinds:
            return rank, line.kinds.index(kind)
    return len(crisis_kinds), 0


def _words(record: Mapping[str, object], name: str, key: str) -> str:
    value = record.get(name)
    if not isinstance(value, str) or not value.strip():
        raise LineError(key, name, value)
    return value


def _list(record: Mapping[str, object], name: str, key: str) -> tuple[str, ...]:
    value = record.get(name, [])
    if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
        raise LineError(key, name, value)
    if len(set(value)) != len(value):
        raise LineError(key, name, value)
    return tuple(value)


def _member(kind: type[Member], value: object, key: str, name: str) -> Member:
    try:
        return kind(str(value))
    except ValueError as error:
        raise LineError(key, name, value) from error


def _read_hours(value: object, key: str) -> Hours:
    if value is None:
        return UNKNOWN
    if value == "always":
        return ALWAYS
    if not isinstance(value, list) or not value:
        raise LineError(key, "hours", value)
    return Hours(tuple(_read_span(item, key) for item in value))


def _read_span(value: object, key: str) -> Span:
    if not isinstance(value, Mapping):
        raise LineError(key, "hours", value)
    days = frozenset(_member(Weekday, day, key, "days") for day in _list(value, "days", key))
    try:
        return Span(days, _minute(value.get("from")), _minute(value.get("to")))
    except ValueError as error:
        raise LineError(key, "hours", dict(value)) from error


def _minute(value: object) -> int:
    """Read HH:MM as minutes after midnight; 24:00 is the end of the day."""
    if value == "24:00":
        return MINUTES_A_DAY
    if not isinstance(value, str) or len(value.split(":")) != CLOCK_PARTS:
        raise ValueError(value)
    clock = time.fromisoformat(value)
    return clock.hour * 60 + clock.minute
