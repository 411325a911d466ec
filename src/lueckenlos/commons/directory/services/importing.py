"""Take over the rows of a table that fit: all of them in one transaction, or none."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from lueckenlos.commons.directory.importing import CheckedRow
from lueckenlos.commons.directory.keys import free_organization_key, slug
from lueckenlos.commons.directory.models import ImportMapping, Organization, Proposal
from lueckenlos.commons.directory.services.access import demand_organization, is_coordination, publishes
from lueckenlos.commons.directory.services.bulk import NewEntry, add_many
from lueckenlos.commons.directory.types import OrganizationKind
from lueckenlos.commons.directory.types.storage import to_record
from lueckenlos.core import audit, locking
from lueckenlos.core.actor import Actor, ActorKind
from lueckenlos.core.context import acting_as
from lueckenlos.kernels.sortkey import sort_key

IMPORT_LOCK = "directory import"
ROUNDS = 4


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
    """Keys for many new entries, each free in the house and among the others; a query a round, few rounds."""
    keys = [slug(name) for name in names]
    free: list[str | None] = [None] * len(keys)
    given: set[str] = set()
    tried: dict[str, int] = {}
    waiting = list(range(len(keys)))
    for _round in range(ROUNDS):
        candidates = {at: _next(keys[at], tried) for at in waiting}
        taken = _taken(set(candidates.values()))
        for at, candidate in candidates.items():
            if candidate not in taken and candidate not in given:
                free[at] = candidate
                given.add(candidate)
        waiting = [at for at in waiting if free[at] is None]
        if not waiting:
            break
    # So many of one name: a random end is found at once.
    return [key or f"{keys[at]}-{uuid.uuid4().hex[:12]}" for at, key in enumerate(free)]


def _next(key: str, tried: dict[str, int]) -> str:
    number = tried[key] = tried.get(key, 0) + 1
    return key if number == 1 else f"{key}-{number}"


def _taken(keys: set[str]) -> set[str]:
    with connection.cursor() as cursor:
        # One array instead of ten thousand parameters.
        cursor.execute("SELECT key FROM directory_service WHERE key = ANY(%s)", [list(keys)])
        return {key for (key,) in cursor.fetchall()}


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
