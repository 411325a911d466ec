"""What crosses to other rooms: advisers, whom they advise, who answers today, and the yearly meeting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from dateutil.relativedelta import relativedelta

# By what their pages are found from a task.
ADVISER_TASK: Final = "adviser"
MEETING_TASK: Final = "adviser_meeting"
# A course needs its months, a new contract its weeks.
AHEAD: Final = relativedelta(weeks=12)


class Standing(StrEnum):
    """How a contract or a proof of qualification stands on a day."""

    TO_COME = "to_come"
    CURRENT = "current"
    SOON = "soon"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Period:
    """From a day until a day, both included; without an end it goes on."""

    since: date
    until: date | None = None

    def covers(self, day: date) -> bool:
        """Whether the day lies in it."""
        return self.since <= day and (self.until is None or day <= self.until)

    def standing(self, *, today: date) -> Standing:
        """How it stands today; `SOON` while there is still time to do something."""
        if today < self.since:
            return Standing.TO_COME
        if self.until is None:
            return Standing.CURRENT
        if today > self.until:
            return Standing.OVER
        return Standing.SOON if self.until <= today + AHEAD else Standing.CURRENT


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAdviser:
    """Somebody who advises others about children whom they worry about: for whom they work, by which number."""

    name: str
    organization: UUID
    phone: str
    qualification: str
    qualified: Period
    contract: Period
    person: UUID | None = None
    unit: UUID | None = None
    deputies: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviserView:
    """An adviser; `deputies` in the order in which they step in, `advises` the organizations by name."""

    id: UUID
    name: str
    organization: UUID
    organization_name: str
    phone: str
    qualification: str
    qualified: Period
    contract: Period
    absence: Period | None
    person: UUID | None
    unit: UUID | None
    deputies: tuple[tuple[UUID, str], ...]
    version: int

    def answers(self, *, today: date) -> bool:
        """Whether they can be rung today: under contract and not away."""
        away = self.absence is not None and self.absence.covers(today)
        return self.contract.covers(today) and not away


@dataclass(frozen=True, slots=True)
class Advised:
    """An organization that has an adviser; none means every place that has no adviser of its own."""

    id: UUID
    organization: UUID | None
    name: str
    adviser: UUID
    since: date


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom an organization rings: its adviser, and who answers today in their place."""

    adviser: AdviserView
    deputy: AdviserView | None
    is_own: bool

    @property
    def on_the_phone(self) -> AdviserView:
        """Whom one rings today; where the deputies are away, too, it is the adviser's number all the same."""
        return self.deputy or self.adviser

    @property
    def stands_in(self) -> bool:
        """Whether it is not the adviser who answers."""
        return self.deputy is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMeeting:
    """When those who advise and those who ask meet, where, and who is invited."""

    organization: UUID
    starts_at: datetime
    place: str
    invited: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingView:
    """A yearly meeting; its minutes speak of how to work, never of a child."""

    id: UUID
    organization: UUID
    organization_name: str
    starts_at: datetime
    place: str
    invited: tuple[tuple[UUID, str], ...]
    held_on: date | None
    minutes: str
    version: int


@dataclass(frozen=True, slots=True)
class AdviserLine:
    """An adviser in the register, with how contract and qualification stand and whom they advise."""

    adviser: AdviserView
    contract: Standing
    qualified: Standing
    advises: tuple[str, ...]
    is_away: bool

    @property
    def needs_care(self) -> bool:
        """Whether somebody has to see to it."""
        return bool({self.contract, self.qualified} & {Standing.SOON, Standing.OVER})
