"""Turns a text into weighted terms: the one analysis that index, thesaurus and questions go through."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lueckenlos.kernels.text import languages
from lueckenlos.kernels.text.folding import clean, fold, words
from lueckenlos.kernels.text.german import German, spans

LEMMA_WEIGHT = 0.9
SPAN_WEIGHT = 0.7
PART_WEIGHT = 0.55
LONGEST_INDEXED = 8_000


@dataclass(frozen=True, slots=True)
class Term:
    """One way of looking up a word of a text."""

    key: str
    weight: float
    word: int
    """Which word of the text it comes from."""
    written: str


@dataclass(frozen=True, slots=True)
class Analyzed:
    """A text's language, words and terms."""

    lang: str
    words: tuple[str, ...]
    terms: tuple[Term, ...]


class Analyzer:
    """Analyzes texts; holds the German morphology that was handed in."""

    def __init__(self, german: German) -> None:
        self._german = german

    def document(self, text: str) -> Mapping[str, float]:
        """Return term → weighted frequency of a German text of the directory."""
        counts: dict[str, float] = {}
        for term in self._terms(words(clean(text, longest=LONGEST_INDEXED)), languages.GERMAN):
            counts[term.key] = counts.get(term.key, 0.0) + term.weight
        return counts

    def question(self, text: str, *, lang: str | None = None) -> Analyzed:
        """Return the terms of a question or of a thesaurus phrase; its language is guessed where not given."""
        cleaned = clean(text)
        language = lang or languages.detect(cleaned)
        written = words(cleaned)
        return Analyzed(lang=language, words=tuple(written), terms=tuple(self._terms(written, language)))

    def _terms(self, written: Iterable[str], lang: str) -> Iterable[Term]:
        stop = languages.STOP.get(lang, frozenset())
        for index, word in enumerate(written):
            if fold(word) in stop or (len(word) == 1 and not word.isdigit()):
                continue
            for key, weight in self.forms(word, lang=lang).items():
                yield Term(key=key, weight=weight, word=index, written=word)

    def likely(self, word: str) -> float:
        """Return the logarithm of how probable a word is in German, whether index and thesaurus have it or not."""
        return self._german.likely(word)

    def parts(self, word: str) -> tuple[str, ...]:
        """Return the terms of a German compound's parts; empty for a simple word."""
        return self._german.word(word).parts

    def forms(self, word: str, *, lang: str) -> dict[str, float]:
        """Return every key a word is found under, with how much each says: whole, lemma, parts, joined parts."""
        if lang != languages.GERMAN:
            return {languages.stem(word, lang): 1.0} | ({fold(word): 1.0} if lang != "en" else {})
        analyzed = self._german.word(word)
        forms = dict.fromkeys(analyzed.parts, PART_WEIGHT)
        forms |= dict.fromkeys(spans(analyzed.parts), SPAN_WEIGHT)
        if analyzed.parts:
            forms["".join(analyzed.parts)] = LEMMA_WEIGHT
        forms[analyzed.lemma] = max(LEMMA_WEIGHT, forms.get(analyzed.lemma, 0.0))
        forms[analyzed.stem] = 1.0
        return forms
