"""Open Referral through the real commands: what goes out comes back the same, and what breaks is said."""

import json
from pathlib import Path

import pytest

from tests.commons.directory.exchange.snapshots import snapshot
from tests.config.houses import run, say
from tests.core.databases import past_the_wall


def wipe(url: str) -> None:
    """Take every entry away; the county itself stays."""
    with past_the_wall(url) as database:
        database.execute("TRUNCATE directory_service, directory_organization, directory_location CASCADE")


def test_the_demo_county_survives_export_wipe_and_import(own_database: str, tmp_path: Path) -> None:
    before = snapshot()
    out = tmp_path / "aus"
    told = run("export-hsds", str(out), "--profile", "de", "--json", url=own_database)
    assert told.returncode == 0, told.stderr
    counts = json.loads(told.stdout)
    wipe(own_database)
    assert snapshot() == {}
    told = run("import-hsds", str(out), "--json", url=own_database)
    assert told.returncode == 0, told.stderr
    report = json.loads(told.stdout)
    assert (report["imported"], report["complete"], report["notes"]) == (True, True, [])
    assert report["services"]["added"] == counts["services"]
    assert snapshot() == before
    again = json.loads(say("import-hsds", str(out), "--json", url=own_database).stdout)
    assert (again["services"]["added"], again["services"]["changed"]) == (0, 0)


@pytest.mark.parametrize("profile", ["hsds", "oruk"])
def test_the_other_profiles_come_back_without_a_note(own_database: str, tmp_path: Path, profile: str) -> None:
    out = tmp_path / "aus"
    assert say("export-hsds", str(out), "--profile", profile, url=own_database).returncode == 0
    wipe(own_database)
    told = say("import-hsds", str(out), "--json", url=own_database)
    assert told.returncode == 0, told.stderr
    assert json.loads(told.stdout)["services"]["added"] > 300


def test_a_broken_delivery_exits_with_1_and_says_what_was_missing(own_database: str, tmp_path: Path) -> None:
    (tmp_path / "services.json").write_text('[{"id": "7"')
    told = say("import-hsds", str(tmp_path), "--json", url=own_database)
    report = json.loads(told.stdout)
    assert (told.returncode, report["complete"]) == (1, False)
    assert "nicht lesbar" in report["notes"][0]["sentence"]
    nowhere = say("import-hsds", str(tmp_path / "nirgends"), "--json", url=own_database)
    assert (nowhere.returncode, json.loads(nowhere.stdout)["ok"]) == (1, False)
    assert "gibt es nicht" in nowhere.stderr
