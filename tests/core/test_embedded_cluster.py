"""The embedded database starts, is shared, survives violence and is closed to others."""

import os
import signal
import stat
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import pytest

from lueckenlos.core.embedded import Cluster, Login
from lueckenlos.core.embedded.account import choose_account
from lueckenlos.core.embedded.binaries import find_binaries
from tests.core.embedded_homes import ORDINARY, NewHome, in_own_process, value

pytestmark = pytest.mark.server


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@contextmanager
def zombie() -> Iterator[int]:
    pid = os.posix_spawn("/bin/true", ["true"], {})
    while lives(pid):
        time.sleep(0.01)
    yield pid
    os.waitpid(pid, 0)


@pytest.mark.parametrize("version", [16, 18])
def test_every_role_signs_in_to_both_versions(new_home: NewHome, version: int) -> None:
    with Cluster(new_home(version=version)).running() as server:
        assert server.version == version
        assert (
            value(server.superuser_url, "SELECT current_setting('server_version_num')::int / 10000")
            == version
        )
        assert value(server.app_url, "SELECT current_user") == "lueckenlos_app"
        assert value(server.owner_url, "SELECT current_user") == "lueckenlos_owner"
        assert value(server.maintenance_url, "SELECT current_user") == "lueckenlos_maintenance"


def test_umlauts_are_letters_to_the_database(home: Path) -> None:
    with Cluster(home).running() as server:
        assert value(server.app_url, "SELECT upper('äöü')") == "ÄÖÜ"


def test_the_data_is_closed_to_everybody_else(home: Path) -> None:
    before = [mode(parent) for parent in home.parents]
    with Cluster(home).running():
        assert mode(home / "database-18") == 0o700
        assert mode(home / "run") == 0o700
        assert mode(home / "secrets") == 0o700
        secrets = list((home / "secrets").iterdir())
        assert len(secrets) == 4
        assert {mode(path) for path in secrets} == {0o600}
        assert len({path.read_text() for path in secrets}) == 4
        assert "trust" not in (home / "database-18" / "pg_hba.conf").read_text()
    assert [mode(parent) for parent in home.parents] == before


def test_what_somebody_opened_is_closed_at_the_next_start(home: Path) -> None:
    (home / "database-18").chmod(0o755)
    (home / "secrets" / "database-app").chmod(0o644)
    rules = home / "database-18" / "pg_hba.conf"
    rules.write_text("local all all trust\n" + rules.read_text())
    with Cluster(home).running() as server:
        assert mode(home / "database-18") == 0o700
        assert mode(home / "secrets" / "database-app") == 0o600
        with pytest.raises(psycopg.OperationalError, match="no password supplied"):
            psycopg.connect(host=server.host, user="postgres", dbname="postgres")


@pytest.mark.parametrize("login", list(Login))
def test_nobody_signs_in_with_a_wrong_password(home: Path, login: Login) -> None:
    with (
        Cluster(home).running() as server,
        pytest.raises(psycopg.OperationalError, match="password authentication failed"),
    ):
        psycopg.connect(host=server.host, user=login, dbname="lueckenlos", password="geraten")


def test_the_wall_never_signs_in(home: Path) -> None:
    with Cluster(home).running() as server:
        with psycopg.connect(server.superuser_url, autocommit=True) as connection:
            connection.execute("ALTER ROLE lueckenlos_wall PASSWORD 'geraten'")
        with pytest.raises(psycopg.OperationalError, match="not permitted to log in"):
            psycopg.connect(host=server.host, user="lueckenlos_wall", dbname="lueckenlos", password="geraten")


def test_the_last_one_out_stops_the_server(home: Path) -> None:
    first, second = Cluster(home).start(), Cluster(home).join()
    assert first.pid == second.pid
    first.stop()
    assert value(second.app_url, "SELECT 1") == 1
    second.stop()
    assert not lives(first.pid)


def test_stopping_twice_leaves_the_others_alone(home: Path) -> None:
    first, second = Cluster(home).start(), Cluster(home).start()
    first.stop()
    first.stop()
    assert value(second.app_url, "SELECT 1") == 1
    second.stop()


def test_a_process_that_forgets_to_stop_leaves_no_server_behind(home: Path) -> None:
    process = in_own_process(home, then="")
    pid = int(process.communicate()[0])
    assert not lives(pid)


def test_the_server_of_a_killed_process_is_taken_over(home: Path) -> None:
    process = in_own_process(home, then="time.sleep(600)")
    assert process.stdout is not None
    pid = int(process.stdout.readline())
    process.kill()
    process.communicate()
    assert lives(pid)
    with Cluster(home).running() as server:
        assert server.pid == pid
    assert not lives(pid)


def test_no_acknowledged_row_is_lost_when_the_server_is_killed(home: Path) -> None:
    acknowledged = 0
    for _ in range(4):
        server = Cluster(home).start()
        with psycopg.connect(server.owner_url) as connection:
            connection.execute("CREATE TABLE IF NOT EXISTS kept (number int)")
        assert value(server.owner_url, "SELECT count(*) FROM kept") == acknowledged
        killer = threading.Timer(0.3, os.kill, (server.pid, signal.SIGKILL))
        killer.start()
        with (
            suppress(psycopg.OperationalError),
            psycopg.connect(server.owner_url, autocommit=True) as connection,
        ):
            while connection.execute("INSERT INTO kept VALUES (1)").rowcount:
                acknowledged += 1
        killer.join()
        # What was on its way when the server died may have been kept or not.
        server.stop()
        with Cluster(home).running() as again:
            kept = value(again.owner_url, "SELECT count(*) FROM kept")
            assert kept in {acknowledged, acknowledged + 1}
            acknowledged = int(str(kept))
    assert acknowledged > 4


def test_backends_that_outlive_their_killed_server_do_not_block_the_next(home: Path) -> None:
    server = Cluster(home).start()
    with psycopg.connect(server.owner_url) as connection:
        backend = connection.info.backend_pid
        busy = threading.Thread(target=_count_forever, args=(connection,))
        busy.start()
        time.sleep(0.2)
        os.kill(server.pid, signal.SIGKILL)
        while lives(server.pid):
            time.sleep(0.01)
        assert lives(backend)
        with Cluster(home).running() as again:
            assert value(again.app_url, "SELECT 1") == 1
        busy.join()
    server.stop()


def _count_forever(connection: psycopg.Connection) -> None:
    # A loop that stores nothing, and ends by itself should the test fail to end it.
    connection.execute("SET statement_timeout = '20s'")
    with suppress(psycopg.Error):
        connection.execute("DO $$ BEGIN LOOP END LOOP; END $$")


def _leave_remains(home: Path, pid: int) -> None:
    data, run = home / "database-18", home / "run"
    lines = [str(pid), str(data), "1700000000", "5432", str(run), "", " 1 1", "ready   "]
    (data / "postmaster.pid").write_text("\n".join(lines) + "\n")
    run.mkdir(exist_ok=True)
    (run / ".s.PGSQL.5432.lock").write_text("\n".join(lines[:6]) + "\n")


def test_lock_files_of_a_zombie_do_not_fool_it(home: Path) -> None:
    with zombie() as pid:
        _leave_remains(home, pid)
        with Cluster(home).running() as server:
            assert value(server.app_url, "SELECT 1") == 1


def test_lock_files_whose_number_went_to_another_program_do_not_fool_it(home: Path) -> None:
    with subprocess.Popen(["sleep", "600"]) as other:
        _leave_remains(home, other.pid)
        with Cluster(home).running() as server:
            assert value(server.app_url, "SELECT 1") == 1
        assert other.poll() is None
        other.kill()


def test_lock_files_whose_number_went_to_the_server_of_another_home_do_not_fool_it(new_home: NewHome) -> None:
    one, two = new_home(), new_home()
    with Cluster(one).running() as other:
        _leave_remains(two, other.pid)
        with Cluster(two).running() as server:
            assert server.pid != other.pid
        assert value(other.app_url, "SELECT 1") == 1


def test_two_homes_run_at_once_and_know_nothing_of_each_other(new_home: NewHome) -> None:
    with Cluster(new_home()).running() as one, Cluster(new_home(version=16)).running() as two:
        with psycopg.connect(one.owner_url) as connection:
            connection.execute("CREATE TABLE only_here ()")
        assert value(one.owner_url, "SELECT to_regclass('only_here')") == "only_here"
        assert value(two.owner_url, "SELECT to_regclass('only_here')") is None


def test_a_path_too_long_for_a_socket_uses_the_loopback(new_home: NewHome) -> None:
    home = new_home(name="ein-sehr-langer-name-" * 6)
    with Cluster(home).running() as server:
        assert server.host == "127.0.0.1"
        assert value(server.app_url, "SELECT 1") == 1


@pytest.mark.parametrize("name", ['Kreis "Düren" \'s Haus & $HOME', "Düren, Kreis"])
def test_a_path_with_quotes_blanks_and_umlauts_works(new_home: NewHome, name: str) -> None:
    with Cluster(new_home(name=name)).running() as server:
        assert value(server.app_url, "SELECT 1") == 1


def test_variables_of_other_databases_do_not_redirect_it(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in {"PGDATA": "/nowhere", "PGPORT": "1", "PGHOST": "nowhere", "PGUSER": "x"}.items():
        monkeypatch.setenv(name, text)
    with Cluster(home).running() as server:
        assert value(server.app_url, "SELECT current_user") == "lueckenlos_app"


def test_a_server_started_by_hand_is_used_and_left_running(home: Path) -> None:
    data, run = home / "database-18", home / "run"
    account = choose_account(data, programs=find_binaries(18).folder)
    by_hand = [find_binaries(18).path("pg_ctl"), "--silent", "--wait", "--pgdata", str(data)]
    options = f"-c listen_addresses= -c unix_socket_directories={run}"
    start = account.command([*by_hand, "start", f"--log={data}/log", "--options", options])
    subprocess.run(start, check=True, stdout=subprocess.DEVNULL, cwd="/")
    try:
        with Cluster(home).running() as server:
            assert value(server.app_url, "SELECT 1") == 1
        assert value(server.app_url, "SELECT 1") == 1
    finally:
        subprocess.run(account.command([*by_hand, "stop"]), check=True, cwd="/")


def test_a_warm_start_is_quicker_than_the_first(open_folder: Path) -> None:
    home = open_folder / "stopwatch"
    seconds = []
    for _ in range(2):
        begin = time.monotonic()
        server = Cluster(home).start()
        seconds.append(time.monotonic() - begin)
        server.stop()
    assert seconds[1] < seconds[0]


def test_a_half_built_database_is_built_anew(open_folder: Path) -> None:
    draft = open_folder / "half" / "database-18.new"
    draft.mkdir(parents=True)
    (draft / "PG_VERSION").write_text("18\n")
    with Cluster(open_folder / "half").running() as server:
        assert value(server.app_url, "SELECT 1") == 1
    assert not draft.exists()


def test_further_databases_give_the_application_the_same_rights(home: Path) -> None:
    with Cluster(home).running() as server:
        with psycopg.connect(server.owner_url) as connection:
            connection.execute("CREATE TABLE lists (number int)")
        server.create_database("copy_of_it", template="lueckenlos")
        copy = server.url(Login.APP, database="copy_of_it")
        assert value(copy, "INSERT INTO lists VALUES (7) RETURNING number") == 7
        server.drop_database("copy_of_it")
        with pytest.raises(psycopg.OperationalError, match="does not exist"):
            psycopg.connect(copy)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can close a folder to the server's account")
def test_root_runs_it_below_a_closed_folder_and_opens_nothing(home: Path) -> None:
    home.parent.chmod(0o700)
    with Cluster(home).running() as server:
        assert value(server.app_url, "SELECT 1") == 1
        assert Path(f"/proc/{server.pid}").stat().st_uid != 0
        assert mode(home.parent) == 0o700


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another account")
def test_an_ordinary_account_runs_it(open_folder: Path) -> None:
    parent = open_folder / "ordinary"
    parent.mkdir()
    os.chown(parent, 65534, 65534)
    process = in_own_process(parent / "home", then="print(os.geteuid())", account=ORDINARY)
    numbers, complaints = process.communicate()
    assert (numbers.split()[1:], complaints) == (["65534"], "")
    assert mode(parent / "home") == 0o700
