"""A youth office, a health office and a school office; a mother and a father who live apart, and their child."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from lueckenlos.commons.privacy import asking, loading, selectors, services
from lueckenlos.commons.privacy.types import (
    Category,
    DraftView,
    NewFile,
    NewParty,
    PartyRole,
    Purpose,
    RetentionClass,
    ScopeValue,
)
from lueckenlos.core.actor import Actor, ActorKind
from lueckenlos.core.tables import Mistakes
from tests.core.databases import past_the_wall
from tests.wall.world import Worker, World, now

TALK = "gespraech-der-aemter"


@dataclass
class Family:
    """One file with its people, and what can be asked in it."""

    world: World
    worker: Worker
    colleague: Worker
    health: Worker
    school: Worker
    mother: UUID
    father: UUID
    child: UUID
    file: UUID

    def text(self, code: str = TALK, *, language: str = "de") -> UUID:
        return next(each.id for each in selectors.texts(language=language) if each.code == code)

    def scopes(self, *categories: Category) -> tuple[ScopeValue, ...]:
        wanted = categories or (Category.SITUATION, Category.HEALTH)
        return tuple(
            ScopeValue(Purpose.CASE_TALK, category, office.organization)
            for office in (self.health, self.school)
            for category in wanted
        )

    def ask(
        self, who: UUID, *, subject: UUID | None = None, days: int = 300, expires: float = 14
    ) -> DraftView:
        """Ask somebody, for their own data unless said otherwise."""
        actor = self.worker.acting()
        key = services.ask_for_consent(
            self.file,
            new=services.NewDraft(
                text=self.text(),
                asked=who,
                asked_label="Frau Muster" if who == self.mother else "Herr Muster",
                subject=subject or who,
                subject_label="Ihre eigenen" if subject is None else "Lio",
                scopes=self.scopes(),
                valid_until=now() + timedelta(days=days),
                expires_at=now() + timedelta(days=expires),
            ),
            actor=actor,
            now=now(),
        )
        found = selectors.draft(actor, key)
        assert found is not None
        return found

    def link(self, draft: DraftView, *, language: str = "de") -> str:
        """The address that a letter would carry."""
        return asking.link_for(draft, language=language, actor=self.worker.acting(), now=now()).path

    def open(self, path: str, *, client: Client | None = None) -> tuple[Client, Any]:
        """Open a link on a device, as its owner does: look, then press the button."""
        device = client or Client()
        assert device.get(path).status_code == 200
        return device, device.post(path, follow=True)

    def own(self, person: UUID) -> Actor:
        return Actor(kind=ActorKind.FAMILY, person_id=person)


@pytest.fixture
def family(empty_database: str, tmp_path: Any, settings: Any) -> Iterator[Family]:
    settings.HOME = tmp_path
    mistakes = Mistakes()
    loading.load_consent_texts(tmp_path, mistakes=mistakes, now=now())
    assert mistakes.kept == []
    with past_the_wall(empty_database) as connection:
        world = World(connection)
        youth, health, school = world.organization(), world.organization(), world.organization()
        for key, name in ((youth, "Jugendamt"), (health, "Gesundheitsamt"), (school, "Schulamt")):
            connection.execute("UPDATE directory_organization SET name = %s WHERE id = %s", [name, key])
        worker = world.worker(youth, unit=world.units[youth][0])
        colleague = world.worker(youth, unit=world.units[youth][1])
        actor = worker.acting()
        file = services.open_file(
            NewFile(youth, RetentionClass.COUNSELLING, unit=worker.unit), to=worker.person, actor=actor
        )
        mother, father, child = uuid4(), uuid4(), uuid4()
        for person, role in ((mother, PartyRole.MOTHER), (father, PartyRole.FATHER)):
            services.add_party(file, party=NewParty(person, role), actor=actor, now=now())
        services.add_party(
            file,
            party=NewParty(
                child,
                PartyRole.CHILD,
                of_age_at=now() + timedelta(days=3000),
                guardians=(mother, father),
            ),
            actor=actor,
            now=now(),
        )
        yield Family(
            world,
            worker,
            colleague,
            world.worker(health, unit=world.units[health][0]),
            world.worker(school, unit=world.units[school][0]),
            mother,
            father,
            child,
            file,
        )


def said(answer: Any) -> str:
    """What a page says, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())
