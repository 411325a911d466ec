"""Pathways as they are installed; each is parsed once a process."""

from __future__ import annotations

from functools import lru_cache
from uuid import UUID

from lueckenlos.care.cases.errors import PathwayOff
from lueckenlos.care.cases.models import Pathway as Row
from lueckenlos.care.cases.services.pathways import allowed
from lueckenlos.kernels import pathways
from lueckenlos.kernels.pathways import CaseFacts, Need, Pathway, Requirement


@lru_cache(maxsize=64)
def _parsed(source: str) -> Pathway:
    found = pathways.read_pathway(source, allowed=allowed()).pathway
    if found is None:
        raise ValueError("an installed pathway cannot be read")
    return found


def parsed(row: Row) -> Pathway:
    """The pathway of an installed row."""
    return _parsed(row.source)


def newest(key: str) -> tuple[UUID, Pathway]:
    """The version on which new cases of a pathway begin; raises PathwayOff."""
    row = Row.objects.filter(key=key, is_on=True).order_by("-version").first()
    if row is None:
        raise PathwayOff(key)
    return row.id, parsed(row)


def all_newest() -> list[tuple[Row, Pathway]]:
    """The newest version of every pathway, by title."""
    rows: dict[str, Row] = {}
    for row in Row.objects.order_by("key", "version"):
        rows[row.key] = row
    found = [(row, parsed(row)) for row in rows.values()]
    return sorted(found, key=lambda each: each[1].title_de)


def version(key: str, number: int) -> Pathway | None:
    """One version of a pathway."""
    row = Row.objects.filter(key=key, version=number).first()
    return None if row is None else parsed(row)


def still_needed(row: Row, *, stage: str, facts: CaseFacts) -> tuple[Requirement, ...]:
    """What must be there before a stage ends; where the office's own system is the file, only what crosses a seam."""
    missing = pathways.missing(parsed(row), stage=stage, facts=facts)
    if not row.is_seam_only:
        return missing
    return tuple(each for each in missing if each.need in {Need.CONSENT, Need.TASK})
