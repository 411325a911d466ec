"""What members have to see when they plan: which dates lie at the same hour."""

from __future__ import annotations

from collections.abc import Sequence

from lueckenlos.offers.centres.types import CalendarDate

Clash = tuple[CalendarDate, CalendarDate]
"""Two dates of different programmes of which one begins before the other ends."""


def clashes(dates: Sequence[CalendarDate]) -> list[Clash]:
    """All pairs that overlap, in the order of their beginning; what only follows does not clash."""
    ordered = sorted(dates, key=lambda each: (each.session.starts_at, each.session.ends_at))
    found: list[Clash] = []
    for number, first in enumerate(ordered):
        for second in ordered[number + 1 :]:
            if second.session.starts_at >= first.session.ends_at:
                break
            if first.programme.id != second.programme.id:
                found.append((first, second))
    return found
