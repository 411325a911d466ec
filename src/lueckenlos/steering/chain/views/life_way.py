"""One life's path as a drawing: seven stations that climb, and what lies between them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from lueckenlos.kernels.chain.types import Verdict
from lueckenlos.steering.chain.picture.path import Point, between

WIDE, HIGH = 1120, 176
LOW, TOP = 150, 40
TORN = (0.38, 0.62)
"""Where a broken stretch ends, and where it goes on."""


@dataclass(frozen=True, slots=True)
class Station:
    """A stop on the way, with what the phase is."""

    x: int
    y: int
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Stretch:
    """The way between two stops: one line, or two ends where it is torn."""

    verdict: Verdict
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """The drawing, in units of its own box."""

    stations: tuple[Station, ...]
    stretches: tuple[Stretch, ...]
    wide: int = WIDE
    high: int = HIGH


def way(phases: Sequence[Verdict], seams: Sequence[Verdict]) -> Way:
    """Lay the stations in the middles of columns of equal width, each a little higher than the one before."""
    count = max(len(phases), 1)
    rise = (LOW - TOP) / max(count - 1, 1)
    stations = tuple(
        Station(round((number + 0.5) * WIDE / count), round(LOW - rise * number), verdict)
        for number, verdict in enumerate(phases)
    )
    points = [Point(each.x, each.y) for each in stations]
    stretches = tuple(
        Stretch(verdict, _lines(one, other, verdict=verdict))
        for (one, other), verdict in zip(pairwise(points), seams, strict=True)
    )
    return Way(stations, stretches)


def _lines(one: Point, other: Point, *, verdict: Verdict) -> tuple[str, ...]:
    if verdict is Verdict.GAP:
        return between(one, other, end=TORN[0]), between(one, other, begin=TORN[1])
    return (between(one, other),)
