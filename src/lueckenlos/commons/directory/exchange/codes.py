"""The German profile's code lists: taxonomies, their terms and the ids that never change."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final
from uuid import NAMESPACE_URL, UUID, uuid5

Row = dict[str, Any]
NAMESPACE: Final = uuid5(NAMESPACE_URL, "urn:lueckenlos:profile-de")
"""All ids of taxonomies and terms are UUIDv5 in this namespace: the same code has the same id everywhere."""
VERSION: Final = "1"

LIFE_PHASE: Final = "life_phase"
ACTION_FIELD: Final = "action_field"
KIND: Final = "kind"
AUDIENCE: Final = "audience"
FORMAT: Final = "format"
ACCESS: Final = "access"
ORGANIZATION_KIND: Final = "organization_kind"
MUNICIPALITY: Final = "municipality"
BRIDGE: Final = "bridge"
EXCEPTION: Final = "exception"
FACT: Final = "fact"
TEXT_STATE: Final = "text_state"

TAXONOMIES: Final[Mapping[str, tuple[str, str]]] = {
    LIFE_PHASE: ("Lebensphasen", "In welchem Abschnitt des Aufwachsens ein Angebot hilft."),
    ACTION_FIELD: ("Handlungsfelder", "Zu welchem Bereich der Präventionskette ein Angebot gehört."),
    KIND: ("Angebotsarten", "Welche Art von Angebot es ist."),
    AUDIENCE: ("Zielgruppen", "An wen sich ein Angebot richtet."),
    FORMAT: ("Formen", "Wie ein Angebot Menschen erreicht."),
    ACCESS: ("Zugänge", "Wie man anfängt."),
    ORGANIZATION_KIND: ("Trägerarten", "Wer den Träger trägt."),
    MUNICIPALITY: ("Gemeinden", "Gemeinden mit dem amtlichen Gemeindeschlüssel (AGS) als Code."),
    EXCEPTION: ("Ausnahmen", "Wann ein Zeitplan nicht gilt."),
    FACT: ("Angaben", "Einzelne Angaben, für die Open Referral keine eigene Eigenschaft hat."),
    TEXT_STATE: ("Stand einer Übersetzung", "Wie weit man sich auf einen übersetzten Text verlassen kann."),
}
FACTS: Final[Mapping[str, str]] = {
    "key": "Fester Schlüssel",
    "valid_from": "Gibt es ab",
    "valid_to": "Gibt es bis",
    "is_free": "Kostenlos",
    "accessible": "Barrierefrei",
    "schedule_text": "Zeiten in Worten",
    "waiting_weeks": "Wartezeit in Wochen",
    "waiting_on": "Wartezeit bekannt seit",
    "is_seed": "Von der Präventionskette selbst beschrieben",
    "bridge_from": "Übergang von",
    "bridge_to": "Übergang nach",
    "predecessor": "Früherer Träger",
    "ended_on": "Träger endete am",
    "until": "Förderung bis",
    "available": "Freie Plätze",
}
EXCEPTIONS: Final[Mapping[str, str]] = {
    "school_holidays": "nicht in den Schulferien",
    "public_holidays": "nicht an Feiertagen",
}


@dataclass(frozen=True)
class Codes:
    """The codes that this house knows, by taxonomy, with their German words; and the county itself."""

    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    county: str = ""
    county_name: str = ""

    def knows(self, taxonomy: str, code: str) -> bool:
        """Whether the code is one of ours."""
        return code in self.words.get(taxonomy, {})

    def word(self, taxonomy: str, code: str) -> str:
        """The German word for a code."""
        return self.words.get(taxonomy, {}).get(code, code)

    @cached_property
    def by_id(self) -> Mapping[str, tuple[str, str]]:
        """Taxonomy and code by the term's id."""
        return {
            str(term_id(taxonomy, code)): (taxonomy, code)
            for taxonomy, codes in self.words.items()
            for code in codes
        }

    def terms(self) -> Iterator[Row]:
        """All terms, with their taxonomy."""
        for taxonomy, codes in self.words.items():
            for code in codes:
                yield self.term(taxonomy, code) | {"taxonomy_detail": taxonomy_document(taxonomy)}

    def term(self, taxonomy: str, code: str) -> Row:
        """One term as a record; its taxonomy by id alone."""
        name = self.word(taxonomy, code)
        return {
            "id": str(term_id(taxonomy, code)),
            "code": code,
            "name": name,
            "description": name,
            "taxonomy": TAXONOMIES[taxonomy][0],
            "taxonomy_id": str(taxonomy_id(taxonomy)),
            "language": "de",
        }


def taxonomy_id(taxonomy: str) -> UUID:
    """The id of a taxonomy."""
    return uuid5(NAMESPACE, taxonomy)


def term_id(taxonomy: str, code: str) -> UUID:
    """The id of a term."""
    return uuid5(NAMESPACE, f"{taxonomy}/{code}")


def taxonomy_document(taxonomy: str) -> Row:
    """A taxonomy as a record."""
    name, description = TAXONOMIES[taxonomy]
    return {"id": str(taxonomy_id(taxonomy)), "name": name, "description": description, "version": VERSION}
