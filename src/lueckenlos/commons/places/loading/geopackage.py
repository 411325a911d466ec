"""Reads municipal boundaries out of a GeoPackage such as the BKG's VG250, with nothing but SQLite."""

import sqlite3
import struct
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from lueckenlos.core.tables import Mistakes, RowMistake, Why
from lueckenlos.kernels.geometry import geometry_from_wkb, geometry_to_degrees

_MAGIC: Final = b"SQLite format 3\x00"
_DEGREES: Final = frozenset({4326, 4258})
_METRES: Final = frozenset({25832})
# Bytes of the envelope by its kind: none, xy, xyz, xym, xyzm (GeoPackage 1.3, 2.1.3.1.1).
_ENVELOPES: Final = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}
# VG250 marks land with 4; lakes and the sea of the same municipality have rows of their own.
_LAND: Final = 4


def is_geopackage(path: Path) -> bool:
    """Tell a GeoPackage from a text file by its first bytes."""
    with path.open("rb") as file:
        return file.read(len(_MAGIC)) == _MAGIC


def geopackage_features(path: Path, *, county: str, mistakes: Mistakes) -> Iterator[dict[str, Any]]:
    """GeoJSON features (WGS 84) of the county's municipalities; every unreadable shape is named."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as database:
            database.row_factory = sqlite3.Row
            layer = _layer(database)
            if layer is None:
                mistakes.add(
                    RowMistake(
                        path.name, 0, "AGS", Why.COLUMN_MISSING, expected="AGS, GEN, BEZ und eine Fläche"
                    )
                )
                return
            yield from _features(path.name, database, layer=layer, county=county, mistakes=mistakes)
    except sqlite3.DatabaseError as error:
        mistakes.add(
            RowMistake(path.name, 0, "", Why.WRONG_FORM, path.name, f"lesbares GeoPackage ({error})")
        )


def _layer(database: sqlite3.Connection) -> sqlite3.Row | None:
    """The layer with official keys; of several the one of municipalities, which VG250 names …_gem."""
    layers = database.execute(
        "SELECT g.table_name, g.column_name, s.organization_coordsys_id AS srid"
        " FROM gpkg_geometry_columns g JOIN gpkg_spatial_ref_sys s USING (srs_id) ORDER BY g.table_name"
    ).fetchall()
    fitting = [layer for layer in layers if {"AGS", "GEN"} <= set(_columns(database, layer["table_name"]))]
    named = [layer for layer in fitting if layer["table_name"].lower().endswith("_gem")]
    return next(iter(named or fitting), None)


def _columns(database: sqlite3.Connection, table: str) -> dict[str, str]:
    found = database.execute("SELECT name FROM pragma_table_info(?)", (table,))
    return {name.upper(): name for (name,) in found}


def _features(
    file: str, database: sqlite3.Connection, *, layer: sqlite3.Row, county: str, mistakes: Mistakes
) -> Iterator[dict[str, Any]]:
    if layer["srid"] not in _DEGREES | _METRES:
        mistakes.add(
            RowMistake(
                file, 0, layer["column_name"], Why.NOT_ALLOWED, f"EPSG:{layer['srid']}", "EPSG:25832, 4326"
            )
        )
        return
    columns = _columns(database, layer["table_name"])
    wanted = [columns["AGS"], columns["GEN"], columns.get("BEZ", columns["GEN"]), layer["column_name"]]
    names = ", ".join(_quoted(name) for name in wanted)
    land = f" AND {_quoted(columns['GF'])} = {_LAND}" if "GF" in columns else ""
    # Names come from the file's own catalogue and are quoted; the county's key is a parameter.
    statement = f"SELECT {names} FROM {_quoted(layer['table_name'])} WHERE {_quoted(columns['AGS'])} LIKE ?{land} ORDER BY 1"  # noqa: S608
    for line, (ags, name, designation, blob) in enumerate(
        database.execute(statement, (f"{county}%",)), start=1
    ):
        try:
            shape = _geometry(blob, srid=layer["srid"])
        except (ValueError, struct.error, TypeError):
            mistakes.add(RowMistake(file, line, layer["column_name"], Why.NOT_AN_AREA, str(ags)))
            continue
        bez = designation if "BEZ" in columns else ""
        yield {"properties": {"ags": ags, "name": name, "bez": bez}, "geometry": shape}


def _geometry(blob: bytes, *, srid: int) -> dict[str, Any]:
    """The shape behind a GeoPackage's own header."""
    magic, _version, flags = struct.unpack_from("<2sBB", blob)
    envelope = _ENVELOPES.get((flags >> 1) & 0b111)
    if magic != b"GP" or envelope is None:
        raise ValueError("no GeoPackage geometry")
    shape = geometry_from_wkb(blob[8 + envelope :])
    return shape if srid in _DEGREES else geometry_to_degrees(shape)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
