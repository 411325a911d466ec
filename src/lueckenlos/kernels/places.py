"""Who gets the scarce places of one session: the single kernel that decides, at registration and whenever one is free.

Places have no names. A quota keeps so many of them for groups that it fits, until a moment; whom several quotas fit
counts against whichever leaves most to others, so a place that becomes free is free for everyone whom it can serve.
The test is Hall's condition (P. Hall 1935): for every set S of quotas, the groups that fit nothing outside S sit on
the open places and those of S. What is free for a group is the least that is left over all S that hold its quotas.

Nobody is thrown out: where capacity is cut below what is taken nothing new is given until it is below again.
Moments are aware, periods half-open: an offer until noon is over at noon.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from itertools import chain, combinations
from typing import Final
from uuid import UUID

MOST_QUOTAS: Final = 8
"""Every set of quotas is looked at: 256 are quick, and more than eight nobody explains to a family."""


class PlacesError(ValueError):
    """Something of a session that cannot be: what, and the value."""

    def __init__(self, what: str, value: object) -> None:
        super().__init__(f"{what}: {value!r}")
        self.what = what
        self.value = value


class Reason(StrEnum):
    """Why a registration is refused; `NEVER_FITS`: even the empty session has not so many places for this group."""

    NOT_YET_OPEN = "not_yet_open"
    CLOSED = "closed"
    ALREADY_THERE = "already_there"
    NEVER_FITS = "never_fits"
    WAITLIST_FULL = "waitlist_full"


@dataclass(frozen=True, slots=True)
class Group:
    """Who comes together or not at all: siblings, parent and child, or one alone; `fits` are keys of quotas."""

    id: UUID
    size: int = 1
    fits: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if self.size < 1:
            raise PlacesError("a group has at least one person", self.size)


@dataclass(frozen=True, slots=True)
class Quota:
    """Places kept for groups whom the key fits; from `until` on they are open to all, None: kept to the end."""

    key: str
    seats: int
    until: datetime | None = None

    def __post_init__(self) -> None:
        if self.seats < 0:
            raise PlacesError("a quota keeps no negative number of places", self.seats)
        if self.until is not None:
            _demand_aware(self.until)


@dataclass(frozen=True, slots=True)
class Offer:
    """A place offered to a group, taken until its deadline."""

    group: Group
    until: datetime

    def __post_init__(self) -> None:
        _demand_aware(self.until)

    def is_open(self, now: datetime) -> bool:
        """Tell whether it may still be accepted."""
        return not _reached(self.until, now)


@dataclass(frozen=True, slots=True)
class State:
    """One session as it stands: `waiting` in the order of rank, `pending` with or without those that have lapsed.

    `waitlist_limit` counts groups; None: no limit, 0: no waiting list. Quotas that together exceed the capacity
    are cut, the last first.
    """

    capacity: int
    quotas: tuple[Quota, ...] = ()
    taken: tuple[Group, ...] = ()
    pending: tuple[Offer, ...] = ()
    waiting: tuple[Group, ...] = ()
    opens: datetime | None = None
    closes: datetime | None = None
    waitlist_limit: int | None = None

    def __post_init__(self) -> None:
        if self.capacity < 0:
            raise PlacesError("a session has no negative number of places", self.capacity)
        keys = [quota.key for quota in self.quotas]
        if len(keys) > MOST_QUOTAS or len(set(keys)) < len(keys):
            raise PlacesError(f"a session has at most {MOST_QUOTAS} quotas, each key once", keys)
        ids = [group.id for group in self.groups]
        if len(set(ids)) < len(ids):
            raise PlacesError("a group stands in a session once", ids)

    @property
    def groups(self) -> tuple[Group, ...]:
        """Everybody: seated, with an offer (open or lapsed), waiting."""
        return (*self.taken, *(offer.group for offer in self.pending), *self.waiting)


@dataclass(frozen=True, slots=True)
class Placed:
    """The group has its places."""


@dataclass(frozen=True, slots=True)
class Waits:
    """The group waits: 1 is the head of the line; `people_ahead` counts persons, not groups."""

    rank: int
    people_ahead: int


@dataclass(frozen=True, slots=True)
class Refused:
    """The group can neither sit nor wait."""

    reason: Reason


Decision = Placed | Waits | Refused


def register(state: State, group: Group, *, now: datetime) -> Decision:
    """Decide on a new registration, which stands behind all who wait.

    It gets a place only where nobody ahead could use it, so that a place just given back is never snatched before
    the line was asked. Raises PlacesError for a naive `now`.
    """
    _demand_aware(now)
    reason = _refusal(state, group, now=now)
    if reason is not None:
        return Refused(reason)
    if group in _served(replace(state, waiting=(*state.waiting, group)), now=now):
        return Placed()
    if state.waitlist_limit is not None and len(state.waiting) >= state.waitlist_limit:
        return Refused(Reason.WAITLIST_FULL)
    return Waits(len(state.waiting) + 1, sum(each.size for each in state.waiting))


def move_up(state: State, *, now: datetime, until: datetime) -> tuple[Offer, ...]:
    """The offers to make now, in the order of rank; with them entered, nobody waits whom a free place fits.

    A group too large for what is free keeps its rank, and those behind pass only with what it cannot use. `until`
    is the deadline for the answer (`kernels.deadlines.due`), at latest the end of registration; after that end
    nothing is offered. Raises PlacesError where a moment is naive or the deadline is not ahead.
    """
    _demand_aware(now)
    _demand_aware(until)
    if _reached(until, now):
        raise PlacesError("an offer needs a deadline ahead", until)
    if state.closes is not None and _reached(state.closes, now):
        return ()
    deadline = until if state.closes is None else min(until, state.closes, key=datetime.timestamp)
    return tuple(Offer(group, deadline) for group in _served(state, now=now))


def free_for(state: State, fits: Iterable[str] = (), *, now: datetime) -> int:
    """How many places are free for persons whom these quotas fit, whoever waits; never negative."""
    _demand_aware(now)
    kept = kept_at(state, now=now)
    return _left(state.capacity, kept, _occupied(state, kept, now=now), frozenset(fits))


def kept_at(state: State, *, now: datetime) -> dict[str, int]:
    """The places that each quota still keeps at a moment, cut to the capacity."""
    kept: dict[str, int] = {}
    rest = state.capacity
    for quota in state.quotas:
        if quota.until is None or not _reached(quota.until, now):
            kept[quota.key] = min(quota.seats, rest)
            rest -= kept[quota.key]
    return kept


def lapsed(state: State, *, now: datetime) -> tuple[Offer, ...]:
    """The offers whose deadline has passed: their groups lose the place, and `move_up` already counts it as free."""
    return tuple(offer for offer in state.pending if not offer.is_open(now))


def next_change(state: State, *, now: datetime) -> datetime | None:
    """When places become free by themselves: the next deadline of an offer or end of a quota, None: never."""
    moments = chain((offer.until for offer in state.pending), (quota.until for quota in state.quotas))
    ahead = (moment for moment in moments if moment is not None and not _reached(moment, now))
    return min(ahead, key=datetime.timestamp, default=None)


def _refusal(state: State, group: Group, *, now: datetime) -> Reason | None:
    if state.opens is not None and not _reached(state.opens, now):
        return Reason.NOT_YET_OPEN
    if state.closes is not None and _reached(state.closes, now):
        return Reason.CLOSED
    if any(each.id == group.id for each in state.groups):
        return Reason.ALREADY_THERE
    for_ever = replace(state, quotas=tuple(quota for quota in state.quotas if quota.until is None))
    if _left(state.capacity, kept_at(for_ever, now=now), {}, group.fits) < group.size:
        return Reason.NEVER_FITS
    return None


def _served(state: State, *, now: datetime) -> list[Group]:
    """Whom the free places go to. One walk is enough: what is free only shrinks on the way."""
    kept = kept_at(state, now=now)
    occupied = _occupied(state, kept, now=now)
    served: list[Group] = []
    for group in state.waiting:
        if _left(state.capacity, kept, occupied, group.fits) >= group.size:
            occupied[group.fits.intersection(kept)] += group.size
            served.append(group)
    return served


def _occupied(state: State, kept: Mapping[str, int], *, now: datetime) -> Counter[frozenset[str]]:
    """Seats in use or promised, by the quotas in force that their holders fit."""
    occupied: Counter[frozenset[str]] = Counter()
    promised = (offer.group for offer in state.pending if offer.is_open(now))
    for group in chain(state.taken, promised):
        occupied[group.fits.intersection(kept)] += group.size
    return occupied


def _left(
    capacity: int, kept: Mapping[str, int], occupied: Mapping[frozenset[str], int], fits: frozenset[str]
) -> int:
    own = fits.intersection(kept)
    others = [key for key in kept if key not in own]
    open_places = capacity - sum(kept.values())
    least = capacity
    for more in chain.from_iterable(combinations(others, count) for count in range(len(others) + 1)):
        reach = own.union(more)
        sitting = sum(seats for theirs, seats in occupied.items() if theirs <= reach)
        least = min(least, open_places + sum(kept[key] for key in reach) - sitting)
    return max(least, 0)


def _demand_aware(moment: datetime) -> None:
    if moment.utcoffset() is None:
        raise PlacesError("a moment needs a time zone", moment)


def _reached(moment: datetime, now: datetime) -> bool:
    """Tell it by the world's clock: in one zone Python compares hands of clocks, wrong for an hour in October."""
    return now.timestamp() >= moment.timestamp()
