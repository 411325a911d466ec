"""Codes that people copy from paper: an alphabet that nobody misreads, and a character that finds a slip.

A code has twelve characters in three groups. The last one checks the others: with weights 1 to 12 the sum
over all places is divisible by 23. As 23 is a prime, every single wrong character and every two that
changed places, neighbors or not, are found. Source of the method: weighted sums modulo a prime, as in ISBN-10.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from enum import StrEnum
from typing import Final

# No vowels, so that no word comes out; of 0 O Q, 1 I L, 2 Z, 5 S, 6 G, 8 B and U V at most one is in it.
ALPHABET: Final = "23456789CDFHJKMNPRTVWXY"
DRAWN: Final = 11
LENGTH: Final = DRAWN + 1
GROUP: Final = 4
_VALUES: Final = {sign: value for value, sign in enumerate(ALPHABET)}
_BASE: Final = len(ALPHABET)
# What is never printed is read as what it was taken for; Cyrillic keyboards have letters that look like ours.
_TAKEN_FOR: Final = {"Z": "2", "S": "5", "G": "6", "B": "8", "U": "V"} | dict(
    zip("СНКМРТХУ", "CHKMPTXY", strict=True)
)
_BETWEEN: Final = frozenset("-‐‑‒–—−._/ ")


class Slip(StrEnum):
    """Why what was typed cannot be a code."""

    LENGTH = "length"
    CHARACTER = "character"
    CHECK = "check"


class NotACode(ValueError):
    """What was typed holds a slip; nobody has to be asked to see that."""

    def __init__(self, slip: Slip) -> None:
        super().__init__(f"this is no code: {slip}")
        self.slip = slip


def compose(drawn: Sequence[int]) -> str:
    """Write a code from eleven numbers below 23, drawn by whoever calls; the twelfth character checks them."""
    if len(drawn) != DRAWN or not all(0 <= value < _BASE for value in drawn):
        raise ValueError(f"a code is made of {DRAWN} numbers from 0 to {_BASE - 1}")
    check = -_weighed(drawn) * pow(LENGTH, -1, _BASE) % _BASE
    return "".join(ALPHABET[value] for value in (*drawn, check))


def read(typed: str) -> str:
    """Give the code that somebody typed, whatever case, gaps and digits they use; raise NotACode on a slip."""
    signs = [_sign(each) for each in unicodedata.normalize("NFKC", typed) if not _is_gap(each)]
    if len(signs) != LENGTH:
        raise NotACode(Slip.LENGTH)
    if not all(sign in _VALUES for sign in signs):
        raise NotACode(Slip.CHARACTER)
    if _weighed([_VALUES[sign] for sign in signs]) % _BASE:
        raise NotACode(Slip.CHECK)
    return "".join(signs)


def grouped(code: str) -> str:
    """A code as it is printed: three groups of four."""
    return "-".join(code[place : place + GROUP] for place in range(0, len(code), GROUP))


def _weighed(values: Sequence[int]) -> int:
    return sum(place * value for place, value in enumerate(values, start=1))


def _is_gap(sign: str) -> bool:
    return sign.isspace() or sign in _BETWEEN or unicodedata.category(sign) == "Cf"


def _sign(typed: str) -> str:
    """One character as the alphabet has it; digits of every script count as digits."""
    digit = unicodedata.decimal(typed, None)
    if digit is not None:
        return str(digit)
    upper = typed.upper()
    return _TAKEN_FOR.get(upper, upper)
