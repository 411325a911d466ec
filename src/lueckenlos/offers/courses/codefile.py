"""Reads a file of bought codes strictly: every line that does not fit is named, with why; nothing is guessed."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from lueckenlos.offers.courses.types import NewCode

LARGEST: Final = 2 * 1024 * 1024
MOST_CODES: Final = 5_000
_SEPARATORS: Final = ";,\t|"
_CODE: Final = re.compile(r"[!-~]{4,80}")
_CODE_NAMES: Final = frozenset({"code", "codes", "zugangscode", "zugang", "accesscode"})
_UNTIL_NAMES: Final = frozenset(
    {"gültigbis", "gueltigbis", "einlösbarbis", "ablauf", "validuntil", "expires"}
)
_SHEETS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


class Unreadable(StrEnum):
    """Why a file holds no codes that can be read."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_MANY = "too_many"
    SHEET = "sheet"
    NOT_TEXT = "not_text"
    NO_CODE_COLUMN = "no_code_column"


class UnreadableFile(Exception):
    """A file cannot be read as a list of codes; the wording is the form's."""

    def __init__(self, why: Unreadable, value: str = "") -> None:
        super().__init__(f"{why} {value}")
        self.why = why
        self.value = value


class Flaw(StrEnum):
    """What can be wrong about a line."""

    EMPTY = "empty"
    NOT_A_CODE = "not_a_code"
    TWICE = "twice"
    THERE_ALREADY = "there_already"
    NOT_A_DATE = "not_a_date"
    PAST = "past"


@dataclass(frozen=True, slots=True)
class Mistake:
    """One line that does not fit: its number as an editor shows it, the value, and what it runs into."""

    line: int
    flaw: Flaw
    value: str = ""
    other: str = ""


@dataclass(frozen=True, slots=True)
class CodeFile:
    """What a file says: codes that fit with their lines, and everything that does not."""

    codes: tuple[NewCode, ...]
    lines: tuple[int, ...]
    mistakes: tuple[Mistake, ...]

    def without(self, places: Sequence[int]) -> CodeFile:
        """The same file when the codes at these places are in the stock already."""
        known = set(places)
        kept = [place for place in range(len(self.codes)) if place not in known]
        found = [
            Mistake(self.lines[place], Flaw.THERE_ALREADY, ending(self.codes[place].text))
            for place in sorted(known)
        ]
        return CodeFile(
            tuple(self.codes[place] for place in kept),
            tuple(self.lines[place] for place in kept),
            tuple(sorted((*self.mistakes, *found), key=lambda each: each.line)),
        )


def read_codes(content: bytes, *, today: date) -> CodeFile:
    """Read a CSV file with a column of codes and perhaps one of last days. Raises UnreadableFile."""
    rows = _rows(_text(content))
    _line, header = next(((line, row) for line, row in rows if any(row)), (0, []))
    names = [re.sub(r"[\W_]+", "", name.casefold()) for name in header]
    at = _column(names, _CODE_NAMES)
    if at is None:
        raise UnreadableFile(Unreadable.NO_CODE_COLUMN)
    until_at = _column(names, _UNTIL_NAMES)
    codes: list[NewCode] = []
    lines: list[int] = []
    mistakes: list[Mistake] = []
    first: dict[str, int] = {}
    for line, row in rows:
        read = _read(row, at=at, until_at=until_at, line=line, today=today)
        if isinstance(read, NewCode) and read.text in first:
            read = Mistake(line, Flaw.TWICE, ending(read.text), str(first[read.text]))
        if isinstance(read, Mistake):
            mistakes.append(read)
            continue
        first[read.text] = line
        codes.append(read)
        lines.append(line)
        if len(codes) > MOST_CODES:
            raise UnreadableFile(Unreadable.TOO_MANY, str(MOST_CODES))
    if not codes and not mistakes:
        raise UnreadableFile(Unreadable.EMPTY)
    return CodeFile(tuple(codes), tuple(lines), tuple(mistakes))


def ending(text: str) -> str:
    """A code as it is named on a page: by its end alone."""
    return f"…{text[-4:]}" if len(text) > 4 else "…"


def _read(row: list[str], *, at: int, until_at: int | None, line: int, today: date) -> NewCode | Mistake:
    if not any(row):
        return Mistake(line, Flaw.EMPTY)
    text = _cell(row, at)
    if not text:
        return Mistake(line, Flaw.EMPTY)
    if not _CODE.fullmatch(text):
        return Mistake(line, Flaw.NOT_A_CODE, ending(text))
    typed = _cell(row, until_at)
    if not typed:
        return NewCode(text)
    until = _day(typed)
    if until is None:
        return Mistake(line, Flaw.NOT_A_DATE, typed[:40])
    return NewCode(text, until) if until >= today else Mistake(line, Flaw.PAST, typed[:40])


def _text(content: bytes) -> str:
    if len(content) > LARGEST:
        raise UnreadableFile(Unreadable.TOO_LARGE, f"{LARGEST // 1024 // 1024}")
    if content.startswith(_SHEETS):
        raise UnreadableFile(Unreadable.SHEET)
    if not content.strip():
        raise UnreadableFile(Unreadable.EMPTY)
    if b"\x00" in content and content[:2] not in {b"\xff\xfe", b"\xfe\xff"}:
        raise UnreadableFile(Unreadable.NOT_TEXT)
    for encoding in ("utf-16",) if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableFile(Unreadable.NOT_TEXT)


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Rows with the line on which each begins; the last line's end is no empty row."""
    head = text.lstrip().split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text.rstrip(), newline=""), delimiter=max(_SEPARATORS, key=head.count))
    begin = 1
    try:
        for cells in reader:
            yield begin, [cell.strip() for cell in cells]
            begin = reader.line_num + 1
    except csv.Error as error:
        raise UnreadableFile(Unreadable.NOT_TEXT) from error


def _column(names: Sequence[str], known: frozenset[str]) -> int | None:
    return next((at for at, name in enumerate(names) if name in known), None)


def _cell(row: list[str], at: int | None) -> str:
    return row[at] if at is not None and at < len(row) else ""


def _day(typed: str) -> date | None:
    for form in ("%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y"):
        try:
            return datetime.strptime(typed, form).date()  # noqa: DTZ007 – a day has no zone
        except ValueError:
            continue
    return None
