"""What crosses to other rooms: people as the one who asks may know them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class ContactKind(StrEnum):
    """A way to reach a person."""

    PHONE = "phone"
    MOBILE = "mobile"
    EMAIL = "email"


class ContactWish(StrEnum):
    """How a person wants to be reached; what is not among their wishes is not done."""

    CALL = "call"
    SMS = "sms"
    EMAIL = "email"
    LETTER = "letter"
    IN_PERSON = "in_person"


class RelationKind(StrEnum):
    """How an adult stands to a child; told by the family, never assumed."""

    MOTHER = "mother"
    FATHER = "father"
    STEP_PARENT = "step_parent"
    FOSTER_PARENT = "foster_parent"
    GRANDPARENT = "grandparent"
    GUARDIAN = "guardian"


@dataclass(frozen=True, slots=True)
class ContactValue:
    """One way, and whether somebody else may hear a message that is left there."""

    kind: ContactKind
    value: str
    is_safe: bool = True


@dataclass(frozen=True, slots=True)
class AddressValue:
    """Where somebody lives; `is_blocked` (§ 51 BMG) means that nobody outside the task learns it."""

    street: str
    postcode: str
    city: str
    ags: str | None = None
    is_blocked: bool = False


@dataclass(frozen=True, slots=True)
class NewPerson:
    """A person as told; everything but a name to call them by may be missing."""

    first_name: str
    family_name: str = ""
    born_on: date | None = None
    languages: tuple[str, ...] = ("de",)
    needs_interpreter: bool = False
    wishes: tuple[ContactWish, ...] = ()
    wish_note: str = ""
    contacts: tuple[ContactValue, ...] = ()
    address: AddressValue | None = None


@dataclass(frozen=True, slots=True)
class PersonView:
    """A person as the actor may know them; empty where a category is closed to them."""

    id: UUID
    first_name: str
    family_name: str
    born_on: date | None
    languages: tuple[str, ...]
    needs_interpreter: bool
    wishes: tuple[ContactWish, ...]
    wish_note: str
    contacts: tuple[ContactValue, ...]
    address: AddressValue | None
    version: int

    @property
    def name(self) -> str:
        """First and family name."""
        return f"{self.first_name} {self.family_name}".strip()

    def wants(self, wish: ContactWish) -> bool:
        """Whether this way is among their wishes; without any wish every way is open."""
        return not self.wishes or wish in self.wishes


@dataclass(frozen=True, slots=True)
class HouseholdView:
    """A household with those of its members whom the actor may know."""

    id: UUID
    members: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class RelationView:
    """An adult and a child, and whether the adult has custody."""

    child: UUID
    adult: UUID
    kind: RelationKind
    has_custody: bool
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Somebody of this name and birthday is already known to the office; no more is told."""

    id: UUID
    first_name: str
