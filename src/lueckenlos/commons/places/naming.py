"""One form for all ways of writing a place's name."""

import re
from typing import Final

from lueckenlos.kernels.text.folding import fold, words

# "in Gürzenich", "bei Jülich", "Stadt Düren" mean the place itself.
_BEFORE: Final = frozenset(
    {"in", "bei", "aus", "nahe", "um", "stadt", "gemeinde", "kreis", "ort", "ortsteil"}
)
_LONGEST: Final = 200
_SAINT: Final = re.compile(r"\bst\b\.?", re.IGNORECASE)


def name_key(name: str) -> str:
    """The folded words of a name, joined by blanks: Gürzenich, Guerzenich and gurzenich are the same."""
    return " ".join(fold(word) for word in words(_SAINT.sub("sankt", name)))[:_LONGEST]


def meant_key(text: str) -> str:
    """The same for what somebody typed, without the words that only lead to the name."""
    parts = name_key(text[: 4 * _LONGEST]).split()
    while len(parts) > 1 and parts[0] in _BEFORE:
        parts.pop(0)
    return " ".join(parts)
