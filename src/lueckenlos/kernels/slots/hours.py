"""Opening hours, and from the local clock to instants: one hour a year does not exist, one comes twice (PEP 495)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final

from lueckenlos.kernels.slots.recurrence import read
from lueckenlos.kernels.slots.values import SlotsError, Span

ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Opening:
    """Hours on the days of a recurrence rule (RFC 5545 without DTSTART), counted from the day `first`.

    An end at or before the beginning lies on the next day. `closed_on` are single days on which it does not hold;
    on public holidays it holds only with `on_holidays`. A single extra day is an opening with COUNT=1.
    """

    rule: str
    first: date
    opens: time
    closes: time
    closed_on: frozenset[date] = frozenset()
    on_holidays: bool = False

    def __post_init__(self) -> None:
        if self.opens.tzinfo is not None or self.closes.tzinfo is not None:
            raise SlotsError("opening hours are those of the local clock", self.opens)
        read(self.rule)


def instant(local: datetime, *, zone: tzinfo) -> datetime | None:
    """When the clock shows this naive time, in UTC: the first time of two, None where it is skipped."""
    moment = local.replace(tzinfo=zone, fold=0).astimezone(UTC)
    return moment if moment.astimezone(zone).replace(tzinfo=None, fold=0) == local else None


def hours_on(opening: Opening, day: date, *, zone: tzinfo) -> tuple[datetime, datetime, Span | None]:
    """The hours that begin on a day: both hands of the clock, and the stretch of time.

    What begins or ends in the hour that comes twice does so the first time. A border in the hour that is skipped
    makes the hours shorter, to None if nothing is left.
    """
    opens = datetime.combine(day, opening.opens)
    closes = datetime.combine(day, opening.closes)
    closes = closes if closes > opens else closes + ONE_DAY
    begins = opens.replace(tzinfo=zone, fold=0).astimezone(UTC)
    ends = min(closes.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    return opens, closes, Span(begins, ends) if begins < ends else None
