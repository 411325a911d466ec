"""Reads of accounts."""

from datetime import date
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from lueckenlos.commons.accounts.models import RoleGrant, User
from lueckenlos.commons.accounts.types import GrantView, PersonView, ScopeChoice, Standing
from lueckenlos.commons.directory import selectors as directory
from lueckenlos.commons.places import selectors as places
from lueckenlos.core.actor import NOBODY, Actor, ActorKind, Grant, Role, ScopeKind

# Recovery codes alone are no second factor: they only stand in for one.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def standing_of(user: AbstractBaseUser | AnonymousUser, *, today: date) -> Standing:
    """Who an account is today, in one query; nobody without one."""
    if not isinstance(user, User):
        return Standing(NOBODY)
    rows = list(
        _open(RoleGrant.objects.filter(user_id=user.id), today=today).annotate(
            protected=Exists(_factors(OuterRef("user_id")))
        )
    )
    actor = Actor(
        kind=ActorKind.PERSON,
        person_id=user.id,
        grants=tuple(_grant(row) for row in rows),
        name=user.name,
    )
    # Without a grant nobody asks for a second factor, so it need not be known.
    return Standing(actor, has_second_factor=any(row.protected for row in rows))


def demo_people() -> list[User]:
    """Everybody with a role, for the demo's page of sign-ins."""
    return list(User.objects.filter(is_active=True, grants__isnull=False).distinct().order_by("created_at"))


def demo_person(email: str) -> User | None:
    """The account behind one of the demo's sign-ins."""
    return User.objects.filter(is_active=True, grants__isnull=False, email=email.lower()).distinct().first()


def people(actor: Actor, *, text: str = "", today: date) -> list[PersonView]:
    """Everybody with an account whose name or address has the text, for role administration."""
    if not actor.may(Role.ADMINISTRATION):
        return []
    rows = _people().filter(Q(name__icontains=text) | Q(email__icontains=text))
    names = _names()
    return [_person(row, names=names, today=today) for row in rows]


def person(actor: Actor, person_id: UUID, *, today: date) -> PersonView | None:
    """One person with their roles, for role administration."""
    if not actor.may(Role.ADMINISTRATION):
        return None
    row = _people().filter(id=person_id).first()
    return None if row is None else _person(row, names=_names(), today=today)


def people_with(role: Role, *, today: date) -> list[UUID]:
    """Everybody who holds a role today, by name; for what must find its owner."""
    rows = _open(RoleGrant.objects.filter(role=role, user__is_active=True), today=today)
    return list(dict.fromkeys(rows.order_by("user__name", "user_id").values_list("user_id", flat=True)))


def organizations_with(role: Role, *, today: date) -> list[UUID]:
    """The organizations for which somebody holds a role today."""
    rows = _open(RoleGrant.objects.filter(role=role, user__is_active=True), today=today)
    keys = rows.filter(scope_kind=ScopeKind.ORGANIZATION).values_list("scope_key", flat=True)
    return sorted(UUID(key) for key in set(keys))


def scope_choices() -> list[ScopeChoice]:
    """Every part of the county that a role can be given for: county, municipalities, organizations."""
    county = places.county()
    return [
        ScopeChoice(ScopeKind.COUNTY, county.key, county.name),
        *(ScopeChoice(ScopeKind.MUNICIPALITY, each.ags, each.name) for each in places.municipalities()),
        *(
            ScopeChoice(ScopeKind.ORGANIZATION, str(each.id), each.name)
            for each in directory.own_organizations()
        ),
    ]


def _open(rows: QuerySet[RoleGrant], *, today: date) -> QuerySet[RoleGrant]:
    return rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today))


def _factors(user: OuterRef) -> Any:
    return Authenticator.objects.filter(user_id=user, type__in=FACTORS)


def _people() -> QuerySet[User]:
    grants = Prefetch("grants", RoleGrant.objects.order_by("role", "granted_at"))
    rows = User.objects.filter(is_active=True).prefetch_related(grants).order_by("name", "email")
    return rows.annotate(protected=Exists(_factors(OuterRef("id"))))


def _names() -> dict[str, ScopeChoice]:
    return {choice.value: choice for choice in scope_choices()}


def _grant(row: RoleGrant) -> Grant:
    return Grant(role=Role(row.role), scope_kind=ScopeKind(row.scope_kind), scope_key=row.scope_key)


def _person(row: User, *, names: dict[str, ScopeChoice], today: date) -> PersonView:
    return PersonView(
        id=row.id,
        name=row.name,
        email=row.email,
        has_signed_in=row.last_login is not None,
        has_second_factor=bool(getattr(row, "protected", False)),
        grants=tuple(_grant_view(each, names=names, today=today) for each in row.grants.all()),
    )


def _grant_view(row: RoleGrant, *, names: dict[str, ScopeChoice], today: date) -> GrantView:
    unknown = ScopeChoice(ScopeKind(row.scope_kind), row.scope_key, row.scope_key)
    return GrantView(
        id=row.id,
        role=Role(row.role),
        scope=names.get(unknown.value, unknown),
        granted_at=row.granted_at,
        ends_on=row.ends_on,
        is_open=row.ends_on is None or row.ends_on >= today,
    )
