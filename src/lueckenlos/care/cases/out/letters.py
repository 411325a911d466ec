"""A letter to one person of a case, in their language and along their wishes."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from lueckenlos.care.cases.correspondence import language_of
from lueckenlos.care.cases.errors import UnfitLetter
from lueckenlos.commons.directory.correspondence import sender_of
from lueckenlos.commons.families.types import ContactWish, PersonView
from lueckenlos.core import clock, letters


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
            date=clock.day_of(now),
        ),
        now=now,
    )
