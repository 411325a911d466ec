"""What the quarter of a centre lacks: phases and fields in which the directory knows nothing for its municipality.

The directory knows where a service is and whom it is for by municipality, not by quarter: so that is what is counted.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from lueckenlos.commons.directory import selectors as directory
from lueckenlos.commons.directory.types import Label, PhaseView
from lueckenlos.commons.places import selectors as places
from lueckenlos.commons.signals import selectors as signals

YEAR: Final = timedelta(days=365)


class Supply(StrEnum):
    """What there is in a phase and field for a municipality."""

    NOTHING = "nothing"
    COUNTY_ONLY = "county_only"
    HERE = "here"


@dataclass(frozen=True, slots=True)
class Cell:
    """One phase and field: services of the municipality, of the whole county, and of the members."""

    field: Label
    here: int
    whole_county: int
    members: int

    @property
    def supply(self) -> Supply:
        """The best of it."""
        if self.here:
            return Supply.HERE
        return Supply.COUNTY_ONLY if self.whole_county else Supply.NOTHING


@dataclass(frozen=True, slots=True)
class PhaseGaps:
    """One phase with all its fields."""

    phase: PhaseView
    cells: tuple[Cell, ...]

    def of(self, supply: Supply) -> tuple[Cell, ...]:
        """The fields in which there is no more than this."""
        return tuple(each for each in self.cells if each.supply is supply)


@dataclass(frozen=True, slots=True)
class Asked:
    """How often families asked in vain in a year, by phase and field; what was not said is empty."""

    phase: str
    field: str
    count: int


def gaps(ags: str, *, members: Iterable[UUID], today: date) -> tuple[PhaseGaps, ...]:
    """Every phase and field of the county for one municipality."""
    catalog = directory.catalog()
    inside = frozenset(members)
    here: Counter[tuple[str, str]] = Counter()
    whole: Counter[tuple[str, str]] = Counter()
    own: Counter[tuple[str, str]] = Counter()
    for entry in directory.planning_entries():
        if not entry.is_for_families_on(today):
            continue
        cells = [(phase, field) for phase in entry.phases for field in entry.fields]
        if entry.serves(ags):
            here.update(cells)
        elif entry.whole_county:
            whole.update(cells)
        if entry.organization_id in inside:
            own.update(cells)
    return tuple(
        PhaseGaps(
            phase,
            tuple(
                Cell(field, *(found[phase.key, field.key] for found in (here, whole, own)))
                for field in catalog.fields
            ),
        )
        for phase in catalog.phases
    )


def asked(ags: str, *, today: date) -> tuple[Asked, ...]:
    """What was looked for in vain from here in a year, from the county's minimum on, most first."""
    counted: dict[tuple[str, str], int] = defaultdict(int)
    for cell in signals.by_cell(since=today - YEAR):
        if cell.ags == ags and cell.answer is None:
            counted[cell.phase, cell.field] += cell.count
    catalog = directory.catalog()
    phases = {each.key: each.label for each in catalog.phases}
    fields = {each.key: each.label for each in catalog.fields}
    minimum = places.county().minimum_cell
    found = (
        Asked(phases.get(phase, ""), fields.get(field, ""), count)
        for (phase, field), count in counted.items()
        if count >= minimum and (phase or field)
    )
    return tuple(sorted(found, key=lambda each: (-each.count, each.phase, each.field)))
