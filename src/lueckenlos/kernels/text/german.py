"""Takes German words apart: the lemma, and the parts of a compound, by a morphological tagger handed in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

import snowballstemmer

from lueckenlos.kernels.text.folding import fold

SHORTEST_PART = 3
LONGEST_WORD = 60
MOST_PARTS = 5
MOST_REMEMBERED = 200_000
UNSEEN = -40.0
"""Logarithm of the probability of what the tagger is not asked; its guesses lie above."""
GUESSED, LONG, A_LETTER = -26.0, 10, 1.0
"""Where the tagger only guesses, it thinks long words as probable as short ones: each letter more makes them less so."""
_WHOLE = frozenset({"zeitung", "pudding", "fruhling", "camping"})
_STEM = snowballstemmer.stemmer("german")


class Tagger(Protocol):
    """What HanTa's tagger offers; its model file is loaded outside."""

    def analyze(self, word: str, taglevel: int = 1) -> tuple[str, list[tuple[str, str]], str]:
        """Return the word's stem, its morphemes with their classes, and its part of speech (level 3)."""

    def tag_word(self, word: str, cutoff: int = 5) -> list[tuple[str, float]]:
        """Return the likeliest parts of speech with the logarithm of their probability."""


@dataclass(frozen=True, slots=True)
class GermanWord:
    """A word with what it is made of; all forms folded and stemmed."""

    stem: str
    lemma: str
    parts: tuple[str, ...]
    """Meaningful parts of a compound in order; empty for a simple word."""


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """Return the folded word's stem; the same for index and query.

    Snowball keeps -ung and -ing where the rest is short; without them Trennung meets getrennt, Mobbing gemobbt.
    """
    folded = str(_STEM.stemWord(fold(word)))
    for ending in ("ung", "ing"):
        if folded.endswith(ending) and len(folded) >= 7 and folded not in _WHOLE:
            return folded[:-3]
    return folded


def spans(parts: Sequence[str]) -> list[str]:
    """Return the joined neighbors of a compound (kinder|tages|pflege → kinderpflege's pieces of two and more)."""
    return [
        "".join(parts[start:end])
        for start in range(len(parts))
        for end in range(start + 2, len(parts) + 1)
        if end - start < len(parts)
    ]


# Where the tagger sees an unknown word as one piece, these ends and beginnings cut it: the words that
# social administration builds its compounds with. Longest first, so that "beratungsstelle" goes before "stelle".
HEADS: tuple[str, ...] = tuple(
    sorted(
        """abend abgabe ambulanz amt angebot anlaufstelle anmeldung antrag arbeit arzt aufgabe aufnahme ausbildung
        ausgabe ausgabestelle begleiter begleitung beihilfe beratung beratungsstelle besuch betreuung bildung beitrag
        bund bus buch büro café cafe chor dienst eltern ferien förderung fachkraft frau führerschein garten geld
        gespräch gesetz gruppe gruppen haus heim hilfe hilfen kammer karte kind kinder kino klasse klinik konflikt
        kosten krise kur kurs kurse laden leistung mittel mutter möglichkeit nachsorge notdienst pass paten patin
        patenschaft pflege platz plätze portal prävention probleme problem programm projekt punkt prüfung raum recht
        schein schule schutz schwäche schwimmen sorge spiel spiele spielplatz sport sprechstunde stelle stätte
        störung stunde sucht tag tafel telefon test therapeut therapie training treff treffen treffpunkt turnen
        unterhalt unterricht untersuchung unterstützung urlaub verein vermittlung versicherung vorbereitung vormund
        vorschuss vorsorge werkstatt wohnen wohnung wohl zeit zentrum zimmer zulage zuschlag zuschuss""".split(),
        key=len,
        reverse=True,
    )
)
STARTS: tuple[str, ...] = tuple(
    sorted(
        """baby eltern familien familie ferien frauen ganztags geburts grundschul jugend kinder kind krabbel mädchen
        mutter mütter schul schwangerschafts schwangeren sprach spiel sucht trauer trennungs vater väter wohn
        adipositas erst""".split(),
        key=len,
        reverse=True,
    )
)

_CONTENT = ("NN", "NE", "VV", "ADJ", "ADV", "CARD", "XY", "FM")


class German:
    """Splits words with a tagger, remembers what it has split."""

    def __init__(self, tagger: Tagger) -> None:
        self._tagger = tagger
        self._known: dict[str, GermanWord] = {}
        self._met: dict[str, float] = {}

    def word(self, written: str) -> GermanWord:
        """Return the parts of one written word."""
        known = self._known.get(written)
        if known is None:
            known = self._split(written)
            if len(self._known) < MOST_REMEMBERED:
                self._known[written] = known
        return known

    def likely(self, written: str) -> float:
        """Return the logarithm of how probable the word is in German, by the pieces that the tagger sees in it.

        Common words get about -10, rare ones and new compounds -15 to -25, what nobody writes -30 and less.
        """
        if len(written) > LONGEST_WORD:
            # The tagger's effort grows with the square of the length: seconds for 400 letters.
            return UNSEEN
        known = self._met.get(written)
        if known is None:
            tags = self._tagger.tag_word(written) + self._tagger.tag_word(written.capitalize())
            known = max((float(chance) for _, chance in tags), default=UNSEEN)
            if known < GUESSED:
                known -= A_LETTER * max(0, len(written) - LONG)
            if len(self._met) < MOST_REMEMBERED:
                self._met[written] = known
        return known

    def _split(self, written: str) -> GermanWord:
        simple = stem(written)
        if len(written) < 4 or len(written) > LONGEST_WORD or not written.isalpha():
            return GermanWord(stem=simple, lemma=simple, parts=())
        lemma, pieces = self._analysis(written)
        if len(pieces) < 2 and len(written) >= 7:
            pieces = self._known_ends(written) or pieces
        parts = tuple(dict.fromkeys(stem(piece) for piece in pieces[:MOST_PARTS]))
        return GermanWord(stem=simple, lemma=stem(lemma), parts=parts if len(parts) > 1 else ())

    def _analysis(self, written: str) -> tuple[str, list[str]]:
        """Return lemma and meaningful parts; an unknown word in small letters is tried as a noun as well."""
        lemma, morphemes = self._morphemes(written)
        pieces = _meaningful(morphemes)
        if len(pieces) < 2 and (written.islower() or written.isupper()):
            other_lemma, other = self._morphemes(written.capitalize())
            if len(_meaningful(other)) > len(pieces):
                return other_lemma, _meaningful(other)
        return lemma, pieces

    def _known_ends(self, written: str) -> list[str]:
        """Cut off a part that offices build their words with, where the tagger saw one piece; else nothing."""
        small = written.lower()
        for head in HEADS:
            if small.endswith(head) and len(small) - len(head) >= 4:
                rest = small[: -len(head)]
                return [
                    *self._rest(rest[:-1] if rest.endswith("s") and not rest.endswith("ss") else rest),
                    head,
                ]
        for start in STARTS:
            if small.startswith(start) and len(small) - len(start) >= 4:
                return [start, *self._rest(small[len(start) :])]
        return []

    def _rest(self, piece: str) -> list[str]:
        _, pieces = self._analysis(piece)
        if len(pieces) >= 2:
            return pieces
        return self._known_ends(piece) or [piece]

    def _morphemes(self, written: str) -> tuple[str, list[tuple[str, str]]]:
        lemma, morphemes, _ = self._tagger.analyze(written, taglevel=3)
        return str(lemma), [(str(form), str(kind)) for form, kind in morphemes]


def _meaningful(morphemes: Sequence[tuple[str, str]]) -> list[str]:
    return [form for form, kind in morphemes if kind.startswith(_CONTENT) and len(form) >= SHORTEST_PART]
