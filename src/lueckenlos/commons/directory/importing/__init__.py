"""Tables of services from elsewhere: read, map, check row by row, name likely doubles; writing is `services.importing`."""

from lueckenlos.commons.directory.importing.cells import KnownWords, known_words
from lueckenlos.commons.directory.importing.checking import CheckedRow, Checking, check_table
from lueckenlos.commons.directory.importing.mapping import Mapping, Source, guess_mapping
from lueckenlos.commons.directory.importing.reading import (
    Table,
    Unreadable,
    UnreadableTable,
    read_table,
    refuse_large,
)
from lueckenlos.commons.directory.importing.targets import TARGETS, Target

__all__ = [
    "TARGETS",
    "CheckedRow",
    "Checking",
    "KnownWords",
    "Mapping",
    "Source",
    "Table",
    "Target",
    "Unreadable",
    "UnreadableTable",
    "check_table",
    "guess_mapping",
    "known_words",
    "read_table",
    "refuse_large",
]
