"""A small line with its band: how the number of children of a phase moves away from today's."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lueckenlos.steering.chain.selectors.outlook import Children

WIDE, HIGH = 320, 150
LEFT, RIGHT, ABOVE, BELOW = 8, 8, 10, 26
ROOM = 0.02


@dataclass(frozen=True, slots=True)
class Lines:
    """The drawing, in units of its own box; `band` is closed, `likely` is open, `today` is today's number."""

    likely: str
    band: str
    first: tuple[float, float]
    last: tuple[float, float]
    today: float
    wide: int = WIDE
    high: int = HIGH
    left: int = LEFT
    right: int = WIDE - RIGHT
    words: int = HIGH - 6


@dataclass(frozen=True, slots=True)
class Scale:
    """The least and the most of any phase, as a share of its own number today."""

    least: float
    most: float


def scale_of(phases: Iterable[Sequence[Children]]) -> Scale:
    """One scale for all phases, so that the same slope means the same change."""
    ratios = [
        share for rows in phases if rows[0].likely > 0 for row in rows
        for share in (row.fewest / rows[0].likely, row.most / rows[0].likely)
    ]  # fmt: skip
    return Scale(min([*ratios, 1.0]) - ROOM, max([*ratios, 1.0]) + ROOM)


def lines(rows: Sequence[Children], *, scale: Scale) -> Lines:
    """Lay a row of years between the ends of the scale; where there is nobody today, all on today's line."""
    step = (WIDE - LEFT - RIGHT) / max(len(rows) - 1, 1)
    high = (HIGH - ABOVE - BELOW) / (scale.most - scale.least)
    now = rows[0].likely

    def at(number: int, persons: float) -> tuple[float, float]:
        share = persons / now if now > 0 else 1.0
        return round(LEFT + step * number, 1), round(HIGH - BELOW - (share - scale.least) * high, 1)

    likely = [at(number, row.likely) for number, row in enumerate(rows)]
    above = [at(number, row.most) for number, row in enumerate(rows)]
    below = [at(number, row.fewest) for number, row in enumerate(rows)]
    return Lines(_line(likely), f"{_line([*above, *reversed(below)])}Z", likely[0], likely[-1], at(0, now)[1])


def _line(points: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x} {y}" for x, y in points)
