"""For whom somebody may pay: their own organization, and as the county's Koordination every one that has no desk."""

from __future__ import annotations

from uuid import UUID

from lueckenlos.commons.accounts import work
from lueckenlos.commons.directory import selectors as directory
from lueckenlos.commons.directory.types import OrganizationRef
from lueckenlos.core.actor import Actor, Role


def pays_for(actor: Actor, organization: UUID) -> bool:
    """Whether the actor works for the payer, or stands in for it because nobody signs in there."""
    if actor.organization == organization:
        return True
    return actor.may(Role.COORDINATION) and organization in work.without_desk([organization])


def payers_without_desk(actor: Actor) -> list[OrganizationRef]:
    """The organizations for which the actor may stand in, by name; none but for the Koordination."""
    if not actor.may(Role.COORDINATION):
        return []
    known = directory.own_organizations()
    alone = work.without_desk(each.id for each in known)
    return [each for each in known if each.id in alone]
