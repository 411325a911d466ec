"""Reads of accounts."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from lueckenlos.commons.accounts.models import User
from lueckenlos.core import clock
from lueckenlos.core.actor import NOBODY, Actor, ActorKind, Grant, Role, ScopeKind


def actor_for(user: AbstractBaseUser | AnonymousUser) -> Actor:
    """The actor that an account is; nobody without one."""
    if not isinstance(user, User):
        return NOBODY
    open_grants = user.grants.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=clock.today()))
    grants = tuple(
        Grant(role=Role(grant.role), scope_kind=ScopeKind(grant.scope_kind), scope_key=grant.scope_key)
        for grant in open_grants
    )
    return Actor(kind=ActorKind.PERSON, person_id=user.id, grants=grants, name=user.name)


def demo_people() -> list[User]:
    """Everybody with a role, for the demo's page of sign-ins."""
    return list(User.objects.filter(is_active=True, grants__isnull=False).distinct().order_by("created_at"))


def demo_person(email: str) -> User | None:
    """The account behind one of the demo's sign-ins."""
    return User.objects.filter(is_active=True, grants__isnull=False, email=email.lower()).distinct().first()
