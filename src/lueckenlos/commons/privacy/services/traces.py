"""Deeds that leave traces: what was shown to whom, and steps of protection."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from lueckenlos.commons.privacy.errors import judged, person_of
from lueckenlos.commons.privacy.models import ProtectionStep
from lueckenlos.commons.privacy.types import Category, Ground, LegalBasis
from lueckenlos.core import audit, clock
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
                clock.day_of(now),
            ],
        )
        row = cursor.fetchone()
        new = int(row[0]) if row else 0
        if new:
            _record_seen(file, ground=ground, categories=(category for _, category in pairs))
    return new


def disclose_found(found: Iterable[tuple[UUID, UUID, Category]], *, actor: Actor, now: datetime) -> int:
    """As `disclose`, for a list over several files, each on the ground by which the actor comes into it."""
    seen: dict[UUID, set[tuple[UUID, str]]] = {}
    for file, subject, category in found:
        seen.setdefault(file, set()).add((subject, category.value))
    with acting_as(actor), connection.cursor() as cursor:
        cursor.execute(
            "SELECT s.file, s.categories, a.ground, wall.disclose(s.file, s.about, s.categories, a.ground, %s) "
            "FROM jsonb_to_recordset(%s::jsonb) AS s(file uuid, about uuid[], categories text[]) JOIN ("
            "SELECT DISTINCT ON (file_id) file_id, ground FROM privacy_access "
            "ORDER BY file_id, ground = %s DESC, everything DESC) a ON a.file_id = s.file",
            [
                clock.day_of(now),
                json.dumps([_seen(file, pairs) for file, pairs in seen.items()]),
                Ground.COVER.value,
            ],
        )
        rows = cursor.fetchall()
        for file, categories, ground, new in rows:
            if new:
                _record_seen(file, ground=Ground(ground), categories=categories)
    return sum(row[3] for row in rows)


def _seen(file: UUID, pairs: set[tuple[UUID, str]]) -> dict[str, object]:
    ordered = sorted(pairs)
    return {
        "file": str(file),
        "about": [str(subject) for subject, _ in ordered],
        "categories": [category for _, category in ordered],
    }


def _record_seen(file: UUID, *, ground: Ground, categories: Iterable[str]) -> None:
    audit.record(
        "privacy.data.seen",
        subject=f"file/{file}",
        details={"ground": ground.value, "categories": sorted(set(categories))},
    )


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
