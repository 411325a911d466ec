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
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import django

HOME = Path(tempfile.mkdtemp(prefix="ll-bench-"))
HOME.chmod(0o711)
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
os.environ.update(
    LUECKENLOS_HOME=str(HOME / "home"),
    LUECKENLOS_DEMO="1",
    LUECKENLOS_TESTS="1",
    DJANGO_SETTINGS_MODULE="lueckenlos.config.settings",
)
for _name in ("DATABASE_URL", "MIGRATE_DATABASE_URL"):
    os.environ.pop(_name, None)
django.setup()

from django.db import connection  # noqa: E402 – settings stand now

from lueckenlos.config.house import connect_to  # noqa: E402
from lueckenlos.core.embedded import Cluster, Server  # noqa: E402
from lueckenlos.offers.finder.services import refresh_index  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
COUNTY = ROOT / "counties" / "dueren"
BATCH = 500


@contextmanager
def bare() -> Iterator[Server]:
    """Empty tables with their wall, in a database that is thrown away afterwards."""
    with Cluster(HOME / "home").running() as server:
        os.environ["DATABASE_URL"] = server.app_url
        lueckenlos("migrate", MIGRATE_DATABASE_URL=server.owner_url)
        connect_to(server.app_url)
        try:
            yield server
        finally:
            connection.close()


@contextmanager
def county() -> Iterator[Server]:
    """The demo county, its index built."""
    with bare() as server:
        lueckenlos("load-county", str(COUNTY))
        while refresh_index(limit=BATCH) == BATCH:
            pass
        yield server


def past_the_wall(server: Server) -> str:
    """The superuser's address of the application's own database."""
    return urlunsplit(urlsplit(server.superuser_url)._replace(path=urlsplit(server.app_url).path))


def lueckenlos(*arguments: str, **variables: str) -> None:
    """One command of the product."""
    subprocess.run(
        [sys.executable, "-m", "lueckenlos.config.cli", *arguments],
        cwd=ROOT, env={**os.environ, **variables}, check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
