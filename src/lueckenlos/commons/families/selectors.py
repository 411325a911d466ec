"""Reads of people: each takes the actor, and what is closed to them is empty."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import connection
from django.db.models import Prefetch

from lueckenlos.commons.families.models import Address, Contact, Person, Relation
from lueckenlos.commons.families.types import (
    AddressValue,
    ContactKind,
    ContactValue,
    ContactWish,
    PersonView,
    RelationKind,
    RelationView,
)
from lueckenlos.core.actor import Actor, ActorKind
from lueckenlos.core.context import acting_as


def people(actor: Actor, keys: Iterable[UUID]) -> dict[UUID, PersonView]:
    """These people, as far as the actor may know them; who is closed to them is missing."""
    with acting_as(actor):
        rows = (
            Person.objects.filter(id__in=set(keys))
            .select_related("address")
            .prefetch_related(Prefetch("contacts", Contact.objects.order_by("kind", "value")))
        )
        return {row.id: _person(row) for row in rows}


def person(actor: Actor, key: UUID) -> PersonView | None:
    """One person, or nothing."""
    return people(actor, [key]).get(key)


def relations(actor: Actor, keys: Iterable[UUID]) -> list[RelationView]:
    """How the adults among these people stand to the children among them."""
    wanted = set(keys)
    with acting_as(actor):
        rows = Relation.objects.filter(child__in=wanted, adult__in=wanted, until__isnull=True)
        return [
            RelationView(
                row.child_id, row.adult_id, RelationKind(row.kind), row.has_custody, row.since, row.until
            )
            for row in rows.order_by("since")
        ]


def own_actor(actor: Actor) -> Actor | None:
    """The family's person who asks, for the page of their own data: by account or by a code for it."""
    if actor.kind is ActorKind.FAMILY or (actor.kind is ActorKind.LINK and actor.purpose == "own-data"):
        return actor
    if actor.kind is not ActorKind.PERSON:
        return None
    with acting_as(actor), connection.cursor() as cursor:
        cursor.execute("SELECT wall.person_of_account()")
        row = cursor.fetchone()
    if not row or row[0] is None:
        return None
    return Actor(kind=ActorKind.FAMILY, person_id=row[0], name=actor.name)


def own_person(actor: Actor) -> UUID | None:
    """Whose own data an actor from `own_actor` asks for."""
    return actor.person_id if actor.kind is ActorKind.FAMILY else actor.record


def _person(row: Person) -> PersonView:
    return PersonView(
        id=row.id,
        first_name=row.first_name,
        family_name=row.family_name,
        born_on=row.born_on,
        languages=tuple(row.languages),
        needs_interpreter=row.needs_interpreter,
        wishes=tuple(ContactWish(each) for each in row.wishes),
        wish_note=row.wish_note,
        contacts=tuple(
            ContactValue(ContactKind(each.kind), each.value, each.is_safe) for each in row.contacts.all()
        ),
        address=_address(getattr(row, "address", None)),
        version=row.version,
    )


def _address(row: Address | None) -> AddressValue | None:
    if row is None:
        return None
    return AddressValue(row.street, row.postcode, row.city, row.municipality_id, row.is_blocked)
