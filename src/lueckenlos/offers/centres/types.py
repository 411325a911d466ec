"""What crosses to other rooms: centres and their members (open), and what members plan together (closed)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from lueckenlos.commons.directory.types import ServiceView
from lueckenlos.offers.bookings.types import ResourceView
from lueckenlos.offers.programmes.types import ProgrammeView, SessionView


class MemberState(StrEnum):
    """Where an organization stands to a centre: asked, part of it, or not (any more)."""

    INVITED = "invited"
    JOINED = "joined"
    LEFT = "left"


class NoteState(StrEnum):
    """Whether something that members plan is still to be done."""

    OPEN = "open"
    SETTLED = "settled"


@dataclass(frozen=True, slots=True)
class MemberView:
    """An organization of a centre; `since` is the day on which it said yes."""

    organization: UUID
    name: str
    state: MemberState
    since: date | None

    @property
    def is_in(self) -> bool:
        """Whether it belongs to the centre now."""
        return self.state is MemberState.JOINED


@dataclass(frozen=True, slots=True, kw_only=True)
class CentreView:
    """A centre as everybody may see it; `members` are also those who were asked or have left."""

    id: UUID
    key: str
    name: str
    lead: UUID
    lead_name: str
    ags: str | None
    municipality: str
    social_area: str
    social_area_key: str
    place: str
    description: str
    phone: str
    email: str
    is_public: bool
    offered_to: UUID | None
    version: int
    members: tuple[MemberView, ...]

    @property
    def joined(self) -> tuple[MemberView, ...]:
        """Those who belong to it now."""
        return tuple(each for each in self.members if each.is_in)

    def member(self, organization: UUID | None) -> MemberView | None:
        """How an organization stands to it, where it stands to it at all."""
        return next((each for each in self.members if each.organization == organization), None)


@dataclass(frozen=True, slots=True)
class Offered:
    """What all members offer together."""

    services: tuple[ServiceView, ...]
    programmes: tuple[ProgrammeView, ...]
    resources: tuple[ResourceView, ...]


@dataclass(frozen=True, slots=True)
class CalendarDate:
    """One date of a member's programme."""

    programme: ProgrammeView
    session: SessionView


def dates_of(
    programmes: Iterable[ProgrammeView], *, begins: datetime, ends: datetime
) -> tuple[CalendarDate, ...]:
    """The dates of programmes that are not over at a moment and begin before another, in their order."""
    found = [
        CalendarDate(programme, session)
        for programme in programmes
        for session in programme.sessions
        if session.ends_at > begins and session.starts_at < ends
    ]
    return tuple(
        sorted(found, key=lambda each: (each.session.starts_at, each.programme.title, each.session.id))
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class NewNote:
    """Something that members plan for a month; `care` is the member that takes care of it."""

    month: date
    day: date | None
    what: str
    care: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteView:
    """Something planned, for members alone."""

    id: UUID
    centre: UUID
    month: date
    day: date | None
    what: str
    care_name: str
    by_name: str
    state: NoteState
