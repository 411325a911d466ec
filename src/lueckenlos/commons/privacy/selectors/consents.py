"""Consents with their scopes, drafts, and the texts they rest on."""

from __future__ import annotations

from uuid import UUID

from django.db import connection
from django.db.models import Prefetch, Q, QuerySet

from lueckenlos.commons.privacy.models import (
    ConfidentialityRelease,
    Consent,
    ConsentDraft,
    ConsentText,
    Scope,
)
from lueckenlos.commons.privacy.rights import GivenView, SecrecyView
from lueckenlos.commons.privacy.types import (
    Category,
    ConsentForm,
    ConsentState,
    ConsentView,
    DraftAnswer,
    DraftView,
    Mode,
    PartyRole,
    Purpose,
    ScopeValue,
    ScopeView,
    TextView,
)
from lueckenlos.core.actor import Actor
from lueckenlos.core.context import acting_as

PLAIN = "de-x-plain"


def consents_of(actor: Actor, file: UUID) -> list[ConsentView]:
    """Every consent in a file, newest first."""
    with acting_as(actor):
        return [_consent(row) for row in _consents().filter(file_id=file)]


def consents_by(actor: Actor, person: UUID) -> list[ConsentView]:
    """Every consent that a person gave, or that is about them, newest first; for their own page."""
    with acting_as(actor):
        return [_consent(row) for row in _consents().filter(Q(given_by=person) | Q(subject=person))]


def draft(actor: Actor, key: UUID) -> DraftView | None:
    """One question for consent, for the one who was asked or the one who asks."""
    with acting_as(actor):
        row = ConsentDraft.objects.select_related("text").filter(id=key).first()
    return None if row is None else _draft(row)


def drafts_of(actor: Actor, file: UUID) -> list[DraftView]:
    """The questions for consent in a file, newest first."""
    with acting_as(actor):
        rows = ConsentDraft.objects.select_related("text").filter(file_id=file).order_by("-created_at")
        return [_draft(row) for row in rows]


def draft_keys(file: UUID) -> list[UUID]:
    """The questions of a file; for the retention job inside its transaction."""
    return list(ConsentDraft.objects.filter(file_id=file).values_list("id", flat=True))


def texts(*, language: str) -> list[TextView]:
    """The newest version of each consent text, in this language or else in German."""
    found: dict[str, ConsentText] = {}
    rows = ConsentText.objects.filter(language__in={language, "de"}).order_by("code", "version")
    for row in sorted(rows, key=lambda each: (each.code, each.version, each.language == language)):
        found[row.code] = row
    return [_text(row) for row in found.values()]


def text(key: UUID, *, language: str) -> TextView | None:
    """A consent text, in another language where that exists: the same code and version."""
    row = ConsentText.objects.filter(id=key).first()
    if row is None:
        return None
    other = ConsentText.objects.filter(code=row.code, version=row.version, language=language).first()
    return _text(other or row)


def _consents() -> QuerySet[Consent]:
    scopes = Prefetch("scopes", Scope.objects.order_by("organization_id", "purpose", "category"))
    return Consent.objects.prefetch_related(scopes).order_by("-given_at", "id")


def _consent(row: Consent) -> ConsentView:
    return ConsentView(
        id=row.id,
        file=row.file_id,
        given_by=row.given_by,
        given_role=PartyRole(row.given_role),
        subject=row.subject,
        text=row.text_id,
        form=ConsentForm(row.form),
        given_at=row.given_at,
        valid_until=row.valid_until,
        state=ConsentState(row.state),
        ended_at=row.ended_at,
        scopes=tuple(ScopeView(each.id, _value(each), each.ended_at) for each in row.scopes.all()),
    )


def _value(row: Scope) -> ScopeValue:
    return ScopeValue(Purpose(row.purpose), Category(row.category), row.organization_id, Mode(row.mode))


def _draft(row: ConsentDraft) -> DraftView:
    return DraftView(
        id=row.id,
        file=row.file_id,
        asked=row.asked,
        asked_label=row.asked_label,
        subject=row.subject,
        subject_label=row.subject_label,
        text=_text(row.text),
        scopes=tuple(
            ScopeValue(
                Purpose(each["purpose"]),
                Category(each["category"]),
                UUID(each["organization"]),
                Mode(each["mode"]),
            )
            for each in row.scopes
        ),
        valid_until=row.valid_until,
        end_named=row.end_named,
        answer=DraftAnswer(row.answer),
        expires_at=row.expires_at,
        created_at=row.created_at,
        consent=row.consent_id,
        created_by=row.created_by,
    )


def _text(row: ConsentText) -> TextView:
    return TextView(
        id=row.id,
        code=row.code,
        version=row.version,
        language=row.language,
        title=row.title,
        text=row.text,
        sha256=row.sha256,
        purposes=frozenset(Purpose(each) for each in row.purposes),
        categories=frozenset(Category(each) for each in row.categories),
        recipient_kinds=frozenset(row.recipient_kinds),
    )


def drafts_asked(actor: Actor, person: UUID) -> list[DraftView]:
    """The questions for consent that wait for a person's answer; for their own page."""
    with acting_as(actor):
        rows = ConsentDraft.objects.select_related("text").filter(asked=person, answer=DraftAnswer.OPEN.value)
        return [_draft(row) for row in rows.order_by("created_at")]


def draft_asker(actor: Actor, key: UUID) -> UUID | None:
    """The office that asks, for whoever is asked; of the file they see nothing else."""
    with acting_as(actor), connection.cursor() as cursor:
        cursor.execute("SELECT wall.draft_asker(%s)", [key])
        row = cursor.fetchone()
    return row[0] if row else None


def draft_given(actor: Actor, key: UUID) -> list[GivenView]:
    """What an answered question allowed, line by line, and whether it still holds."""
    with acting_as(actor), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM wall.draft_given(%s)", [key])
        rows = cursor.fetchall()
    return [
        GivenView(
            scope,
            ScopeValue(Purpose(purpose), Category(category), organization, Mode(mode)),
            until=until,
            is_open=is_open,
            is_released=is_released,
        )
        for scope, purpose, category, organization, mode, until, is_open, is_released in rows
    ]


def own_released(actor: Actor) -> frozenset[UUID]:
    """Which scopes of the own person's consents are open by now, since everybody agreed whose word is needed."""
    with acting_as(actor), connection.cursor() as cursor:
        cursor.execute("SELECT wall.own_released()")
        row = cursor.fetchone()
    return frozenset(row[0]) if row else frozenset()


def secrecy_of(actor: Actor, file: UUID) -> list[SecrecyView]:
    """Who may speak although bound to secrecy, in a file, newest first."""
    with acting_as(actor):
        return [
            _secrecy(row) for row in ConfidentialityRelease.objects.filter(file_id=file).order_by("-given_at")
        ]


def secrecy_by(actor: Actor, person: UUID) -> list[SecrecyView]:
    """Whom a person released from secrecy, newest first; for their own page."""
    with acting_as(actor):
        rows = ConfidentialityRelease.objects.filter(given_by=person).order_by("-given_at")
        return [_secrecy(row) for row in rows]


def _secrecy(row: ConfidentialityRelease) -> SecrecyView:
    return SecrecyView(
        id=row.id,
        released=row.released,
        towards=row.towards_id,
        given_by=row.given_by,
        subject=row.subject,
        form=ConsentForm(row.form),
        given_at=row.given_at,
        valid_until=row.valid_until,
        ended_at=row.ended_at,
    )


def labels_given(actor: Actor, person: UUID) -> dict[UUID, str]:
    """How the questions called those whose data a person agreed about, by consent; for their own page."""
    with acting_as(actor):
        rows = ConsentDraft.objects.filter(asked=person, consent__isnull=False)
        return dict(rows.values_list("consent_id", "subject_label"))
