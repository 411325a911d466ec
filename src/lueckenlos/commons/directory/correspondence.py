"""Who writes to a family: the organization with its own address, or the county's for public offices."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings

from lueckenlos.commons.directory import selectors
from lueckenlos.commons.directory.types import OrganizationKind
from lueckenlos.commons.places import selectors as places
from lueckenlos.core.letters import Sender


def sender_of(organization: UUID | None) -> Sender:
    """The organization that writes; public offices share the county's address, others have one of their own."""
    office = selectors.organization_by_id(organization) if organization else None
    county = places.county()
    legal = county.settings.get("legal", {})
    street, place = (
        str(legal.get("street", "")),
        f"{legal.get('postcode', '')} {legal.get('city', '')}".strip(),
    )
    if office is not None and office.kind is not OrganizationKind.PUBLIC:
        street, place = selectors.postal_address(office.id) or (street, place)
    phones = office.phones if office else ()
    return Sender(
        name=office.name if office else county.name,
        street=street or county.name,
        place=place or settings.BASE_URL,
        phone=phones[0].number if phones else str(legal.get("phone", "")),
        email=office.email if office else "",
    )
