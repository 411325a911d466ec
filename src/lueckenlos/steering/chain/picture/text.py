"""How wide words are drawn, and where they break, so that a drawing needs no browser to fit."""

import re
from typing import Final

# Advance widths of Fira Sans Regular in thousandths of the font size; other signs take the middle one.
GROUPS: Final = {
    "',.:;": 240, " !jilIJ|": 290, "()f/t-": 385, "r*": 410, "c147zkxyv": 470,
    "s2356F+<=>?L„“–TZg": 505, "SEaeéä089XYV": 550, "boößdhnpquüKAÄPBR": 590,
    "CGDUÜHNOÖØQ": 660, "wW&%mM": 800,
}  # fmt: skip
WIDTHS: Final = {sign: width for signs, width in GROUPS.items() for sign in signs}
MIDDLE: Final = 560
BOLD: Final = 1.04
SHORTEST: Final = 3
"""Letters that a word keeps at least on each side of a break."""
VOWEL: Final = re.compile("[aeiouyäöü]")
BEGINNING: Final = re.compile("(?:sch|ch|ck|ph|th|qu|[b-df-hj-np-tv-xzß])(?=[aeiouyäöü])")


def width_of(text: str, *, size: float, weight: float = 1.0) -> float:
    """About how wide a text is drawn, in units of the drawing."""
    return sum(WIDTHS.get(sign, MIDDLE) for sign in text) * size * weight / 1000.0


def wrapped(text: str, *, size: float, width: float) -> tuple[str, ...]:
    """The lines of a text; a word that is longer than a line is broken with a hyphen."""
    lines: list[str] = []
    for word in text.split():
        line = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(line, size=size, weight=BOLD) <= width:
            lines[-1] = line
        else:
            lines.extend(_broken(word, size=size, width=width))
    return tuple(lines)


def _broken(word: str, *, size: float, width: float) -> list[str]:
    if width_of(word, size=size, weight=BOLD) <= width:
        return [word]
    for end in reversed(syllables(word)):
        if width_of(word[:end] + "-", size=size, weight=BOLD) <= width:
            return [word[:end] + "-", *_broken(word[end:], size=size, width=width)]
    return [word]


def syllables(word: str) -> list[int]:
    """Where a German word may be broken: before the last consonant that stands before a vowel."""
    found = []
    for match in BEGINNING.finditer(word.lower()):
        end = match.start()
        if SHORTEST <= end <= len(word) - SHORTEST and VOWEL.search(word.lower()[:end]):
            found.append(end)
    return found
