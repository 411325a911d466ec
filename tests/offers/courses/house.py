"""A course with a stock of codes and two education centres, for every test of courses."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg
from django.core import mail as outbox

from lueckenlos.core import clock
from lueckenlos.core.actor import Actor, link_to
from lueckenlos.kernels.codestock import CodeState
from lueckenlos.offers.courses import selectors, services
from lueckenlos.offers.courses.types import CourseView, EnrollmentView, Home, NewCode, NewEnrollment
from tests.wall.world import Worker, World, now

NEW = services.NewCourse(
    title="Gelassen durch den Tag",
    platform="https://kurs.example.org/",
    modules=tuple(f"Modul {number}" for number in range(1, 9)),
)
LINK = re.compile(r"/online-kurse/zugang/([0-9A-Z-]+)/")
STOP = re.compile(r"/online-kurse/nicht-erinnern/([0-9A-Z-]+)/")


@dataclass
class Centre:
    """Who runs the course, the two who hand its codes out, somebody from elsewhere, and the course."""

    office: Worker
    worker: Worker
    second: Worker
    stranger: Worker
    key: UUID
    connection: psycopg.Connection[Any]

    @property
    def actor(self) -> Actor:
        """Whoever hands codes out."""
        return self.worker.acting()

    def look(self) -> CourseView:
        """The course as it stands now."""
        found = selectors.by_id(self.key)
        assert found is not None
        return found

    def change(self, **changes: Any) -> None:
        """Offer it otherwise."""
        centres = tuple(each.organization for each in self.look().centres)
        services.change_course(
            self.key,
            replace(NEW, centres=centres, **changes),
            expected=self.look().version,
            actor=self.office.acting(),
        )

    def stock(self, count: int, *, begin: int = 100, until: date | None = None) -> int:
        """Buy more codes."""
        codes = [NewCode(f"CODE-{begin + number:04d}", until) for number in range(count)]
        return services.add_codes(self.key, codes, actor=self.actor, now=now())

    def enroll(self, email: str = "emre@example.org", **more: Any) -> services.Enrolled:
        """A household with a child of five."""
        return services.enroll(self.wish(email, **more), now=more.get("at") or now())

    def wish(self, email: str = "emre@example.org", **more: Any) -> NewEnrollment:
        """What a household fills in."""
        return NewEnrollment(
            course=self.key,
            born_on=born(more.get("age", 5)),
            home=Home(more.get("is_here", True), more.get("ags")),
            name="Emre Beispiel",
            email=email,
            language=more.get("language", "de"),
            wants_reminders=more.get("wants_reminders", True),
            consent_version="1",
        )


def lay(connection: psycopg.Connection[Any]) -> Centre:
    """A published course with three codes in stock."""
    world = World(connection)
    office, worker, second, stranger = (world.worker(world.organization()) for _ in range(4))
    new = replace(NEW, centres=(worker.organization, second.organization))
    key = services.found_course(new, actor=office.acting(), now=now())
    centre = Centre(office, worker, second, stranger, key, connection)
    centre.stock(3, begin=1)
    services.publish(key, actor=office.acting(), now=now())
    return centre


def link(enrolled: services.Enrolled) -> Actor:
    """Whoever holds the link of an enrollment."""
    return link_to(enrolled.id, purpose="course")


def mine(enrolled: services.Enrolled) -> EnrollmentView:
    """The enrollment as its household sees it."""
    found = selectors.enrollment(link(enrolled), enrolled.id)
    assert found is not None
    return found


def show(enrolled: services.Enrolled, *, at: datetime | None = None) -> services.Shown:
    """The household looks at its code."""
    return services.show_code(enrolled.id, actor=link(enrolled), now=at or now())


def start(enrolled: services.Enrolled, *, at: datetime | None = None) -> None:
    """The household looks at its code and says that it is in."""
    show(enrolled, at=at)
    services.activate(enrolled.id, actor=link(enrolled), now=at or now())


def state(enrolled: services.Enrolled) -> CodeState | None:
    """Where the household's code stands."""
    return mine(enrolled).code


def letters(email: str) -> list[str]:
    """What was written to somebody, in order."""
    return [f"{each.subject}\n{each.body}" for each in outbox.outbox if each.to == [email]]


def code_in(letter: str) -> str:
    """The link's code in a mail."""
    found = LINK.search(letter)
    assert found is not None, letter
    return found.group(1)


def born(age: int) -> date:
    """A birthday some months ago for a child of this age."""
    return clock.day_of(now() - timedelta(days=round(365.25 * age) + 60))
