"""A youth office with a worker, a school office, pathways, and one family."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from lueckenlos.care.cases import services
from lueckenlos.care.cases.loading import load_pathways
from lueckenlos.care.cases.types import Channel, Opened
from lueckenlos.commons.accounts import services as accounts
from lueckenlos.commons.accounts.models import User
from lueckenlos.commons.families import services as families
from lueckenlos.commons.families.types import NewPerson
from lueckenlos.commons.privacy import loading
from lueckenlos.commons.privacy import services as privacy
from lueckenlos.commons.privacy.types import Category, ConsentForm, NewParty, PartyRole, Purpose, ScopeValue
from lueckenlos.core.actor import Grant, Role, ScopeKind, job
from lueckenlos.core.tables import Mistakes
from tests.care.cases.reported import office as youth_office
from tests.care.kita import Kita
from tests.core.databases import past_the_wall
from tests.wall.world import Worker, World, now


@dataclass
class Office:
    """Who works where, and one case on the crisis pathway."""

    world: World
    text: UUID
    worker: Worker
    colleague: Worker
    teacher: Worker
    mother: UUID
    child: UUID
    opened: Opened

    @property
    def file(self) -> UUID:
        return self.opened.file

    def client(self, worker: Worker) -> Client:
        """A browser in which this worker is signed in, with the role at their organization."""
        user = User.objects.get(id=worker.person)
        grant = Grant(Role.PROFESSIONAL, ScopeKind.ORGANIZATION, str(worker.organization))
        accounts.grant_role(user.id, grant=grant, by=job("tests"))
        client = Client()
        client.force_login(user)
        return client

    def write(self, kind: str, *, category: Category, **data: Any) -> UUID:
        """A record by the worker."""
        return services.write_record(
            self.file,
            new=services.NewRecord(
                kind=kind, category=category, about=self.mother, happened_at=now(), data=data
            ),
            actor=self.worker.acting(),
            now=now(),
        )

    def consent(self, *categories: Category, to: UUID, purpose: Purpose = Purpose.CRISIS) -> UUID:
        """The mother agrees for her own data."""
        return privacy.record_consent(
            self.file,
            new=privacy.NewConsent(
                text=self.text,
                given_by=self.mother,
                subject=self.mother,
                scopes=tuple(ScopeValue(purpose, category, to) for category in categories),
                form=ConsentForm.PAPER,
                given_at=now(),
                valid_until=now() + timedelta(days=100),
            ),
            actor=self.worker.acting(),
        )


@pytest.fixture
def office(empty_database: str, tmp_path: Any, settings: Any) -> Iterator[Office]:
    settings.HOME = tmp_path
    settings.SECOND_FACTOR = "offered"
    with past_the_wall(empty_database) as connection:
        world = World(connection)
        youth, school = world.organization(), world.organization()
        worker = world.worker(youth, unit=world.units[youth][0])
        colleague = world.worker(youth, unit=world.units[youth][1])
        teacher = world.worker(school, unit=world.units[school][0])
        mistakes = Mistakes()
        load_pathways(tmp_path, mistakes=mistakes, now=now(), on=frozenset({"gefaehrdungseinschaetzung"}))
        assert mistakes.kept == []
        actor = worker.acting()
        opened = services.open_case(
            services.NewCase(pathway="akut", channel=Channel.PHONE, unit=worker.unit), actor=actor, now=now()
        )
        mother, child = uuid4(), uuid4()
        families.add_person(
            opened.file,
            new=NewPerson("Mara", "Muster"),
            party=NewParty(mother, PartyRole.MOTHER),
            actor=actor,
            now=now(),
        )
        families.add_person(
            opened.file,
            new=NewPerson("Lio", "Muster", born_on=date(2018, 3, 4)),
            party=NewParty(
                child, PartyRole.CHILD, of_age_at=now() + timedelta(days=3000), guardians=(mother,)
            ),
            actor=actor,
            now=now(),
        )
        yield Office(world, world.text(), worker, colleague, teacher, mother, child, opened)


@pytest.fixture
def ready(office: Office, tmp_path: Any) -> Iterator[Office]:
    """The shipped texts, and a father who shares custody."""
    mistakes = Mistakes()
    loading.load_consent_texts(tmp_path, mistakes=mistakes, now=now())
    assert mistakes.kept == []
    office.world.connection.execute(
        "UPDATE directory_organization SET name = 'Schulamt' WHERE id = %s", [office.teacher.organization]
    )
    yield office


@pytest.fixture
def told(kita: Kita) -> dict[str, UUID]:
    """The Kita's assessment with one note about the child, reported under § 4 KKG."""
    opened, child = kita.assessment()
    kita.note(opened.file, "signs", about=child)
    key = services.report_danger(
        opened.file,
        new=kita.report(child, opened.file),
        to=youth_office(kita),
        actor=kita.acting(kita.worker),
        now=now(),
    )
    return {"file": opened.file, "child": child, "report": key}
