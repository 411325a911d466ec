"""Runs initdb and the server itself, and turns what they print into sentences."""

import os
import shutil
import socket
import subprocess
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from lueckenlos.core.embedded.account import Account
from lueckenlos.core.embedded.binaries import Binaries
from lueckenlos.core.embedded.errors import DiskFull, EmbeddedError, FolderTaken, PortTaken, StartFailed
from lueckenlos.core.embedded.home import Home
from lueckenlos.core.embedded.locks import open_lock, try_exclusive
from lueckenlos.core.embedded.roles import Login
from lueckenlos.core.embedded.vault import write_private

LOOPBACK = "127.0.0.1"
_SOCKET_PORT = 5432
_LONGEST_SOCKET_PATH = 107
_LARGEST_LOG_BYTES = 5_000_000
_LAST_LINES = 8
_FIRST_WITH_BUILTIN_LOCALE = 17

_HBA = """\
# Written by lückenlos at every start. Everybody signs in with a password, from this machine alone.
local all all scram-sha-256
host all all 127.0.0.1/32 scram-sha-256
host all all ::1/128 scram-sha-256
"""

_SETTINGS = {
    "ssl": "off",
    "log_checkpoints": "off",
    "log_line_prefix": "%m [%p] %q%u ",
    "max_wal_size": "512MB",
    "min_wal_size": "48MB",
    "password_encryption": "scram-sha-256",
    "unix_socket_permissions": "0700",
}


@dataclass(frozen=True)
class Listening:
    """Where the server listens: on a socket in the home, or on one port of the loopback."""

    address: str
    port: int
    socket_folder: str

    def settings(self) -> dict[str, str]:
        """Gives PostgreSQL's settings."""
        quoted = self.socket_folder.replace('"', '""')
        return {
            "listen_addresses": self.address,
            "port": str(self.port),
            "unix_socket_directories": f'"{quoted}"' if quoted else "",
        }


def choose_listening(home: Home, *, port: int | None) -> Listening:
    """Chooses the socket, which no other account can reach, unless a port is set or the path does not fit."""
    path = home.run / f".s.PGSQL.{_SOCKET_PORT}"
    # libpq reads a comma as the border between two hosts.
    fits = len(os.fsencode(path)) <= _LONGEST_SOCKET_PATH and "," not in str(path)
    if port is None and fits:
        return Listening(address="", port=_SOCKET_PORT, socket_folder=str(home.run))
    return Listening(address=LOOPBACK, port=port or _free_port(), socket_folder="")


def build_data(home: Home, *, binaries: Binaries, account: Account) -> None:
    """Creates the data folder beside its place and moves it there when it is complete."""
    data = home.data(binaries.version)
    draft = data.with_name(data.name + ".new")
    if draft.exists():
        shutil.rmtree(draft)
    draft.mkdir(mode=0o700)
    account.own(draft)
    # The server's account cannot read our secrets; it gets a copy for as long as initdb runs.
    password = home.run / "password"
    write_private(password, text=home.vault.password(Login.SUPERUSER) + "\n")
    account.own(password)
    locale = ["--locale=C", "--encoding=UTF8"]
    if binaries.version >= _FIRST_WITH_BUILTIN_LOCALE:
        locale += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    argv = [
        binaries.path("initdb"),
        f"--pgdata={draft}",
        f"--username={Login.SUPERUSER}",
        f"--pwfile={password}",
        "--auth=scram-sha-256",
        "--text-search-config=simple",
        "--data-checksums",
        *locale,
    ]
    try:
        outcome = subprocess.run(
            account.command(argv), capture_output=True, text=True, check=False, env=_environment(), cwd="/"
        )
    finally:
        password.unlink(missing_ok=True)
    if outcome.returncode:
        shutil.rmtree(draft, ignore_errors=True)
        text = outcome.stdout + outcome.stderr
        home.log.write_text(text)
        raise diagnose(text, home=home, port=None)
    if data.exists():
        data.rmdir()
    draft.rename(data)


def launch(home: Home, *, binaries: Binaries, account: Account, listening: Listening) -> int:
    """Starts the server in a session of its own; gives the length of the log before it.

    The server inherits a lock of ours. As long as it or one of its backends lives, the lock is held.
    """
    data = home.data(binaries.version)
    data.chmod(0o700)
    write_private(data / "pg_hba.conf", text=_HBA)
    account.own(data / "pg_hba.conf")
    settings = _SETTINGS | listening.settings()
    options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    # The shell only sends the server into the background, so that it is nobody's child and no zombie of ours.
    # pg_ctl would do that too, but puts the folder's name into a shell command, where $ and quotes count.
    argv = ["/bin/sh", "-c", '"$0" "$@" &', binaries.path("postgres"), "-D", str(data), *options]
    alive = open_lock(home.alive)
    try:
        if not try_exclusive(alive):
            raise FolderTaken(data, pid=None)
        with _open_log(home.log) as log:
            before = log.tell()
            subprocess.run(
                account.command(argv),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=(alive,),
                check=False,
                env=_environment(),
                cwd="/",
                start_new_session=True,
            )
    finally:
        os.close(alive)
    return before


def diagnose(text: str, *, home: Home, port: int | None) -> EmbeddedError:
    """Finds the sentence for what PostgreSQL printed before it gave up."""
    if "No space left on device" in text or "Disk quota exceeded" in text:
        return DiskFull(home.root, free_bytes=shutil.disk_usage(home.root).free)
    if "Address already in use" in text and port is not None:
        return PortTaken(port)
    if "is still in use" in text or "another server might be running" in text:
        return FolderTaken(home.root, pid=None)
    lines = [line for line in text.splitlines() if line.strip()]
    return StartFailed(home.log, last_lines="\n".join(lines[-_LAST_LINES:]))


def _environment() -> dict[str, str]:
    """Gives our environment with English messages, which `diagnose` reads."""
    return {**os.environ, "LC_ALL": "C"}


def _open_log(path: Path) -> IO[bytes]:
    if path.exists() and path.stat().st_size > _LARGEST_LOG_BYTES:
        path.replace(path.with_name(path.name + ".1"))
    log = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600), "ab")
    log.seek(0, os.SEEK_END)
    return log


def _free_port() -> int:
    with closing(socket.socket(socket.AF_INET, socket.SOCK_STREAM)) as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])
