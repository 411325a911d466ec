"""A backup brings back everything that protects people, not only the rows."""

from pathlib import Path
from typing import Any

import psycopg
import pytest

from lueckenlos.core.embedded import Login
from tests.config.houses import address, empty_database, run, say
from tests.core.audit_deeds import write

OWN = "n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'"
PROTECTION = {
    "policies": "SELECT schemaname, tablename, policyname, permissive, roles, cmd, qual, with_check FROM pg_policies",
    "row-level security": f"""SELECT n.nspname, c.relname, c.relrowsecurity, c.relforcerowsecurity
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'r' AND {OWN}""",
    "rights on tables": f"""SELECT n.nspname, c.relname, c.relowner::regrole::text, a::text
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, unnest(c.relacl) a
        WHERE c.relkind IN ('r', 'S') AND {OWN}""",
    "rights on functions": f"""SELECT n.nspname, p.proname, p.proowner::regrole::text, p.prosecdef, p.proconfig, a::text
        FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace, unnest(p.proacl) a WHERE {OWN}""",
    "rights on schemas": f"SELECT n.nspname, n.nspowner::regrole::text, a::text FROM pg_namespace n, unnest(n.nspacl) a WHERE {OWN}",
    "default rights": "SELECT defaclrole::regrole::text, defaclobjtype, a::text FROM pg_default_acl, unnest(defaclacl) a",
    "triggers": "SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    "constraints": f"""SELECT conrelid::regclass::text, conname, pg_get_constraintdef(k.oid)
        FROM pg_constraint k JOIN pg_namespace n ON n.oid = k.connamespace WHERE {OWN} AND contype <> 'n'""",
    "heads of the audit chains": "SELECT name, sequence, hash FROM core_auditchain",
    "key of the context": "SELECT inner_block, outer_block FROM core_contextkey",
}


def seen(url: str) -> dict[str, Any]:
    """Everything that must be equal, with the number of rows of each table."""
    with psycopg.connect(address(Login.SUPERUSER, like=url)) as connection:
        found: dict[str, Any] = {
            what: sorted(map(repr, connection.execute(query.encode()).fetchall()))
            for what, query in PROTECTION.items()
        }
        tables = connection.execute(
            "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname IN ('public', 'wall')"
        ).fetchall()
        found["rows"] = {
            table: connection.execute(f"SELECT count(*) FROM {table}".encode()).fetchone()
            for (table,) in tables
        }
    return found


def back_up(url: str, file: Path) -> None:
    told = say("backup", str(file), url=url, LUECKENLOS_MAINTENANCE_URL=address(Login.MAINTENANCE, like=url))
    assert told.returncode == 0, told.stderr


def test_a_drill_brings_back_policies_rights_rows_and_chains(own_database: str, tmp_path: Path) -> None:
    write(3, personal=True)
    file = tmp_path / "haus.dump"
    maintenance = address(Login.MAINTENANCE, like=own_database)
    told = run("backup", str(file), url=own_database, LUECKENLOS_MAINTENANCE_URL=maintenance)
    assert told.returncode == 0, told.stderr
    assert file.stat().st_mode & 0o777 == 0o600
    before = seen(own_database)
    assert before["policies"]
    assert before["heads of the audit chains"]
    with empty_database() as other:
        owner = address(Login.OWNER, like=other)
        told = run("restore", str(file), url=other, MIGRATE_DATABASE_URL=owner)
        assert told.returncode == 0, told.stderr
        after = seen(other)
        assert set(after) == set(before)
        for what, there in before.items():
            assert after[what] == there, what
        assert say("verify-audit", url=other).returncode == 0
        again = say("restore", str(file), url=other, MIGRATE_DATABASE_URL=owner)
        assert again.returncode == 1
        assert "ist nicht leer" in again.stderr


def test_a_broken_backup_leaves_the_database_empty(own_database: str, tmp_path: Path) -> None:
    file = tmp_path / "haus.dump"
    back_up(own_database, file)
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) * 2 // 3])
    with empty_database() as other:
        owner = address(Login.OWNER, like=other)
        told = say("restore", str(file), url=other, MIGRATE_DATABASE_URL=owner)
        assert told.returncode == 1
        assert "hat aufgegeben" in told.stderr
        assert "Traceback" not in told.stderr
        file.write_bytes(whole)
        assert say("restore", str(file), url=other, MIGRATE_DATABASE_URL=owner).returncode == 0


def test_a_backup_never_overwrites_another(own_database: str, tmp_path: Path) -> None:
    file = tmp_path / "haus.dump"
    file.write_text("gestern")
    maintenance = address(Login.MAINTENANCE, like=own_database)
    told = say("backup", str(file), url=own_database, LUECKENLOS_MAINTENANCE_URL=maintenance)
    assert (told.returncode, file.read_text()) == (1, "gestern")
    assert "gibt es schon" in told.stderr


def test_the_application_login_is_not_taken_for_a_backup(own_database: str, tmp_path: Path) -> None:
    told = say("backup", str(tmp_path / "haus.dump"), url=own_database, LUECKENLOS_MAINTENANCE_URL="")
    assert told.returncode == 1
    assert "LUECKENLOS_MAINTENANCE_URL" in told.stderr


@pytest.mark.parametrize("login", [Login.APP, Login.MAINTENANCE])
def test_nobody_but_the_owner_restores(own_database: str, tmp_path: Path, login: Login) -> None:
    file = tmp_path / "haus.dump"
    back_up(own_database, file)
    with empty_database() as other:
        told = say("restore", str(file), url=other, MIGRATE_DATABASE_URL=address(login, like=other))
        assert told.returncode == 1
        assert "hat aufgegeben" in told.stderr
