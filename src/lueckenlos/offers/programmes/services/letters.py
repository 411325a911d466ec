"""Mails to those who take part. One that carries a link is sent when the deed is done, and stored nowhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lueckenlos.core import audit, clock, codes, letters, mail
from lueckenlos.core.actor import job
from lueckenlos.core.context import acting_as
from lueckenlos.core.times import moment_words
from lueckenlos.offers.programmes.models import Programme, Registration, Session
from lueckenlos.offers.programmes.types import Format, NewRegistration, ProgrammeState, RegistrationState
from lueckenlos.offers.programmes.wording import money, session_words, subject

CODE: Final = "registration"
PLACES: Final = job("programmes-places")
# What a letter on paper begins with; a way in online comes by mail alone.
OPENINGS: Final[dict[str, Promise]] = {
    "registered": gettext_lazy("Sie haben einen Platz: %(title)s."),
    "offered": gettext_lazy("ein Platz ist frei geworden: %(title)s."),
    "taken_out": gettext_lazy("wir haben Ihre Anmeldung gelöscht: %(title)s."),
    "cancelled": gettext_lazy("ein Termin fällt aus: %(title)s."),
    "moved": gettext_lazy("ein Termin hat sich geändert: %(title)s."),
}
# After these the dates are told anew.
CHANGED: Final = frozenset({"cancelled", "moved"})
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
    if new.street:
        _to_paper("registered", key)
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


def tell_offered(programme: Programme, row: Registration, *, until: datetime, now: datetime) -> None:
    """A place is free for somebody who waited; it is theirs until a moment."""
    code = code_for(programme, row.id, language=row.language, now=now)
    _to_paper("offered", row.id)
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


def way_back(row: Registration, *, now: datetime) -> letters.Code:
    """A fresh code as it stands in a letter, and where it may be typed."""
    code = _issued(row.programme, row.id, language=row.language, now=now)
    path = reverse("programmes:own", args=[code.text])
    return letters.Code(
        code.text, path, clock.day_of(code.expires_at), typed_at=reverse("programmes:by_code")
    )


def paper_words(row: Registration, *, rank: int | None) -> tuple[str, tuple[str, ...]]:
    """Subject and paragraphs of the letter that waits for the printer, in the language of this moment."""
    programme = row.programme
    dates = _facts(programme)["dates"]
    if dates and row.letter in CHANGED:
        dates = [_("Diese Termine gelten jetzt:"), *dates]
    parts = (
        _("Guten Tag %(name)s,") % {"name": row.name},
        _opening(row, rank=rank),
        "\n".join((*dates, programme.place)).strip() if row.letter != "taken_out" else "",
        _("Er gehört Ihnen bis %(until)s Uhr. Rufen Sie uns an, oder antworten Sie mit dem Code.")
        % {"until": moment_words(row.offered_until)}
        if row.letter == "offered" and row.offered_until
        else "",
        _("Der Zugang fürs Internet steht kurz vorher auf der Seite, die der Code öffnet.")
        if row.letter != "taken_out" and programme.format != Format.IN_PERSON.value
        else "",
        _("Mit dem Code können Sie die Anmeldung ansehen oder absagen. Wer ihn hat, sieht Ihre Anmeldung.")
        if row.letter != "taken_out"
        else "",
    )
    return subject(row.letter, programme.title), tuple(filter(None, parts))


def _opening(row: Registration, *, rank: int | None) -> str:
    told = {"title": row.programme.title, "rank": rank}
    if row.programme.state == ProgrammeState.CANCELLED.value:
        return _("das findet nicht statt: %(title)s.") % told
    if rank is not None:
        return (
            _(
                "im Moment sind alle Plätze vergeben: %(title)s. Sie stehen auf der Warteliste, auf Platz %(rank)s. Wird ein Platz frei, schreiben wir Ihnen."
            )
            % told
        )
    return str(OPENINGS[row.letter]) % told


def code_for(programme: Programme, key: UUID, *, language: str, now: datetime) -> str:
    """A fresh code that leads back to a registration."""
    return _issued(programme, key, language=language, now=now).text


def _issued(programme: Programme, key: UUID, *, language: str, now: datetime) -> codes.IssuedCode:
    last = max((session.ends_at for session in programme.sessions.all()), default=now)
    until = max(last, now) + LINK_LIVES
    chain = audit.chain_of(programme.organization_id)
    return codes.issue(key, purpose=CODE, language=language, now=now, until=until, uses=None, chain=chain)


def _to_paper(template: str, key: UUID) -> None:
    """Whoever is written to on paper gets it as a letter too: the newest one waits for the desk's printer."""
    with acting_as(PLACES):
        Registration.objects.filter(id=key).exclude(street="").update(letter=template)


def _send(template: str, *, to: str, language: str, context: Words) -> None:
    if to:
        mail.send_when_done(lambda: _written(template, to=to, language=language, context=context))


def _post(template: str, row: Registration, *, context: Words) -> None:
    _to_paper(template, row.id)
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
