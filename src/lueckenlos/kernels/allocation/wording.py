"""Says in German what became of a wish: to one child "du", to a group "ihr"."""

from __future__ import annotations

from dataclasses import asdict
from typing import Final

from lueckenlos.kernels.allocation.types import Answer, Code

_SENTENCES: Final = {
    Code.PLACE: "{Wish}: Platz bekommen.",
    Code.LOT: "{Wish}: Es waren {seats_de}, {your} Los war {lot} von {lots}.",
    Code.GROUP: "{Wish}: Als {your} Los ({lot} von {lots}) an der Reihe war, war für {size} Kinder zusammen nicht mehr genug frei: noch {left_de}.",
    Code.KEPT: "{Wish}: Es waren {seats_de}, {your} Los war {lot} von {lots}; {kept_de} für Kinder mit Unterstützungsbedarf vorbehalten.",
    Code.FULL_BEFORE: "{Wish}: Alle Plätze waren schon in den Runden davor vergeben.",
    Code.UNSETTLED: "{Wish}: {Your} Los ({lot} von {lots}) hätte gereicht, aber die Wünsche der Gruppen ließen sich nicht alle zugleich erfüllen. Bitte beim Veranstalter nachfragen.",
    Code.CLASH: "{Wish}: Der Termin überschneidet sich mit einem Angebot, in dem {you} schon einen Platz {have}.",
    Code.LIMIT: "{Wish}: {You} {have} schon so viele Plätze, wie hier vergeben werden ({seats}).",
}


def sentence(answer: Answer) -> str:
    """The answer as a sentence, such as "1. Wunsch: Es waren 12 Plätze, dein Los war 19 von 40."."""
    alone = answer.size == 1
    you, your, have = ("du", "dein", "hast") if alone else ("ihr", "euer", "habt")
    return _SENTENCES[answer.code].format(
        **asdict(answer),
        Wish=f"{answer.wish}. Wunsch",
        you=you,
        your=your,
        have=have,
        You=you.capitalize(),
        Your=your.capitalize(),
        seats_de=_places(answer.seats),
        left_de=_places(answer.left),
        kept_de="1 Platz war" if answer.kept == 1 else f"{answer.kept} Plätze waren",
    )


def _places(count: int) -> str:
    return "1 Platz" if count == 1 else f"{count} Plätze"
