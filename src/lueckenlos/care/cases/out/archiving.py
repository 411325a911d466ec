"""What goes to the archive before a file is erased: the case as PDF/A with its data, as JSON, and its documents.

It is handed over, not kept: into the folder that the host names, else into a tray in the home that is emptied after a
while. What was confided to one worker is not handed over (§ 65 SGB VIII), and files of classes that the county does not
offer to its archive are erased without a trace.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.conf import settings

from lueckenlos.care.cases import selectors
from lueckenlos.care.cases.out import documents
from lueckenlos.care.cases.page import case_page
from lueckenlos.care.cases.types import DocumentView
from lueckenlos.commons.places import selectors as places
from lueckenlos.commons.privacy import selectors as privacy
from lueckenlos.commons.privacy.types import RetentionClass
from lueckenlos.core import storing
from lueckenlos.core.actor import Actor
from lueckenlos.core.retention import RetentionRule

# § 16, § 17 SGB VIII: low-threshold help needs no file, so nothing of it is offered; nor are the records of talks.
USUAL: Final = (RetentionClass.HELP_FILE, RetentionClass.PROTECTION, RetentionClass.COUNSELLING)
TRAY_KEPT: Final = timedelta(days=90)
_FOLDER: Final = "archive"
_UNFIT: Final = re.compile(r"[^A-Za-z0-9ÄÖÜäöüß._-]+")


def offered() -> frozenset[str]:
    """The classes of record that the county offers to its archive (`[archive] classes` in county.toml)."""
    given = places.county().settings.get("archive", {}).get("classes")
    return frozenset(kept.value for kept in USUAL) if given is None else frozenset(map(str, given))


def folder() -> Path:
    """Where hand-overs lie: the archive's own folder, or the tray in the home."""
    return Path(settings.ARCHIVE_FOLDER or Path(settings.HOME) / _FOLDER)


def hand_over(file: UUID, *, actor: Actor, now: datetime) -> Path | None:
    """Write a file for the archive and give its folder; nothing where its class is not offered or it is no case.

    Raises OSError or printing.NotPrintable: whoever erases must not go on then.
    """
    view = privacy.file(actor, file)
    if view is None or view.retention_class.value not in offered():
        return None
    page = case_page(actor, file, now=now)
    if page is None:
        return None
    place = folder() / f"{now.astimezone(UTC):%Y%m%d}-{file}"
    if place.exists():
        shutil.rmtree(place)  # a hand-over that was broken off
    papers = place / "unterlagen"
    # A parent that mkdir makes on the way would be open to everybody on the machine.
    papers.parent.mkdir(mode=0o700, parents=True)
    papers.mkdir(mode=0o700)
    sums = {
        "akte.pdf": _write(place / "akte.pdf", documents.case_pdf(page, now=now)),
        **dict(_papers(papers, selectors.documents(actor, file))),
    }
    data = {
        "format": "lueckenlos-archive/1",
        "file": str(file),
        "retention_class": view.retention_class.value,
        "opened_at": view.opened_at.isoformat(),
        "closed_at": view.closed_at.isoformat() if view.closed_at else None,
        "handed_over_at": now.isoformat(),
        "sha256": sums,
        "case": documents.case_data(page, now=now),
    }
    _write(place / "akte.json", json.dumps(data, ensure_ascii=False, indent=1).encode())
    return place


def waiting() -> list[Path]:
    """Hand-overs that lie in the tray and that nobody has fetched; none where the archive has a folder of its own."""
    if settings.ARCHIVE_FOLDER:
        return []
    return sorted(path for path in folder().glob("*") if path.is_dir())


def _old(now: datetime) -> list[Path]:
    return [path for path in waiting() if path.stat().st_mtime < (now - TRAY_KEPT).timestamp()]


def _empty(now: datetime) -> int:
    old = _old(now)
    for path in old:
        shutil.rmtree(path)
    return len(old)


def _papers(place: Path, found: Iterable[DocumentView]) -> Iterator[tuple[str, str]]:
    for number, document in enumerate(found, start=1):
        name = f"{number:03}-{_UNFIT.sub('-', document.name)[:120]}"
        yield f"unterlagen/{name}", _write(place / name, storing.read(document.stored_as))


def _write(path: Path, content: bytes) -> str:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as target:
        target.write(content)
        target.flush()
        os.fsync(target.fileno())
    return hashlib.sha256(content).hexdigest()


RULES: Final = (
    RetentionRule(
        table="archive",
        records="Abgaben an das Archiv, die im Fach des Hauses liegen",
        reason="90 Tage zum Abholen, dann weg",
        due=lambda now: len(_old(now)),
        erase=_empty,
    ),
)


def described() -> dict[str, Any]:
    """How handing over is set up, for the record of processing."""
    return {"classes": sorted(offered()), "own_folder": bool(settings.ARCHIVE_FOLDER), "days": TRAY_KEPT.days}
