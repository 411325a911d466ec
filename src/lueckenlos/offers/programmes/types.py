"""What crosses to other rooms: programmes with their dates and free places, and registrations for those who may see them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final, Self
from uuid import UUID

from lueckenlos.core.incoming import FileKind
from lueckenlos.core.window import one_line


class Kind(StrEnum):
    """What kind of programme it is; all share one model."""

    TALK = "talk"
    COURSE = "course"
    OPEN_GROUP = "open_group"
    HOLIDAY = "holiday"
    FAMILY_CLASS = "family_class"
    TRAINING = "training"
    SPORT = "sport"


class Format(StrEnum):
    """Where one takes part."""

    IN_PERSON = "in_person"
    ONLINE = "online"
    HYBRID = "hybrid"


class ComesWith(StrEnum):
    """Who may be registered together."""

    ADULT = "adult"
    CHILD = "child"
    BOTH = "both"


class ConsentWay(StrEnum):
    """How somebody agreed that their data is kept."""

    ONLINE = "online"
    ORAL = "oral"


class ProgrammeState(StrEnum):
    """How far a programme is."""

    DRAFT = "draft"
    PUBLISHED = "published"
    CANCELLED = "cancelled"


class RegistrationState(StrEnum):
    """Where a registration stands; `OFFERED` holds a place until its deadline."""

    PLACED = "placed"
    OFFERED = "offered"
    WAITING = "waiting"
    CANCELLED = "cancelled"
    DECLINED = "declined"
    LAPSED = "lapsed"

    @property
    def is_open(self) -> bool:
        """Whether it holds a place, or may still get one."""
        return self in OPEN


OPEN: Final = frozenset({RegistrationState.PLACED, RegistrationState.OFFERED, RegistrationState.WAITING})
# Quotas: places kept for families whom somebody refers, or for those who live in one municipality (its AGS).
REFERRED: Final = "referred"
# Fewer answers than this are not shown one by one.
FEW: Final = 5


@dataclass(frozen=True, slots=True)
class QuotaValue:
    """Places kept for those whom the key fits, until a day; None: to the end."""

    key: str
    seats: int
    until: date | None = None

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Self:
        """A quota as it lies in the table."""
        until = stored.get("until")
        return cls(stored["key"], stored["seats"], date.fromisoformat(until) if until else None)


@dataclass(frozen=True, slots=True)
class Question:
    """Something that this programme asks beside the usual."""

    key: str
    label: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Fare:
    """What one person pays, and who pays so much; the money itself is the organization's matter."""

    label: str
    cents: int


@dataclass(frozen=True, slots=True)
class SessionView:
    """One date of a programme."""

    id: UUID
    starts_at: datetime
    ends_at: datetime
    place: str
    is_cancelled: bool
    sequence: int


@dataclass(frozen=True, slots=True)
class Places:
    """The counters outside the wall: how many places there are, are taken, and how many wait."""

    capacity: int | None
    taken: int
    promised: int
    waiting: int

    @property
    def free(self) -> int | None:
        """Places that nobody holds; None: there is no limit."""
        return None if self.capacity is None else max(self.capacity - self.taken - self.promised, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeView:
    """A programme as everybody may see it."""

    id: UUID
    key: str
    organization: UUID
    unit: UUID | None
    service: UUID | None
    organization_name: str
    kind: Kind
    title: str
    summary: str
    description: str
    format: Format
    comes: ComesWith
    for_professionals: bool
    age_min: int | None
    age_max: int | None
    place: str
    ags: str | None
    languages: tuple[str, ...]
    speakers: str
    partners: str
    fee: str
    fares: tuple[Fare, ...]
    opens_at: datetime | None
    closes_at: datetime | None
    most_together: int
    questions: tuple[Question, ...]
    quotas: tuple[QuotaValue, ...]
    waitlist_limit: int | None
    state: ProgrammeState
    version: int
    sessions: tuple[SessionView, ...]
    places: Places

    @property
    def is_free(self) -> bool:
        """Whether nobody pays anything."""
        return not self.fee and not any(fare.cents for fare in self.fares)

    @property
    def asks_more(self) -> bool:
        """Whether it asks something beside who comes: questions of its own, or which price holds."""
        return bool(self.questions) or len(self.fares) > 1

    @property
    def next_session(self) -> SessionView | None:
        """The first date that takes place."""
        return next((each for each in self.sessions if not each.is_cancelled), None)

    def next_after(self, now: datetime) -> SessionView | None:
        """The next date that takes place and is not over."""
        return next((each for each in self.sessions if not each.is_cancelled and each.ends_at > now), None)

    def is_for_age(self, age: int) -> bool:
        """Whether somebody may come who is so many years old on the first date."""
        return (self.age_min or 0) <= age and (self.age_max is None or age <= self.age_max)

    @property
    def ends_at(self) -> datetime | None:
        """When the last date is over."""
        return max((each.ends_at for each in self.sessions), default=None)


@dataclass(frozen=True, slots=True)
class SeatValue:
    """Somebody who comes."""

    first_name: str
    family_name: str
    born_on: date | None = None
    support: str = ""
    is_child: bool = False
    fare: Fare | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRegistration:
    """What somebody fills in to take part."""

    programme: UUID
    name: str
    email: str
    phone: str
    language: str
    ags: str | None
    seats: tuple[SeatValue, ...]
    answers: tuple[tuple[str, str], ...]
    consent_version: str
    referred: bool = False
    street: str = ""
    postcode: str = ""
    city: str = ""
    consent_way: ConsentWay = ConsentWay.ONLINE
    recorded_by: UUID | None = None
    account: UUID | None = None


@dataclass(frozen=True, slots=True)
class LaterAnswers:
    """What a family says once it has the place: the programme's questions, and each one's price by seat."""

    answers: tuple[tuple[str, str], ...]
    fares: Mapping[UUID, Fare]


@dataclass(frozen=True, slots=True)
class WayBack:
    """A fresh code that leads back to a registration, and by when it should still be asked something."""

    code: str
    asked_until: datetime | None


@dataclass(frozen=True, slots=True)
class SeatView:
    """One of those who come."""

    id: UUID
    first_name: str
    family_name: str
    born_on: date | None
    support: str
    is_child: bool
    fare: Fare | None

    @property
    def name(self) -> str:
        """First and family name."""
        return f"{self.first_name} {self.family_name}".strip()


@dataclass(frozen=True, slots=True)
class Reach:
    """Where a family is written to: by mail, by letter, or both."""

    email: str
    phone: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrationView:
    """A registration, for whoever brought it and for the organization of the programme."""

    id: UUID
    programme: UUID
    state: RegistrationState
    size: int
    created_at: datetime
    offered_until: datetime | None
    name: str
    email: str
    phone: str
    language: str
    ags: str | None
    answers: tuple[tuple[str, str], ...]
    seats: tuple[SeatView, ...]
    version: int
    has_fed_back: bool
    asked_until: datetime | None
    street: str
    postcode: str
    city: str
    consent_way: ConsentWay

    @property
    def address(self) -> str:
        """Where letters go; empty where none are wanted."""
        return one_line(self.street, self.postcode, self.city)

    @property
    def cents(self) -> int:
        """What all of them pay together."""
        return sum(seat.fare.cents for seat in self.seats if seat.fare)


@dataclass(frozen=True, slots=True)
class Filters:
    """How families narrow the list."""

    kind: Kind | None = None
    ags: str | None = None
    age: int | None = None
    for_professionals: bool = False
    organizations: frozenset[UUID] | None = None


@dataclass(frozen=True, slots=True)
class AccessView:
    """How those who are registered get in online."""

    address: str
    note: str
    hours_before: int
    materials: str


@dataclass(frozen=True, slots=True)
class MaterialView:
    """A file for those who had a place; None as the session: for all dates, after the last one."""

    id: UUID
    programme: UUID
    session: UUID | None
    name: str
    kind: FileKind
    size: int
    stored_as: UUID


@dataclass(frozen=True, slots=True)
class FeedbackSummary:
    """What those who took part said: figures from five answers on, words as they stand then."""

    count: int
    mean: float | None = None
    again: int | None = None
    words: tuple[str, ...] = ()

    @classmethod
    def of(cls, rows: Sequence[tuple[int, bool | None, str]]) -> Self:
        """Sum answers up; under the minimum nothing but their number, since the group knows who was there."""
        if len(rows) < FEW:
            return cls(len(rows))
        return cls(
            len(rows),
            sum(helped for helped, _again, _words in rows) / len(rows),
            sum(bool(again) for _helped, again, _words in rows),
            tuple(sorted(words for _helped, _again, words in rows if words)),
        )
