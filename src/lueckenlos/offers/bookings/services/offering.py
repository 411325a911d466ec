"""What an organization gives to be booked: a person's hours, a room, a thing; and the secret address of its calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from lueckenlos.core import audit, codes
from lueckenlos.core.actor import Actor
from lueckenlos.core.context import acting_as
from lueckenlos.core.locking import save_unless_stale
from lueckenlos.offers.bookings.errors import NoSuchResource
from lueckenlos.offers.bookings.models import Resource
from lueckenlos.offers.bookings.types import Gender, ResourceKind

FEED: Final = "booking-feed"
FEED_LIVES: Final = timedelta(days=3 * 366)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewResource:
    """What an organization says about something that can be booked."""

    kind: ResourceKind
    title: str
    description: str = ""
    place: str = ""
    ags: str | None = None
    minutes: int = 30
    before: int = 0
    after: int = 0
    least_hours: int = 24
    most_days: int = 60
    parallel: int = 1
    needs_approval: bool = False
    is_public: bool = False
    is_open: bool = True
    shows_titles: bool = False
    languages: tuple[str, ...] = ()
    gender: Gender = Gender.ANY
    hours: tuple[str, ...] = ()
    closed_on: tuple[date, ...] = ()


def found_resource(new: NewResource, *, actor: Actor, now: datetime) -> UUID:
    """Give something new to be booked."""
    if actor.organization is None:
        raise NoSuchResource
    with acting_as(actor):
        row = Resource(organization_id=actor.organization, created_at=now, **_columns(new))
        row.save(force_insert=True)
        _note("founded", row)
    return row.id


def change_resource(key: UUID, new: NewResource, *, expected: int, actor: Actor) -> None:
    """Change what is said; bookings that stand keep their time. Raises StaleVersion."""
    with acting_as(actor):
        row = own_resource(key, actor)
        save_unless_stale(row, expected=expected, changes=_columns(new))
        _note("changed", row)


def issue_feed(key: UUID, *, actor: Actor, now: datetime) -> str:
    """Make a new secret address for the calendar; the old one shows nothing from now on."""
    with acting_as(actor):
        row = own_resource(key, actor)
        codes.revoke(row.id, purpose=FEED)
        made = codes.issue(row.id, purpose=FEED, language="de", now=now, until=now + FEED_LIVES, uses=None)
        _note("feed_issued", row)
    return made.text


def own_resource(key: UUID, actor: Actor) -> Resource:
    """The resource, held until the transaction ends, if it is the actor's organization's."""
    row = held(key)
    if actor.organization is None or row.organization_id != actor.organization:
        raise NoSuchResource
    return row


def held(key: UUID) -> Resource:
    """The resource, its times locked until the transaction ends: the one lock of this scarce thing."""
    row = Resource.objects.select_for_update(of=("self",), no_key=True).filter(id=key).first()
    if row is None:
        raise NoSuchResource
    return row


def _columns(new: NewResource) -> dict[str, Any]:
    return {
        "kind": new.kind.value,
        "title": new.title,
        "description": new.description,
        "place": new.place,
        "municipality_id": new.ags,
        "minutes": new.minutes,
        "before": new.before,
        "after": new.after,
        "least_hours": new.least_hours,
        "most_days": new.most_days,
        "parallel": new.parallel,
        "needs_approval": new.needs_approval,
        "is_public": new.is_public,
        "is_open": new.is_open,
        "shows_titles": new.shows_titles,
        "languages": list(new.languages),
        "gender": new.gender.value,
        "hours": "\n".join(new.hours),
        "closed_on": list(new.closed_on),
    }


def _note(deed: str, row: Resource) -> None:
    audit.record(
        f"bookings.resource.{deed}", subject=f"resource/{row.id}", chain=audit.chain_of(row.organization_id)
    )
