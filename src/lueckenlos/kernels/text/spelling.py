"""Mends words that neither index nor thesaurus knows, by the known word with the fewest changed letters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from lueckenlos.kernels.text.folding import fold

SHORTEST = 4
SHORTEST_MENDED = 5


@dataclass(frozen=True, slots=True)
class Mended:
    """A word as typed and the known word it most likely means."""

    typed: str
    meant: str
    distance: int


def allowed_changes(length: int) -> int:
    """Return how many letters of a word may be wrong: one up to six letters, two up to eleven, then three."""
    if length < SHORTEST_MENDED:
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
        for folded in self._counts:
            self._by_length.setdefault(len(folded), []).append(folded)

    def __contains__(self, word: str) -> bool:
        return fold(word) in self._counts

    def mend(self, word: str) -> Mended | None:
        """Return the known word nearest to an unknown one, or nothing where none is near enough.

        Distance counts swapped neighbors as one change. People seldom err in the first letter: such words
        count half a change more. Ties go to the commoner word.
        """
        folded = fold(word)
        most = allowed_changes(len(folded))
        if most == 0 or not folded.isalpha() or folded in self._counts:
            return None
        best: tuple[float, int, str] | None = None
        for length in range(len(folded) - most, len(folded) + most + 1):
            for known, distance, _ in process.extract(
                folded, self._by_length.get(length, ()), scorer=OSA.distance, score_cutoff=most, limit=8
            ):
                cost = (distance + 0.5 * (known[0] != folded[0]), -self._counts[known], known)
                if best is None or cost < best:
                    best = cost
        if best is None or best[0] > most:
            return None
        return Mended(typed=word, meant=self._written[best[2]], distance=int(best[0]))
