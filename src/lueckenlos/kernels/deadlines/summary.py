"""How fast an office answers, in working hours: for the office as a whole, never for one worker.

The values have no place for who worked. Ask for many cases of one office or the county; under the minimum nothing is
said, because the time of a single answer is the work of a single person.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from statistics import median
from typing import Final

from lueckenlos.kernels.deadlines.office import OfficeHours, demand_aware, open_times

MINIMUM: Final = 5


class EndsBeforeItBegins(ValueError):
    """Something ended before it began: both instants."""

    def __init__(self, elapsed: Elapsed) -> None:
        super().__init__(elapsed.begun, elapsed.ended)
        self.begun = elapsed.begun
        self.ended = elapsed.ended


@dataclass(frozen=True, slots=True)
class Elapsed:
    """From when to when something took; both aware."""

    begun: datetime
    ended: datetime

    def __post_init__(self) -> None:
        demand_aware(self.begun)
        demand_aware(self.ended)
        if self.ended.astimezone(UTC) < self.begun.astimezone(UTC):
            raise EndsBeforeItBegins(self)


@dataclass(frozen=True, slots=True)
class Summary:
    """How many, and the median, shortest and longest of their working times."""

    count: int
    median: timedelta
    shortest: timedelta
    longest: timedelta


@dataclass(frozen=True, slots=True)
class Withheld:
    """There are fewer than this, and not even how many is said."""

    minimum: int


def working_time(
    elapsed: Elapsed, *, office_hours: OfficeHours, state: str, closed_days: Collection[date] = frozenset()
) -> timedelta:
    """How much of a stretch lies in office hours on working days, by the clock of the zone in which it began.

    An answer given on Saturday to a question of Friday evening took no working time at all. Raises UnknownState.
    """
    begun, ended = elapsed.begun.astimezone(UTC), elapsed.ended.astimezone(UTC)
    times = open_times(
        elapsed.begun.date(),
        ended.astimezone(elapsed.begun.tzinfo).date(),
        like=elapsed.begun,
        office_hours=office_hours,
        state=state,
        closed_days=closed_days,
    )
    spans = (min(closes, ended) - max(opens, begun) for opens, closes in times)
    return sum((max(span, timedelta()) for span in spans), timedelta())


def summary(
    times: Iterable[Elapsed],
    *,
    office_hours: OfficeHours,
    state: str,
    closed_days: Collection[date] = frozenset(),
    minimum: int = MINIMUM,
) -> Summary | Withheld:
    """Median and range of working times, or nothing where there are fewer than `minimum` (at least 1) of them."""
    took = sorted(
        working_time(elapsed, office_hours=office_hours, state=state, closed_days=closed_days)
        for elapsed in times
    )
    if len(took) < max(minimum, 1):
        return Withheld(minimum)
    seconds = median(each.total_seconds() for each in took)
    return Summary(len(took), timedelta(seconds=seconds), took[0], took[-1])
