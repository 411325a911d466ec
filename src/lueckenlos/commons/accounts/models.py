"""People who sign in, and what they may act as."""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from lueckenlos.core.actor import Role, ScopeKind


class UserAccounts(BaseUserManager["User"]):
    """Makes accounts; the e-mail address is the name one signs in with."""

    def create_user(self, email: str, password: str | None = None, **values: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **values)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """One account; it has no rights of its own, only grants."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120, help_text="how the person is shown")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = UserAccounts()

    def __str__(self) -> str:
        return self.name


class RoleGrant(models.Model):
    """One role within one scope: an organization, a municipality or the county."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=30, choices=[(role.value, role.value) for role in Role])
    scope_kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in ScopeKind])
    scope_key = models.CharField(max_length=120, help_text="organization key, ags or county key")
    granted_at = models.DateTimeField(auto_now_add=True)
    ends_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "role", "scope_kind", "scope_key"], name="grant_once")
        ]

    def __str__(self) -> str:
        return f"{self.role} @ {self.scope_key}"


class Unit(models.Model):
    """A team of an organization: what is assigned to it, is assigned to whoever is in it now."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization", "name"], name="unit_once")]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """One person in one team, for a time; a head may step in, with a reason."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    is_head = models.BooleanField(default=False)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "user"], condition=models.Q(until__isnull=True), name="membership_once"
            ),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gt=models.F("since")),
                name="membership_has_a_length",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} in {self.unit}"
