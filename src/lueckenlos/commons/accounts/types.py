"""What crosses to other rooms: who somebody is here, and what they hold."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from lueckenlos.core.actor import Actor, Grant, Role, ScopeKind

# Session key of the demo's one-click sign-in; outside a demo nobody looks at it.
DEMO_ENTRY: Final = "demo_entry"


class SecondFactor(StrEnum):
    """What the host asks of people with a role."""

    REQUIRED = "required"
    OFFERED = "offered"


@dataclass(frozen=True, slots=True)
class Standing:
    """An account as it asks: the actor, and whether more than a password protects it."""

    actor: Actor
    has_second_factor: bool = False


@dataclass(frozen=True, slots=True)
class ScopeChoice:
    """A part of the county that a role can be given for."""

    kind: ScopeKind
    key: str
    name: str

    @property
    def value(self) -> str:
        """As a form writes it."""
        return f"{self.kind}:{self.key}"


@dataclass(frozen=True, slots=True)
class GrantView:
    """One role of one person, with its days."""

    id: int
    role: Role
    scope: ScopeChoice
    granted_at: datetime
    ends_on: date | None
    is_open: bool

    @property
    def grant(self) -> Grant:
        """The same as the actor carries it."""
        return Grant(role=self.role, scope_kind=self.scope.kind, scope_key=self.scope.key)


@dataclass(frozen=True, slots=True)
class PersonView:
    """A person as role administration sees them: no case, no list, no place they signed in from."""

    id: UUID
    name: str
    email: str
    has_signed_in: bool
    has_second_factor: bool
    grants: tuple[GrantView, ...]

    @property
    def open_grants(self) -> tuple[GrantView, ...]:
        """Roles that hold today."""
        return tuple(each for each in self.grants if each.is_open)

    @property
    def past_grants(self) -> tuple[GrantView, ...]:
        """Roles that have ended."""
        return tuple(each for each in self.grants if not each.is_open)


@dataclass(frozen=True, slots=True)
class Invitation:
    """Whom to invite, as what, until when."""

    email: str
    name: str
    grant: Grant
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class UnitView:
    """A team with whoever is in it now; heads may let somebody step in."""

    id: UUID
    organization: UUID
    name: str
    members: tuple[UUID, ...]
    heads: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who works with families for an organization, and in which roles."""

    person: UUID
    name: str
    roles: frozenset[Role]
