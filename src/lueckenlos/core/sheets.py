"""Writes tables for spreadsheets: CSV that Excel knows as UTF-8, XLSX with several sheets; no cell is a formula."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

Cell = str | int | float | date | None
# Also the wide signs of East Asian keyboards, which some programs read as the narrow ones.
_FORMULA: Final = re.compile(r"[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook; `widths` are in characters, by column."""

    title: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    widths: Sequence[int] = ()


def csv_lines(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """The table as CSV, line by line, with a mark that tells Excel it is UTF-8."""
    yield "\ufeff" + _line(headings)
    for row in rows:
        yield _line([harmless(cell) for cell in row])


def xlsx(sheets: Iterable[Sheet], *, properties: Mapping[str, str] | None = None) -> bytes:
    """A workbook; the first row of each sheet is its heading and stays in sight."""
    book = Workbook(write_only=True)
    for name, value in (properties or {}).items():
        setattr(book.properties, name, value)
    for each in sheets:
        page = book.create_sheet(each.title[:31])
        for number, width in enumerate(each.widths):
            page.column_dimensions[chr(ord("A") + number)].width = width
        page.freeze_panes = "A2"
        page.append([_heading(page, text) for text in each.headings])
        for row in each.rows:
            page.append([harmless(cell) for cell in row])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def harmless(cell: Cell) -> Cell:
    """A cell that no spreadsheet takes for a formula: a text that begins like one gets an apostrophe."""
    if not isinstance(cell, str):
        return cell
    text = _CONTROL.sub(" ", cell)
    return f"'{text}" if _FORMULA.match(text) else text


def _heading(page: WriteOnlyWorksheet, text: str) -> Any:
    cell = WriteOnlyCell(page, value=text)
    cell.font = Font(bold=True)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _line(cells: Sequence[Cell]) -> str:
    line = io.StringIO(newline="")
    csv.writer(line).writerow(cells)
    return line.getvalue()
