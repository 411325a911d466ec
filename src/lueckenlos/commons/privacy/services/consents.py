"""Deeds on consents: recording, asking, answering, withdrawing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import connection

from lueckenlos.commons.privacy.errors import EmptyConsent, NotYours, judged, person_of
from lueckenlos.commons.privacy.models import (
    ConfidentialityRelease,
    Consent,
    ConsentDraft,
    Party,
    Scope,
)
from lueckenlos.commons.privacy.types import ConsentForm, DraftAnswer, ScopeValue
from lueckenlos.core import audit
from lueckenlos.core.actor import Actor, job
from lueckenlos.core.context import acting_as

EXPIRER = job("privacy-expire")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewConsent:
    """A consent as it was given to a professional: on paper, orally, or with a signature."""

    text: UUID
    given_by: UUID
    subject: UUID
    scopes: tuple[ScopeValue, ...]
    form: ConsentForm
    given_at: datetime
    valid_until: datetime
    oral_reason: str = ""
    evidence: UUID | None = None
    end_named: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDraft:
    """A consent that somebody shall be asked for; the labels are what the page says to them."""

    text: UUID
    asked: UUID
    asked_label: str
    subject: UUID
    subject_label: str
    scopes: tuple[ScopeValue, ...]
    valid_until: datetime
    expires_at: datetime
    end_named: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSecrecyRelease:
    """Who is released from secrecy (§ 203 StGB), by whom, towards whom, until when."""

    released: str
    towards: UUID
    given_by: UUID
    subject: UUID
    form: ConsentForm
    given_at: datetime
    valid_until: datetime
    oral_reason: str = ""


def record_consent(file: UUID, *, new: NewConsent, actor: Actor) -> UUID:
    """Store a consent with its scopes; the database derives what it releases, or refuses it as `Unfit`."""
    if not new.scopes:
        raise EmptyConsent
    with acting_as(actor), judged():
        party = Party.objects.filter(file_id=file, person=new.given_by).first()
        if party is None:
            raise NotYours
        consent = Consent.objects.create(
            file_id=file,
            text_id=new.text,
            given_by=new.given_by,
            given_role=party.role,
            subject=new.subject,
            form=new.form,
            oral_reason=new.oral_reason,
            evidence=new.evidence,
            given_at=new.given_at,
            valid_until=new.valid_until,
            end_named=new.end_named,
            recorded_by=actor.person_id,
            recorded_at=new.given_at,
        )
        Scope.objects.bulk_create([_scope(consent.id, value) for value in dict.fromkeys(new.scopes)])
        _supersede(consent.id)
        _note("privacy.consent.given", file=file, consent=consent.id, details={"form": new.form.value})
    return consent.id


def ask_for_consent(file: UUID, *, new: NewDraft, actor: Actor, now: datetime) -> UUID:
    """Prepare a consent that one person is asked for; the link that opens it is the caller's to send."""
    if not new.scopes:
        raise EmptyConsent
    with acting_as(actor), judged():
        draft = ConsentDraft.objects.create(
            file_id=file,
            text_id=new.text,
            asked=new.asked,
            asked_label=new.asked_label,
            subject=new.subject,
            subject_label=new.subject_label,
            scopes=[_as_json(value) for value in new.scopes],
            valid_until=new.valid_until,
            end_named=new.end_named,
            created_by=person_of(actor),
            created_at=now,
            expires_at=new.expires_at,
        )
        audit.record("privacy.consent.asked", subject=f"file/{file}", details={"draft": str(draft.id)})
    return draft.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """How somebody answers a draft: which of its scopes they allow (none: declined), and in which form."""

    chosen: frozenset[int]
    form: ConsentForm = ConsentForm.ELECTRONIC
    evidence: UUID | None = None
    oral_reason: str = ""
    given_at: datetime | None = None


def answer_draft(draft: UUID, *, answer: Answer, actor: Actor) -> tuple[DraftAnswer, UUID | None]:
    """Answer a draft once, by the one who was asked or on the office's tablet; NotYours where it is closed."""
    consent = uuid4()
    with acting_as(actor), judged():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT wall.draft_answer(%s, %s, %s, %s, %s, %s, %s)",
                [
                    draft,
                    sorted(answer.chosen),
                    consent,
                    answer.form.value,
                    answer.evidence,
                    answer.oral_reason,
                    answer.given_at,
                ],
            )
            row = cursor.fetchone()
        outcome = str(row[0]) if row else "closed"
        if outcome == "closed":
            raise NotYours("draft_closed")
        done = DraftAnswer(outcome)
        if done is DraftAnswer.AGREED:
            _supersede(consent)
        audit.record("privacy.consent.answered", subject=f"draft/{draft}", details={"answer": done.value})
    return done, consent if done is DraftAnswer.AGREED else None


def revoke_draft(draft: UUID, *, actor: Actor) -> None:
    """Take back a question that nobody has answered yet; its link opens nothing any more."""
    with acting_as(actor), judged(), connection.cursor() as cursor:
        cursor.execute("SELECT wall.draft_revoke(%s)", [draft])
        row = cursor.fetchone()
        if not row or not row[0]:
            raise NotYours("draft_closed")
        audit.record("privacy.consent.unasked", subject=f"draft/{draft}")


def replace_consent(old: UUID, *, new: UUID, actor: Actor) -> bool:
    """End a consent because the same person gave a newer one for the same data."""
    with acting_as(actor), judged(), connection.cursor() as cursor:
        cursor.execute("SELECT wall.consent_replace(%s, %s)", [old, new])
        row = cursor.fetchone()
        done = bool(row and row[0])
        if done:
            audit.record("privacy.consent.replaced", subject=f"consent/{old}", details={"new": str(new)})
    return done


def expire_consents() -> int:
    """Give consents whose time is over the word for it; what they released ended by itself, to the second."""
    with acting_as(EXPIRER), connection.cursor() as cursor:
        cursor.execute("SELECT wall.consent_expire()")
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def release_from_secrecy(file: UUID, *, new: NewSecrecyRelease, actor: Actor) -> UUID:
    """Store that a person bound to secrecy may speak; it opens no row, only somebody's mouth."""
    with acting_as(actor), judged():
        row = ConfidentialityRelease.objects.create(
            file_id=file,
            released=new.released,
            towards_id=new.towards,
            given_by=new.given_by,
            subject=new.subject,
            form=new.form,
            oral_reason=new.oral_reason,
            given_at=new.given_at,
            valid_until=new.valid_until,
            recorded_by=person_of(actor),
        )
        audit.record("privacy.secrecy.released", subject=f"file/{file}", details={"release": str(row.id)})
    return row.id


def _supersede(consent: UUID) -> None:
    """End what the same person gave before for the same data and a shorter time: the newest word counts."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT wall.consent_supersede(%s)", [consent])


def _scope(consent: UUID, value: ScopeValue) -> Scope:
    return Scope(
        consent_id=consent,
        purpose=value.purpose,
        category=value.category,
        organization_id=value.organization,
        mode=value.mode,
    )


def _as_json(value: ScopeValue) -> dict[str, str]:
    return {
        "purpose": value.purpose.value,
        "category": value.category.value,
        "organization": str(value.organization),
        "mode": value.mode.value,
    }


def _note(deed: str, *, file: UUID, consent: UUID, details: dict[str, str]) -> None:
    audit.record(deed, subject=f"file/{file}", details={"consent": str(consent), **details})
