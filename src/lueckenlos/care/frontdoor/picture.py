"""Small pictures of counts: bars drawn by the server, with their numbers beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its word, its number, and its width in a hundred of the longest."""

    label: str
    count: int
    width: float


def bars(counts: Sequence[tuple[str, int]]) -> list[Bar]:
    """Bars against the longest of them; without any count all are empty."""
    longest = max((count for _label, count in counts), default=0)
    return [Bar(label, count, round(100 * count / longest, 1) if longest else 0.0) for label, count in counts]
