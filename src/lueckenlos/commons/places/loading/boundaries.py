"""Reads and writes municipalities with their boundaries."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from psycopg.types.json import Jsonb

from lueckenlos.commons.places.models import Municipality
from lueckenlos.core.merging import FileReport, merge_rows
from lueckenlos.core.tables import Mistakes, Row, Why, json_document
from lueckenlos.kernels import geometry
from lueckenlos.kernels.sortkey import sort_key

AGS: Final = re.compile(r"\d{8}")
_COLUMNS: Final = ("ags", "county_id", "name", "designation", "sort_key", "boundary", "label_point")


@dataclass(frozen=True, slots=True)
class ReadMunicipality:
    """A municipality as the folder has it."""

    ags: str
    name: str
    designation: str
    boundary: dict[str, Any]
    label: tuple[float, float]


@dataclass(frozen=True, slots=True)
class ReadBoundaries:
    """The sound municipalities, and the keys of all that are named, so that one mistake is not told twice."""

    sound: list[ReadMunicipality]
    ags: frozenset[str]


def read_municipalities(path: Path, *, county: str, mistakes: Mistakes) -> ReadBoundaries:
    """The municipalities of a GeoJSON file; `line` in a mistake is the number of the feature."""
    features = feature_list(path, mistakes=mistakes)
    if not features:
        return ReadBoundaries([], frozenset())
    return municipalities_from(path.name, features, county=county, mistakes=mistakes)


def feature_list(path: Path, *, mistakes: Mistakes) -> list[Any]:
    """What a GeoJSON file lists, of whatever kind; a file without any is a mistake."""
    document = json_document(path, mistakes=mistakes)
    if document is None:
        return []
    file = Row(path.name, 0, document if isinstance(document, dict) else {}, mistakes)
    features = file.values.get("features")
    if not isinstance(features, list) or not features:
        file.note("features", Why.EMPTY)
        return []
    return features


def features_of(path: Path, *, mistakes: Mistakes) -> Iterator[tuple[Row, dict[str, Any] | None]]:
    """The features of a GeoJSON file: properties as a row, with the geometry where there is one."""
    yield from rows_of(path.name, feature_list(path, mistakes=mistakes), mistakes=mistakes)


def rows_of(
    file: str, features: Sequence[Any], *, mistakes: Mistakes
) -> Iterator[tuple[Row, dict[str, Any] | None]]:
    """The same for features that were read already."""
    for line, feature in enumerate(features, start=1):
        parts = feature if isinstance(feature, dict) else {}
        given, shape = parts.get("properties"), parts.get("geometry")
        row = Row(file, line, given if isinstance(given, dict) else {}, mistakes)
        yield row, shape if isinstance(shape, dict) or shape is None else {}


def municipalities_from(
    file: str, features: Sequence[Any], *, county: str, mistakes: Mistakes
) -> ReadBoundaries:
    """The sound ones among GeoJSON features; each other one is named."""
    read: dict[str, ReadMunicipality] = {}
    lines: dict[str, int] = {}
    for row, shape in rows_of(file, features, mistakes=mistakes):
        place = _municipality(row, shape or {}, county=county)
        if place.ags in lines:
            row.note("ags", Why.TWICE, expected=str(lines[place.ags]))
        lines.setdefault(place.ags, row.line)
        if row.fits:
            read[place.ags] = place
    return ReadBoundaries(list(read.values()), frozenset(lines))


def _municipality(row: Row, shape: dict[str, Any], *, county: str) -> ReadMunicipality:
    ags = row.key("ags", form=AGS, expected="acht Ziffern")
    if AGS.fullmatch(ags) and not ags.startswith(county):
        row.note("ags", Why.WRONG_FORM, expected=f"acht Ziffern, beginnend mit {county}")
    trouble = geometry.unsound(shape)
    if trouble is not None:
        note_unsound(row, trouble)
        return ReadMunicipality(
            ags, row.text("name", longest=120), row.words("bez", longest=40), {}, (0.0, 0.0)
        )
    boundary = geometry.plain(shape)
    longitude = row.maybe_number("label_lon", least=-180, most=180)
    latitude = row.maybe_number("label_lat", least=-90, most=90)
    label = geometry.inner_point(boundary) if longitude is None or latitude is None else (longitude, latitude)
    if not geometry.holds(boundary, *label):
        row.note("label_lon", Why.OUTSIDE, expected="in der Gemeinde")
    return ReadMunicipality(ags, row.text("name", longest=120), row.words("bez", longest=40), boundary, label)


def note_unsound(row: Row, trouble: geometry.Unsound) -> None:
    """Say what is wrong with a boundary, and where."""
    if trouble.where is None:
        row.note("geometry", Why.NOT_AN_AREA)
        return
    longitude, latitude = trouble.where
    row.note("geometry", Why.SELF_CROSSING, expected=f"sie kreuzt sich bei {longitude:.5f}, {latitude:.5f}")


def write_municipalities(places: Sequence[ReadMunicipality], *, county: str) -> FileReport:
    """Bring the municipalities to this state; those that are gone take what hangs on them along."""
    merge = merge_rows(
        Municipality, _COLUMNS, [_columns(place, county=county) for place in places], key=["ags"]
    )
    absent = Municipality.objects.filter(county_id=county).exclude(ags__in=[place.ags for place in places])
    gone = absent.count()
    if gone:
        absent.delete()
    return FileReport("municipalities.geojson", merge.added, merge.changed, merge.unchanged, gone)


def _columns(place: ReadMunicipality, *, county: str) -> tuple[Any, ...]:
    x, y = geometry.to_metres(*place.label)
    key, boundary = sort_key(place.name), Jsonb(place.boundary)
    return (place.ags, county, place.name, place.designation, key, boundary, f"({x!r},{y!r})")
