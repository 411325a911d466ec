"""Who may know what, and who has seen it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from lueckenlos.commons.privacy.models import Access, Disclosure, ProtectionNotice, Release
from lueckenlos.commons.privacy.types import (
    Category,
    DisclosureView,
    Ground,
    LegalBasis,
    Mode,
    NoticeView,
    Purpose,
    ReleaseView,
)
from lueckenlos.core.actor import Actor
from lueckenlos.core.context import acting_as


def releases(actor: Actor, file: UUID, *, now: datetime) -> list[ReleaseView]:
    """Who else may know what of a file at this moment, by consent."""
    with acting_as(actor):
        rows = Release.objects.filter(file_id=file, since__lte=now, until__gt=now)
        return [_release(row) for row in rows.order_by("organization_id", "purpose", "subject", "category")]


def releases_to_me(actor: Actor, file: UUID, *, now: datetime) -> list[ReleaseView]:
    """What of a file is open to the actor's organization for the purpose they act for."""
    if actor.organization is None or actor.purpose is None:
        return []
    with acting_as(actor):
        rows = Release.objects.filter(
            file_id=file,
            organization_id=actor.organization,
            purpose=actor.purpose,
            since__lte=now,
            until__gt=now,
        )
        return [_release(row) for row in rows.order_by("subject", "category")]


def files_released_to(actor: Actor, *, now: datetime) -> list[UUID]:
    """Files of others of which something is open to the actor's organization, for the purpose they act for."""
    if actor.organization is None or actor.purpose is None:
        return []
    with acting_as(actor):
        rows = Release.objects.filter(
            organization_id=actor.organization, purpose=actor.purpose, since__lte=now, until__gt=now
        )
        return sorted(set(rows.values_list("file_id", flat=True)))


def grounds(actor: Actor, file: UUID, *, now: datetime) -> frozenset[Ground]:
    """On which grounds the actor gets into a file; empty where they do not."""
    with acting_as(actor):
        rows = Access.objects.filter(file_id=file, since__lte=now, until__gt=now)
        return frozenset(Ground(each) for each in rows.values_list("ground", flat=True))


def disclosures_of(actor: Actor, file: UUID) -> list[DisclosureView]:
    """Who saw what of a file, newest first."""
    with acting_as(actor):
        return as_disclosures(Disclosure.objects.filter(file_id=file).order_by("-seen_at", "id"))


def disclosures_about(actor: Actor, person: UUID, *, most: int | None = None) -> list[DisclosureView]:
    """Who saw what about a person, newest first, `most` at most; for their own page and for data protection."""
    with acting_as(actor):
        return as_disclosures(Disclosure.objects.filter(subject=person).order_by("-seen_at", "id")[:most])


def releases_about(actor: Actor, person: UUID, *, now: datetime) -> list[ReleaseView]:
    """Who may know what about a person at this moment, by consent; for their own page."""
    with acting_as(actor):
        rows = Release.objects.filter(subject=person, since__lte=now, until__gt=now)
        return [_release(row) for row in rows.order_by("organization_id", "purpose", "category")]


def notices(actor: Actor) -> list[NoticeView]:
    """That steps of protection happened: when and towards whom, for data protection."""
    with acting_as(actor):
        return [
            NoticeView(row.organization_id, row.recipient_id, LegalBasis(row.legal_basis), row.happened_at)
            for row in ProtectionNotice.objects.order_by("-happened_at")
        ]


def as_disclosures(rows: QuerySet[Disclosure]) -> list[DisclosureView]:
    """Rows as they are shown, in their order."""
    return [
        DisclosureView(
            file=row.file_id,
            subject=row.subject,
            category=Category(row.category),
            person=row.person,
            organization=row.organization_id,
            purpose=row.purpose,
            ground=Ground(row.ground),
            seen_at=row.seen_at,
        )
        for row in rows
    ]


def _release(row: Release) -> ReleaseView:
    return ReleaseView(
        file=row.file_id,
        subject=row.subject,
        category=Category(row.category),
        organization=row.organization_id,
        purpose=Purpose(row.purpose),
        mode=Mode(row.mode),
        since=row.since,
        until=row.until,
    )


def recipients(rows: Iterable[ReleaseView]) -> frozenset[UUID]:
    """The organizations among these releases."""
    return frozenset(row.organization for row in rows)
