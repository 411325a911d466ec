"""Understands a question as it was meant: mends misspelled words and joins compounds that were torn apart."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from lueckenlos.kernels.text import languages
from lueckenlos.kernels.text.analysis import Analyzed, Analyzer
from lueckenlos.kernels.text.folding import clean, fold, words
from lueckenlos.kernels.text.spelling import Mended, Speller

SHORTEST_JOINED = 8
MOST_WORDS = 40
A_COMPOUND = -20.0
"""How likely a new compound of known parts is, as a logarithm: German makes them every day."""

HARDLY_A_WORD, MUCH_LIKELIER = -20.0, 10.0
"""As logarithms: German has "geschüttelt" and no "geschuttelt", but both "Vater" and "Väter"."""
DOTS: Final = {"a": "ä", "o": "ö", "u": "ü", "A": "Ä", "O": "Ö", "U": "Ü", "ss": "ß"}


@dataclass(frozen=True, slots=True)
class Understood:
    """A question with its spelling mended."""

    text: str
    analyzed: Analyzed
    mended: tuple[Mended, ...]


def understand(
    text: str, *, analyzer: Analyzer, speller: Speller, known: Callable[[str], bool], lang: str | None = None
) -> Understood:
    """Return the question analyzed; words that were most likely mistyped are mended (`known` tells an index term).

    A word that index or thesaurus have is left alone; so is one that German has more likely than it was mistyped:
    "pennen" shall not become "kennen".
    """
    cleaned = clean(text)
    language = lang or languages.detect(cleaned)
    if language != languages.GERMAN:
        return Understood(cleaned, analyzer.question(cleaned, lang=language), ())
    dotted = _replace(cleaned, _without_dots(cleaned, analyzer, speller))
    mended = _joined(dotted, speller)
    meant = _replace(dotted, mended)
    for word in words(meant)[:MOST_WORDS]:
        better = _mended(word, analyzer, speller, known)
        if better is not None:
            mended.append(better)
    meant = _replace(dotted, mended)
    return Understood(meant, analyzer.question(meant, lang=language), tuple(mended))


def _replace(text: str, mended: list[Mended]) -> str:
    for one in mended:
        # Whole words alone: "ind" stands in "Kinder", too. What is meant are letters, nothing that re would read.
        text = re.sub(rf"(?<![^\W_]){re.escape(one.typed)}(?![^\W_])", one.meant, text)
    return text


def _without_dots(text: str, analyzer: Analyzer, speller: Speller) -> list[Mended]:
    """Return the words that lack their dots or their ß: words are found without them, but meaning is not."""
    found: list[Mended] = []
    for word in words(text)[:MOST_WORDS]:
        likely = analyzer.likely(word) if word.isascii() and word.isalpha() else 0.0
        if likely >= HARDLY_A_WORD:
            continue
        spelled = speller.spelled(word)
        best = spelled or max(_with_one(word), key=analyzer.likely, default=word)
        if not best.isascii() and (spelled or analyzer.likely(best) > likely + MUCH_LIKELIER):
            found.append(Mended(typed=word, meant=best, distance=0))
    return found


def _with_one(word: str) -> Iterator[str]:
    """Yield the ways to give a word one umlaut or ß."""
    for typed, meant in DOTS.items():
        pieces = word.split(typed)
        for at in range(1, len(pieces)):
            yield typed.join(pieces[:at]) + meant + typed.join(pieces[at:])


def _mended(word: str, analyzer: Analyzer, speller: Speller, known: Callable[[str], bool]) -> Mended | None:
    """The word that was likelier meant than this one, or nothing."""
    if fold(word) in languages.STOP[languages.GERMAN] or word in speller:
        return None
    ways = [speller.mend(word)]
    if ways[0] is None or ways[0].distance > 1:
        ways.append(speller.mend_part(word, language=analyzer.likely))
    better = max(filter(None, ways), key=lambda way: way.likely, default=None)
    if better is None or better.likely <= _as_it_stands(word, analyzer, known):
        return None
    return better


def _as_it_stands(word: str, analyzer: Analyzer, known: Callable[[str], bool]) -> float:
    """How likely the word is as it was typed: to the language, and as a compound of known parts."""
    parts = analyzer.parts(word)
    of_parts = A_COMPOUND if parts and all(known(part) for part in parts) else -math.inf
    return max(analyzer.likely(word), of_parts)


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
