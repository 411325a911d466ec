"""Check a table of indicators cell by cell: what fits becomes readings, everything else is said with its line."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

from lueckenlos.commons.places.importing.cells import COUNTY, UNKNOWN, AreaWords, Number, count, number, year
from lueckenlos.commons.places.importing.columns import Meaning, named_columns, split_heading
from lueckenlos.commons.places.importing.troubles import CellMistake, Doubt, Trouble
from lueckenlos.commons.places.types import PERCENT, IndicatorReading

MOST_READINGS: Final = 200_000
MOST_MISTAKES: Final = 500
LARGEST: Final = 1e12
ROUNDED: Final = 0.6
"""Percent that a rounded value may differ from its own numerator and denominator."""


@dataclass(frozen=True, slots=True)
class TableRows:
    """A table as it was read: heading, rows, their lines; whether it is a sheet, in which numbers are numbers."""

    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    lines: Sequence[int]
    is_sheet: bool
    name: str = ""


@dataclass(frozen=True, slots=True)
class Naming:
    """What a name in the table stands for: an indicator's key, its unit, and whether values are shares of 1."""

    key: str
    unit: str = PERCENT
    is_share: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """What the columns mean, and what holds for all rows; a name without `Naming` is not taken over."""

    meanings: tuple[Meaning, ...]
    names: Mapping[str, Naming]
    year: int | None = None
    source: str = ""


@dataclass(slots=True)
class CheckedIndicators:
    """What fits, what does not, and what was passed over."""

    readings: list[IndicatorReading] = field(default_factory=list)
    mistakes: list[CellMistake] = field(default_factory=list)
    wrong: int = 0
    """All mistakes; only the first hundreds are kept."""
    cells: int = 0
    unknown: int = 0
    """Cells that say that the value is not known."""
    sums: int = 0
    """Rows of the county or of sums."""
    left_out: int = 0
    """Cells of indicators that were not wanted."""
    empty: tuple[str, ...] = ()
    """Names without a single value."""
    is_too_long: bool = False

    def note(self, mistake: CellMistake) -> None:
        """Keep one mistake."""
        self.wrong += 1
        if len(self.mistakes) < MOST_MISTAKES:
            self.mistakes.append(mistake)


@dataclass(frozen=True, slots=True)
class _Cell:
    """One value with where it stands and what its row says of it."""

    at: int
    name: str
    year: int | None


class _Check:
    def __init__(self, table: TableRows, layout: Layout, *, areas: AreaWords, latest_year: int) -> None:
        self.table, self.layout, self.areas, self.latest = table, layout, areas, latest_year
        self.found = CheckedIndicators()
        self.columns: dict[Meaning, int] = {
            meaning: at for at, meaning in enumerate(layout.meanings) if meaning is not Meaning.VALUES
        }
        self.values = named_columns(table.header, layout.meanings, table=table.name)
        self.first: dict[tuple[str, str, int], tuple[IndicatorReading, int]] = {}
        self.known: Counter[str] = Counter()
        self.seen: set[str] = set()

    def run(self) -> CheckedIndicators:
        for row, line in zip(self.table.rows, self.table.lines, strict=True):
            if self.found.cells > MOST_READINGS:
                self.found.is_too_long = True
                break
            self._row(row, line)
        self.found.readings = [reading for reading, _line in self.first.values()]
        self.found.empty = tuple(sorted(name for name in self.seen if not self.known[name]))
        return self.found

    def _row(self, row: Sequence[str], line: int) -> None:
        try:
            ags = self.areas.find(self._text(row, Meaning.AREA))
        except Doubt as doubt:
            self._note(row, line, self.columns[Meaning.AREA], doubt)
            return
        if ags == COUNTY:
            self.found.sums += 1
            return
        for cell in self._cells(row):
            naming = self.layout.names.get(cell.name)
            if naming is None:
                self._unnamed(row, line, cell)
                continue
            self.found.cells += 1
            self.seen.add(cell.name)
            try:
                reading = self._reading(row, cell, naming, ags)
            except _At as where:
                self._note(row, line, where.column, where.doubt)
                self.known[cell.name] += 1
                continue
            if reading is None:
                self.found.unknown += 1
                continue
            self.known[cell.name] += 1
            self._keep(reading, row, line, cell)

    def _cells(self, row: Sequence[str]) -> Iterator[_Cell]:
        if Meaning.INDICATOR in self.columns:
            at = self.columns.get(Meaning.VALUE, self.columns.get(Meaning.NUMERATOR, 0))
            yield _Cell(at, row[self.columns[Meaning.INDICATOR]], None)
            return
        for at, name in self.values.items():
            yield _Cell(at, name, split_heading(self.table.header[at])[1])

    def _unnamed(self, row: Sequence[str], line: int, cell: _Cell) -> None:
        if cell.name.casefold() in UNKNOWN:
            self._note(row, line, self.columns[Meaning.INDICATOR], Doubt(Trouble.NO_INDICATOR))
        else:
            self.found.left_out += 1

    def _reading(self, row: Sequence[str], cell: _Cell, naming: Naming, ags: str) -> IndicatorReading | None:
        numerator, denominator = (self._count(row, each) for each in (Meaning.NUMERATOR, Meaning.DENOMINATOR))
        unit = _unit(self._text(row, Meaning.UNIT)) or naming.unit
        given = self._number(row, cell)
        value = _percent(given, naming, unit)
        if value is None and numerator is not None and denominator and unit == PERCENT:
            value = 100.0 * numerator / denominator
        if value is None:
            return None
        with _in_column(cell.at):
            _demand_possible(value, given=given, unit=unit, numerator=numerator, denominator=denominator)
        when = self._year(row, cell)
        return IndicatorReading(naming.key, ags, when, value, numerator, denominator, unit, self._source(row))

    def _number(self, row: Sequence[str], cell: _Cell) -> Number | None:
        if Meaning.INDICATOR in self.columns and Meaning.VALUE not in self.columns:
            return None
        with _in_column(cell.at):
            return number(row[cell.at], is_sheet=self.table.is_sheet)

    def _count(self, row: Sequence[str], meaning: Meaning) -> float | None:
        at = self.columns.get(meaning)
        if at is None:
            return None
        with _in_column(at):
            return count(row[at], is_sheet=self.table.is_sheet)

    def _year(self, row: Sequence[str], cell: _Cell) -> int:
        if Meaning.YEAR in self.columns:
            with _in_column(self.columns[Meaning.YEAR]):
                return year(row[self.columns[Meaning.YEAR]], latest=self.latest)
        when = cell.year or self.layout.year
        with _in_column(cell.at):
            if when is None:
                raise Doubt(Trouble.NO_YEAR)
            if when > self.latest:
                raise Doubt(Trouble.YEAR_AHEAD, str(self.latest))
            return when

    def _source(self, row: Sequence[str]) -> str:
        source = self._text(row, Meaning.SOURCE) or self.layout.source
        with _in_column(self.columns.get(Meaning.SOURCE, 0)):
            if not source:
                raise Doubt(Trouble.NO_SOURCE)
            if len(source) > 200:
                raise Doubt(Trouble.TOO_LONG, "200")
            return source

    def _keep(self, reading: IndicatorReading, row: Sequence[str], line: int, cell: _Cell) -> None:
        key = reading.indicator, reading.ags, reading.year
        before = self.first.get(key)
        if before is None:
            self.first[key] = reading, line
        elif before[0] != reading:
            self._note(row, line, cell.at, Doubt(Trouble.TWICE, str(before[1])))

    def _text(self, row: Sequence[str], meaning: Meaning) -> str:
        at = self.columns.get(meaning)
        return "" if at is None else row[at].strip()

    def _note(self, row: Sequence[str], line: int, at: int, doubt: Doubt) -> None:
        self.found.note(CellMistake(line, self.table.header[at], doubt.why, row[at][:60], doubt.expected))


class _At(Exception):
    """A doubt with the column in which it arose."""

    def __init__(self, column: int, doubt: Doubt) -> None:
        super().__init__(doubt.why)
        self.column, self.doubt = column, doubt


@contextmanager
def _in_column(column: int) -> Iterator[None]:
    """Says in which column a doubt arose."""
    try:
        yield
    except Doubt as doubt:
        raise _At(column, doubt) from doubt


def check_indicators(
    table: TableRows, layout: Layout, *, areas: AreaWords, latest_year: int
) -> CheckedIndicators:
    """Read every cell that the layout speaks of; what does not fit is said and nothing is guessed."""
    return _Check(table, layout, areas=areas, latest_year=latest_year).run()


def looks_like_shares(table: TableRows, meanings: Sequence[Meaning]) -> dict[str, bool]:
    """By name, whether all its values lie between 0 and 1 with a decimal, as a sheet keeps percentages."""
    shares: dict[str, list[bool]] = defaultdict(list)
    check = _Check(
        table, Layout(tuple(meanings), {}), areas=AreaWords("", name="", municipalities=()), latest_year=0
    )
    for row in table.rows:
        for cell in check._cells(row):
            try:
                found = check._number(row, cell)
            except _At:
                continue
            if found is not None:
                shares[cell.name].append(not found.is_percent and 0 <= found.value <= 1)
    return {name: all(each) for name, each in shares.items()}


def _unit(text: str) -> str:
    return PERCENT if text.casefold() in {"%", "prozent", "percent", "v. h.", "vh"} else text[:40]


def _percent(given: Number | None, naming: Naming, unit: str) -> float | None:
    if given is None:
        return None
    # Hundred times a binary fraction: 0.311 is to be 31.1 again.
    is_share = naming.is_share and unit == PERCENT and not given.is_percent
    return round(100.0 * given.value, 10) if is_share else given.value


def _demand_possible(
    value: float,
    *,
    given: Number | None,
    unit: str,
    numerator: float | None,
    denominator: float | None,
) -> None:
    if not -LARGEST <= value <= LARGEST:
        raise Doubt(Trouble.OUT_OF_RANGE, "± 1 000 000 000 000")
    if denominator == 0:
        raise Doubt(Trouble.NOTHING_TO_DIVIDE_BY)
    if unit != PERCENT:
        return
    if numerator is not None and denominator:
        share = 100.0 * numerator / denominator
        if abs(share - value) > ROUNDED:
            is_share = given is not None and abs(share - 100.0 * given.value) <= ROUNDED
            raise Doubt(Trouble.LOOKS_LIKE_SHARE if is_share else Trouble.CONTRADICTS, f"{share:.1f}")
    elif not 0 <= value <= 100:
        raise Doubt(Trouble.OUT_OF_RANGE, "0 bis 100")
