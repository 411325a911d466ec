"""The benchmarks run and produce numbers; how large they are is for `docs/benchmarks.md`, never for a test."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from benchmarks.figures import Figure, Table
from benchmarks.run import report, with_section

from tests import servers

PARTS = {
    "search_page": "Search page",
    "pages": "Public pages",
    "import_services": "Import of services",
    "audit_chain": "Audit chain",
    "taking_part": "Taking part",
    "holidays": "Holiday places",
}


@pytest.mark.long
@pytest.mark.parametrize("part", PARTS)
def test_each_benchmark_runs_and_gives_its_figures(tmp_path: Path, own_database: str, part: str) -> None:
    past = servers.with_database(os.environ["TEST_SUPERUSER_URL"], servers.database_of(own_database))
    written = tmp_path / "benchmarks.md"
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.run", "--quick", f"--report={written}", part],
        cwd=servers.ROOT, capture_output=True, text=True, check=False,
        env={**os.environ, "BENCHMARK_DATABASE": f"{own_database} {past}"},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-4_000:]
    page = written.read_text()
    (found,) = re.findall(rf"^## {PARTS[part]}\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)
    assert re.search(r"\d ×", found), found
    assert "too small to quote" in page


def test_the_report_names_the_machine_but_not_its_name() -> None:
    table = Table("Title", "A claim.", (Figure("what", "1 ms", "peer", "2 ms", "0.50 ×"),))
    page = report([table], quick=False)
    assert "| what | 1 ms | peer | 2 ms | 0.50 × |" in page
    host = subprocess.run(["uname", "-n"], capture_output=True, text=True, check=True).stdout.strip()
    assert host not in page


def test_a_section_of_its_own_takes_the_place_of_its_last_one_and_leaves_the_others() -> None:
    others = "# Benchmarks\n\n## First\n\none\n\n## Last\n\ntwo\n"
    once = with_section(
        others, Table("Title", "A claim.", (Figure("what", "1", "peer", "2", "0.50 ×"),)), quick=False
    )
    assert once.startswith(others)
    twice = with_section(
        once.replace("## Last", "## Title of another\n\n## Last"),
        Table("Title", "A claim.", (Figure("what", "3", "peer", "2", "1.50 ×"),)), quick=True,
    )  # fmt: skip
    assert twice.count("## Title\n") == 1
    assert "| what | 3 | peer | 2 | 1.50 × |" in twice
    assert "too small to quote" in twice
    assert "| what | 1 |" not in twice
    assert twice.startswith("# Benchmarks\n\n## First\n\none\n\n## Title of another\n\n## Last\n\ntwo\n")
