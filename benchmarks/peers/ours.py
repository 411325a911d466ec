"""The house by the product's own command, one process, as a host starts it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.peers.servers import free_port, served
from lueckenlos.config import running
from lueckenlos.config.environment import read_environment


@contextmanager
def served_as_ever(app_url: str, *, folder: Path) -> Iterator[int]:
    """Serve what lies in this database for as long as the block lasts; the port."""
    port = free_port()
    environment = {
        "LUECKENLOS_PORT": str(port), "DATABASE_URL": app_url, "LUECKENLOS_TESTS": "", **running.SERVER_ENVIRONMENT,
    }  # fmt: skip
    command = running.server_command(read_environment({"LUECKENLOS_PORT": str(port)}))
    with served(command, port=port, environment=environment, log=folder / "granian.log"):
        yield port
