"""Files, the people in them, and whose task they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection

from lueckenlos.commons.privacy.models import Assignment, Cover, Custody, File, Party
from lueckenlos.commons.privacy.types import (
    AssignmentView,
    CoverKind,
    CoverView,
    FileView,
    HeadedFile,
    PartyRole,
    PartyView,
    RetentionClass,
)
from lueckenlos.core.actor import Actor
from lueckenlos.core.context import acting_as


def file(actor: Actor, key: UUID) -> FileView | None:
    """One file, or nothing where the actor may not know of it."""
    with acting_as(actor):
        row = File.objects.filter(id=key).first()
    return None if row is None else _file(row)


def parties(actor: Actor, key: UUID) -> list[PartyView]:
    """The people of a file whom the actor may know of, in the order in which they joined."""
    with acting_as(actor):
        guardians: dict[UUID, set[UUID]] = defaultdict(set)
        for custody in Custody.objects.filter(file_id=key):
            guardians[custody.child].add(custody.guardian)
        rows = list(Party.objects.filter(file_id=key, left_at__isnull=True).order_by("joined_at", "id"))
    return [
        PartyView(
            person=row.person,
            role=PartyRole(row.role),
            is_subject=row.is_subject,
            of_age_at=row.of_age_at,
            judges_since=row.judges_since,
            guardians=frozenset(guardians[row.person]),
        )
        for row in rows
    ]


def assignments(actor: Actor, key: UUID) -> list[AssignmentView]:
    """Whose task a file was and is, newest first."""
    with acting_as(actor):
        return [_assignment(row) for row in Assignment.objects.filter(file_id=key).order_by("-since")]


def whose_task(actor: Actor, keys: Iterable[UUID]) -> dict[UUID, AssignmentView]:
    """Whose task each of these files is now, as far as the actor may know."""
    with acting_as(actor):
        rows = Assignment.objects.filter(file_id__in=list(keys), until__isnull=True)
        return {row.file_id: _assignment(row) for row in rows}


def covers(actor: Actor, key: UUID, *, now: datetime) -> list[CoverView]:
    """Who steps in for a file at this moment or later."""
    with acting_as(actor):
        rows = list(Cover.objects.filter(file_id=key, until__gt=now).order_by("since"))
    return [cover_view(row) for row in rows]


def files_headed(actor: Actor) -> list[HeadedFile]:
    """The open files of the teams that the actor heads: since when, and whose task; no more without cover."""
    with acting_as(actor), connection.cursor() as cursor:
        cursor.execute("SELECT file, person, opened FROM wall.files_headed()")
        return [HeadedFile(*row) for row in cursor.fetchall()]


def due_files(*, now: datetime) -> list[UUID]:
    """Files whose time is over; for the retention job inside its transaction."""
    return list(
        File.objects.filter(erase_after__lte=now).order_by("erase_after", "id").values_list("id", flat=True)
    )


def _file(row: File) -> FileView:
    return FileView(
        id=row.id,
        organization=row.organization_id,
        unit=row.unit_id,
        own_of=row.own_of,
        held_back=row.held_back,
        retention_class=RetentionClass(row.retention_class),
        opened_at=row.opened_at,
        closed_at=row.closed_at,
    )


def _assignment(row: Assignment) -> AssignmentView:
    return AssignmentView(row.person, row.unit_id, row.since, row.until, row.reason)


def cover_view(row: Cover) -> CoverView:
    """Who steps in for whom, why and how long."""
    return CoverView(
        row.person, row.organization_id, CoverKind(row.kind), row.reason, row.granted_by, row.since, row.until
    )
