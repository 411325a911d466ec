"""The integer programmes behind the next best measure: arrays in, a choice and what is proven about it out.

Rows are cells, columns are measures. All amounts are places a year; `need` is weighted, as `weight` is.
Branch and bound works with a tolerance: what it gives is rounded, costs are added up anew as whole numbers, and
where they exceed the budget the set is forbidden (a cover inequality, valid for every knapsack) and solved again.
"""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import bmat, coo_matrix, csc_matrix, csr_matrix, identity

from lueckenlos.kernels.chain.types import Bools, Floats, Ints

TINY = 1e-9
SLACK = 1e-7
"""How far the share of the worst-off may fall behind its best while the missing places are minimised."""


@dataclass(frozen=True, eq=False)
class Programme:
    """m cells in a number of areas, n measures.

    `shortfall` m (negative: more than the target), `weight` m (> 0), `area` m (row of the area), `need` areas
    (weighted places that the targets ask for), `gain` m x n, `cost` n (whole euros), `group` n (−1: none).
    """

    shortfall: Floats
    weight: Floats
    area: Ints
    need: Floats
    gain: csc_matrix
    cost: Ints
    group: Ints
    budget: int

    @cached_property
    def affordable(self) -> Bools:
        """Measures that the budget allows at all; a budget of 0 allows nothing, not even what is free."""
        return (self.cost <= self.budget) & (self.budget > 0)

    @cached_property
    def liftable(self) -> Bools:
        """Areas that miss something and in which some affordable measure helps a cell that does."""
        entries = self.gain.tocoo()
        helps = (entries.data > TINY) & (self.shortfall[entries.row] > TINY) & self.affordable[entries.col]
        found = np.zeros(len(self.need), dtype=np.bool_)
        found[self.area[entries.row[helps]]] = True
        return found & (self.need > 0)

    def missing(self, chosen: Bools) -> Floats:
        """Missing places by cell after these measures (m)."""
        left: Floats = np.maximum(self.shortfall - self.gain @ chosen.astype(np.float64), 0.0)
        return left

    def total(self, chosen: Bools) -> float:
        """Weighted missing places after these measures."""
        return float(self.weight @ self.missing(chosen))

    def shares(self, chosen: Bools) -> Floats:
        """Share of the weighted need that is met, by area; 1 where nothing is needed."""
        lost = np.bincount(self.area, weights=self.weight * self.missing(chosen), minlength=len(self.need))
        part: Floats = np.zeros(len(self.need))
        np.divide(lost, self.need, out=part, where=self.need > 0)
        return 1.0 - part

    def worst(self, chosen: Bools) -> float:
        """The smallest share met among the areas that can be lifted; 1 where there are none."""
        return float(self.shares(chosen)[self.liftable].min(initial=1.0))

    def price(self, chosen: Bools) -> int:
        """What these measures cost, in whole euros."""
        return int(self.cost[chosen].sum())


@dataclass(frozen=True, eq=False)
class Solved:
    """A choice and the best value that any choice could have, as far as proven.

    `bound`: for missing places a lower bound of the weighted total, for the fairest an upper bound of the share.
    """

    chosen: Bools
    bound: float


def nothing(programme: Programme) -> Bools:
    """The choice of no measure."""
    return np.zeros(len(programme.cost), dtype=np.bool_)


def greedily(programme: Programme) -> Bools:
    """Take the measure with most weighted places for a euro until nothing helps; or the best single one.

    At least (1 − 1/e)/2 of what can be won, where no measure harms and none excludes another (Khuller, Moss and
    Naor 1999, after Nemhauser, Wolsey and Fisher 1978).
    """
    chosen, left, money = nothing(programme), programme.shortfall.copy(), programme.budget
    alone = np.where(programme.affordable, _wins(programme, left), 0.0)
    while True:
        wins = _wins(programme, left)
        open_to = programme.affordable & ~chosen & (programme.cost <= money) & (wins > TINY)
        open_to &= (programme.group < 0) | ~np.isin(programme.group, programme.group[chosen])
        if not open_to.any():
            break
        best = int(np.argmax(np.where(open_to, wins / np.maximum(programme.cost, TINY), -np.inf)))
        chosen[best] = True
        money -= int(programme.cost[best])
        left -= programme.gain[:, [best]].toarray().ravel()
    if len(alone) and programme.total(nothing(programme)) - alone.max() < programme.total(chosen) - TINY:
        chosen = nothing(programme)
        chosen[int(np.argmax(alone))] = True
    return chosen


def _wins(programme: Programme, left: Floats) -> Floats:
    """By measure: how many weighted missing places it would take away now."""
    entries = programme.gain.tocoo()
    now, then = left[entries.row], left[entries.row] - entries.data
    won = programme.weight[entries.row] * (np.maximum(now, 0.0) - np.maximum(then, 0.0))
    return np.bincount(entries.col, weights=won, minlength=len(programme.cost)).astype(np.float64)


def least_missing(programme: Programme, *, seconds: float) -> Solved:
    """The affordable choice with the least weighted missing places; greedy's where time runs out before."""
    start = greedily(programme)
    if not programme.liftable.any():
        return Solved(start, programme.total(start))
    model = _model(programme)
    weights = programme.weight[model.cells]
    found, bound = _solve(programme, model, objective=np.concatenate([model.no_cost, weights, [0.0]]),
                          seconds=seconds)  # fmt: skip
    best = _better(programme, found, start)
    return Solved(
        without_idle(programme, best),
        min(max(bound + model.fixed, _at_least(programme)), programme.total(best)),
    )


def worst_lifted(programme: Programme, *, start: Bools, seconds: float) -> Solved:
    """The affordable choice that lifts the smallest share met the most, and of those the least missing places.

    `start` is any affordable choice: it stands where nothing fairer is found.
    """
    if not programme.liftable.any():
        return Solved(start, programme.worst(start))
    model = _with_floor(programme, _model(programme))
    zeros = np.zeros(len(model.cells))
    found, bound = _solve(programme, model, objective=np.concatenate([model.no_cost, zeros, [-1.0]]),
                          seconds=seconds)  # fmt: skip
    fair = start if found is None or programme.worst(found) <= programme.worst(start) + TINY else found
    best = programme.worst(fair)
    highest = max(min(-bound, 1.0), best)
    model = replace(model, floor=best - SLACK)
    objective = np.concatenate([model.no_cost, programme.weight[model.cells], [0.0]])
    again, _ = _solve(programme, model, objective=objective, seconds=seconds)
    if again is not None and programme.worst(again) >= best - 10 * SLACK:
        fair = _better(programme, again, fair)
    return Solved(without_idle(programme, fair), highest)


def without_idle(programme: Programme, chosen: Bools) -> Bools:
    """Leave out, dearest first, what neither takes away missing places nor lifts the worst-off."""
    kept = chosen.copy()
    total, worst = programme.total(chosen), programme.worst(chosen)
    for column in sorted(
        np.flatnonzero(chosen).tolist(), key=lambda each: (-int(programme.cost[each]), each)
    ):
        kept[column] = False
        if programme.total(kept) > total + TINY or programme.worst(kept) < worst - TINY:
            kept[column] = True
    return kept


def _at_least(programme: Programme) -> float:
    """What would be missing with every affordable measure, if none harmed and money were no object."""
    helps = programme.gain.maximum(0) @ programme.affordable.astype(np.float64)
    return float(programme.weight @ np.maximum(programme.shortfall - helps, 0.0))


def _better(programme: Programme, found: Bools | None, other: Bools) -> Bools:
    return other if found is None or programme.total(found) > programme.total(other) + TINY else found


@dataclass(frozen=True, eq=False)
class _Model:
    """Variables are x (measures), u (missing places of the cells that can change), z (smallest share met)."""

    cells: Ints
    fixed: float
    """Weighted missing places of the cells that no affordable measure changes."""
    no_cost: Floats
    matrix: csr_matrix
    least: Floats
    floor: float | None = None


def _model(programme: Programme) -> _Model:
    gain = csr_matrix(programme.gain)
    gain.eliminate_zeros()
    changing = np.diff(gain.indptr) > 0
    harmed = np.asarray(gain.min(axis=1).toarray()).ravel() < 0
    matter = changing & ((programme.shortfall > TINY) | harmed)
    cells = np.flatnonzero(matter)
    short = programme.shortfall[cells]
    part = gain[cells].tocoo()
    # Where no measure harms, more than the shortfall is worth no more: the relaxation becomes much tighter.
    capped = np.where(harmed[cells][part.row], part.data, np.minimum(part.data, short[part.row]))
    count = len(cells)
    effect = coo_matrix((capped, (part.row, part.col)), shape=part.shape)
    rows = bmat([[effect, identity(count), csr_matrix((count, 1))]], format="csr")
    still = ~matter
    fixed = float(programme.weight[still] @ np.maximum(programme.shortfall[still], 0.0))
    return _Model(cells, fixed, np.zeros(len(programme.cost)), rows, short)


def _with_floor(programme: Programme, model: _Model) -> _Model:
    """Add for each area that can be lifted: z + Σ weight · u / need ≤ 1, less what is lost for good."""
    areas = np.flatnonzero(programme.liftable)
    position = {int(area): row for row, area in enumerate(areas.tolist())}
    inside = [(position[int(programme.area[cell])], column) for column, cell in enumerate(model.cells.tolist())
              if int(programme.area[cell]) in position]  # fmt: skip
    rows = np.array([row for row, _ in inside], dtype=np.int64)
    columns = np.array([column for _, column in inside], dtype=np.int64)
    cells = model.cells[columns]
    values = programme.weight[cells] / programme.need[programme.area[cells]]
    lost = coo_matrix((values, (rows, columns)), shape=(len(areas), len(model.cells)))
    still = np.ones(len(programme.shortfall), dtype=np.bool_)
    still[model.cells] = False
    gone = np.bincount(
        programme.area[still],
        weights=programme.weight[still] * np.maximum(programme.shortfall[still], 0.0),
        minlength=len(programme.need),
    )
    most = 1.0 - gone[areas] / programme.need[areas]
    shape = (len(areas), len(programme.cost))
    block = bmat([[csr_matrix(shape), lost, csr_matrix(np.ones((len(areas), 1)))]], format="csr")
    matrix = bmat([[model.matrix], [-block]], format="csr")
    return replace(model, matrix=matrix, least=np.concatenate([model.least, -most]))


def _solve(
    programme: Programme, model: _Model, *, objective: Floats, seconds: float
) -> tuple[Bools | None, float]:
    """Minimise; the choice (None where time ran out before the first) and the proven lower bound."""
    measures, cells = len(programme.cost), len(model.cells)
    low = -np.inf if model.floor is None else model.floor
    bounds = Bounds(
        np.concatenate([np.zeros(measures + cells), [low]]),
        np.concatenate([programme.affordable.astype(np.float64), np.full(cells, np.inf), [1.0]]),
    )
    limits = [
        LinearConstraint(model.matrix, model.least, np.inf),
        *_limits(programme, width=measures + cells + 1),
    ]
    while True:
        answer = milp(
            objective,
            integrality=np.concatenate([np.ones(measures), np.zeros(cells + 1)]),
            bounds=bounds,
            constraints=limits,
            options={"mip_rel_gap": 0.0, "time_limit": seconds},
        )
        bound = -np.inf if answer.get("mip_dual_bound") is None else float(answer["mip_dual_bound"])
        if answer.x is None:
            return None, bound
        chosen = np.asarray(answer.x[:measures] > 0.5, dtype=np.bool_)
        if programme.price(chosen) <= programme.budget:
            return chosen, bound
        cut = np.concatenate([chosen.astype(np.float64), np.zeros(cells + 1)])
        limits.append(LinearConstraint(csr_matrix(cut), -np.inf, float(chosen.sum()) - 1.0))


def _limits(programme: Programme, *, width: int) -> list[LinearConstraint]:
    """The budget, as shares of it, and at most one of each group."""
    columns = np.arange(len(programme.cost))
    share = programme.cost / max(programme.budget, 1)
    rows = [csr_matrix((share, (np.zeros_like(columns), columns)), shape=(1, width))]
    for group in np.unique(programme.group[programme.group >= 0]).tolist():
        members = np.flatnonzero(programme.group == group)
        ones = np.ones(len(members))
        rows.append(csr_matrix((ones, (np.zeros_like(members), members)), shape=(1, width)))
    return [LinearConstraint(row, -np.inf, 1.0) for row in rows]
