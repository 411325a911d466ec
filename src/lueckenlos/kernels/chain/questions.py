"""The fewest questions to providers after which the most cells under `check` can be decided.

What "settles" means is said in two words, because no question can promise what its answer will be:

- A question **may settle** a cell when, together with the questions before it, there are answers that decide
  the cell: at best they close it (reach at least rises to the target), at worst they prove the gap (reach at most
  falls below it). A cell needs so much open reach answered as the nearer of the two is away.
- A question **settles** a cell for certain when it is the last open service of the cell: whatever the answers,
  nothing is left to check. One has to ask everybody for that, so it can rank questions but not choose the fewest.

So the cover is built on *may*: for a set Q of services the potential is the sum over cells of
min(1, open reach of Q in the cell / reach needed), which is monotone and submodular; greedy takes the largest
growth. Where any one of its services may settle a cell this is the classic greedy set cover with its bound H(n)
(Johnson 1974, Lovász 1975, Chvátal 1979), n the cells of the first question; else L. A. Wolsey's bound of
1 + ln(first growth / last growth) holds (Combinatorica 2, 1982). Both are against the smallest cover there is.
After the cover the other services follow, those first that finish cells for certain: for whoever wants certainty.

Services that were asked lately are not asked again and their answers are not taken for granted (they may never
come): cells that cannot be decided without them are `waiting`. Keys are sorted first: order changes nothing.
"""

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from lueckenlos.kernels.chain.types import Bools, Cell, Floats, Ints, Seam, Verdict

CellKey = tuple[str, str, str]
"""(area, phase, field), or (area, phase, next phase) for a seam."""

TINY = 1e-9
LEAST = 1e-6
"""The least reach needed: a target met exactly at most is one answer away from a gap."""


class NothingOpen(ValueError):
    """A cell is said to be undecided, but no service of it is open."""

    def __init__(self, cell: CellKey) -> None:
        super().__init__(f"{'/'.join(cell)} hangs on no service")
        self.cell = cell


@dataclass(frozen=True, slots=True)
class OpenCell:
    """An undecided cell with the services that it hangs on.

    `services` maps each to its open reach (reach at most less reach at least, above 0; places a year per 100
    children); `needed` is the least open reach whose answers may decide the cell. Without `needed` any one may.
    """

    key: CellKey
    services: Mapping[str, float]
    needed: float | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One service to be asked, in its place of the order; numbers `so_far` count this and all before it."""

    service: str
    touches: tuple[CellKey, ...]
    """All undecided cells that hang on it."""
    may_settle: tuple[CellKey, ...]
    """Cells that from this answer on can be decided, if the answers fall so."""
    settles: tuple[CellKey, ...]
    """Cells that are decided with this answer, whatever the answers are."""
    may_settle_so_far: int
    settled_so_far: int


@dataclass(frozen=True, slots=True)
class Questions:
    """The order of questions; the first `enough` make every cell decidable that those who may be asked can decide.

    `bound`: the cover has at most so many times the questions of the smallest one, hence `at_least` are needed
    by anybody; None where `at_most` cut the cover short. `waiting` cells hang on services asked lately.
    """

    questions: tuple[Question, ...]
    cells: int
    enough: int
    is_complete: bool
    bound: float | None
    at_least: int | None
    waiting: tuple[CellKey, ...] = ()
    asked: tuple[str, ...] = ()
    """Those asked lately on whom open cells hang."""


@dataclass(eq=False)
class _Board:
    """What is open, as parallel arrays with an entry for each pair of cell and service."""

    services: tuple[str, ...]
    cells: tuple[CellKey, ...]
    cell: Ints
    service: Ints
    width: Floats
    needed: Floats
    askable: Bools
    covered: Floats = field(init=False)
    remaining: Ints = field(init=False)
    live: Bools = field(init=False)
    """Entries whose service may still be asked."""
    decidable: Bools = field(init=False)
    """Cells that those who may be asked can decide."""

    def __post_init__(self) -> None:
        self.live = self.askable[self.service].copy()
        self.covered = np.zeros(len(self.cells))
        self.remaining = np.bincount(self.cell, minlength=len(self.cells))
        at_hand = np.bincount(self.cell, weights=self.width * self.live, minlength=len(self.cells))
        self.decidable = at_hand >= self.needed - TINY

    def growth(self) -> Floats:
        """By service: how far the potential would rise."""
        left = self.needed - self.covered
        left[(left <= TINY) | ~self.decidable] = 0.0
        part = np.minimum(self.width, left[self.cell]) / self.needed[self.cell]
        return self._by_service(part)

    def finishing(self) -> Floats:
        """By service: how many cells have it as their last open one."""
        return self._by_service((self.remaining[self.cell] == 1).astype(np.float64))

    def credit(self) -> Floats:
        """By service: its share of what its cells still lack, all open services of a cell counting alike."""
        return self._by_service(1.0 / np.maximum(self.remaining[self.cell], 1))

    def _by_service(self, entries: Floats) -> Floats:
        sums = np.bincount(self.service, weights=entries * self.live, minlength=len(self.services))
        return sums.astype(np.float64)

    def ask(self, service: int) -> tuple[Ints, Ints, Ints]:
        """Take a service as answered: cells it touches, that it now may settle, that it settles for certain."""
        entries = np.flatnonzero((self.service == service) & self.live)
        cells = self.cell[entries]
        before = self.covered[cells] >= self.needed[cells] - TINY
        self.covered[cells] += self.width[entries]
        self.remaining[cells] -= 1
        self.live[entries] = False
        after = self.covered[cells] >= self.needed[cells] - TINY
        return cells, cells[after & ~before], cells[self.remaining[cells] == 0]


def open_cells(cells: Iterable[Cell | Seam]) -> tuple[OpenCell, ...]:
    """The cells and seams under `check`, each with its open services and the reach that may decide it.

    Where no service is open nobody can be asked (the number of children is an estimate): such cells are left out.
    """
    found = []
    for cell in cells:
        if cell.verdict is not Verdict.CHECK or cell.target is None:
            continue
        third = cell.to if isinstance(cell, Seam) else cell.field
        widths = {
            share.service: share.reach_hi - share.reach_lo
            for share in cell.services
            if share.reach_hi - share.reach_lo > TINY
        }
        needed = min(cell.target - cell.reach_lo, cell.reach_hi - cell.target)
        if widths:
            found.append(OpenCell((cell.area, cell.phase, third), widths, max(needed, LEAST)))
    return tuple(found)


def questions(
    cells: Iterable[OpenCell], *, asked: Collection[str] = (), at_most: int | None = None
) -> Questions:
    """Order the services to be asked so that the most undecided cells can be decided the soonest.

    `asked` are services that were asked lately: they are left out. `at_most` cuts the list.
    Raises `NothingOpen` for a cell that hangs on nobody.
    """
    board = _board(cells, asked=frozenset(asked))
    order, rises = _order(board, at_most=at_most)
    complete = bool(board.growth().max(initial=0.0) <= TINY)
    bound = _bound(rises, simple=_any_one_does(board)) if complete else None
    return Questions(
        questions=order,
        cells=len(board.cells),
        enough=len(rises),
        is_complete=complete,
        bound=bound,
        at_least=None if bound is None else math.ceil(len(rises) / bound - TINY),
        waiting=tuple(
            key for key, able in zip(board.cells, board.decidable.tolist(), strict=True) if not able
        ),
        asked=tuple(
            key for key, able in zip(board.services, board.askable.tolist(), strict=True) if not able
        ),
    )


def _board(cells: Iterable[OpenCell], *, asked: frozenset[str]) -> _Board:
    ordered = sorted(cells, key=lambda cell: cell.key)
    services = tuple(sorted({service for cell in ordered for service in cell.services}))
    index = {service: row for row, service in enumerate(services)}
    rows: list[tuple[int, int, float]] = []
    needed = []
    for row, cell in enumerate(ordered):
        widths = {service: width for service, width in sorted(cell.services.items()) if width > 0}
        if not widths:
            raise NothingOpen(cell.key)
        rows += [(row, index[service], width) for service, width in widths.items()]
        needed.append(min(widths.values()) if cell.needed is None else max(cell.needed, LEAST))
    return _Board(
        services=services,
        cells=tuple(cell.key for cell in ordered),
        cell=np.array([row for row, _, _ in rows], dtype=np.int64),
        service=np.array([column for _, column, _ in rows], dtype=np.int64),
        width=np.array([width for _, _, width in rows], dtype=np.float64),
        needed=np.array(needed, dtype=np.float64),
        askable=np.array([service not in asked for service in services], dtype=np.bool_),
    )


def _order(board: _Board, *, at_most: int | None) -> tuple[tuple[Question, ...], list[float]]:
    limit = len(board.services) if at_most is None else at_most
    chosen: list[Question] = []
    rises: list[float] = []
    may, certain = 0, 0
    waiting = board.askable.copy()
    while len(chosen) < limit and waiting.any():
        growth = board.growth()
        best = _best(growth, board.finishing(), board.credit(), among=waiting)
        if growth[best] > TINY:
            rises.append(float(growth[best]))
        touched, able, settled = board.ask(best)
        waiting[best] = False
        may, certain = may + len(able), certain + len(settled)
        keys = board.cells
        chosen.append(
            Question(
                service=board.services[best],
                touches=tuple(keys[row] for row in touched.tolist()),
                may_settle=tuple(keys[row] for row in able.tolist()),
                settles=tuple(keys[row] for row in settled.tolist()),
                may_settle_so_far=may,
                settled_so_far=certain,
            )
        )
    return tuple(chosen), rises


def _best(*wishes: Floats, among: Bools) -> int:
    """The first of those that are best by the first wish, among them by the second, and so on."""
    left = np.flatnonzero(among)
    for wish in wishes:
        left = left[wish[left] >= wish[left].max() - TINY]
    return int(left[0])


def _any_one_does(board: _Board) -> bool:
    entries = board.decidable[board.cell] & board.askable[board.service]
    return bool((board.width[entries] >= board.needed[board.cell[entries]] - TINY).all())


def _bound(rises: list[float], *, simple: bool) -> float:
    if not rises:
        return 1.0
    wolsey = 1.0 + math.log(rises[0] / rises[-1])
    if not simple:
        return wolsey
    return min(wolsey, math.fsum(1.0 / number for number in range(1, round(rises[0]) + 1)))
