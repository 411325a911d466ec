"""Sort keys after DIN 5007-1, so that a plain comparison of stored texts gives the German dictionary order.

The embedded database has no ICU: its order is that of code points. A key is stored beside the text it
belongs to and compared as it is.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

# Lower than a blank and every letter: where the first parts are equal, the second decides.
_BREAK: Final = "\x1f"
# Letters that do not decompose into a base letter and a mark.
_LETTERS: Final = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i", "ħ": "h"}
)
# What joins two words counts as a blank between them; every other sign is passed over.
_JOINTS: Final = re.compile(r"[\s\-–—/_]+")
_SIGNS: Final = re.compile(r"[^\w ]|_")
_DIGITS: Final = re.compile(r"\d+")
# Digits follow the letters of every script; a number is ordered by its value, so its length goes first.
_AFTER_LETTERS: Final = "\U0010fff0"


def sort_key(text: str, *, limit: int = 200) -> str:
    """Give the text whose code-point order is the order of DIN 5007-1.

    Umlauts count as their base letter, ß as ss, capitals as small letters, a blank comes before every
    letter, digits after them and numbers by their value. Where two texts are equal so far, the plain
    one comes before the one with marks (Muller, Müller), then small before capital. `limit` is the length
    of the column; texts that differ only beyond it share a key.
    """
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_LETTERS)
    plain = "".join(sign for sign in unicodedata.normalize("NFD", folded) if not unicodedata.combining(sign))
    words = _SIGNS.sub("", _JOINTS.sub(" ", plain)).strip()
    first = _DIGITS.sub(_number, words)
    second = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text).lower().strip())
    third = unicodedata.normalize("NFKC", text).strip().swapcase()
    return _BREAK.join((first, second, third)).replace("\x00", "")[:limit]


def _number(match: re.Match[str]) -> str:
    digits = "".join(str(unicodedata.digit(sign, 0)) for sign in match.group()).lstrip("0") or "0"
    # Two digits of length hold numbers of up to 99 places; longer ones are cut, nobody counts so far.
    digits = digits[:99]
    return f"{_AFTER_LETTERS}{len(digits):02d}{digits}"
