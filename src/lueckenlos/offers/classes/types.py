"""What crosses to other rooms: family classes with mornings and free places, and families for those who may see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import IntEnum, StrEnum
from typing import Final
from uuid import UUID

MOST_GOALS: Final = 3
# A group with fewer families is shown as counts alone: everybody in it knows who was there.
FEW: Final = 5


class InvitationState(StrEnum):
    """Where a family stands; before `YES` nobody's name can be written, `YES` holds a place."""

    INVITED = "invited"
    VISITING = "visiting"
    VISITED = "visited"
    WAITING = "waiting"
    YES = "yes"
    NO = "no"
    LAPSED = "lapsed"
    LEFT = "left"

    @property
    def is_open(self) -> bool:
        """Whether the family comes, or may still come."""
        return self in OPEN

    @property
    def is_undecided(self) -> bool:
        """Whether the family has said neither yes nor no."""
        return self in UNDECIDED


class Second(StrEnum):
    """Whether a parent who lives apart has a link of their own, and whether their yes is needed beside the first."""

    NONE = ""
    ASKED = "asked"
    AGREED = "agreed"
    ALONG = "along"

    @property
    def decides(self) -> bool:
        """Whether nothing goes without this parent: custody is joint."""
        return self in {Second.ASKED, Second.AGREED}


class Rater(StrEnum):
    """Who looks at a goal."""

    CHILD = "child"
    PARENT = "parent"
    # A parent who lives apart and decides too; the two never read each other's faces.
    SECOND = "second"
    TEACHER = "teacher"


class Face(IntEnum):
    """How well a goal went this week; five faces, so that a child needs no words."""

    NOT_AT_ALL = 1
    BADLY = 2
    SO_SO = 3
    WELL = 4
    VERY_WELL = 5


UNDECIDED: Final = (InvitationState.INVITED, InvitationState.VISITING, InvitationState.VISITED)
OPEN: Final = (*UNDECIDED, InvitationState.WAITING, InvitationState.YES)
ENDED: Final = (InvitationState.NO, InvitationState.LAPSED, InvitationState.LEFT)


@dataclass(frozen=True, slots=True)
class MorningView:
    """One morning of a class."""

    id: UUID
    family_class: UUID
    starts_at: datetime
    ends_at: datetime
    is_cancelled: bool
    sequence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassView:
    """A family class as everybody may see it; `taken` and `waiting` count families."""

    id: UUID
    organization: UUID
    organization_name: str
    title: str
    description: str
    place: str
    ags: str | None
    weekday: int
    begins: time
    ends: time
    last_day: date
    capacity: int
    is_open: bool
    version: int
    taken: int
    waiting: int
    mornings: tuple[MorningView, ...]

    @property
    def free(self) -> int:
        """Places that no family holds."""
        return max(self.capacity - self.taken, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationView:
    """An invitation: a mark and where it stands, never a name."""

    id: UUID
    family_class: UUID
    organization: UUID
    mark: str
    state: InvitationState
    language: str
    talked_on: date
    visit: MorningView | None
    second: Second
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class NewMember:
    """What parents write after their yes."""

    child: str
    parent: str
    email: str
    phone: str
    language: str
    consent_version: str


@dataclass(frozen=True, slots=True)
class NewSecond:
    """What a parent who lives apart writes with their yes."""

    parent: str
    email: str
    phone: str
    language: str
    consent_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondView:
    """A parent who lives apart, for themselves and for whoever leads the class; never for the other parent."""

    id: UUID
    invitation: UUID
    family_class: UUID
    decides: bool
    has_agreed: bool
    is_open: bool
    language: str
    parent: str
    email: str
    phone: str
    is_reminded: bool

    @property
    def rates(self) -> bool:
        """Whether this parent says for themselves how goals go: they decide too, and have said yes."""
        return self.decides and self.has_agreed


@dataclass(frozen=True, slots=True)
class RatingView:
    """How somebody saw a goal at a morning."""

    morning: UUID
    day: date
    rater: Rater
    face: Face


@dataclass(frozen=True, slots=True)
class GoalView:
    """A small goal with what was said about it, in the order of the mornings."""

    id: UUID
    member: UUID
    number: int
    words: str
    since: date
    achieved_on: date | None
    ratings: tuple[RatingView, ...]

    @property
    def is_open(self) -> bool:
        """Whether the child still works on it."""
        return self.achieved_on is None

    def face(self, rater: Rater, morning: UUID) -> Face | None:
        """What this rater said at this morning."""
        said = (each.face for each in self.ratings if each.rater is rater and each.morning == morning)
        return next(said, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberView:
    """A family that takes part; its key is that of its invitation."""

    id: UUID
    family_class: UUID
    organization: UUID
    mark: str
    is_here: bool
    child: str
    parent: str
    email: str
    phone: str
    language: str
    is_reminded: bool
    goals: tuple[GoalView, ...]

    @property
    def open_goals(self) -> tuple[GoalView, ...]:
        """What the child works on now."""
        return tuple(each for each in self.goals if each.is_open)


@dataclass(frozen=True, slots=True)
class Presence:
    """Who of a family came to a morning."""

    member: UUID
    child: bool
    parent: bool


@dataclass(frozen=True, slots=True)
class Noted:
    """Everything that the teacher notes of a morning; a visit that is not named stays as it was."""

    presences: tuple[Presence, ...] = ()
    faces: tuple[tuple[UUID, Face], ...] = ()
    visits: tuple[tuple[UUID, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """How far the faces of one kind of rater moved from the first to the last of a goal, over all goals."""

    rater: Rater
    goals: int
    mean: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A group in numbers: shares and means only from five families on."""

    invited: int
    families: int
    mornings: int
    goals: int
    reached: int
    came: float | None = None
    together: float | None = None
    changes: tuple[Change, ...] = ()
