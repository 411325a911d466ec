"""Mends words that neither index nor thesaurus knows, by the known word that was most likely meant.

A noisy channel: how common the known word is, against how likely its letters were changed on the way. All
likelihoods are natural logarithms, so that they can be held against what the language says of the word as typed.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from lueckenlos.kernels.text.folding import bare, fold

SHORTEST = 4
"""Of a word that may have been meant, in letters."""
SHORTEST_KNOWN = 3
SHORTEST_COMPOUND = 10
"""Shorter words have no two parts long enough to be told from others."""
LONGEST_COMPOUND = 40
LIKELIEST_PARTS = 8
"""So many ways of mending a compound are held against what the language says of its other part."""
LINK = "s"
UNSEEN = 10_000
"""Words of the language that a small directory has not met: without them its few words would seem common."""
FIRST_CHANGE, NEXT_CHANGE = 8.0, 13.0
"""What a wrong letter costs: one word in fifty is mistyped, and in any of some sixty ways."""
FIRST_LETTER, OTHER_LETTER = 2.0, 2.0
"""People seldom err in the first letter, and seldom reach for a key that lies elsewhere."""
DOUBLED = 4.0
"""What a letter typed twice costs less: few words become another one by it."""
LEFT, RIGHT = True, False
BESIDE: Final = dict(
    pair.split(":")
    for pair in """a:qsy b:vgnh c:xdvf d:sfercx e:wrds f:dgrtvc g:fhtzbv h:gjzunb i:uojk j:hkuimn k:jliom l:kop
    m:njk n:bmhj o:ipkl p:olu q:wa r:etfd s:adweyx t:rzgf u:zijhp v:cbfg w:qeas x:ycsd y:xas z:tuhg""".split()
)
"""Keys that touch each other on a German keyboard."""


@dataclass(frozen=True, slots=True)
class Mended:
    """A word as typed and the known word it most likely means."""

    typed: str
    meant: str
    distance: int
    likely: float = 0.0
    """Logarithm of how probable it is that this was meant and so typed."""


@dataclass(frozen=True, slots=True, order=True)
class _Near:
    """A known word, folded, by how likely it was meant."""

    likely: float
    word: str
    distance: int


@dataclass(frozen=True, slots=True, order=True)
class _Almost:
    """What a compound may mean, by how likely its known part is, and which rest of it must be a word, too."""

    part: _Near
    meant: str
    rest: str


def allowed_changes(length: int) -> int:
    """Return how many letters of a word may be wrong: one up to six letters, two up to eleven, then three."""
    if length < SHORTEST_KNOWN:
        return 0
    return 1 if length <= 6 else 2 if length <= 11 else 3


class Speller:
    """Knows the words of index and thesaurus, with how often each occurs."""

    def __init__(self, known: Mapping[str, int] | Iterable[str]) -> None:
        counts = known if isinstance(known, Mapping) else dict.fromkeys(known, 1)
        self._written: dict[str, str] = {}
        self._counts: dict[str, int] = {}
        commonest: dict[str, int] = {}
        for written, count in counts.items():
            folded = fold(written)
            # A word that no service holds any more stays in the index with a count of 0.
            if count > 0 and len(folded) >= SHORTEST_KNOWN and folded.isalpha():
                if count > commonest.get(folded, 0):
                    self._written[folded], commonest[folded] = written, count
                self._counts[folded] = self._counts.get(folded, 0) + count
        self._all = math.log(sum(self._counts.values()) + UNSEEN)
        self._bound = dict(_bound(self._counts))
        self._by_length: dict[int, list[str]] = {}
        self._by_end: dict[tuple[str, bool], list[str]] = {}
        for folded in self._counts:
            if len(folded) >= SHORTEST:
                self._by_length.setdefault(len(folded), []).append(folded)
                for end in ((folded[:2], LEFT), (folded[-2:], RIGHT)):
                    self._by_end.setdefault(end, []).append(folded)

    def __contains__(self, word: str) -> bool:
        return fold(word) in self._counts

    def spelled(self, word: str) -> str | None:
        """Return how index and thesaurus write a word most often; nothing where they do not have it."""
        return self._written.get(fold(word))

    def mend(self, word: str) -> Mended | None:
        """Return the known word that was most likely meant by an unknown one; nothing where none is near enough.

        Swapped neighbors count as one change. In words of four letters no letter may come from elsewhere on the
        keyboard, since half the short names would become other words; to three letters one may be missing.
        """
        if word in self or (len(word) <= SHORTEST and word[1:] != word[1:].lower()):
            # In capitals it is an abbreviation that nobody has met.
            return None
        near = [found for folded in {fold(word), bare(word)} for found in self._near(folded)]
        best = max(near, default=None)
        return None if best is None else Mended(word, self._written[best.word], best.distance, best.likely)

    def mend_part(self, word: str, *, language: Callable[[str], float]) -> Mended | None:
        """Return a compound with one letter wrong in one part, where the other part is a word; else nothing.

        `language` tells how likely a word is that neither index nor thesaurus have. A compound that is likelier
        as it stands is left alone.
        """
        folded = fold(word)
        if not SHORTEST_COMPOUND <= len(folded) <= LONGEST_COMPOUND or not folded.isalpha():
            return None
        # Folding may shorten (ae, ss); only then does what is meant show the folded letters.
        shown = word.lower() if len(word) == len(folded) else folded
        cuts = range(SHORTEST, len(folded) - SHORTEST + 1)
        almost = {found for at in cuts for found in self._almost(folded, at=at, shown=shown)}
        weighed = [
            (each.part.likely + self._as_part(each.rest, language), each)
            for changes in (0, 1)
            for each in sorted(each for each in almost if each.part.distance == changes)[-LIKELIEST_PARTS:]
        ]
        likely, best = max(weighed, default=(0.0, None))
        if best is None or not best.part.distance:
            return None
        return Mended(word, _as_typed(best.meant, word), 1, likely)

    def _almost(self, folded: str, *, at: int, shown: str) -> Iterator[_Almost]:
        """Yield what a word may mean of which one side of a cut is a known word but for one change."""
        first, last = folded[:at], folded[at:]
        bound = self._bound.get(first)
        if bound is not None:
            yield _Almost(_Near(self._common(bound), bound, 0), shown, last)
        for link in ("", LINK) if first.endswith(LINK) else ("",):
            near = self._one_off(first.removesuffix(link))
            if near is not None:
                yield _Almost(near, self._written[near.word].lower() + link + shown[at:], last)
        near = self._one_off(last)
        if near is not None:
            yield _Almost(near, shown[:at] + self._written[near.word].lower(), first)

    def _one_off(self, folded: str) -> _Near | None:
        """The word itself or the likeliest with one change, which leaves its first two or its last two letters."""
        if folded in self._counts:
            return _Near(self._common(folded), folded, 0)
        ends = (folded[:2], LEFT), (folded[-2:], RIGHT)
        alike = {known for end in ends for known in self._by_end.get(end, ())}
        return max(self._changed(folded, alike, most=1), default=None)

    def _as_part(self, part: str, language: Callable[[str], float]) -> float:
        """How likely the rest of a compound is: a known word, two of them, or one that the language has."""
        whole = self._common_part(part)
        if whole is not None:
            return whole
        cuts = range(SHORTEST, len(part) - SHORTEST + 1)
        pairs = ((self._common_part(part[:at]), self._common_part(part[at:])) for at in cuts)
        sums = [first + last for first, last in pairs if first is not None and last is not None]
        return max(language(part), max(sums, default=-math.inf))

    def _common_part(self, part: str) -> float | None:
        whole = self._bound.get(part)
        return None if whole is None else self._common(whole)

    def _near(self, folded: str) -> Iterator[_Near]:
        most = allowed_changes(len(folded))
        if most and folded.isalpha():
            for length in range(len(folded) - most, len(folded) + most + 1):
                yield from self._changed(folded, self._by_length.get(length, ()), most=most)

    def _changed(self, folded: str, listed: Iterable[str], *, most: int) -> Iterator[_Near]:
        """Yield the known words with so many changes at most, each with its likelihood."""
        for known, distance, _ in process.extract(
            folded, list(listed), scorer=OSA.distance, score_cutoff=most, limit=None
        ):
            far = _is_far_off(known, folded)
            if len(folded) > SHORTEST or len(folded) < len(known) or (len(folded) == SHORTEST and not far):
                cost = FIRST_CHANGE + NEXT_CHANGE * (distance - 1) - DOUBLED * _has_doubled(known, folded)
                cost += FIRST_LETTER * (known[0] != folded[0]) + OTHER_LETTER * far
                yield _Near(self._common(known) - cost, known, int(distance))

    def _common(self, folded: str) -> float:
        return math.log(self._counts[folded]) - self._all


def _bound(known: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield how words stand before others in a compound (Wohnung: wohnungs, Schule: schul), then as they are."""
    long = [word for word in known if len(word) >= SHORTEST]
    yield from ((word.removesuffix("e"), word) for word in long if len(word) > SHORTEST)
    yield from ((word + LINK, word) for word in long)
    yield from ((word, word) for word in long)


def _is_far_off(known: str, typed: str) -> bool:
    """Whether a letter stands for one that lies elsewhere on the keyboard."""
    if len(known) != len(typed) or sorted(known) == sorted(typed):
        return False
    return any(
        one != other and other not in BESIDE.get(one, "") for one, other in zip(known, typed, strict=True)
    )


def _has_doubled(known: str, typed: str) -> bool:
    """Whether the known word was typed with one of its letters twice."""
    if len(typed) != len(known) + 1:
        return False
    at = next(
        (at for at, (one, other) in enumerate(zip(known, typed, strict=False)) if one != other), len(known)
    )
    return at > 0 and typed[at] == typed[at - 1] and typed[at + 1 :] == known[at:]


def _as_typed(meant: str, typed: str) -> str:
    return meant.capitalize() if typed[:1].isupper() else meant
