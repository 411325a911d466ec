"""Deeds that leave traces: what was shown to whom, and steps of protection."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from lueckenlos.commons.privacy.errors import judged, person_of
from lueckenlos.commons.privacy.models import ProtectionStep
from lueckenlos.commons.privacy.types import Category, Ground, LegalBasis
from lueckenlos.core import audit
from lueckenlos.core.actor import Actor
from lueckenlos.core.context import acting_as


@dataclass(frozen=True, slots=True, kw_only=True)
class NewStep:
    """A step under § 8a SGB VIII or § 4 KKG: towards whom, what, why, and who else looked at it."""

    organization: UUID
    subject: UUID
    legal_basis: LegalBasis
    reason: str
    categories: frozenset[Category]
    until: datetime
    second_person: UUID | None = None
    late_reason: str = ""


def disclose(
    file: UUID, *, seen: Iterable[tuple[UUID, Category]], ground: Ground, actor: Actor, now: datetime
) -> int:
    """Note what the actor saw of a file: once a day for each person and category; gives how many were new."""
    pairs = sorted({(subject, category.value) for subject, category in seen})
    if not pairs:
        return 0
    with acting_as(actor), connection.cursor() as cursor:
        cursor.execute(
            "SELECT wall.disclose(%s, %s::uuid[], %s::text[], %s, %s)",
            [
                file,
                [subject for subject, _ in pairs],
                [category for _, category in pairs],
                ground.value,
                now.date(),
            ],
        )
        row = cursor.fetchone()
        new = int(row[0]) if row else 0
        if new:
            audit.record(
                "privacy.data.seen",
                subject=f"file/{file}",
                details={"ground": ground.value, "categories": sorted({category for _, category in pairs})},
            )
    return new


def record_protection_step(file: UUID, *, new: NewStep, actor: Actor, now: datetime) -> UUID:
    """Name an organization for the protection of a child: no consent, four eyes, and data protection is told."""
    with acting_as(actor), judged():
        step = ProtectionStep.objects.create(
            file_id=file,
            organization_id=new.organization,
            subject=new.subject,
            legal_basis=new.legal_basis,
            reason=new.reason,
            second_person=new.second_person,
            late_reason=new.late_reason,
            categories=sorted(category.value for category in new.categories),
            since=now,
            until=new.until,
            recorded_by=person_of(actor),
        )
        audit.record(
            "privacy.protection.step",
            subject=f"file/{file}",
            details={"step": str(step.id), "basis": new.legal_basis.value},
        )
    return step.id
