"""Starts, joins and stops the embedded server of a home."""

import atexit
import errno
import os
import re
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from lueckenlos.core.embedded.account import Account, choose_account
from lueckenlos.core.embedded.binaries import Binaries, find_binaries
from lueckenlos.core.embedded.errors import (
    DiskFull,
    EmbeddedError,
    FolderTaken,
    HomeNotAFolder,
    HomeNotWritable,
    NotRunning,
    PortTaken,
    SecretsMissing,
    StopFailed,
)
from lueckenlos.core.embedded.home import Home
from lueckenlos.core.embedded.locks import exclusive, hold_shared, is_free, wait_until_free
from lueckenlos.core.embedded.postmaster import Postmaster, end_orphans, read_postmaster, serves
from lueckenlos.core.embedded.programs import build_data, choose_listening, diagnose, launch
from lueckenlos.core.embedded.roles import DATABASE, Login, role_statements

# A first start takes seconds, a recovery after a crash under load perhaps a minute.
_PATIENCE_SECONDS = 120.0
_ORPHANS_SECONDS = 2.0
_CONNECT_SECONDS = 10
_STOP_SECONDS = 60.0
_PAUSE_SECONDS = 0.01
_FREE_PORT_TRIES = 3
_PLAIN_NAME = re.compile(r"[a-z_][a-z0-9_]{0,62}")


class Server:
    """A running server that this process uses until `stop`."""

    def __init__(self, home: Home, *, data: Path, postmaster: Postmaster, member: int) -> None:
        self._home = home
        self._data = data
        self._member: int | None = member
        self._process = os.getpid()
        self.host = postmaster.host
        self.port = postmaster.port
        self.pid = postmaster.pid
        self.version = int(data.name.rpartition("-")[2])
        atexit.register(self._stop_at_exit)

    @property
    def app_url(self) -> str:
        """Gives the application's connection."""
        return self.url(Login.APP)

    @property
    def owner_url(self) -> str:
        """Gives the owner's connection, for migrations alone."""
        return self.url(Login.OWNER)

    @property
    def maintenance_url(self) -> str:
        """Gives the connection for backups."""
        return self.url(Login.MAINTENANCE)

    @property
    def superuser_url(self) -> str:
        """Gives the superuser's connection, for tests that create databases."""
        return self.url(Login.SUPERUSER, database="postgres")

    def url(self, login: Login, *, database: str = DATABASE) -> str:
        """Gives a connection address for a login and a database."""
        return _url(self._home, login, database=database, host=self.host, port=self.port)

    def create_database(self, name: str, *, template: str | None = None) -> None:
        """Creates a further database with the same rights, empty or as a copy of another."""
        with psycopg.connect(self.superuser_url, autocommit=True) as connection:
            _create_database(connection, name, template=template)
        with psycopg.connect(self.url(Login.SUPERUSER, database=name), autocommit=True) as connection:
            connection.execute(role_statements(database=name).rights.encode())

    def drop_database(self, name: str) -> None:
        """Drops a database together with the connections to it."""
        with psycopg.connect(self.superuser_url, autocommit=True) as connection:
            connection.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
            )

    def stop(self) -> None:
        """Leaves the server; the last one out stops it, unless somebody started it by hand."""
        if self._member is None or self._process != os.getpid():
            return
        member, self._member = self._member, None
        atexit.unregister(self._stop_at_exit)
        if not self._home.control.exists():
            # The home was deleted under us: the server notices by itself and ends.
            os.close(member)
            return
        with _control(self._home):
            os.close(member)
            if is_free(self._home.members) and not is_free(self._home.alive):
                _halt(self._home, data=self._data)

    def _stop_at_exit(self) -> None:
        with suppress(EmbeddedError, OSError):
            self.stop()


class Cluster:
    """The embedded database of one home folder."""

    def __init__(self, home: Path | str, *, version: int | None = None, port: int | None = None) -> None:
        self._home = Home(Path(home).absolute())
        self._version = version
        self._port = port

    def start(self) -> Server:
        """Starts the server, or joins it when it runs already."""
        with _sentences(self._home):
            self._home.prepare()
            with _control(self._home):
                member = hold_shared(self._home.members)
                try:
                    version = self._home.decide_version(self._version)
                    data = self._home.data(version)
                    postmaster = self._find(data) or self._launch(version)
                except BaseException:
                    os.close(member)
                    raise
        return Server(self._home, data=data, postmaster=postmaster, member=member)

    def join(self) -> Server:
        """Joins the running server; `NotRunning` if there is none."""
        if not self._home.control.exists():
            raise NotRunning(self._home.root)
        with _sentences(self._home), _control(self._home):
            data = self._home.data(self._home.decide_version(self._version))
            postmaster = self._find(data)
            if postmaster is None:
                raise NotRunning(self._home.root)
            member = hold_shared(self._home.members)
        return Server(self._home, data=data, postmaster=postmaster, member=member)

    @contextmanager
    def running(self) -> Iterator[Server]:
        """Runs the server for as long as the block lasts."""
        server = self.start()
        try:
            yield server
        finally:
            server.stop()

    def _find(self, data: Path) -> Postmaster | None:
        """Finds the running server and makes sure that it answers to our password."""
        if not _lives(self._home, data=data):
            return None
        postmaster = _wait_until_ready(self._home, data=data)
        if postmaster is not None:
            self._sign_in(data, postmaster).close()
        return postmaster

    def _launch(self, version: int) -> Postmaster:
        home, data = self._home, self._home.data(version)
        binaries = find_binaries(version)
        account = choose_account(data, programs=binaries.folder)
        has_data = (data / "PG_VERSION").is_file()
        if has_data and not home.vault.knows(Login.SUPERUSER):
            raise SecretsMissing(data, secrets=home.vault.folder)
        home.vault.ensure()
        _clear_remains(home, data=data)
        home.run.mkdir(mode=0o700)
        account.own(home.run)
        if not has_data:
            build_data(home, binaries=binaries, account=account)
        postmaster = self._launch_listening(home, binaries=binaries, account=account)
        try:
            self._set_up_roles(data, postmaster)
        except BaseException:
            _halt(home, data=data)
            raise
        return postmaster

    def _launch_listening(self, home: Home, *, binaries: Binaries, account: Account) -> Postmaster:
        """Starts the server; a free port that somebody took meanwhile is chosen anew."""
        data = home.data(binaries.version)
        remaining = 1 if self._port else _FREE_PORT_TRIES
        while True:
            remaining -= 1
            listening = choose_listening(home, port=self._port)
            before = launch(home, binaries=binaries, account=account, listening=listening)
            postmaster = _wait_until_ready(home, data=data)
            if postmaster is not None:
                return postmaster
            with home.log.open("rb") as log:
                log.seek(before)
                reason = diagnose(log.read().decode(errors="replace"), home=home, port=listening.port)
            if not (isinstance(reason, PortTaken) and remaining):
                raise reason

    def _sign_in(
        self, data: Path, postmaster: Postmaster, *, database: str = "postgres"
    ) -> psycopg.Connection:
        home = self._home
        try:
            url = _url(home, Login.SUPERUSER, database=database, host=postmaster.host, port=postmaster.port)
            return psycopg.connect(url, autocommit=True, connect_timeout=_CONNECT_SECONDS)
        except FileNotFoundError as error:
            raise SecretsMissing(data, secrets=home.vault.folder) from error
        except psycopg.OperationalError as error:
            if "password authentication failed" in str(error):
                raise SecretsMissing(data, secrets=home.vault.folder) from error
            raise FolderTaken(data, pid=postmaster.pid) from error

    def _set_up_roles(self, data: Path, postmaster: Postmaster) -> None:
        """Brings roles, passwords and rights to what the script says; costs some hundredths of a second."""
        vault = self._home.vault
        statements = role_statements()
        with self._sign_in(data, postmaster) as connection:
            connection.execute(statements.roles.encode())
            for login in (Login.OWNER, Login.APP, Login.MAINTENANCE):
                # Hashed here, so that no password can reach a log.
                hashed = connection.pgconn.encrypt_password(
                    vault.password(login).encode(), login.encode(), b"scram-sha-256"
                )
                change = sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(login), hashed.decode())
                connection.execute(change)
            if (
                connection.execute("SELECT FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
                is None
            ):
                _create_database(connection, DATABASE, template=None)
                connection.execute("REVOKE ALL ON DATABASE postgres FROM PUBLIC")
        with self._sign_in(data, postmaster, database=DATABASE) as connection:
            connection.execute(statements.rights.encode())


def _create_database(connection: psycopg.Connection, name: str, *, template: str | None) -> None:
    if not _PLAIN_NAME.fullmatch(name):
        raise ValueError(f"a database name here is small letters, digits and underscores: {name!r}")
    statement = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}").format(
        sql.Identifier(name), sql.Identifier(Login.OWNER), sql.Identifier(template or "template1")
    )
    connection.execute(statement)


def _url(home: Home, login: Login, *, database: str, host: str, port: int) -> str:
    password = quote(home.vault.password(login), safe="")
    if host.startswith("/"):
        return f"postgresql://{login}:{password}@/{database}?host={quote(host, safe='')}&port={port}"
    return f"postgresql://{login}:{password}@{host}:{port}/{database}"


def _lives(home: Home, *, data: Path) -> bool:
    """Tells whether a server over this data is alive, ours by its lock or one started by hand."""
    if not is_free(home.alive):
        return True
    postmaster = read_postmaster(data)
    return postmaster is not None and serves(postmaster.pid, data=data)


def _wait_until_ready(home: Home, *, data: Path) -> Postmaster | None:
    """Waits for a living server to take connections; None once it has died."""
    begin = time.monotonic()
    while _lives(home, data=data):
        postmaster = read_postmaster(data)
        visible = postmaster is not None and serves(postmaster.pid, data=data)
        if postmaster is not None and visible and postmaster.ready:
            return postmaster
        waited = time.monotonic() - begin
        if not visible and waited > _ORPHANS_SECONDS:
            end_orphans(data)
            if not wait_until_free(home.alive, seconds=_ORPHANS_SECONDS):
                raise FolderTaken(data, pid=postmaster.pid if postmaster else None)
        if waited > _PATIENCE_SECONDS:
            raise FolderTaken(data, pid=postmaster.pid if postmaster else None)
        time.sleep(_PAUSE_SECONDS)
    return None


def _clear_remains(home: Home, *, data: Path) -> None:
    """Removes what a dead server left: its number may belong to a zombie or to another program by now."""
    (data / "postmaster.pid").unlink(missing_ok=True)
    if home.run.exists():
        shutil.rmtree(home.run)


def _halt(home: Home, *, data: Path) -> None:
    """Ends the server: fast, and if that takes too long at once; the next start then recovers."""
    postmaster = read_postmaster(data)
    if postmaster is None or not serves(postmaster.pid, data=data):
        end_orphans(data)
        wait_until_free(home.alive, seconds=_ORPHANS_SECONDS)
        return
    for means, seconds in ((signal.SIGINT, _STOP_SECONDS), (signal.SIGQUIT, _ORPHANS_SECONDS * 5)):
        with suppress(ProcessLookupError):
            os.kill(postmaster.pid, means)
        if wait_until_free(home.alive, seconds=seconds):
            return
    raise StopFailed(postmaster.pid)


@contextmanager
def _control(home: Home) -> Iterator[None]:
    """Lets one process at a time start or stop the server."""
    try:
        with exclusive(home.control, seconds=_PATIENCE_SECONDS):
            yield
    except TimeoutError as error:
        raise FolderTaken(home.root, pid=None) from error


@contextmanager
def _sentences(home: Home) -> Iterator[None]:
    """Turns errors of the file system into ours."""
    try:
        yield
    except (NotADirectoryError, FileExistsError) as error:
        raise HomeNotAFolder(Path(error.filename or home.root)) from error
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise DiskFull(home.root, free_bytes=shutil.disk_usage(home.root).free) from error
        if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
            raise HomeNotWritable(Path(error.filename or home.root)) from error
        raise
