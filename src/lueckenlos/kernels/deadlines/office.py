"""When an office is open, and how much of a stretch of time lies within: what "hours in office hours" rests on."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Final

from lueckenlos.kernels.deadlines.holidays import SATURDAY, is_working_day

WEEK: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_STRETCH: Final = re.compile(r"(\d\d:\d\d)-(\d\d:\d\d)")


class NaiveInstant(ValueError):
    """An instant without a time zone: nobody knows when that is."""

    def __init__(self, instant: datetime) -> None:
        super().__init__(instant)
        self.instant = instant


class OfficeHoursError(ValueError):
    """Hours of a weekday that cannot be read, overlap or end before they begin: which day, which text."""

    def __init__(self, day: str, text: str) -> None:
        super().__init__(day, text)
        self.day = day
        self.text = text


class NeverOpen(ValueError):
    """A deadline counts office hours, but the office is open on no day from Monday to Friday."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a day in which the office is open, the end not included."""

    opens: time
    closes: time

    def __str__(self) -> str:
        return f"{self.opens:%H:%M}-{self.closes:%H:%M}"


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """A week, Monday first: for each day its stretches in order, none where the office is shut."""

    week: tuple[tuple[Stretch, ...], ...]

    def __post_init__(self) -> None:
        if len(self.week) != len(WEEK):
            raise OfficeHoursError("", str(len(self.week)))
        for day, stretches in zip(WEEK, self.week, strict=True):
            in_order = all(before.closes <= after.opens for before, after in pairwise(stretches))
            if not in_order or any(stretch.opens >= stretch.closes for stretch in stretches):
                raise OfficeHoursError(day, " ".join(map(str, stretches)))

    def on(self, day: date) -> tuple[Stretch, ...]:
        """The stretches of a day's weekday; holidays are not looked at."""
        return self.week[day.weekday()]

    @property
    def is_ever_open(self) -> bool:
        """Tell whether any day from Monday to Friday has hours."""
        return any(self.week[:SATURDAY])


def read_office_hours(week: Mapping[str, str]) -> OfficeHours:
    """Read a week such as {"MO": "08:00-12:00 14:00-16:00", "TU": "08:00-12:00"}; days left out are shut.

    Raises OfficeHoursError with the day and its text.
    """
    for day in week:
        if day not in WEEK:
            raise OfficeHoursError(day, week[day])
    return OfficeHours(tuple(_stretches(day, week.get(day, "")) for day in WEEK))


def open_times(
    first: date,
    last: date,
    *,
    like: datetime,
    office_hours: OfficeHours,
    state: str,
    closed_days: Collection[date],
) -> Iterator[tuple[datetime, datetime]]:
    """When the office is open from the first to the last day, in UTC; `like` gives the zone of its clock."""
    for ahead in range((last - first).days + 1):
        day = first + timedelta(days=ahead)
        if not is_working_day(day, state=state, closed_days=closed_days):
            continue
        for stretch in office_hours.on(day):
            yield (
                datetime.combine(day, stretch.opens, tzinfo=like.tzinfo).astimezone(UTC),
                datetime.combine(day, stretch.closes, tzinfo=like.tzinfo).astimezone(UTC),
            )


def demand_aware(instant: datetime) -> None:
    """Raise NaiveInstant where an instant has no time zone."""
    if instant.utcoffset() is None:
        raise NaiveInstant(instant)


def _stretches(day: str, text: str) -> tuple[Stretch, ...]:
    found: list[Stretch] = []
    for part in text.split():
        match = _STRETCH.fullmatch(part)
        try:
            found.append(Stretch(*map(time.fromisoformat, match.groups() if match else ("", ""))))
        except ValueError as error:
            raise OfficeHoursError(day, text) from error
    return tuple(found)
