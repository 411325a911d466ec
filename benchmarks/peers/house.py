"""Lückenlos as it is served: granian, the production settings, a proxy's headers before it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final
from urllib.parse import urlencode
from uuid import UUID, uuid4

import psycopg

from benchmarks.peers.clients import Asked, Shop, ask_once
from benchmarks.peers.servers import PROCESSES, free_port, served
from lueckenlos.config import running
from lueckenlos.config.environment import read_environment
from lueckenlos.core.actor import Actor, ActorKind, Grant, Role, ScopeKind
from lueckenlos.offers.programmes import selectors, services
from lueckenlos.offers.programmes.types import ComesWith, Kind, ProgrammeView

PLACES: Final = 100_000
TOKEN: Final = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


@contextmanager
def open_house(app_url: str, superuser_url: str, *, events: int, folder: Path) -> Iterator[Shop]:
    """So many programmes, served; a registration is the last step of the form, which asks for all of it again."""
    views = _programmes(superuser_url, many=events)
    port = free_port()
    environment = {
        "LUECKENLOS_PORT": str(port), "LUECKENLOS_BASE_URL": f"https://localhost:{port}",
        "DATABASE_URL": app_url, "LUECKENLOS_DEMO": "", "LUECKENLOS_TESTS": "", **running.SERVER_ENVIRONMENT,
    }  # fmt: skip
    with served(command_of(port), port=port, environment=environment, log=folder / "granian.log"):
        token, cookie = _form(port, views[0])

        def order(event: int, number: int) -> Asked:
            return _registration(views[event], number, token=token, cookie=cookie, port=port)

        yield Shop(
            "lückenlos", port,
            page=lambda event: Asked(f"/mitmachen/{views[event].key}/", headers=_headers(port, number=1)),
            order=order,
            sold=lambda event: _placed(superuser_url, views[event].id),
        )  # fmt: skip


def command_of(port: int, *, application: str = "") -> list[str]:
    """The product's own command with as many processes as everybody here has; another application, if one is named."""
    command = list(running.server_command(read_environment({"LUECKENLOS_PORT": str(port)})))
    command[command.index("--workers") + 1] = str(PROCESSES)
    return [*command[:-1], application or command[-1]]


def _programmes(superuser_url: str, *, many: int) -> list[ProgrammeView]:
    with psycopg.connect(superuser_url, autocommit=True) as past:
        actor = _planner(past)
    starts = datetime.now(UTC) + timedelta(days=30)
    views = []
    for number in range(many):
        new = services.NewProgramme(
            kind=Kind.COURSE, title=f"Kurs {number}", comes=ComesWith.CHILD, capacity=PLACES,
            dates=((starts, starts + timedelta(hours=1)),),
        )  # fmt: skip
        key = services.found_programme(new, actor=actor, now=datetime.now(UTC))
        services.publish(key, actor=actor, now=datetime.now(UTC))
        view = selectors.by_id(key)
        if view is None:
            raise RuntimeError(f"{new.title} is not there")
        views.append(view)
    return views


def _planner(past: psycopg.Connection[object]) -> Actor:
    organization = uuid4()
    past.execute(
        "INSERT INTO directory_organization (id, key, name, sort_key, kind, description, email, website, "
        "is_trusted, unknown, modified_at) VALUES (%s, %s, 'Verein', '', 'frei', '', '', '', false, '{}', now())",
        [organization, f"verein-{organization}"],
    )
    grant = Grant(Role.PROVIDER, ScopeKind.ORGANIZATION, str(organization))
    return Actor(kind=ActorKind.PERSON, person_id=uuid4(), organization=organization, grants=(grant,))


def _headers(port: int, *, number: int) -> dict[str, str]:
    """What a proxy writes. Every family has an address of its own: one address may send 40 forms an hour."""
    address = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
    return {
        "Host": f"localhost:{port}", "X-Forwarded-Proto": "https", "X-Forwarded-For": address,
        "Origin": f"https://localhost:{port}",
    }  # fmt: skip


def _form(port: int, view: ProgrammeView) -> tuple[str, str]:
    answered = ask_once(port, Asked(f"/mitmachen/{view.key}/anmelden/", headers=_headers(port, number=1)))
    found = TOKEN.search(answered.body.decode())
    if found is None:
        raise RuntimeError("the form has no token")
    return found[1], "; ".join(answered.cookies)


def _registration(view: ProgrammeView, number: int, *, token: str, cookie: str, port: int) -> Asked:
    form = {
        "csrfmiddlewaretoken": token, "v": "", "website": "", "first_0": f"Kind {number}", "family_0": "Beispiel",
        "born_0": "2019-05-05", "name": "Eltern", "email": f"familie{number}@example.org", "phone": "", "place": "",
        "consent": "on", "fertig": "1",
    }  # fmt: skip
    headers = {
        **_headers(port, number=number), "Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded",
    }  # fmt: skip
    return Asked(f"/mitmachen/{view.key}/anmelden/", "POST", urlencode(form).encode(), headers, awaited=302)


def _placed(superuser_url: str, programme: UUID) -> int:
    with psycopg.connect(superuser_url) as past:
        row = past.execute(
            "SELECT count(*) FROM programmes_registration WHERE programme_id = %s AND state = 'placed'",
            [programme],
        ).fetchone()
    return int(row[0]) if row else 0
