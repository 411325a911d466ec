"""The minimal Django service, served like ours: granian with as many processes and threads."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

import psycopg

from benchmarks.house import ROOT
from benchmarks.peers.clients import Asked, Shop
from benchmarks.peers.house import PLACES, command_of
from benchmarks.peers.servers import Database, free_port, new_database, served

SERVICE: Final = "benchmarks.peers.plain_service"


@contextmanager
def open_plain(superuser_url: str, *, events: int, folder: Path) -> Iterator[Shop]:
    """So many events, served."""
    database = new_database(superuser_url, name="plain")
    environment = {
        "PLAIN_DATABASE": "|".join(
            (database.name, database.user, database.password, database.host, database.port)
        ),
        "PLAIN_EVENTS": str(events), "PLAIN_PLACES": str(PLACES), "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    subprocess.run([sys.executable, "-m", SERVICE], env={**os.environ, **environment}, cwd=folder, check=True)
    port = free_port()
    command = command_of(port, application=f"{SERVICE}:application")
    with served(command, port=port, environment=environment, log=folder / "plain.log"):
        yield Shop(
            "minimal Django", port,
            page=lambda event: Asked(f"/{event + 1}/"),
            order=_order,
            sold=lambda event: _sold(database, event),
        )  # fmt: skip


def _order(event: int, number: int) -> Asked:
    return Asked(
        f"/{event + 1}/order/", "POST", urlencode({"name": f"Kind {number}"}).encode(),
        {"Content-Type": "application/x-www-form-urlencoded"}, awaited=201,
    )  # fmt: skip


def _sold(database: Database, event: int) -> int:
    with psycopg.connect(database.address) as past:
        row = past.execute("SELECT count(*) FROM plain_order WHERE event_id = %s", [event + 1]).fetchone()
    return int(row[0]) if row else 0
