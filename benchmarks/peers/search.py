"""Pages of results a second beside Datasette, over the same services and asked the same, in one run.

Not part of `make bench`: Datasette needs an environment of its own.
"""

from __future__ import annotations

import itertools
import os
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

from benchmarks.figures import Figure, Size, Table, milliseconds, rate, times
from benchmarks.generated import generate
from benchmarks.house import county
from benchmarks.peers import reporting
from benchmarks.peers.clients import Asked, together
from benchmarks.peers.datasette_server import SKIPPED, TABLE, its_python, open_datasette
from benchmarks.peers.ours import served_as_ever
from benchmarks.search_page import QUERIES

CLIENTS: Final = 4
ROUNDS: Final = 3
SERVICES: Final = {Size.FULL: 100_000, Size.QUICK: 1_000}
SECONDS: Final = {Size.FULL: 10.0, Size.QUICK: 2.0}
WARM_UP: Final = 6.0
TITLE: Final = "Search page beside Datasette"
NOTE: Final = (
    "The same ten everyday questions in turn, over HTTP, each server with one process as its makers start it, the other "
    "idle meanwhile; rounds in turns, medians of three. Datasette searches name and description of the same services in "
    "SQLite's full text (FTS5), any of the words, and shows ten rows of five columns as a table, without suggesting facets: "
    "it knows no compounds, no meaning, no place. Ours is the whole page that families see."
)


@dataclass(slots=True)
class Asking:
    """One server, its next question, and what it managed in the rounds until now."""

    name: str
    port: int
    questions: Iterator[Asked]
    rates: list[float] = field(default_factory=list)

    def go(self, *, seconds: float) -> None:
        """One round more."""
        self.rates.append(together(self.port, self.questions.__next__, seconds=seconds, clients=CLIENTS).rate)

    @property
    def typical(self) -> float:
        """The median; the first round warms up."""
        return statistics.median(self.rates[1:])


def run(size: Size = Size.FULL, *, tell: Callable[[str], None] = lambda _: None) -> Table:
    """Measure both, or ours alone where the peer is not at hand."""
    python = its_python()
    if python is None:
        tell(SKIPPED)
    with county() as house, tempfile.TemporaryDirectory(prefix="ll-peers-") as name, ExitStack() as stack:
        there, folder = generate(house.superuser_url, services=SERVICES[size]), Path(name)
        ours = Asking("lückenlos", stack.enter_context(served_as_ever(house.app_url, folder=folder)), _ours())
        theirs = None
        if python is not None:
            port = stack.enter_context(open_datasette(python, house.superuser_url, folder=folder))
            theirs = Asking("Datasette", port, _theirs())
        for turn, each in itertools.product(range(ROUNDS + 1), filter(None, (ours, theirs))):
            each.go(seconds=SECONDS[size] if turn else WARM_UP)
            tell(f"{each.name}: {each.rates[-1]:.1f} pages/s, load {os.getloadavg()[0]:.1f}")
    return Table(
        title=TITLE,
        claim="What a page that understands families costs beside a table that matches words.",
        figures=tuple(_figures(ours, theirs, there=there)),
        note=NOTE if theirs else f"{SKIPPED} {NOTE}",
    )


def _figures(ours: Asking, theirs: Asking | None, *, there: int) -> Iterator[Figure]:
    what, here = f"{there:,} services, {CLIENTS} clients", ours.typical
    name, pace, took, ratio, aim = "", "", "", "", ""
    if theirs is not None:
        name, pace, took = (
            theirs.name,
            rate(theirs.typical, unit="pages"),
            milliseconds(CLIENTS / theirs.typical),
        )
        ratio, aim = times(here / theirs.typical), "≥ 3 ×"
    yield Figure(f"pages of results, {what}", rate(here, unit="pages"), name, pace, ratio, aim)
    yield Figure(f"time until a page is there, {what}", milliseconds(CLIENTS / here), name, took, "")


def _ours() -> Iterator[Asked]:
    for text in itertools.cycle(QUERIES):
        yield Asked(f"/suche/?{urlencode({'q': text})}", headers={"Host": "localhost"})


def _theirs() -> Iterator[Asked]:
    for text in itertools.cycle(QUERIES):
        words = " OR ".join(f'"{word}"' for word in text.split())
        yield Asked(f"/county/{TABLE}?{urlencode({'_search': words, '_searchmode': 'raw'})}")


if __name__ == "__main__":
    sys.exit(reporting.main(run, about=__doc__))
