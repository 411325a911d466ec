"""Understands a question as it was meant: mends misspelled words and joins compounds that were torn apart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from lueckenlos.kernels.text import languages
from lueckenlos.kernels.text.analysis import Analyzed, Analyzer
from lueckenlos.kernels.text.folding import clean, fold, words
from lueckenlos.kernels.text.spelling import Mended, Speller

SHORTEST_JOINED = 8
MOST_WORDS = 40


@dataclass(frozen=True, slots=True)
class Understood:
    """A question with its spelling mended."""

    text: str
    analyzed: Analyzed
    mended: tuple[Mended, ...]


def understand(
    text: str, *, analyzer: Analyzer, speller: Speller, known: Callable[[str], bool], lang: str | None = None
) -> Understood:
    """Return the question analyzed; words that nobody knows are mended first (`known` tells an index term).

    A word is left alone when index or thesaurus have it, when the morphology knows it, or when all parts of the
    compound are known: "pennen" shall not become "kennen".
    """
    cleaned = clean(text)
    language = lang or languages.detect(cleaned)
    if language != languages.GERMAN:
        return Understood(cleaned, analyzer.question(cleaned, lang=language), ())
    mended = _joined(cleaned, speller)
    meant = _replace(cleaned, mended)
    for word in words(meant)[:MOST_WORDS]:
        if _is_known(word, analyzer, speller, known):
            continue
        better = speller.mend(word)
        if better is None or better.distance > 1:
            better = speller.mend_part(word, knows=analyzer.knows) or better
        if better is not None:
            mended.append(better)
    meant = _replace(cleaned, mended)
    return Understood(meant, analyzer.question(meant, lang=language), tuple(mended))


def _replace(text: str, mended: list[Mended]) -> str:
    for one in mended:
        text = text.replace(one.typed, one.meant)
    return text


def _is_known(word: str, analyzer: Analyzer, speller: Speller, known: Callable[[str], bool]) -> bool:
    if fold(word) in languages.STOP[languages.GERMAN] or word in speller or analyzer.knows(word):
        return True
    parts = analyzer.parts(word)
    return bool(parts) and all(known(part) for part in parts)


def _joined(text: str, speller: Speller) -> list[Mended]:
    """Return neighbors that are one word: "unterhalts vorschuss"."""
    stop = languages.STOP[languages.GERMAN]
    found: list[Mended] = []
    written = words(text)[:MOST_WORDS]
    for first, second in pairwise(written):
        joined = first + second
        if (
            len(joined) < SHORTEST_JOINED
            or fold(first) in stop
            or fold(second) in stop
            or min(len(first), len(second)) < 3
        ):
            continue
        typed = f"{first} {second}"
        if joined in speller:
            found.append(Mended(typed=typed, meant=joined, distance=0))
        elif first not in speller or second not in speller:
            better = speller.mend(joined)
            if better is not None and better.distance <= 1:
                found.append(Mended(typed=typed, meant=better.meant, distance=1))
    return found
