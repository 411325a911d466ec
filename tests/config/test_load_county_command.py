"""`lueckenlos load-county` as a host runs it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from tests.commons.places.folders import copied, edit, edit_areas, services, write_services
from tests.servers import COUNTY, ROOT


def run(folder: Path, *options: str, url: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "lueckenlos.config.cli", "load-county", str(folder), *options],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": url},
        capture_output=True,
        text=True,
        check=False,
    )


def municipalities(url: str) -> int:
    return rows(url, "places_municipality")


def rows(url: str, table: str) -> int:
    with psycopg.connect(url) as connection:
        row = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))).fetchone()
    return int(row[0]) if row else 0


def bow(features: list[dict[str, Any]]) -> None:
    """Cross the first boundary with itself."""
    ring = features[0]["geometry"]["coordinates"][0]
    ring[1], ring[len(ring) // 2] = ring[len(ring) // 2], ring[1]


def test_a_new_house_takes_the_county_in_and_a_dry_run_leaves_it_empty(empty_database: str) -> None:
    tried = run(COUNTY, "--dry-run", "--json", url=empty_database)
    assert tried.returncode == 0, tried.stderr
    document = json.loads(tried.stdout)
    assert (document["loaded"], document["dry_run"], document["mistakes"]) == (False, True, [])
    assert {
        "file": "services.jsonl",
        "added": 374,
        "changed": 0,
        "unchanged": 0,
        "gone": 0,
        "held": [],
    } in document["files"]
    assert municipalities(empty_database) == 0
    loaded = run(COUNTY, url=empty_database)
    assert loaded.returncode == 0, loaded.stderr
    assert "services.jsonl" in loaded.stdout
    assert municipalities(empty_database) == 15


def test_a_folder_that_does_not_fit_exits_with_1_and_says_why(tmp_path: Path, empty_database: str) -> None:
    folder = copied(tmp_path)
    edit(folder / "kinds.csv", ",information,0", ",infos,0")
    told = run(folder, url=empty_database)
    assert told.returncode == 1
    assert "kinds.csv, Zeile 2, Feld „intensity“: „infos“ ist hier nicht möglich." in told.stderr
    assert "Nichts wurde geladen: 1 " in told.stderr
    assert "Traceback" not in told.stderr
    document = json.loads(run(folder, "--json", url=empty_database).stdout)
    assert [(each["file"], each["line"], each["field"], each["why"]) for each in document["mistakes"]] == [
        ("kinds.csv", 2, "intensity", "not_allowed")
    ]
    assert municipalities(empty_database) == 0


def test_a_folder_that_is_not_there_is_wrong_use(tmp_path: Path, empty_database: str) -> None:
    assert run(tmp_path / "nowhere", url=empty_database).returncode == 2


def test_a_folder_with_everything_wrong_names_each_thing_and_writes_nothing(
    tmp_path: Path, empty_database: str
) -> None:
    folder = copied(tmp_path)
    edit(folder / "postcodes.csv", "plz,ort,ags", "plz,ort,gemeindeschluessel")
    edit(folder / "youth_offices.csv", "05358004 05358012", "05359999 05358012")
    edit_areas(folder, bow)
    (folder / "villages.csv").write_bytes(
        (folder / "villages.csv").read_text(encoding="utf-8").encode("cp1252")
    )
    with (folder / "population.csv").open("ab") as file:
        file.truncate(200 * 1024 * 1024)
    lines = services(folder)
    write_services(folder, [lines[0], *lines])
    told = run(folder, "--json", url=empty_database)
    assert told.returncode == 1
    document = json.loads(told.stdout)
    assert not document["loaded"]
    found = {(each["file"], each["line"], each["field"], each["why"]) for each in document["mistakes"]}
    assert {
        ("postcodes.csv", 1, "ags", "column_missing"),
        ("youth_offices.csv", 3, "ags", "unknown_key"),
        ("municipalities.geojson", 1, "geometry", "self_crossing"),
        ("population.csv", 0, "", "too_large"),
        ("services.jsonl", 2, "id", "twice"),
    } <= found, found
    assert ("villages.csv", "windows_1252") in {(file, why) for file, _line, _field, why in found}
    assert all(each["sentence"] for each in document["mistakes"])
    for table in ("places_county", "places_municipality", "directory_service", "directory_kind"):
        assert rows(empty_database, table) == 0, table
