"""A school with a family class, for every test of classes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

import psycopg
from django.urls import reverse

from lueckenlos.core import clock
from lueckenlos.core.actor import Actor, link_to
from lueckenlos.offers.classes import selectors, services
from lueckenlos.offers.classes.types import (
    ClassView,
    InvitationState,
    InvitationView,
    MemberView,
    MorningView,
    NewMember,
    NewSecond,
    Second,
    SecondView,
)
from tests.wall.world import Worker, World, now

FATHER = NewSecond("Jörg Beispiel", "joerg@example.org", "0151 1234", "de", "1")
NEW = services.NewClass(title="Familienklasse", place="Grundschule, Raum 3", capacity=2)


@dataclass
class School:
    """Who leads the class, who works elsewhere, and the class with one morning behind it and some ahead."""

    worker: Worker
    stranger: Worker
    key: UUID

    @property
    def actor(self) -> Actor:
        """Whoever leads it."""
        return self.worker.acting()

    def look(self) -> ClassView:
        """The class as it stands now."""
        found = selectors.by_id(self.key)
        assert found is not None
        return found

    def change(self, **changes: object) -> None:
        """Say something else about it."""
        services.change_class(
            self.key,
            replace(NEW, **changes),  # type: ignore[arg-type]
            expected=self.look().version,
            actor=self.actor,
            now=now(),
        )

    @property
    def past(self) -> MorningView:
        """The morning that was."""
        return self.look().mornings[0]

    @property
    def ahead(self) -> MorningView:
        """The next one."""
        return next(each for each in self.look().mornings if each.starts_at > now())

    def invite(self, *, language: str = "de") -> UUID:
        """The teacher has talked."""
        return services.invite(self.key, talked_on=today(), language=language, actor=self.actor, now=now())

    def visited(self) -> UUID:
        """Parents have been there."""
        key = self.invite()
        services.choose_visit(
            key, morning=self.past.id, actor=parents(key), now=self.past.starts_at - timedelta(days=1)
        )
        return key

    def said_yes(self) -> UUID:
        """Parents have said yes."""
        key = self.visited()
        assert services.say_yes(key, actor=parents(key), now=now()) is InvitationState.YES
        return key

    def joined(self, child: str = "Mia", *, email: str = "") -> UUID:
        """A family takes part."""
        key = self.said_yes()
        services.join(key, names(child, email=email), actor=parents(key), now=now())
        return key

    def member(self, key: UUID) -> MemberView:
        """A family as the school sees it."""
        found = selectors.member(self.actor, key)
        assert found is not None
        return found

    def invitation(self, key: UUID) -> InvitationView:
        """An invitation as the school sees it."""
        found = selectors.invitation(self.actor, key)
        assert found is not None
        return found


def lay(connection: psycopg.Connection[object]) -> School:
    """A class with two places; its first morning was a week ago."""
    world = World(connection)
    worker, stranger = (world.worker(world.organization()) for _ in range(2))
    key = services.found_class(NEW, weekly(), actor=worker.acting(), now=now())
    for moment in (at(-7, 8), at(1, 8), at(8, 8)):
        services.add_morning(
            key, starts_at=moment, ends_at=moment + timedelta(hours=3), actor=worker.acting()
        )
    return School(worker, stranger, key)


def weekly() -> services.Weekly:
    """Whatever the day on which the tests run: no fixed morning falls on it (25 December is a holiday)."""
    return services.Weekly(date(now().year, 12, 25), date(now().year, 12, 25), time(8), time(11))


def parents(key: UUID) -> Actor:
    """Whoever holds a family's link."""
    return link_to(key, purpose="family-class")


def child(key: UUID) -> Actor:
    """The page that the teacher opened for this child."""
    return link_to(key, purpose="family-class-child")


def names(first: str = "Mia", *, email: str = "") -> NewMember:
    """What parents write after their yes."""
    return NewMember(first, "Ayşe Yılmaz", email, "", "de", "1")


def today() -> date:
    """Today in the county."""
    return clock.day_of(now())


def at(days: int, hour: int) -> datetime:
    """An hour so many days ahead, of the local clock."""
    return datetime.combine(today() + timedelta(days=days), time(hour), tzinfo=clock.zone())


def ask(school: School, key: UUID, second: Second = Second.ASKED) -> SecondView:
    """The school asks the parent who lives apart."""
    services.ask_second(key, second=second, language="de", actor=school.actor, now=now())
    found = selectors.second_of(school.actor, key)
    assert found is not None
    return found


def apart(second: SecondView) -> Actor:
    """Whoever holds the second link."""
    return link_to(second.id, purpose="family-class-second")


def agree(second: SecondView) -> None:
    """The second parent says yes."""
    services.agree(second.id, FATHER, actor=apart(second), now=now())


def second_url(school: School, key: UUID) -> str:
    """The address on the second sheet."""
    code = services.issue_second_link(key, actor=school.actor, now=now())
    return reverse("classes:second", args=[code])
