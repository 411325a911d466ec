"""When the embedded database cannot run, one German sentence says why and what to do."""

import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from lueckenlos.core.embedded import Cluster, EmbeddedError, cluster, errors
from lueckenlos.core.embedded.home import Home
from lueckenlos.core.embedded.locks import exclusive
from lueckenlos.core.embedded.programs import diagnose
from lueckenlos.core.failure import StatedFailure
from tests.core.embedded_homes import ORDINARY, NewHome, in_own_process, value

pytestmark = pytest.mark.server


@contextmanager
def small_disk(folder: Path, *, megabytes: int) -> Iterator[Path]:
    folder.mkdir(exist_ok=True)
    options = f"size={megabytes}m,mode=0711"
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip("this machine does not let the test mount a small disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def test_a_home_that_is_a_file_is_named(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.write_text("")
    with pytest.raises(errors.HomeNotAFolder, match="LUECKENLOS_HOME"):
        Cluster(home).start()
    with pytest.raises(errors.HomeNotAFolder, match="ist kein Ordner"):
        Cluster(home / "below").start()


def test_a_home_that_cannot_be_written_is_named() -> None:
    # Not even root may create folders there.
    with pytest.raises((errors.HomeNotWritable, FileNotFoundError), match="sys"):
        Cluster("/sys/lueckenlos").start()


def test_foreign_files_where_the_data_belongs_are_left_alone(open_folder: Path) -> None:
    letters = open_folder / "foreign" / "database-18"
    letters.mkdir(parents=True)
    (letters / "Brief.odt").write_text("Liebe Oma")
    with pytest.raises(errors.FolderForeign, match=r"Brief\.odt"):
        Cluster(letters.parent).start()
    assert (letters / "Brief.odt").read_text() == "Liebe Oma"


def test_data_of_a_newer_version_is_left_alone(new_home: NewHome) -> None:
    home = new_home()
    (home / "database-18").rename(home / "database-19")
    (home / "database-19" / "PG_VERSION").write_text("19\n")
    with pytest.raises(errors.NewerData, match=r"PostgreSQL 19.*höchstens 18") as refusal:
        Cluster(home).start()
    assert refusal.value.found == 19
    assert not (home / "database-18").exists()


def test_data_of_a_newer_version_under_our_name_is_left_alone(home: Path) -> None:
    (home / "database-18" / "PG_VERSION").write_text("19\n")
    with pytest.raises(errors.NewerData):
        Cluster(home).start()


def test_a_version_that_is_no_number_is_named(home: Path) -> None:
    (home / "database-18" / "PG_VERSION").write_text("achtzehn\n")
    with pytest.raises(errors.UnreadableData, match="achtzehn"):
        Cluster(home).start()


def test_data_of_the_older_version_keeps_its_own_programs(new_home: NewHome) -> None:
    home = new_home(version=16)
    with Cluster(home).running() as server:
        assert server.version == 16
    with pytest.raises(errors.OtherVersion, match=r"PostgreSQL 16, verlangt ist 18\. Ohne die Angabe"):
        Cluster(home, version=18).start()


def test_a_version_that_nobody_brings_is_named(open_folder: Path) -> None:
    with pytest.raises(errors.BinariesMissing, match="16 und 18"):
        Cluster(open_folder / "seventeen", version=17).start()


def test_a_port_in_use_is_named_and_a_free_one_is_used(home: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(errors.PortTaken, match=rf"Port {port} ist schon belegt.*LUECKENLOS_DB_PORT"):
            Cluster(home, port=port).start()
    with Cluster(home, port=port).running() as server:
        assert (server.host, server.port) == ("127.0.0.1", port)
        assert value(server.app_url, "SELECT 1") == 1


def test_lost_passwords_are_named(home: Path) -> None:
    password = home / "secrets" / "database-superuser"
    kept = password.read_text()
    password.unlink()
    with pytest.raises(errors.SecretsMissing, match="Sicherung"):
        Cluster(home).start()
    password.write_text("ein anderes\n")
    with pytest.raises(errors.SecretsMissing, match="nimmt die Kennwörter"):
        Cluster(home).start()
    password.write_text(kept)
    with Cluster(home).running() as server:
        assert value(server.app_url, "SELECT 1") == 1


def test_a_lost_password_of_the_application_is_made_anew(home: Path) -> None:
    (home / "secrets" / "database-app").unlink()
    with Cluster(home).running() as server:
        assert value(server.app_url, "SELECT current_user") == "lueckenlos_app"


def test_an_instance_that_does_not_answer_is_named(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_CONNECT_SECONDS", 2)
    with Cluster(home).running() as server:
        os.kill(server.pid, signal.SIGSTOP)
        try:
            with pytest.raises(errors.FolderTaken, match=rf"Nummer {server.pid}\)"):
                Cluster(home).start()
        finally:
            os.kill(server.pid, signal.SIGCONT)


def test_an_instance_that_never_finishes_its_start_is_named(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "_PATIENCE_SECONDS", 0.1)
    with exclusive(Home(home).control, seconds=1), pytest.raises(errors.FolderTaken, match="anderer Vorgang"):
        Cluster(home).start()


def test_joining_what_does_not_run_is_named(home: Path, tmp_path: Path) -> None:
    for nowhere in (home, tmp_path):
        with pytest.raises(errors.NotRunning, match="läuft nicht"):
            Cluster(nowhere).join()


def test_a_broken_setting_shows_what_postgresql_says(home: Path) -> None:
    with (home / "database-18" / "postgresql.conf").open("a") as settings:
        settings.write("work_mem = 'viel'\n")
    with pytest.raises(errors.StartFailed, match="work_mem"):
        Cluster(home).start()


@pytest.mark.parametrize("megabytes", [1, 30])
def test_a_full_disk_at_the_first_start_is_named(open_folder: Path, megabytes: int) -> None:
    with (
        small_disk(open_folder / f"disk-{megabytes}", megabytes=megabytes) as disk,
        pytest.raises(errors.DiskFull, match="kein Platz mehr"),
    ):
        Cluster(disk / "home").start()


def test_a_full_disk_at_a_later_start_is_named_and_room_heals_it(open_folder: Path) -> None:
    with small_disk(open_folder / "later", megabytes=120) as disk:
        home = disk / "home"
        Cluster(home).start().stop()
        filler = disk / "filler"
        with filler.open("wb") as file:
            _fill(file.fileno())
        with pytest.raises(errors.DiskFull, match="kein Platz mehr"):
            Cluster(home).start()
        filler.unlink()
        with Cluster(home).running() as server:
            assert value(server.app_url, "SELECT 1") == 1


def _fill(descriptor: int) -> None:
    block = b"\0" * 65_536
    while block:
        try:
            os.write(descriptor, block)
        except OSError:
            block = block[: len(block) // 2]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ('FATAL:  could not write to file "pg_wal/xlogtemp.9": No space left on device', errors.DiskFull),
        ('FATAL:  could not extend file "base/1/2": Disk quota exceeded', errors.DiskFull),
        ('LOG:  could not bind IPv4 address "127.0.0.1": Address already in use', errors.PortTaken),
        ("FATAL:  pre-existing shared memory block (key 1, ID 2) is still in use", errors.FolderTaken),
        ("FATAL:  something nobody has thought of", errors.StartFailed),
    ],
)
def test_what_postgresql_says_is_understood(tmp_path: Path, said: str, meant: type[EmbeddedError]) -> None:
    found = diagnose(said, home=Home(tmp_path), port=5433)
    assert type(found) is meant
    assert isinstance(found, StatedFailure)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can leave data of another account")
def test_the_home_of_another_account_is_named(home: Path) -> None:
    for ours in (home, home / "locks", home / "logs", *(home / "locks").iterdir()):
        os.chown(ours, 65534, 65534)
    process = in_own_process(home, then="", account=ORDINARY)
    _, said = process.communicate()
    assert process.returncode == 1
    assert "gehört dem Konto" in said
