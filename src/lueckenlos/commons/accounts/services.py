"""Deeds on accounts: who may sign in, and as what."""

from datetime import date

from django.db import transaction

from lueckenlos.commons.accounts.models import RoleGrant, User
from lueckenlos.core.actor import Grant


@transaction.atomic
def welcome(email: str, *, name: str, password: str | None = None) -> User:
    """Make or find the account of this e-mail address; a password replaces the old one."""
    user = User.objects.filter(email=email.lower()).first()
    if user is None:
        user = User.objects.create_user(email, password, name=name)
    else:
        user.name = name
        if password:
            user.set_password(password)
        user.save(update_fields=["name", "password"])
    user.emailaddress_set.update_or_create(email=user.email, defaults={"verified": True, "primary": True})
    return user


def grant_role(user: User, *, grant: Grant, ends_on: date | None = None) -> None:
    """Let an account act in a role within a scope."""
    RoleGrant.objects.update_or_create(
        user=user,
        role=grant.role.value,
        scope_kind=grant.scope_kind.value,
        scope_key=grant.scope_key,
        defaults={"ends_on": ends_on},
    )


def end_grant(user: User, *, grant: Grant) -> None:
    """Take a role away; it is gone with the next request."""
    RoleGrant.objects.filter(
        user=user, role=grant.role.value, scope_kind=grant.scope_kind.value, scope_key=grant.scope_key
    ).delete()
