"""The values that the chain's calculations take and give: places, people, services, targets, cells."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

CellKey = tuple[str, str, str]
"""(area, phase, field)."""

OLDEST = 100
"""Single years of age that a population has: 0 to 99."""


class Basis(StrEnum):
    """What stands for where the people of an area live."""

    CELLS = "cells"
    VILLAGES = "villages"
    POSTCODES = "postcodes"
    CENTER = "center"


class Verdict(StrEnum):
    """What a cell or a seam is, by section 3 of the calculations."""

    GAP = "gap"
    CHECK = "check"
    CLOSED = "closed"
    NO_TARGET = "no_target"
    NO_CHILDREN = "no_children"


class Rule(StrEnum):
    """Why a cell is as it is; each rule has its threshold and the rows that it rests on."""

    NO_OFFER = "no_offer"
    NOT_REACHABLE = "not_reachable"
    NONE_HERE = "none_here"
    TOO_FEW = "too_few"
    KIND_MISSING = "kind_missing"
    CLOSED_TO_GROUP = "closed_to_group"
    CHAIN_BROKEN = "chain_broken"
    FUNDING_ENDS = "funding_ends"
    DATA_OPEN = "data_open"
    NOT_KNOWN = "not_known"
    DOUBLE = "double"
    MISSED_NEED = "missed_need"


class Step(StrEnum):
    """What a measure does."""

    NEW_PLACE = "new_place"
    MORE_PLACES = "more_places"
    WIDER_CATCHMENT = "wider_catchment"
    NEW_LANGUAGE = "new_language"
    OUTREACH = "outreach"
    TRANSFER = "transfer"


class Serving(StrEnum):
    """Whom a service is for, as far as the calculations care."""

    CHILDREN = "children"
    PARENTS = "parents"
    PROFESSIONALS = "professionals"


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of growing up in years (before birth negative) and how far families go in it (km)."""

    key: str
    age_from: float
    age_to: float
    decay_km: float


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of service: what it amounts to, and the most places that one of it usually has in a year."""

    key: str
    intensity: str
    usual_max: int
    is_basic: bool = False


@dataclass(frozen=True, eq=False)
class Areas:
    """The areas, where their people live, and how many there are of each age.

    `persons` is areas x OLDEST, single years of age; points are in metres (ETRS89 / UTM 32N), `sizes`
    may hold 0 or nan where nobody knows: such a point has weight 1.
    """

    keys: tuple[str, ...]
    persons: Floats
    point_area: Ints
    points: Floats
    sizes: Floats
    basis: tuple[Basis, ...]

    @cached_property
    def index(self) -> dict[str, int]:
        """The row of each area's key."""
        return {key: row for row, key in enumerate(self.keys)}


@dataclass(frozen=True, slots=True)
class Site:
    """Where a service is: metres, and the area that holds it (None where it lies outside)."""

    x: float
    y: float
    area: str | None
    town: str = ""
    street: str = ""


@dataclass(frozen=True, slots=True)
class Service:
    """One service as the calculations see it; `catchment` None is everybody, `travels` comes to the family."""

    key: str
    name: str = ""
    organization: str = ""
    kind: str | None = None
    phases: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    age_min: float | None = None
    age_max: float | None = None
    serving: Serving = Serving.CHILDREN
    travels: bool = False
    sites: tuple[Site, ...] = ()
    catchment: frozenset[str] | None = None
    capacity: int | None = None
    is_active: bool = True
    valid_from: date | None = None
    valid_to: date | None = None
    verified_on: date | None = None
    languages: frozenset[str] = frozenset()
    accessible: bool | None = None
    is_free: bool = False
    waiting_weeks: int | None = None
    funding_ends: date | None = None
    bridge: tuple[str, str] | None = None
    weekdays: frozenset[int] = frozenset()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """Places a year for 100 children of a phase and field, or of a seam where `to` names the next phase.

    `area` is None for the county; `intensities` empty means all that help (see `HELPING`).
    """

    phase: str
    field: str
    places_per_100: float
    area: str | None = None
    to: str | None = None
    is_essential: bool = False
    need_indicator: str | None = None
    intensities: frozenset[str] = frozenset()


NOT_HELPING = frozenset({"information", "duty_or_cash", "professional"})
"""Intensities that fill no target for help unless a target names them."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The county's thresholds; every one has a sensible default."""

    freshness_months: int = 12
    kind_spread: float = 0.5
    """Share of the areas that a kind must reach before it is missed in the others."""
    group_languages: Mapping[str, float] = field(default_factory=dict)
    """Share of children by language that their families speak, without German."""
    language_share: float = 0.05
    waiting_weeks: int = 8
    funding_months: int = 12
    known_share: float = 0.5
    """Below this share of those asked who know a service it counts as not known."""


@dataclass(frozen=True, eq=False)
class Evidence:
    """What other rooms know of a cell: (area, phase, field) to the share of people who know what there is;
    and indicators of use with the need that they should follow."""

    known: Mapping[tuple[str, str, str], float] = field(default_factory=dict)
    missed_need: Mapping[tuple[str, str, str], tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class County:
    """Everything that one calculation of the chain rests on."""

    areas: Areas
    phases: tuple[Phase, ...]
    fields: tuple[str, ...]
    kinds: Mapping[str, Kind]
    services: tuple[Service, ...]
    targets: tuple[Target, ...]
    indicators: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    """Latest value by indicator and area."""
    settings: Settings = Settings()
    evidence: Evidence = field(default_factory=Evidence)


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason of a cell: the rule, the kind or group that it is about, the services that it rests on."""

    rule: Rule
    kind: str | None = None
    group: str | None = None
    services: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Share:
    """What one service gives to one cell: places a year per 100 children, at least and at most."""

    service: str
    reach_lo: float
    reach_hi: float


@dataclass(frozen=True, slots=True)
class Cell:
    """One area, phase and field, with what it needs, what reaches it, and why it is as it is."""

    area: str
    phase: str
    field: str
    children: float
    target: float | None
    is_essential: bool
    reach_lo: float
    reach_hi: float
    verdict: Verdict
    missing_lo: float
    missing_hi: float
    services: tuple[Share, ...] = ()
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Seam:
    """The way from one phase to the next in one area."""

    area: str
    phase: str
    to: str
    children: float
    target: float | None
    is_essential: bool
    reach_lo: float
    reach_hi: float
    verdict: Verdict
    services: tuple[Share, ...] = ()


@dataclass(frozen=True, slots=True)
class DuplicateGroup:
    """Services that look like the same thing twice, and by which evidence."""

    services: tuple[str, ...]
    rule: str
    """same_place_and_weekday or similar_text"""
    phases: tuple[str, ...]
    surplus: float | None = None
    """Joint places at most over the need of those whom they share; None where no target says the need."""


@dataclass(frozen=True, slots=True)
class Run:
    """The most consecutive closed phases of one field in one area, and the phases without target passed over."""

    area: str
    field: str
    first: str | None
    last: str | None
    length: int
    without_target: int


@dataclass(frozen=True, eq=False)
class Chain:
    """The chain of one day: cells (area, then phase, then field), seams, duplicates, continuity."""

    as_of: date
    cells: tuple[Cell, ...]
    seams: tuple[Seam, ...]
    duplicates: tuple[DuplicateGroup, ...]
    continuity: float
    runs: tuple[Run, ...]

    @cached_property
    def by_place(self) -> dict[tuple[str, str, str], Cell]:
        """Cells by (area, phase, field)."""
        return {(cell.area, cell.phase, cell.field): cell for cell in self.cells}


@dataclass(frozen=True, slots=True)
class AreaChange:
    """Missing places of an area before and after, and the share of its weighted need that is met."""

    area: str
    missing_before: float
    missing_after: float
    met_before: float
    met_after: float


@dataclass(frozen=True, slots=True)
class Why:
    """Why a measure was chosen: without it, beside all the others chosen, so many places would be missing again.

    The places of several measures need not add up to what all of them win: two may share the credit of a cell.
    """

    measure: str
    step: Step
    cost: int
    places: float
    places_per_euro: float | None
    """None where it costs nothing."""
    cells: tuple[tuple[CellKey, float], ...]
    """Places by cell, most first; negative where the measure takes from a cell."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A set of measures with what it costs and wins; places a year, `weighted_` by need.

    `gap` is how far the choice may at most be from the best there is: as a share of the weighted missing places,
    for the fairest as a difference of shares met; 0 is proven optimal; None for greedy, which proves nothing.
    """

    measures: tuple[str, ...]
    cost: int
    missing_before: float
    missing_after: float
    weighted_before: float
    weighted_after: float
    worst_before: float
    """The smallest share of need met among the areas that can be lifted."""
    worst_after: float
    areas: tuple[AreaChange, ...]
    why: tuple[Why, ...]
    gap: float | None
