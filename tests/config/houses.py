"""What the tests of the command line share: commands as a host runs them, and addresses of databases."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from uuid import uuid4

from click.testing import CliRunner
from django.conf import settings
from django.db import connection

from lueckenlos.config.cli import main
from lueckenlos.core import clock
from lueckenlos.core.embedded import Cluster, Login
from tests import servers
from tests.servers import ROOT

Told = subprocess.CompletedProcess[str]


def run(*arguments: str, url: str, **variables: str) -> Told:
    """One command against a database, in a process of its own as a host runs it: each command once, for its start.

    What a process reads only when it starts (keys, the home) can be set here alone.
    """
    return subprocess.run(
        [sys.executable, "-m", "lueckenlos.config.cli", *arguments],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": url, **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def say(*arguments: str, url: str, **variables: str) -> Told:
    """The same command in this process, which spares two seconds of start; an error nobody states is raised."""
    before, held = dict(connection.settings_dict), list(clock._held)
    try:
        runner = CliRunner()
        ended = runner.invoke(main, arguments, env={"DATABASE_URL": url, **variables}, catch_exceptions=False)
    finally:
        connection.close()
        connection.settings_dict.update(before)
        settings.DATABASES["default"].update(before)
        clock._held[:] = held
    return Told(arguments, ended.exit_code, ended.stdout, ended.stderr)


def address(login: Login, *, like: str) -> str:
    """Another role's address of the same database."""
    password = (Path(os.environ["LUECKENLOS_HOME"]) / "secrets" / f"database-{login.key}").read_text().strip()
    before, _, rest = like.partition("@")
    return f"{before.split('//')[0]}//{login}:{password}@{rest}"


def free_port() -> int:
    """A port that nobody uses at this moment."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def empty_database() -> Iterator[str]:
    """A database as the roles' script leaves it: rights, and not one table; the application's address."""
    name = f"t_{uuid4().hex[:12]}"
    server = Cluster(os.environ["LUECKENLOS_HOME"]).join()
    try:
        server.create_database(name)
        yield servers.with_database(os.environ["TEST_APP_URL"], name)
    finally:
        server.drop_database(name)
        server.stop()
