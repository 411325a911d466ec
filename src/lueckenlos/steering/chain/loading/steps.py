"""Reads steps.csv, the catalogue of steps that could be taken, where the folder has one."""

from collections.abc import Collection, Sequence
from datetime import datetime
from pathlib import Path

from lueckenlos.core.merging import FileReport
from lueckenlos.core.tables import Mistakes, Why, csv_rows
from lueckenlos.kernels.chain.types import Step
from lueckenlos.steering.chain.models import CatalogStep

FILE = "steps.csv"
COLUMNS = ("key", "label", "step", "cost", "places", "kind", "phases", "fields", "language", "basis")
SAID = ("label", "step", "cost", "places", "kind", "phases", "fields", "language", "basis")


def read_steps(
    path: Path,
    *,
    phases: Collection[str],
    fields: Collection[str],
    kinds: Collection[str],
    mistakes: Mistakes,
) -> list[CatalogStep]:
    """Steps with their cost in euros a year and the places a year that they give."""
    if not path.exists():
        return []
    read: dict[str, CatalogStep] = {}
    for row in csv_rows(path, columns=COLUMNS, mistakes=mistakes):
        step = CatalogStep(
            key=row.text("key", longest=80),
            label=row.text("label", longest=200),
            step=row.choice("step", among=tuple(Step)),
            cost=row.integer("cost"),
            places=row.integer("places", most=100_000),
            kind=row.choice("kind", among=kinds, default=""),
            phases=row.listed("phases", among=phases),
            fields=row.listed("fields", among=fields),
            language=row.words("language", longest=20),
            basis=row.words("basis", longest=300),
            from_folder=True,
        )
        if row.fits and step.key in read:
            row.note("key", Why.TWICE)
        if row.fits:
            read[step.key] = step
    return list(read.values())


def write_steps(steps: Sequence[CatalogStep], *, now: datetime) -> list[FileReport]:
    """Bring the catalogue to the folder's state; steps that were changed in the house are held."""
    if not steps:
        return []
    there = {row.key: row for row in CatalogStep.objects.all()}
    held = tuple(row.key for row in steps if row.key in there and not there[row.key].from_folder)
    wanted = [row for row in steps if row.key not in held]
    added = [row for row in wanted if row.key not in there]
    changed = [row for row in wanted if row.key in there and _differs(there[row.key], row)]
    CatalogStep.objects.bulk_create(added)
    CatalogStep.objects.bulk_update(changed, [*SAID, "ended_at"])
    gone = CatalogStep.objects.filter(from_folder=True, ended_at__isnull=True).exclude(
        key__in=[row.key for row in steps]
    )
    ended = gone.update(ended_at=now)
    unchanged = len(wanted) - len(added) - len(changed)
    return [FileReport(FILE, len(added), len(changed), unchanged, ended, held)]


def _differs(there: CatalogStep, row: CatalogStep) -> bool:
    return there.ended_at is not None or any(getattr(there, name) != getattr(row, name) for name in SAID)
