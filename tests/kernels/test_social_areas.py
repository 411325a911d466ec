"""Social areas: contributions sum to the score, need and use stay apart, and it is said how sure a rank is."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lueckenlos.kernels.social_areas import (
    BadIndicator,
    BadWish,
    Count,
    Direction,
    Excluded,
    Indicator,
    Missing,
    NothingToRank,
    Ranking,
    Robustness,
    Role,
    Standard,
    Ways,
    rank,
    robustness,
)

AREAS = ("aldenhoven", "inden", "titz")


def by_area(ranking: Ranking) -> dict[str, tuple[int, Any]]:
    return {each.area: (each.rank, each.score) for each in ranking.standings}


def poverty(*values: float | Count | None, **options) -> Indicator:
    return Indicator(options.pop("key", "poverty"), dict(zip(AREAS, values, strict=True)), **options)


def draw(*indicators: Indicator, areas: tuple[str, ...] = AREAS, first: int = 1, seed: int = 7) -> Robustness:
    return robustness(areas, indicators, first=first, rng=np.random.default_rng(seed), draws=400)


def test_the_index_by_hand() -> None:
    """Poverty 30, 10, 20: mean 20, deviation √(200/3); green 5, 9, 1 turned round: mean 5, deviation √(32/3)."""
    green = poverty(5, 9, 1, key="green", direction=Direction.LESS, weight=1.0)
    ranking = rank(AREAS, [poverty(30, 10, 20, weight=3.0), green])
    first = 0.75 * 10 / math.sqrt(200 / 3)
    third = 0.25 * 4 / math.sqrt(32 / 3)
    assert ranking.weights == {"green": 0.25, "poverty": 0.75}
    assert [each.area for each in ranking.standings] == ["aldenhoven", "titz", "inden"]
    assert by_area(ranking)["aldenhoven"] == (1, pytest.approx(first))
    assert by_area(ranking)["titz"] == (2, pytest.approx(third))
    assert by_area(ranking)["inden"] == (3, pytest.approx(-first - third))
    assert ranking.standings[1].contributions == {"poverty": 0.0, "green": pytest.approx(third)}


def test_ranks_run_from_minus_one_to_one_and_ties_share() -> None:
    ways = Ways(standard=Standard.RANK)
    assert by_area(rank(AREAS, [poverty(900, 10, 20)], ways=ways)) == {
        "aldenhoven": (1, 1.0), "titz": (2, 0.0), "inden": (3, -1.0),
    }  # fmt: skip
    assert by_area(rank(AREAS, [poverty(20, 10, 20)], ways=ways)) == {
        "aldenhoven": (1, 0.5), "titz": (1, 0.5), "inden": (3, -1.0),
    }  # fmt: skip


def test_use_is_ranked_apart_from_need() -> None:
    help_used = poverty(1, 9, 2, key="help", role=Role.USE)
    need, use = (rank(AREAS, [poverty(30, 10, 20), help_used], role=role) for role in Role)
    assert (need.weights, use.weights) == ({"poverty": 1.0}, {"help": 1.0})
    assert (need.standings[0].area, use.standings[0].area) == ("aldenhoven", "inden")


def test_what_nobody_knows_and_what_tells_nothing_is_left_out_and_said() -> None:
    ranking = rank(
        AREAS,
        [
            poverty(30, 10, 20),
            poverty(None, math.nan, Count(0, 0), key="unknown"),
            poverty(3, 3, None, key="same"),
            poverty(1, 2, 3, key="idle", weight=0.0),
        ],
    )
    assert ranking.excluded == {
        "unknown": Excluded.ALL_MISSING, "same": Excluded.CONSTANT, "idle": Excluded.NO_WEIGHT,
    }  # fmt: skip
    assert ranking.weights == {"poverty": 1.0}


def test_nothing_to_rank_says_why() -> None:
    with pytest.raises(NothingToRank) as caught:
        rank(AREAS, [poverty(None, None, None)])
    assert caught.value.excluded == {"poverty": Excluded.ALL_MISSING}
    with pytest.raises(NothingToRank):
        rank(AREAS, [poverty(1, 2, 3)], role=Role.USE)
    with pytest.raises(NothingToRank):
        rank([], [])


def test_a_missing_value_counts_as_average_or_hands_its_weight_on() -> None:
    indicators = [poverty(30, 10, 20), poverty(None, 1, 2, key="moves")]
    average, handed = (
        rank(AREAS, indicators, ways=Ways(missing=missing)) for missing in (Missing.AVERAGE, Missing.REWEIGHT)
    )
    alone = 10 / math.sqrt(200 / 3)
    assert average.standings[0].missing == handed.standings[0].missing == ("moves",)
    assert by_area(average)["aldenhoven"] == (1, pytest.approx(alone / 2))
    assert by_area(handed)["aldenhoven"] == (1, pytest.approx(alone))


def test_an_area_of_which_nothing_is_known_lies_in_the_middle() -> None:
    for missing in Missing:
        ranking = rank([*AREAS, "nideggen"], [poverty(30, 10, 20)], ways=Ways(missing=missing))
        (last,) = [each for each in ranking.standings if each.area == "nideggen"]
        assert (last.score, last.missing) == (0.0, ("poverty",))


def test_small_numbers_are_flagged() -> None:
    ranking = rank(AREAS, [poverty(Count(4, 400), Count(80, 400), Count(9, 29))])
    assert {each.area for each in ranking.standings if each.small} == {"aldenhoven", "titz"}


@pytest.mark.parametrize(
    ("indicator", "what"),
    [
        (poverty(1, 2, 3, weight=-1.0), "weight"),
        (poverty(1, 2, 3, weight=math.nan), "weight"),
        (poverty(1, math.inf, 3), "value"),
        (poverty(Count(-1, 10), 2, 3), "numerator"),
        (poverty(Count(1, -10), 2, 3), "denominator"),
        (Indicator("poverty", {"köln": 3.0}), "area"),
    ],
)
def test_what_cannot_be_is_refused_by_name(indicator: Indicator, what: str) -> None:
    with pytest.raises(BadIndicator) as caught:
        rank(AREAS, [indicator])
    assert (caught.value.indicator, caught.value.what) == ("poverty", what)
    with pytest.raises(BadIndicator, match="key"):
        rank(AREAS, [poverty(1, 2, 3), poverty(1, 2, 3)])


def test_a_wish_that_makes_no_sense_is_refused() -> None:
    with pytest.raises(BadWish, match="first"):
        draw(poverty(1, 2, 3), first=0)


def test_a_clear_lead_stands_in_every_draw() -> None:
    found = draw(poverty(Count(300, 400), Count(20, 400), Count(25, 400)))
    assert [each.area for each in found.together] == ["aldenhoven", "titz", "inden"]
    for way in (found.by_weights, found.by_counts, found.together):
        assert (way[0].among_first, way[0].rank_low, way[0].rank_high) == (1.0, 1, 1)


def test_a_lead_by_one_child_of_few_is_said_to_be_unsure() -> None:
    """4 of 20 against 3 of 20: the first is first in little more than half of the draws."""
    found = draw(poverty(Count(4, 20), Count(3, 20), Count(0, 400)))
    assert found.by_weights[0].among_first == 1.0
    assert 0.5 < found.by_counts[0].among_first < 0.8
    assert (found.by_counts[0].rank_low, found.by_counts[0].rank_high) == (1, 2)


def test_large_counts_of_the_same_shares_are_surer() -> None:
    few = draw(poverty(Count(4, 20), Count(3, 20), Count(0, 400)))
    many = draw(poverty(Count(400, 2000), Count(300, 2000), Count(0, 400)))
    assert many.by_counts[0].among_first > 0.99 > few.by_counts[0].among_first


def test_a_lead_that_hangs_on_the_weights_is_said_to_be_unsure() -> None:
    """Two indicators contradict each other; a hair more weight decides, until the weights are drawn."""
    found = draw(poverty(30, 10, 20, weight=1.02), poverty(10, 30, 20, key="moves"))
    assert 0.4 < found.by_weights[0].among_first < 0.75
    assert found.by_counts[0].among_first == 1.0


def test_counts_may_exceed_their_base() -> None:
    found = draw(poverty(Count(40, 20), Count(3, 20), Count(9, 20)))
    assert found.by_counts[0].area == "aldenhoven"
    assert found.by_counts[0].among_first > 0.99


def test_among_the_first_of_all_is_everybody() -> None:
    assert all(each.among_first == 1.0 for each in draw(poverty(1, 2, 3), first=3).together)


values = (
    st.none() | st.integers(-50, 50).map(float) | st.builds(Count, st.integers(0, 60), st.integers(0, 90))
)
indicator_sets = st.lists(
    st.tuples(
        st.tuples(values, values, values),
        st.sampled_from(Direction),
        st.floats(0.1, 5),
    ),
    min_size=1,
    max_size=5,
).map(
    lambda rows: [
        poverty(*row, key=f"i{number}", direction=direction, weight=weight)
        for number, (row, direction, weight) in enumerate(rows)
    ]
)
all_ways = st.builds(Ways, standard=st.sampled_from(Standard), missing=st.sampled_from(Missing))


def ranked(indicators: list[Indicator], ways: Ways) -> Ranking | None:
    try:
        return rank(AREAS, indicators, ways=ways)
    except NothingToRank:
        return None


@settings(max_examples=80)
@given(indicator_sets, all_ways)
def test_contributions_sum_to_the_score_and_ranks_follow_it(indicators: list[Indicator], ways: Ways) -> None:
    ranking = ranked(indicators, ways)
    if ranking is None:
        return
    assert sum(ranking.weights.values()) == pytest.approx(1.0)
    for each in ranking.standings:
        assert math.fsum(each.contributions.values()) == pytest.approx(each.score, abs=1e-12)
        assert each.rank == 1 + sum(other.score > each.score + 1e-9 for other in ranking.standings)
    if ways.missing is Missing.AVERAGE:
        assert math.fsum(each.score for each in ranking.standings) == pytest.approx(0.0, abs=1e-9)


@settings(max_examples=40)
@given(indicator_sets, all_ways, st.randoms(use_true_random=False))
def test_order_changes_nothing_not_even_a_draw(indicators: list[Indicator], ways: Ways, random) -> None:
    if ranked(indicators, ways) is None:
        return
    mixed = random.sample(indicators, len(indicators))
    assert rank(AREAS[::-1], mixed, ways=ways) == rank(AREAS, indicators, ways=ways)
    there, back = (
        robustness(areas, given_in, first=1, rng=np.random.default_rng(3), ways=ways, draws=20)
        for areas, given_in in ((AREAS, indicators), (AREAS[::-1], mixed))
    )
    assert there == back


@settings(max_examples=40)
@given(indicator_sets, st.integers(-9, 9), st.sampled_from([0.5, 2.0, 10.0]))
def test_another_unit_changes_no_score(indicators: list[Indicator], shift: int, factor: float) -> None:
    plain = [each for each in indicators if not any(isinstance(v, Count) for v in each.values.values())]
    ranking = ranked(plain, Ways())
    if ranking is None:
        return
    moved = [
        Indicator(
            each.key,
            {area: None if v is None else factor * float(v) + shift for area, v in each.values.items()},  # type: ignore[arg-type]
            each.direction, each.role, each.weight,
        )
        for each in plain
    ]  # fmt: skip
    again = by_area(rank(AREAS, moved))
    for area, (place, score) in by_area(ranking).items():
        assert again[area] == (place, pytest.approx(score, abs=1e-9))


@settings(max_examples=30)
@given(indicator_sets, all_ways, st.integers(1, 3))
def test_shares_and_intervals_of_ranks_are_possible(
    indicators: list[Indicator], ways: Ways, first: int
) -> None:
    if ranked(indicators, ways) is None:
        return
    found = robustness(AREAS, indicators, first=first, rng=np.random.default_rng(1), ways=ways, draws=30)
    for way in (found.by_weights, found.by_counts, found.together):
        assert sum(each.among_first for each in way) >= first - 1e-9
        assert all(1 <= each.rank_low <= each.rank_middle <= each.rank_high <= 3 for each in way)
