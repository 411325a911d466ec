"""What crosses to other rooms: what can be booked and when it is free, and bookings for those who may see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from lueckenlos.core.window import one_line


class ResourceKind(StrEnum):
    """What is booked."""

    PERSON = "person"
    ROOM = "room"
    THING = "thing"


class BookingState(StrEnum):
    """Where a booking stands; the first two keep the time for it."""

    REQUESTED = "requested"
    BOOKED = "booked"
    CANCELLED = "cancelled"
    DECLINED = "declined"

    @property
    def is_held(self) -> bool:
        """Whether it keeps others away."""
        return self in HELD


class Way(StrEnum):
    """How an appointment takes place."""

    ON_SITE = "on_site"
    PHONE = "phone"


class Gender(StrEnum):
    """With whom somebody would rather speak."""

    ANY = ""
    WOMAN = "woman"
    MAN = "man"


HELD: Final = (BookingState.REQUESTED, BookingState.BOOKED)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceView:
    """What can be booked, as everybody may see it."""

    id: UUID
    organization: UUID
    organization_name: str
    kind: ResourceKind
    title: str
    description: str
    place: str
    ags: str | None
    minutes: int
    before: int
    after: int
    least_hours: int
    most_days: int
    parallel: int
    needs_approval: bool
    is_public: bool
    is_open: bool
    shows_titles: bool
    languages: tuple[str, ...]
    gender: Gender
    hours: tuple[str, ...]
    closed_on: tuple[date, ...]
    since: date
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NewBooking:
    """What somebody fills in for a free time."""

    resource: UUID
    starts_at: datetime
    name: str
    email: str
    phone: str = ""
    language: str = "de"
    interpreter: str = ""
    gender: Gender = Gender.ANY
    way: Way = Way.ON_SITE
    title: str = ""
    by_sms: bool = False
    street: str = ""
    postcode: str = ""
    city: str = ""
    consent_version: str
    account: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What an organization enters itself, for somebody or for its own use."""

    title: str = ""
    name: str = ""
    email: str = ""
    phone: str = ""
    by_sms: bool = False
    street: str = ""
    postcode: str = ""
    city: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingView:
    """A booking, for whoever made it and for the organization that gives the time."""

    id: UUID
    resource: UUID
    organization: UUID
    guest: UUID | None
    guest_name: str
    state: BookingState
    starts_at: datetime
    ends_at: datetime
    lane: int
    is_block: bool
    series: UUID | None
    title: str
    name: str
    email: str
    phone: str
    language: str
    interpreter: str
    gender: Gender
    way: Way
    reason: str
    sequence: int
    along: UUID | None
    wants_earlier: bool
    by_sms: bool
    street: str
    postcode: str
    city: str

    @property
    def address(self) -> str:
        """Where letters go; empty where none are wanted."""
        return one_line(self.street, self.postcode, self.city)


@dataclass(frozen=True, slots=True)
class Taken:
    """A time that is taken, as everybody may know it; the title only where the organization shows it."""

    id: UUID
    starts_at: datetime
    ends_at: datetime
    title: str = ""
    sequence: int = 0


@dataclass(frozen=True, slots=True)
class Interpreting:
    """Who translates at a booking, as far as those may know who are there: from where, and whether it is certain."""

    organization_name: str
    state: BookingState
