"""Mends words that neither index nor thesaurus knows, by the known word with the fewest changed letters."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from lueckenlos.kernels.text.folding import fold

SHORTEST = 4
SHORTEST_BEGINNING = 5
"""Of the beginning of a compound, in letters, to be mended."""
SHORTEST_COMPOUND = 10
"""Shorter words have no two parts long enough to be told from others."""
LONGEST_COMPOUND = 40
LINK = "s"
FIRST_LETTER, OTHER_LETTER = 0.5, 0.25
LEFT, RIGHT = True, False
BESIDE: Final = dict(
    pair.split(":")
    for pair in """a:qsy b:vgnh c:xdvf d:sfercx e:wrds f:dgrtvc g:fhtzbv h:gjzunb i:uojk j:hkuimn k:jliom l:kop
    m:njk n:bmhj o:ipkl p:ol q:wa r:etfd s:adweyx t:rzgf u:zijh v:cbfg w:qeas x:ycsd y:xas z:tuhg""".split()
)
"""Keys that touch each other on a German keyboard."""
Near = tuple[float, int, str]
"""A known word by what it costs: changes, commonness (negative), the word itself."""


@dataclass(frozen=True, slots=True)
class Mended:
    """A word as typed and the known word it most likely means."""

    typed: str
    meant: str
    distance: int


@dataclass(frozen=True, slots=True, order=True)
class _Almost:
    """What a compound may mean, and which rest of it must then be known.

    In order of likelihood: fewest changes, then the longest part (lengths are negative): it is least alike by chance.
    """

    changes: int
    length: int
    typed_length: int
    part: Near
    meant: str
    rest: str


def allowed_changes(length: int) -> int:
    """Return how many letters of a word may be wrong: one up to six letters, two up to eleven, then three."""
    if length < SHORTEST:
        return 0
    return 1 if length <= 6 else 2 if length <= 11 else 3


class Speller:
    """Knows the words of index and thesaurus, with how often each occurs."""

    def __init__(self, known: Mapping[str, int] | Iterable[str]) -> None:
        counts = known if isinstance(known, Mapping) else dict.fromkeys(known, 1)
        self._written: dict[str, str] = {}
        self._counts: dict[str, int] = {}
        for written, count in counts.items():
            folded = fold(written)
            if len(folded) >= SHORTEST and folded.isalpha():
                if count > self._counts.get(folded, 0):
                    self._written[folded] = written
                self._counts[folded] = self._counts.get(folded, 0) + count
        self._by_length: dict[int, list[str]] = {}
        self._by_end: dict[tuple[str, bool], list[str]] = {}
        for folded in self._counts:
            self._by_length.setdefault(len(folded), []).append(folded)
            for end in ((folded[:2], LEFT), (folded[-2:], RIGHT)):
                self._by_end.setdefault(end, []).append(folded)

    def __contains__(self, word: str) -> bool:
        return fold(word) in self._counts

    def mend(self, word: str) -> Mended | None:
        """Return the known word nearest to an unknown one, or nothing where none is near enough.

        Distance counts swapped neighbors as one change. People seldom err in the first letter: such words
        count half a change more. A letter from elsewhere on the keyboard counts a little more than one too many,
        too few, swapped or from the next key; in a word of four letters it is too much, since half the short
        names would become other words.
        Ties go to the commoner word.
        """
        folded = fold(word)
        most = allowed_changes(len(folded))
        if most == 0 or not folded.isalpha() or folded in self._counts:
            return None
        lengths = range(len(folded) - most, len(folded) + most + 1)
        listed = [self._best(folded, self._by_length.get(length, ()), most=most) for length in lengths]
        best = min(filter(None, listed), default=None)
        if best is None or best[0] > most + (OTHER_LETTER if len(folded) > SHORTEST else 0):
            return None
        return Mended(typed=word, meant=self._written[best[2]], distance=int(best[0]))

    def mend_part(self, word: str, *, knows: Callable[[str], bool]) -> Mended | None:
        """Return a compound with one letter wrong in one part, where the rest is known; else nothing.

        `knows` tells words of the language that neither index nor thesaurus have. A compound of which all is
        known is right as it stands.
        """
        folded = fold(word)
        if not SHORTEST_COMPOUND <= len(folded) <= LONGEST_COMPOUND or not folded.isalpha():
            return None
        # Folding may shorten (ae, ss); only then does what is meant show the folded letters.
        shown = word.lower() if len(word) == len(folded) else folded
        cuts = range(SHORTEST, len(folded) - SHORTEST + 1)
        if any(self._has(folded[:at]) and self._has(folded[at:]) for at in cuts):
            return None
        almost = sorted(found for at in cuts for found in self._almost(folded, at=at, shown=shown))
        for known in (self._has, knows):
            best = next((each for each in almost if known(each.rest)), None)
            if best is not None:
                return Mended(word, _as_typed(best.meant, word), 1) if best.changes else None
        return None

    def _almost(self, folded: str, *, at: int, shown: str) -> Iterator[_Almost]:
        """Yield what a word may mean of which one side of a cut is a known word but for one change."""
        first, last = folded[:at], folded[at:]
        for link in ("", LINK) if first.endswith(LINK) else ("",):
            part = first.removesuffix(link)
            near = self._one_off(part) if len(part) >= SHORTEST_BEGINNING else None
            if near is not None:
                meant = self._written[near[2]].lower() + link + shown[at:]
                yield _Almost(int(near[0]), -len(near[2]), -len(part), near, meant, last)
        near = self._one_off(last)
        if near is not None:
            meant = shown[:at] + self._written[near[2]].lower()
            yield _Almost(int(near[0]), -len(near[2]), -len(last), near, meant, first)

    def _one_off(self, folded: str) -> Near | None:
        """The word itself or the nearest with one change, which leaves its first two or its last two letters."""
        ends = (folded[:2], LEFT), (folded[-2:], RIGHT)
        alike = {
            known for end in ends for known in self._by_end.get(end, ()) if abs(len(known) - len(folded)) <= 1
        }
        return self._best(folded, alike, most=1)

    def _has(self, part: str) -> bool:
        return part in self._counts or (part.endswith(LINK) and part.removesuffix(LINK) in self._counts)

    def _best(self, folded: str, listed: Collection[str], *, most: int) -> Near | None:
        """The known word at the least cost, of which the whole number is the changes."""
        near = process.extract(folded, listed, scorer=OSA.distance, score_cutoff=most, limit=8)
        return min(
            (
                (distance + _unlikely(known, folded), -self._counts[known], known)
                for known, distance, _ in near
            ),
            default=None,
        )


def _unlikely(known: str, typed: str) -> float:
    return FIRST_LETTER * (known[0] != typed[0]) + OTHER_LETTER * _is_far_off(known, typed)


def _is_far_off(known: str, typed: str) -> bool:
    """Whether a letter stands for one that lies elsewhere on the keyboard."""
    if len(known) != len(typed) or sorted(known) == sorted(typed):
        return False
    return any(
        one != other and other not in BESIDE.get(one, "") for one, other in zip(known, typed, strict=True)
    )


def _as_typed(meant: str, typed: str) -> str:
    return meant.capitalize() if typed[:1].isupper() else meant
