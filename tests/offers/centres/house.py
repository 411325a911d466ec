"""A centre with its houses, for every test of centres."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import psycopg

from lueckenlos.commons.directory.models import Service
from lueckenlos.core import clock
from lueckenlos.offers.centres import selectors, services
from lueckenlos.offers.centres.types import CentreView, NewNote
from lueckenlos.offers.programmes import services as programmes
from lueckenlos.offers.programmes.types import Kind
from tests.wall.world import Worker, World, now

NEW = services.NewCentre(name="Familienzentrum Süd", place="Beispielweg 3", is_public=True)


@dataclass
class Together:
    """Who leads, who belongs, who is asked, who has nothing to do with it, and the centre."""

    lead: Worker
    member: Worker
    asked: Worker
    stranger: Worker
    key: UUID
    connection: psycopg.Connection[object]

    def look(self) -> CentreView:
        """The centre as it stands now."""
        found = selectors.by_id(self.key)
        assert found is not None
        return found

    def names(self) -> set[UUID]:
        """Who belongs to it now."""
        return {each.organization for each in self.look().joined}

    def plan(self, what: str = "Sommerfest", *, by: Worker | None = None, care: UUID | None = None) -> UUID:
        """A note for this month."""
        new = NewNote(month=this_month(), day=None, what=what, care=care)
        return services.note_plan(self.key, new, actor=(by or self.lead).acting(), now=now())

    def programme(
        self, by: Worker, title: str, *, begins: datetime, minutes: int = 60, **more: object
    ) -> UUID:
        """A published programme with one date."""
        new = programmes.NewProgramme(
            kind=Kind.COURSE, title=title, dates=((begins, begins + timedelta(minutes=minutes)),)
        )
        key = programmes.found_programme(
            replace(new, **more),  # type: ignore[arg-type]
            actor=by.acting(),
            now=now(),
        )
        programmes.publish(key, actor=by.acting(), now=now())
        return key

    def service(self, by: Worker, name: str, **more: object) -> Service:
        """A service in the directory."""
        given = {"audience": "familien", "format": "vor_ort", "access": "offen", **more}
        return Service.objects.create(
            key=f"angebot-{uuid4()}", organization_id=by.organization, name=name, **given
        )


def lay(connection: psycopg.Connection[object]) -> Together:
    """Two houses together; a third has not answered yet."""
    world = World(connection)
    lead, member, asked, stranger = (world.worker(world.organization()) for _ in range(4))
    key = services.found_centre(NEW, actor=lead.acting(), now=now())
    for each in (member, asked):
        services.ask(key, organization=each.organization, actor=lead.acting())
    services.join(key, actor=member.acting(), now=now())
    return Together(lead, member, asked, stranger, key, connection)


def this_month() -> date:
    """Its first day, of the county's clock."""
    return clock.day_of(now()).replace(day=1)


def in_days(days: int, hour: int) -> datetime:
    """An hour so many days ahead, of the county's clock."""
    local = now().astimezone(clock.zone()) + timedelta(days=days)
    return local.replace(hour=hour, minute=0, second=0, microsecond=0)
