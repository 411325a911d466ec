"""Withhold small numbers in a table whose totals are known, so that subtraction finds none of them.

`kernels.rollup` answers the other question: there events have no table, and small counts *move up* until enough of
them stand together, so that every event is still counted. Here the table and its totals are given and stay as they
are; cells are *left out*: first all small ones (primary), then others as needed (secondary), for each small one the
cheapest, which need not be the cheapest for all together.

Who attacks knows every published number, which cells are sums of which, that counts are whole and not negative, the
treatment of zeros, and which cells are withheld, but not why: never show `reasons` beside a published table (a row
of three small cells with a withheld small total would betray itself). Kept are two promises:

* no withheld cell has only one possible value (`recoverable` is the attacker and finds none);
* what remains of a published total without its published parts is never itself a number under the minimum.

Not kept: that a withheld cell cannot be narrowed down to a range, nor that *another* table of the same people, cut
otherwise, gives it away. Put what is published together into one `Table` with all its totals.

Method: every small cell that is not yet ambiguous gets the cheapest alternative table, in which it has another value
and all that the attacker knows stays true; what differs in it is withheld (network approach of Kelly, Golden and
Assad 1992, here as an integer programme through HiGHS, hence also for more than two dimensions).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import log2
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix, hstack

Ints = npt.NDArray[np.int64]

MINIMUM: Final = 5
DEARER: Final = 8.0
"""How many inner cells of the same size a total is worth: what sums up much is withheld last."""
FREE: Final = 1e-3
"""What it costs to change a cell that is withheld anyway: nearly nothing, so that ways stay short."""
ONE: Final = 1
"""The least by which the sought cell differs in an alternative table: one person."""


class Zeros(StrEnum):
    """Whether a zero may be seen.

    `SHOWN`: nobody is in it, so nobody is found; zeros stay, and whatever is withheld is known to be at least 1.
    `WITHHELD`: "none" is news about all who could be in it (nobody of this school passed); zeros count as small.
    """

    SHOWN = "shown"
    WITHHELD = "withheld"


class Reason(StrEnum):
    """Why a cell is withheld: it is small, or it would give a small one away. For those who check, never shown."""

    PRIMARY = "primary"
    SECONDARY = "secondary"


class NotCounts(ValueError):
    """A table holds something else than whole numbers of at least 0: which values, in their order."""

    def __init__(self, values: tuple[float, ...]) -> None:
        super().__init__(values)
        self.values = values


class TotalDisagrees(ValueError):
    """A total is not the sum of its parts, or names itself or a cell that is not there."""

    def __init__(self, total: Total, *, stands: int | None, adds_up_to: int | None) -> None:
        super().__init__(total, stands, adds_up_to)
        self.total = total
        self.stands = stands
        self.adds_up_to = adds_up_to


class MinimumBetrays(ValueError):
    """Under this minimum a withheld cell could only have one value, so withholding hides nothing."""

    def __init__(self, minimum: int, zeros: Zeros) -> None:
        super().__init__(minimum, zeros)
        self.minimum = minimum
        self.zeros = zeros


@dataclass(frozen=True, slots=True)
class Total:
    """One cell is the sum of others; positions in the flat table."""

    total: int
    parts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Counts laid flat (C order of `shape`), totals among them, and which is the sum of which.

    `table_of` makes one from an array; made by hand it takes any hierarchy (quarters, municipalities, county).
    """

    counts: tuple[int, ...]
    totals: tuple[Total, ...] = ()
    shape: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        wrong = tuple(float(count) for count in self.counts if count < 0 or int(count) != count)
        if wrong:
            raise NotCounts(wrong)
        for total in self.totals:
            named = (total.total, *total.parts)
            if total.total in total.parts or not all(0 <= at < len(self.counts) for at in named):
                raise TotalDisagrees(total, stands=None, adds_up_to=None)
            adds_up_to = sum(self.counts[at] for at in total.parts)
            if self.counts[total.total] != adds_up_to:
                raise TotalDisagrees(total, stands=self.counts[total.total], adds_up_to=adds_up_to)


@dataclass(frozen=True, slots=True)
class Published:
    """A table as others may see it: None where a number is withheld. `reasons` stay inside the house."""

    values: tuple[int | None, ...]
    reasons: tuple[Reason | None, ...]
    shape: tuple[int, ...]
    zeros: Zeros

    def at(self, *place: int) -> int | None:
        """The value at a place of the table with its totals."""
        return self.values[int(np.ravel_multi_index(place, self.shape))]

    @property
    def lines(self) -> tuple[tuple[int | None, ...], ...]:
        """The values line by line along the last axis; of a table in two dimensions its rows."""
        width = self.shape[-1] if self.shape else len(self.values)
        return tuple(self.values[begin : begin + width] for begin in range(0, len(self.values), width or 1))

    @property
    def withheld(self) -> tuple[int, ...]:
        """The flat positions of what is withheld."""
        return tuple(at for at, value in enumerate(self.values) if value is None)


class PublishedContradicts(ValueError):
    """No table of whole numbers has these published values: somebody has changed one."""

    def __init__(self, published: Published) -> None:
        super().__init__(published)
        self.published = published


def table_of(counts: npt.ArrayLike, *, summed_over: Sequence[int]) -> Table:
    """Add totals to an array of counts in any number of dimensions.

    Each axis in `summed_over` gets one more place at its end, with the sum over it: (0, 1) gives a table in two
    dimensions both margins and the grand total, (1,) its row totals alone, () none. Name all that people can get to
    know, also from other tables. Raises NotCounts.
    """
    inner = np.asarray(counts)
    if not np.all((inner >= 0) & (inner == np.floor(inner))):
        raise NotCounts(tuple(float(value) for value in inner.ravel()))
    whole = inner.astype(np.int64)
    for axis in summed_over:
        whole = np.concatenate([whole, whole.sum(axis=axis, keepdims=True)], axis=axis)
    places = np.arange(whole.size, dtype=np.int64).reshape(whole.shape)
    totals = [
        Total(total=int(line[-1]), parts=tuple(line[:-1].tolist()))
        for axis in summed_over
        for line in np.moveaxis(places, axis, -1).reshape(-1, whole.shape[axis])
    ]
    return Table(tuple(whole.ravel().tolist()), tuple(totals), whole.shape)


def suppress(table: Table, *, minimum: int = MINIMUM, zeros: Zeros = Zeros.SHOWN) -> Published:
    """Publish a table without its small numbers and without what would give them away.

    Small is 0 < count < `minimum`, totals included; with `Zeros.WITHHELD` 0 is small as well. A minimum of 1 that
    shows zeros withholds nothing. Raises MinimumBetrays where every withheld cell would be known by the rule itself.
    """
    least = _least(zeros)
    if minimum - least == 1:
        raise MinimumBetrays(minimum, zeros)
    primary = frozenset(at for at, count in enumerate(table.counts) if least <= count < minimum)
    search = _Search(table, least=least, withheld=set(primary))
    fresh: Iterable[int] = sorted(primary, key=lambda at: (table.counts[at], at))
    while fresh:
        for at in fresh:
            search.blur(at)
        fresh = search.thicken(minimum)
    return Published(
        values=tuple(None if at in search.withheld else count for at, count in enumerate(table.counts)),
        reasons=tuple(_reason(at, primary, search.withheld) for at in range(len(table.counts))),
        shape=table.shape or (len(table.counts),),
        zeros=zeros,
    )


def recoverable(table: Table, published: Published) -> dict[int, int]:
    """What an attacker finds out: flat position to the one value that a withheld cell can have.

    Of `table` only the totals are read, which cells are sums of which; the numbers are those of `published`.
    Exact for whole numbers, whatever the dimensions. Raises PublishedContradicts.
    """
    hidden = published.withheld
    if not hidden:
        return {}
    sums = _sums(table.totals, size=len(published.values))
    known = np.array([0 if value is None else value for value in published.values], dtype=np.int64)
    unknown, right = sums[:, list(hidden)], -(sums @ known)
    least = np.full(len(hidden), _least(published.zeros), dtype=np.float64)
    first = _whole_solution(unknown, right, least=least, most=np.full(len(hidden), np.inf))
    if first is None:
        raise PublishedContradicts(published)
    open_still = set(range(len(hidden)))
    for at in range(len(hidden)):
        for step in (1, -1):
            if at in open_still:
                other = _with_one_moved(unknown, right, first=first, least=least, at=at, step=step)
                open_still -= set() if other is None else set(np.flatnonzero(other != first).tolist())
    return {hidden[at]: int(first[at]) for at in sorted(open_still)}


def _least(zeros: Zeros) -> int:
    return 0 if zeros is Zeros.WITHHELD else 1


def _reason(at: int, primary: frozenset[int], withheld: set[int]) -> Reason | None:
    if at in primary:
        return Reason.PRIMARY
    return Reason.SECONDARY if at in withheld else None


def _sums(totals: Sequence[Total], *, size: int) -> csr_matrix:
    """One row for each total: its parts count 1, itself −1, so that the table's product with it is 0."""
    rows = [row for row, total in enumerate(totals) for _ in range(len(total.parts) + 1)]
    columns = [at for total in totals for at in (*total.parts, total.total)]
    signs = [sign for total in totals for sign in (*(1 for _ in total.parts), -1)]
    return csr_matrix((signs, (rows, columns)), shape=(len(totals), size), dtype=np.int64)


def _solve(cost: npt.NDArray[np.float64], matrix: Any, right: Any, *, bounds: Bounds) -> Ints | None:
    """The cheapest whole numbers within bounds that `matrix` takes to `right`; None where there are none."""
    if not matrix.shape[0]:
        matrix, right = csr_matrix((1, len(cost))), np.zeros(1)
    found = milp(
        cost,
        constraints=LinearConstraint(matrix, right, right),
        integrality=np.ones(len(cost)),
        bounds=bounds,
    )
    return None if found.x is None else np.rint(found.x).astype(np.int64)


def _whole_solution(matrix: Any, right: Any, *, least: Any, most: Any) -> Ints | None:
    return _solve(np.zeros(matrix.shape[1]), matrix, right, bounds=Bounds(least, most))


def _with_one_moved(
    matrix: Any, right: Any, *, first: Ints, least: npt.NDArray[np.float64], at: int, step: int
) -> Ints | None:
    """Another table in which one cell is larger (step 1) or smaller (−1) than in the first; None: there is none."""
    low, high = least.copy(), np.full(len(first), np.inf)
    if step > 0:
        low[at] = first[at] + 1
    else:
        high[at] = first[at] - 1
    if low[at] > high[at]:
        return None
    return _whole_solution(matrix, right, least=low, most=high)


class _Search:
    """What is withheld so far, and which of it already has a second possible value."""

    def __init__(self, table: Table, *, least: int, withheld: set[int]) -> None:
        self.table = table
        self.least = least
        self.withheld = withheld
        self.ambiguous: set[int] = set()
        self.counts = np.array(table.counts, dtype=np.int64)
        self.sums = _sums(table.totals, size=len(table.counts)).tocsc()
        self.worth = _worth(table)

    def blur(self, at: int) -> None:
        """Withhold what must be withheld so that this cell has another possible value; cheapest first."""
        if at in self.ambiguous:
            return
        # A zero that is shown is known and does not move. Most cells find their second value among the withheld.
        movable = np.flatnonzero(self.counts >= self.least)
        moved = self._way(at, cells=np.array(sorted(self.withheld))) or self._way(at, cells=movable)
        self.withheld |= moved
        self.ambiguous |= moved

    def thicken(self, minimum: int) -> list[int]:
        """Withhold one more part of each published total whose withheld parts together are still small."""
        fresh: list[int] = []
        for total in self.table.totals:
            hidden = [at for at in total.parts if at in self.withheld]
            if total.total in self.withheld or not hidden or self.counts[hidden].sum() >= minimum:
                continue
            seen = [at for at in total.parts if at not in self.withheld and self.counts[at] > 0]
            cheapest = min(seen, key=lambda at: (self.worth[at], at))
            self.withheld.add(cheapest)
            fresh.append(cheapest)
        return fresh

    def _way(self, at: int, *, cells: Ints) -> set[int]:
        """What differs in the cheapest other true table in which this cell differs; empty where there is none."""
        withheld = np.isin(cells, list(self.withheld))
        cost = np.where(withheld, FREE, self.worth[cells])
        matrix = self.sums[:, cells]
        ways = [
            self._change(int(np.searchsorted(cells, at)), cells, matrix, cost, up=up) for up in (True, False)
        ]
        found = [way for way in ways if way is not None]
        if not found:
            return set()
        return set(cells[np.flatnonzero(min(found, key=lambda way: float(cost @ np.abs(way))))].tolist())

    def _change(self, sought: int, cells: Ints, matrix: Any, cost: Any, *, up: bool) -> Ints | None:
        """By how much each cell changes if the sought one is raised, or lowered, and every sum stays true."""
        size = len(cells)
        low = np.zeros(2 * size)
        high = np.concatenate([np.full(size, np.inf), np.maximum(self.counts[cells] - self.least, 0)])
        forced, barred = (sought, size + sought) if up else (size + sought, sought)
        low[forced], high[barred] = ONE, 0.0
        if high[forced] < ONE:
            return None
        both_ways = hstack([matrix, -matrix], format="csr")
        right = np.zeros(matrix.shape[0])
        change = _solve(np.concatenate([cost, cost]), both_ways, right, bounds=Bounds(low, high))
        return None if change is None else change[:size] - change[size:]


def _worth(table: Table) -> npt.NDArray[np.float64]:
    """What the reader loses with each cell: more with larger counts, much more with every level of totals."""
    level = [0] * len(table.counts)
    for _ in table.totals:
        before = list(level)
        for total in table.totals:
            level[total.total] = 1 + max((level[at] for at in total.parts), default=-1)
        if level == before:
            break
    return np.array([(1 + log2(1 + n)) * DEARER**up for n, up in zip(table.counts, level, strict=True)])
