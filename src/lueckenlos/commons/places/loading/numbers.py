"""Reads and writes what is counted: population, where it lives, and indicators."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from lueckenlos.commons.places.loading.groups import SLUG
from lueckenlos.commons.places.models import Indicator, IndicatorValue, Population, PopulationCell
from lueckenlos.commons.places.types import IndicatorAbout
from lueckenlos.core.fields import Point
from lueckenlos.core.merging import FileReport, copy_rows, merge_rows, mirror_rows
from lueckenlos.core.tables import Mistakes, Row, RowMistake, Why, csv_rows, json_document
from lueckenlos.kernels.geometry import AreaIndex, to_metres

_DIRECTIONS: Final = ("lower_is_better", "higher_is_better", "neutral")
_MOST: Final = 1e12
CELLS: Final = "population_cells.csv"
DEFINITION: Final = ("key", "label", "direction", "about", "phase", "field", "need")
VALUES: Final = (
    "indicator_id", "municipality_id", "year", "value", "numerator", "denominator", "unit", "source", "from_folder",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReadIndicators:
    """The indicators with their values."""

    keys: frozenset[str]
    definitions: tuple[tuple[str, ...], ...]
    values: tuple[tuple[Any, ...], ...]


def read_population(path: Path, *, ags: Collection[str], mistakes: Mistakes) -> list[tuple[Any, ...]]:
    """Persons by municipality, year and age: every age from 0 to 99 that is given once."""
    read: list[tuple[Any, ...]] = []
    lines: dict[tuple[str, int, int], int] = {}
    for row in csv_rows(path, columns=("ags", "year", "age", "persons"), mistakes=mistakes):
        key = row.choice("ags", among=ags), _year(row), row.integer("age", most=130)
        persons = row.integer("persons")
        if row.fits and key in lines:
            row.note("age", Why.TWICE, expected=str(lines[key]))
        lines.setdefault(key, row.line)
        if row.fits:
            read.append((*key, persons))
    return read


def read_cells(
    path: Path, *, ags: Collection[str], areas: AreaIndex, mistakes: Mistakes
) -> list[tuple[Any, ...]]:
    """Points with the persons around them (`lat`, `lon`, `persons`; optional `ags`), where the folder has any."""
    if not path.exists():
        return []
    read: list[tuple[Any, ...]] = []
    for row in csv_rows(path, columns=("lat", "lon", "persons"), mistakes=mistakes):
        latitude, longitude = row.number("lat", least=-90, most=90), row.number("lon", least=-180, most=180)
        persons = row.integer("persons")
        point = to_metres(longitude, latitude)
        holds = row.values.get("ags") or areas.at(point)
        if row.fits and holds not in ags:
            row.note("lat", Why.OUTSIDE)
        if row.fits:
            read.append((holds, Point(*point), persons))
    return read


def read_indicators(folder: Path, *, ags: Collection[str], mistakes: Mistakes) -> ReadIndicators:
    """What is measured (indicators.json) and the values (indicators.csv)."""
    definitions = tuple(_definitions(folder / "indicators.json", mistakes=mistakes))
    keys = frozenset(each[0] for each in definitions)
    values: list[tuple[Any, ...]] = []
    lines: dict[tuple[str, str, int], int] = {}
    columns = ("ags", "year", "indicator", "value", "numerator", "denominator", "unit", "source")
    for row in csv_rows(folder / "indicators.csv", columns=columns, mistakes=mistakes):
        key = row.choice("indicator", among=keys), row.choice("ags", among=ags), _year(row)
        value = row.number("value", least=-_MOST, most=_MOST)
        numerator = row.maybe_number("numerator", least=-_MOST, most=_MOST)
        denominator = row.maybe_number("denominator", least=0, most=_MOST)
        unit, source = row.text("unit", longest=40), row.text("source", longest=200)
        if row.fits and key in lines:
            row.note("indicator", Why.TWICE, expected=str(lines[key]))
        lines.setdefault(key, row.line)
        if row.fits:
            values.append((*key, value, numerator, denominator, unit, source))
    return ReadIndicators(keys, definitions, tuple(values))


def write_numbers(
    population: Sequence[tuple[Any, ...]], indicators: ReadIndicators, *, cells: Sequence[tuple[Any, ...]]
) -> list[FileReport]:
    """Bring population, indicators and population cells to this state."""
    persons = mirror_rows(
        Population,
        ("municipality_id", "year", "age", "persons"),
        population,
        key=("municipality_id", "year", "age"),
    )
    PopulationCell.objects.all().delete()
    copy_rows(PopulationCell, ("municipality_id", "point", "persons"), cells)
    return [
        persons.report("population.csv"),
        *_write_indicators(indicators),
        *([FileReport(CELLS, added=len(cells))] if cells else []),
    ]


def _write_indicators(indicators: ReadIndicators) -> list[FileReport]:
    """The folder's indicators and values; what was read in or mended here stays as it is and is reported."""
    mended = set(Indicator.objects.filter(from_folder=False).values_list("key", flat=True))
    wanted = [each for each in indicators.definitions if each[0] not in mended]
    defined = merge_rows(Indicator, DEFINITION, wanted, key=["key"])
    own = [
        (*row, False) for row in IndicatorValue.objects.filter(from_folder=False).values_list(*VALUES[:-1])
    ]
    kept = {row[:3]: row for row in own}
    from_folder = [(*row, True) for row in indicators.values if row[:3] not in kept]
    values = mirror_rows(IndicatorValue, VALUES, own + from_folder, key=VALUES[:3])
    gone = Indicator.objects.filter(from_folder=True).exclude(key__in=indicators.keys)
    ended = gone.exclude(key__in={row[0] for row in own}).delete()[0]
    differing = [row for row in indicators.values if row[:3] in kept and kept[row[:3]][3:-1] != row[3:]]
    held_values = tuple(sorted({f"{row[0]} {row[2]}" for row in differing}))
    held = tuple(sorted(mended & indicators.keys))
    report = values.report("indicators.csv")
    return [
        FileReport("indicators.json", defined.added, defined.changed, defined.unchanged, ended, held),
        replace(report, unchanged=report.unchanged - len(own), held=held_values),
    ]


def _definitions(path: Path, *, mistakes: Mistakes) -> Iterable[tuple[str, ...]]:
    document = json_document(path, mistakes=mistakes)
    if document is None:
        return
    if not isinstance(document, dict):
        mistakes.add(RowMistake(path.name, 0, "", Why.NOT_AN_OBJECT))
        return
    for key, given in document.items():
        row = Row(path.name, 0, given if isinstance(given, dict) else {}, mistakes)
        if not SLUG.fullmatch(key) or len(key) > 50:
            mistakes.add(RowMistake(path.name, 0, key[:80], Why.WRONG_FORM, key[:80], "kurzer Schlüssel"))
        label = row.words("label_de", longest=200) or row.text("label", longest=200)
        about = row.choice("about", among=tuple(IndicatorAbout), default=IndicatorAbout.NEED)
        phase, field = row.words("phase", longest=50), row.words("field", longest=50)
        need = row.choice("need", among=document.keys(), default="")
        yield key, label, row.choice("direction", among=_DIRECTIONS), about, phase, field, need


def _year(row: Row) -> int:
    return row.integer("year", least=1900, most=2200)
