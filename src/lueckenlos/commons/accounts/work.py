"""People at work: for which organization somebody acts, and in which teams they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from lueckenlos.commons.accounts.models import Membership, RoleGrant, Unit, User
from lueckenlos.commons.accounts.types import Colleague, UnitView
from lueckenlos.core import audit
from lueckenlos.core.actor import Actor, Role, ScopeKind
from lueckenlos.core.context import acting_as

# Who works with families for an organization; the database reads the same list (migration 0003).
SERVING: Final = (Role.PROFESSIONAL, Role.PREVENTION_OFFICER, Role.FAMILY_OFFICE, Role.PROVIDER)


def organizations_served(actor: Actor) -> list[UUID]:
    """The organizations for which the actor works with families."""
    keys = {
        scope.key for role in SERVING for scope in actor.scopes(role) if scope.kind is ScopeKind.ORGANIZATION
    }
    return sorted(UUID(key) for key in keys)


def at_work(actor: Actor, *, purpose: str | None = None, organization: UUID | None = None) -> Actor:
    """The same person acting for one of their organizations and a purpose; unchanged where they serve none."""
    served = organizations_served(actor)
    chosen = organization if organization in served else (served[0] if served else None)
    if chosen is None:
        return actor
    return replace(actor, organization=chosen, purpose=purpose)


def units_of(organization: UUID, *, now: datetime) -> list[UnitView]:
    """The teams of an organization with their people, by name."""
    units = list(Unit.objects.filter(organization_id=organization, ended_at__isnull=True).order_by("name"))
    rows = _open(now).filter(unit__in=units)
    people: dict[UUID, list[Membership]] = {unit.id: [] for unit in units}
    for row in rows.order_by("user__name", "user_id"):
        people[row.unit_id].append(row)
    return [_view(unit, people[unit.id]) for unit in units]


def unit(key: UUID, *, now: datetime) -> UnitView | None:
    """One team with its people."""
    found = Unit.objects.filter(id=key).first()
    if found is None:
        return None
    return _view(found, list(_open(now).filter(unit=found).order_by("user__name", "user_id")))


def my_units(actor: Actor, *, now: datetime) -> list[UnitView]:
    """The teams in which the actor is, for the organization they act for."""
    if actor.person_id is None or actor.organization is None:
        return []
    return [each for each in units_of(actor.organization, now=now) if actor.person_id in each.members]


def unit_keys(actor: Actor, *, now: datetime) -> frozenset[UUID]:
    """The teams in which the actor is, for the organization they act for; ended ones too, as the policies see it."""
    if actor.person_id is None or actor.organization is None:
        return frozenset()
    rows = _open(now).filter(user_id=actor.person_id, unit__organization=actor.organization)
    return frozenset(rows.values_list("unit_id", flat=True))


def units_at_the_wall() -> frozenset[UUID]:
    """The teams of the actor of this transaction, as the policies see them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT wall.actor_units()")
        row = cursor.fetchone()
    return frozenset(row[0] if row else ())


def without_desk(organizations: Iterable[UUID]) -> frozenset[UUID]:
    """Those of these organizations in which nobody signs in to work, as the policies see it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT o FROM unnest(%s::uuid[]) o WHERE NOT wall.organization_has_desk(o)",
            [list(organizations)],
        )
        return frozenset(row[0] for row in cursor.fetchall())


def names_of(people: Iterable[UUID]) -> dict[UUID, str]:
    """How these people at work are shown."""
    return dict(User.objects.filter(id__in=set(people)).values_list("id", "name"))


def serving(organizations: Iterable[UUID], *, today: date) -> dict[UUID, list[Colleague]]:
    """Who works with families for these organizations today, by name, with the roles in which they do."""
    wanted = {str(organization) for organization in organizations}
    rows = RoleGrant.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=today),
        role__in=[role.value for role in SERVING],
        scope_kind=ScopeKind.ORGANIZATION.value,
        scope_key__in=wanted,
        user__is_active=True,
    ).select_related("user")
    roles: dict[tuple[str, UUID, str], set[Role]] = defaultdict(set)
    for row in rows.order_by("user__name", "user_id"):
        roles[row.scope_key, row.user_id, row.user.name].add(Role(row.role))
    found: dict[UUID, list[Colleague]] = defaultdict(list)
    for (organization, person, name), held in roles.items():
        found[UUID(organization)].append(Colleague(person, name, frozenset(held)))
    return dict(found)


@transaction.atomic
def ensure_unit(organization: UUID, *, name: str) -> UUID:
    """Find or make a team of an organization."""
    return Unit.objects.get_or_create(organization_id=organization, name=name)[0].id


def join_unit(unit_id: UUID, *, person: UUID, is_head: bool, by: Actor, now: datetime) -> None:
    """Take somebody into a team, or change whether they head it."""
    with acting_as(by):
        row, made = Membership.objects.get_or_create(
            unit_id=unit_id, user_id=person, until=None, defaults={"is_head": is_head, "since": now}
        )
        if not made and row.is_head != is_head:
            row.is_head = is_head
            row.save(update_fields=["is_head"])
        audit.record(
            "accounts.unit.joined",
            subject=f"person/{person}",
            details={"unit": str(unit_id), "head": is_head},
            chain=audit.COUNTY,
        )


def leave_unit(unit_id: UUID, *, person: UUID, by: Actor, now: datetime) -> None:
    """Take somebody out of a team: what is the team's task is theirs no longer, from the next statement on."""
    with acting_as(by):
        if Membership.objects.filter(unit_id=unit_id, user_id=person, until__isnull=True).update(until=now):
            audit.record(
                "accounts.unit.left",
                subject=f"person/{person}",
                details={"unit": str(unit_id)},
                chain=audit.COUNTY,
            )


def _open(now: datetime) -> QuerySet[Membership]:
    return Membership.objects.filter(Q(until__isnull=True) | Q(until__gt=now), since__lte=now)


def _view(row: Unit, members: list[Membership]) -> UnitView:
    return UnitView(
        id=row.id,
        organization=row.organization_id,
        name=row.name,
        members=tuple(each.user_id for each in members),
        heads=tuple(each.user_id for each in members if each.is_head),
    )
