"""Dates that repeat at the same hour of the local clock: every second Tuesday, with exceptions, with an end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import islice

from lueckenlos.kernels.slots.free import Load
from lueckenlos.kernels.slots.hours import ONE_DAY, instant
from lueckenlos.kernels.slots.recurrence import days, read, write
from lueckenlos.kernels.slots.values import MOST_DATES, SlotsError, Span


@dataclass(frozen=True, slots=True)
class Series:
    """A rule with an end (COUNT or UNTIL), counted from the day `first`; `left_out` are its exceptions."""

    rule: str
    first: date
    at: time
    duration: timedelta
    left_out: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        if self.at.tzinfo is not None:
            raise SlotsError("a series keeps the hour of the local clock", self.at)
        if self.duration <= timedelta():
            raise SlotsError("a date lasts some time", self.duration)
        if not {"COUNT", "UNTIL"} & read(self.rule).keys():
            raise SlotsError("a series has an end", self.rule)
        if len(_rule_days(self)) > MOST_DATES:
            raise SlotsError(f"a series has at most {MOST_DATES} dates", self.rule)


@dataclass(frozen=True, slots=True)
class Clash:
    """A date that finds no place, and what lies there."""

    span: Span
    taken: tuple[Span, ...]


def days_of(series: Series) -> tuple[date, ...]:
    """The days of the series in order, without its exceptions."""
    return tuple(day for day in _rule_days(series) if day not in series.left_out)


def spans_of(series: Series, *, zone: tzinfo) -> tuple[Span, ...]:
    """The dates as instants: the clock shows the same hour in summer and winter.

    A date whose hour the clock skips that night is left out; in the hour that comes twice it is the first one.
    """
    begins = (instant(datetime.combine(day, series.at), zone=zone) for day in days_of(series))
    return tuple(Span(moment, moment + series.duration) for moment in begins if moment is not None)


def split(series: Series, *, at: date) -> tuple[Series, Series]:
    """Part a series so that what is from this day on can be changed; both together have the dates of the one.

    Raises SlotsError where no date lies before the day, or none from it on.
    """
    every = _rule_days(series)
    before = [day for day in every if day < at]
    if not before or len(before) == len(every):
        raise SlotsError("a series is parted between two of its dates", at)
    parts = read(series.rule)
    ended = {name: value for name, value in parts.items() if name != "COUNT"}
    ended["UNTIL"] = f"{at - ONE_DAY:%Y%m%d}"
    if "COUNT" in parts:
        parts["COUNT"] = str(int(parts["COUNT"]) - len(before))
    return (
        replace(series, rule=write(ended), left_out=frozenset(day for day in series.left_out if day < at)),
        replace(
            series,
            rule=write(parts),
            first=every[len(before)],
            left_out=frozenset(day for day in series.left_out if day >= at),
        ),
    )


def clashes(spans: Sequence[Span], *, taken: Iterable[Span], parallel: int = 1) -> tuple[Clash, ...]:
    """The dates that do not fit beside what is taken, in their order; both with their buffers (`occupied`)."""
    others = sorted(taken)
    load = Load(others)
    return tuple(
        Clash(span, tuple(other for other in others if other.overlaps(span)))
        for span in spans
        if load.peak(span) >= parallel
    )


def _rule_days(series: Series) -> list[date]:
    """The days of the rule, exceptions included, and one more than allowed where there are too many."""
    return list(islice(days(series.rule, first=series.first), MOST_DATES + 1))
