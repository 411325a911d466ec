"""How a consent ends by the word of who gave it, and what those hear who saw something by it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import connection
from django.utils.formats import date_format
from django.utils.translation import override

from lueckenlos.commons.directory import selectors as directory
from lueckenlos.commons.privacy.errors import NotYours, judged
from lueckenlos.commons.privacy.models import Consent, Withdrawal
from lueckenlos.commons.privacy.types import Purpose, WithdrawalWay
from lueckenlos.commons.privacy.wording import PURPOSES
from lueckenlos.commons.tasks import services as tasks
from lueckenlos.commons.tasks.types import NewTask, Owner, TaskKind
from lueckenlos.core import audit
from lueckenlos.core.actor import Actor, job
from lueckenlos.core.context import acting_as

TELLER: Final = job("privacy-withdrawal")
TO_DELETE: Final = timedelta(days=14)
_THEMSELVES: Final = frozenset({WithdrawalWay.OWN_PAGE, WithdrawalWay.LINK})


def withdraw(
    consent: UUID, *, way: WithdrawalWay, actor: Actor, now: datetime, scopes: Iterable[UUID] = ()
) -> None:
    """End a consent, or some of its scopes, in this transaction: the next statement of everybody sees less.

    By the person who gave it, or by a professional who had their word; anybody else gets NotYours.
    """
    chosen: list[UUID | None] = [*scopes] or [None]
    with acting_as(actor), judged():
        row = Consent.objects.filter(id=consent).first()
        if row is None:
            raise NotYours
        Withdrawal.objects.bulk_create(
            [
                Withdrawal(
                    consent_id=consent,
                    scope_id=scope,
                    withdrawn_at=now,
                    by_person=row.given_by,
                    recorded_by=actor.person_id if way not in _THEMSELVES else None,
                    way=way,
                )
                for scope in chosen
            ]
        )
        _tell_recipients(consent, now=now)
        audit.record(
            "privacy.consent.withdrawn",
            subject=f"file/{row.file_id}",
            details={"consent": str(consent), "way": way.value},
        )


def withdraw_by_draft(draft: UUID, *, actor: Actor, now: datetime, scopes: Iterable[UUID] = ()) -> None:
    """End what was allowed by a link through the same link; NotYours where nothing of it holds any more."""
    with acting_as(actor), judged():
        with connection.cursor() as cursor:
            cursor.execute("SELECT wall.draft_withdraw(%s, %s::uuid[])", [draft, list(scopes)])
            row = cursor.fetchone()
        if not row or row[0] is None:
            raise NotYours("draft_closed")
        _tell_recipients(row[0], now=now)
        audit.record(
            "privacy.consent.withdrawn",
            subject=f"draft/{draft}",
            details={"consent": str(row[0]), "way": WithdrawalWay.LINK.value},
        )


def end_secrecy(release: UUID, *, actor: Actor) -> None:
    """Let somebody keep silent again; NotYours where it is not the actor's to say."""
    with acting_as(actor), judged():
        with connection.cursor() as cursor:
            cursor.execute("SELECT wall.secrecy_end(%s)", [release])
            row = cursor.fetchone()
        if not row or not row[0]:
            raise NotYours
        audit.record("privacy.secrecy.ended", subject=f"release/{release}")


def _tell_recipients(consent: UUID, *, now: datetime) -> None:
    """Whoever saw something by this consent gets the task to delete their copies; it names nobody of the family."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM wall.withdrawal_recipients(%s)", [consent])
        rows = cursor.fetchall()
    names = directory.organization_names({row[2] for row in rows})
    for organization, person, teller, purpose, seen_on in rows:
        with override("de"):
            what = (
                f"Kopien und Notizen löschen: Eine Einwilligung wurde widerrufen. Gesehen am "
                f"{date_format(seen_on, 'j. F Y')} von {names.get(teller, '')} ({PURPOSES[Purpose(purpose)]})."
            )
        tasks.create(
            NewTask(
                organization=organization,
                owner=Owner.of_person(person),
                what=what[:300],
                kind=TaskKind.DELETE_COPY,
                due_at=now + TO_DELETE,
            ),
            by=TELLER,
            now=now,
        )
