"""How many municipalities stand how, as a strip of little pieces, the worst first."""

from typing import Final

from lueckenlos.kernels.chain.types import Verdict
from lueckenlos.steering.chain.picture.shapes import LOOKS, Stroke
from lueckenlos.steering.chain.selectors.summary import Spot

ORDER: Final = (Verdict.GAP, Verdict.CHECK, Verdict.CLOSED, Verdict.NO_TARGET, Verdict.NO_CHILDREN)
HEIGHT: Final = 7.0
BETWEEN: Final = 2.0
FINEST: Final = 4.0
"""Pieces narrower than this run together, one for each verdict."""
ROUND: Final = 1.5


def strip(spot: Spot, *, x: float, y: float, width: float) -> tuple[Stroke, ...]:
    """One piece for every municipality, or one for each verdict as wide as they are many."""
    counts = [(verdict, spot.count(verdict)) for verdict in ORDER]
    step = width / max(1, len(spot.parts))
    found = []
    for verdict, count in counts:
        if count:
            found.append(Stroke(pieces(count, x=x, y=y, step=step), LOOKS[verdict]))
        x += count * step
    return tuple(found)


def pieces(count: int, *, x: float, y: float, step: float) -> str:
    """So many pieces side by side as path data."""
    if step < FINEST:
        return _piece(x, y, count * step - 1.0)
    wide = step - min(BETWEEN, step * 0.3)
    return "".join(_piece(x + row * step, y, wide) for row in range(count))


def _piece(x: float, y: float, width: float) -> str:
    inner = max(0.0, width - 2 * ROUND)
    return (
        f"M{x + ROUND:.1f} {y:.1f}h{inner:.1f}q{ROUND} 0 {ROUND} {ROUND}v{HEIGHT - 2 * ROUND}"
        f"q0 {ROUND}-{ROUND} {ROUND}h{-inner:.1f}q-{ROUND} 0-{ROUND}-{ROUND}v{2 * ROUND - HEIGHT}"
        f"q0-{ROUND} {ROUND}-{ROUND}Z"
    )
