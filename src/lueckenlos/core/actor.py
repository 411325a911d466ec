"""Say who asks: a person for an organization and a purpose, a family, a link, a job, or nobody."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from uuid import UUID


class Role(StrEnum):
    """What a person may be in the county; every role but `family` and `young_person` is granted."""

    PROVIDER = "provider"
    PROFESSIONAL = "professional"
    PREVENTION_OFFICER = "prevention_officer"
    FAMILY_OFFICE = "family_office"
    MUNICIPALITY = "municipality"
    COORDINATION = "coordination"
    VOLUNTEER = "volunteer"
    PARTNER = "partner"
    DATA_PROTECTION = "data_protection"
    ADMINISTRATION = "administration"
    FAMILY = "family"
    YOUNG_PERSON = "young_person"


class ScopeKind(StrEnum):
    """How far a role reaches."""

    ORGANIZATION = "organization"
    MUNICIPALITY = "municipality"
    COUNTY = "county"


class ActorKind(StrEnum):
    """The five ways of asking; nobody is also what a forged context turns into."""

    PERSON = "person"
    FAMILY = "family"
    LINK = "link"
    JOB = "job"
    NOBODY = "nobody"


# The signed context joins its fields with these signs, so no field may hold them.
_PLAIN: Final = re.compile(r"[A-Za-z0-9_.:-]*")


class UnfitForContext(ValueError):
    """A field of an actor holds a sign that the signed context uses between its fields."""

    def __init__(self, field: str, value: str) -> None:
        super().__init__(f"{field} may hold letters, digits and _ . : - only, not {value!r}")
        self.field = field
        self.value = value


def _demand_plain(field: str, value: str) -> None:
    if not _PLAIN.fullmatch(value):
        raise UnfitForContext(field, value)


@dataclass(frozen=True, slots=True)
class Scope:
    """A part of the county that a role reaches: one organization, one municipality, or all of it."""

    kind: ScopeKind
    key: str = ""


@dataclass(frozen=True, slots=True)
class Grant:
    """One role of one person, within one scope; `scope_key` is a uuid, an AGS, or the county's AGS."""

    role: Role
    scope_kind: ScopeKind
    scope_key: str = ""

    def __post_init__(self) -> None:
        _demand_plain("scope_key", self.scope_key)

    @property
    def scope(self) -> Scope:
        """The scope as one value."""
        return Scope(self.scope_kind, self.scope_key)

    def covers(self, *, municipality: str | None, organization: UUID | None) -> bool:
        """Tell whether the grant reaches everything that is named; the county reaches all of it."""
        if self.scope_kind is ScopeKind.COUNTY:
            return True
        if self.scope_kind is ScopeKind.MUNICIPALITY:
            return organization is None and municipality == self.scope_key
        return municipality is None and organization is not None and str(organization) == self.scope_key

    def __str__(self) -> str:
        return f"{self.role}@{self.scope_kind}/{self.scope_key}"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks, for whom and what for; made once for each request, link or job, never changed.

    `record` is the one record that a link opens. `name` is what people read; for a job it is the
    job's own name, on which its policies rest.
    """

    kind: ActorKind
    person_id: UUID | None = None
    organization: UUID | None = None
    purpose: str | None = None
    grants: tuple[Grant, ...] = ()
    name: str = ""
    record: UUID | None = None

    def __post_init__(self) -> None:
        _demand_plain("purpose", self.purpose or "")
        if self.kind is ActorKind.JOB:
            _demand_plain("name", self.name)
        if (self.kind in {ActorKind.PERSON, ActorKind.FAMILY}) != (self.person_id is not None):
            raise ValueError("a person or a family has a person_id, and nobody else has one")
        if self.grants and not self.is_signed_in:
            raise ValueError("grants belong to a person or a family")
        if (self.kind is ActorKind.LINK) != (self.record is not None):
            raise ValueError("a link opens exactly one record, and nobody else has one")

    @property
    def is_signed_in(self) -> bool:
        """A person or a family with an account."""
        return self.kind in {ActorKind.PERSON, ActorKind.FAMILY}

    @property
    def roles(self) -> frozenset[Role]:
        """All roles, whatever their scope."""
        return frozenset(grant.role for grant in self.grants)

    @property
    def account_of_family(self) -> UUID | None:
        """The account of a family or a young person; whoever is at work does nothing as a family."""
        return self.person_id if self.roles & {Role.FAMILY, Role.YOUNG_PERSON} else None

    def has_role(self, role: Role) -> bool:
        """Tell whether the actor holds the role anywhere in the county."""
        return any(grant.role is role for grant in self.grants)

    def may(self, role: Role, *, municipality: str | None = None, organization: UUID | None = None) -> bool:
        """Tell whether the actor holds the role there; with no place named, in the whole county."""
        return any(
            grant.role is role and grant.covers(municipality=municipality, organization=organization)
            for grant in self.grants
        )

    def scopes(self, role: Role) -> frozenset[Scope]:
        """Where the actor holds the role, for selectors that list what somebody looks after."""
        return frozenset(grant.scope for grant in self.grants if grant.role is role)


NOBODY: Final = Actor(kind=ActorKind.NOBODY)


def job(name: str) -> Actor:
    """The actor of a job; its policies name it."""
    return Actor(kind=ActorKind.JOB, name=name)


def link_to(record: UUID, *, purpose: str | None = None) -> Actor:
    """The actor who holds a signed link to one record and is otherwise unknown."""
    return Actor(kind=ActorKind.LINK, record=record, purpose=purpose)
