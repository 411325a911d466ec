"""A town that deals the places of three holiday offers, for every test of rounds."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from uuid import UUID

import psycopg

from lueckenlos.core.actor import Actor, link_to
from lueckenlos.offers.holidays import selectors, services
from lueckenlos.offers.holidays.types import ChildValue, DecisionView, NewRound, NewWishList, RoundView
from lueckenlos.offers.programmes import selectors as programmes
from lueckenlos.offers.programmes import services as programme_deeds
from lueckenlos.offers.programmes.types import ComesWith, Kind, ProgrammeView
from tests.wall.world import Worker, World, now

SEED = "3 7 19 22 41 48"
WEEK = timedelta(days=7)
HOLIDAY = programme_deeds.NewProgramme(
    kind=Kind.HOLIDAY, title="Zirkus", comes=ComesWith.CHILD, capacity=2, age_min=6, age_max=12, place="Titz"
)


@dataclass
class Town:
    """Who deals, who offers beside them, who works elsewhere; a round with circus, forest and kitchen."""

    world: World
    worker: Worker
    partner: Worker
    stranger: Worker
    key: UUID
    offers: dict[str, UUID] = field(default_factory=dict)

    @property
    def actor(self) -> Actor:
        """Whoever runs the round."""
        return self.worker.acting()

    @property
    def view(self) -> RoundView:
        """The round as it stands now."""
        found = selectors.round_by_id(self.key)
        assert found is not None
        return found

    @property
    def after(self) -> datetime:
        """A moment when the wishes are over."""
        return self.view.wishes_until + timedelta(minutes=1)

    def programme(self, title: str) -> ProgrammeView:
        """One of the programmes as it stands now."""
        return next(each.programme for each in selectors.offers(self.view) if each.programme.title == title)

    def send(self, *children: str, wishes: tuple[str, ...] = ("Zirkus",), **more: object) -> services.Sent:
        """A list for these children of eight years."""
        return services.send(self.wish(*children, wishes=wishes, **more), now=now())

    def wish(self, *children: str, wishes: tuple[str, ...] = ("Zirkus",), **more: object) -> NewWishList:
        """The same before it is sent."""
        names = children or ("Mia",)
        return NewWishList(
            round=self.key,
            children=tuple(
                ChildValue(each, "Beispiel", born(more.get("age", 8)), each in str(more.get("need", "")))
                for each in names
            ),
            wishes=tuple(self.offers[each] for each in wishes),
            name="Eltern",
            email=str(more.get("email", f"{names[0].lower()}@example.org")),
            phone="",
            language=str(more.get("language", "de")),
            ags=None,
            consent_version="1",
        )

    def deal(self) -> None:
        """Draw the lot."""
        services.deal(self.key, seed=SEED, actor=self.actor, now=self.after)

    def publish(self) -> int:
        """Draw the lot and tell."""
        self.deal()
        return services.publish(self.key, actor=self.actor, now=self.after)


def link(sent: services.Sent) -> Actor:
    """Whoever holds the link of a list."""
    return link_to(sent.id, purpose="wish_list")


def decisions(sent: services.Sent) -> list[DecisionView]:
    """What the family reads."""
    return selectors.decisions(link(sent), sent.id)


def born(age: object) -> date:
    """A birthday for a child of this age in two months."""
    return (
        date(now().year - int(str(age)) - 1, 12, 31)
        if now().month < 10
        else date(now().year - int(str(age)), 1, 1)
    )


def found(worker: Worker, title: str, *, days: int = 60, hours: int = 6, **changes: object) -> UUID:
    """A published holiday programme."""
    starts = now().replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=days)
    new = replace(HOLIDAY, title=title, dates=((starts, starts + timedelta(hours=hours)),), **changes)  # type: ignore[arg-type]
    key = programme_deeds.found_programme(new, actor=worker.acting(), now=now())
    programme_deeds.publish(key, actor=worker.acting(), now=now())
    assert programmes.by_id(key) is not None
    return key


def new_round(**changes: object) -> NewRound:
    """Wishes since yesterday, for a week."""
    new = NewRound(
        title="Ferienspaß",
        holiday="Osterferien",
        wishes_from=now() - timedelta(days=1),
        wishes_until=now() + WEEK,
        rest_from=now() + 2 * WEEK,
        seed_source="die Gewinnzahlen im Lotto vom Samstag danach",
    )
    return replace(new, **changes)  # type: ignore[arg-type]


def lay(connection: psycopg.Connection[object], *, most_each: int = 1, opened: bool = True) -> Town:
    """Circus and kitchen are the town's and lie at the same time, the forest is a partner's."""
    world = World(connection)
    worker, partner, stranger = (world.worker(world.organization()) for _ in range(3))
    keys = [
        found(worker, "Zirkus"),
        found(worker, "Kochen", age_min=8, age_max=14),
        found(partner, "Wald", days=63, capacity=4),
    ]
    key = services.found_round(new_round(most_each=most_each), actor=worker.acting(), now=now())
    town = Town(world, worker, partner, stranger, key)
    services.ask(key, keys, actor=town.actor, now=now())
    ((_round, asked),) = selectors.asked_of(partner.acting())
    services.agree(asked.id, actor=partner.acting(), now=now())
    if opened:
        services.open_round(key, actor=town.actor, now=now())
    town.offers = {each.programme.title: each.id for each in selectors.offers(town.view)}
    return town
