"""What the chain hands to other rooms and to its own pages."""

from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from lueckenlos.kernels.chain.types import Chain, Verdict

__all__ = [
    "CellKey",
    "Drawn",
    "DuplicateVerdict",
    "Knowledge",
    "Labels",
    "Narrowing",
    "PictureView",
    "PictureWish",
    "ScenarioDeed",
    "ScenarioState",
    "SiteState",
    "Standing",
    "TargetOrigin",
    "TargetView",
    "TargetWords",
    "Verdict",
]


class Standing(StrEnum):
    """How far a cell, a gap, a note or a figure has gone: each step is taken by Koordination."""

    INTERNAL = "internal"
    SHARED = "shared"
    PUBLIC = "public"


class DuplicateVerdict(StrEnum):
    """What is to become of services that look like the same thing twice."""

    TALK = "talk"
    INTENDED = "intended"
    MERGED = "merged"


class ScenarioState(StrEnum):
    """What became of a what-if."""

    OPEN = "open"
    KEPT = "kept"
    DISCARDED = "discarded"


class ScenarioDeed(StrEnum):
    """What a what-if may change."""

    TARGET = "target"
    CAPACITY = "capacity"
    ADD_SERVICE = "add_service"
    REMOVE_SERVICE = "remove_service"
    CATCHMENT = "catchment"
    LANGUAGE = "language"


class SiteState(StrEnum):
    """How far the choice of a site has come."""

    DRAFT = "draft"
    DECIDED = "decided"


class TargetOrigin(StrEnum):
    """Where a target of a cell comes from."""

    COUNTY = "county"
    MUNICIPALITY = "municipality"


@dataclass(frozen=True, slots=True, order=True)
class CellKey:
    """One cell: area, phase and field; of a seam `to` names the next phase and the field is empty."""

    area: str
    phase: str
    field: str = ""
    to: str = ""

    @property
    def subject(self) -> str:
        """The key under which notes and states are kept."""
        return f"{self.area}:{self.phase}>{self.to}" if self.to else f"{self.area}:{self.phase}:{self.field}"


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Which services are looked at; empty is all of them. A language, say, asks: what if one speaks only that?"""

    language: str = ""
    free: bool = False
    accessible: bool = False
    format: str = ""
    kind: str = ""
    audience: str = ""
    """A word that the services' texts must hold: "offers also for …"."""

    def __bool__(self) -> bool:
        return any(getattr(self, each.name) for each in fields(self))

    def without(self, name: str) -> "Narrowing":
        """The same without one of its words."""
        cleared: dict[str, Any] = {name: False if isinstance(getattr(self, name), bool) else ""}
        return replace(self, **cleared)


class PictureView(StrEnum):
    """How the chain is shown; the picture is a list on a phone."""

    PICTURE = "bild"
    LIST = "liste"
    TABLE = "tabelle"
    MAP = "karte"
    TILES = "kacheln"


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureWish:
    """What somebody wants to see of the chain; the address of the page says it, so that it can be shared."""

    view: PictureView = PictureView.PICTURE
    area: str | None = None
    """A municipality's key, "" the whole county, None where nothing was said."""
    field: str = ""
    phase: str = ""
    to: str = ""
    narrowing: Narrowing = Narrowing()
    day: date | None = None
    beside: str = ""
    """A municipality to compare with."""
    beside_day: date | None = None


@dataclass(frozen=True, slots=True)
class Labels:
    """The German words of the county's data by key."""

    areas: dict[str, str]
    phases: dict[str, str]
    fields: dict[str, str]
    kinds: dict[str, str]
    services: dict[str, str] = field(default_factory=dict)
    indicators: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What was known of places and people from a moment on; the chain of a past day rests on it."""

    known_at: datetime
    cause: str
    content: dict[str, Any]


@dataclass(frozen=True, slots=True)
class TargetView:
    """A target as it stands, with what it rests on."""

    area: str
    phase: str
    field: str
    to: str
    places_per_100: float | None
    is_essential: bool
    need_indicator: str
    intensities: tuple[str, ...]
    basis: str
    resolution: str
    resolved_on: date | None
    known_at: datetime
    by: UUID | None
    from_folder: bool

    @property
    def key(self) -> CellKey:
        """The cell or seam that it is for."""
        return CellKey(self.area, self.phase, self.field, self.to)


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetWords:
    """What somebody says of one target: how many places, for whom, and on which grounds."""

    places_per_100: float
    is_essential: bool = False
    need_indicator: str = ""
    intensities: tuple[str, ...] = ()
    basis: str = ""
    resolution: str = ""
    resolved_on: date | None = None


@dataclass(frozen=True, eq=False)
class Drawn:
    """A chain with what is needed to show it: the words, and what it was asked for."""

    chain: Chain
    labels: Labels
    phases: tuple[str, ...]
    fields: tuple[str, ...]
    areas: tuple[str, ...]
    narrowing: Narrowing = Narrowing()
    year: int | None = None
