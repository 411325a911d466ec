"""Brings writing variants of a text into one form, and cuts it into words."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\u00ad]")
_WORD = re.compile(r"[^\W_]+", re.UNICODE)
# "ue" after a, e or q is no umlaut: neue, Mauer, Quelle. The same holds for index and query, so that the
# few words it bends (Poesie) still find themselves.
_TRANSCRIBED = (
    (re.compile(r"(?<![aeiouy])ae"), "a"),
    (re.compile(r"(?<![aeiouy])oe"), "o"),
    (re.compile(r"(?<![aeiouyq])ue"), "u"),
)
_SPECIAL = str.maketrans(
    {
        "ß": "ss",
        "ı": "i",
        "ł": "l",
        "đ": "d",
        "ø": "o",
        "æ": "a",
        "œ": "o",
        "ñ": "n",
        # Arabic letters that are written one for the other
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ٱ": "ا",
        "ى": "ي",
        "ی": "ي",
        "ئ": "ي",
        "ؤ": "و",
        "ة": "ه",
        "ک": "ك",
        "ـ": None,
        # Ukrainian and Russian
        "ё": "е",
        "ґ": "г",
        "'": None,
        "’": None,
        "ʼ": None,
    }
)


def clean(text: str, *, longest: int = 400) -> str:
    """Return the text without control and direction marks, in composed form, cut to `longest` letters."""
    composed = unicodedata.normalize("NFKC", text[: 4 * longest])
    return " ".join(_CONTROL.sub(" ", composed).split())[:longest]


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """Return one form for all ways of writing a word: case, umlaut or its transcription, ß, accents.

    `fold("Über") == fold("ueber") == fold("uber")`; Arabic vowel marks and hamza carriers, Turkish dotless i
    and Cyrillic yo go the same way. Folding what is folded changes nothing.
    """
    folded, before = _folded_once(word), word
    while folded != before:
        folded, before = _folded_once(folded), folded
    return folded


def _folded_once(word: str) -> str:
    folded = bare(word)
    for pattern, letter in _TRANSCRIBED:
        folded = pattern.sub(letter, folded)
    return folded


def bare(word: str) -> str:
    """Return a word in small letters without dots and accents, but with ae, oe and ue as they stand.

    In "Väer" and "Boen" a letter is missing, not an umlaut written as two.
    """
    lowered = word.casefold().translate(_SPECIAL)
    decomposed = unicodedata.normalize("NFD", lowered)
    # й and ї are letters of their own, not accents
    kept = "".join(
        mark
        for index, mark in enumerate(decomposed)
        if not unicodedata.combining(mark) or decomposed[index - 1] in "иі"
    )
    return unicodedata.normalize("NFC", kept)


def words(text: str) -> list[str]:
    """Return the words of a text in order, as written; digits count as words, punctuation separates."""
    return _WORD.findall(text)
