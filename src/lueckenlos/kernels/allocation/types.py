"""What goes into an allocation and what comes out: offers, wish lists, places, and an answer to every wish."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

Times = tuple[tuple[datetime, datetime], ...]


class AllocationError(ValueError):
    """Something that cannot be allocated: what is wrong, and with which key or value."""

    def __init__(self, what: str, value: object) -> None:
        super().__init__(f"{what}: {value!r}")
        self.what = what
        self.value = value


@dataclass(frozen=True, slots=True)
class Offer:
    """A holiday offer: `kept` of its `seats` are for children with support need first; `times` are half-open."""

    key: str
    seats: int
    kept: int = 0
    times: Times = ()

    def __post_init__(self) -> None:
        if not 0 <= self.kept <= self.seats:
            raise AllocationError("an offer keeps between none and all of its seats", self.key)
        if any(moment.utcoffset() is None for span in self.times for moment in span):
            raise AllocationError("the times of an offer need a time zone", self.key)


@dataclass(frozen=True, slots=True)
class Applicant:
    """One child, or siblings or friends who go together or not at all, with one list of wishes, the dearest first.

    `needs` are those of the children who have support need; `limit` is how many offers each of them may get.
    """

    key: str
    children: frozenset[str]
    wishes: tuple[str, ...]
    needs: frozenset[str] = frozenset()
    limit: int = 1

    def __post_init__(self) -> None:
        if not self.children or not self.needs <= self.children:
            raise AllocationError("an applicant has children, and needs are theirs", self.key)
        if len(set(self.wishes)) < len(self.wishes):
            raise AllocationError("a list names each wish once", self.key)
        if self.limit < 1:
            raise AllocationError("an applicant may get at least one offer", self.key)

    @property
    def size(self) -> int:
        """The seats that it needs, all in the same offer."""
        return len(self.children)


@dataclass(frozen=True, slots=True)
class Place:
    """An applicant has seats in an offer, its `wish`-th (from 1), since this round (from 1)."""

    applicant: str
    offer: str
    wish: int
    round: int


class Code(StrEnum):
    """How a wish ended, and why."""

    PLACE = "place"
    LOT = "lot"
    GROUP = "group"
    KEPT = "kept"
    FULL_BEFORE = "full_before"
    UNSETTLED = "unsettled"
    CLASH = "clash"
    LIMIT = "limit"


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one wish, with the figures of the round in which it was decided.

    `seats` were there to give, `kept` of them to children with support need first (how many of those came is nobody's
    business); `lot` of `lots` is the position among all whose list held the offer in that round; `left` seats remained
    after those with better lots; `other` is the offer whose times overlap. With `LIMIT`, `seats` are the offers had.
    """

    applicant: str
    offer: str
    wish: int
    code: Code
    round: int
    size: int
    seats: int = 0
    lot: int = 0
    lots: int = 0
    left: int = 0
    kept: int = 0
    other: str = ""


@dataclass(frozen=True, slots=True)
class Blocking:
    """An applicant that prefers an offer to what it has, while the offer would rather have it than what it has."""

    applicant: str
    offer: str
    round: int


@dataclass(frozen=True, slots=True)
class Allocation:
    """The outcome: by applicant and wish; `blocking` is empty where no group takes part."""

    seed: str
    places: tuple[Place, ...]
    answers: tuple[Answer, ...]
    blocking: tuple[Blocking, ...]
