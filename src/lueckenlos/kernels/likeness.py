"""How alike two entries are, and which word of a list is meant: for imports and the search for doubles.

Similarities are between 0 and 1. Words are compared without case, marks and signs, so that "Café Kinderwagen"
and "cafe kinderwagen" are the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Generic, TypeVar

from rapidfuzz import fuzz

Key = TypeVar("Key")
LIKELY: Final = 0.86
"""From here on two entries of one organization are shown as likely the same; tried on re-typed lists."""
SAME_PLACE: Final = 0.08
"""What an equal address adds; a different one takes as much away."""
ALL_OF: Final = 400
FEW: Final = 30
LETTERS: Final = 6
_SPELLED: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_SIGNS: Final = re.compile(r"[^\w]+|_")
_STREET: Final = re.compile(r"str(?:asse|\b)")


@dataclass(frozen=True, slots=True)
class Likeable(Generic[Key]):
    """What is compared: a key to find it again, the group within which doubles can be, name and address."""

    key: Key
    group: str
    name: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Double(Generic[Key]):
    """Two entries that are likely one."""

    new: Key
    known: Key
    likeness: float


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """The text without case, marks and signs, umlauts spelled out; "Straße" and "Str." are one."""
    spelled = unicodedata.normalize("NFKC", text).casefold().translate(_SPELLED)
    bare = "".join(
        sign for sign in unicodedata.normalize("NFKD", spelled) if not unicodedata.combining(sign)
    ).casefold()
    return _STREET.sub("str", " ".join(_SIGNS.sub(" ", bare).split()))


def likely_doubles(
    new: Sequence[Likeable[Key]], known: Iterable[Likeable[Key]], *, least: float = LIKELY
) -> list[Double[Key]]:
    """For each new entry the known one of its group that is most like it, if it is alike enough.

    Only entries of the same group are compared, which keeps long lists fast.
    """
    groups: dict[str, list[Likeable[Key]]] = defaultdict(list)
    for entry in known:
        groups[entry.group].append(entry)
    found: list[Double[Key]] = []
    for group, members in _by_group(new).items():
        others = groups.get(group, [])
        if others:
            found += _doubles(members, others, least=least)
    return found


def doubles_within(entries: Sequence[Likeable[Key]], *, least: float = LIKELY) -> list[Double[Key]]:
    """Entries that are likely the same as an earlier one of the same list."""
    found: list[Double[Key]] = []
    for members in _by_group(entries).values():
        forms = _Forms(members)
        for at, entry in enumerate(members):
            best = forms.best(entry, before=at, least=least)
            if best is not None:
                found.append(Double(entry.key, members[best[0]].key, best[1]))
    return found


def meant(text: str, words: Mapping[str, Iterable[str]], *, least: float) -> str | None:
    """The key whose word is most like the text, or None where none is alike enough; equal words win at once."""
    wanted = plain(text)
    if not wanted:
        return None
    best, best_score = None, least
    for key, ways in words.items():
        for way in ways:
            other = plain(way)
            if other == wanted:
                return key
            score = fuzz.ratio(wanted, other) / 100
            if score > best_score:
                best, best_score = key, score
    return best


def _by_group(entries: Sequence[Likeable[Key]]) -> dict[str, list[Likeable[Key]]]:
    groups: dict[str, list[Likeable[Key]]] = defaultdict(list)
    for entry in entries:
        groups[entry.group].append(entry)
    return groups


def _doubles(
    new: Sequence[Likeable[Key]], known: Sequence[Likeable[Key]], *, least: float
) -> Iterable[Double[Key]]:
    forms = _Forms(known)
    for entry in new:
        best = forms.best(entry, before=len(known), least=least)
        if best is not None:
            yield Double(entry.key, known[best[0]].key, best[1])


class _Forms(Generic[Key]):
    """Entries of one group prepared for comparison: words in order, and which entries share a rare word.

    Up to ALL_OF entries are all compared; in longer lists only those that share a word which few have, or
    the first letters. So the cost stays about linear, and a double that shares neither is not found.
    """

    def __init__(self, entries: Sequence[Likeable[Key]]) -> None:
        self.names = [_ordered(each.name) for each in entries]
        self.joined = [_joined(each.name) for each in entries]
        self.addresses = [plain(each.address) for each in entries]
        self.sharing: dict[str, list[int]] = defaultdict(list)
        if len(entries) > ALL_OF:
            for at, entry in enumerate(entries):
                for mark in _marks(entry.name):
                    self.sharing[mark].append(at)

    def best(self, entry: Likeable[Key], *, before: int, least: float) -> tuple[int, float] | None:
        """The most alike of the first entries, with how alike it is."""
        name, joined, address = _ordered(entry.name), _joined(entry.name), plain(entry.address)
        found: tuple[int, float] | None = None
        for at in self._candidates(entry, before=before):
            alike = max(fuzz.ratio(name, self.names[at]), fuzz.ratio(joined, self.joined[at]))
            score = alike / 100 + self._of_place(at, address)
            if score >= least and (found is None or score > found[1]):
                found = at, min(score, 1.0)
        return None if found is None else (found[0], max(found[1], 0.0))

    def _of_place(self, at: int, address: str) -> float:
        other = self.addresses[at]
        if not address or not other:
            return 0.0
        return SAME_PLACE if address == other else -SAME_PLACE

    def _candidates(self, entry: Likeable[Key], *, before: int) -> Iterable[int]:
        if len(self.names) <= ALL_OF:
            return range(before)
        groups = (self.sharing.get(mark, []) for mark in _marks(entry.name))
        return {at for group in groups if len(group) <= FEW for at in group if at < before}


def _ordered(name: str) -> str:
    """The words of a name in the order of the alphabet, so that "Gruppe für Eltern" and "Eltern: Gruppe" meet."""
    return " ".join(sorted(plain(name).split()))


def _joined(name: str) -> str:
    """A name without its blanks, so that "Eltern-Café" and "Elterncafé" meet."""
    return plain(name).replace(" ", "")


def _marks(name: str) -> set[str]:
    words = plain(name).split()
    return {*words, f"{''.join(words)[:LETTERS]}…"}
