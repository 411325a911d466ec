"""What the places hand to other rooms."""

from dataclasses import dataclass, field
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
    settings: dict[str, Any] = field(default_factory=dict)

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
    """The youth office that is competent for an address."""

    key: str
    name: str
    phone: str
    website: str
    ags: tuple[str, ...]
