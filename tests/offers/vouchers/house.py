"""Whoever pays, hands out and takes vouchers, for every test of vouchers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

import psycopg

from lueckenlos.core import clock
from lueckenlos.core.actor import Actor, link_to
from lueckenlos.offers.programmes import services as programmes
from lueckenlos.offers.programmes.types import ComesWith, Fare, Kind
from lueckenlos.offers.vouchers import selectors, services
from lueckenlos.offers.vouchers.types import NewVoucher, SchemeView, VoucherState
from tests.wall.world import Worker, World, now

JUDO = programmes.NewProgramme(
    kind=Kind.SPORT,
    title="Judo",
    comes=ComesWith.CHILD,
    age_min=6,
    age_max=12,
    fares=(Fare("Kind", 3600), Fare("Geschwister", 1800), Fare("Eltern", 0)),
)


@dataclass
class Office:
    """Who pays, who hands out, who else does, the club, another club, and the scheme."""

    payer: Worker
    giver: Worker
    other_giver: Worker
    club: Worker
    other_club: Worker
    scheme: UUID
    judo: UUID

    def look(self) -> SchemeView:
        """The scheme as it stands now."""
        found = selectors.scheme(self.scheme)
        assert found is not None
        return found

    def new(self, **changes: object) -> services.NewScheme:
        """What the payer says."""
        said = services.NewScheme(
            title="Sport-Gutschein",
            cents=4000,
            pays_course=True,
            age_min=3,
            age_max=17,
            stock=10,
            valid_from=today() - timedelta(days=9),
            valid_until=today() + timedelta(days=90),
        )
        return replace(said, **changes)  # type: ignore[arg-type]

    def change(self, **changes: object) -> None:
        """Say it otherwise."""
        services.change_scheme(
            self.scheme, self.new(**changes), expected=self.look().version, actor=self.payer.acting()
        )

    def issue(self, age: int = 8, *, by: Worker | None = None, ags: str | None = None) -> UUID:
        """Hand one out."""
        actor = (by or self.giver).acting()
        return services.issue(self.scheme, NewVoucher(age, ags), actor=actor, now=now())

    def code(self, voucher: UUID, *, by: Worker | None = None) -> str:
        """A code of it."""
        return services.issue_code(voucher, actor=(by or self.giver).acting(), now=now())

    def redeem(
        self, code: str, *, at: Worker | None = None, programme: UUID | None = None, fare: int | None = 0
    ) -> int:
        """Take it."""
        wanted = services.Wanted(programme or self.judo, fare)
        return services.redeem(code, wanted, actor=(at or self.club).acting(), now=now())

    def programme(self, by: Worker, **changes: object) -> UUID:
        """A published programme a few days ahead."""
        starts = now() + timedelta(days=9)
        new = replace(JUDO, dates=((starts, starts + timedelta(hours=1)),), **changes)  # type: ignore[arg-type]
        key = programmes.found_programme(new, actor=by.acting(), now=now())
        programmes.publish(key, actor=by.acting(), now=now())
        return key

    def state(self, voucher: UUID) -> VoucherState:
        """Where it stands, as its link says."""
        found = selectors.voucher(link(voucher), voucher)
        assert found is not None
        return found.state


def lay(connection: psycopg.Connection[object]) -> Office:
    """A scheme, and a club with a course of judo."""
    world = World(connection)
    payer, giver, other_giver, club, other_club = (world.worker(world.organization()) for _ in range(5))
    nothing = UUID(int=0)
    office = Office(payer, giver, other_giver, club, other_club, scheme=nothing, judo=nothing)
    office.scheme = services.found_scheme(office.new(), actor=office.payer.acting(), now=now())
    for each in (giver, other_giver):
        services.let_give(office.scheme, organization=each.organization, actor=payer.acting())
    office.judo = office.programme(office.club)
    return office


def link(voucher: UUID) -> Actor:
    """Whoever holds the link of a voucher."""
    return link_to(voucher, purpose="voucher")


def today() -> date:
    """The day of the county's clock."""
    return clock.day_of(local(now()))


def local(moment: datetime) -> datetime:
    """A moment of the county's clock."""
    return moment.astimezone(clock.zone())
