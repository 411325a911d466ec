"""What the places hand to other rooms."""

import dataclasses
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

Metres = tuple[float, float]


@dataclass(frozen=True)
class CountyInfo:
    """The county with the settings that pages and deeds need."""

    key: str
    name: str
    accent: str = "#0f6b6b"
    languages: tuple[str, ...] = ("de",)
    freshness_months: int = 12
    minimum_cell: int = 5
    demo_date: date | None = None
    settings: dict[str, Any] = dataclasses.field(default_factory=dict)

    def text(self, name: str, *, language: str = "de") -> str:
        """A public text of the county in this language, else in German, else empty."""
        return in_language(self.settings.get("texts", {}).get(name), language=language)

    def office(self, name: str, *, language: str = "de") -> str:
        """What the folder says of the Familienbüro: name, phone, email, address, hours."""
        return in_language(self.settings.get("family_office", {}).get(name), language=language)

    @property
    def spoken_languages(self) -> tuple[str, ...]:
        """The languages that services are searched by, the most spoken first."""
        return tuple(self.settings.get("spoken_languages", self.languages))


def in_language(given: Any, *, language: str) -> str:
    """One text out of a table by language; a bare text holds for all."""
    if isinstance(given, dict):
        given = given.get(language) or given.get("de", "")
    return str(given or "")


class AreaKind(StrEnum):
    """What a part of a municipality is there for."""

    SOCIAL_AREA = "social_area"
    SCHOOL_DISTRICT = "school_district"


class IndicatorAbout(StrEnum):
    """What an indicator counts: how people are, or what they use. A map of need that counts use is circular."""

    NEED = "need"
    USE = "use"


class IndicatorDirection(StrEnum):
    """Which values are good."""

    LOWER = "lower_is_better"
    HIGHER = "higher_is_better"
    NEUTRAL = "neutral"


PERCENT = "percent"
"""The unit of shares; a value of 31.1 is 31.1 of 100."""


class SettlementKind(StrEnum):
    """What stands for where the people of a municipality live."""

    CELLS = "cells"
    VILLAGES = "villages"
    POSTCODES = "postcodes"
    CENTER = "center"


class PlaceKind(StrEnum):
    """What a name on the map may mean."""

    MUNICIPALITY = "municipality"
    VILLAGE = "village"
    POSTCODE = "postcode"


@dataclass(frozen=True, slots=True)
class MunicipalityInfo:
    """A town or municipality; `point` is where its name stands on a map, in metres."""

    ags: str
    name: str
    designation: str
    point: Metres


@dataclass(frozen=True, slots=True)
class AreaGroupInfo:
    """Municipalities that plan together, such as a regional conference."""

    key: str
    name: str
    ags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SocialAreaInfo:
    """A part of a municipality that planning looks at on its own; its boundary (GeoJSON) may not be known."""

    key: str
    name: str
    kind: AreaKind
    ags: str
    boundary: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class PlaceMatch:
    """A place of the county that a text may mean; `score` is 100 where it is written exactly so."""

    kind: PlaceKind
    name: str
    ags: str
    municipality: str
    point: Metres | None
    """Where it lies, in metres; nothing where a village's position is not known."""
    score: float

    @property
    def label(self) -> str:
        """How people say it: Düren; Gürzenich (Düren); 52349 Düren."""
        if self.kind is PlaceKind.MUNICIPALITY:
            return self.municipality
        if self.kind is PlaceKind.POSTCODE:
            return f"{self.name} {self.municipality}"
        return f"{self.name} ({self.municipality})"


@dataclass(frozen=True, slots=True)
class OutsideCounty:
    """The text means a place that is not ours; `similar` are places of ours with nearly that name."""

    name: str
    similar: tuple[PlaceMatch, ...] = ()


@dataclass(frozen=True, slots=True)
class PostcodePlace:
    """What a postcode stands for: its municipality and a point in degrees and in metres."""

    code: str
    place: str
    ags: str
    longitude: float
    latitude: float
    point: Metres


@dataclass(frozen=True, slots=True)
class NearPlace:
    """A village with its distance in metres."""

    name: str
    ags: str
    municipality: str
    distance: float


@dataclass(frozen=True, slots=True)
class YouthOfficeInfo:
    """The youth office that is competent for an address.

    `organization` is its name in the directory, `team` whoever sees reports first; empty where it does not work here.
    """

    key: str
    name: str
    phone: str
    website: str
    ags: tuple[str, ...]
    organization: str = ""
    team: str = ""


@dataclass(frozen=True, slots=True)
class Settlement:
    """A point where people live, in metres; `persons` is nothing where nobody knows."""

    ags: str
    point: Metres
    persons: int | None
    kind: SettlementKind


@dataclass(frozen=True, slots=True)
class IndicatorDefinition:
    """What an indicator means; of a use, `phase`, `field` and `need` as in `IndicatorInfo`."""

    key: str
    label: str
    direction: IndicatorDirection
    about: IndicatorAbout
    phase: str = ""
    field: str = ""
    need: str = ""


@dataclass(frozen=True, slots=True)
class IndicatorReading:
    """One value at one place in one year, with the numbers behind it where they are known."""

    indicator: str
    ags: str
    year: int
    value: float
    numerator: float | None
    denominator: float | None
    unit: str
    source: str


@dataclass(frozen=True, slots=True)
class IndicatorsWritten:
    """What writing indicators did: how many were defined, and of the values how many are new, changed, the same."""

    defined: int
    added: int
    changed: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class IndicatorInfo:
    """What is measured, which direction is good, and the values by year and municipality.

    Of a use, `phase` and `field` say where, and `need` which need it should follow.
    """

    key: str
    label: str
    direction: str
    about: IndicatorAbout
    phase: str = ""
    field: str = ""
    need: str = ""
    unit: str = ""
    source: str = ""
    values: dict[int, dict[str, float]] = dataclasses.field(default_factory=dict)
    counts: dict[int, dict[str, tuple[float | None, float | None]]] = dataclasses.field(default_factory=dict)
    """Numerator and denominator by year and municipality, where they are known."""
    sources: dict[int, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    """Where the values of a year come from."""
    own_years: frozenset[int] = frozenset()
    """Years of which values were read in here, not loaded with the county's folder."""

    @property
    def latest(self) -> int | None:
        """The latest year with a value."""
        return max(self.values, default=None)
