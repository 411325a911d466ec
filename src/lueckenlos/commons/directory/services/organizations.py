"""Trust organizations, rename them without breaking history, write down how to reach them."""

from datetime import date, datetime
from uuid import UUID

from django.db.models import F

from lueckenlos.commons.directory.keys import free_organization_key
from lueckenlos.commons.directory.models import Contact, Location, Organization, Phone, Proposal, Service
from lueckenlos.commons.directory.services.access import demand_coordination, demand_organization
from lueckenlos.commons.directory.services.recording import remember
from lueckenlos.commons.directory.types import OrganizationKind, ProposalState
from lueckenlos.core import audit
from lueckenlos.core.actor import Actor
from lueckenlos.core.context import acting_as
from lueckenlos.core.locking import hold_row
from lueckenlos.kernels.sortkey import sort_key


def trust_organization(organization_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Let an organization's edits appear without approval."""
    _set_trust(organization_id, is_trusted=True, actor=actor, now=now)


def distrust_organization(organization_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Let an organization's edits wait for approval again."""
    _set_trust(organization_id, is_trusted=False, actor=actor, now=now)


def add_organization(name: str, *, kind: OrganizationKind, email: str, actor: Actor, now: datetime) -> UUID:
    """Add a provider."""
    with acting_as(actor):
        key = free_organization_key(name)
        row = Organization(
            key=key, name=name, sort_key=sort_key(name)[:300], kind=kind, email=email, modified_at=now
        )
        demand_coordination(actor, row)
        row.save(force_insert=True)
        return row.id


def rename_organization(
    organization_id: UUID, *, name: str, from_day: date, actor: Actor, now: datetime
) -> UUID:
    """Give an organization a successor of the new name: services move there, the old one stays in history."""
    with acting_as(actor):
        old = hold_row(Organization, organization_id)
        demand_coordination(actor, old)
        heir = old.successors.filter(name=name).first()
        if heir is not None:
            return heir.id
        heir = Organization.objects.create(
            key=free_organization_key(name),
            name=name,
            sort_key=sort_key(name)[:300],
            kind=old.kind,
            description=old.description,
            email=old.email,
            website=old.website,
            is_trusted=old.is_trusted,
            predecessor=old,
        )
        Organization.objects.filter(id=old.id).update(ended_on=from_day, is_trusted=False)
        audit.record(
            "directory.organization.renamed", subject=f"organization/{old.key}", details={"to": heir.key}
        )
        _move(old, heir, actor=actor, now=now)
        return heir.id


def reach_organization(
    organization_id: UUID, *, email: str, website: str, actor: Actor, now: datetime
) -> None:
    """Write down where reminders go and where the organization's own page is."""
    with acting_as(actor):
        row = hold_row(Organization, organization_id)
        demand_organization(actor, row)
        Organization.objects.filter(id=row.id).update(email=email, website=website, modified_at=now)


def _move(old: Organization, heir: Organization, *, actor: Actor, now: datetime) -> None:
    for service in Service.objects.filter(organization=old):
        Service.objects.filter(id=service.id).update(
            organization=heir, version=F("version") + 1, modified_at=now
        )
        service.version += 1
        before, after = {"organization": old.name}, {"organization": heir.name}
        remember(service, deed="moved", before=before, after=after, actor=actor, now=now)
    for model in (Location, Contact, Phone):
        model._default_manager.filter(organization=old).update(organization=heir)
    Proposal.objects.filter(organization=old, state=ProposalState.OPEN).update(organization=heir)


def _set_trust(organization_id: UUID, *, is_trusted: bool, actor: Actor, now: datetime) -> None:
    with acting_as(actor):
        row = hold_row(Organization, organization_id)
        demand_coordination(actor, row)
        Organization.objects.filter(id=row.id).update(is_trusted=is_trusted, modified_at=now)
        audit.record(
            "directory.organization.trust", subject=f"organization/{row.key}", details={"trusted": is_trusted}
        )
