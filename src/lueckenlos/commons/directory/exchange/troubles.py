"""What did not fit in a delivery, said in German sentences."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

KEPT: Final = 1_000


class Trouble(StrEnum):
    """What did not fit."""

    WRONG_ID = "wrong_id"
    NO_ID = "no_id"
    NO_NAME = "no_name"
    NO_ORGANIZATION = "no_organization"
    UNKNOWN_STATUS = "unknown_status"
    BROKEN = "broken"
    CYCLE = "cycle"
    NOT_OURS = "not_ours"
    LOOSE = "loose"
    UNREADABLE = "unreadable"
    UNRECOGNIZED = "unrecognized"
    KEY_TAKEN = "key_taken"
    KEPT_THERE = "kept_there"
    INCOMPLETE = "incomplete"


_SENTENCES: Final = {
    Trouble.WRONG_ID: "Die Kennung „{value}“ ist keine UUID; sie wurde durch eine feste UUID ersetzt und wird aufgehoben.",
    Trouble.NO_ID: "Eine Kennung fehlt; es wurde eine feste UUID vergeben.",
    Trouble.NO_NAME: "Der Name fehlt; der Eintrag wurde ausgelassen.",
    Trouble.NO_ORGANIZATION: "Der Träger fehlt; das Angebot steht unter „{value}“.",
    Trouble.UNKNOWN_STATUS: "Der Status „{value}“ ist unbekannt; das Angebot wird nicht gezeigt.",
    Trouble.BROKEN: "Der Eintrag ist nicht lesbar ({value}) und wurde ausgelassen.",
    Trouble.CYCLE: "Die Kette früherer Träger läuft im Kreis; die Verbindung wurde weggelassen.",
    Trouble.NOT_OURS: "Diese Kennung gehört schon zu {value}; der Eintrag wurde ausgelassen.",
    Trouble.LOOSE: "{value} Zeilen gehören zu keinem Eintrag und wurden ausgelassen.",
    Trouble.UNREADABLE: "Diese Seite war nicht lesbar und wurde übersprungen: {value}",
    Trouble.UNRECOGNIZED: "Das ist kein Open-Referral-Dokument, das wir kennen; es wurde übersprungen.",
    Trouble.KEY_TAKEN: "Der Schlüssel „{value}“ ist schon vergeben; das Angebot bekam einen eigenen.",
    Trouble.KEPT_THERE: "{value} Einträge fehlen in der Lieferung. Weil sie unvollständig war, blieben sie stehen.",
    Trouble.INCOMPLETE: "Die Lieferung bricht ab: {value}",
}


@dataclass(frozen=True, slots=True)
class Note:
    """One thing that did not fit: where, and what about it."""

    trouble: Trouble
    where: str
    value: str = ""

    @property
    def sentence(self) -> str:
        """What people read."""
        return _SENTENCES[self.trouble].format(value=self.value)

    def as_dict(self) -> dict[str, str]:
        """For JSON."""
        return {
            "trouble": self.trouble.value,
            "where": self.where,
            "value": self.value,
            "sentence": self.sentence,
        }


@dataclass(slots=True)
class Notes:
    """The notes of one import; of very many the first are kept and all are counted."""

    kept: list[Note] = field(default_factory=list)
    total: int = 0

    def add(self, trouble: Trouble, where: str, value: Any = "") -> None:
        """Note one."""
        self.total += 1
        if len(self.kept) < KEPT:
            text = str(value)
            self.kept.append(Note(trouble, where, text if len(text) <= 120 else text[:119] + "…"))
