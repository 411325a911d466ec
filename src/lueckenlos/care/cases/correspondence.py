"""Who writes to a family, and in which of its languages."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings

from lueckenlos.commons.directory import selectors as directory
from lueckenlos.commons.families.types import PersonView
from lueckenlos.commons.places import selectors as places
from lueckenlos.core.letters import Sender


def sender_of(organization: UUID | None) -> Sender:
    """The office that writes; public offices share the county's address."""
    office = directory.organization_by_id(organization) if organization else None
    county = places.county()
    legal = county.settings.get("legal", {})
    phones = office.phones if office else ()
    return Sender(
        name=office.name if office else county.name,
        street=str(legal.get("street", "")) or county.name,
        place=f"{legal.get('postcode', '')} {legal.get('city', '')}".strip() or settings.BASE_URL,
        phone=phones[0].number if phones else str(legal.get("phone", "")),
        email=office.email if office else "",
    )


def language_of(person: PersonView | None) -> str:
    """The first of a person's languages that the house speaks, else German."""
    spoken = dict(settings.LANGUAGES)
    return next((each for each in person.languages if each in spoken), "de") if person is not None else "de"
