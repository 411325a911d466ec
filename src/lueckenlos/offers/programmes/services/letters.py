"""Mails to those who take part. One that carries a link is sent when the deed is done, and stored nowhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.urls import reverse
from django.utils import translation

from lueckenlos.core import audit, codes, mail
from lueckenlos.core.times import moment_words
from lueckenlos.offers.programmes.models import Programme, Registration, Session
from lueckenlos.offers.programmes.types import NewRegistration, RegistrationState
from lueckenlos.offers.programmes.wording import money, session_words, subject

CODE: Final = "registration"
# Made in the language of whoever gets the letter.
Words = Callable[[], Mapping[str, Any]]
LINK_LIVES: Final = timedelta(days=60)


def tell_registered(
    programme: Programme,
    key: UUID,
    *,
    new: NewRegistration,
    state: RegistrationState,
    rank: int | None,
    now: datetime,
) -> str:
    """Confirm a registration; gives the code that leads back to it."""
    code = code_for(programme, key, language=new.language, now=now)
    cents = sum(seat.fare.cents for seat in new.seats if seat.fare)
    _send(
        "registered",
        to=new.email,
        language=new.language,
        context=lambda: {
            **_facts(programme, code=code),
            "state": state.value,
            "rank": rank,
            "cost": money(cents) if cents else "",
            "name": new.name,
        },
    )
    return code


def tell_offered(programme: Programme, key: UUID, *, until: datetime, now: datetime) -> None:
    """A place is free for somebody who waited; it is theirs until a moment."""
    row = Registration.objects.get(id=key)
    code = code_for(programme, key, language=row.language, now=now)
    _send(
        "offered",
        to=row.email,
        language=row.language,
        context=lambda: {**_facts(programme, code=code), "until": moment_words(until), "name": row.name},
    )


def tell_asked(programme: Programme, row: Registration, *, now: datetime) -> None:
    """Something is still to be said about a place that was given."""
    code = code_for(programme, row.id, language=row.language, now=now)
    until = row.asked_until or now
    _send(
        "asked",
        to=row.email,
        language=row.language,
        context=lambda: {**_facts(programme, code=code), "until": moment_words(until), "name": row.name},
    )


def tell_taken_out(programme: Programme, row: Registration) -> None:
    """The organization took a registration out."""
    _post("taken_out", row, context=lambda: _facts(programme, row=row))


def tell_cancelled(programme: Programme, row: Registration, *, session: Session | None) -> None:
    """A date, or the whole programme, does not take place."""
    _post(
        "cancelled",
        row,
        context=lambda: {**_facts(programme, row=row), "session": session and session_words(session)},
    )


def tell_moved(programme: Programme, row: Registration, *, session: Session, before: str) -> None:
    """A date has moved."""
    _post(
        "moved",
        row,
        context=lambda: {**_facts(programme, row=row), "session": session_words(session), "before": before},
    )


def tell_access(
    programme: Programme, row: Registration, *, session: Session, address: str, note: str
) -> None:
    """How to get in online, shortly before."""
    _send(
        "access",
        to=row.email,
        language=row.language,
        context=lambda: {
            **_facts(programme),
            "session": session_words(session),
            "access": address,
            "note": note,
            "name": row.name,
        },
    )


def _facts(programme: Programme, *, code: str = "", row: Registration | None = None) -> dict[str, Any]:
    return {
        "programme": programme,
        "name": row.name if row else "",
        "code": code,
        "link": reverse("programmes:own", args=[code]) if code else "",
        "page": reverse("programmes:programme", args=[programme.key]),
        "dates": [session_words(session) for session in programme.dates[:12]],
    }


def code_for(programme: Programme, key: UUID, *, language: str, now: datetime) -> str:
    """A fresh code that leads back to a registration."""
    last = max((session.ends_at for session in programme.sessions.all()), default=now)
    until = max(last, now) + LINK_LIVES
    chain = audit.chain_of(programme.organization_id)
    return codes.issue(
        key, purpose=CODE, language=language, now=now, until=until, uses=None, chain=chain
    ).text


def _send(template: str, *, to: str, language: str, context: Words) -> None:
    if to:
        mail.send_when_done(lambda: _written(template, to=to, language=language, context=context))


def _post(template: str, row: Registration, *, context: Words) -> None:
    if row.email:
        mail.post(_written(template, to=row.email, language=row.language, context=context))


def _written(template: str, *, to: str, language: str, context: Words) -> mail.Letter:
    """The letter, its dates too in the language of whoever gets it."""
    with translation.override(language):
        told = context()
        return mail.letter(
            f"programmes/mail/{template}.txt",
            to=to,
            subject=subject(template, told["programme"].title),
            context=told,
            language=language,
        )
