"""What crosses to other rooms: online courses with their stock of codes, and enrollments for those who may see them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from lueckenlos.kernels.codestock import HELD, CodeState, runs_low


class CourseState(StrEnum):
    """How far a course is."""

    DRAFT = "draft"
    PUBLISHED = "published"
    CLOSED = "closed"


class EnrollmentState(StrEnum):
    """Where an enrollment stands; what became of its code stands at the code."""

    WAITING = "waiting"
    OPEN = "open"
    ENDED = "ended"
    STOPPED = "stopped"
    LAPSED = "lapsed"


class Misfit(StrEnum):
    """Why a course is not for a household."""

    TOO_OLD = "too_old"
    ELSEWHERE = "elsewhere"


RUNNING: Final = frozenset({EnrollmentState.WAITING, EnrollmentState.OPEN})
SEEN: Final = frozenset({CodeState.ISSUED, CodeState.ACTIVATED})
"""The states in which a household has seen its code and may use it."""
MOST_MODULES: Final = 20
REMINDERS_MOST: Final = 3


@dataclass(frozen=True, slots=True)
class StockView:
    """The counters outside the wall: where the codes of a course stand, and how many households wait."""

    in_stock: int = 0
    reserved: int = 0
    issued: int = 0
    activated: int = 0
    expired: int = 0
    returned: int = 0
    waiting: int = 0
    low_since: datetime | None = None

    @property
    def in_use(self) -> int:
        """Codes that a household holds."""
        return self.reserved + self.issued + self.activated

    @property
    def would_wait(self) -> bool:
        """Whether whoever comes now has to wait."""
        return self.in_stock < 1 or self.waiting > 0


@dataclass(frozen=True, slots=True)
class WeekView:
    """How many codes were reserved in the week that begins on this Monday."""

    begins: date
    reserved: int


@dataclass(frozen=True, slots=True)
class CentreView:
    """An organization that hands codes out."""

    organization: UUID
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseView:
    """A course as everybody may see it; the stock is for centres and for the word "at once"."""

    id: UUID
    key: str
    organization: UUID
    organization_name: str
    title: str
    summary: str
    description: str
    platform: str
    modules: tuple[str, ...]
    age_max: int
    residents_only: bool
    months: int
    stock_weeks: int
    state: CourseState
    version: int
    centres: tuple[CentreView, ...]
    stock: StockView = field(default_factory=StockView)

    def is_desk_of(self, organization: UUID | None) -> bool:
        """Whether an organization runs the course or hands its codes out."""
        return organization is not None and organization in {
            self.organization,
            *(each.organization for each in self.centres),
        }

    def is_low(self, weeks: Sequence[WeekView]) -> bool:
        """Whether the stock is smaller than what the last weeks used."""
        return runs_low(self.stock.in_stock, used=[each.reserved for each in weeks], weeks=self.stock_weeks)


@dataclass(frozen=True, slots=True)
class Home:
    """Where a household lives, as the form understood it: inside the county or not, and in which municipality."""

    is_here: bool
    ags: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEnrollment:
    """What somebody fills in to get an access; the birthday is judged and never stored."""

    course: UUID
    born_on: date
    home: Home
    name: str
    email: str
    language: str
    wants_reminders: bool
    consent_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrollmentView:
    """An enrollment, for the household that brought it and for nobody else."""

    id: UUID
    course: UUID
    state: EnrollmentState
    code: CodeState | None
    redeem_until: date | None
    ends_on: date | None
    name: str
    done: frozenset[int]
    wants_reminders: bool
    is_finished: bool
    has_fed_back: bool
    shown: tuple[datetime, ...]

    @property
    def holds_code(self) -> bool:
        """Whether the code is this household's now."""
        return self.code in HELD

    @property
    def may_learn(self) -> bool:
        """Whether the household has seen its code and the access lasts."""
        return self.state is EnrollmentState.OPEN and self.code in SEEN


@dataclass(frozen=True, slots=True)
class NewCode:
    """One code that was bought, and the last day on which it can be redeemed."""

    text: str = field(repr=False)
    redeem_until: date | None = None


@dataclass(frozen=True, slots=True)
class PlaceCount:
    """How many households of a municipality took part; never fewer than the county's minimum."""

    ags: str
    households: int


@dataclass(frozen=True, slots=True)
class DeliveryView:
    """Codes that came together: when, from which desk, how many."""

    added_at: datetime
    organization_name: str
    codes: int
