"""Sets up the environment and the front-end files; a second run finds everything in place.

Runs with any Python from 3.11 on and nothing else, so it imports the standard library alone.
"""

import hashlib
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "installed"
INPUTS = [
    "requirements.lock",
    "pyproject.toml",
    "package-lock.json",
    "tools/frontend.py",
    "tools/install.py",
    "src/lueckenlos/core/icons.py",
]


def main() -> int:
    if sys.version_info < (3, 11):  # noqa: UP036 – the sentence is for those who have an older one
        print("lückenlos braucht Python 3.11 oder neuer. Bitte installieren und noch einmal starten.")
        return 1
    wanted = fingerprint()
    if not (STAMP.exists() and STAMP.read_text(encoding="utf-8") == wanted):
        steps = [
            ("Umgebung anlegen", environment),
            ("Bibliotheken einrichten", libraries),
            ("Oberflächen-Dateien einrichten", frontend),
        ]
        for number, (title, step) in enumerate(steps, start=1):
            print(f"[{number}/{len(steps)}] {title} …", end=" ", flush=True)
            begin = time.monotonic()
            step()
            print(f"{time.monotonic() - begin:.0f} s", flush=True)
        STAMP.write_text(wanted, encoding="utf-8")
    run([str(PYTHON), "tools/messages.py", "compile"])
    return 0


def fingerprint() -> str:
    """Changes whenever something that the set-up depends on changes."""
    digest = hashlib.sha256(str(ROOT).encode())
    for name in INPUTS:
        path = ROOT / name
        digest.update(path.read_bytes() if path.exists() else b"")
    return digest.hexdigest()


def environment() -> None:
    if not PYTHON.exists():
        run([sys.executable, "-m", "venv", str(VENV)])
    if not (VENV / "bin" / "uv").exists():
        run([str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "uv"])


def libraries() -> None:
    uv = str(VENV / "bin" / "uv")
    run([uv, "pip", "sync", "--quiet", "--python", str(PYTHON), "--require-hashes", "requirements.lock"])
    run([uv, "pip", "install", "--quiet", "--python", str(PYTHON), "--no-deps", "--editable", "."])


def frontend() -> None:
    run([str(PYTHON), "tools/frontend.py"])


def run(command: list[str]) -> None:
    """Run one step; what it says is shown only when it fails."""
    done = subprocess.run(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    if done.returncode:
        print("\n" + done.stdout)
        raise SystemExit(f"Das ging nicht: {' '.join(command)}")


if __name__ == "__main__":
    raise SystemExit(main())
