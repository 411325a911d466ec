"""Runs the house: database, tables, server and worker, under one supervisor."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from lueckenlos.config.environment import Environment, read_environment
from lueckenlos.core.embedded import Cluster
from lueckenlos.core.failure import StatedFailure
from lueckenlos.core.supervisor import Child, supervise

Step = Callable[[Environment], None]


def run_house(*, before: Step | None = None, ready: Step | None = None) -> None:
    """Start everything in its order and stay until told to stop."""
    with database_running() as environment:
        lueckenlos("migrate")
        if before is not None:
            before(environment)
        if ready is not None:
            ready(environment)
        # Server and worker must not hold the owner's password.
        os.environ.pop("MIGRATE_DATABASE_URL", None)
        supervise([Child("server", server_command(environment)), Child("worker", worker_command())])


@contextmanager
def database_running() -> Iterator[Environment]:
    """The environment's database, or the embedded one for as long as the block lasts."""
    environment = read_environment()
    if environment.database_url is not None:
        yield environment
        return
    with Cluster(environment.home, port=environment.database_port).running() as server:
        os.environ["DATABASE_URL"] = server.app_url
        os.environ["MIGRATE_DATABASE_URL"] = server.owner_url
        yield read_environment()


def lueckenlos(*arguments: str) -> str:
    """One command of our own in a process of its own, as a host would run it."""
    done = subprocess.run(
        [sys.executable, "-m", "lueckenlos.config.cli", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise StatedFailure((done.stderr or done.stdout).strip())
    return done.stdout


def server_command(environment: Environment) -> tuple[str, ...]:
    """How granian is started."""
    granian = shutil.which("granian", path=str(Path(sys.executable).parent)) or "granian"
    return (
        granian,
        "--interface", "wsgi",
        "--host", environment.host,
        "--port", str(environment.port),
        "--workers", "1",
        "--blocking-threads", "8",
        "--no-ws",
        "--log-level", "warning",
        "lueckenlos.config.wsgi:application",
    )  # fmt: skip


def worker_command() -> tuple[str, ...]:
    """How the worker is started."""
    return (sys.executable, "-m", "lueckenlos.config.cli", "worker")
