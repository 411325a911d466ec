"""Reads and writes what is counted: population, indicators and targets."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from psycopg.types.json import Jsonb

from lueckenlos.commons.places.loading.groups import SLUG
from lueckenlos.commons.places.models import Indicator, IndicatorValue, Population, Target
from lueckenlos.core.merging import FileReport, merge_rows, mirror_rows
from lueckenlos.core.tables import Mistakes, Row, RowMistake, Why, csv_rows, json_document

_DIRECTIONS: Final = ("lower_is_better", "higher_is_better", "neutral")
_MOST: Final = 1e12


@dataclass(frozen=True, slots=True)
class ReadIndicators:
    """The indicators with their values."""

    keys: frozenset[str]
    definitions: tuple[tuple[str, str, str], ...]
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


def read_indicators(folder: Path, *, ags: Collection[str], mistakes: Mistakes) -> ReadIndicators:
    """What is measured (indicators.json) and the values (indicators.csv)."""
    definitions = tuple(_definitions(folder / "indicators.json", mistakes=mistakes))
    keys = frozenset(key for key, _label, _direction in definitions)
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


def read_targets(
    path: Path,
    *,
    areas: Collection[str],
    phases: Collection[str],
    fields: Collection[str],
    indicators: Collection[str],
    intensities: Collection[str],
    mistakes: Mistakes,
) -> list[tuple[Any, ...]]:
    """Places per hundred children by area, phase and field, or by seam (`kita>grundschule`, no field)."""
    read: list[tuple[Any, ...]] = []
    lines: dict[tuple[str, str, str], int] = {}
    columns = (
        "ags",
        "phase",
        "field",
        "places_per_100",
        "essential",
        "need_indicator",
        "intensities",
        "basis",
    )
    for row in csv_rows(path, columns=columns, mistakes=mistakes):
        area = row.choice("ags", among=areas)
        phase = _phase_or_seam(row, phases=phases)
        field = "" if ">" in phase else row.choice("field", among=fields)
        places = row.number("places_per_100", least=0.001, most=10_000)
        essential = row.maybe_flag("essential") or False
        need = row.choice("need_indicator", among=indicators, default="")
        counted = Jsonb(row.listed("intensities", among=intensities))
        basis = row.text("basis", longest=300)
        key = (area, phase, field)
        if row.fits and key in lines:
            row.note("phase", Why.TWICE, expected=str(lines[key]))
        lines.setdefault(key, row.line)
        if row.fits:
            read.append((*key, places, essential, need, counted, basis))
    return read


def write_numbers(
    population: Sequence[tuple[Any, ...]], indicators: ReadIndicators, *, targets: Sequence[tuple[Any, ...]]
) -> list[FileReport]:
    """Bring population, indicators and targets to this state."""
    persons = mirror_rows(
        Population,
        ("municipality_id", "year", "age", "persons"),
        population,
        key=("municipality_id", "year", "age"),
    )
    defined = merge_rows(Indicator, ("key", "label", "direction"), indicators.definitions, key=["key"])
    values = mirror_rows(
        IndicatorValue,
        (
            "indicator_id",
            "municipality_id",
            "year",
            "value",
            "numerator",
            "denominator",
            "unit",
            "source",
        ),
        indicators.values,
        key=("indicator_id", "municipality_id", "year"),
    )
    ended = Indicator.objects.exclude(key__in=indicators.keys).delete()[0]
    goals = mirror_rows(
        Target,
        (
            "area",
            "phase",
            "field",
            "places_per_100",
            "is_essential",
            "need_indicator",
            "intensities",
            "basis",
        ),
        targets,
        key=("area", "phase", "field"),
    )
    return [
        persons.report("population.csv"),
        FileReport("indicators.json", defined.added, defined.changed, defined.unchanged, ended),
        values.report("indicators.csv"),
        goals.report("targets.csv"),
    ]


def _definitions(path: Path, *, mistakes: Mistakes) -> Iterable[tuple[str, str, str]]:
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
        yield key, label, row.choice("direction", among=_DIRECTIONS)


def _year(row: Row) -> int:
    return row.integer("year", least=1900, most=2200)


def _phase_or_seam(row: Row, *, phases: Collection[str]) -> str:
    value = row.text("phase", longest=80)
    parts = value.split(">")
    if value and (len(parts) > 2 or any(part not in phases for part in parts)):
        row.note("phase", Why.UNKNOWN_KEY)
    return value
