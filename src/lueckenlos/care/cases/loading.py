"""Loads pathways: those that ship with the house, and a county's own from `pathways/` in its folder."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final

from lueckenlos.care.cases.errors import PathwayChanged, PathwayUnfit
from lueckenlos.care.cases.services.pathways import install_pathways
from lueckenlos.core.merging import FileReport
from lueckenlos.core.tables import Mistakes, RowMistake, Why
from lueckenlos.kernels import pathways

SHIPPED: Final = Path(__file__).resolve().parent.parent / "pathways"
FOLDER: Final = "pathways"


def load_pathways(
    folder: Path, *, mistakes: Mistakes, now: datetime, on: frozenset[str] = frozenset()
) -> FileReport:
    """Install what is new; a file with flaws is named with each of them, and nothing is installed.

    `on` names pathways that this county works with although they ship switched off.
    """
    sources = {
        f"{FOLDER}/{path.name}": path.read_text(encoding="utf-8")
        for place in (SHIPPED, folder / FOLDER)
        for path in sorted(place.glob("*.toml"))
    }
    try:
        added = install_pathways(sources, now=now, switched_on=on)
    except PathwayUnfit as error:
        for flaw in error.flaws:
            mistakes.add(
                RowMistake(error.name, 0, flaw.path, Why.EXPLAINED, flaw.value, pathways.sentence(flaw))
            )
        return FileReport(FOLDER)
    except PathwayChanged as error:
        told = (
            f"Der Weg „{error.key}“ wurde geändert, trägt aber noch die Version {error.version}. "
            "Bitte die Version erhöhen: Laufende Fälle behalten die alte."
        )
        mistakes.add(RowMistake(FOLDER, 0, "version", Why.EXPLAINED, str(error.version), told))
        return FileReport(FOLDER)
    return FileReport(FOLDER, added=added, unchanged=len(sources) - added)
