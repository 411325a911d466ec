"""What crosses to other rooms: series, talks, items and who may hear them, as the one who asks may know them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum
from typing import Final
from uuid import UUID

from lueckenlos.commons.privacy.types import Category
from lueckenlos.commons.tasks.types import TaskEnd


class AgeBand(StrEnum):
    """How old a child is, as coarse as a pseudonymous case says it."""

    BEFORE_BIRTH = "before_birth"
    UNDER_3 = "under_3"
    FROM_3 = "from_3"
    FROM_6 = "from_6"
    FROM_10 = "from_10"
    FROM_14 = "from_14"
    FROM_18 = "from_18"


# An age within each band, by which the chain's life phase is found.
WITHIN: Final[Mapping[AgeBand, float]] = {
    AgeBand.BEFORE_BIRTH: 0.0,
    AgeBand.UNDER_3: 1.5,
    AgeBand.FROM_3: 4.5,
    AgeBand.FROM_6: 8.0,
    AgeBand.FROM_10: 12.0,
    AgeBand.FROM_14: 16.0,
    AgeBand.FROM_18: 21.0,
}


class TalkState(StrEnum):
    """How far a talk is."""

    PLANNED = "planned"
    RUNNING = "running"
    HELD = "held"
    CANCELLED = "cancelled"

    @property
    def is_ahead(self) -> bool:
        """Whether cases can still be brought."""
        return self in {TalkState.PLANNED, TalkState.RUNNING}


class Voice(StrEnum):
    """Whose words a contribution holds."""

    FAMILY = "family"
    OFFICE = "office"


class Outcome(StrEnum):
    """What came of an item."""

    ADVICE = "advice"
    AGREED = "agreed"
    NO_OFFER = "no_offer"
    AGAIN = "again"


@dataclass(frozen=True, slots=True)
class DelegateView:
    """Who speaks for an office in a series; a substitute only on days for which they step in."""

    id: UUID
    organization: UUID
    person: UUID
    name: str
    is_substitute: bool


@dataclass(frozen=True, slots=True)
class OfficeView:
    """An office of a series with its people."""

    organization: UUID
    name: str
    short: str
    delegates: tuple[DelegateView, ...] = ()

    @property
    def regulars(self) -> tuple[DelegateView, ...]:
        """Those who come every time."""
        return tuple(each for each in self.delegates if not each.is_substitute)

    @property
    def substitutes(self) -> tuple[DelegateView, ...]:
        """Those who step in."""
        return tuple(each for each in self.delegates if each.is_substitute)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesView:
    """A monthly series of several offices."""

    id: UUID
    name: str
    host: UUID
    place: str
    week: int
    weekday: int
    begins: time
    minutes: int
    ended_at: datetime | None
    version: int
    offices: tuple[OfficeView, ...]

    def office(self, organization: UUID | None) -> OfficeView | None:
        """One of its offices."""
        return next((each for each in self.offices if each.organization == organization), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkView:
    """One date of a series."""

    id: UUID
    series: UUID
    starts_at: datetime
    ends_at: datetime
    place: str
    state: TalkState
    opened_at: datetime | None
    closed_at: datetime | None
    erase_after: datetime
    remarks: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemView:
    """An item as the actor may know it: pseudonymous with its few coarse facts, or of a case, by its parts alone."""

    id: UUID
    talk: UUID
    organization: UUID
    brought_by: UUID
    pseudonym: str
    minutes: int
    file: UUID | None
    about: UUID | None
    age_band: AgeBand | None
    ags: str | None
    field: str
    question: str
    created_at: datetime
    taken_back_at: datetime | None
    version: int

    @property
    def is_named(self) -> bool:
        """Whether it is about a family of a case, heard only by consent."""
        return self.file is not None


# About whom, and what kind of data.
Part = tuple[UUID, Category]


@dataclass(frozen=True, slots=True)
class Hearing:
    """Which offices of the series may hear an item, and which parts of it; pseudonymous ones all hear whole."""

    offices: tuple[UUID, ...]
    parts: Mapping[UUID, frozenset[Part]]
    bringer: UUID
    is_open_to_all: bool

    def hears(self, organization: UUID) -> bool:
        """Whether this office may hear something of it."""
        return self.is_open_to_all or organization == self.bringer or bool(self.parts.get(organization))

    @property
    def hearers(self) -> tuple[UUID, ...]:
        """The offices that may, in the order of the table."""
        return tuple(each for each in self.offices if self.hears(each))

    def hearers_of(self, part: Part) -> tuple[UUID, ...]:
        """The offices to which this part is released."""
        return tuple(each for each in self.offices if part in self.parts.get(each, frozenset()))


@dataclass(frozen=True, slots=True, kw_only=True)
class ContributionView:
    """What an office, or the family, says about a case beforehand."""

    id: UUID
    item: UUID
    organization: UUID
    is_of_file: bool
    voice: Voice
    category: Category
    about: UUID
    text: str
    author: UUID | None
    created_at: datetime
    version: int

    @property
    def part(self) -> Part:
        """About whom, and what kind of data."""
        return self.about, self.category


@dataclass(frozen=True, slots=True)
class AttendanceView:
    """Somebody in the room, or who was there."""

    id: UUID
    person: UUID
    name: str
    organization: UUID
    came_at: datetime
    left_at: datetime | None

    @property
    def is_there(self) -> bool:
        """In the room now."""
        return self.left_at is None


@dataclass(frozen=True, slots=True)
class Seated:
    """Somebody in the room beside an item: whether the whole of it is theirs to know."""

    person: UUID
    organization: UUID
    knows_all: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultView:
    """What came of an item in one talk, without names."""

    id: UUID
    item: UUID
    talk: UUID
    outcome: Outcome
    text: str
    next_talk: UUID | None
    recorded_at: datetime
    version: int


@dataclass(frozen=True, slots=True)
class OwnTalk:
    """A talk ahead about somebody, or about their child, as their own page shows it, with what they said to it."""

    item: UUID
    about: UUID
    starts_at: datetime
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementView:
    """Who does what until when; its end is its task's."""

    id: UUID
    item: UUID
    talk: UUID
    organization: UUID
    person: UUID | None
    what: str
    due_at: datetime
    end: TaskEnd | None
    done_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Whether it still waits to be done."""
        return self.end is None


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """An item on an agenda, with who may hear it and what came of it there."""

    item: ItemView
    hearing: Hearing
    result: ResultView | None
    was_called: bool
