"""Boundaries from files of others: a GeoPackage as the BKG writes it, and GeoJSON."""

import json
import sqlite3
import struct
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from shapely.geometry import shape

from lueckenlos.commons.places import selectors
from lueckenlos.commons.places.loading.areas_file import read_areas, take_areas, write_areas
from lueckenlos.commons.places.loading.boundaries import read_municipalities
from lueckenlos.commons.places.models import County, Municipality
from lueckenlos.core.tables import Mistakes, Why
from lueckenlos.kernels.geometry import holds, to_metres
from tests.servers import COUNTY

METRES, DEGREES = 25832, 4326


def county() -> list[dict[str, Any]]:
    return json.loads((COUNTY / "municipalities.geojson").read_text(encoding="utf-8"))["features"]  # type: ignore[no-any-return]


def blob(geometry: dict[str, Any], *, srid: int, envelope: bool) -> bytes:
    area = shape(geometry)
    if srid == METRES:
        area = shapely.transform(area, lambda points: np.array([to_metres(*point) for point in points]))
    header = struct.pack("<2sBBi", b"GP", 0, 0b11 if envelope else 0b1, srid)
    bounds = (
        struct.pack("<4d", area.bounds[0], area.bounds[2], area.bounds[1], area.bounds[3])
        if envelope
        else b""
    )
    return header + bounds + bytes(shapely.to_wkb(area))


def geopackage(path: Path, rows: Iterable[tuple[str, str, str, int, bytes]], *, srid: int) -> Path:
    with closing(sqlite3.connect(path)) as database:
        database.executescript(
            "CREATE TABLE gpkg_spatial_ref_sys (srs_id INTEGER, organization_coordsys_id INTEGER);"
            "CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, srs_id INTEGER);"
            "CREATE TABLE vg250_krs (AGS TEXT, GEN TEXT, geom BLOB);"
            "CREATE TABLE vg250_gem (AGS TEXT, GEN TEXT, BEZ TEXT, GF INTEGER, geom BLOB);"
            "INSERT INTO gpkg_geometry_columns VALUES ('vg250_krs', 'geom', 7), ('vg250_gem', 'geom', 7);"
        )
        database.execute("INSERT INTO gpkg_spatial_ref_sys VALUES (7, ?)", (srid,))
        database.executemany("INSERT INTO vg250_gem VALUES (?, ?, ?, ?, ?)", rows)
        database.commit()
    return path


def rows(*, srid: int, envelope: bool) -> list[tuple[str, str, str, int, bytes]]:
    made = [
        (
            given["ags"],
            given["name"],
            given["bez"],
            4,
            blob(feature["geometry"], srid=srid, envelope=envelope),
        )
        for feature in county()
        for given in [feature["properties"]]
    ]
    lake = {"type": "Polygon", "coordinates": [[[6, 50], [6.1, 50], [6.1, 50.1], [6, 50]]]}
    elsewhere = ("05334002", "Aachen", "Stadt", 4, blob(lake, srid=srid, envelope=envelope))
    return [*made, ("05358012", "Heimbach", "Stadt", 2, blob(lake, srid=srid, envelope=envelope)), elsewhere]


@pytest.mark.parametrize(("srid", "envelope"), [(METRES, True), (METRES, False), (DEGREES, True)])
def test_a_geopackage_gives_the_countys_municipalities(tmp_path: Path, *, srid: int, envelope: bool) -> None:
    path = geopackage(tmp_path / "vg250.gpkg", rows(srid=srid, envelope=envelope), srid=srid)
    mistakes = Mistakes()
    areas = read_areas(path, county="05358", mistakes=mistakes)
    assert not mistakes
    assert [(area.ags, area.name, area.designation) for area in areas] == [
        (each["properties"]["ags"], each["properties"]["name"], each["properties"]["bez"])
        for each in county()
    ]
    for area, feature in zip(areas, county(), strict=True):
        known = shape(feature["geometry"])
        assert shape(area.boundary).symmetric_difference(known).area < 1e-3 * known.area
        assert holds(area.boundary, *area.label)


def test_a_geopackage_with_a_broken_shape_names_its_municipality(tmp_path: Path) -> None:
    made = rows(srid=DEGREES, envelope=True)
    made[0] = (*made[0][:4], b"XX" + made[0][4][2:])
    mistakes = Mistakes()
    read_areas(geopackage(tmp_path / "a.gpkg", made, srid=DEGREES), county="05358", mistakes=mistakes)
    assert [(each.why, each.value) for each in mistakes.kept] == [(Why.NOT_AN_AREA, "05358004")]


def test_coordinates_of_another_system_are_refused(tmp_path: Path) -> None:
    mistakes = Mistakes()
    read_areas(geopackage(tmp_path / "a.gpkg", [], srid=3857), county="05358", mistakes=mistakes)
    assert [(each.why, each.value) for each in mistakes.kept] == [(Why.NOT_ALLOWED, "EPSG:3857")]


@pytest.mark.parametrize(
    "content",
    [b"SQLite format 3\x00 and then nonsense", b"{", b"[]", b'{"features": [{"properties": {"AGS": "09"}}]}'],
)
def test_what_holds_no_municipality_of_ours_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "areas"
    path.write_bytes(content)
    mistakes = Mistakes()
    assert read_areas(path, county="05358", mistakes=mistakes) == []
    assert mistakes


def test_geojson_with_the_sources_own_names_is_understood_and_written_as_a_folder_has_it(
    tmp_path: Path,
) -> None:
    features = [
        {**feature, "properties": {"AGS": given["ags"], "GEN": given["name"], "BEZ": given["bez"]}}
        for feature in county()
        for given in [feature["properties"]]
    ]
    path = tmp_path / "gemeinden.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    mistakes = Mistakes()
    areas = read_areas(path, county="05358", mistakes=mistakes)
    write_areas(areas, path=tmp_path / "municipalities.geojson")
    again = read_municipalities(tmp_path / "municipalities.geojson", county="05358", mistakes=mistakes)
    assert not mistakes
    assert again.sound == areas
    assert [area.boundary for area in areas] == [feature["geometry"] for feature in county()]


@pytest.mark.django_db
def test_new_boundaries_are_seen_at_once(tmp_path: Path) -> None:
    assert selectors.municipality_at(6.4919, 50.8043) == "05358008"
    mistakes = Mistakes()
    areas = [
        area
        for area in read_areas(COUNTY / "municipalities.geojson", county="05358", mistakes=mistakes)
        if area.ags != "05358008"
    ]
    report = take_areas(areas, county="05358", file="a")
    assert (report.unchanged, report.gone) == (14, 1)
    assert Municipality.objects.count() == 14
    assert selectors.municipality_at(6.4919, 50.8043) is None
    assert County.objects.get().loaded_at < datetime.now(UTC)
