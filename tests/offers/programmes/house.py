"""An organization with a programme, for every test of programmes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

import psycopg

from lueckenlos.core import clock
from lueckenlos.core.actor import Actor
from lueckenlos.offers.programmes import selectors, services
from lueckenlos.offers.programmes.types import (
    ComesWith,
    Kind,
    NewRegistration,
    ProgrammeView,
    SeatValue,
)
from tests.wall.world import Worker, World, now


@dataclass
class Centre:
    """Who plans, who works elsewhere, and one programme with three places."""

    worker: Worker
    stranger: Worker
    programme: ProgrammeView

    @property
    def actor(self) -> Actor:
        """Whoever plans it."""
        return self.worker.acting()

    def look(self) -> ProgrammeView:
        """The programme as it stands now."""
        found = selectors.by_id(self.programme.id)
        assert found is not None
        return found

    def change(self, **changes: object) -> None:
        """Plan it otherwise."""
        services.change_programme(
            self.programme.id,
            replace(NEW, **changes),  # type: ignore[arg-type]
            expected=self.look().version,
            actor=self.actor,
            now=now(),
        )


NEW = services.NewProgramme(
    kind=Kind.COURSE, title="Musik für die Kleinen", comes=ComesWith.CHILD, capacity=3, age_min=3, age_max=8
)


def lay(connection: psycopg.Connection[object], *, days: int = 30) -> Centre:
    """A published programme a month ahead."""
    world = World(connection)
    worker, stranger = (world.worker(world.organization()) for _ in range(2))
    starts = now().replace(hour=16, minute=0, second=0, microsecond=0) + timedelta(days=days)
    new = replace(NEW, dates=((starts, starts + timedelta(hours=1)),))
    key = services.found_programme(new, actor=worker.acting(), now=now())
    services.publish(key, actor=worker.acting(), now=now())
    programme = selectors.by_id(key)
    assert programme is not None
    return Centre(worker, stranger, programme)


def wish(programme: UUID, *children: str, email: str = "", **more: object) -> NewRegistration:
    """A registration for these children of five years."""
    names = children or ("Mia",)
    return NewRegistration(
        programme=programme,
        name="Eltern",
        email=email or f"{names[0].lower()}@example.org",
        phone="",
        language="de",
        ags=more.get("ags"),  # type: ignore[arg-type]
        seats=tuple(
            SeatValue(each, "Beispiel", born_on=born(more.get("age", 5)), is_child=True) for each in names
        ),
        answers=(),
        consent_version="1",
        referred=bool(more.get("referred")),
    )


def born(age: object) -> date:
    """A birthday for a child of this age today and in a month, on whatever day the tests run."""
    return clock.day_of(now()) - timedelta(days=round(365.25 * int(str(age))) + 150)
