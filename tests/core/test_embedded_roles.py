"""The wall's roles mean the same on the embedded database and on an ordinary PostgreSQL 16 and 18."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from lueckenlos.core.embedded import Cluster, Login, role_script
from lueckenlos.core.embedded.binaries import find_binaries
from lueckenlos.core.embedded.roles import role_statements
from lueckenlos.core.login_check import LoginRefused, LoginTooStrong, ServerTooOld, check_login
from tests.core.embedded_homes import Addresses, ordinary_server, value

pytestmark = pytest.mark.server
ROLES = ("superuser", "owner", "maintenance", "app")
DOCUMENT = Path(__file__).parents[2] / "docs" / "operations.md"


@contextmanager
def embedded_server(home: Path) -> Iterator[Addresses]:
    servers = [Cluster(home).start()]
    server = servers[0]

    def start_again() -> None:
        servers.pop().stop()
        servers.append(Cluster(home).start())

    try:
        yield Addresses(
            app=server.app_url,
            owner=server.owner_url,
            maintenance=server.maintenance_url,
            superuser=server.url(Login.SUPERUSER),
            rerun_script=start_again,
        )
    finally:
        servers.pop().stop()


@pytest.fixture(scope="module", params=["embedded 18", "ordinary 16", "ordinary 18"])
def wall(request: pytest.FixtureRequest, open_folder: Path) -> Iterator[Addresses]:
    """A database in which the owner built a protected table with one row that the superuser wrote."""
    kind, version = request.param.split()
    running = (
        embedded_server(open_folder / "wall")
        if kind == "embedded"
        else ordinary_server(open_folder, version=int(version))
    )
    with running as addresses:
        with psycopg.connect(addresses.owner) as owner:
            owner.execute("CREATE TABLE note (number int GENERATED ALWAYS AS IDENTITY, said text)")
            owner.execute("ALTER TABLE note ENABLE ROW LEVEL SECURITY")
            owner.execute("ALTER TABLE note FORCE ROW LEVEL SECURITY")
            owner.execute("CREATE TABLE open_list (number serial, said text)")
            owner.execute("CREATE TABLE key_of_contexts (key text)")
            owner.execute("REVOKE ALL ON key_of_contexts FROM lueckenlos_app")
            owner.execute(
                "CREATE FUNCTION counted_notes() RETURNS bigint LANGUAGE sql SECURITY DEFINER "
                "SET search_path = pg_catalog, public, pg_temp AS 'SELECT count(*) FROM public.note'"
            )
            owner.execute("ALTER FUNCTION counted_notes() OWNER TO lueckenlos_wall")
        with psycopg.connect(addresses.superuser) as superuser:
            superuser.execute("INSERT INTO note (said) VALUES ('vertraulich')")
        yield addresses


def test_without_a_policy_the_application_sees_and_writes_no_row(wall: Addresses) -> None:
    assert value(wall.app, "SELECT count(*) FROM note") == 0
    with (
        psycopg.connect(wall.app) as app,
        pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"),
    ):
        app.execute("INSERT INTO note (said) VALUES ('eingeschmuggelt')")


def test_the_owner_sees_no_row_either(wall: Addresses) -> None:
    assert value(wall.owner, "SELECT count(*) FROM note") == 0


def test_a_function_handed_to_the_wall_sees_behind_it(wall: Addresses) -> None:
    assert value(wall.app, "SELECT counted_notes()") == 1


def test_the_owner_replaces_a_function_of_the_wall_as_the_wall(wall: Addresses) -> None:
    with psycopg.connect(wall.owner) as owner:
        with pytest.raises(psycopg.errors.InsufficientPrivilege), owner.transaction():
            owner.execute("ALTER FUNCTION counted_notes() COST 7")
        owner.execute("SET LOCAL ROLE lueckenlos_wall")
        owner.execute("ALTER FUNCTION counted_notes() COST 7")
        owner.rollback()


def test_maintenance_reads_all_and_writes_nothing(wall: Addresses) -> None:
    assert value(wall.maintenance, "SELECT count(*) FROM note") == 1
    with psycopg.connect(wall.maintenance) as maintenance:
        maintenance.execute("SET default_transaction_read_only = off")
        maintenance.commit()
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            maintenance.execute("DELETE FROM note")


def test_the_application_works_with_the_tables_of_the_owner(wall: Addresses) -> None:
    with psycopg.connect(wall.app) as app:
        app.execute("INSERT INTO open_list (said) VALUES ('a'), ('b')")
        app.execute("UPDATE open_list SET said = 'c'")
        assert app.execute("DELETE FROM open_list").rowcount == 2


@pytest.mark.parametrize(
    "deed",
    [
        "CREATE TABLE mine ()",
        "CREATE SCHEMA mine",
        "TRUNCATE open_list",
        "ALTER TABLE note DISABLE ROW LEVEL SECURITY",
        "CREATE POLICY all_of_it ON note USING (true)",
        "SET ROLE lueckenlos_owner",
        "SET ROLE lueckenlos_wall",
        "SET ROLE lueckenlos_maintenance",
        "GRANT lueckenlos_wall TO lueckenlos_app",
        "ALTER ROLE lueckenlos_app BYPASSRLS",
        "COPY open_list TO PROGRAM 'cat'",
        "SELECT key FROM key_of_contexts",
        "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    ],
)
def test_the_application_may_not(wall: Addresses, deed: str) -> None:
    with psycopg.connect(wall.app) as app, pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute(deed.encode())


def test_the_application_owns_nothing(wall: Addresses) -> None:
    owned = "SELECT count(*) FROM pg_shdepend WHERE refobjid = 'lueckenlos_app'::regrole AND deptype = 'o'"
    assert value(wall.superuser, owned) == 0


def test_statements_and_idle_transactions_of_the_application_end(wall: Addresses) -> None:
    for setting in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"):
        assert value(wall.app, f"SHOW {setting}") != "0"


def test_everybody_else_has_no_right_to_the_database(wall: Addresses) -> None:
    assert value(wall.superuser, "SELECT has_database_privilege('public', 'lueckenlos', 'CONNECT')") is False
    assert value(wall.superuser, "SELECT has_schema_privilege('public', 'public', 'CREATE')") is False


def test_running_the_script_again_gives_no_right_back_that_a_migration_took(wall: Addresses) -> None:
    wall.rerun_script()
    with psycopg.connect(wall.app) as app, pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute("SELECT key FROM key_of_contexts")
    assert value(wall.app, "SELECT count(*) FROM note") == 0


def test_the_application_may_serve(wall: Addresses) -> None:
    with psycopg.connect(wall.app) as app:
        app.execute("CREATE TEMPORARY TABLE draft ()")
        check_login(app)


@pytest.mark.parametrize(
    ("who", "reason"),
    [("superuser", "ist Superuser"), ("owner", "lueckenlos_wall"), ("maintenance", "hat BYPASSRLS")],
)
def test_every_other_login_is_refused(wall: Addresses, who: str, reason: str) -> None:
    with (
        psycopg.connect(getattr(wall, who)) as connection,
        pytest.raises(LoginTooStrong, match=rf"{reason}.*lueckenlos_app"),
    ):
        check_login(connection)


@pytest.mark.parametrize(
    ("mistake", "reason"),
    [
        (
            "GRANT lueckenlos_wall TO lueckenlos_app WITH INHERIT FALSE, SET TRUE",
            "lueckenlos_wall.*BYPASSRLS",
        ),
        ("GRANT lueckenlos_owner TO lueckenlos_app", "lueckenlos_wall.*BYPASSRLS"),
        (
            "CREATE ROLE between; GRANT lueckenlos_wall TO between; GRANT between TO lueckenlos_app",
            "BYPASSRLS",
        ),
        ("ALTER ROLE lueckenlos_app BYPASSRLS", "hat BYPASSRLS"),
        ("ALTER ROLE lueckenlos_app SUPERUSER", "ist Superuser"),
        ("ALTER ROLE lueckenlos_app CREATEROLE", "CREATEROLE"),
        ("ALTER ROLE lueckenlos_app REPLICATION", "REPLICATION"),
        ("GRANT pg_execute_server_program TO lueckenlos_app", "pg_execute_server_program"),
        ("ALTER DATABASE lueckenlos OWNER TO lueckenlos_app", "besitzt die Datenbank „lueckenlos“"),
        ("ALTER TABLE open_list OWNER TO lueckenlos_app", "besitzt die Tabelle „open_list“"),
        ("ALTER FUNCTION counted_notes() OWNER TO lueckenlos_app", "besitzt die Funktion „counted_notes“"),
        ("CREATE SCHEMA hers AUTHORIZATION lueckenlos_app", "besitzt das Schema „hers“"),
    ],
)
def test_a_mistake_of_the_host_is_refused(wall: Addresses, mistake: str, reason: str) -> None:
    """The superuser's transaction holds the mistake and is rolled back; it asks as the application would."""
    with psycopg.connect(wall.superuser) as superuser:
        superuser.execute(mistake.encode())
        superuser.execute("SET LOCAL SESSION AUTHORIZATION lueckenlos_app")
        with pytest.raises(LoginTooStrong, match=reason):
            check_login(superuser)
        superuser.rollback()


def test_a_strong_login_that_only_plays_the_application_is_refused(wall: Addresses) -> None:
    with psycopg.connect(wall.superuser) as superuser:
        superuser.execute("SET ROLE lueckenlos_app")
        with pytest.raises(LoginTooStrong, match="ist Superuser"):
            check_login(superuser)


def test_a_backup_by_maintenance_restores_the_wall_with_its_rows(wall: Addresses, tmp_path: Path) -> None:
    """The very commands of the hosts' document."""
    version = value(wall.superuser, "SELECT current_setting('server_version_num')::int / 10000")
    programs = find_binaries(int(str(version)))
    backup = tmp_path / "backup.dump"
    dump = [programs.path("pg_dump"), "--format=custom", f"--file={backup}", f"--dbname={wall.maintenance}"]
    subprocess.run(dump, check=True)
    with psycopg.connect(wall.superuser, autocommit=True) as superuser:
        superuser.execute("DROP DATABASE IF EXISTS drill")
        superuser.execute("CREATE DATABASE drill TEMPLATE template0")
    drill = {
        role: address.replace("/lueckenlos?", "/drill?")
        for role, address in vars(wall).items()
        if role in ROLES
    }
    with psycopg.connect(drill["superuser"], autocommit=True) as superuser:
        superuser.execute(role_statements(database="drill").rights.encode())
    restore = [programs.path("pg_restore"), "--exit-on-error", f"--dbname={drill['superuser']}", str(backup)]
    subprocess.run(restore, check=True)
    assert value(drill["app"], "SELECT count(*) FROM note") == 0
    assert value(drill["app"], "SELECT counted_notes()") == 1
    assert value(drill["owner"], "SELECT count(*) FROM note") == 0
    assert value(drill["maintenance"], "SELECT said FROM note") == "vertraulich"
    with psycopg.connect(drill["app"]) as app:
        check_login(app)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("SELECT key FROM key_of_contexts")


class OldCursor:
    """A server of version 15, as far as the check looks."""

    def __enter__(self) -> "OldCursor":
        return self

    def __exit__(self, *reason: object) -> None:
        return None

    def execute(self, query: Any, /) -> None:
        return None

    def fetchone(self) -> tuple[object, ...]:
        return ("lueckenlos_app", "lueckenlos_app", "lueckenlos", 150_004)

    def fetchall(self) -> list[tuple[object, ...]]:
        return []


class OldConnection:
    """Gives cursors of the old server."""

    def cursor(self) -> OldCursor:
        return OldCursor()


def test_a_server_that_is_too_old_is_refused() -> None:
    with pytest.raises(ServerTooOld, match=r"PostgreSQL 15\.4.*mindestens Version 16") as refusal:
        check_login(OldConnection())
    assert isinstance(refusal.value, LoginRefused)


def test_the_hosts_document_holds_the_very_script() -> None:
    assert role_script() in DOCUMENT.read_text(encoding="utf-8")
