"""Tells a family that there is an answer, along its own wishes alone: what was not wished for is not done."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from lueckenlos.care.cases import calendar
from lueckenlos.care.cases.types import CaseView
from lueckenlos.care.frontdoor.services.incoming import issue_code
from lueckenlos.care.frontdoor.types import Telling
from lueckenlos.commons.families import selectors as families
from lueckenlos.commons.families.types import ContactKind, ContactValue, ContactWish, PersonView
from lueckenlos.commons.places import selectors as places
from lueckenlos.commons.privacy.errors import person_of
from lueckenlos.commons.tasks import services as tasks
from lueckenlos.commons.tasks.types import NewTask, Owner, TaskKind
from lueckenlos.core import mail, sms
from lueckenlos.core.actor import Actor

LOG: Final = logging.getLogger(__name__)
SOON: Final = "1 working_day"
NUMBERS: Final = (ContactKind.MOBILE, ContactKind.PHONE)
# What no machine does: the task of whoever answered.
BY_HAND: Final = {
    Telling.CALL: ("Anrufen: Antwort auf %s", TaskKind.CALL_BACK),
    Telling.LETTER: ("Brief schicken: Antwort auf %s", TaskKind.TELL_FAMILY),
}


def tell(case: CaseView, *, person: UUID, record: UUID, actor: Actor, now: datetime) -> Telling:
    """Write or call along the person's wishes; what no machine can do becomes the actor's task (of that record)."""
    known = families.person(actor, person)
    way = way_to(known)
    if known is None or way is Telling.THEMSELVES:
        return Telling.THEMSELVES
    if way is Telling.MAIL and (address := contact_of(known, ContactKind.EMAIL)):
        _mail(known, address, language=language_of(case), now=now)
    elif way is Telling.SMS and (number := contact_of(known, *NUMBERS)):
        _message(known, number, language=language_of(case), now=now)
    elif way in BY_HAND:
        what, kind = BY_HAND[way]
        _remember(case, what % case.pseudonym, kind, record, by=actor, now=now)
    return way


def way_to(known: PersonView | None) -> Telling:
    """The way that a person wished for and can be reached by; the quickest of several."""
    if known is None:
        return Telling.THEMSELVES
    if known.wants(ContactWish.EMAIL) and contact_of(known, ContactKind.EMAIL):
        return Telling.MAIL
    number = contact_of(known, *NUMBERS)
    if known.wants(ContactWish.SMS) and number is not None and sms.is_configured():
        return Telling.SMS
    if (known.wants(ContactWish.CALL) or known.wants(ContactWish.SMS)) and number is not None:
        return Telling.CALL
    if known.wants(ContactWish.LETTER) and known.address is not None and known.address.street:
        return Telling.LETTER
    return Telling.THEMSELVES


def contact_of(known: PersonView, *kinds: ContactKind) -> ContactValue | None:
    """The first way to reach a person of these kinds, in their order."""
    found = {contact.kind: contact for contact in reversed(known.contacts)}
    return next((found[kind] for kind in kinds if kind in found), None)


def language_of(case: CaseView) -> str:
    """The family's language where the house speaks it, else German."""
    return case.language if case.language in dict(settings.LANGUAGES) else "de"


def _mail(known: PersonView, address: ContactValue, *, language: str, now: datetime) -> None:
    """A mail says that there is an answer and never which; on a mailbox that others read, not even from whom."""
    code = issue_code(known.id, language=language, now=now) if address.is_safe else None
    with translation.override(language):
        office = places.county().office("name", language=language) or places.county().name
        subject = _("Es gibt eine Antwort für Sie") if address.is_safe else _("Eine Nachricht für Sie")
        path = reverse("frontdoor:open", args=[code.text]) if code else reverse("frontdoor:own")
        letter = mail.letter(
            "frontdoor/mail/answer.txt",
            to=address.value,
            subject=subject,
            language=language,
            context={"link": settings.BASE_URL + path, "office": office, "is_safe": address.is_safe},
        )
    mail.send_when_done(lambda: letter)


def _message(known: PersonView, number: ContactValue, *, language: str, now: datetime) -> None:
    code = issue_code(known.id, language=language, now=now) if number.is_safe else None
    with translation.override(language):
        path = reverse("frontdoor:open", args=[code.text]) if code else reverse("frontdoor:own")
        text = _("Es gibt eine Nachricht für Sie: %(link)s") % {"link": settings.BASE_URL + path}
    transaction.on_commit(lambda: _text(sms.ShortMessage(number.value, text)))


def _text(message: sms.ShortMessage) -> None:
    try:
        sms.send(message)
    except (sms.NoGateway, sms.NoNumber, sms.NotSent):
        LOG.exception("A short message to a family was not sent.")


def _remember(case: CaseView, what: str, kind: TaskKind, record: UUID, *, by: Actor, now: datetime) -> None:
    tasks.create(
        NewTask(
            organization=case.organization,
            owner=Owner.of_person(person_of(by)),
            what=what,
            kind=kind,
            due_at=calendar.calendar().due(SOON, now),
            file=case.file,
            record=record,
            record_kind="told",
        ),
        by=by,
        now=now,
    )
