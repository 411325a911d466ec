"""One typing error, or an umlaut written otherwise, in questions that somebody typed without any.

The error falls on any word that is long enough to be told from another, for each kind of error once a question; chance
is seeded by the question, so that every run and every method gets the same ones.
"""

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from lueckenlos.offers.finder.types import SearchRequest

SHORTEST: Final = 4
FIRST: Final = 3
"""The first hit without an error must still stand among so many."""
NEIGHBORS: Final = {
    "a": "qsy", "b": "vgn", "c": "xdv", "d": "sfe", "e": "wrd", "f": "dgr", "g": "fht", "h": "gjz", "i": "uok",
    "j": "hku", "k": "jli", "l": "köo", "m": "nj", "n": "bmh", "o": "ipl", "p": "oü", "q": "wa", "r": "etf",
    "s": "adw", "t": "rzg", "u": "zij", "v": "cbf", "w": "qes", "x": "ycs", "y": "xa", "z": "tuh", "ä": "öü",
    "ö": "lä", "ü": "pä", "ß": "p",
}  # fmt: skip
"""Keys that lie beside each other on a German keyboard."""
TWO_LETTERS: Final = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"}
)
NO_DOTS: Final = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "Ä": "A", "Ö": "O", "Ü": "U", "ß": "s"})
Method = Callable[[SearchRequest], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Mistyped:
    """A question and the same with an error of one kind."""

    kind: str
    meant: SearchRequest
    typed: SearchRequest


def left_out(word: str, at: int) -> str:
    """Without one letter."""
    return word[:at] + word[at + 1 :]


def doubled(word: str, at: int) -> str:
    """One letter twice."""
    return word[: at + 1] + word[at:]


def swapped(word: str, at: int) -> str:
    """A letter and the next the other way round."""
    at = min(at, len(word) - 2)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def beside(word: str, at: int) -> str:
    """The key beside the right one."""
    keys = NEIGHBORS.get(word[at].lower())
    return word if keys is None else word[:at] + keys[at % len(keys)] + word[at + 1 :]


ERRORS: Final = {"letter left out": left_out, "doubled": doubled, "swapped": swapped, "key beside": beside}
REWRITTEN: Final = {"umlaut as two letters": TWO_LETTERS, "umlaut without dots": NO_DOTS}


def mistyped(asked: Iterable[SearchRequest]) -> Iterator[Mistyped]:
    """Each question with every kind of error that it has room for."""
    for request in asked:
        for kind, err in ERRORS.items():
            typed = _once(request.text, err, chance=random.Random(f"{kind} {request.text}"))
            if typed != request.text:
                yield Mistyped(kind, request, replace(request, text=typed))
        for kind, table in REWRITTEN.items():
            typed = request.text.translate(table)
            if typed != request.text:
                yield Mistyped(kind, request, replace(request, text=typed))


def _once(text: str, err: Callable[[str, int], str], *, chance: random.Random) -> str:
    written = text.split(" ")
    long = [place for place, word in enumerate(written) if len(word) >= SHORTEST and word.isalpha()]
    if not long:
        return text
    place = chance.choice(long)
    written[place] = err(written[place], chance.randrange(len(written[place])))
    return " ".join(written)


def kept(method: Method, cases: Iterable[Mistyped]) -> dict[str, list[bool]]:
    """For each kind of error whether the first hit stayed among the first; what found nothing before is no case."""
    first: dict[SearchRequest, str | None] = {}
    stayed: dict[str, list[bool]] = {}
    for case in cases:
        if case.meant not in first:
            first[case.meant] = next(iter(method(case.meant)), None)
        best = first[case.meant]
        if best is not None:
            stayed.setdefault(case.kind, []).append(best in method(case.typed)[:FIRST])
    return stayed
