"""Leading a centre: its page, and whom it asks to be a part of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid4

from lueckenlos.commons.directory import selectors as directory
from lueckenlos.core import audit, clock
from lueckenlos.core.actor import Actor
from lueckenlos.core.context import acting_as
from lueckenlos.core.locking import save_unless_stale
from lueckenlos.core.slugs import slug
from lueckenlos.offers.centres.errors import AlreadyThere, LeadStays, NoSuchCentre
from lueckenlos.offers.centres.models import Centre, Member
from lueckenlos.offers.centres.services import letters
from lueckenlos.offers.centres.types import MemberState

# What stands behind /familienzentren/ for the desk.
RESERVED: Final = frozenset({"verwalten"})


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCentre:
    """What the leading organization says about a centre."""

    name: str
    ags: str | None = None
    social_area: str = ""
    place: str = ""
    description: str = ""
    phone: str = ""
    email: str = ""
    is_public: bool = False


def found_centre(new: NewCentre, *, actor: Actor, now: datetime) -> UUID:
    """Begin a centre; whoever begins it leads it and is its first member."""
    if actor.organization is None:
        raise NoSuchCentre
    with acting_as(actor):
        row = Centre(key=_key(new.name), organization_id=actor.organization, created_at=now, **_columns(new))
        row.save(force_insert=True)
        Member.objects.create(
            centre=row,
            organization_id=actor.organization,
            state=MemberState.JOINED.value,
            since=clock.day_of(now),
        )
        note_deed("founded", row)
    return row.id


def change_centre(key: UUID, new: NewCentre, *, expected: int, actor: Actor) -> None:
    """Change what is said; its address stays. Raises StaleVersion."""
    with acting_as(actor):
        row = led(key, actor)
        save_unless_stale(row, expected=expected, changes=_columns(new))
        note_deed("changed", row)


def ask(key: UUID, *, organization: UUID, actor: Actor) -> None:
    """Ask an organization to be a part of it; it says yes itself. Raises AlreadyThere."""
    with acting_as(actor):
        row = led(key, actor)
        if directory.organization_by_id(organization) is None:
            raise NoSuchCentre
        member, made = Member.objects.get_or_create(
            centre=row, organization_id=organization, defaults={"state": MemberState.INVITED.value}
        )
        if not made:
            if member.state != MemberState.LEFT.value:
                raise AlreadyThere
            Member.objects.filter(id=member.id).update(state=MemberState.INVITED.value, since=None)
        letters.tell_asked(row, organization)
        note_deed("asked", row, details={"organization": str(organization)})


def part_from(key: UUID, *, organization: UUID, actor: Actor) -> None:
    """Take an organization out, or take the question back; raises LeadStays."""
    with acting_as(actor):
        row = led(key, actor)
        if organization == row.organization_id:
            raise LeadStays
        found = Member.objects.filter(centre=row, organization=organization)
        if found.exclude(state=MemberState.LEFT.value).update(state=MemberState.LEFT.value, since=None):
            Centre.objects.filter(id=key, offered_to=organization).update(offered_to=None)
            letters.tell_parted(row, organization)
            note_deed("parted", row, details={"organization": str(organization)})


def led(key: UUID, actor: Actor) -> Centre:
    """The centre, held until the transaction ends, if the actor's organization leads it."""
    row = held(key)
    if actor.organization is None or row.organization_id != actor.organization:
        raise NoSuchCentre
    return row


def held(key: UUID) -> Centre:
    """The centre, held until the transaction ends."""
    row = Centre.objects.select_for_update(of=("self",), no_key=True).filter(id=key).first()
    if row is None:
        raise NoSuchCentre
    return row


def note_deed(deed: str, row: Centre, *, details: dict[str, Any] | None = None) -> None:
    """What was done, in the chain of the leading organization."""
    audit.record(
        f"centres.centre.{deed}",
        subject=f"centre/{row.id}",
        details=details,
        chain=audit.chain_of(row.organization_id),
    )


def _key(name: str) -> str:
    """The name as an address; one that is taken gets an end of its own."""
    plain = slug(name)[:60].strip("-") or "zentrum"
    if plain in RESERVED or Centre.objects.filter(key=plain).exists():
        return f"{plain}-{uuid4().hex[:8]}"
    return plain


def _columns(new: NewCentre) -> dict[str, Any]:
    return {
        "name": new.name,
        "municipality_id": new.ags,
        "social_area": new.social_area,
        "place": new.place,
        "description": new.description,
        "phone": new.phone,
        "email": new.email,
        "is_public": new.is_public,
    }
