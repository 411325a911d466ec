"""Mails that the directory writes: to providers and to Koordination."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from lueckenlos.commons.directory.models import Inquiry, Organization, Proposal, Service
from lueckenlos.commons.directory.types import InquiryReason, ProposalState
from lueckenlos.commons.directory.wording import INQUIRY_REASONS
from lueckenlos.commons.places import selectors as places
from lueckenlos.core import mail


@dataclass(frozen=True, slots=True)
class LetterWords:
    """What a letter about entries says: subject and text template (`organization`, `services`, `link`, `ends_on`)."""

    subject: str
    template: str


def coordination_address() -> str:
    """Where Koordination reads its mail, as the county's settings say; empty where they say nothing."""
    given = places.county().settings
    for office in ("coordination", "family_office"):
        address = given.get(office, {}).get("email", "") if isinstance(given.get(office), dict) else ""
        if address:
            return str(address)
    return ""


def reminder_words(count: int) -> LetterWords:
    """The words that ask whether so many entries are still true."""
    with override("de"):
        subject = _("Stimmen Ihre Angebote noch? (%(count)s)") % {"count": count}
    return LetterWords(subject, "directory/mail/reminder.txt")


def letter_with_link(
    organization: Organization,
    *,
    services: Sequence[Service],
    words: LetterWords,
    token: str,
    ends_on: date,
) -> mail.Letter:
    """A letter about entries; its link is a secret, so it never enters the queue."""
    context = {
        "county": places.county().name,
        "organization": organization.name,
        "services": services,
        "link": _address("directory:care_link", token=token),
        "ends_on": ends_on,
    }
    return mail.letter(words.template, to=organization.email, subject=words.subject, context=context)


def inquiry_arrived(inquiry: Inquiry) -> None:
    """Tell provider and Koordination that somebody doubts an entry."""
    service = inquiry.service
    context = {
        "service": service.name,
        "organization": service.organization.name,
        "reason": INQUIRY_REASONS[InquiryReason(inquiry.reason)],
        "text": inquiry.text,
        "due_on": inquiry.due_on,
    }
    with override("de"):
        subject = _("Hinweis zu „%(name)s“: stimmt etwas nicht mehr?") % {"name": service.name}
    own = service.email or service.organization.email
    links = {own: "directory:inquiries_own", coordination_address(): "directory:inquiries"}
    for address, page in links.items():
        if address:
            mail.post(
                _letter("inquiry", to=address, subject=subject, context={**context, "link": _address(page)})
            )


def proposal_arrived(proposal: Proposal) -> None:
    """Tell Koordination that an edit waits."""
    address = coordination_address()
    if not address:
        return
    with override("de"):
        subject = _("Vorschlag von %(organization)s") % {"organization": proposal.organization.name}
    context = {
        "organization": proposal.organization.name,
        "name": str(proposal),
        "is_new": proposal.service is None,
        "link": _address("directory:proposal", proposal_id=proposal.id),
    }
    mail.post(_letter("proposal", to=address, subject=subject, context=context))


def proposal_decided(proposal: Proposal) -> None:
    """Tell the provider what became of the edit."""
    if not proposal.organization.email:
        return
    accepted = proposal.state == ProposalState.ACCEPTED
    with override("de"):
        subject = _("Ihr Vorschlag zu „%(name)s“") % {"name": str(proposal)}
    context = {
        "name": str(proposal),
        "accepted": accepted,
        "answer": proposal.answer,
        "link": _address("directory:desk"),
    }
    mail.post(_letter("decision", to=proposal.organization.email, subject=subject, context=context))


def _letter(name: str, *, to: str, subject: str, context: Mapping[str, Any]) -> mail.Letter:
    given = {"county": places.county().name, **context}
    return mail.letter(f"directory/mail/{name}.txt", to=to, subject=subject, context=given)


def _address(name: str, **parts: Any) -> str:
    with override("de"):
        return f"{settings.BASE_URL}{reverse(name, kwargs=parts)}"
