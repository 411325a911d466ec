"""Runs every benchmark in a process of its own, prints its table and writes docs/benchmarks.md."""

import argparse
import json
import os
import platform
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console

from benchmarks.figures import Figure, Size, Table, add_sizes, show

ROOT = Path(__file__).resolve().parent.parent
REPORT = ROOT / "docs" / "benchmarks.md"
PARTS = (
    "finder_quality",
    "search_page",
    "pages",
    "import_services",
    "audit_chain",
    "planning",
    "chain",
    "chain_page",
    "talks",
    "wall",
    "taking_part",
    "holidays",
)
console = Console(highlight=False)


def main() -> int:
    """Run what is there; a figure that misses its aim is printed, never a failure. 1 where one did not run."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_sizes(parser)
    parser.add_argument("--report", type=Path, help="where to write (default: docs/benchmarks.md)")
    parser.add_argument(
        "only", nargs="*", help="these alone; --report then names the page whose sections they renew"
    )
    given = parser.parse_args()
    unknown = sorted(set(given.only) - set(PARTS))
    if unknown:
        parser.error(f"{', '.join(unknown)}: choose from {', '.join(PARTS)}")
    tables, failed = [], []
    for part in given.only or [part for part in PARTS if (ROOT / "benchmarks" / f"{part}.py").exists()]:
        with console.status(f"{part} …"):
            table = measured(part, size=given.size)
        if table is None:
            failed.append(part)
            continue
        show(table, console=console)
        tables.append(table)
    path = given.report or (None if given.only or given.size is Size.QUICK else REPORT)
    if tables and path is not None:
        path.write_text(_page(path, tables, given), encoding="utf-8")
        console.print(f"Geschrieben: {path}")
    if failed:
        console.print(f"Nicht gelaufen: {', '.join(failed)}")
    return 1 if failed else 0


def _page(path: Path, tables: list[Table], given: argparse.Namespace) -> str:
    if not given.only:
        return report(tables, quick=given.size is Size.QUICK)
    page = path.read_text(encoding="utf-8") if path.exists() else ""
    for table in tables:
        page = with_section(page, table, quick=given.size is Size.QUICK)
    return page


def measured(part: str, *, size: Size) -> Table | None:
    """One benchmark's table, from a process of its own, so that none warms another's caches."""
    done = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{part}", "--json", *([] if size is Size.FULL else [f"--{size}"])],
        cwd=ROOT, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    if done.returncode:
        console.print(done.stderr[-2_000:])
        return None
    return table_of(json.loads(done.stdout.splitlines()[-1]))


def table_of(given: dict[str, Any]) -> Table:
    """A table as it came from another process."""
    return Table(**{**given, "figures": tuple(Figure(**each) for each in given["figures"])})


def report(tables: list[Table], *, quick: bool) -> str:
    """The page for docs/."""
    lines = [
        "# Benchmarks",
        "",
        "Written by `make bench`; do not edit. Every figure stands beside a peer or a limit of the same run, since",
        "machines differ: read the ratio first.",
        "",
        f"{datetime.now(UTC):%Y-%m-%d} · {machine()}" + (" · quick run, too small to quote" if quick else ""),
    ]
    for table in tables:
        lines += ["", *_section(table, claim=f"**{table.claim}**")]
    return "\n".join(lines) + "\n"


def with_section(page: str, table: Table, *, quick: bool) -> str:
    """The page with one table's section, dated, in the place of its last one, else at the end."""
    told = f"{datetime.now(UTC):%Y-%m-%d}, {machine()}" + (", quick run, too small to quote" if quick else "")
    section = "\n".join(_section(table, claim=f"**{table.claim}** ({told})")) + "\n"
    last = re.compile(rf"^## {re.escape(table.title)}\n.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
    if last.search(page):
        return last.sub(lambda found: section + ("\n" if found.end() < len(page) else ""), page)
    return f"{page.rstrip()}\n\n{section}".lstrip()


def _section(table: Table, *, claim: str) -> list[str]:
    lines = [f"## {table.title}", "", claim, ""]
    lines += [
        "| figure | ours | against | theirs | ratio | aim |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    lines += [
        f"| {each.what} | {each.ours} | {each.against} | {each.theirs} | {each.ratio} | {each.aim} |"
        for each in table.figures
    ]
    if table.note:
        lines += ["", table.note]
    return lines


def machine() -> str:
    """The machine without its name."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"{platform.system()} {platform.machine()}, {cores} cores, Python {platform.python_version()}"


if __name__ == "__main__":
    sys.exit(main())
