"""Holiday places through the room: wish lists in, the lot drawn, registrations out, two thousand children, two hundred offers."""

from __future__ import annotations

import random
import time
from datetime import UTC, date, datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

import psycopg
from django.core import mail as outbox
from django.test.utils import override_settings

from benchmarks.figures import Figure, Size, Table, main, rate, times, took
from benchmarks.house import bare
from lueckenlos.core.actor import Actor, ActorKind, Grant, Role, ScopeKind
from lueckenlos.kernels.allocation import Applicant, Offer, allocate
from lueckenlos.offers.holidays import selectors, services
from lueckenlos.offers.holidays.types import ChildValue, NewRound, NewWishList
from lueckenlos.offers.programmes import selectors as programmes
from lueckenlos.offers.programmes import services as programme_deeds
from lueckenlos.offers.programmes.types import ComesWith, Kind

CHILDREN, OFFERS, WISHES = 2_000, 200, 10
SEED: Final = "4 11 17 26 33 45"


def run(size: Size = Size.FULL) -> Table:
    """Measure each way once."""
    quick = size is Size.QUICK
    children, offers = (40, 8) if quick else (CHILDREN, OFFERS)
    now = datetime.now(UTC)
    with bare() as server, psycopg.connect(server.superuser_url, autocommit=True) as past:
        actor = _planner(past)
        key = _round(actor, offers=offers, now=now)
        with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
            outbox.outbox = []
            sent = took(lambda: _send(key, children=children, now=now))
        after = now + timedelta(days=8)
        dealt = took(lambda: services.deal(key, seed=SEED, actor=actor, now=after))
        began = time.perf_counter()
        given = services.publish(key, actor=actor, now=after)
        published = time.perf_counter() - began
        figures = selectors.figures(key)
        taken = _taken(key)
    alone = took(lambda: allocate(*_market(children, offers), seed=SEED))
    return Table(
        title="Holiday places",
        claim="A county's wish lists become places in seconds, every answer with its reason, all of it or nothing.",
        figures=(
            Figure(
                "wish lists taken in a second, one client, letter and audit included", rate(children / sent, unit=""),
                "", "", "", "≥ 10",
            ),
            Figure(
                f"the lot, {children} children × {offers} offers, from rows to rows", f"{dealt:.2f} s",
                "the kernel alone, in memory", f"{alone:.2f} s", times(dealt / alone), "seconds",
            ),
            Figure(
                "giving the places: registrations, seats, audit and letters to write", f"{published:.2f} s",
                f"{given} registrations", rate(given / published, unit=""), "", "seconds",
            ),
            Figure(
                "places written, places dealt", f"{taken}", "", f"{figures.taken if figures else 0}", "", "equal",
            ),
        ),
        note="Lists hold one child in nine of ten, two otherwise; ten wishes each, some offers far more wished for.",
    )  # fmt: skip


def _planner(past: psycopg.Connection[object]) -> Actor:
    organization = uuid4()
    past.execute(
        "INSERT INTO directory_organization (id, key, name, sort_key, kind, description, email, website, "
        "is_trusted, unknown, modified_at) VALUES (%s, 'amt', 'Amt', '', 'oeffentlich', '', '', '', false, '{}', now())",
        [organization],
    )
    grant = Grant(Role.PROVIDER, ScopeKind.ORGANIZATION, str(organization))
    return Actor(kind=ActorKind.PERSON, person_id=uuid4(), organization=organization, grants=(grant,))


def _round(actor: Actor, *, offers: int, now: datetime) -> UUID:
    """So many offers of half a day or a day over a month, and a round that is open."""
    chance = random.Random(1)
    keys = []
    for number in range(offers):
        begins = now.replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(
            days=60 + chance.randrange(30), hours=chance.choice([0, 5])
        )
        new = programme_deeds.NewProgramme(
            kind=Kind.HOLIDAY, title=f"Angebot {number:03}", comes=ComesWith.CHILD, capacity=chance.randrange(6, 20),
            dates=((begins, begins + timedelta(hours=chance.choice([3, 8]))),),
        )  # fmt: skip
        keys.append(programme_deeds.found_programme(new, actor=actor, now=now))
        programme_deeds.publish(keys[-1], actor=actor, now=now)
    key = services.found_round(
        NewRound(
            title="Ferien",
            holiday="Ferien",
            wishes_from=now - timedelta(days=1),
            wishes_until=now + timedelta(days=7),
            rest_from=now + timedelta(days=14),
            seed_source="öffentlich gezogen",
        ),
        actor=actor,
        now=now,
    )
    services.ask(key, keys, actor=actor, now=now)
    services.open_round(key, actor=actor, now=now)
    return key


def _send(key: UUID, *, children: int, now: datetime) -> None:
    chance = random.Random(2)
    view = selectors.round_by_id(key)
    offers = [each.id for each in selectors.offers(view)] if view else []
    weights = [1 / (number + 5) ** 0.7 for number in range(len(offers))]
    left = children
    while left:
        size = 2 if left > 1 and chance.random() < 0.1 else 1
        left -= size
        services.send(
            NewWishList(
                round=key,
                children=tuple(
                    ChildValue(f"Kind {left}-{each}", "", date(2018, 5, 5), chance.random() < 0.1)
                    for each in range(size)
                ),
                wishes=tuple(dict.fromkeys(chance.choices(offers, weights, k=WISHES))),
                name="Eltern",
                email=f"familie{left}@example.org",
                phone="",
                language="de",
                ags=None,
                consent_version="1",
            ),
            now=now,
        )


def _taken(key: UUID) -> int:
    view = selectors.round_by_id(key)
    offers = selectors.offers(view) if view else []
    return sum(each.places.taken for each in programmes.several([offer.programme.id for offer in offers]))


def _market(children: int, offers: int) -> tuple[list[Offer], list[Applicant]]:
    """The same in memory."""
    chance = random.Random(1)
    first = datetime(2026, 7, 20, 9, tzinfo=UTC)
    dealt = []
    for number in range(offers):
        begins = first + timedelta(days=chance.randrange(30), hours=chance.choice([0, 5]))
        span = (begins, begins + timedelta(hours=chance.choice([3, 8])))
        dealt.append(Offer(f"o{number:03}", chance.randrange(6, 20), 0, (span,)))
    weights = [1 / (number + 5) ** 0.7 for number in range(offers)]
    wishing = []
    for number in range(children):
        wishes = dict.fromkeys(chance.choices(range(offers), weights, k=WISHES))
        wishing.append(
            Applicant(f"a{number:05}", frozenset({f"c{number}"}), tuple(f"o{wish:03}" for wish in wishes))
        )
    return dealt, wishing


if __name__ == "__main__":
    main(run)
