"""Who may do what to an entry; every deed asks again, whatever the page's guard said."""

from lueckenlos.commons.directory.errors import NeedsApproval, NotYours, TheirEntry
from lueckenlos.commons.directory.models import Organization, Service
from lueckenlos.core.actor import Actor, ActorKind, Role

LABELS = {
    ActorKind.JOB: "automatisch",
    ActorKind.LINK: "Anbieter über den Link aus der Mail",
    ActorKind.NOBODY: "ohne Anmeldung",
}


def is_coordination(actor: Actor) -> bool:
    """Koordination looks after every entry of the county."""
    return actor.may(Role.COORDINATION)


def looks_after(actor: Actor, organization: Organization) -> bool:
    """Whether the actor may edit or propose for this organization."""
    return is_coordination(actor) or actor.may(Role.PROVIDER, organization=organization.id)


def publishes(actor: Actor, organization: Organization) -> bool:
    """Whether what the actor saves appears at once; everybody else proposes."""
    return is_coordination(actor) or (organization.is_trusted and looks_after(actor, organization))


def demand_editor(actor: Actor, service: Service) -> None:
    """Refuse whoever does not look after the entry, and everybody where it is a neighbour's."""
    demand_organization(actor, service.organization)
    if service.feed is not None:
        raise TheirEntry(service.key, service.feed.name)


def demand_organization(actor: Actor, organization: Organization) -> None:
    """Refuse whoever does not look after the organization."""
    if actor.kind is not ActorKind.JOB and not looks_after(actor, organization):
        raise NotYours(organization.id)


def demand_publisher(actor: Actor, organization: Organization) -> None:
    """Refuse whoever must propose."""
    if actor.kind is not ActorKind.JOB and not publishes(actor, organization):
        raise NeedsApproval(organization.id)


def demand_coordination(actor: Actor, organization: Organization) -> None:
    """Refuse everybody but Koordination."""
    if not is_coordination(actor):
        raise NotYours(organization.id)


def label_of(actor: Actor) -> str:
    """How history names the actor: a role or an office, never a person."""
    if actor.kind in LABELS:
        return LABELS[actor.kind]
    if is_coordination(actor):
        return "Koordination"
    return "Anbieter" if actor.has_role(Role.PROVIDER) else "angemeldete Person"
