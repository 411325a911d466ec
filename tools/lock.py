"""Writes requirements.lock: versions and hashes alone, no address of a registry."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

subprocess.run(
    [
        str(ROOT / ".venv/bin/uv"), "pip", "compile", "--quiet", "pyproject.toml", "--group", "dev",
        "--generate-hashes", "--no-emit-index-url", "--no-emit-find-links", "--no-header", "--no-annotate",
        "--universal", "--python-version", "3.11", "--output-file", "requirements.lock",
    ],
    cwd=ROOT,
    check=True,
)  # fmt: skip
lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
# uv itself runs the set-up and must survive a sync
if not any(line.startswith("uv==") for line in lines):
    raise SystemExit("uv fehlt in requirements.lock; bitte in pyproject.toml eintragen")
