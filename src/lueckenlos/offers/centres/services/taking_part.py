"""Being a part of a centre: an organization says yes itself, and may leave."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from lueckenlos.core import audit, clock
from lueckenlos.core.actor import Actor
from lueckenlos.core.context import acting_as
from lueckenlos.offers.centres.errors import LeadStays, NoSuchCentre, NotAsked
from lueckenlos.offers.centres.models import Centre, Member
from lueckenlos.offers.centres.services import letters
from lueckenlos.offers.centres.services.leading import held
from lueckenlos.offers.centres.types import MemberState


def join(key: UUID, *, actor: Actor, now: datetime) -> None:
    """Say yes for one's own organization; raises NotAsked."""
    since = clock.day_of(now)
    with acting_as(actor):
        row = held(key)
        asked = _own(row, actor, state=MemberState.INVITED)
        if asked is None:
            raise NotAsked
        Member.objects.filter(id=asked.id).update(state=MemberState.JOINED.value, since=since)
        letters.tell_joined(row, asked.organization_id)
        _note("joined", row, actor)


def leave(key: UUID, *, actor: Actor) -> None:
    """Say no, or leave; from then on its members' plan is shut. Raises LeadStays."""
    with acting_as(actor):
        row = held(key)
        if row.organization_id == actor.organization:
            raise LeadStays
        member = _own(row, actor, state=MemberState.INVITED) or _own(row, actor, state=MemberState.JOINED)
        if member is None:
            raise NoSuchCentre
        Member.objects.filter(id=member.id).update(state=MemberState.LEFT.value, since=None)
        Centre.objects.filter(id=key, offered_to=member.organization_id).update(offered_to=None)
        letters.tell_left(row, member.organization_id)
        _note("left", row, actor)


def _own(row: Centre, actor: Actor, *, state: MemberState) -> Member | None:
    if actor.organization is None:
        return None
    return Member.objects.filter(centre=row, organization=actor.organization, state=state.value).first()


def _note(deed: str, row: Centre, actor: Actor) -> None:
    audit.record(
        f"centres.centre.{deed}", subject=f"centre/{row.id}", chain=audit.chain_of(actor.organization)
    )
