"""The database server of a test run: one embedded server, one template, a clone for every worker.

A pytest plugin (`-p tests.servers`), so that the environment stands before Django's settings are read.
"""

import atexit
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

ROOT = Path(__file__).resolve().parent.parent
COUNTY = ROOT / "counties" / "dueren"
EMPTY = "empty_template"
# For a quick round on tests that need no county: LUECKENLOS_TESTS_EMPTY=1 leaves the loading out.
TEMPLATE = EMPTY if os.environ.get("LUECKENLOS_TESTS_EMPTY") else "county_template"
# For many quick rounds: a folder where the laid server is kept, until a table or a policy changes.
KEPT = os.environ.get("LUECKENLOS_TESTS_KEEP")
LAID = "laid"
MEMORY = Path("/dev/shm")  # noqa: S108  # one folder of our own in it
ROOM = 3 * 1024**3
PREFIX = "lueckenlos-tests-"

_server: Any = None


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """Start the server and lay the template, once, before the workers begin."""
    if hasattr(session.config, "workerinput") or session.config.option.collectonly:
        return
    start_server()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long begins first, after the order was drawn: else one worker may wait for the other in the end."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server after the last worker."""
    if _server is not None:
        _server.stop()


def start_server(version: int | None = None) -> None:
    """One embedded server without fsync, of the newest version unless given; its first database becomes the template."""
    home = Path(os.environ["LUECKENLOS_HOME"])
    _run(home, version)
    if (home / LAID).exists():
        return
    _lay()
    kept = _kept()
    if kept is not None and version is None:
        _server.stop()
        (home / LAID).touch()
        _copy(home, kept)
        _run(home, version)


def _kept() -> Path | None:
    """Where the laid server lies between two runs, if it is to be kept."""
    return Path(KEPT) / f"{TEMPLATE}-{_shape()}" if KEPT else None


def _shape() -> str:
    """A digest of what decides how the tables and their policies look."""
    made = hashlib.sha256()
    for path in sorted((ROOT / "src").rglob("*.py")):
        if {"migrations", "wall"} & set(path.parts) or path.stem in {"rls", "policies", "audit"}:
            made.update(path.read_bytes())
    return made.hexdigest()[:12]


def _copy(source: Path, target: Path) -> None:
    """A stopped server's folder with its owners and rights, whole or not at all."""
    half = target.with_name(f"{target.name}.{uuid.uuid4().hex[:6]}")
    half.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(["cp", "-a", str(source), str(half)], check=True)
    shutil.rmtree(target, ignore_errors=True)
    half.rename(target)


def _in_memory() -> Path | None:
    """A folder in memory, where there is one with room: copying a database's thousand files takes a tenth there."""
    try:
        has_room = shutil.disk_usage(MEMORY).free > ROOM and os.access(MEMORY, os.W_OK)
    except OSError:
        return None
    return MEMORY if has_room else None


def _forget_the_killed(folder: Path) -> None:
    """Throw away what runs left behind that were killed: memory is not emptied by itself."""
    for left in folder.glob(f"{PREFIX}*"):
        if not Path(f"/proc/{left.name.removeprefix(PREFIX).partition('-')[0]}").exists():
            shutil.rmtree(left, ignore_errors=True)


if "PYTEST_XDIST_WORKER" not in os.environ:
    _folder = _in_memory()
    if _folder is not None:
        _forget_the_killed(_folder)
    _home = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=_folder))
    os.environ.update(LUECKENLOS_HOME=str(_home), LUECKENLOS_TESTS="1", LUECKENLOS_DEMO="1")
    os.environ.pop("DATABASE_URL", None)
    atexit.register(shutil.rmtree, _home, ignore_errors=True)
    # Before the settings are read: the secrets of the house lie in its home.
    if (_laid := _kept()) is not None and _laid.exists():
        _copy(_laid, _home)


def _run(home: Path, version: int | None) -> None:
    global _server
    from lueckenlos.core.embedded import Cluster

    _server = Cluster(home, version=version).start()
    os.environ["TEST_SUPERUSER_URL"] = _server.superuser_url
    os.environ["TEST_OWNER_URL"] = _server.owner_url
    os.environ["TEST_APP_URL"] = _server.app_url


def _lay() -> None:
    """Migrate, keep the empty database, load the county, keep that."""
    for setting in ("fsync = off", "synchronous_commit = off", "full_page_writes = off"):
        superuser(f"ALTER SYSTEM SET {setting}")
    superuser("SELECT pg_reload_conf()")
    lueckenlos("migrate", url=_server.app_url)
    source = database_of(_server.app_url)
    superuser(f'CREATE DATABASE "{EMPTY}" TEMPLATE "{source}" OWNER lueckenlos_owner')
    if TEMPLATE == EMPTY:
        return
    lueckenlos("load-county", str(COUNTY), url=_server.app_url)
    lueckenlos("load-people", str(COUNTY / "people.toml"), url=_server.app_url)
    lueckenlos("index", url=_server.app_url)
    superuser(f'CREATE DATABASE "{TEMPLATE}" TEMPLATE "{source}" OWNER lueckenlos_owner')


def lueckenlos(*arguments: str, url: str) -> str:
    """Run the command line as the product does; what it prints."""
    owner = with_database(os.environ["TEST_OWNER_URL"], database_of(url))
    done = subprocess.run(
        [sys.executable, "-m", "lueckenlos.config.cli", *arguments],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": url, "MIGRATE_DATABASE_URL": owner},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        pytest.exit(f"lueckenlos {' '.join(arguments)}:\n{done.stdout}\n{done.stderr}", returncode=3)
    return done.stdout


def superuser(statement: str) -> None:
    """One statement as the server's superuser, outside a transaction."""
    with psycopg.connect(os.environ["TEST_SUPERUSER_URL"], autocommit=True) as connection:
        connection.execute(statement.encode())


def database_of(url: str) -> str:
    """The name of the database in a connection's address."""
    return urlsplit(url).path.lstrip("/")


def with_database(url: str, name: str) -> str:
    """The same connection to another database."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def clone(template: str = TEMPLATE) -> str:
    """A fresh copy of a template; the application role's address of it."""
    name = f"t_{uuid.uuid4().hex[:12]}"
    superuser(f'CREATE DATABASE "{name}" TEMPLATE "{template}" OWNER lueckenlos_owner STRATEGY file_copy')
    return with_database(os.environ["TEST_APP_URL"], name)


def drop(url: str) -> None:
    """Throw a clone away, whoever is still connected."""
    superuser(f'DROP DATABASE IF EXISTS "{database_of(url)}" WITH (FORCE)')


@contextmanager
def cloned(template: str = TEMPLATE) -> Iterator[str]:
    """A clone for as long as the block lasts."""
    url = clone(template)
    try:
        yield url
    finally:
        drop(url)
