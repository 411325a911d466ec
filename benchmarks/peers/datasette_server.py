"""Datasette over the same services: one SQLite file with a full-text table, searched through its page of the table."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import psycopg

from benchmarks.peers.clients import HOST
from benchmarks.peers.servers import free_port, served

VARIABLE: Final = "DATASETTE_PYTHON"
SKIPPED: Final = (
    f"Without Datasette: {VARIABLE} names no Python. "
    f"`python -m venv X && X/bin/pip install datasette`, then {VARIABLE}=X/bin/python."
)
TABLE: Final = "services"
SETTINGS: Final = (
    ("suggest_facets", "off"), ("default_page_size", "10"), ("sql_time_limit_ms", "60000"),
)  # fmt: skip
LAY: Final = """
import json, sqlite3, sys
file = sqlite3.connect(sys.argv[1])
file.execute("CREATE TABLE services (id TEXT PRIMARY KEY, key TEXT, name TEXT, description TEXT, organization TEXT)")
file.executemany("INSERT INTO services VALUES (?, ?, ?, ?, ?)", map(json.loads, sys.stdin))
file.execute("CREATE VIRTUAL TABLE services_fts USING fts5(name, description, content='services', "
             "tokenize='unicode61 remove_diacritics 2')")
file.execute("INSERT INTO services_fts (rowid, name, description) SELECT rowid, name, description FROM services")
file.execute("ANALYZE")
file.commit()
"""
_READ: Final = (
    "SELECT service.id::text, service.key, service.name, service.description, organization.name "
    "FROM directory_service AS service JOIN directory_organization AS organization ON organization.id = organization_id"
)


def its_python() -> str | None:
    """The Python that Datasette is installed for, if the environment names one."""
    return os.environ.get(VARIABLE) or None


@contextmanager
def open_datasette(python: str, superuser_url: str, *, folder: Path) -> Iterator[int]:
    """The services of our database, served; gives the port."""
    file = folder / "county.db"
    _lay(python, superuser_url, file=file)
    port = free_port()
    settings = [part for name, value in SETTINGS for part in ("--setting", name, value)]
    command: Sequence[str] = [
        python, "-m", "datasette", "serve", "--immutable", str(file), "--host", HOST, "--port", str(port), *settings,
    ]  # fmt: skip
    with served(command, port=port, environment={}, log=folder / "datasette.log"):
        yield port


def _lay(python: str, superuser_url: str, *, file: Path) -> None:
    with psycopg.connect(superuser_url) as past, past.cursor(name="services") as rows:
        rows.execute(_READ)
        laying = subprocess.Popen(
            [python, "-c", LAY, str(file)], stdin=subprocess.PIPE, text=True, cwd=file.parent
        )
        if laying.stdin is None:
            raise RuntimeError("no pipe")
        for row in rows:
            laying.stdin.write(json.dumps(row) + "\n")
        laying.stdin.close()
        if laying.wait():
            raise RuntimeError("the peer's table could not be laid")
