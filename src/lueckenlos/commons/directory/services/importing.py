"""Take over the rows of a table that fit: all of them in one transaction, or none."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import connection

from lueckenlos.commons.directory.importing import CheckedRow
from lueckenlos.commons.directory.keys import free_organization_key, slug
from lueckenlos.commons.directory.models import ImportMapping, Organization, Proposal
from lueckenlos.commons.directory.selectors.import_plans import ImportPlan, plan_held_import
from lueckenlos.commons.directory.services.access import demand_organization, is_coordination, publishes
from lueckenlos.commons.directory.services.bulk import NewEntry, Origin, add_many, new_ids
from lueckenlos.commons.directory.services.bulk_changes import change_many, settle_many
from lueckenlos.commons.directory.types import OrganizationKind, ProposalState
from lueckenlos.commons.directory.types.storage import to_record
from lueckenlos.core import audit, locking
from lueckenlos.core.actor import Actor, ActorKind
from lueckenlos.core.collecting import collecting_later
from lueckenlos.core.context import acting_as
from lueckenlos.kernels.sortkey import sort_key

IMPORT_LOCK = "directory import"
ROUNDS = 4


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    held: int = 0
    """Rows that differ from entries which somebody edited here since; left as they are."""
    proposed: int = 0
    organizations: int = 0


@collecting_later()
def import_rows(
    organization_id: UUID,
    rows: Sequence[CheckedRow],
    *,
    given: frozenset[str],
    actor: Actor,
    now: datetime,
) -> Imported:
    """Bring entries to what the rows say in the `given` fields; those of an organization not trusted are proposed.

    A row that this source brought before changes its entry, unless somebody edited that here since; all other
    rows are new. Entries that no row speaks of stay. Koordination and the command line may name other
    organizations in a column; unknown ones are added.
    """
    with acting_as(actor):
        organization = Organization.objects.get(id=organization_id)
        demand_organization(actor, organization)
        locking.hold(IMPORT_LOCK)
        is_wide = actor.kind is ActorKind.JOB or is_coordination(actor)
        plan = plan_held_import(rows, organization_id=organization_id, given=given, is_wide=is_wide)
        if actor.kind is not ActorKind.JOB and not publishes(actor, organization):
            return _propose(organization, plan, actor=actor, now=now)
        named = {row.organization for row, _key in plan.new if row.organization} if is_wide else set()
        owners, fresh = _organizations(named, now=now)
        add_many(
            _entries(plan, owners=owners, otherwise=organization.id), deed="imported", actor=actor, now=now
        )
        change_many(plan.changed, deed="imported", actor=actor, now=now)
        settle_many(plan.settled)
        done = Imported(len(plan.new), len(plan.changed), plan.unchanged, len(plan.held), 0, fresh)
        _record(organization, rows, done=done)
        return done


def _record(organization: Organization, rows: Sequence[CheckedRow], *, done: Imported) -> None:
    """One entry of the audit chain for the whole table: its counts, and a digest of all that was read."""
    digest = sha256(b"".join(row.digest.bytes for row in rows)).hexdigest()
    details = {
        "rows": len(rows),
        "digest": digest,
        "added": done.added,
        "changed": done.changed,
        "held": done.held,
    }
    audit.record("directory.imported", subject=f"organization/{organization.key}", details=details)


def _entries(plan: ImportPlan, *, owners: dict[str, UUID], otherwise: UUID) -> list[NewEntry]:
    keys = free_keys([row.values.name for row, _key in plan.new])
    return [
        NewEntry(id_, key, owners.get(row.organization, otherwise), row.values, Origin(source, row.digest))
        for (row, source), key, id_ in zip(plan.new, keys, new_ids(len(plan.new)), strict=True)
    ]


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


def _propose(organization: Organization, plan: ImportPlan, *, actor: Actor, now: datetime) -> Imported:
    """Ask Koordination for what the rows say; an older question from the same row is withdrawn."""
    asked = [(row, key, None) for row, key in plan.new]
    changed = [(each.row, each.source_key, each) for each in plan.changed]
    older = Proposal.objects.filter(
        source_key__in=[key for _row, key, _each in (*asked, *changed)], state=ProposalState.OPEN
    )
    older.update(state=ProposalState.WITHDRAWN, decided_at=now)
    Proposal.objects.bulk_create(
        [
            Proposal(
                organization=organization,
                service_id=each.service_id if each else None,
                base_version=each.version if each else None,
                values=to_record(each.new if each else row.values),
                source_key=key,
                source_digest=row.digest,
                proposed_at=now,
                proposed_by=actor.person_id,
            )
            for row, key, each in (*asked, *changed)
        ],
        batch_size=1_000,
    )
    return Imported(unchanged=plan.unchanged, held=len(plan.held), proposed=len(asked) + len(changed))
