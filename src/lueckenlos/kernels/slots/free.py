"""Which slots are free: opening rules, less what is taken, within the time ahead in which one may book."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime, timedelta, tzinfo
from itertools import accumulate
from typing import Final

from lueckenlos.kernels.slots.hours import ONE_DAY, Opening, hours_on, instant
from lueckenlos.kernels.slots.recurrence import days_between
from lueckenlos.kernels.slots.values import Slot, SlotsError, Span, Terms, occupied

LONGEST_WINDOW: Final = timedelta(days=400)


class Load:
    """How many stretches of time lie upon one another at each moment."""

    def __init__(self, taken: Iterable[Span]) -> None:
        change: Counter[datetime] = Counter()
        for span in taken:
            change[span.begins] += 1
            change[span.ends] -= 1
        self._moments = sorted(change)
        self._counts = [0, *accumulate(change[moment] for moment in self._moments)]

    def peak(self, span: Span) -> int:
        """The most at any moment of the span."""
        return max(
            self._counts[bisect_right(self._moments, span.begins) : bisect_left(self._moments, span.ends) + 1]
        )


def free_slots(
    openings: Iterable[Opening],
    terms: Terms,
    *,
    taken: Iterable[Span],
    window: Span,
    now: datetime,
    zone: tzinfo,
    holidays: Collection[date] = frozenset(),
) -> tuple[Slot, ...]:
    """The free slots that begin within the window (at most 400 days), in order, each beginning once.

    `taken` are stretches with their buffers (`occupied`), `holidays` the public ones of the county's state
    (`kernels.deadlines.holidays`). Every slot lies wholly within one opening. An hour that the clock skips is never
    offered, one that it shows twice is offered once, the first time. Raises SlotsError.
    """
    if window.ends - window.begins > LONGEST_WINDOW:
        raise SlotsError("a window has at most 400 days", window.ends - window.begins)
    if now.utcoffset() is None:
        raise SlotsError("a moment needs a time zone", now)
    load = Load(taken)
    slots: dict[Span, Slot] = {}
    for opening in openings:
        for span in _offered(opening, terms, window=window, zone=zone, holidays=holidays):
            free = terms.parallel - load.peak(occupied(span, terms))
            if free > 0 and _is_in_time(span, terms, now=now):
                slots[span] = Slot(span, free)
    return tuple(slots[span] for span in sorted(slots))


def find_slot(
    begins: datetime,
    openings: Iterable[Opening],
    terms: Terms,
    *,
    taken: Iterable[Span],
    now: datetime,
    zone: tzinfo,
    holidays: Collection[date] = frozenset(),
) -> Slot | None:
    """The free slot that begins at this instant: what a booking asks again under its lock."""
    moment = Span(begins, begins + timedelta(microseconds=1))
    found = free_slots(openings, terms, taken=taken, window=moment, now=now, zone=zone, holidays=holidays)
    return found[0] if found else None


def _is_in_time(span: Span, terms: Terms, *, now: datetime) -> bool:
    ahead = span.begins - now
    return ahead >= terms.least_ahead and (terms.most_ahead is None or ahead <= terms.most_ahead)


def _offered(
    opening: Opening, terms: Terms, *, window: Span, zone: tzinfo, holidays: Collection[date]
) -> Iterator[Span]:
    """Every slot of an opening that begins in the window, whether taken or not."""
    since = window.begins.astimezone(zone).date() - ONE_DAY
    until = window.ends.astimezone(zone).date()
    for day in days_between(opening.rule, first=opening.first, since=since, until=until):
        if day in opening.closed_on or (day in holidays and not opening.on_holidays):
            continue
        local, closes, hours = hours_on(opening, day, zone=zone)
        while hours is not None and local < closes:
            begins = instant(local, zone=zone)
            local += terms.pace
            if begins is None or not window.begins <= begins < window.ends:
                continue
            span = Span(begins, begins + terms.duration)
            if hours.holds(span):
                yield span
