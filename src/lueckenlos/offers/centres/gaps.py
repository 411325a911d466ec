"""What the quarter of a centre lacks: phases and fields in which the directory knows nothing there.

What is in the quarter is told by where services are. Where no quarter is drawn or known, the municipality is counted.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from lueckenlos.commons.directory import selectors as directory
from lueckenlos.commons.directory.types import Label, PhaseView, PlanningEntry
from lueckenlos.commons.places import selectors as places
from lueckenlos.commons.signals import selectors as signals

YEAR: Final = timedelta(days=365)


class Supply(StrEnum):
    """The nearest that there is in a phase and field."""

    NOTHING = "nothing"
    COUNTY_ONLY = "county_only"
    HERE = "here"
    QUARTER = "quarter"


@dataclass(frozen=True, slots=True)
class Cell:
    """One phase and field: services in the quarter, of the municipality, of the whole county, and of the members."""

    field: Label
    quarter: int
    here: int
    whole_county: int
    members: int

    @property
    def supply(self) -> Supply:
        """The nearest of it."""
        if self.quarter:
            return Supply.QUARTER
        if self.here:
            return Supply.HERE
        return Supply.COUNTY_ONLY if self.whole_county else Supply.NOTHING


@dataclass(frozen=True, slots=True)
class PhaseGaps:
    """One phase with all its fields."""

    phase: PhaseView
    cells: tuple[Cell, ...]

    def of(self, supply: Supply) -> tuple[Cell, ...]:
        """The fields in which there is no nearer than this."""
        return tuple(each for each in self.cells if each.supply is supply)


@dataclass(frozen=True, slots=True)
class Asked:
    """How often families asked in vain in a year, by phase and field; what was not said is empty."""

    phase: str
    field: str
    count: int


def gaps(
    entries: Iterable[PlanningEntry],
    ags: str,
    *,
    members: Iterable[UUID],
    today: date,
    quarter: str | None = None,
) -> tuple[PhaseGaps, ...]:
    """Every phase and field of the county for one municipality, and for a quarter of it where one is named."""
    catalog = directory.catalog()
    inside = frozenset(members)
    usable = [entry for entry in entries if entry.is_for_families_on(today)]
    near = _in_quarter(usable, quarter=quarter)
    counted = {name: Counter[tuple[str, str]]() for name in ("quarter", "here", "whole_county", "members")}
    for entry in usable:
        cells = [(phase, field) for phase in entry.phases for field in entry.fields]
        if entry.key in near:
            counted["quarter"].update(cells)
        if entry.serves(ags):
            counted["here"].update(cells)
        elif entry.whole_county:
            counted["whole_county"].update(cells)
        if entry.organization_id in inside:
            counted["members"].update(cells)
    return tuple(
        PhaseGaps(
            phase,
            tuple(
                Cell(field, **{name: found[phase.key, field.key] for name, found in counted.items()})
                for field in catalog.fields
            ),
        )
        for phase in catalog.phases
    )


def without_address(entries: Iterable[PlanningEntry], ags: str, *, today: date) -> int:
    """Services for a municipality of which nobody knows where in it they are: they count for no quarter."""
    return sum(
        entry.is_for_families_on(today)
        and entry.serves(ags)
        and not any(site.ags == ags for site in entry.sites)
        for entry in entries
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


def _in_quarter(entries: Sequence[PlanningEntry], *, quarter: str | None) -> frozenset[str]:
    """The services of which a place lies in the quarter, by key."""
    if quarter is None:
        return frozenset()
    sites = [(entry.key, site.point) for entry in entries for site in entry.sites]
    areas = places.social_areas_at([point for _key, point in sites])
    return frozenset(key for (key, _point), area in zip(sites, areas, strict=True) if area == quarter)
