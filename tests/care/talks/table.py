"""A round table: five offices with their Präventionskräfte, a worker with a case, parents, and outsiders."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
from django.test import Client

from lueckenlos.care.cases import services as cases
from lueckenlos.care.cases.loading import load_pathways
from lueckenlos.care.cases.types import Channel
from lueckenlos.care.talks import selectors, services
from lueckenlos.care.talks.types import ItemView, SeriesView, TalkView
from lueckenlos.commons.accounts import services as accounts
from lueckenlos.commons.accounts.models import User
from lueckenlos.commons.families import services as families
from lueckenlos.commons.families.types import AddressValue, NewPerson
from lueckenlos.commons.privacy import services as privacy
from lueckenlos.commons.privacy.types import (
    Category,
    ConsentForm,
    NewParty,
    PartyRole,
    Purpose,
    ScopeValue,
)
from lueckenlos.core.actor import Actor, ActorKind, Grant, Role, ScopeKind, job
from lueckenlos.core.tables import Mistakes
from tests.wall.world import Worker, World, now

LOADER = job("tests")
HOST, HEALTH, SCHOOL, SOCIAL, INTEGRATION = range(5)
NAMES = (
    "Kreisjugendamt Düren",
    "Kreis Düren, Gesundheitsamt",
    "Kreis Düren, Amt für Schule und Bildung",
    "Kreis Düren, Sozialamt",
    "Kommunales Integrationszentrum Kreis Düren",
)
TALK = "case_talk"
# A folder without any pathway of its own: those that ship are enough.
PATHWAYS = Path(__file__).parent


@dataclass
class Table:
    """Who sits where, and one case of the worker with a mother, a father and their child."""

    world: World
    text: UUID
    offices: list[UUID]
    officers: list[Worker]
    worker: Worker
    colleague: Worker
    teacher: Worker
    coordination: Actor
    series: SeriesView
    talk: TalkView
    mother: UUID
    father: UUID
    child: UUID
    file: UUID

    def speaker(self, office: int, *, purpose: str = TALK) -> Actor:
        """The Präventionskraft of an office, for the talk."""
        return officer(self.officers[office], purpose=purpose)

    @property
    def bringer(self) -> Actor:
        """The worker whose case it is, for the talk."""
        return self.worker.acting(TALK)

    def named(self) -> ItemView:
        """The case, brought by the worker."""
        key = services.bring_named(
            self.talk.id, file=self.file, about=self.child, minutes=15, actor=self.bringer, now=now()
        )
        found = selectors.item(self.bringer, key)
        assert found is not None
        return found

    def pseudonymous(self, *, by: Actor | None = None, question: str = "Wer kennt einen Platz?") -> UUID:
        """A case without a name."""
        new = services.NewQuestion(talk=self.talk.id, question=question)
        return services.bring_pseudonymous(new, actor=by or self.bringer, now=now())

    def agrees(self, who: UUID, *offices: int, **more: object) -> UUID:
        """A parent agrees that these offices may hear these categories about the child."""
        categories = more.get("categories", (Category.SITUATION,))
        assert isinstance(categories, tuple)
        return privacy.record_consent(
            self.file,
            new=privacy.NewConsent(
                text=self.text,
                given_by=who,
                subject=self.child,
                scopes=tuple(
                    ScopeValue(Purpose.CASE_TALK, category, self.offices[office])
                    for office in offices
                    for category in categories
                ),
                form=ConsentForm.PAPER,
                given_at=now(),
                valid_until=now() + timedelta(days=200),
            ),
            actor=self.worker.acting(),
        )

    def both_agree(self, *offices: int, **more: object) -> tuple[UUID, UUID]:
        """Mother and father agree alike."""
        return self.agrees(self.mother, *offices, **more), self.agrees(self.father, *offices, **more)

    def say(self, item: UUID, text: str, *, by: Actor | None = None, **more: object) -> UUID:
        """A contribution about the child."""
        category = more.get("category", Category.SITUATION)
        assert isinstance(category, Category)
        new = services.NewContribution(category=category, about=self.child, text=text)
        return services.contribute(item, new=new, actor=by or self.bringer, now=now())

    def run(self, *present: int) -> None:
        """The talk begins; these offices' people are in the room, and the worker."""
        services.begin(self.talk.id, actor=self.speaker(HOST), now=now())
        for office in present:
            self.come(self.officers[office])
        self.come(self.worker)

    def come(self, who: Worker) -> None:
        """Somebody comes into the room."""
        services.come(
            self.talk.id,
            person=who.person,
            organization=who.organization,
            actor=self.speaker(HOST),
            now=now(),
        )

    def client(self, who: Worker, role: Role = Role.PREVENTION_OFFICER) -> Client:
        """A browser in which somebody is signed in."""
        grant = Grant(role, ScopeKind.ORGANIZATION, str(who.organization))
        accounts.grant_role(who.person, grant=grant, by=LOADER)
        client = Client()
        client.force_login(User.objects.get(id=who.person))
        return client


def officer(who: Worker, *, purpose: str | None = TALK) -> Actor:
    """Somebody as their office's Präventionskraft."""
    grant = Grant(Role.PREVENTION_OFFICER, ScopeKind.ORGANIZATION, str(who.organization))
    return replace(who.acting(purpose), grants=(grant,))


def lay(connection: psycopg.Connection[object], *, offices: int = 5) -> Table:
    """Lay the table, as coordination and workers would."""
    world = World(connection)
    keys = [world.organization() for _ in range(offices)]
    for key, name in zip(keys, NAMES, strict=False):
        connection.execute("UPDATE directory_organization SET name = %s WHERE id = %s", [name, key])
    officers = [world.worker(key, unit=world.units[key][1]) for key in keys]
    for number, who in enumerate(officers):
        grant = Grant(Role.PREVENTION_OFFICER, ScopeKind.ORGANIZATION, str(who.organization))
        accounts.grant_role(who.person, grant=grant, by=LOADER)
        connection.execute(
            "UPDATE accounts_user SET name = %s WHERE id = %s", [f"Kraft {number}", who.person]
        )
    worker = world.worker(keys[HOST], unit=world.units[keys[HOST]][0])
    colleague = world.worker(keys[HOST], unit=world.units[keys[HOST]][1])
    teacher = world.worker(keys[SCHOOL], unit=world.units[keys[SCHOOL]][0])
    coordination = Actor(
        kind=ActorKind.PERSON,
        person_id=world.worker(keys[HOST]).person,
        grants=(Grant(Role.COORDINATION, ScopeKind.COUNTY, "05358"),),
    )
    series = found(keys, actor=coordination)
    mother, father, child, file = family(worker)
    return Table(
        world=world,
        text=world.text(),
        offices=keys,
        officers=officers,
        worker=worker,
        colleague=colleague,
        teacher=teacher,
        coordination=coordination,
        series=series,
        talk=selectors.talks(coordination, series.id)[0],
        mother=mother,
        father=father,
        child=child,
        file=file,
    )


def found(offices: list[UUID], *, actor: Actor) -> SeriesView:
    """A series of these offices, on every second Tuesday."""
    new = services.NewSeries(
        name="Runder Tisch",
        host=offices[HOST],
        offices=tuple(offices),
        week=2,
        weekday=1,
        begins=time(9),
        place="Raum 1",
    )
    key = services.found_series(new, actor=actor, now=now())
    series = selectors.series(actor, key)
    assert series is not None
    return series


def family(worker: Worker) -> tuple[UUID, UUID, UUID, UUID]:
    """A case of the worker: mother, father, child and the file."""
    load_pathways(PATHWAYS, mistakes=Mistakes(), now=now())
    actor = worker.acting()
    file = cases.open_case(
        cases.NewCase(pathway="beratung", channel=Channel.OFFICE, unit=worker.unit), actor=actor, now=now()
    ).file
    mother, father, child = uuid4(), uuid4(), uuid4()
    for person, name, role, language in (
        (mother, "Amina", PartyRole.MOTHER, "tr"),
        (father, "Jonas", PartyRole.FATHER, "de"),
    ):
        families.add_person(
            file,
            new=NewPerson(
                first_name=name,
                family_name="Beispiel",
                languages=(language,),
                address=AddressValue(f"{name}weg 1", "52349", "Düren"),
            ),
            party=NewParty(person, role),
            actor=actor,
            now=now(),
        )
    families.add_person(
        file,
        new=NewPerson(first_name="Lina", family_name="Beispiel", born_on=date(2017, 3, 1)),
        party=NewParty(
            child, PartyRole.CHILD, of_age_at=now() + timedelta(days=3000), guardians=(mother, father)
        ),
        actor=actor,
        now=now(),
    )
    return mother, father, child, file
