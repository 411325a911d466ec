"""Which times of a resource are free: its hours read for the kernel, each of its parallel places by itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from lueckenlos.core import clock
from lueckenlos.kernels import schedule, slots
from lueckenlos.kernels.slots import Opening, Slot, Span, Terms
from lueckenlos.offers.bookings.types import ResourceView

ONE_DAY: Final = timedelta(days=1)
Kept = tuple[int, Span]
"""A time that is taken, with its buffers, and which of the parallel places has it."""


class HoursNotUnderstood(ValueError):
    """A line of opening hours that is no day with beginning and end."""

    def __init__(self, line: str) -> None:
        super().__init__(line)
        self.line = line


def terms_of(view: ResourceView) -> Terms:
    """How it is booked; each parallel place is looked at by itself."""
    return Terms(
        timedelta(minutes=view.minutes),
        before=timedelta(minutes=view.before),
        after=timedelta(minutes=view.after),
        least_ahead=timedelta(hours=view.least_hours),
        most_ahead=timedelta(days=view.most_days),
    )


def openings_of(view: ResourceView) -> tuple[Opening, ...]:
    """Its hours; on public holidays nothing is open."""
    return tuple(_opening(line, view=view) for line in view.hours)


def free(view: ResourceView, *, kept: Iterable[Kept], window: Span, now: datetime) -> list[Slot]:
    """The times that can be booked, and how many places each has left."""
    by_lane: list[list[Span]] = [[] for _ in range(view.parallel)]
    for lane, span in kept:
        for number in _kept_from(lane, parallel=view.parallel):
            by_lane[number].append(span)
    left: dict[Span, int] = {}
    for taken in by_lane:
        for slot in slots.free_slots(
            openings_of(view),
            terms_of(view),
            taken=taken,
            window=window,
            now=now,
            zone=clock.zone(),
            holidays=_holidays(window),
        ):
            left[slot.span] = left.get(slot.span, 0) + 1
    return [Slot(span, left[span]) for span in sorted(left)]


def free_lane(busy: Span, *, kept: Sequence[Kept], parallel: int) -> int | None:
    """The first place that nobody has at this time."""
    overlapping = (lane for lane, span in kept if span.overlaps(busy))
    used = {number for lane in overlapping for number in _kept_from(lane, parallel=parallel)}
    return next((lane for lane in range(parallel) if lane not in used), None)


def is_open(view: ResourceView, span: Span) -> bool:
    """Whether a time lies within the hours; without hours it is always open."""
    if not view.hours:
        return True
    terms = Terms(span.ends - span.begins, step=timedelta(minutes=1))
    found = slots.find_slot(
        span.begins,
        openings_of(view),
        terms,
        taken=(),
        now=span.begins,
        zone=clock.zone(),
        holidays=_holidays(span),
    )
    return found is not None


def hours_from(text: str) -> tuple[str, ...]:
    """Hours as people write them, one line after the other, as rules. Raises HoursNotUnderstood."""
    found: list[str] = []
    for line in filter(None, (each.strip() for each in text.splitlines())):
        read = schedule.read_german(line)
        if read.rest or not read.rules or any(not rule.starts or not rule.ends for rule in read.rules):
            raise HoursNotUnderstood(line)
        found += [f"{schedule.rrule(rule)} {rule.starts:%H:%M}-{rule.ends:%H:%M}" for rule in read.rules]
    return tuple(found)


def hours_in_german(hours: Iterable[str]) -> list[str]:
    """The rules as people write them."""
    return [_said(line) for line in hours]


def _kept_from(lane: int, *, parallel: int) -> range:
    """The places that a booking takes: its own, or all where its own is not given any more."""
    return range(lane, lane + 1) if lane < parallel else range(parallel)


def _said(line: str) -> str:
    rule, opens, closes = _parts(line)
    return schedule.german_rule(schedule.rule_of(rule, starts=opens, ends=closes))


def _opening(line: str, *, view: ResourceView) -> Opening:
    rule, opens, closes = _parts(line)
    return Opening(rule, view.since, opens, closes, frozenset(view.closed_on))


def _parts(line: str) -> tuple[str, time, time]:
    rule, _, hours = line.rpartition(" ")
    opens, _, closes = hours.partition("-")
    return rule, time.fromisoformat(opens), time.fromisoformat(closes)


def _holidays(window: Span) -> frozenset[date]:
    years = range(window.begins.year, window.ends.year + 1)
    return frozenset(day for year in years for day in schedule.public_holidays(year))
