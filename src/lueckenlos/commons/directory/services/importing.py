"""Take over the rows of a table that fit: all of them in one transaction, or none."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lueckenlos.commons.directory.importing import CheckedRow
from lueckenlos.commons.directory.keys import first_free, free_organization_key, slug
from lueckenlos.commons.directory.models import ImportMapping, Organization, Proposal, Service
from lueckenlos.commons.directory.services.access import demand_organization, is_coordination, publishes
from lueckenlos.commons.directory.services.bulk import NewEntry, add_many
from lueckenlos.commons.directory.types import OrganizationKind
from lueckenlos.commons.directory.types.storage import to_record
from lueckenlos.core import audit, locking
from lueckenlos.core.actor import Actor, ActorKind
from lueckenlos.core.context import acting_as
from lueckenlos.kernels.sortkey import sort_key

IMPORT_LOCK = "directory import"


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did."""

    added: int = 0
    proposed: int = 0
    organizations: int = 0


def import_rows(
    organization_id: UUID, rows: Sequence[CheckedRow], *, actor: Actor, now: datetime
) -> Imported:
    """Add rows as entries of one organization; those of an organization that is not trusted wait as proposals.

    Koordination and the command line may name other organizations in a column; unknown ones are added.
    """
    with acting_as(actor):
        organization = Organization.objects.get(id=organization_id)
        demand_organization(actor, organization)
        locking.hold(IMPORT_LOCK)
        if actor.kind is not ActorKind.JOB and not publishes(actor, organization):
            return _propose(organization, rows, actor=actor, now=now)
        wide = actor.kind is ActorKind.JOB or is_coordination(actor)
        named = {row.organization for row in rows if row.organization} if wide else set()
        owners, fresh = _organizations(named, now=now)
        keys = free_keys([row.values.name for row in rows])
        entries = [
            NewEntry(uuid.uuid4(), key, owners.get(row.organization, organization.id), row.values)
            for row, key in zip(rows, keys, strict=True)
        ]
        add_many(entries, deed="imported", actor=actor, now=now)
        audit.record(
            "directory.imported", subject=f"organization/{organization.key}", details={"added": len(entries)}
        )
        return Imported(added=len(entries), organizations=fresh)


def remember_mapping(organization_id: UUID, columns: dict[str, str], *, actor: Actor, now: datetime) -> None:
    """Keep which columns meant what, so that the next table of this organization needs no choosing."""
    with acting_as(actor):
        demand_organization(actor, Organization.objects.get(id=organization_id))
        ImportMapping.objects.update_or_create(
            organization_id=organization_id, defaults={"columns": columns, "used_at": now}
        )


def free_keys(names: Sequence[str]) -> list[str]:
    """Keys for many new entries, each free in the house and among the others."""
    wanted = [slug(name) for name in names]
    taken = _taken(set(wanted))
    repeated = frozenset(taken)
    if repeated:
        # Where a key is taken, so may be its numbered followers.
        for key in repeated:
            taken |= set(Service.objects.filter(key__startswith=f"{key}-").values_list("key", flat=True))
    keys: list[str] = []
    last: dict[str, int] = {}
    for key in wanted:
        free = _next_free(key, taken, last=last)
        taken.add(free)
        keys.append(free)
    return _settled(keys)


def _next_free(key: str, taken: set[str], *, last: dict[str, int]) -> str:
    if key not in taken:
        return key
    number = last.get(key, 1) + 1
    while f"{key}-{number}" in taken:
        number += 1
    last[key] = number
    return f"{key}-{number}"


def _settled(keys: list[str]) -> list[str]:
    """A numbered key may still be somebody's whose plain key is free; such a one goes on counting."""
    clashes = _taken(set(keys))
    if not clashes:
        return keys
    taken = {*keys, *clashes}
    return [first_free(key, taken) if key in clashes else key for key in keys]


def _taken(keys: set[str]) -> set[str]:
    return set(Service.objects.filter(key__in=keys).values_list("key", flat=True))


def _organizations(names: set[str], *, now: datetime) -> tuple[dict[str, UUID], int]:
    known = dict(Organization.objects.filter(name__in=names, feed__isnull=True).values_list("name", "id"))
    fresh = sorted(names - set(known))
    for name in fresh:
        row = Organization.objects.create(
            key=free_organization_key(name),
            name=name[:250],
            sort_key=sort_key(name)[:300],
            kind=OrganizationKind.INDEPENDENT,
            modified_at=now,
        )
        known[name] = row.id
    return known, len(fresh)


def _propose(
    organization: Organization, rows: Sequence[CheckedRow], *, actor: Actor, now: datetime
) -> Imported:
    Proposal.objects.bulk_create(
        [
            Proposal(
                organization=organization,
                values=to_record(row.values),
                proposed_at=now,
                proposed_by=actor.person_id,
            )
            for row in rows
        ],
        batch_size=1_000,
    )
    return Imported(proposed=len(rows))
