"""What crosses to other rooms: a task with its one owner, its day, its answer and its end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class TaskKind(StrEnum):
    """What has to be done."""

    ANSWER = "answer"
    CALL_BACK = "call_back"
    VISIT = "visit"
    TELL_FAMILY = "tell_family"
    AGREEMENT = "agreement"
    DELETE_COPY = "delete_copy"
    LOOK_AGAIN = "look_again"
    CORRECTION = "correction"
    OTHER = "other"


class TaskEnd(StrEnum):
    """How a task ended; each end carries its answer in words."""

    DONE = "done"
    NOT_NEEDED = "not_needed"
    IMPOSSIBLE = "impossible"


class Urgency(StrEnum):
    """Where a task stands on the desk."""

    OVERDUE = "overdue"
    TODAY = "today"
    THIS_WEEK = "this_week"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Owner:
    """Whoever has a task: one person, or one team; never both and never nobody."""

    person: UUID | None = None
    unit: UUID | None = None

    def __post_init__(self) -> None:
        if (self.person is None) == (self.unit is None):
            raise ValueError("a task is one person's or one unit's")

    @classmethod
    def of_person(cls, person: UUID) -> Owner:
        """One person."""
        return cls(person=person)

    @classmethod
    def of_unit(cls, unit: UUID) -> Owner:
        """One team: whoever is in it."""
        return cls(unit=unit)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTask:
    """What to remember, whose it is, and by when.

    `organization` is None for the county itself (coordination, data protection). `what` names no more of a
    person than whoever sees the desk may know; `record` and `file` are where the rest stands.
    """

    organization: UUID | None
    owner: Owner
    what: str
    kind: TaskKind
    due_at: datetime
    record: UUID | None = None
    record_kind: str = ""
    file: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskView:
    """A task as its owner, the team or, once it has climbed, the head of the team sees it."""

    id: UUID
    organization: UUID | None
    owner: Owner
    owner_name: str
    what: str
    kind: TaskKind
    record: UUID | None
    record_kind: str
    file: UUID | None
    due_at: datetime
    created_at: datetime
    answer: str
    answered_at: datetime | None
    end: TaskEnd | None
    done_at: datetime | None
    climbed_at: datetime | None
    remark: str
    remarked_at: datetime | None
    version: int
    urgency: Urgency
    days_late: int
    is_mine: bool

    @property
    def is_open(self) -> bool:
        """It has not ended."""
        return self.end is None

    @property
    def has_climbed(self) -> bool:
        """It was overdue, and the heads of the team see it, too."""
        return self.climbed_at is not None and self.end is None


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that waits for somebody, the most urgent first."""

    overdue: tuple[TaskView, ...] = ()
    today: tuple[TaskView, ...] = ()
    this_week: tuple[TaskView, ...] = ()
    later: tuple[TaskView, ...] = ()

    def __len__(self) -> int:
        return len(self.overdue) + len(self.today) + len(self.this_week) + len(self.later)


@dataclass(frozen=True, slots=True)
class OwnerChoice:
    """Somebody to whom a task can be given, as a list names them."""

    owner: Owner
    name: str

    @property
    def value(self) -> str:
        """As a form writes it."""
        return f"person:{self.owner.person}" if self.owner.person else f"unit:{self.owner.unit}"
