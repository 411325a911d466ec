"""Read a table that somebody has: XLSX, ODS, XLS or CSV in whatever encoding and separator."""

import csv
import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any, Final

from python_calamine import CalamineError, CalamineWorkbook

from lueckenlos.core.collecting import collecting_later

LARGEST_FILE: Final = 20 * 1024 * 1024
LARGEST_UNPACKED: Final = 300 * 1024 * 1024
MOST_ROWS: Final = 50_000
MOST_COLUMNS: Final = 200
MOST_SHEETS: Final = 20
LONGEST_CELL: Final = 20_000
_SEPARATORS: Final = ";,\t|"
_SHEETS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


class Unreadable(StrEnum):
    """Why a file is no table that can be read."""

    TOO_LARGE = "too_large"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MANY_COLUMNS = "too_many_columns"
    EMPTY = "empty"
    NO_TABLE = "no_table"
    ONE_COLUMN = "one_column"


class UnreadableTable(Exception):
    """A file cannot be read as a table; the wording is the page's and the command line's."""

    def __init__(self, why: Unreadable, value: str = "", expected: str = "") -> None:
        super().__init__(f"{why} {value}")
        self.why = why
        self.value = value
        self.expected = expected


class Encoding(StrEnum):
    """How a text file was written."""

    UTF_8 = "utf-8"
    UTF_16 = "utf-16"
    WINDOWS_1252 = "windows-1252"
    SHEET = "sheet"


@dataclass(frozen=True, slots=True)
class Table:
    """Heading and rows as text; `lines` are the numbers that people see in their own program."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    encoding: Encoding

    def samples(self, column: int, *, count: int = 2) -> list[str]:
        """The first values of a column, so that people recognize it."""
        found = (row[column] for row in self.rows if row[column])
        return [value[:60] for value, _ in zip(found, range(count), strict=False)]


def refuse_large(size: int) -> None:
    """Refuse a file by its size in bytes, so that nobody reads it first; raises UnreadableTable."""
    if size > LARGEST_FILE:
        raise UnreadableTable(
            Unreadable.TOO_LARGE, f"{size / 1024 / 1024:.0f} MB", f"{LARGEST_FILE // 1024 // 1024} MB"
        )


@collecting_later()
def read_table(content: bytes) -> Table:
    """Read the first sheet that holds anything, or the whole text file; raises UnreadableTable."""
    refuse_large(len(content))
    if not content.strip(b"\x00 \r\n\t"):
        raise UnreadableTable(Unreadable.EMPTY)
    if content.startswith(_SHEETS):
        return _table(_sheet_rows(content), encoding=Encoding.SHEET)
    text, encoding = _decoded(content)
    return _table(_text_rows(text), encoding=encoding)


def _sheet_rows(content: bytes) -> Iterable[tuple[int, list[str]]]:
    try:
        if content.startswith(_SHEETS[0]):
            _refuse_bomb(content)
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = map(workbook.get_sheet_by_index, range(min(len(workbook.sheet_names), MOST_SHEETS)))
        sheet = next((each for each in sheets if each.total_height), None)
        if sheet is None:
            raise UnreadableTable(Unreadable.EMPTY)
        if sheet.total_height > MOST_ROWS + 1:
            raise UnreadableTable(Unreadable.TOO_MANY_ROWS, str(sheet.total_height), str(MOST_ROWS))
        rows = sheet.to_python(skip_empty_area=False)
        _fill_merged(rows, sheet.merged_cell_ranges or ())
    except (CalamineError, zipfile.BadZipFile, IndexError) as error:
        raise UnreadableTable(Unreadable.NO_TABLE) from error
    return ((number, [_shown(cell) for cell in row]) for number, row in enumerate(rows, start=1))


def _fill_merged(rows: list[list[Any]], ranges: Iterable[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """A cell merged over several rows says the same for each of them; files hold its value in the first alone."""
    for (top, left), (bottom, _right) in ranges:
        for row in rows[top + 1 : bottom + 1]:
            if left < len(row):
                row[left] = rows[top][left]


def _refuse_bomb(content: bytes) -> None:
    """A small archive can unpack to gigabytes; its own directory says how much."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        unpacked = sum(entry.file_size for entry in archive.infolist())
    if unpacked > LARGEST_UNPACKED:
        megabytes = f"{unpacked / 1024 / 1024:.0f} MB"
        raise UnreadableTable(Unreadable.TOO_LARGE, megabytes, f"{LARGEST_UNPACKED // 1024 // 1024} MB")


def _text_rows(text: str) -> Iterable[tuple[int, list[str]]]:
    if "\x00" in text:
        raise UnreadableTable(Unreadable.NO_TABLE)
    first = text.lstrip("\r\n").split("\n", 1)[0]
    separator = max(_SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    has_quoted = '="' in text
    try:
        begin = 1
        for cells in reader:
            words = [cell.strip()[:LONGEST_CELL] for cell in cells]
            yield begin, list(map(_bare, words)) if has_quoted else words
            begin = reader.line_num + 1
    except csv.Error as error:
        raise UnreadableTable(Unreadable.NO_TABLE, str(reader.line_num)) from error


def _bare(cell: str) -> str:
    """Excel keeps leading zeros in text files by writing ="02421": a formula that is only a word."""
    quoted = cell.startswith('="') and cell.endswith('"') and '"' not in cell[2:-1]
    return cell[2:-1].strip() if quoted else cell


def _decoded(content: bytes) -> tuple[str, Encoding]:
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return content.decode("utf-16", "replace"), Encoding.UTF_16
    try:
        return content.decode("utf-8-sig"), Encoding.UTF_8
    except UnicodeDecodeError:
        # Excel's "CSV" on a German machine; the five bytes that Windows-1252 leaves open become signs of doubt.
        return content.decode("cp1252", "replace"), Encoding.WINDOWS_1252


def _table(numbered: Iterable[tuple[int, list[str]]], *, encoding: Encoding) -> Table:
    """The first row that is not empty is the heading; empty rows are passed over."""
    filled = ((number, row) for number, row in numbered if any(row))
    _number, header = next(iter(filled), (0, []))
    while header and not header[-1]:
        header.pop()
    if not header:
        raise UnreadableTable(Unreadable.EMPTY)
    if len(header) == 1:
        raise UnreadableTable(Unreadable.ONE_COLUMN, header[0][:60])
    if len(header) > MOST_COLUMNS:
        raise UnreadableTable(Unreadable.TOO_MANY_COLUMNS, str(len(header)), str(MOST_COLUMNS))
    width = len(header)
    rows: list[tuple[str, ...]] = []
    lines: list[int] = []
    for number, row in filled:
        if len(rows) == MOST_ROWS:
            raise UnreadableTable(Unreadable.TOO_MANY_ROWS, f"> {MOST_ROWS}", str(MOST_ROWS))
        rows.append(tuple(row[:width]) + ("",) * (width - len(row)))
        lines.append(number)
    if not rows:
        raise UnreadableTable(Unreadable.EMPTY)
    named = (name or f"Spalte {at}" for at, name in enumerate(header, start=1))
    return Table(tuple(named), tuple(rows), tuple(lines), encoding)


def _shown(cell: Any) -> str:
    """A cell as the person reads it: whole numbers without a point, days as 2026-11-01."""
    if isinstance(cell, str):
        return cell.replace("\x00", "").strip()[:LONGEST_CELL]
    if isinstance(cell, bool):
        return "ja" if cell else "nein"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "minutes")
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)
