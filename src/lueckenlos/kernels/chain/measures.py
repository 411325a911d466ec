"""The next best measure: which steps under a budget take away most missing places, or lift the worst-off area most.

A cell's shortfall is (target − reach at most) · children / 100 places a year: sure gaps, favourably read; it may
be negative (more than the target). Each measure changes the places of cells linearly (see `spread`): a capacity is
divided by the children in its reach, so twice the places give twice the reach. A wider catchment of the same
capacity takes from those who had it; such losses are negative gains and counted. Two measures on the same service
do not add up: give them the same `group`, of which at most one is chosen.

Programme: minimise Σ weight · u over cells, u ≥ shortfall − Σ gain · x, u ≥ 0, Σ cost · x ≤ budget, x ∈ {0, 1}
(a knapsack of concave coverage; NP-hard), solved by branch and bound (HiGHS through `scipy.optimize.milp`), with
the proven bound beside it. The fairest choice first maximises the smallest share of need met in any area that
some affordable measure helps, then again minimises the missing places. What changes nothing is not bought.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.sparse import csc_matrix

from lueckenlos.kernels.chain.programmes import (
    Programme,
    greedily,
    least_missing,
    nothing,
    without_idle,
    worst_lifted,
)
from lueckenlos.kernels.chain.types import AreaChange, Bools, Cell, CellKey, Choice, Floats, Step, Why

TINY = 1e-9


class NegativeBudget(ValueError):
    """A budget is below nothing."""

    def __init__(self, budget: int) -> None:
        super().__init__(f"the budget is {budget}")
        self.budget = budget


class BadMeasure(ValueError):
    """A measure cannot be reckoned with: `what` is cost, gain or key (given twice), `value` what stands there."""

    def __init__(self, measure: str, *, what: str, value: float | str) -> None:
        super().__init__(f"{measure}: {what} is {value}")
        self.measure, self.what, self.value = measure, what, value


@dataclass(frozen=True, slots=True)
class Shortage:
    """A cell with a target: children, places a year per 100 children wanted and at most reached, weight of need."""

    area: str
    phase: str
    field: str
    children: float
    target: float
    reach: float
    weight: float = 1.0

    @property
    def key(self) -> CellKey:
        """The cell that it is about."""
        return self.area, self.phase, self.field

    @property
    def places(self) -> float:
        """Places a year that are missing; negative where there are more than the target asks for."""
        return (self.target - self.reach) * self.children / 100.0

    @property
    def need(self) -> float:
        """Places a year that the target asks for."""
        return self.target * self.children / 100.0


@dataclass(frozen=True, slots=True)
class Measure:
    """One candidate: its cost in whole euros a year, and places a year that it gives to cells (or takes)."""

    key: str
    step: Step
    cost: int
    gains: Mapping[CellKey, float]
    group: str | None = None
    """Of the measures of a group at most one is chosen."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The choice with the least missing places, the fairest, and greedy's beside them.

    `beyond_help` are areas that miss places and that no affordable measure helps; `unjudged` are measures that
    touch no cell with a target; `too_dear` cost more than the budget.
    """

    budget: int
    least: Choice
    fairest: Choice
    greedy: Choice
    beyond_help: tuple[str, ...] = ()
    unjudged: tuple[str, ...] = ()
    too_dear: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class _Case:
    shortages: tuple[Shortage, ...]
    measures: tuple[Measure, ...]
    areas: tuple[str, ...]
    programme: Programme
    plain: Floats = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "plain", self.programme.missing(nothing(self.programme)))


def shortages(cells: Iterable[Cell], *, weights: Mapping[str, float] | None = None) -> tuple[Shortage, ...]:
    """The cells that have children and a target, with reach at most; `weights` by area, 1 where none is given."""
    given = weights or {}
    return tuple(
        Shortage(cell.area, cell.phase, cell.field, cell.children, cell.target, cell.reach_hi,
                 given.get(cell.area, 1.0))
        for cell in cells if cell.target is not None and cell.children > 0
    )  # fmt: skip


def spread(
    places: float, *, shares: Mapping[tuple[str, str], float], fields: Iterable[str]
) -> dict[CellKey, float]:
    """Places of one service over the cells of its fields: in proportion to its weighted children.

    `shares` are the weighted children that it reaches, Σ_i w · D, by (area, phase) (step 2 of E2SFCA, Luo and Qi
    2009, times D / 100). A service of several fields counts fully in each; nobody in reach: no places.
    """
    reached = math.fsum(shares.values())
    if reached <= 0:
        return {}
    return {
        (area, phase, each): places * weight / reached
        for (area, phase), weight in shares.items()
        for each in dict.fromkeys(fields)
        if weight > 0
    }


def difference(before: Mapping[CellKey, float], after: Mapping[CellKey, float]) -> dict[CellKey, float]:
    """The gains of changing a service: places after less places before, negative where it takes away."""
    changed = {key: after.get(key, 0.0) - before.get(key, 0.0) for key in dict.fromkeys([*before, *after])}
    return {key: places for key, places in changed.items() if abs(places) > TINY}


def choose(
    shortages: Iterable[Shortage], measures: Iterable[Measure], *, budget: int, seconds: float = 10.0
) -> Plan:
    """Choose under a budget (whole euros a year) what minimises weighted missing places, and what is fairest.

    `seconds` is how long each of the three programmes may be solved; then the best found stands with its gap.
    A budget of 0 buys nothing. Raises `NegativeBudget`, `BadMeasure`. Order of the input changes nothing.
    """
    if budget < 0:
        raise NegativeBudget(budget)
    case = _case(shortages, measures, budget=budget)
    programme = case.programme
    least = least_missing(programme, seconds=seconds)
    fairest = worst_lifted(programme, start=least.chosen, seconds=seconds)
    total = programme.total(least.chosen)
    helped = programme.liftable.tolist()
    lost = np.bincount(case.programme.area, weights=case.plain, minlength=len(case.areas)).tolist()
    return Plan(
        budget=budget,
        least=_choice(case, least.chosen, gap=max(0.0, total - least.bound) / total if total > TINY else 0.0),
        fairest=_choice(case, fairest.chosen, gap=max(0.0, fairest.bound - programme.worst(fairest.chosen))),
        greedy=_choice(case, without_idle(programme, greedily(programme)), gap=None),
        beyond_help=tuple(
            area for area, able, places in zip(case.areas, helped, lost, strict=True)
            if places > TINY and not able
        ),
        unjudged=tuple(
            measure.key for measure, count in zip(case.measures, np.diff(programme.gain.indptr), strict=True)
            if count == 0
        ),
        too_dear=tuple(measure.key for measure in case.measures if measure.cost > budget),
    )  # fmt: skip


def _case(shortages: Iterable[Shortage], measures: Iterable[Measure], *, budget: int) -> _Case:
    cells = tuple(sorted(shortages, key=lambda each: each.key))
    candidates = _checked(sorted(measures, key=lambda each: each.key))
    areas = tuple(sorted({each.area for each in cells}))
    row_of = {each.key: row for row, each in enumerate(cells)}
    area_of = {area: row for row, area in enumerate(areas)}
    group_of = {name: number for number, name in enumerate(sorted({m.group for m in candidates if m.group}))}
    entries = [
        (row_of[key], column, places)
        for column, measure in enumerate(candidates)
        for key, places in sorted(measure.gains.items())
        if key in row_of and places != 0
    ]
    weight = np.array([each.weight for each in cells], dtype=np.float64)
    area = np.array([area_of[each.area] for each in cells], dtype=np.int64)
    need = np.array([each.need for each in cells], dtype=np.float64)
    gain = csc_matrix(
        ([places for _, _, places in entries], ([row for row, _, _ in entries], [at for _, at, _ in entries])),
        shape=(len(cells), len(candidates)), dtype=np.float64,
    )  # fmt: skip
    programme = Programme(
        shortfall=np.array([each.places for each in cells], dtype=np.float64),
        weight=weight,
        area=area,
        need=np.bincount(area, weights=weight * need, minlength=len(areas)).astype(np.float64),
        gain=gain,
        cost=np.array([measure.cost for measure in candidates], dtype=np.int64),
        group=np.array([group_of[m.group] if m.group else -1 for m in candidates], dtype=np.int64),
        budget=budget,
    )
    return _Case(cells, candidates, areas, programme)


def _checked(measures: Sequence[Measure]) -> tuple[Measure, ...]:
    seen: set[str] = set()
    for measure in measures:
        if measure.key in seen:
            raise BadMeasure(measure.key, what="key", value=measure.key)
        if measure.cost < 0:
            raise BadMeasure(measure.key, what="cost", value=measure.cost)
        for places in measure.gains.values():
            if not math.isfinite(places):
                raise BadMeasure(measure.key, what="gain", value=places)
        seen.add(measure.key)
    return tuple(measures)


def _choice(case: _Case, chosen: Bools, *, gap: float | None) -> Choice:
    programme, before = case.programme, nothing(case.programme)
    after = programme.missing(chosen)
    count = len(case.areas)
    lost = [
        np.bincount(programme.area, weights=each, minlength=count).tolist() for each in (case.plain, after)
    ]
    met = [programme.shares(each).tolist() for each in (before, chosen)]
    why = [_why(case, chosen, column) for column in np.flatnonzero(chosen).tolist()]
    why.sort(key=lambda each: (-each.places, each.measure))
    return Choice(
        measures=tuple(each.measure for each in why),
        cost=programme.price(chosen),
        missing_before=float(case.plain.sum()),
        missing_after=float(after.sum()),
        weighted_before=programme.total(before),
        weighted_after=programme.total(chosen),
        worst_before=programme.worst(before),
        worst_after=programme.worst(chosen),
        areas=tuple(AreaChange(*row) for row in zip(case.areas, *lost, *met, strict=True)),
        why=tuple(why),
        gap=gap,
    )


def _why(case: _Case, chosen: Bools, column: int) -> Why:
    without = chosen.copy()
    without[column] = False
    again = case.programme.missing(without) - case.programme.missing(chosen)
    rows = np.flatnonzero(np.abs(again) > TINY).tolist()
    cells = [(case.shortages[row].key, float(again[row])) for row in rows]
    measure, places = case.measures[column], float(again.sum())
    return Why(
        measure=measure.key,
        step=measure.step,
        cost=measure.cost,
        places=places,
        places_per_euro=places / measure.cost if measure.cost else None,
        cells=tuple(sorted(cells, key=lambda each: (-each[1], each[0]))),
    )
