"""A stock of access codes that were bought: what may become of a code, who may have one, and when to buy more.

A code that somebody has seen never goes back into stock: only one that was merely reserved does.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from enum import StrEnum
from typing import Final


class CodeState(StrEnum):
    """Where a code stands."""

    IN_STOCK = "in_stock"
    RESERVED = "reserved"
    ISSUED = "issued"
    ACTIVATED = "activated"
    EXPIRED = "expired"
    RETURNED = "returned"


NEXT: Final = {
    CodeState.IN_STOCK: frozenset({CodeState.RESERVED, CodeState.EXPIRED}),
    CodeState.RESERVED: frozenset({CodeState.ISSUED, CodeState.IN_STOCK, CodeState.EXPIRED}),
    CodeState.ISSUED: frozenset({CodeState.ACTIVATED, CodeState.RETURNED, CodeState.EXPIRED}),
    CodeState.ACTIVATED: frozenset({CodeState.EXPIRED}),
    CodeState.EXPIRED: frozenset(),
    CodeState.RETURNED: frozenset(),
}
"""What may become of a code. Returned is for good: the household may still know it, the seller may replace it."""

HELD: Final = frozenset({CodeState.RESERVED, CodeState.ISSUED, CodeState.ACTIVATED})
"""The states in which a code is a household's."""


class TransitionError(ValueError):
    """A code cannot go from one state to another: both, and what is allowed."""

    def __init__(self, now: CodeState, wanted: CodeState) -> None:
        self.allowed = tuple(sorted(NEXT[now]))
        super().__init__(
            f"a code that is {now} cannot become {wanted}, only {', '.join(self.allowed) or 'nothing'}"
        )
        self.now = now
        self.wanted = wanted


class HoldsOne(ValueError):
    """A household holds a code already, in this state."""

    def __init__(self, state: CodeState) -> None:
        super().__init__(f"the household holds a code that is {state}")
        self.state = state


class StockEmpty(ValueError):
    """There is no code left to reserve."""


def move(now: CodeState, *, to: CodeState) -> CodeState:
    """The new state of a code. Raises TransitionError."""
    if to not in NEXT[now]:
        raise TransitionError(now, to)
    return to


def reserve(in_stock: int, *, held: Collection[CodeState]) -> CodeState:
    """Reserve a code for a household whose codes so far stand in these states: one at a time.

    Raises HoldsOne and StockEmpty.
    """
    holding = HELD.intersection(held)
    if holding:
        raise HoldsOne(min(holding))
    if in_stock < 1:
        raise StockEmpty
    return move(CodeState.IN_STOCK, to=CodeState.RESERVED)


def runs_low(in_stock: int, *, used: Sequence[int], weeks: int) -> bool:
    """Tell whether the stock is smaller than what the last weeks used.

    `used` are codes reserved a week, the latest last; where there are fewer weeks their mean stands for the missing
    ones. An empty stock is always low.
    """
    if weeks < 1 or min(used, default=0) < 0:
        raise ValueError("at least one week, and no negative use", weeks, tuple(used))
    last = used[-weeks:]
    expected = sum(last) * weeks / len(last) if last else 0
    return in_stock < max(expected, 1)
