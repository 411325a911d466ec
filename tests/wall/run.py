"""`make wall`: the state machine until a million rows were compared, on every version of PostgreSQL that is carried."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

ROOT = Path(__file__).resolve().parents[2]
MILLION = 1_000_000
console = Console(highlight=False)


def main() -> int:
    """Each version in a process of its own; 1 where the wall and the model do not agree."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--comparisons", type=int, default=MILLION, help="for each version")
    parser.add_argument("--steps", type=int, default=40, help="deeds in one county")
    parser.add_argument("--version", type=int, help="this version of PostgreSQL alone, in this process")
    parser.add_argument("--result", type=Path, help="where the process writes its figures")
    given = parser.parse_args()
    if given.version is not None:
        return one(given.version, comparisons=given.comparisons, steps=given.steps, result=given.result)
    from lueckenlos.core.embedded.binaries import SUPPORTED_VERSIONS

    found: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as folder:
        for version in reversed(SUPPORTED_VERSIONS):
            result = Path(folder) / f"{version}.json"
            subprocess.run(
                [sys.executable, "-m", "tests.wall.run", "--version", str(version), "--result", str(result),
                 "--comparisons", str(given.comparisons), "--steps", str(given.steps)],
                cwd=ROOT, check=False, env={**os.environ, "LUECKENLOS_TESTS_EMPTY": "1"},
            )  # fmt: skip
            found.append(
                json.loads(result.read_text()) if result.exists() else {"comparisons": 0, "differences": 1}
            )
    console.print(sentence(found))
    return 1 if any(each["differences"] for each in found) else 0


def sentence(found: list[dict[str, Any]]) -> str:
    """The last line of a run."""
    comparisons = sum(each["comparisons"] for each in found)
    differences = sum(each["differences"] for each in found)
    return f"{comparisons:,} Vergleiche, {differences:,} Unterschiede".replace(",", ".", 1).replace(",", ".")


def one(version: int, *, comparisons: int, steps: int, result: Path | None) -> int:
    """One version until so many rows were compared, or the first difference."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lueckenlos.config.settings")
    os.environ["LUECKENLOS_TESTS_EMPTY"] = "1"
    from tests import servers

    servers.start_server(version)
    try:
        import django

        django.setup()
        tally, failure = _play(version, comparisons=comparisons, steps=steps)
    finally:
        servers.pytest_unconfigure(None)  # type: ignore[arg-type]
    differences = max(tally.differences, 1) if failure else tally.differences
    if failure:
        console.print(failure)
    figures = {"comparisons": tally.comparisons, "differences": differences, "steps": tally.steps}
    if result is not None:
        result.write_text(json.dumps(figures))
    console.print(f"PostgreSQL {version}: {sentence([figures])} nach {tally.steps} Schritten")
    return 1 if differences else 0


def _play(version: int, *, comparisons: int, steps: int) -> tuple[Any, str]:
    from hypothesis import HealthCheck, Phase, settings
    from hypothesis.stateful import run_state_machine_as_test

    from tests.wall.machine import Wall
    from tests.wall.play import Tally

    tally = Wall.tally = Tally()
    profile = settings(
        max_examples=2, derandomize=False, stateful_step_count=steps, deadline=None, database=None, report_multiple_bugs=False,
        phases=(Phase.generate,), suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    columns = (
        TextColumn(f"PostgreSQL {version}"),
        BarColumn(),
        TextColumn("{task.fields[words]}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console) as progress:
        task = progress.add_task("", total=comparisons, words="")
        tally.told = lambda now: progress.update(
            task,
            completed=now.comparisons,
            words=f"{now.comparisons:,} Vergleiche, {now.differences:,} Unterschiede",
        )
        while tally.comparisons < comparisons:
            try:
                run_state_machine_as_test(Wall, settings=profile)
            except Exception as error:  # noqa: BLE001 – whatever breaks, the figures are told
                return tally, f"{type(error).__name__}: {error}\n" + "\n".join(
                    getattr(error, "__notes__", ())
                )
    return tally, ""


if __name__ == "__main__":
    sys.exit(main())
