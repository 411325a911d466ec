"""What a bookable time is made of: stretches of time, the terms of booking, and slots. All are instants in UTC."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

MOST_DATES: Final = 520
"""Dates of one series: ten years of every week."""
NOTHING: Final = timedelta()


class SlotsError(ValueError):
    """A rule, a stretch of time or terms that cannot be: what is wrong, and the value."""

    def __init__(self, what: str, value: object) -> None:
        super().__init__(f"{what}: {value}")
        self.what = what
        self.value = value


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of time, the end not included; given in any zone, kept in UTC."""

    begins: datetime
    ends: datetime

    def __post_init__(self) -> None:
        for name in ("begins", "ends"):
            moment: datetime = getattr(self, name)
            if moment.utcoffset() is None:
                raise SlotsError("a moment needs a time zone", moment)
            object.__setattr__(self, name, moment.astimezone(UTC))
        if self.begins >= self.ends:
            raise SlotsError("a stretch of time ends after it begins", f"{self.begins} – {self.ends}")

    def overlaps(self, other: Span) -> bool:
        """Tell whether both share a moment; what only touches does not."""
        return self.begins < other.ends and other.begins < self.ends

    def holds(self, other: Span) -> bool:
        """Tell whether the other lies wholly within."""
        return self.begins <= other.begins and other.ends <= self.ends


@dataclass(frozen=True, slots=True)
class Terms:
    """How something is booked.

    `before` and `after` are needed to get ready and to clear up: they keep others away but may lie outside the
    hours. A slot begins every `step` from the opening on, without it every `duration`. It is booked at least
    `least_ahead` and at most `most_ahead` (None: any time) before it begins, by `parallel` at a time.
    """

    duration: timedelta
    before: timedelta = NOTHING
    after: timedelta = NOTHING
    step: timedelta | None = None
    least_ahead: timedelta = NOTHING
    most_ahead: timedelta | None = None
    parallel: int = 1

    def __post_init__(self) -> None:
        if self.duration <= NOTHING or self.pace < timedelta(minutes=1):
            raise SlotsError("a slot lasts some time, and the next begins at least a minute later", self)
        if min(self.before, self.after, self.least_ahead) < NOTHING:
            raise SlotsError("buffers and lead times are not negative", self)
        if self.parallel < 1:
            raise SlotsError("at least one place can be booked at a time", self.parallel)

    @property
    def pace(self) -> timedelta:
        """From the beginning of one slot to that of the next, on the local clock."""
        return self.duration if self.step is None else self.step


@dataclass(frozen=True, slots=True)
class Slot:
    """A time that can be booked, and how many places are left in it."""

    span: Span
    free: int


def occupied(span: Span, terms: Terms) -> Span:
    """The time with its buffers: what is stored as taken, since terms may change later."""
    return Span(span.begins - terms.before, span.ends + terms.after)
