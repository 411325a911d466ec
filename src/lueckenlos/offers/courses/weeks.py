"""Weeks of a stock: those in which nobody came count, too."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from lueckenlos.offers.courses.types import WeekView


def filled(rows: Iterable[tuple[date, int]], *, today: date) -> list[WeekView]:
    """Every week from the first one with a code until this one, by its Monday."""
    counted = dict(rows)
    week = min(counted, default=None)
    found: list[WeekView] = []
    while week is not None and week <= today:
        found.append(WeekView(week, counted.get(week, 0)))
        week += timedelta(days=7)
    return found
