"""An organization with a room and hours for talks, for every test of bookings."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

import psycopg

from lueckenlos.core import clock
from lueckenlos.core.actor import Actor, link_to
from lueckenlos.kernels.slots import Slot, Span
from lueckenlos.offers.bookings import selectors, services
from lueckenlos.offers.bookings.types import BookingView, NewBooking, ResourceKind, ResourceView
from tests.wall.world import Worker, World, now

DAILY = "FREQ=DAILY 09:00-18:00"
NEW = services.NewResource(
    kind=ResourceKind.PERSON,
    title="Sprechstunde",
    place="Rathaus, Beispielweg 1",
    minutes=30,
    is_public=True,
    hours=(DAILY,),
)


@dataclass
class Office:
    """Who gives hours, who works elsewhere, and the resource."""

    worker: Worker
    stranger: Worker
    key: UUID

    @property
    def actor(self) -> Actor:
        """Whoever gives the hours."""
        return self.worker.acting()

    @property
    def guest(self) -> Actor:
        """Somebody of another organization."""
        return self.stranger.acting()

    def look(self) -> ResourceView:
        """The resource as it stands now."""
        found = selectors.resource(self.key)
        assert found is not None
        return found

    def change(self, **changes: object) -> None:
        """Give it otherwise."""
        services.change_resource(
            self.key,
            replace(NEW, **changes),  # type: ignore[arg-type]
            expected=self.look().version,
            actor=self.actor,
        )

    def free(self) -> list[Slot]:
        """Free times of the coming days."""
        return selectors.free_slots(self.look(), window=ahead(), now=now())

    def book(self, slot: Slot | None = None, *, name: str = "Ayşe Yılmaz") -> services.Booked:
        """Take a slot, the first one unless told."""
        taken = slot or self.free()[0]
        return services.book(wish(self.key, taken.span.begins, name=name), now=now())


def lay(connection: psycopg.Connection[object]) -> Office:
    """Hours for talks, every day."""
    world = World(connection)
    worker, stranger = (world.worker(world.organization()) for _ in range(2))
    return Office(worker, stranger, services.found_resource(NEW, actor=worker.acting(), now=now()))


def wish(resource: UUID, starts_at: datetime, *, name: str = "Ayşe Yılmaz") -> NewBooking:
    """A wish for a time."""
    mail = f"{name.split()[0].casefold()}@example.org".replace("ş", "s")
    return NewBooking(resource=resource, starts_at=starts_at, name=name, email=mail, consent_version="1")


def link(booked: services.Booked) -> Actor:
    """Whoever holds the link of a booking."""
    return link_to(booked.id, purpose="booking")


def mine(booked: services.Booked) -> BookingView:
    """A booking as its link shows it."""
    found = selectors.booking(link(booked), booked.id)
    assert found is not None
    return found


def ahead(days: int = 20) -> Span:
    """From now on."""
    return Span(now(), now() + timedelta(days=days))


def on(day: int, hour: int, minute: int = 0, *, minutes: int = 60) -> Span:
    """A time so many days ahead, of the local clock."""
    moment = (now().astimezone(clock.zone()) + timedelta(days=day)).replace(
        hour=hour, minute=minute, second=0, microsecond=0
    )
    return Span(moment, moment + timedelta(minutes=minutes))
