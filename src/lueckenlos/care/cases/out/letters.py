"""A letter to one person of a case, in their language and along their wishes."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from django.conf import settings

from lueckenlos.care.cases.errors import UnfitLetter
from lueckenlos.commons.directory import selectors as directory
from lueckenlos.commons.families.types import ContactWish, PersonView
from lueckenlos.commons.places import selectors as places
from lueckenlos.core import letters

WRITTEN: Final = frozenset({"de", "de-x-plain", "en", "tr", "ar", "uk"})


def sender_of(organization: UUID) -> letters.Sender:
    """The office that writes; public offices without an address of their own share the county's."""
    office = directory.organization_by_id(organization)
    county = places.county()
    legal = county.settings.get("legal", {})
    phones = office.phones if office else ()
    return letters.Sender(
        name=office.name if office else county.name,
        street=str(legal.get("street", "")) or county.name,
        place=f"{legal.get('postcode', '')} {legal.get('city', '')}".strip() or settings.BASE_URL,
        phone=phones[0].number if phones else "",
        email=office.email if office else "",
    )


def language_of(person: PersonView) -> str:
    """The first of a person's languages that the house writes letters in."""
    return next((language for language in person.languages if language in WRITTEN), "de")


def letter_pdf(person: PersonView, *, subject: str, text: str, organization: UUID, now: datetime) -> bytes:
    """One letter to one person; raises UnfitLetter where there is no address or no letter is wished."""
    if not person.wants(ContactWish.LETTER):
        raise UnfitLetter("not_wished", value=person.name)
    if person.address is None:
        raise UnfitLetter("no_address", value=person.name)
    lines = (person.name, person.address.street, f"{person.address.postcode} {person.address.city}")
    return letters.pdf(
        letters.Letter(
            recipient_lines=tuple(line[: letters.LONGEST_LINE] for line in lines if line.strip()),
            subject=subject,
            paragraphs=tuple(part.strip() for part in text.split("\n\n") if part.strip()),
            language=language_of(person),
            code=None,
            sender=sender_of(organization),
            date=now.date(),
        ),
        now=now,
    )
