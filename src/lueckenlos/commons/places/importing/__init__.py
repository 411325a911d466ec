"""Tables of indicators from elsewhere: what each column means, every cell checked; writing is `services`."""

from lueckenlos.commons.places.importing.cells import AreaWords
from lueckenlos.commons.places.importing.checking import (
    MOST_READINGS,
    CheckedIndicators,
    Layout,
    Naming,
    TableRows,
    check_indicators,
    looks_like_shares,
)
from lueckenlos.commons.places.importing.columns import (
    Meaning,
    guess_meanings,
    known_name,
    named_columns,
    names_in,
    split_heading,
)
from lueckenlos.commons.places.importing.troubles import CellMistake, Trouble

__all__ = [
    "MOST_READINGS",
    "AreaWords",
    "CellMistake",
    "CheckedIndicators",
    "Layout",
    "Meaning",
    "Naming",
    "TableRows",
    "Trouble",
    "check_indicators",
    "guess_meanings",
    "known_name",
    "looks_like_shares",
    "named_columns",
    "names_in",
    "split_heading",
]
