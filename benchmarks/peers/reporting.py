"""Runs a comparison with a peer from the command line and writes its section of docs/benchmarks.md."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Protocol

from rich.console import Console

from benchmarks.figures import Size, Table, show
from benchmarks.run import REPORT, with_section


class Comparison(Protocol):
    """Measures, and tells as it goes what it is at."""

    def __call__(self, size: Size, *, tell: Callable[[str], None]) -> Table:
        """Return the figures."""


def main(comparison: Comparison, *, about: str | None) -> int:
    """Print the table; with --report also write its section."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--quick", action="store_true", help="just so much that everything has run")
    parser.add_argument("--json", action="store_true")
    parser.add_argument(
        "--report", type=Path, nargs="?", const=REPORT, help="write the section (default: docs/benchmarks.md)"
    )
    given = parser.parse_args()
    progress = Console(stderr=True, highlight=False)
    table = comparison(Size.QUICK if given.quick else Size.FULL, tell=progress.print)
    if given.json:
        print(json.dumps(asdict(table), ensure_ascii=False))
    else:
        show(table, console=Console(highlight=False))
    if given.report is not None:
        page = given.report.read_text(encoding="utf-8") if given.report.exists() else ""
        given.report.write_text(with_section(page, table, quick=given.quick), encoding="utf-8")
        progress.print(f"Geschrieben: {given.report}")
    return 0
