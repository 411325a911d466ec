"""Deeds on files: opening, who belongs to one, whose task it is, cover, closing, erasing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import connection

from lueckenlos.commons.privacy.errors import NotYours, judged
from lueckenlos.commons.privacy.models import Custody, Party
from lueckenlos.commons.privacy.types import CoverKind, NewFile, NewParty
from lueckenlos.core import audit
from lueckenlos.core.actor import Actor
from lueckenlos.core.context import acting_as


@dataclass(frozen=True, slots=True)
class NewCover:
    """Who steps in, for which organization, why and until when (28 days at most)."""

    person: UUID
    organization: UUID
    kind: CoverKind
    reason: str
    until: datetime


def open_file(new: NewFile, *, to: UUID | None, actor: Actor) -> UUID:
    """Open a file as the task of one person of the actor's organization, or (`to` none) of its team."""
    file = uuid4()
    with acting_as(actor), judged():
        _call(
            "SELECT wall.file_open(%s, %s, %s, %s, %s, %s, %s)",
            [file, new.organization, new.unit, new.own_of, new.held_back, new.retention_class.value, to],
        )
        audit.record(
            "privacy.file.opened",
            subject=f"file/{file}",
            details={"retention": new.retention_class.value},
            chain=audit.chain_of(new.organization),
        )
    return file


def add_party(file: UUID, *, party: NewParty, actor: Actor, now: datetime) -> None:
    """Take a person into a file, with those whose consent a child's data need."""
    with acting_as(actor), judged():
        Party.objects.create(
            file_id=file,
            person=party.person,
            role=party.role,
            is_subject=party.is_subject,
            of_age_at=party.of_age_at,
            joined_at=now,
        )
        set_custody(file, child=party.person, guardians=party.guardians, actor=actor)
        audit.record(
            "privacy.party.joined",
            subject=f"file/{file}",
            details={"role": party.role.value},
            personal={"person": str(party.person)},
        )


def set_custody(file: UUID, *, child: UUID, guardians: Iterable[UUID], actor: Actor) -> None:
    """Say anew whose consent a child's data need; releases that lack one of them end at once."""
    wanted = set(guardians)
    with acting_as(actor), judged():
        rows = Custody.objects.filter(file_id=file, child=child)
        held = set(rows.values_list("guardian", flat=True))
        if held - wanted:
            rows.filter(guardian__in=held - wanted).delete()
        Custody.objects.bulk_create(
            [Custody(file_id=file, child=child, guardian=guardian) for guardian in sorted(wanted - held)]
        )
        if wanted != held:
            audit.record(
                "privacy.custody.set",
                subject=f"file/{file}",
                personal={"child": str(child), "guardians": sorted(str(each) for each in wanted)},
            )


def record_judgement(file: UUID, *, young_person: UUID, actor: Actor, now: datetime) -> None:
    """Note that a young person can judge what they agree to: from now on their own consent is needed too."""
    with acting_as(actor), judged():
        rows = Party.objects.filter(file_id=file, person=young_person, judges_since__isnull=True)
        if rows.update(judges_since=now):
            audit.record("privacy.judgement.recorded", subject=f"file/{file}")


def leave(file: UUID, *, person: UUID, actor: Actor, now: datetime) -> None:
    """Take a person out of a file; what is written about them stays until its time is over."""
    with acting_as(actor), judged():
        if not Party.objects.filter(file_id=file, person=person, left_at__isnull=True).update(left_at=now):
            raise NotYours
        audit.record("privacy.party.left", subject=f"file/{file}", personal={"person": str(person)})


def assign(
    file: UUID, *, reason: str, actor: Actor, person: UUID | None = None, unit: UUID | None = None
) -> None:
    """Make a file the task of one colleague or of one team; by whoever has it, or the head of its team."""
    with acting_as(actor), judged():
        _call("SELECT wall.file_assign(%s, %s, %s, %s)", [file, person, unit, reason])
        audit.record(
            "privacy.file.assigned",
            subject=f"file/{file}",
            details={"person": str(person or ""), "unit": str(unit or "")},
            personal={"reason": reason},
        )


def cover(file: UUID, *, new: NewCover, actor: Actor) -> UUID:
    """Let a colleague, supervisor or auditor in for a time; by the head of the team, with a reason, logged."""
    key = uuid4()
    with acting_as(actor), judged():
        _call(
            "SELECT wall.cover_grant(%s, %s, %s, %s, %s, %s, %s)",
            [key, file, new.person, new.organization, new.reason, new.kind.value, new.until],
        )
        audit.record(
            "privacy.cover.granted",
            subject=f"file/{file}",
            details={"person": str(new.person), "kind": new.kind.value, "until": new.until.isoformat()},
            personal={"reason": new.reason},
        )
    return key


def close_file(file: UUID, *, erase_after: datetime, actor: Actor, now: datetime) -> None:
    """Close a file and say when it goes."""
    with acting_as(actor), judged():
        _call("SELECT wall.file_close(%s, %s, %s)", [file, now, erase_after])
        audit.record(
            "privacy.file.closed", subject=f"file/{file}", details={"erase_after": erase_after.isoformat()}
        )


def reopen_file(file: UUID, *, actor: Actor) -> None:
    """Open a file again that was closed: it is not erased on the day that its end had set."""
    with acting_as(actor), judged():
        _call("SELECT wall.file_close(%s, %s, %s)", [file, None, None])
        audit.record("privacy.file.reopened", subject=f"file/{file}")


def erase_file(file: UUID) -> bool:
    """Erase what this room holds of a file whose time is over; for the retention job inside its transaction."""
    return bool(_call("SELECT wall.file_erase(%s)", [file]))


def _call(statement: str, values: list[Any]) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        row = cursor.fetchone()
    return row[0] if row else None
