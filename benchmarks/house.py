"""A house of its own for a benchmark: a fresh home, the demo county, and Django connected as the application.

Importing this file sets Django up; whoever measures imports it before the product's rooms.
"""

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import django

# A test hands in a database with the county laid, so that it need not wait for another one: app's and superuser's URL.
LAID = os.environ.pop("BENCHMARK_DATABASE", "").split()
HOME = Path(tempfile.mkdtemp(prefix="ll-bench-"))
HOME.chmod(0o711)
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
if not LAID:
    os.environ["LUECKENLOS_HOME"] = str(HOME / "home")
os.environ.setdefault(
    "OPENBLAS_NUM_THREADS", "1"
)  # as the server has it; numpy reads it when it is first imported
os.environ.update(
    LUECKENLOS_DEMO="1", LUECKENLOS_TESTS="1", DJANGO_SETTINGS_MODULE="lueckenlos.config.settings"
)
for _name in ("DATABASE_URL", "MIGRATE_DATABASE_URL"):
    os.environ.pop(_name, None)
django.setup()

from django.db import connection  # noqa: E402 – settings stand now

from lueckenlos.config.house import connect_to  # noqa: E402
from lueckenlos.core.embedded import Cluster  # noqa: E402
from lueckenlos.offers.finder.services import refresh_index  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
COUNTY = ROOT / "counties" / "dueren"
BATCH = 500


@dataclass(frozen=True, slots=True)
class House:
    """The addresses of a house's database: the application's, and the superuser's in the same database."""

    app_url: str
    superuser_url: str


@contextmanager
def bare() -> Iterator[House]:
    """Tables with their wall, in a database that is thrown away afterwards."""
    with _laid() as house:
        os.environ["DATABASE_URL"] = house.app_url
        connect_to(house.app_url)
        try:
            yield house
        finally:
            connection.close()


@contextmanager
def county() -> Iterator[House]:
    """The demo county, its index built."""
    with bare() as house:
        if not LAID:
            lueckenlos("load-county", str(COUNTY))
        while refresh_index(limit=BATCH) == BATCH:
            pass
        yield house


@contextmanager
def _laid() -> Iterator[House]:
    if LAID:
        yield House(*LAID)
        return
    with Cluster(HOME / "home").running() as server:
        path = urlsplit(server.app_url).path
        lueckenlos("migrate", DATABASE_URL=server.app_url, MIGRATE_DATABASE_URL=server.owner_url)
        yield House(server.app_url, urlunsplit(urlsplit(server.superuser_url)._replace(path=path)))


def lueckenlos(*arguments: str, **variables: str) -> None:
    """One command of the product."""
    subprocess.run(
        [sys.executable, "-m", "lueckenlos.config.cli", *arguments],
        cwd=ROOT, env={**os.environ, **variables}, check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
