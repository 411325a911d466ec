"""What a benchmark gives: a claim, its figures, and each as a ratio to a peer or a limit of the same run."""

import argparse
import json
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from enum import StrEnum

from rich.console import Console
from rich.table import Table as Shown


class Size(StrEnum):
    """How much is measured: everything, just so much that every file has run, or also what takes half an hour."""

    FULL = "full"
    QUICK = "quick"
    HUGE = "huge"


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured number beside that of a peer or a limit."""

    what: str
    ours: str
    against: str
    theirs: str
    ratio: str
    aim: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A claim with its figures; `note` says what one must know to read them rightly."""

    title: str
    claim: str
    figures: tuple[Figure, ...]
    note: str = ""


Benchmark = Callable[[Size], Table]


def times(ratio: float) -> str:
    """A ratio as people say it."""
    return f"{ratio:.2f} ×" if ratio < 10 else f"{ratio:.0f} ×"


def milliseconds(seconds: float) -> str:
    """A short time."""
    return f"{seconds * 1000:.1f} ms" if seconds >= 0.001 else f"{seconds * 1_000_000:.0f} µs"


def rate(number: float, *, unit: str) -> str:
    """So many in a second."""
    return f"{number:,.0f} {unit}/s"


def took(deed: Callable[[], object]) -> float:
    """Seconds of one deed."""
    begin = time.perf_counter()
    deed()
    return time.perf_counter() - begin


def median(deed: Callable[[], object], *, rounds: int) -> float:
    """The median of several; the first, which fills caches, does not count."""
    deed()
    return statistics.median(took(deed) for _ in range(rounds))


def show(table: Table, *, console: Console) -> None:
    """Print a table with its claim."""
    shown = Shown(title=table.title, title_justify="left", caption=table.note or None, caption_justify="left")
    for heading in ("what", "ours", "against", "theirs", "ratio", "aim"):
        shown.add_column(heading)
    for each in table.figures:
        shown.add_row(*asdict(each).values())
    console.print(table.claim, style="bold")
    console.print(shown)


def add_sizes(parser: argparse.ArgumentParser) -> None:
    """How much is measured, as an option of a command."""
    sizes = parser.add_mutually_exclusive_group()
    for size, told in (
        (Size.QUICK, "just so much that every file has run"),
        (Size.HUGE, "a million services, too"),
    ):
        sizes.add_argument(
            f"--{size}", dest="size", action="store_const", const=size, default=Size.FULL, help=told
        )


def main(benchmark: Benchmark) -> None:
    """Run one benchmark from the command line."""
    parser = argparse.ArgumentParser()
    add_sizes(parser)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    table = benchmark(given.size)
    if given.json:
        print(json.dumps(asdict(table), ensure_ascii=False))
    else:
        show(table, console=Console(highlight=False))
