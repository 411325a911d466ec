"""The answer as a letter, for whoever wished for one and nobody else."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lueckenlos.care.cases import selectors as cases
from lueckenlos.care.frontdoor.selectors.conversation import dialogue
from lueckenlos.care.frontdoor.selectors.proposals import cards_of
from lueckenlos.care.frontdoor.services.incoming import issue_code
from lueckenlos.care.frontdoor.services.telling import language_of
from lueckenlos.care.frontdoor.types import Kind, Message
from lueckenlos.commons.families import selectors as families
from lueckenlos.commons.families.types import ContactWish, PersonView
from lueckenlos.commons.places import selectors as places
from lueckenlos.commons.privacy.errors import NotYours
from lueckenlos.core import audit, clock, letters
from lueckenlos.core.actor import Actor
from lueckenlos.core.context import acting_as


def answer_letter(file: UUID, *, actor: Actor, now: datetime) -> bytes:
    """Set the newest answer as a letter with a code; NotYours where the family did not wish for letters."""
    with acting_as(actor):
        case = cases.case(actor, file)
        answers = cases.records_in(actor, [file], kind=Kind.ANSWER)
        if case is None or not answers:
            raise NotYours
        person = families.person(actor, answers[-1].about)
        if person is None or not may_be_written_to(person):
            raise NotYours
        language = language_of(case)
        code = issue_code(person.id, language=language, now=now)
        audit.record("frontdoor.answer.printed", subject=f"file/{file}")
    message = dialogue([answers[-1]])[0]
    with translation.override(language):
        letter = letters.Letter(
            recipient_lines=_recipient(person),
            subject=_("Ihre Frage an uns"),
            paragraphs=_paragraphs(message, language=language),
            language=language,
            code=letters.Code(
                code.text,
                reverse("frontdoor:open", args=[code.text]),
                clock.day_of(code.expires_at),
                reverse("frontdoor:own"),
            ),
            sender=_sender(),
            date=clock.day_of(now),
        )
    return letters.pdf(letter, now=now)


def may_be_written_to(person: PersonView) -> bool:
    """Whether a letter is among a person's wishes, and there is somewhere to send it."""
    return person.wants(ContactWish.LETTER) and person.address is not None and bool(person.address.street)


def _recipient(person: PersonView) -> tuple[str, ...]:
    where = person.address
    if where is None:
        raise NotYours
    lines = (person.name or _("An die Familie"), where.street, f"{where.postcode} {where.city}".strip())
    return tuple(line[: letters.LONGEST_LINE] for line in lines if line)


def _paragraphs(message: Message, *, language: str) -> tuple[str, ...]:
    written = [part.strip() for part in message.words.split("\n\n")]
    shown = cards_of(message.service_keys, language=language, now=clock.now())
    found = [f"{card.name.text} ({card.organization}) {card.phone}".strip() for card in shown]
    if message.day is not None:
        day = date_format(message.day, pgettext("Datumsformat", "D, j. F Y"))
        written.append(
            _("Ihr Termin: %(day)s, %(hour)s Uhr. %(place)s")
            % {"day": day, "hour": message.hour, "place": message.place}
        )
    return tuple(part for part in (*written, *found) if part)


def _sender() -> letters.Sender:
    county = places.county()
    return letters.Sender(
        name=county.office("name") or county.name,
        street=county.office("street"),
        place=f"{county.office('postcode')} {county.office('city')}".strip(),
        phone=county.office("phone"),
        email=county.office("email"),
    )
