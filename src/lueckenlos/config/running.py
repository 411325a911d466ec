"""Runs the house: database, tables, server and worker, under one supervisor."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from django.db import connection

from lueckenlos.config.environment import Environment, read_environment
from lueckenlos.config.house import opened
from lueckenlos.config.standing import Standing, demand_ready, refuse_newer, standing
from lueckenlos.core.embedded import Cluster
from lueckenlos.core.failure import StatedFailure
from lueckenlos.core.supervisor import Announcement, Child, supervise

Step = Callable[[Environment], None]
HEALTH = "/gesundheit/"  # by hand: to ask the address by its name would load every page of the house
_PROBE_SECONDS = 5.0
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 – looked up, not bound


class WebPortTaken(StatedFailure):
    """Another program answers where the pages shall be."""

    def __init__(self, host: str, *, port: int) -> None:
        self.host = host
        self.port = port
        super().__init__(
            f"Auf {host}:{port} antwortet schon ein anderes Programm (vielleicht läuft lückenlos bereits). "
            f"Bitte beenden Sie es, oder wählen Sie einen anderen Port: LUECKENLOS_PORT={port + 1}."
        )


class AddressUnusable(StatedFailure):
    """The machine does not have the address, or the account may not use the port."""

    def __init__(self, host: str, *, port: int, reason: str) -> None:
        self.host = host
        self.port = port
        super().__init__(
            f"Auf {host}:{port} lässt sich kein Server starten: {reason}. "
            "Bitte prüfen Sie LUECKENLOS_HOST und LUECKENLOS_PORT."
        )


# The server's threads are Rust's, with 2 MB of stack: the search's deep trees need more (seen: the process dies).
# And numpy reckons in the thread that asks: several that wait for each other while others serve pages cost a third more.
SERVER_ENVIRONMENT = {"RUST_MIN_STACK": str(32 * 1024 * 1024), "OPENBLAS_NUM_THREADS": "1"}


def run_house(*, before: Step | None = None, ready: Step | None = None) -> None:
    """Start everything in its order and stay until told to stop; `ready` is told once pages are served."""
    demand_free_port(read_environment())
    with database_running() as environment:
        bring_up(environment)
        if before is not None:
            before(environment)
        # Server and worker must not hold the owner's password.
        os.environ.pop("MIGRATE_DATABASE_URL", None)
        tell = ready
        supervise(
            [
                Child("server", server_command(environment), environ=SERVER_ENVIRONMENT),
                Child("worker", worker_command()),
            ],
            announcement=Announcement(
                is_up=lambda: answers(environment),
                tell=lambda: None if tell is None else tell(environment),
            ),
        )


def bring_up(environment: Environment) -> None:
    """Bring the tables to this version where they are not; in a house that stands, one look and no more."""
    found = _look()
    refuse_newer(found.unknown)
    if not found.is_ready and environment.migrate_database_url is not None:
        lueckenlos("migrate")
        found = _look()
    demand_ready(found)


def demand_free_port(environment: Environment) -> None:
    """Find out before anything is started whether the pages' address can be had."""
    family = socket.AF_INET6 if ":" in environment.host else socket.AF_INET
    with closing(socket.socket(family, socket.SOCK_STREAM)) as probe:
        # As the server does: a port that waits for stray packets of its last user is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((environment.host, environment.port))
            probe.listen(1)
        except OSError as error:
            if "in use" in str(error.strerror):
                raise WebPortTaken(environment.host, port=environment.port) from error
            raise AddressUnusable(
                environment.host, port=environment.port, reason=str(error.strerror)
            ) from error


def answers(environment: Environment) -> bool:
    """Tell whether the house serves pages."""
    host = _EVERYWHERE.get(environment.host, environment.host)
    asked = HTTPConnection(host, environment.port, timeout=_PROBE_SECONDS)
    try:
        asked.request("GET", HEALTH, headers={"Host": "localhost"})
        return asked.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        asked.close()


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


def _look() -> Standing:
    with opened():
        try:
            return standing()
        finally:
            connection.close()
