"""`lueckenlos load-county` as a host runs it."""

import json
from pathlib import Path
from typing import Any

import psycopg
import pytest
from click.testing import CliRunner
from psycopg import sql

from lueckenlos.config.commands import load_county
from lueckenlos.config.county_folder import FolderReport
from lueckenlos.core.merging import FileReport
from lueckenlos.core.tables import Mistakes
from tests.commons.places.folders import copied, edit, edit_areas, services, write_services
from tests.config.houses import Told, run, say
from tests.servers import COUNTY


def load(folder: Path, *options: str, url: str) -> Told:
    return say("load-county", str(folder), *options, url=url)


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
    tried = load(COUNTY, "--dry-run", "--json", url=empty_database)
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
    loaded = run("load-county", str(COUNTY), url=empty_database)
    assert loaded.returncode == 0, loaded.stderr
    assert "services.jsonl" in loaded.stdout
    assert municipalities(empty_database) == 15


def test_a_folder_that_does_not_fit_exits_with_1_and_says_why(tmp_path: Path, empty_database: str) -> None:
    folder = copied(tmp_path)
    edit(folder / "kinds.csv", ",information,0", ",infos,0")
    told = load(folder, url=empty_database)
    assert told.returncode == 1
    assert "kinds.csv, Zeile 2, Feld „intensity“: „infos“ ist hier nicht möglich." in told.stderr
    assert "Nichts wurde geladen: 1 " in told.stderr
    assert "Traceback" not in told.stderr
    document = json.loads(load(folder, "--json", url=empty_database).stdout)
    assert [(each["file"], each["line"], each["field"], each["why"]) for each in document["mistakes"]] == [
        ("kinds.csv", 2, "intensity", "not_allowed")
    ]
    assert municipalities(empty_database) == 0


def test_a_folder_that_is_not_there_is_wrong_use(tmp_path: Path, empty_database: str) -> None:
    assert load(tmp_path / "nowhere", url=empty_database).returncode == 2


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
    told = load(folder, "--json", url=empty_database)
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


def test_only_services_are_told_to_follow_the_folder_with_take(
    own_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = (
        FileReport("services.jsonl", held=("akut",)),
        FileReport("targets.csv", held=("kita/sport",)),
        FileReport("indicators.json", held=("arbeitslosigkeit",)),
    )
    monkeypatch.setenv("DATABASE_URL", own_database)
    monkeypatch.setattr(load_county, "try_county", lambda *given, **more: FolderReport(kept, Mistakes()))
    told = CliRunner().invoke(load_county.command, [str(COUNTY), "--dry-run"]).stdout
    services, others = told.split("Im Haus geändert")[1].split("Im Haus gesetzt")
    assert "--take ID" in services
    assert services.splitlines()[1:] == ["  akut"]
    assert others.splitlines()[1:] == ["  targets.csv: kita/sport", "  indicators.json: arbeitslosigkeit"]
