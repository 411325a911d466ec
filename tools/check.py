"""Style, types, layers, budgets and templates: everything that needs no database. Each shows its time."""

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
CHECKS = [
    ("Form", ["ruff", "format", "--check", "--quiet", "."]),
    ("Stil", ["ruff", "check", "--quiet", "."]),
    ("Schichten", ["lint-imports"]),
    ("Budgets", ["python", "tools/budget.py"]),
    ("Typen", ["mypy"]),
    ("Vorlagen", ["python", "tools/templates.py"]),
    ("Toter Code", ["vulture"]),
    ("Abhängigkeiten", ["deptry", "src"]),
]


def main() -> int:
    """Run every check, even after one has failed; 1 if any failed."""
    failed = [title for title, command in CHECKS if not passes(title, command)]
    print(f"{len(CHECKS) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0


def passes(title: str, command: list[str]) -> bool:
    """Run one check and show what it says only when it fails."""
    begin = time.monotonic()
    done = subprocess.run(
        [str(BIN / command[0]), *command[1:]],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
    )  # fmt: skip
    seconds = time.monotonic() - begin
    print(f"  {'gut   ' if done.returncode == 0 else 'FEHLER'} {title} ({seconds:.0f} s)", flush=True)
    if done.returncode:
        print(done.stdout)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
