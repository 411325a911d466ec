"""`lueckenlos load-county` as a host runs it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import psycopg

from tests.commons.places.folders import copied, edit
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
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT count(*) FROM places_municipality").fetchone()
    return int(row[0]) if row else 0


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
