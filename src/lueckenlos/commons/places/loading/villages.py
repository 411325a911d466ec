"""Reads and writes villages and postcodes."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from lueckenlos.commons.places.models import Postcode, Village
from lueckenlos.commons.places.naming import name_key
from lueckenlos.core.merging import FileReport, mirror_rows
from lueckenlos.core.tables import Mistakes, Row, Why, csv_rows
from lueckenlos.kernels.geometry import AreaIndex, Metres, to_metres

_PLZ: Final = re.compile(r"\d{5}")
_DELIVERY: Final = "zustellung"
_BULK: Final = "grossempfaenger"
# Boundaries are simplified and points are centres: a few hundred metres are no mistake.
_TOLERANCE: Final = 400.0


@dataclass(frozen=True, slots=True)
class ReadPostcode:
    """A postcode as the folder has it."""

    code: str
    place: str
    ags: str
    point: Metres
    is_delivery: bool


@dataclass(frozen=True, slots=True)
class ReadVillage:
    """A village as the folder has it."""

    name: str
    ags: str
    point: Metres | None
    persons: int | None


def read_postcodes(
    path: Path, *, ags: Collection[str], areas: AreaIndex, mistakes: Mistakes
) -> list[ReadPostcode]:
    """The postcodes; each must lie in its municipality."""
    read = []
    lines: dict[tuple[str, ...], int] = {}
    for row in csv_rows(path, columns=("plz", "ort", "ags", "lat", "lon", "typ"), mistakes=mistakes):
        code = row.key("plz", form=_PLZ, expected="fünf Ziffern")
        place = row.text("ort", longest=120)
        area = row.choice("ags", among=ags)
        point = _point(row, ags=area, areas=areas)
        kind = row.choice("typ", among=(_DELIVERY, _BULK))
        _once(row, "plz", key=(code, place, area), lines=lines)
        if point is None and row.fits:
            row.note("lat", Why.EMPTY)
        if point is not None and row.fits:
            read.append(ReadPostcode(code, place, area, point, kind == _DELIVERY))
    return read


def read_villages(
    path: Path, *, ags: Collection[str], areas: AreaIndex, mistakes: Mistakes
) -> list[ReadVillage]:
    """The villages; position and size may be empty, a given position must lie in the municipality."""
    read = []
    lines: dict[tuple[str, ...], int] = {}
    columns = ("ort", "ags", "gemeinde", "lat", "lon", "einwohner_geonames")
    for row in csv_rows(path, columns=columns, mistakes=mistakes):
        name = row.text("ort", longest=120)
        area = row.choice("ags", among=ags)
        point = _point(row, ags=area, areas=areas)
        # GeoNames writes 0 where it does not know.
        persons = row.maybe_integer("einwohner_geonames") or None
        _once(row, "ort", key=(name, area), lines=lines)
        if row.fits:
            read.append(ReadVillage(name, area, point, persons))
    return read


def write_villages(postcodes: Sequence[ReadPostcode], villages: Sequence[ReadVillage]) -> list[FileReport]:
    """Bring both tables to this state."""
    first = mirror_rows(
        Postcode,
        ("code", "place", "municipality_id", "point", "is_delivery"),
        [(row.code, row.place, row.ags, _column(row.point), row.is_delivery) for row in postcodes],
        key=("code", "place", "municipality_id"),
    )
    second = mirror_rows(
        Village,
        ("name", "municipality_id", "search_key", "point", "persons"),
        [(row.name, row.ags, name_key(row.name), _column(row.point), row.persons) for row in villages],
        key=("name", "municipality_id"),
    )
    return [first.report("postcodes.csv"), second.report("villages.csv")]


def _column(point: Metres | None) -> str | None:
    return None if point is None else f"({point[0]!r},{point[1]!r})"


def _point(row: Row, *, ags: str, areas: AreaIndex) -> Metres | None:
    latitude = row.maybe_number("lat", least=-90, most=90)
    longitude = row.maybe_number("lon", least=-180, most=180)
    if latitude is None or longitude is None:
        if (latitude is None) != (longitude is None):
            row.note("lat" if latitude is None else "lon", Why.EMPTY)
        return None
    point = to_metres(longitude, latitude)
    if row.fits and ags in areas.keys and areas.distance_to(ags, point) > _TOLERANCE:
        row.note("lat", Why.OUTSIDE, expected=f"in der Gemeinde {ags}")
    return point


def _once(row: Row, field: str, *, key: tuple[str, ...], lines: dict[tuple[str, ...], int]) -> None:
    if key in lines:
        row.note(field, Why.TWICE, expected=str(lines[key]))
    lines.setdefault(key, row.line)
