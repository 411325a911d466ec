"""The letter that asks a parent: in their language, to them alone, with the code that opens the question."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext

from lueckenlos.care.cases.correspondence import language_of
from lueckenlos.care.talks.types import TalkView
from lueckenlos.commons.directory import selectors as directory
from lueckenlos.commons.directory.correspondence import sender_of
from lueckenlos.commons.families import selectors as families
from lueckenlos.commons.families.types import ContactWish, PersonView
from lueckenlos.commons.privacy import asking
from lueckenlos.commons.privacy.types import DraftView
from lueckenlos.core import clock, letters
from lueckenlos.core.actor import Actor


@dataclass(frozen=True, slots=True)
class Unsendable:
    """A letter that cannot go, and why: no address, or no letter wished."""

    draft: UUID
    name: str
    why: str


def unsendable(draft: DraftView, person: PersonView | None) -> Unsendable | None:
    """Why no letter can go to this person; wishes for contact are a hard rule."""
    if person is None or person.address is None:
        return Unsendable(draft.id, draft.asked_label, gettext("Es fehlt die Adresse."))
    if not person.wants(ContactWish.LETTER):
        return Unsendable(draft.id, draft.asked_label, gettext("Möchte keine Briefe bekommen."))
    return None


def consent_letter(draft: DraftView, *, talk: TalkView, actor: Actor, now: datetime) -> letters.Letter:
    """The letter to the one who is asked, with a fresh code; raises UnfitLetter where there is no address."""
    person = families.person(actor, draft.asked)
    if person is None or person.address is None:
        raise letters.UnfitLetter("recipient_lines", "there is no address")
    language = language_of(person)
    # A new print makes a new code; the one before opens nothing any more.
    link = asking.link_for(draft, language=language, actor=actor, now=now)
    with translation.override(language):
        subject, paragraphs = _words(draft, talk=talk)
    lines = (
        person.name or draft.asked_label,
        person.address.street,
        f"{person.address.postcode} {person.address.city}",
    )
    return letters.Letter(
        recipient_lines=tuple(line[: letters.LONGEST_LINE] for line in lines if line.strip()),
        subject=subject,
        paragraphs=paragraphs,
        language=language,
        code=letters.Code(
            link.code.text, link.path, clock.day_of(link.code.expires_at), typed_at=link.typed_at
        ),
        sender=sender_of(actor.organization),
        date=clock.day_of(now),
    )


def _words(draft: DraftView, *, talk: TalkView) -> tuple[str, tuple[str, ...]]:
    """What the letter says, in the language that is active; the offices stand on the page, each on its own line."""
    names = directory.organization_names({scope.organization for scope in draft.scopes})
    day = date_format(talk.starts_at, pgettext("Datumsformat", "j. F Y"))
    offices = ", ".join(sorted(names.values()))
    own = draft.asked == draft.subject
    subject = gettext("Dürfen mehrere Ämter gemeinsam überlegen, was Ihnen hilft?")
    about = (
        gettext(
            "Am %(day)s sprechen mehrere Ämter miteinander. Wir möchten dort auch über Ihre Fragen sprechen."
        )
        if own
        else gettext(
            "Am %(day)s sprechen mehrere Ämter miteinander. Wir möchten dort auch über %(child)s sprechen."
        )
    ) % {"day": day, "child": draft.subject_label}
    return subject, (
        gettext("Guten Tag %(name)s,") % {"name": draft.asked_label},
        about,
        gettext(
            "Das geht nur, wenn Sie es erlauben. Ohne Ihr Ja erfährt dort niemand, dass es um Ihre Familie geht."
        ),
        gettext("Gefragt sind: %(offices)s.") % {"offices": offices},
        gettext(
            "Sie entscheiden für jedes Amt einzeln: alle, einige oder keines. Alles ist gleich leicht. Wenn Sie "
            "Nein sagen, hat das keine Nachteile."
        ),
        gettext(
            "Sagen Sie uns vorher, worüber gesprochen werden soll. Was dabei herauskommt, hören Sie von uns: "
            "spätestens fünf Arbeitstage nach dem Gespräch."
        ),
        gettext("Sie können Ihre Erlaubnis jederzeit zurücknehmen."),
    )
