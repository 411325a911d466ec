"""Reads tables strictly: every row that does not fit is named with file, line, field and why."""

import csv
import io
import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

LARGEST_FILE: Final = 32 * 1024 * 1024
LONGEST_LINE: Final = 1024 * 1024
# A wrong separator makes every row wrong; nobody reads more than this.
MOST_MISTAKES: Final = 500
_BOM: Final = b"\xef\xbb\xbf"
# PostgreSQL stores neither NUL nor half a surrogate pair; JSON may hold both, as escapes alone.
_UNSTORABLE: Final = re.compile("[\x00\ud800-\udfff]")
_INTEGER: Final = re.compile(r"[+-]?\d{1,15}")


class Why(StrEnum):
    """What can be wrong about a file, a row or a value."""

    FILE_MISSING = "file_missing"
    TOO_LARGE = "too_large"
    LINE_TOO_LONG = "line_too_long"
    WINDOWS_1252 = "windows_1252"
    UTF_16 = "utf_16"
    NOT_UTF_8 = "not_utf_8"
    CONTROL_CHARACTER = "control_character"
    FORMULA = "formula"
    COLUMN_MISSING = "column_missing"
    COLUMN_TWICE = "column_twice"
    TOO_MANY_CELLS = "too_many_cells"
    TOO_FEW_CELLS = "too_few_cells"
    NOT_JSON = "not_json"
    NOT_TOML = "not_toml"
    NOT_AN_OBJECT = "not_an_object"
    EMPTY = "empty"
    TOO_LONG = "too_long"
    WRONG_FORM = "wrong_form"
    NOT_A_NUMBER = "not_a_number"
    OUT_OF_RANGE = "out_of_range"
    NOT_A_DATE = "not_a_date"
    NOT_A_LIST = "not_a_list"
    NOT_ALLOWED = "not_allowed"
    UNKNOWN_KEY = "unknown_key"
    TWICE = "twice"
    OUTSIDE = "outside"
    SELF_CROSSING = "self_crossing"
    NOT_AN_AREA = "not_an_area"
    OTHER_COUNTY = "other_county"
    STILL_NEEDED = "still_needed"
    EXPLAINED = "explained"
    """`expected` is the whole sentence: a room explains its own rules."""


@dataclass(frozen=True, slots=True)
class RowMistake:
    """One thing that does not fit; `line` is 0 where the whole file is meant."""

    file: str
    line: int
    field: str
    why: Why
    value: str = ""
    expected: str = ""


@dataclass(slots=True)
class Mistakes:
    """Collects what does not fit, so that all of it is said at once; keeps the first few hundred."""

    kept: list[RowMistake] = field(default_factory=list)
    total: int = 0

    def add(self, mistake: RowMistake) -> None:
        """Note one mistake."""
        self.total += 1
        if len(self.kept) < MOST_MISTAKES:
            self.kept.append(mistake)

    def __bool__(self) -> bool:
        return self.total > 0


@dataclass(slots=True)
class Row:
    """One row with strict readings; a value that does not fit is noted and read as something harmless."""

    file: str
    line: int
    values: Mapping[str, Any]
    mistakes: Mistakes
    fits: bool = True

    def note(self, name: str, why: Why, *, expected: str = "") -> None:
        """Note that the value of this field does not fit."""
        self.fits = False
        value = self.values.get(name)
        shown = "" if value is None else str(value)
        self.mistakes.add(RowMistake(self.file, self.line, name, why, shown[:80], expected))

    def text(self, name: str, *, longest: int = 250) -> str:
        """A text that must not be empty."""
        value = self.words(name, longest=longest)
        if not value and self.fits_so_far(name):
            self.note(name, Why.EMPTY)
        return value

    def words(self, name: str, *, longest: int = 250) -> str:
        """A text that may be empty."""
        value = self.values.get(name)
        if value is None:
            return ""
        if not isinstance(value, str):
            self.note(name, Why.WRONG_FORM, expected="Text")
            return ""
        value = value.strip()
        if len(value) > longest:
            self.note(name, Why.TOO_LONG, expected=str(longest))
        if _UNSTORABLE.search(value):
            self.note(name, Why.CONTROL_CHARACTER)
            return ""
        return value

    def fits_so_far(self, name: str) -> bool:
        """Tell whether the field holds nothing wrong but emptiness."""
        value = self.values.get(name)
        return value is None or isinstance(value, str)

    def key(self, name: str, *, form: re.Pattern[str], expected: str) -> str:
        """A text of a given form."""
        value = self.text(name)
        if value and not form.fullmatch(value):
            self.note(name, Why.WRONG_FORM, expected=expected)
        return value

    def choice(self, name: str, *, among: Collection[str], default: str | None = None) -> str:
        """One of a list of words."""
        value = self.words(name)
        if not value and default is not None:
            return default
        if value not in among:
            shown = ", ".join(sorted(among)[:12])
            self.note(name, Why.NOT_ALLOWED if value else Why.EMPTY, expected=shown)
        return value

    def integer(self, name: str, *, least: int = 0, most: int = 2_000_000_000) -> int:
        """A whole number that must be there."""
        value = self.maybe_integer(name, least=least, most=most)
        if value is None:
            if self.values.get(name) in {None, ""}:
                self.note(name, Why.EMPTY)
            return least
        return value

    def maybe_integer(self, name: str, *, least: int = 0, most: int = 2_000_000_000) -> int | None:
        """A whole number, or nothing where it is not known."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        if isinstance(value, str) and _INTEGER.fullmatch(value.strip()):
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int):
            self.note(name, Why.NOT_A_NUMBER, expected="ganze Zahl")
            return None
        if not least <= value <= most:
            self.note(name, Why.OUT_OF_RANGE, expected=f"{least} bis {most}")
            return None
        return value

    def number(self, name: str, *, least: float, most: float) -> float:
        """A number with a decimal point that must be there."""
        value = self.maybe_number(name, least=least, most=most)
        if value is None:
            if self.values.get(name) in {None, ""}:
                self.note(name, Why.EMPTY)
            return least
        return value

    def maybe_number(self, name: str, *, least: float, most: float) -> float | None:
        """A number with a decimal point, or nothing where it is not known."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        try:
            number = float("nan") if isinstance(value, bool) else float(value)
        except (TypeError, ValueError):
            number = float("nan")
        if number != number:
            self.note(name, Why.NOT_A_NUMBER, expected="Zahl mit Dezimalpunkt")
            return None
        if not least <= number <= most:
            self.note(name, Why.OUT_OF_RANGE, expected=f"{least:g} bis {most:g}")
            return None
        return number

    def maybe_date(self, name: str) -> date | None:
        """A day as 2026-11-01, or nothing."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            self.note(name, Why.NOT_A_DATE, expected="JJJJ-MM-TT")
            return None

    def maybe_flag(self, name: str) -> bool | None:
        """True, false or unknown."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        if isinstance(value, bool):
            return value
        if value in {"0", "1", "true", "false"}:
            return value in {"1", "true"}
        self.note(name, Why.NOT_ALLOWED, expected="true, false")
        return None

    def listed(self, name: str, *, among: Collection[str] | None = None) -> list[str]:
        """A list of words; in a table they are parted by blanks. Each is taken once, in its order."""
        value = self.values.get(name)
        if value is None:
            return []
        given = value.split() if isinstance(value, str) else value
        if not isinstance(given, list) or not all(isinstance(item, str) for item in given):
            self.note(name, Why.NOT_A_LIST)
            return []
        if among is not None:
            for item in given:
                if item not in among:
                    self.fits = False
                    self.mistakes.add(RowMistake(self.file, self.line, name, Why.UNKNOWN_KEY, item[:80]))
        return list(dict.fromkeys(given))


def csv_rows(path: Path, *, columns: Collection[str], mistakes: Mistakes) -> Iterator[Row]:
    """The rows of a CSV file in UTF-8 with a header; without one of the columns there are no rows at all."""
    text = whole_text(path, mistakes=mistakes)
    if text is None:
        return
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [name.strip() for name in next(reader, [])]
        if not _header_fits(path.name, header, columns=columns, mistakes=mistakes):
            return
        for cells in reader:
            if cells:
                row = _row(path.name, reader.line_num, header=header, cells=cells, mistakes=mistakes)
                if row is not None:
                    yield row
    except csv.Error as error:
        mistakes.add(RowMistake(path.name, reader.line_num, "", Why.WRONG_FORM, expected=str(error)))


def json_lines(path: Path, *, mistakes: Mistakes) -> Iterator[Row]:
    """The objects of a file with one JSON object a line; read line by line, however long the file is."""
    if not path.is_file():
        mistakes.add(RowMistake(path.name, 0, "", Why.FILE_MISSING))
        return
    with path.open("rb") as file:
        number = 0
        while raw := file.readline(LONGEST_LINE + 1):
            number += 1
            if len(raw) > LONGEST_LINE:
                mistakes.add(
                    RowMistake(
                        path.name, number, "", Why.LINE_TOO_LONG, expected=f"{LONGEST_LINE // 1024} KiB"
                    )
                )
                return
            if number == 1:
                raw = raw.removeprefix(_BOM)
            if raw.strip():
                yield from _object(path.name, number, raw=raw, mistakes=mistakes)


def json_document(path: Path, *, mistakes: Mistakes) -> Any:
    """A whole JSON file, or nothing where it cannot be read."""
    text = whole_text(path, mistakes=mistakes)
    if text is None:
        return None
    try:
        return json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 0
        mistakes.add(RowMistake(path.name, line, "", Why.NOT_JSON))
        return None


def whole_text(path: Path, *, mistakes: Mistakes) -> str | None:
    """A file's text, or nothing where it is missing, far too large or not written in UTF-8."""
    if not path.is_file():
        mistakes.add(RowMistake(path.name, 0, "", Why.FILE_MISSING))
        return None
    size = path.stat().st_size
    if size > LARGEST_FILE:
        megabytes = f"{size / 1024 / 1024:.0f} MiB"
        expected = f"{LARGEST_FILE // 1024 // 1024} MiB"
        mistakes.add(RowMistake(path.name, 0, "", Why.TOO_LARGE, megabytes, expected))
        return None
    raw = path.read_bytes().removeprefix(_BOM)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        mistakes.add(_encoding_mistake(path.name, line, raw=raw, start=error.start))
        return None


def _encoding_mistake(name: str, line: int, *, raw: bytes, start: int) -> RowMistake:
    if raw[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return RowMistake(name, 0, "", Why.UTF_16)
    begin = raw.rfind(b"\n", 0, start) + 1
    end = raw.find(b"\n", start)
    around = raw[max(begin, start - 20) : min(end if end >= 0 else len(raw), start + 20)]
    try:
        return RowMistake(name, line, "", Why.WINDOWS_1252, around.decode("cp1252").strip())
    except UnicodeDecodeError:
        return RowMistake(name, line, "", Why.NOT_UTF_8, around.decode("utf-8", "replace").strip())


def _header_fits(name: str, header: list[str], *, columns: Collection[str], mistakes: Mistakes) -> bool:
    before = mistakes.total
    for column in columns:
        if column not in header:
            mistakes.add(RowMistake(name, 1, column, Why.COLUMN_MISSING, expected=", ".join(columns)))
    for column in {column for column in header if header.count(column) > 1}:
        mistakes.add(RowMistake(name, 1, column, Why.COLUMN_TWICE))
    return mistakes.total == before


def _row(name: str, line: int, *, header: list[str], cells: list[str], mistakes: Mistakes) -> Row | None:
    if len(cells) != len(header):
        why = Why.TOO_MANY_CELLS if len(cells) > len(header) else Why.TOO_FEW_CELLS
        mistakes.add(RowMistake(name, line, "", why, str(len(cells)), str(len(header))))
        return None
    return Row(name, line, dict(zip(header, cells, strict=True)), mistakes)


def _object(name: str, line: int, *, raw: bytes, mistakes: Mistakes) -> Iterator[Row]:
    try:
        value = json.loads(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        mistakes.add(_encoding_mistake(name, line, raw=raw, start=error.start))
    except (ValueError, RecursionError):
        mistakes.add(RowMistake(name, line, "", Why.NOT_JSON, raw[:60].decode("utf-8", "replace")))
    else:
        if not isinstance(value, dict):
            mistakes.add(RowMistake(name, line, "", Why.NOT_AN_OBJECT))
        elif b"\\u" in raw and _holds_unstorable(value):
            mistakes.add(RowMistake(name, line, "", Why.CONTROL_CHARACTER))
        else:
            yield Row(name, line, value, mistakes)


def _holds_unstorable(value: Any) -> bool:
    if isinstance(value, str):
        return _UNSTORABLE.search(value) is not None
    if isinstance(value, dict):
        return any(_holds_unstorable(item) for pair in value.items() for item in pair)
    return isinstance(value, list) and any(_holds_unstorable(item) for item in value)
