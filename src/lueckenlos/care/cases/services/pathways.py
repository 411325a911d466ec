"""Installs pathways: data alone, validated, versioned; a running case keeps its version."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from lueckenlos.care.cases.errors import PathwayChanged, PathwayUnfit
from lueckenlos.care.cases.models import Pathway
from lueckenlos.commons.privacy.types import Category, Purpose, RetentionClass
from lueckenlos.core import audit
from lueckenlos.core.actor import Actor, Role, job
from lueckenlos.core.context import acting_as
from lueckenlos.kernels import crisis, deadlines, pathways

LOADER = job("load-pathways")


def allowed() -> pathways.Allowed:
    """The words of the house that a pathway may use."""
    return pathways.Allowed(
        roles=frozenset(role.value for role in Role),
        purposes=frozenset(purpose.value for purpose in Purpose),
        categories=frozenset(category.value for category in Category),
        retention_classes=frozenset(kept.value for kept in RetentionClass),
        help_lines=frozenset(kind.value for kind in crisis.CrisisKind),
        deadline_flaw=deadlines.flaw_of,
    )


def install_pathways(
    sources: Mapping[str, str], *, now: datetime, switched_on: frozenset[str] = frozenset()
) -> int:
    """Install what is new among these TOML texts (by file name); all of them or none. Gives how many were new.

    `switched_on` names pathways that are on although they ship switched off.
    """
    readings = pathways.read_pathways(sources, allowed=allowed())
    for name, reading in readings.items():
        if reading.flaws or reading.pathway is None:
            raise PathwayUnfit(name, flaws=reading.flaws)
    installed = 0
    with acting_as(LOADER):
        held = {(row.key, row.version): row.content_hash for row in Pathway.objects.all()}
        for name, reading in readings.items():
            pathway = reading.pathway
            if pathway is None:
                continue
            fingerprint = pathways.content_hash(pathway)
            known = held.get((pathway.key, pathway.version))
            if known is None:
                Pathway.objects.create(
                    key=pathway.key,
                    version=pathway.version,
                    source=sources[name],
                    content_hash=fingerprint,
                    installed_at=now,
                    is_on=pathway.is_switched_on or pathway.key in switched_on,
                    is_seam_only=pathway.is_seam_only,
                )
                installed += 1
            elif known != fingerprint:
                raise PathwayChanged(pathway.key, version=pathway.version)
        if installed:
            audit.record("cases.pathways.installed", subject="pathways", details={"count": installed})
    return installed


def switch(key: str, *, on: bool, actor: Actor) -> None:
    """Let new cases begin on a pathway, or no longer; running ones go on."""
    with acting_as(actor):
        if Pathway.objects.filter(key=key).update(is_on=on):
            audit.record(
                "cases.pathway.switched", subject=f"pathway/{key}", details={"on": on}, chain=audit.COUNTY
            )


def hold_seam_only(key: str, *, only: bool, actor: Actor) -> None:
    """Let a pathway hold only what crosses a seam (request, consent, receipt, date, arrived), or everything again."""
    with acting_as(actor):
        if Pathway.objects.filter(key=key).update(is_seam_only=only):
            audit.record(
                "cases.pathway.seam_only",
                subject=f"pathway/{key}",
                details={"only": only},
                chain=audit.COUNTY,
            )
