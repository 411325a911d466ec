"""Catalogues of the interface's languages: `compile` turns .po into .mo where it is newer."""

import sys
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "src" / "lueckenlos" / "config" / "locale"


def compile_catalogues() -> None:
    """Write each .mo beside its .po, without gettext's own binaries."""
    for source in LOCALE.rglob("*.po"):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            polib.pofile(str(source)).save_as_mofile(str(target))


if __name__ == "__main__":
    if sys.argv[1:] != ["compile"]:
        raise SystemExit("Aufruf: tools/messages.py compile")
    compile_catalogues()
