"""Access codes: no way back into stock for what somebody has seen, one for a household, and a warning in time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lueckenlos.kernels.codestock import (
    HELD,
    NEXT,
    CodeState,
    HoldsOne,
    StockEmpty,
    TransitionError,
    move,
    reserve,
    runs_low,
)

states = st.sampled_from(CodeState)


def test_a_code_goes_from_the_stock_to_a_family_and_ends() -> None:
    state = CodeState.IN_STOCK
    for wanted in (CodeState.RESERVED, CodeState.ISSUED, CodeState.ACTIVATED, CodeState.EXPIRED):
        state = move(state, to=wanted)
    assert not NEXT[state]


@given(states, states)
def test_every_other_way_is_refused_and_named(now: CodeState, wanted: CodeState) -> None:
    if wanted in NEXT[now]:
        assert move(now, to=wanted) is wanted
        return
    with pytest.raises(TransitionError) as caught:
        move(now, to=wanted)
    assert (caught.value.now, caught.value.wanted) == (now, wanted)
    assert set(caught.value.allowed) == NEXT[now]


@given(st.lists(states, max_size=12))
def test_what_somebody_has_seen_never_comes_back_into_stock(ways: list[CodeState]) -> None:
    state, seen = CodeState.IN_STOCK, False
    for wanted in ways:
        if wanted in NEXT[state]:
            state = wanted
        seen = seen or state is CodeState.ISSUED
        assert not (seen and state in {CodeState.IN_STOCK, CodeState.RESERVED})


@given(st.lists(states, max_size=4), st.integers(1, 9))
def test_a_household_has_one_code_at_a_time(held: list[CodeState], in_stock: int) -> None:
    if HELD.isdisjoint(held):
        assert reserve(in_stock, held=held) is CodeState.RESERVED
    else:
        with pytest.raises(HoldsOne):
            reserve(in_stock, held=held)


def test_nothing_is_reserved_from_an_empty_stock() -> None:
    with pytest.raises(StockEmpty):
        reserve(0, held=())


@pytest.mark.parametrize(
    ("in_stock", "used", "expected"),
    [(9, (9, 0, 5, 4), False), (8, (1, 0, 5, 4), True), (9, (1, 0, 5, 4), False), (8, (3,), True), (1, (), False), (0, (), True)],
)  # fmt: skip
def test_the_stock_is_low_when_the_last_three_weeks_would_empty_it(
    *, in_stock: int, used: tuple[int, ...], expected: bool
) -> None:
    assert runs_low(in_stock, used=used, weeks=3) is expected


@given(st.integers(0, 50), st.lists(st.integers(0, 20), max_size=9), st.integers(1, 6))
def test_with_more_in_stock_it_is_never_lower(in_stock: int, used: list[int], weeks: int) -> None:
    assert runs_low(in_stock, used=used, weeks=weeks) or not runs_low(in_stock + 1, used=used, weeks=weeks)


@pytest.mark.parametrize(("used", "weeks"), [((1,), 0), ((-1,), 1)])
def test_impossible_figures_are_refused(used: tuple[int, ...], weeks: int) -> None:
    with pytest.raises(ValueError, match="at least one week"):
        runs_low(1, used=used, weeks=weeks)
