"""Taking part: registrations a second with eight clients, and a fair allocation of two thousand children."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

import numpy as np
import psycopg
from django.core import mail as outbox
from django.db import connection
from django.test.utils import override_settings
from scipy.optimize import linear_sum_assignment

from benchmarks.figures import Figure, Size, Table, main, rate, times, took
from benchmarks.house import bare
from lueckenlos.core.actor import Actor, ActorKind, Grant, Role, ScopeKind
from lueckenlos.kernels.allocation import Applicant, Offer, allocate
from lueckenlos.offers.programmes import selectors, services
from lueckenlos.offers.programmes.types import ComesWith, Kind, NewRegistration, SeatValue

CLIENTS: Final = 8
# Measured elsewhere on the same kind of machine, with eight clients: pretix with Redis.
PRETIX: Final = 15.0
CHILDREN, OFFERS, WISHES = 2_000, 200, 10


@dataclass(frozen=True, slots=True)
class Counted:
    """How many registrations a second, and what they came to."""

    rate: float
    taken: int
    waiting: int


def run(size: Size = Size.FULL) -> Table:
    """Measure both."""
    quick = size is Size.QUICK
    many = 40 if quick else 800
    with bare() as server, psycopg.connect(server.superuser_url, autocommit=True) as past:
        ours = _registrations(past, many=many)
        plain = _plain(past, address=server.superuser_url, many=many)
    children, offers = (200, 20) if quick else (CHILDREN, OFFERS)
    market = _market(children, offers)
    allocated = took(lambda: allocate(*market, seed="benchmark"))
    assigned = took(_assignment(*market))
    return Table(
        title="Taking part",
        claim="Many register at once and none is sold twice; a holiday's places are dealt out fairly in seconds.",
        figures=(
            Figure(
                f"registrations a second, {CLIENTS} clients, mail and audit included",
                rate(ours.rate, unit=""), "one row under SELECT … FOR UPDATE, nothing else",
                rate(plain, unit=""), times(ours.rate / plain), "≥ 0.3 ×",
            ),
            Figure(
                "the same against pretix with Redis", rate(ours.rate, unit=""), "measured elsewhere",
                rate(PRETIX, unit=""), times(ours.rate / PRETIX), "≥ 10 ×",
            ),
            Figure(
                f"sold of {many // 2} places, waiting of {many}", f"{ours.taken}, {ours.waiting}", "all who came",
                f"{many // 2}, {many - many // 2}", "", "equal",
            ),
            Figure(
                f"fair allocation, {children} children × {offers} offers", f"{allocated:.2f} s",
                "least sum of ranks (scipy), neither stable nor truthful", f"{assigned:.2f} s",
                times(allocated / assigned), "seconds",
            ),
        ),
        note="Pretix's figure is not of this run; `make bench-peers` asks both over HTTP, side by side.",
    )  # fmt: skip


def _registrations(past: psycopg.Connection[object], *, many: int) -> Counted:
    """So many from eight clients into half as many places; the mails go to a list in memory."""
    actor = _planner(past)
    starts = datetime.now(UTC) + timedelta(days=30)
    new = services.NewProgramme(
        kind=Kind.COURSE, title="Kurs", comes=ComesWith.CHILD, capacity=many // 2,
        dates=((starts, starts + timedelta(hours=1)),),
    )  # fmt: skip
    key = services.found_programme(new, actor=actor, now=datetime.now(UTC))
    services.publish(key, actor=actor, now=datetime.now(UTC))

    def one(number: int) -> None:
        services.register(_wish(key, number), now=datetime.now(UTC))

    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        outbox.outbox = []
        seconds = _together(one, many=many)
    view = selectors.by_id(key)
    places = view.places if view else None
    return Counted(many / seconds, places.taken if places else 0, places.waiting if places else 0)


def _plain(past: psycopg.Connection[object], *, address: str, many: int) -> float:
    """What any service of this kind must at least do: hold the row, count it down, write one line."""
    past.execute("CREATE TABLE plain_course (id int PRIMARY KEY, free int)")
    past.execute("CREATE TABLE plain_registration (id uuid PRIMARY KEY, course int, name text)")
    past.execute("INSERT INTO plain_course VALUES (1, %s)", [many // 2])

    def one(number: int) -> None:
        with psycopg.connect(address) as client:
            row = client.execute("SELECT free FROM plain_course WHERE id = 1 FOR UPDATE").fetchone()
            if row and row[0] > 0:
                client.execute("UPDATE plain_course SET free = free - 1 WHERE id = 1")
            client.execute("INSERT INTO plain_registration VALUES (%s, 1, %s)", [uuid4(), f"Kind {number}"])

    return many / _together(one, many=many)


def _together(one: Callable[[int], None], *, many: int) -> float:
    def finish() -> None:
        connection.close()

    with ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(one, range(1, CLIENTS + 1)))  # connections and caches
        began = time.perf_counter()
        list(pool.map(one, range(CLIENTS + 1, many + 1)))
        seconds = time.perf_counter() - began
        for _ in range(CLIENTS):
            pool.submit(finish)
    return seconds * many / max(many - CLIENTS, 1)


def _planner(past: psycopg.Connection[object]) -> Actor:
    organization = uuid4()
    past.execute(
        "INSERT INTO directory_organization (id, key, name, sort_key, kind, description, email, website, "
        "is_trusted, unknown, modified_at) VALUES (%s, 'verein', 'Verein', '', 'frei', '', '', '', false, '{}', now())",
        [organization],
    )
    grant = Grant(Role.PROVIDER, ScopeKind.ORGANIZATION, str(organization))
    return Actor(kind=ActorKind.PERSON, person_id=uuid4(), organization=organization, grants=(grant,))


def _wish(programme: UUID, number: int) -> NewRegistration:
    return NewRegistration(
        programme=programme, name="Eltern", email=f"familie{number}@example.org", phone="", language="de",
        ags=None, seats=(SeatValue(f"Kind {number}", "", date(2019, 5, 5), is_child=True),), answers=(),
        consent_version="1",
    )  # fmt: skip


def _market(children: int, offers: int) -> tuple[list[Offer], list[Applicant]]:
    """Offers of half a day or a day over a month, some far more wished for than others; single children."""
    chance = random.Random(1)
    first = datetime(2026, 7, 20, 9, tzinfo=UTC)
    dealt = []
    for number in range(offers):
        begins = first + timedelta(days=chance.randrange(30), hours=chance.choice([0, 5]))
        seats = chance.randrange(6, 20)
        span = (begins, begins + timedelta(hours=chance.choice([3, 8])))
        dealt.append(Offer(f"o{number:03}", seats, seats // 6, (span,)))
    weights = [1 / (number + 5) ** 0.7 for number in range(offers)]
    wishing = []
    for number in range(children):
        wishes = dict.fromkeys(chance.choices(range(offers), weights, k=WISHES))
        child = f"c{number}"
        supported = frozenset({child}) if chance.random() < 0.1 else frozenset()
        wishing.append(
            Applicant(
                f"a{number:05}", frozenset({child}), tuple(f"o{wish:03}" for wish in wishes), supported, 1
            )
        )
    return dealt, wishing


def _assignment(offers: list[Offer], applicants: list[Applicant]) -> Callable[[], object]:
    columns: dict[str, list[int]] = {}
    seats = [offer.key for offer in offers for _ in range(offer.seats)]
    for column, key in enumerate(seats):
        columns.setdefault(key, []).append(column)
    costs = np.full((len(applicants), len(seats) + len(applicants)), 1e4)
    costs[:, len(seats) :] = 100
    for row, applicant in enumerate(applicants):
        for rank, wish in enumerate(applicant.wishes):
            costs[row, columns[wish]] = rank
    return lambda: linear_sum_assignment(costs)


if __name__ == "__main__":
    main(run)
