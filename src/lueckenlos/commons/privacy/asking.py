"""How somebody is asked: a letter with code, a mail, a short message; and how the one who asked hears of the answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from lueckenlos.commons.privacy import selectors
from lueckenlos.commons.privacy.asked import GERMAN
from lueckenlos.commons.privacy.types import DraftView
from lueckenlos.commons.tasks import services as tasks
from lueckenlos.commons.tasks.types import NewTask, Owner, TaskKind
from lueckenlos.core import clock, codes, letters, mail, sms
from lueckenlos.core.actor import Actor, job
from lueckenlos.core.context import acting_as

PURPOSE: Final = "consent"
OWN_DATA: Final = "own-data"
TELLER: Final = job("privacy-consents")
TO_LOOK: Final = timedelta(days=3)
RECORD_KIND: Final = "consent_draft"


@dataclass(frozen=True, slots=True)
class Link:
    """A fresh link: its code, the address that opens it, and until when."""

    code: codes.IssuedCode
    path: str
    typed_at: str
    language: str

    @property
    def address(self) -> str:
        """As it stands in a mail or message."""
        return settings.BASE_URL + self.path


def link_for(
    draft: DraftView, *, language: str, actor: Actor, now: datetime, until: datetime | None = None
) -> Link:
    """Make a new link for a question; the one before opens nothing any more."""
    ends = min(until or draft.expires_at, draft.expires_at)
    with acting_as(actor):
        codes.revoke(draft.id, purpose=PURPOSE)
        code = codes.issue(draft.id, purpose=PURPOSE, language=language, now=now, until=ends)
    with override(language):
        return Link(
            code, reverse("privacy:by_code", args=[_plain(code.text)]), reverse("privacy:enter"), language
        )


def own_data_link(person: UUID, *, language: str, actor: Actor, now: datetime, until: datetime) -> Link:
    """Make a code that opens somebody's own page again and again until a day."""
    with acting_as(actor):
        codes.revoke(person, purpose=OWN_DATA)
        code = codes.issue(person, purpose=OWN_DATA, language=language, now=now, until=until, uses=None)
    with override(language):
        return Link(code, reverse("own:by_code", args=[_plain(code.text)]), reverse("own:enter"), language)


def letter(
    draft: DraftView,
    link: Link,
    *,
    recipient: tuple[str, ...],
    sender: letters.Sender,
    now: datetime,
) -> bytes:
    """The letter to the one who is asked, in their language and in German beside it."""
    return _letter(
        [_asking(draft, language, office=sender.name) for language in _languages(link.language)],
        link,
        recipient=recipient,
        sender=sender,
        now=now,
    )


def own_data_letter(
    name: str, link: Link, *, recipient: tuple[str, ...], sender: letters.Sender, now: datetime
) -> bytes:
    """The letter with the code for somebody's own page."""
    return _letter(
        [_own_data(name, language) for language in _languages(link.language)],
        link,
        recipient=recipient,
        sender=sender,
        now=now,
    )


def by_mail(draft: DraftView, link: Link, *, to: str, office: str, phone: str) -> None:
    """Send the link by mail, at once: it opens something, so it is stored nowhere."""
    with override(link.language):
        subject = _("%(office)s hat eine Frage an Sie") % {"office": office}
    context = {
        "name": draft.asked_label,
        "office": office,
        "phone": phone,
        "address": link.address,
        "day": link.code.expires_at,
    }
    mail.send(
        mail.letter("privacy/mail/asked.txt", to=to, subject=subject, context=context, language=link.language)
    )


def by_message(link: Link, *, to: str, office: str) -> None:
    """Send the link to a mobile phone; it names the office and nothing else, since others may look on."""
    with override(link.language):
        text = _("%(office)s hat eine Frage an Sie. Bitte öffnen Sie: %(address)s") % {
            "office": office,
            "address": link.address,
        }
    sms.send(sms.ShortMessage(to, text))


def tell_asker(draft: DraftView, *, actor: Actor, now: datetime) -> None:
    """Whoever asked hears that there is an answer; which one stands in the case."""
    office = selectors.draft_asker(actor, draft.id)
    if office is None:
        return
    tasks.create(
        NewTask(
            organization=office,
            owner=Owner.of_person(draft.created_by),
            what="Auf Ihre Frage nach einer Einwilligung gibt es eine Antwort",
            kind=TaskKind.LOOK_AGAIN,
            due_at=now + TO_LOOK,
            record=draft.id,
            record_kind=RECORD_KIND,
            file=draft.file,
        ),
        by=TELLER,
        now=now,
    )


def _languages(first: str) -> list[str]:
    return [first] if first == GERMAN else [first, GERMAN]


def _letter(
    wordings: list[letters.Wording],
    link: Link,
    *,
    recipient: tuple[str, ...],
    sender: letters.Sender,
    now: datetime,
) -> bytes:
    first, *others = wordings
    written = letters.Letter(
        recipient_lines=recipient,
        subject=first.subject,
        paragraphs=first.paragraphs,
        language=first.language,
        code=letters.Code(
            link.code.text,
            link.path,
            clock.day_of(link.code.expires_at),
            typed_at=link.typed_at,
        ),
        sender=sender,
        date=clock.day_of(now),
        also=tuple(others),
        arrangement=letters.Arrangement.SIDE_BY_SIDE,
    )
    return letters.pdf(written, now=now)


def _asking(draft: DraftView, language: str, *, office: str) -> letters.Wording:
    text = selectors.text(draft.text.id, language=language) or draft.text
    with override(language):
        return letters.Wording(
            language,
            text.title,
            (
                _("Guten Tag %(name)s,") % {"name": draft.asked_label},
                _(
                    "%(office)s möchte Ihnen helfen und fragt Sie: Dürfen andere Stellen etwas wissen? "
                    "Wer, was und wofür, sehen Sie im Internet, bevor Sie antworten."
                )
                % {"office": office},
                _(
                    "Sie entscheiden frei, Zeile für Zeile. Ein Nein hat keine Nachteile. Sie können Ihre Antwort "
                    "jederzeit zurücknehmen."
                ),
                _(
                    "Der Code ist nur für Sie. Er öffnet die Seite einmal, auf dem Gerät, mit dem Sie ihn nutzen. "
                    "Bitte geben Sie ihn nicht weiter."
                ),
            ),
        )


def _own_data(name: str, language: str) -> letters.Wording:
    with override(language):
        return letters.Wording(
            language,
            _("Ihre Daten"),
            (
                _("Guten Tag %(name)s,") % {"name": name},
                _(
                    "mit diesem Code sehen Sie Ihre eigene Seite: was über Sie gespeichert ist, wer was wissen darf und "
                    "wer etwas gesehen hat. Dort können Sie Einwilligungen zurücknehmen und um Berichtigung bitten."
                ),
                _("Der Code gilt für Sie allein. Bitte bewahren Sie ihn so auf, dass ihn niemand findet."),
            ),
        )


def _plain(code: str) -> str:
    """A code as it stands in an address."""
    return "".join(sign for sign in code if sign.isalnum())
