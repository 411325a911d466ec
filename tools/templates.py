"""Lints every template with djlint and djade."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"


def main() -> int:
    """Run both linters over all templates; 1 if one complains."""
    templates = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "src").rglob("templates/**/*.html"))
    djade = subprocess.run(
        [str(BIN / "djade"), "--check", "--target-version", "5.2", *templates], cwd=ROOT, check=False
    )
    djlint = subprocess.run([str(BIN / "djlint"), "--lint", "--quiet", "src"], cwd=ROOT, check=False)
    return 1 if djade.returncode or djlint.returncode else 0


if __name__ == "__main__":
    sys.exit(main())
