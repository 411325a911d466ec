"""Where things lie on the bars of a cell's page, in whole units of a drawing, so that no locale can break them."""

from dataclasses import dataclass

WIDE = 600
ROOM = 1.12


@dataclass(frozen=True, slots=True)
class IntervalBar:
    """The sure part, the part that may be there, and the mark of the target (None without one)."""

    sure: int
    maybe: int
    end: int
    target: int | None
    wide: int = WIDE


def interval_bar(lo: float, hi: float, *, target: float | None = None, longest: float = 0.0) -> IntervalBar:
    """Lay reach and target on one scale that ends a little behind the largest of them."""
    longest = max(hi, target or 0.0, longest) * ROOM or 1.0
    begin, end = round(lo / longest * WIDE), round(hi / longest * WIDE)
    return IntervalBar(
        begin, max(end - begin, 0), end, None if target is None else round(target / longest * WIDE)
    )


def part(share: float) -> int:
    """A share of the longest bar."""
    return max(round(share * WIDE), 2) if share > 0 else 0
