"""Deeds on people: taking them in, changing what they told, finding them again with a reason."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import connection

from lueckenlos.commons.families.errors import NoReason
from lueckenlos.commons.families.models import Address, Contact, Person, Relation
from lueckenlos.commons.families.types import (
    AddressValue,
    ContactValue,
    ContactWish,
    KnownPerson,
    NewPerson,
    RelationKind,
)
from lueckenlos.commons.privacy import services as privacy
from lueckenlos.commons.privacy.errors import judged
from lueckenlos.commons.privacy.types import NewParty, PartyRole
from lueckenlos.core import audit
from lueckenlos.core.actor import Actor
from lueckenlos.core.context import acting_as
from lueckenlos.core.locking import save_unless_stale
from lueckenlos.kernels.sortkey import sort_key


def add_person(file: UUID, *, new: NewPerson, party: NewParty, actor: Actor, now: datetime) -> UUID:
    """Take a person into a file, with how to reach them; `party.person` is the uuid they get."""
    with acting_as(actor), judged():
        person = Person(
            id=party.person,
            first_name=new.first_name,
            family_name=new.family_name,
            sort_key=sort_key(new.family_name),
            born_on=new.born_on,
            languages=list(new.languages),
            needs_interpreter=new.needs_interpreter,
            wishes=[wish.value for wish in new.wishes],
            wish_note=new.wish_note,
            created_at=now,
        )
        person.save(force_insert=True)
        privacy.add_party(file, party=party, actor=actor, now=now)
        _reachable(person.id, contacts=new.contacts, address=new.address)
        audit.record("families.person.added", subject=f"file/{file}", personal={"person": str(person.id)})
    return person.id


def receive(person: UUID, *, file: UUID, new: NewPerson, role: PartyRole, of_age_at: datetime | None) -> None:
    """Take in who brings a matter, into the file that this transaction opened; for `cases`, inside its transaction."""
    _call(
        "SELECT wall.person_receive(%s, %s, %s, %s, %s, %s, %s::text[], %s::text[], %s, %s, %s)",
        [
            person,
            file,
            new.first_name,
            new.family_name,
            sort_key(new.family_name),
            new.born_on,
            list(new.languages),
            [wish.value for wish in new.wishes],
            new.wish_note,
            of_age_at,
            role.value,
        ],
    )
    for contact in new.contacts:
        _call(
            "SELECT wall.contact_receive(%s, %s, %s, %s, %s)",
            [uuid4(), person, contact.kind.value, contact.value, contact.is_safe],
        )
    if new.address is not None:
        _call(
            "SELECT wall.address_receive(%s, %s, %s, %s, %s, %s)",
            [
                uuid4(),
                person,
                new.address.street,
                new.address.postcode,
                new.address.city,
                new.address.ags,
            ],
        )


def receive_own(*, file: UUID, role: PartyRole, of_age_at: datetime | None) -> None:
    """Take the person of the account that asks into the file that this transaction opened; for `cases`."""
    _call("SELECT wall.own_person_receive(%s, %s, %s)", [file, of_age_at, role.value])


def change_person(person: UUID, *, changes: dict[str, Any], expected: int, actor: Actor) -> int:
    """Write what a person told anew, if nobody else has changed it meanwhile (StaleVersion)."""
    with acting_as(actor), judged():
        row = Person.objects.get(id=person)
        if "family_name" in changes:
            changes = {**changes, "sort_key": sort_key(changes["family_name"])}
        version = save_unless_stale(row, expected=expected, changes=changes)
        audit.record(
            "families.person.changed", subject=f"person/{person}", details={"fields": sorted(changes)}
        )
    return version


def set_reach(
    person: UUID,
    *,
    contacts: Iterable[ContactValue],
    wishes: Iterable[ContactWish],
    wish_note: str,
    address: AddressValue | None,
    actor: Actor,
) -> None:
    """Say anew how a person can be reached, and how they want to be."""
    with acting_as(actor), judged():
        Contact.objects.filter(person=person).delete()
        Address.objects.filter(person=person).delete()
        Person.objects.filter(id=person).update(wishes=[wish.value for wish in wishes], wish_note=wish_note)
        _reachable(person, contacts=contacts, address=address)
        audit.record("families.reach.set", subject=f"person/{person}")


def relate(
    child: UUID, *, adult: UUID, kind: RelationKind, has_custody: bool, actor: Actor, now: datetime
) -> None:
    """Note how an adult stands to a child, as the family told it."""
    with acting_as(actor), judged():
        Relation.objects.filter(child=child, adult=adult, until__isnull=True).update(until=now)
        Relation.objects.create(child_id=child, adult_id=adult, kind=kind, has_custody=has_custody, since=now)
        audit.record("families.relation.noted", subject=f"person/{child}", details={"kind": kind.value})


def find_again(*, family_name: str, born_on: Any, reason: str, actor: Actor) -> list[KnownPerson]:
    """Ask whether the office knows somebody of this name and birthday already; logged with its reason.

    § 63 SGB VIII: no view of everything about one person; so the answer is their first name and nothing else.
    """
    if not reason.strip():
        raise NoReason
    with acting_as(actor), connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, first_name FROM wall.person_known(%s, %s)", [sort_key(family_name), born_on]
        )
        found = [KnownPerson(row[0], row[1]) for row in cursor.fetchall()]
        audit.record(
            "families.person.looked_for",
            subject="people",
            details={"found": len(found)},
            personal={"reason": reason.strip(), "family_name": family_name},
        )
    return found


def claim_account(person: UUID, *, new: NewPerson, actor: Actor, now: datetime) -> UUID:
    """Make the person of somebody's own account; they see themselves and nobody else."""
    with acting_as(actor), judged():
        row = Person(
            id=person,
            first_name=new.first_name,
            family_name=new.family_name,
            sort_key=sort_key(new.family_name),
            born_on=new.born_on,
            languages=list(new.languages),
            account=actor.person_id,
            created_at=now,
        )
        row.save(force_insert=True)
        audit.record("families.person.claimed", subject=f"person/{person}", chain=audit.COUNTY)
    return person


def _reachable(person: UUID, *, contacts: Iterable[ContactValue], address: AddressValue | None) -> None:
    Contact.objects.bulk_create(
        [
            Contact(person_id=person, kind=each.kind, value=each.value, is_safe=each.is_safe)
            for each in contacts
        ]
    )
    if address is not None:
        Address.objects.create(
            person_id=person,
            street=address.street,
            postcode=address.postcode,
            city=address.city,
            municipality_id=address.ags,
            is_blocked=address.is_blocked,
        )


def _call(statement: str, values: list[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
