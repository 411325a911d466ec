"""Scarce places: never sold twice, never empty while somebody waits whom they fit, and the line is kept."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lueckenlos.kernels.places import (
    Group,
    Offer,
    Placed,
    PlacesError,
    Quota,
    Reason,
    Refused,
    State,
    Waits,
    free_for,
    kept_at,
    lapsed,
    move_up,
    next_change,
    register,
)

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)
LATER = NOON + timedelta(hours=48)
KREUZAU, REFERRED = "kreuzau", "referred"


def group(number: int, size: int = 1, *fits: str) -> Group:
    return Group(UUID(int=number), size, frozenset(fits))


def offered(state: State, now: datetime = NOON) -> list[int]:
    return [offer.group.id.int for offer in move_up(state, now=now, until=now + timedelta(days=2))]


def test_siblings_wait_together_when_one_seat_is_left() -> None:
    state = State(12, taken=(group(1, 11),))
    assert register(state, group(2, 2), now=NOON) == Waits(1, 0)
    assert register(state, group(3), now=NOON) == Placed()


def test_a_pending_offer_counts_as_taken_until_its_deadline_and_not_at_it() -> None:
    state = State(1, pending=(Offer(group(1), LATER),))
    assert free_for(state, now=NOON) == 0
    assert free_for(state, now=LATER) == 1
    assert lapsed(state, now=LATER) == state.pending
    assert next_change(state, now=NOON) == LATER
    assert next_change(state, now=LATER) is None


def test_in_the_hour_that_comes_twice_the_world_s_clock_decides() -> None:
    twice = datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Berlin"))
    offer = Offer(group(1), twice.replace(minute=15, fold=1))
    assert offer.is_open(twice)
    assert not offer.is_open(twice.replace(fold=1))


def test_a_place_given_back_is_not_snatched_before_the_line_was_asked() -> None:
    state = State(1, waiting=(group(1), group(2)))
    assert register(state, group(3), now=NOON) == Waits(3, 2)
    assert offered(state) == [1]


def test_a_group_too_large_for_what_is_free_keeps_its_rank_and_the_smaller_passes() -> None:
    state = State(2, taken=(group(1),), waiting=(group(2, 2), group(3), group(4)))
    assert offered(state) == [3]
    assert offered(replace(state, taken=())) == [2]


def test_places_kept_for_a_municipality_are_open_to_all_afterwards() -> None:
    state = State(4, (Quota(KREUZAU, 3, LATER),), waiting=(group(1, 2), group(2, 2, KREUZAU), group(3)))
    assert offered(state) == [2, 3]
    assert offered(state, LATER) == [1, 2]
    assert next_change(state, now=NOON) == LATER


def test_whom_two_quotas_fit_takes_the_place_that_leaves_most_to_others() -> None:
    state = State(2, (Quota(KREUZAU, 1), Quota(REFERRED, 1)), taken=(group(1, 1, KREUZAU, REFERRED),))
    assert free_for(state, {KREUZAU}, now=NOON) == free_for(state, {REFERRED}, now=NOON) == 1
    assert free_for(state, now=NOON) == 0
    both = replace(state, waiting=(group(2, 1, REFERRED), group(3, 1, KREUZAU)))
    assert offered(both) == [2]


def test_among_three_quotas_somebody_else_s_only_seat_is_not_given_away() -> None:
    state = State(
        3,
        (Quota("a", 1), Quota("b", 1), Quota("c", 1)),
        taken=(group(1, 1, "a", "b"), group(2, 1, "b")),
    )
    assert [free_for(state, {key}, now=NOON) for key in ("a", "b", "c")] == [0, 0, 1]


def test_quotas_beyond_the_capacity_are_cut_the_last_first() -> None:
    state = State(5, (Quota(KREUZAU, 4), Quota(REFERRED, 4)))
    assert kept_at(state, now=NOON) == {KREUZAU: 4, REFERRED: 1}


def test_nobody_is_thrown_out_by_a_cut_and_nothing_is_given_until_below() -> None:
    state = State(3, taken=(group(1, 5),), waiting=(group(2),))
    assert free_for(state, now=NOON) == 0
    assert offered(state) == []
    assert offered(replace(state, taken=(group(1, 2),))) == [2]


@pytest.mark.parametrize(
    ("changes", "size", "reason"),
    [
        ({"opens": LATER}, 1, Reason.NOT_YET_OPEN),
        ({"closes": NOON}, 1, Reason.CLOSED),
        ({"waiting": (group(9),)}, 1, Reason.ALREADY_THERE),
        ({}, 3, Reason.NEVER_FITS),
        ({"quotas": (Quota(KREUZAU, 1),)}, 2, Reason.NEVER_FITS),
        ({"taken": (group(1, 2),), "waitlist_limit": 0}, 1, Reason.WAITLIST_FULL),
    ],
)
def test_a_refusal_says_why(changes: dict[str, object], size: int, reason: Reason) -> None:
    assert register(replace(State(2), **changes), group(9, size), now=NOON) == Refused(reason)  # type: ignore[arg-type]


def test_no_offer_lasts_beyond_the_end_of_registration_and_none_is_made_after_it() -> None:
    state = State(1, waiting=(group(1),), closes=NOON + timedelta(hours=1))
    (offer,) = move_up(state, now=NOON, until=LATER)
    assert offer.until == state.closes
    assert move_up(state, now=LATER, until=LATER + timedelta(days=1)) == ()


@pytest.mark.parametrize(
    "impossible",
    [
        lambda: group(1, 0),
        lambda: Quota(KREUZAU, -1),
        lambda: State(-1),
        lambda: State(1, taken=(group(1),), waiting=(group(1),)),
        lambda: State(1, (Quota(KREUZAU, 1), Quota(KREUZAU, 2))),
        lambda: State(9, tuple(Quota(str(number), 1) for number in range(9))),
        lambda: Offer(group(1), NOON.replace(tzinfo=None)),
        lambda: register(State(1), group(1), now=NOON.replace(tzinfo=None)),
        lambda: move_up(State(1), now=NOON, until=NOON),
    ],
)
def test_what_cannot_be_is_not_built(impossible) -> None:
    with pytest.raises(PlacesError):
        impossible()


keys = st.sampled_from(["a", "b", "c"])
any_capacity = st.integers(0, 12)
ends = st.none() | st.integers(1, 60).map(lambda hours: NOON + timedelta(hours=hours))
quotas = st.lists(
    st.builds(Quota, keys, st.integers(0, 3), ends), unique_by=lambda quota: quota.key, max_size=3
).map(tuple)


@st.composite
def states(
    draw: st.DrawFn,
    *,
    largest: int = 3,
    most_groups: int = 12,
    least_quotas: int = 0,
    capacities: st.SearchStrategy[int] = any_capacity,
) -> State:
    sizes = st.tuples(st.integers(1, largest), st.frozensets(keys))
    groups = [
        Group(UUID(int=number), size, fits)
        for number, (size, fits) in enumerate(draw(st.lists(sizes, max_size=most_groups)))
    ]
    seated = draw(st.integers(0, len(groups)))
    return State(
        draw(capacities),
        draw(quotas.filter(lambda several: len(several) >= least_quotas)),
        taken=tuple(groups[:seated]),
        waiting=tuple(groups[seated:]),
    )


def seated_by_hand(state: State, sitting: tuple[Group, ...], now: datetime) -> bool:
    """Tell by trying every seat whether all can sit: each person on an own open place or one of a quota that fits."""
    kept = kept_at(state, now=now)
    rooms = [(None, state.capacity - sum(kept.values())), *kept.items()]
    choices = [[None, *sorted(each.fits & kept.keys())] for each in sitting for _ in range(each.size)]
    return any(all(picked.count(room) <= places for room, places in rooms) for picked in product(*choices))


@given(
    states(largest=2, most_groups=4, least_quotas=2, capacities=st.integers(2, 6)),
    st.frozensets(keys),
)
def test_what_is_free_is_what_trying_every_seat_finds(state: State, fits: frozenset[str]) -> None:
    if not seated_by_hand(state, state.taken, NOON):
        return
    found = 0
    while found < 3 and seated_by_hand(state, (*state.taken, Group(UUID(int=99), found + 1, fits)), NOON):
        found += 1
    assert min(free_for(state, fits, now=NOON), 3) == found


@given(states())
def test_nobody_is_passed_by_somebody_who_fits_no_better(state: State) -> None:
    served = set(offered(state))
    for place, behind in enumerate(state.waiting):
        for ahead in state.waiting[:place]:
            if behind.id.int in served and ahead.id.int not in served:
                assert ahead.size > behind.size or not ahead.fits >= behind.fits


DEEDS = (
    "register", "register", "register", "move_up", "move_up", "cancel", "accept", "decline", "leave", "capacity", "wait",
)  # fmt: skip
deeds = st.lists(
    st.tuples(st.sampled_from(DEEDS), st.integers(0, 99), st.integers(1, 3), st.frozensets(keys)),
    min_size=12,
    max_size=40,
)


class History:
    """A session through its life, kept as a room keeps it: lapsed offers are struck out, then the line moves up."""

    def __init__(self, capacity: int, quotas: tuple[Quota, ...]) -> None:
        self.state = State(capacity, quotas)
        self.now = NOON
        self.born = 0

    def settle(self) -> None:
        over = lapsed(self.state, now=self.now)
        self.change(pending=tuple(offer for offer in self.state.pending if offer not in over))
        made = move_up(self.state, now=self.now, until=self.now + timedelta(hours=10))
        asked = {offer.group for offer in made}
        self.change(
            pending=(*self.state.pending, *made),
            waiting=tuple(each for each in self.state.waiting if each not in asked),
        )

    def change(self, **changes: object) -> None:
        self.state = replace(self.state, **changes)  # type: ignore[arg-type]

    def do(self, deed: str, number: int, size: int, fits: frozenset[str]) -> None:
        if deed == "register":
            self.register(size, fits)
        elif deed == "capacity":
            self.change(capacity=number % 7)
        elif deed == "wait":
            self.now += timedelta(hours=number % 24)
        elif deed == "move_up":
            self.settle()
        else:
            self.end(deed, number)

    def register(self, size: int, fits: frozenset[str]) -> None:
        self.born += 1
        newcomer = Group(UUID(int=self.born), size, fits)
        match register(self.state, newcomer, now=self.now):
            case Placed():
                self.change(taken=(*self.state.taken, newcomer))
            case Waits(rank):
                assert rank == len(self.state.waiting) + 1
                self.change(waiting=(*self.state.waiting, newcomer))
            case Refused(reason):
                assert reason is Reason.NEVER_FITS

    def end(self, deed: str, number: int) -> None:
        state = self.state
        if deed == "cancel" and state.taken:
            self.change(taken=without(state.taken, number))
        elif deed == "leave" and state.waiting:
            self.change(waiting=without(state.waiting, number))
        elif deed in {"accept", "decline"} and state.pending:
            offer = state.pending[number % len(state.pending)]
            accepted = (offer.group,) if deed == "accept" and offer.is_open(self.now) else ()
            self.change(pending=without(state.pending, number), taken=(*state.taken, *accepted))


def without(several: tuple, number: int) -> tuple:
    at = number % len(several)
    return (*several[:at], *several[at + 1 :])


def sitting(state: State, now: datetime) -> tuple[Group, ...]:
    return (*state.taken, *(offer.group for offer in state.pending if offer.is_open(now)))


def in_use(state: State, now: datetime) -> int:
    return sum(each.size for each in sitting(state, now))


@given(st.integers(1, 6), quotas, deeds)
def test_through_any_history_nothing_is_sold_twice_and_nothing_is_left_over(
    capacity: int, quotas: tuple[Quota, ...], deeds: list[tuple[str, int, int, frozenset[str]]]
) -> None:
    history = History(capacity, quotas)
    for deed in deeds:
        before = in_use(history.state, history.now)
        history.do(*deed)
        after = in_use(history.state, history.now)
        assert after <= max(history.state.capacity, before)
        for key in ("a", "b", "c"):
            assert free_for(history.state, now=history.now) <= free_for(history.state, {key}, now=history.now)
        assert free_for(history.state, {"a", "b", "c"}, now=history.now) == max(
            0, history.state.capacity - after
        )
        ranks = [each.id.int for each in history.state.waiting]
        assert ranks == sorted(ranks)
        if deed[0] == "move_up":
            for each in history.state.waiting:
                assert free_for(history.state, each.fits, now=history.now) < each.size


@given(st.integers(1, 6), quotas, deeds)
def test_kept_places_are_never_given_to_others(
    capacity: int, quotas: tuple[Quota, ...], deeds: list[tuple[str, int, int, frozenset[str]]]
) -> None:
    history = History(capacity, quotas)
    for deed in deeds:
        before = {each.id for each in sitting(history.state, history.now)}
        history.do(*deed)
        if deed[0] not in {"register", "move_up"}:
            continue
        for key, seats in kept_at(history.state, now=history.now).items():
            strangers = [each for each in sitting(history.state, history.now) if key not in each.fits]
            if any(each.id not in before for each in strangers):
                assert sum(each.size for each in strangers) <= history.state.capacity - seats
