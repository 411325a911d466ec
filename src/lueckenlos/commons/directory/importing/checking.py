"""Turn a table's columns into entries' content; every cell that does not fit is named by line, column and reason.

Columns repeat themselves, so each is read once for each different cell, however many rows there are.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from hashlib import blake2b
from itertools import compress, repeat
from operator import itemgetter
from typing import Any, Final
from uuid import UUID

from lueckenlos.commons.directory.importing.cells import Doubt, KnownWords, readers
from lueckenlos.commons.directory.importing.composing import compose, spoken_of
from lueckenlos.commons.directory.importing.mapping import Mapping as Columns
from lueckenlos.commons.directory.importing.reading import Table
from lueckenlos.commons.directory.importing.targets import KEYS, TARGETS
from lueckenlos.commons.directory.types import ServiceValues
from lueckenlos.core.collecting import collecting_later
from lueckenlos.core.tables import MOST_MISTAKES, Mistakes, RowMistake, Why

# Line feeds, tabs and returns are text; no other control character is.
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_FORMULA: Final = re.compile(
    r"=[\w$.'!]*[(+\-*/&:<>!$]|=[A-Z]{1,3}[0-9]+$"
    r"|#(?:REF|NAME|VALUE|DIV/0|N/A|NUM|NULL|BEZUG|WERT|NV|ZAHL)[!?]?$"
)
_ORDER: Final = {key: at for at, key in enumerate(KEYS)}
_PART: Final = "\x1f"


@dataclass(frozen=True, slots=True)
class CheckedRow:
    """A row that fits, with its line, whose it is, and by what it is known again."""

    line: int
    values: ServiceValues
    organization: str
    key: str
    """The table's own key, else name and place; equal ones of a table are numbered."""
    digest: UUID
    """Of all cells that were read: an equal one says that the row is as it was."""


@dataclass(slots=True)
class Checking:
    """All rows that fit, and what is wrong with the others."""

    rows: list[CheckedRow] = field(default_factory=list)
    mistakes: Mistakes = field(default_factory=Mistakes)
    wrong_lines: set[int] = field(default_factory=set)
    given: frozenset[str] = frozenset()
    """The fields of an entry that the table speaks of; of all others it says nothing."""

    @property
    def total(self) -> int:
        """How many rows the table has."""
        return len(self.rows) + len(self.wrong_lines)


@collecting_later()
def check_table(table: Table, *, mapping: Columns, words: KnownWords, file: str) -> Checking:
    """Check all rows; a row with any mistake is left out, and every one of its mistakes is named."""
    reader = _Reader(table, mapping=mapping)
    reader.read_cells(readers(words))
    reader.demand()
    return reader.checking(words, file=file)


@dataclass(frozen=True, slots=True)
class _Wrong:
    """A cell that does not fit; the order is by line and then by field."""

    line: int
    key: str
    why: Why
    value: str = ""
    expected: str = ""

    @property
    def place(self) -> tuple[int, int]:
        return self.line, _ORDER[self.key]


class _Reader:
    """Reads one table column by column."""

    def __init__(self, table: Table, *, mapping: Columns) -> None:
        self._lines = table.lines
        self._labels = {
            key: table.header[source.column] for key, source in mapping.items() if source.column is not None
        }
        self._texts: dict[str, Sequence[str]] = {}
        for key, source in mapping.items():
            if source.column is not None:
                self._texts[key] = list(map(itemgetter(source.column), table.rows))
            elif source.constant:
                self._texts[key] = [source.constant] * len(table.rows)
        self._values: dict[str, list[Any]] = {}
        self._wrong: list[_Wrong] = []

    def read_cells(self, read: Mapping[str, Callable[[str], Any]]) -> None:
        for key, texts in self._texts.items():
            known: dict[str, Any] = {"": None}
            doubts: dict[str, Doubt] = {}
            different = set(texts) - {""}
            clean = read[key] if _are_plain(different) else partial(_clean, read=read[key])
            for text in different:
                try:
                    known[text] = clean(text)
                except Doubt as doubt:
                    doubts[text] = doubt
            if doubts:
                known |= dict.fromkeys(doubts)
                self._note(
                    _Wrong(line, key, doubts[text].why, text, doubts[text].expected)
                    for line, text in zip(self._lines, texts, strict=True)
                    if text in doubts
                )
            self._values[key] = list(map(known.__getitem__, texts))

    def demand(self) -> None:
        """What one cell alone does not tell: missing ones, ends before beginnings, keys that come twice."""
        for target in TARGETS:
            texts = self._texts.get(target.key)
            if target.required and texts is None:
                self._note([_Wrong(0, target.key, Why.COLUMN_MISSING, expected=str(target.label))])
            elif target.required and texts is not None:
                self._note(
                    _Wrong(line, target.key, Why.EMPTY)
                    for line, text in zip(self._lines, texts, strict=True)
                    if not text
                )
        self._in_order("age_min", "age_max", said="{} bis 120")
        self._in_order("valid_from", "valid_to", said="{} oder später")
        self._once("external_key")

    def _in_order(self, low: str, high: str, *, said: str) -> None:
        if low in self._values and high in self._values:
            texts = zip(self._texts[low], self._texts[high], strict=True)
            values = zip(self._values[low], self._values[high], strict=True)
            self._note(
                _Wrong(line, high, Why.OUT_OF_RANGE, last, said.format(first))
                for line, (first, last), (least, most) in zip(self._lines, texts, values, strict=True)
                if least is not None and most is not None and least > most
            )

    def _once(self, key: str) -> None:
        first: dict[str, int] = {}
        for line, text in zip(self._lines, self._texts.get(key, ()), strict=False):
            if text and first.setdefault(text, line) != line:
                self._note([_Wrong(line, key, Why.TWICE, text, str(first[text]))])

    def _note(self, wrong: Iterable[_Wrong]) -> None:
        self._wrong += wrong

    def checking(self, words: KnownWords, *, file: str) -> Checking:
        """The rows that fit, and the mistakes in the order of the table."""
        wrong_lines = {each.line for each in self._wrong}
        if 0 in wrong_lines:
            # A column that every row needs is not there at all: said once.
            wrong_lines = set(self._lines)
        mistakes = Mistakes(total=len(self._wrong))
        for each in sorted(self._wrong, key=lambda wrong: wrong.place)[:MOST_MISTAKES]:
            label = self._labels.get(each.key) or _label(each.key)
            mistakes.kept.append(RowMistake(file, each.line, label, each.why, each.value[:80], each.expected))
        rows = self._rows(words, wrong_lines=wrong_lines)
        return Checking(rows, mistakes, wrong_lines, spoken_of(self._texts))

    def _rows(self, words: KnownWords, *, wrong_lines: set[int]) -> list[CheckedRow]:
        good = [line not in wrong_lines for line in self._lines]
        lines = list(compress(self._lines, good))
        if not lines:
            return []
        values = {key: list(compress(column, good)) for key, column in self._values.items()}
        texts = {key: list(compress(column, good)) for key, column in self._texts.items()}
        owners = [each or "" for each in values.get("organization", ())] or [""] * len(lines)
        return list(
            map(
                CheckedRow,
                lines,
                compose(values, phases=words.phases, count=len(lines)),
                owners,
                _row_keys(texts, count=len(lines)),
                _digests(texts),
            )
        )


def _are_plain(texts: Collection[str]) -> bool:
    """Tell at one look that no cell of a column holds a control character or may be a formula."""
    return _CONTROL.search("".join(texts)) is None and not any(text[0] in "=#" for text in texts)


def _clean(text: str, read: Callable[[str], Any]) -> Any:
    if _CONTROL.search(text):
        raise Doubt(Why.CONTROL_CHARACTER)
    if text[0] in "=#" and _FORMULA.match(text):
        raise Doubt(Why.FORMULA)
    return read(text)


def _row_keys(texts: Mapping[str, Sequence[str]], *, count: int) -> list[str]:
    """By what each row is known again: its own key where it has one, else whose, what and where it is."""
    own = texts.get("external_key") or repeat("", count)
    parts = [texts.get(key) or [""] * count for key in ("organization", "name", "postcode", "city")]
    found: list[str] = []
    times: dict[str, int] = {}
    for key, words in zip(own, zip(*parts, strict=True), strict=False):
        told = f"id{_PART}{key}" if key else " ".join(_PART.join(words).casefold().split(" "))
        before = times[told] = times.get(told, 0) + 1
        found.append(told if before == 1 else f"{told}{_PART}{before}")
    return found


def _digests(texts: Mapping[str, Sequence[str]]) -> list[UUID]:
    """One for each row; the fields' names are in it, so that another mapping makes another digest."""
    names = sorted(texts, key=_ORDER.__getitem__)
    begin = blake2b(_PART.join(names).encode(), digest_size=16)
    found: list[UUID] = []
    for cells in zip(*(texts[name] for name in names), strict=True):
        digest = begin.copy()
        digest.update(_PART.join(cells).encode())
        found.append(UUID(bytes=digest.digest()))
    return found


@lru_cache(maxsize=64)
def _label(key: str) -> str:
    return str(next(target.label for target in TARGETS if target.key == key))
