"""Starts a peer's server, waits until it answers, and ends it again; and a database of its own for each."""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs, urlsplit

import psycopg
from psycopg import sql

from benchmarks.peers.clients import HOST

PROCESSES: Final = 2
STARTS: Final = 120.0
ENDS: Final = 30.0


@dataclass(frozen=True, slots=True)
class Database:
    """An empty database in the same server, with a role that owns it and nothing else."""

    name: str
    user: str
    password: str
    host: str
    port: str

    @property
    def address(self) -> str:
        """As psycopg connects."""
        return psycopg.conninfo.make_conninfo(
            dbname=self.name, user=self.user, password=self.password, host=self.host, port=self.port
        )


def new_database(superuser_url: str, *, name: str) -> Database:
    """Let the superuser make a database and the role that owns it; what an earlier run left goes."""
    parts = urlsplit(superuser_url)
    host = parse_qs(parts.query).get("host", [parts.hostname or HOST])[0]
    port = parse_qs(parts.query).get("port", [str(parts.port or 5432)])[0]
    password = secrets.token_hex(16)
    role = sql.Identifier(name)
    with psycopg.connect(superuser_url, autocommit=True) as past:
        past.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(role))
        past.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(role))
        past.execute(sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(role, sql.Literal(password)))
        past.execute(sql.SQL("CREATE DATABASE {0} OWNER {0}").format(role))
    return Database(name, name, password, host, port)


def free_port() -> int:
    """A port that nobody uses at this moment."""
    with closing(socket.socket(socket.AF_INET, socket.SOCK_STREAM)) as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(command: Sequence[str], *, port: int, environment: Mapping[str, str], log: Path) -> Iterator[None]:
    """The server for as long as the block lasts; what it prints goes to a file."""
    with log.open("ab") as lines:
        process = subprocess.Popen(
            command, env={**os.environ, **environment}, stdout=lines, stderr=lines, cwd=log.parent
        )
    try:
        _wait(process, port=port, log=log)
        yield
    finally:
        process.terminate()
        try:
            process.wait(timeout=ENDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(process: subprocess.Popen[bytes], *, port: int, log: Path) -> None:
    until = time.monotonic() + STARTS
    while time.monotonic() < until and process.poll() is None:
        with closing(socket.socket(socket.AF_INET, socket.SOCK_STREAM)) as probe:
            if probe.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError(f"{process.args!r} did not start:\n{log.read_text(errors='replace')[-2_000:]}")
