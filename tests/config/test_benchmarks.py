"""The benchmarks run and produce numbers; how large they are is for `docs/benchmarks.md`, never for a test."""

import re
import subprocess
import sys
from pathlib import Path

from benchmarks.figures import Figure, Table
from benchmarks.run import report

from tests.servers import ROOT

PARTS = ("search_page", "pages", "import_services", "audit_chain")


def test_each_benchmark_runs_and_gives_its_figures(tmp_path: Path) -> None:
    written = tmp_path / "benchmarks.md"
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.run", "--quick", f"--report={written}", *PARTS],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-4_000:]
    page = written.read_text()
    for title in ("Search page", "Public pages", "Import of services", "Audit chain"):
        (part,) = re.findall(rf"^## {title}\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)
        assert re.search(r"\d ×", part), part
    assert "too small to quote" in page


def test_the_report_names_the_machine_but_not_its_name() -> None:
    table = Table("Title", "A claim.", (Figure("what", "1 ms", "peer", "2 ms", "0.50 ×"),))
    page = report([table], quick=False)
    assert "| what | 1 ms | peer | 2 ms | 0.50 × |" in page
    host = subprocess.run(["uname", "-n"], capture_output=True, text=True, check=True).stdout.strip()
    assert host not in page
