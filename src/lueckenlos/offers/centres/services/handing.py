"""Handing the lead over: offered by whoever leads, taken by another member; page, calendar and plan go on as they are."""

from __future__ import annotations

from uuid import UUID

from lueckenlos.core import audit
from lueckenlos.core.actor import Actor
from lueckenlos.core.context import acting_as
from lueckenlos.offers.centres.errors import NotMember, NotOffered
from lueckenlos.offers.centres.models import Centre, Member
from lueckenlos.offers.centres.services import letters
from lueckenlos.offers.centres.services.leading import held, led, note_deed
from lueckenlos.offers.centres.types import MemberState


def offer_lead(key: UUID, *, organization: UUID, actor: Actor) -> None:
    """Ask a member to lead from now on; until it says yes nothing changes. Raises NotMember."""
    with acting_as(actor):
        row = led(key, actor)
        there = Member.objects.filter(centre=row, organization=organization, state=MemberState.JOINED.value)
        if organization == row.organization_id or not there.exists():
            raise NotMember
        Centre.objects.filter(id=key).update(offered_to=organization)
        letters.tell_lead_offered(row, organization)
        note_deed("lead_offered", row, details={"to": str(organization)})


def keep_lead(key: UUID, *, actor: Actor) -> None:
    """Take the question back."""
    with acting_as(actor):
        row = led(key, actor)
        if Centre.objects.filter(id=key, offered_to__isnull=False).update(offered_to=None):
            note_deed("lead_kept", row)


def take_lead(key: UUID, *, actor: Actor) -> None:
    """Lead from now on; whoever led stays a member. It stands in the chains of both. Raises NotOffered."""
    with acting_as(actor):
        row, organization = _offered(key, actor)
        before = row.organization_id
        Centre.objects.filter(id=key).update(organization=organization, offered_to=None)
        letters.tell_lead_taken(row, organization, to=before)
        for chain in sorted((before, organization)):
            audit.record(
                "centres.centre.lead_handed_over",
                subject=f"centre/{key}",
                details={"from": str(before), "to": str(organization)},
                chain=audit.chain_of(chain),
            )


def refuse_lead(key: UUID, *, actor: Actor) -> None:
    """Stay a member as before; raises NotOffered."""
    with acting_as(actor):
        row, organization = _offered(key, actor)
        Centre.objects.filter(id=key).update(offered_to=None)
        letters.tell_lead_refused(row, organization)
        audit.record(
            "centres.centre.lead_refused",
            subject=f"centre/{key}",
            chain=audit.chain_of(organization),
        )


def _offered(key: UUID, actor: Actor) -> tuple[Centre, UUID]:
    """The centre, held, if its lead is offered to the actor's organization."""
    row = held(key)
    if actor.organization is None or row.offered_to_id != actor.organization:
        raise NotOffered
    return row, actor.organization
