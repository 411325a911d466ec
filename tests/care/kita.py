"""A Kita with two educators and its adviser, a youth office that reads reports, another that does not; for both rooms."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
from django.test import Client

from lueckenlos.care.advisers import services as advisers
from lueckenlos.care.advisers.types import NewAdviser, Period
from lueckenlos.care.cases import services
from lueckenlos.care.cases.loading import load_pathways
from lueckenlos.care.cases.services.protection import NewReport
from lueckenlos.care.cases.types import Channel, Opened
from lueckenlos.commons.accounts import services as accounts
from lueckenlos.commons.accounts.models import User
from lueckenlos.commons.families import services as families
from lueckenlos.commons.families.types import NewPerson
from lueckenlos.commons.places.models import County, Municipality, YouthOffice
from lueckenlos.commons.privacy.types import Category, LegalBasis, NewParty, PartyRole
from lueckenlos.core import clock
from lueckenlos.core.actor import Actor, ActorKind, Grant, Role, ScopeKind, job
from lueckenlos.core.fields import Point
from lueckenlos.core.tables import Mistakes
from tests.wall.world import Worker, World, now

HERE, THERE = "05358056", "05358008"
PHONE = "0221 4710-319"


@dataclass
class Kita:
    """Who works where, who advises whom, and which youth office reads reports in this house."""

    world: World
    worker: Worker
    second: Worker
    other_kita: Worker
    adviser: Worker
    head: Worker
    deputy: Worker
    youth: Worker
    coordination: Actor
    keys: dict[str, UUID] = field(default_factory=dict)

    def client(self, who: Worker | Actor) -> Client:
        """A browser in which this person is signed in with their role."""
        actor = who if isinstance(who, Actor) else self.acting(who)
        for grant in actor.grants:
            accounts.grant_role(actor.person_id, grant=grant, by=job("tests"))  # type: ignore[arg-type]
        client = Client()
        client.force_login(User.objects.get(id=actor.person_id))  # type: ignore[misc]
        return client

    def acting(self, who: Worker, *, purpose: str | None = None) -> Actor:
        """The actor; educators of a Kita are its providers, the others professionals."""
        actor = who.acting(purpose)
        if who in {self.worker, self.second, self.other_kita}:
            grant = Grant(Role.PROVIDER, ScopeKind.ORGANIZATION, str(who.organization))
            return replace(actor, grants=(grant,))
        return actor

    def name_of(self, organization: UUID) -> str:
        """How an organization is called."""
        return f"Amt {organization}"

    def new_adviser(self, *, name: str = "Bea Rat", worker: Worker | None = None, **more: Any) -> NewAdviser:
        """Somebody who advises, with contract and proof of qualification."""
        who = worker or self.adviser
        today = clock.day_of(now())
        given: dict[str, Any] = {
            "name": name,
            "organization": who.organization,
            "phone": PHONE,
            "qualification": "Zertifikatskurs insoweit erfahrene Fachkraft",
            "qualified": Period(today - timedelta(days=300), today + timedelta(days=800)),
            "contract": Period(today - timedelta(days=100), today + timedelta(days=900)),
            "person": who.person,
            "unit": who.unit,
        }
        return NewAdviser(**{**given, **more})

    def advised(self) -> UUID:
        """The Kita has its adviser and a deputy for them."""
        by = self.coordination
        deputy = advisers.register(self.new_adviser(name="Dora Vert", worker=self.deputy), by=by, now=now())
        key = advisers.register(self.new_adviser(deputies=(deputy,)), by=by, now=now())
        advisers.advise(key, organization=self.worker.organization, by=by, now=now())
        self.keys |= {"adviser": key, "deputy": deputy}
        return key

    def assessment(self) -> tuple[Opened, UUID]:
        """A risk assessment that the Kita has begun about a child who is taken into the case."""
        actor = self.acting(self.worker)
        opened = services.open_case(
            services.NewCase(
                pathway="gefaehrdungseinschaetzung", channel=Channel.OFFICE, ags=HERE, unit=self.worker.unit
            ),
            actor=actor,
            now=now(),
        )
        child = uuid4()
        families.add_person(
            opened.file,
            new=NewPerson("Lio", "Muster"),
            party=NewParty(child, PartyRole.CHILD, of_age_at=now() + timedelta(days=4000)),
            actor=actor,
            now=now(),
        )
        return opened, child

    def note(self, file: UUID, kind: str, *, by: Worker | None = None, about: UUID | None = None) -> UUID:
        """A record of one of the pathway's kinds about the situation."""
        return services.write_record(
            file,
            new=services.NewRecord(
                kind=kind,
                category=Category.SITUATION,
                about=about or file,
                happened_at=now(),
                data={"seen": "blaue Flecken am Arm"},
            ),
            actor=self.acting(by or self.worker),
            now=now(),
        )

    def report(self, *subjects: UUID, **more: Any) -> NewReport:
        """What is told to the youth office."""
        given: dict[str, Any] = {
            "subjects": frozenset(subjects),
            "legal_basis": LegalBasis.KKG_4,
            "reason": "Die Eltern nehmen keine Hilfe an.",
            "categories": frozenset({Category.IDENTITY, Category.SITUATION}),
            "until": now() + timedelta(days=90),
            "second_person": self.second.person,
            "about": subjects[0],
            "data": {"reasons": "Die Eltern nehmen keine Hilfe an.", "tried": "Hausbesuch", "told": "yes"},
        }
        return NewReport(**{**given, **more})


@contextmanager
def laid_kita(connection: psycopg.Connection[Any], *, folder: Path) -> Iterator[Kita]:
    """Lay it past the wall."""
    world = World(connection)
    kita, other, advice, youth = (world.organization() for _ in range(4))
    team = world.units[kita][0]
    mistakes = Mistakes()
    load_pathways(folder, mistakes=mistakes, now=now(), on=frozenset({"gefaehrdungseinschaetzung"}))
    assert mistakes.kept == []
    coordinator = world.worker(youth)
    yield Kita(
        world=world,
        worker=world.worker(kita, unit=team, is_head=True),
        second=world.worker(kita, unit=team),
        other_kita=world.worker(other, unit=world.units[other][0], is_head=True),
        adviser=world.worker(advice, unit=world.units[advice][0]),
        head=world.worker(advice, unit=world.units[advice][0], is_head=True),
        deputy=world.worker(advice, unit=world.units[advice][0]),
        youth=world.worker(youth, unit=world.units[youth][0]),
        coordination=Actor(
            kind=ActorKind.PERSON,
            person_id=coordinator.person,
            grants=(Grant(Role.COORDINATION, ScopeKind.COUNTY, "05358"),),
        ),
    )


def lay_places(kita: Kita) -> None:
    """Two municipalities: in one the youth office works in this house, in the other it does not."""
    county = County.objects.create(key="05358", name="Kreis", settings={}, loaded_at=now())
    for ags, name in ((HERE, "Titz"), (THERE, "Düren")):
        Municipality.objects.create(
            ags=ags, county=county, name=name, sort_key=name, boundary={}, label_point=Point(0.0, 0.0)
        )
    for key, ags, organization in (
        ("kreis", HERE, kita.name_of(kita.youth.organization)),
        ("stadt", THERE, ""),
    ):
        office = YouthOffice.objects.create(
            key=key, name=f"Jugendamt {key}", phone="0221 4710-111", organization=organization
        )
        office.municipalities.add(ags)  # type: ignore[arg-type]
