"""What crosses to other rooms: rounds with their offers and figures, and wish lists for those who may see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from lueckenlos.kernels.allocation import Code
from lueckenlos.offers.programmes.types import ProgrammeState, ProgrammeView


class RoundState(StrEnum):
    """How far a round is; that the wishes are over is told by the clock, not by a state."""

    DRAFT = "draft"
    OPEN = "open"
    ALLOCATED = "allocated"
    PUBLISHED = "published"
    ABORTED = "aborted"


# Wishes may come in, or lie there and are not told yet.
UNDER_WAY: Final = frozenset({RoundState.OPEN, RoundState.ALLOCATED})


class Stage(StrEnum):
    """What can be done with a round at a moment."""

    DRAFT = "draft"
    AHEAD = "ahead"
    WISHING = "wishing"
    WAITING = "waiting"
    ALLOCATED = "allocated"
    PUBLISHED = "published"
    ABORTED = "aborted"


class Afterwards(StrEnum):
    """What becomes of the offers of a round that is broken off."""

    REGISTER = "register"
    CLOSED = "closed"


class News(StrEnum):
    """What families are told by mail about a round."""

    DECIDED = "decided"
    EXTENDED = "extended"
    ABORTED = "aborted"
    CALLED_OFF = "called_off"


MOST_CHILDREN: Final = 6
MOST_WISHES: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRound:
    """What an organization says about a round."""

    title: str
    holiday: str
    wishes_from: datetime
    wishes_until: datetime
    rest_from: datetime
    most_each: int = 1
    seed_source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Longer:
    """A later end of wishes, and from where the seed comes after it."""

    wishes_until: datetime
    rest_from: datetime
    seed_source: str


@dataclass(frozen=True, slots=True)
class ExtensionView:
    """What held until the end of wishes was put off."""

    extended_at: datetime
    wishes_until: datetime
    seed_source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundView:
    """A round as everybody may see it."""

    id: UUID
    key: str
    organization: UUID
    organization_name: str
    title: str
    holiday: str
    wishes_from: datetime
    wishes_until: datetime
    rest_from: datetime
    most_each: int
    seed_source: str
    seed: str
    state: RoundState
    over_at: datetime | None
    abort_reason: str
    stays_closed: bool
    version: int

    def stage(self, now: datetime) -> Stage:
        """What can be done now; wishes until noon are over at noon."""
        if self.state is not RoundState.OPEN:
            return Stage(self.state.value)
        if now < self.wishes_from:
            return Stage.AHEAD
        return Stage.WISHING if now < self.wishes_until else Stage.WAITING


@dataclass(frozen=True, slots=True)
class OfferView:
    """A programme that takes part in a round; it does once its own organization has agreed."""

    id: UUID
    round: UUID
    programme: ProgrammeView
    kept: int
    is_agreed: bool

    @property
    def takes_place(self) -> bool:
        """Whether its organization has not called it off."""
        return self.programme.state is ProgrammeState.PUBLISHED


@dataclass(frozen=True, slots=True)
class ChildValue:
    """A child on a wish list."""

    first_name: str
    family_name: str
    born_on: date
    has_need: bool = False
    support: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewWishList:
    """What a family fills in: children who stay together, and their wishes, the dearest first."""

    round: UUID
    children: tuple[ChildValue, ...]
    wishes: tuple[UUID, ...]
    name: str
    email: str
    phone: str
    language: str
    ags: str | None
    consent_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WishListView:
    """A wish list, for whoever brought it, and afterwards for the organization of the round."""

    id: UUID
    round: UUID
    number: str
    name: str
    email: str
    phone: str
    children: tuple[ChildValue, ...]
    wishes: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionView:
    """What became of one wish, with the figures of the kernel's answer; a place may be gone in the end (`is_lost`)."""

    offer: UUID
    wish: int
    code: Code
    size: int
    seats: int
    lot: int
    lots: int
    left: int
    kept: int
    is_lost: bool

    @property
    def has_place(self) -> bool:
        """Whether the children may come."""
        return self.code is Code.PLACE and not self.is_lost


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What an allocation came to; lists, not children, unless it says so."""

    lists: int
    children: int
    with_place: int
    first_wish: int
    children_with_place: int
    seats: int
    taken: int
    blocking: int
    lost: int = 0

    @property
    def other_wish(self) -> int:
        """Lists with a place, none of them the dearest wish."""
        return self.with_place - self.first_wish

    @property
    def without(self) -> int:
        """Lists without any place."""
        return self.lists - self.with_place
