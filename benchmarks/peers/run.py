"""Pages and registrations a second beside pretix and beside the least that Django can do, in one run.

Not part of `make bench`: pretix needs an environment and a Redis of its own.
"""

from __future__ import annotations

import itertools
import os
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from benchmarks.figures import Figure, Size, Table, rate, times
from benchmarks.house import county
from benchmarks.peers import reporting
from benchmarks.peers.clients import CLIENTS, Counted, Shop, together
from benchmarks.peers.house import open_house
from benchmarks.peers.plain import open_plain
from benchmarks.peers.pretix_server import SKIPPED, its_python, open_pretix
from benchmarks.peers.servers import PROCESSES

ROUNDS: Final = 3
SECONDS: Final = {Size.FULL: 10.0, Size.QUICK: 2.0}
WARM_UP: Final = 4.0
TITLE: Final = "Taking part beside others"
NOTE: Final = (
    "Asked in turns on the same machine while the others stand idle, each served from a database of its own in "
    f"the same PostgreSQL by {PROCESSES} processes: lückenlos and the minimal service by granian with 8 threads each (the product itself starts one "
    "process), pretix by gunicorn as its makers advise, with Redis for cache, sessions and task queue. A "
    "registration here is the last request of the two-step form as a browser sends it, CSRF token included "
    "(fetched once), with mail, audit entry and the limit per address, which sees each family at an address of "
    "its own behind the proxy. Pretix's is one request to its API, free of charge, with its mail put in the queue: "
    "the cheapest way, and kind to it, since a visitor's order there takes several pages; neither side's worker "
    "runs. The minimal service checks no token, writes no mail and no audit. Medians of three rounds, each into "
    "an event of its own with 100,000 places."
)
Door = Callable[..., AbstractContextManager[Shop]]


@dataclass(frozen=True, slots=True)
class Measured:
    """One server's medians, and whether every place it sold is a row."""

    pages: float
    orders: float
    answered: int
    sold: int


@dataclass(slots=True)
class Rounds:
    """What one server did in the rounds until now."""

    shop: Shop
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    pages: list[Counted] = field(default_factory=list)
    orders: list[Counted] = field(default_factory=list)

    def go(self, event: int, *, seconds: float) -> None:
        """One round more, on an event of its own: its page, then orders."""
        shop = self.shop
        self.pages.append(together(shop.port, lambda: shop.page(event), seconds=seconds))
        self.orders.append(
            together(shop.port, lambda: shop.order(event, next(self.numbers)), seconds=seconds)
        )

    def measured(self) -> Measured:
        """Medians; the first round, which warms up, counts in the rows alone."""
        return Measured(
            pages=statistics.median(each.rate for each in self.pages[1:]),
            orders=statistics.median(each.rate for each in self.orders[1:]),
            answered=sum(each.answers for each in self.orders),
            sold=sum(map(self.shop.sold, range(len(self.orders)))),
        )


def run(size: Size = Size.FULL, *, tell: Callable[[str], None] = lambda _: None) -> Table:
    """Measure all servers that can be had; the others stand idle while one is asked."""
    python = its_python()
    if python is None:
        tell(SKIPPED)
    with county() as house, tempfile.TemporaryDirectory(prefix="ll-peers-") as folder, ExitStack() as stack:

        def opened(door: Door, *arguments: str) -> Rounds:
            place = Path(tempfile.mkdtemp(dir=folder))
            return Rounds(stack.enter_context(door(*arguments, events=ROUNDS + 1, folder=place)))

        ours = opened(open_house, house.app_url, house.superuser_url)
        theirs = None if python is None else opened(open_pretix, python, house.superuser_url)
        plain = opened(open_plain, house.superuser_url)
        _take_turns([each for each in (ours, theirs, plain) if each], size=size, tell=tell)
        figures = _figures(ours.measured(), None if theirs is None else theirs.measured(), plain.measured())
    return Table(
        title=TITLE,
        claim="Registering, and looking at what one may register for, beside a ticket shop and beside bare Django.",
        figures=tuple(figures),
        note=NOTE if theirs else f"{SKIPPED} {NOTE}",
    )


def _take_turns(servers: list[Rounds], *, size: Size, tell: Callable[[str], None]) -> None:
    """Round by round and server by server, so that what else the machine does strikes all alike."""
    for event in range(ROUNDS + 1):
        for each in servers:
            each.go(event, seconds=SECONDS[size] if event else WARM_UP)
            tell(
                f"{each.shop.name}, {f'round {event}' if event else 'warm-up'}: {each.pages[-1].rate:.1f} pages/s, "
                f"{each.orders[-1].rate:.1f} orders/s, load {os.getloadavg()[0]:.1f}"
            )


def _figures(ours: Measured, theirs: Measured | None, plain: Measured) -> Iterator[Figure]:
    if theirs is not None:
        yield from _beside_pretix(ours, theirs)
    yield from _beside_plain(ours, plain)
    yield from _rows(ours, theirs, plain)


def _beside_pretix(ours: Measured, theirs: Measured) -> Iterator[Figure]:
    for what, here, there, aim in (
        ("registrations a second", ours.orders, theirs.orders, "≥ 10 ×"),
        ("an offer's page", ours.pages, theirs.pages, "≥ 5 ×"),
    ):
        yield Figure(
            f"{what}, {CLIENTS} clients",
            rate(here, unit=""),
            "pretix",
            f"{there:,.1f} /s",
            times(here / there),
            aim,
        )


def _beside_plain(ours: Measured, plain: Measured) -> Iterator[Figure]:
    for what, here, there in (
        ("registrations a second", ours.orders, plain.orders),
        ("an offer's page", ours.pages, plain.pages),
    ):
        yield Figure(
            f"{what}, {CLIENTS} clients", rate(here, unit=""), "minimal Django", rate(there, unit=""),
            times(here / there),
        )  # fmt: skip


def _rows(ours: Measured, theirs: Measured | None, plain: Measured) -> Iterator[Figure]:
    """Nothing sold that was not answered, and nothing answered that is not there."""
    for name, each in (("lückenlos", ours), ("pretix", theirs), ("minimal Django", plain)):
        if each is not None:
            yield Figure(
                f"{name}: places in the tables",
                f"{each.sold:,}",
                "answered",
                f"{each.answered:,}",
                "",
                "equal",
            )


if __name__ == "__main__":
    sys.exit(reporting.main(run, about=__doc__))
