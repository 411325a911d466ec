"""`lueckenlos import-services`: what it prints, and with what it ends."""

import json
from pathlib import Path

import pytest

from tests.commons.directory.conftest import PROVIDER
from tests.commons.directory.test_importing import ROW, changed, text_table
from tests.config.houses import Told, run, say


def take(url: str, *arguments: str) -> Told:
    return say("import-services", *arguments, url=url)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "liste.csv"
    path.write_bytes(text_table(ROW, changed(Titel="Ohne Thema", Thema="")))
    return path


def test_one_wrong_row_keeps_all_out_until_somebody_asks_for_the_good_ones(
    own_database: str, table: Path
) -> None:
    refused = run("import-services", str(table), "--organization", PROVIDER, url=own_database)
    assert refused.returncode == 1
    assert "liste.csv, Zeile 3, Feld „Thema“: Diese Angabe fehlt." in refused.stdout
    taken = take(own_database, str(table), "--organization", PROVIDER, "--good-rows", "--json")
    assert taken.returncode == 0, taken.stderr
    report = json.loads(taken.stdout)
    assert (report["rows"], report["good"], report["added"], report["doubles"]) == (2, 1, 1, [])
    again = json.loads(
        take(own_database, str(table), "--organization", PROVIDER, "--good-rows", "--json").stdout
    )
    assert (again["added"], again["plan"]["unchanged"], again["doubles"]) == (0, 1, [])


def test_the_next_table_says_what_it_would_change_and_then_changes_it(own_database: str, table: Path) -> None:
    take(own_database, str(table), "--organization", PROVIDER, "--good-rows")
    table.write_bytes(text_table(changed(Kosten="2 Euro"), changed(Titel="Chor")))
    seen = json.loads(
        take(own_database, str(table), "--organization", PROVIDER, "--preview", "--json").stdout
    )
    assert (seen["taken"], seen["added"], seen["changed"]) == (False, 0, 0)
    assert (seen["plan"]["new"], seen["plan"]["changed"], seen["plan"]["held"]) == (1, 1, [])
    told = take(own_database, str(table), "--organization", PROVIDER).stdout
    assert "2 Zeilen gelesen, 2 passen: 1 neu, 1 geändert, 0 unverändert." in told
    assert "1 übernommen, 1 geändert." in told


def test_a_file_of_200_megabytes_is_refused_before_anybody_reads_it(own_database: str, table: Path) -> None:
    with table.open("ab") as file:
        file.truncate(200 * 1024 * 1024)
    refused = take(own_database, str(table), "--organization", PROVIDER)
    assert (refused.returncode, "200 MB" in refused.stderr) == (1, True)


def test_a_column_that_is_not_there_and_an_unknown_organization_are_named(
    own_database: str, table: Path
) -> None:
    wrong = take(own_database, str(table), "--organization", PROVIDER, "--mapping", "fee=Preisliste")
    assert (wrong.returncode, "„Preisliste“ gibt es nicht" in wrong.stderr) == (1, True)
    nobody = take(own_database, str(table), "--organization", "Niemand e. V.")
    assert (nobody.returncode, "„Niemand e. V.“ gibt es im Verzeichnis nicht" in nobody.stderr) == (1, True)
