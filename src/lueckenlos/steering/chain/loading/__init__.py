"""The chain's part of a county's folder: targets, the catalogue of steps, and what is known from now on."""

from collections.abc import Collection
from datetime import datetime
from pathlib import Path

from lueckenlos.core.merging import FileReport
from lueckenlos.core.tables import Mistakes
from lueckenlos.steering.chain.loading.steps import read_steps, write_steps
from lueckenlos.steering.chain.loading.targets import read_targets, write_targets
from lueckenlos.steering.chain.services.knowledge import remember_basis

__all__ = ["load_chain"]


def load_chain(
    folder: Path,
    *,
    areas: Collection[str],
    phases: Collection[str],
    fields: Collection[str],
    kinds: Collection[str],
    intensities: Collection[str],
    indicators: Collection[str],
    mistakes: Mistakes,
    now: datetime,
) -> list[FileReport]:
    """Bring targets and steps to the folder's state within the caller's transaction, places and directory first.

    Nothing is written once a mistake is known. What was changed in the house stays, and is named.
    """
    targets = read_targets(
        folder / "targets.csv",
        areas=areas,
        phases=phases,
        fields=fields,
        indicators=indicators,
        intensities=intensities,
        mistakes=mistakes,
    )
    steps = read_steps(folder / "steps.csv", phases=phases, fields=fields, kinds=kinds, mistakes=mistakes)
    if mistakes:
        return []
    reports = [write_targets(targets, now=now), *write_steps(steps, now=now)]
    remember_basis(cause="load-county", now=now)
    return reports
