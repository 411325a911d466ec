"""Where sport is missing: programmes ahead and services by municipality and phase of life, empty cells included."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from lueckenlos.commons.directory import selectors as directory
from lueckenlos.commons.directory.types import PhaseView
from lueckenlos.commons.places import selectors as places
from lueckenlos.core import clock
from lueckenlos.offers.programmes import selectors as programmes
from lueckenlos.offers.programmes.types import Filters, Kind, ProgrammeView


@dataclass(frozen=True, slots=True)
class Cell:
    """What there is for one phase in one municipality."""

    programmes: int
    services: int

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing at all."""
        return not self.programmes and not self.services


@dataclass(frozen=True, slots=True)
class Row:
    """One municipality with all phases."""

    ags: str
    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """All municipalities and phases; `everywhere` counts services that are for the whole county and stand in no cell."""

    phases: tuple[PhaseView, ...]
    rows: tuple[Row, ...]
    everywhere: int

    @property
    def empty(self) -> int:
        """How many cells have nothing."""
        return sum(cell.is_empty for row in self.rows for cell in row.cells)


def table(field: str, *, kinds: Iterable[Kind], now: datetime) -> Table:
    """Count programmes of these kinds and services of this field; children before birth do no sport."""
    phases = tuple(each for each in directory.catalog().phases if each.age_from >= 0)
    towns = places.municipalities()
    ahead = [view for kind in kinds for view in programmes.upcoming(Filters(kind=kind), now=now)]
    held: Counter[tuple[str, str]] = Counter(
        (view.ags, phase.key) for view in ahead if view.ags for phase in phases if _is_for(view, phase)
    )
    there: Counter[tuple[str, str]] = Counter()
    everywhere = 0
    today = clock.day_of(now)
    for entry in directory.planning_entries():
        if field not in entry.fields or not entry.is_for_families_on(today):
            continue
        own = [town.ags for town in towns if entry.serves(town.ags)]
        there.update((ags, phase) for ags in own for phase in entry.phases)
        everywhere += not own
    rows = (
        Row(
            town.ags,
            town.name,
            tuple(Cell(held[town.ags, phase.key], there[town.ags, phase.key]) for phase in phases),
        )
        for town in towns
    )
    return Table(phases, tuple(rows), everywhere)


def _is_for(view: ProgrammeView, phase: PhaseView) -> bool:
    """Whether somebody of this phase may come; ages are completed years."""
    youngest = view.age_min if view.age_min is not None else 0
    return youngest < phase.age_to and (view.age_max is None or view.age_max + 1 > phase.age_from)
