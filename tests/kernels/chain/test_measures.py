"""The next best measure: exact against every set there is, greedy beside it, and nothing bought for nothing."""

import itertools
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lueckenlos.kernels.chain.measures import (
    BadMeasure,
    Measure,
    NegativeBudget,
    Shortage,
    choose,
    difference,
    shortages,
    spread,
)
from lueckenlos.kernels.chain.types import Cell, Step, Verdict

TITZ, INDEN, LINNICH = "titz", "inden", "linnich"


def short(area: str, places: float, *, phase: str = "kita", weight: float = 1.0) -> Shortage:
    """A cell of 100 children that misses so many places of the 50 that it should have."""
    return Shortage(area, phase, "kultur", 100.0, 50.0, 50.0 - places, weight)


def step(key: str, cost: int, *, group: str | None = None, phase: str = "kita", **gains: float) -> Measure:
    return Measure(
        key, Step.NEW_PLACE, cost, {(area, phase, "kultur"): places for area, places in gains.items()}, group
    )


def test_ten_places_for_the_price_of_four_beat_the_dear_course() -> None:
    plan = choose(
        [short(TITZ, 10), short(INDEN, 6)],
        [step("course", 900, titz=10), step("bus", 400, titz=4, inden=6), step("desk", 500, titz=6)],
        budget=900,
    )
    assert plan.least.measures == ("bus", "desk")
    assert (plan.least.missing_before, plan.least.missing_after, plan.least.cost) == (16.0, 0.0, 900)
    assert plan.least.gap == 0.0
    assert [
        (a.area, a.missing_before, a.missing_after, a.met_before, a.met_after) for a in plan.least.areas
    ] == [
        (INDEN, 6.0, 0.0, 0.88, 1.0),
        (TITZ, 10.0, 0.0, 0.8, 1.0),
    ]
    bus = plan.least.why[0]
    assert bus.cells == (((INDEN, "kita", "kultur"), 6.0), ((TITZ, "kita", "kultur"), 4.0))
    assert (bus.places, bus.places_per_euro) == (10.0, 0.025)


def test_greedy_falls_for_the_best_price_and_the_exact_answer_does_not() -> None:
    """Ten places for 4 are the best price, but leave 3 of 7 euros unspent; two of 3.5 each win more."""
    cells = [short(TITZ, 40)]
    steps = [step("cheap", 40, titz=10.5), step("left", 35, titz=9), step("right", 35, titz=9)]
    plan = choose(cells, steps, budget=70)
    assert plan.greedy.measures == ("cheap",)
    assert plan.greedy.gap is None
    assert set(plan.least.measures) == {"left", "right"}
    assert plan.least.missing_after == 22.0


def test_greedy_takes_the_big_one_where_small_change_would_bar_it() -> None:
    plan = choose([short(TITZ, 40)], [step("crumb", 1, titz=1), step("loaf", 100, titz=40)], budget=100)
    assert plan.greedy.measures == ("loaf",)


def test_the_fairest_lifts_the_worst_off_where_the_cheapest_does_not() -> None:
    cells = [short(TITZ, 40), short(INDEN, 20)]
    steps = [step("inden", 100, inden=20), step("titz", 100, titz=15)]
    plan = choose(cells, steps, budget=100)
    assert plan.least.measures == ("inden",)
    assert plan.fairest.measures == ("titz",)
    assert plan.fairest.worst_before == pytest.approx(0.2)
    assert plan.fairest.worst_after == pytest.approx(0.5)
    assert plan.fairest.gap == pytest.approx(0.0, abs=1e-6)


def test_an_area_that_nothing_helps_is_named_and_does_not_paralyse_fairness() -> None:
    cells = [short(TITZ, 30), short(INDEN, 20), short(LINNICH, 45)]
    steps = [step("titz", 50, titz=15), step("inden", 50, inden=20), step("dear", 500, linnich=40)]
    plan = choose(cells, steps, budget=50)
    assert plan.beyond_help == (LINNICH,)
    assert plan.too_dear == ("dear",)
    assert plan.least.measures == ("inden",)
    assert plan.fairest.measures == ("titz",)


def test_need_weighs_more_than_numbers() -> None:
    cells = [short(TITZ, 10, weight=2.0), short(INDEN, 10)]
    steps = [step("titz", 10, titz=6), step("inden", 10, inden=10)]
    assert choose(cells, steps, budget=10).least.measures == ("titz",)
    assert choose([short(TITZ, 10), short(INDEN, 10)], steps, budget=10).least.measures == ("inden",)


def test_a_budget_of_nothing_buys_nothing_not_even_what_is_free() -> None:
    plan = choose([short(TITZ, 10)], [step("free", 0, titz=5), step("dear", 5, titz=5)], budget=0)
    for choice in (plan.least, plan.fairest, plan.greedy):
        assert (choice.measures, choice.cost, choice.missing_after) == ((), 0, 10.0)
    assert plan.beyond_help == (TITZ,)


def test_what_is_free_has_no_price_for_a_place() -> None:
    (why,) = choose([short(TITZ, 10)], [step("free", 0, titz=5)], budget=1).least.why
    assert (why.places, why.places_per_euro) == (5.0, None)


def test_more_than_the_target_is_not_bought() -> None:
    plan = choose(
        [short(TITZ, 10), short(INDEN, -30)], [step("a", 5, titz=10), step("b", 5, inden=50)], budget=99
    )
    assert plan.least.measures == plan.fairest.measures == plan.greedy.measures == ("a",)


def test_of_a_group_one_is_chosen() -> None:
    steps = [step("five", 5, titz=5, group="course"), step("eight", 9, titz=8, group="course")]
    plan = choose([short(TITZ, 20)], steps, budget=99)
    assert plan.least.measures == ("eight",)
    assert plan.greedy.measures == ("five",) or plan.greedy.measures == ("eight",)


def test_a_wider_catchment_that_opens_a_gap_elsewhere_is_charged_for_it() -> None:
    cells = [short(TITZ, 10), short(INDEN, -1)]
    wider = step("wider", 10, titz=4, inden=-6)
    plan = choose(cells, [wider], budget=10)
    assert plan.least.measures == ()
    milder = choose(cells, [step("wider", 10, titz=4, inden=-3)], budget=10)
    assert milder.least.measures == ("wider",)
    assert milder.least.missing_after == 8.0
    assert milder.least.why[0].cells == (((TITZ, "kita", "kultur"), 4.0), ((INDEN, "kita", "kultur"), -2.0))


def test_a_harm_can_be_healed_by_another_measure() -> None:
    cells = [short(TITZ, 10), short(INDEN, 0)]
    steps = [step("wider", 10, titz=10, inden=-8), step("heal", 1, inden=8)]
    plan = choose(cells, steps, budget=11)
    assert set(plan.least.measures) == {"wider", "heal"}
    assert plan.least.missing_after == pytest.approx(0.0, abs=1e-9)


def test_a_euro_over_a_billion_is_over_the_budget() -> None:
    """Solvers round: two measures that cost one euro too much together must not slip through."""
    half = 500_000_000
    steps = [step("a", half + 1, titz=6), step("b", half, titz=5), step("c", half - 1, titz=1)]
    plan = choose([short(TITZ, 40)], steps, budget=2 * half)
    assert plan.least.cost <= 2 * half
    assert set(plan.least.measures) == {"a", "c"}


def test_a_measure_that_no_target_judges_is_named() -> None:
    plan = choose([short(TITZ, 10)], [step("elsewhere", 5, phase="sek1", titz=10)], budget=10)
    assert plan.unjudged == ("elsewhere",)
    assert plan.least.measures == ()


def test_bad_input_is_refused_by_name() -> None:
    with pytest.raises(NegativeBudget):
        choose([short(TITZ, 1)], [], budget=-1)
    with pytest.raises(BadMeasure) as cost:
        choose([short(TITZ, 1)], [step("gift", -5, titz=1)], budget=1)
    assert (cost.value.measure, cost.value.what, cost.value.value) == ("gift", "cost", -5)
    with pytest.raises(BadMeasure, match="gain"):
        choose([short(TITZ, 1)], [step("gift", 5, titz=math.nan)], budget=1)
    with pytest.raises(BadMeasure, match="key"):
        choose([short(TITZ, 1)], [step("gift", 5, titz=1), step("gift", 5, titz=2)], budget=1)


@pytest.mark.parametrize("cells", [[], [short(TITZ, 10)], [short(TITZ, 0)], [short(TITZ, -5)]])
def test_without_measures_or_shortage_the_plan_is_empty(cells: list[Shortage]) -> None:
    plan = choose(cells, [], budget=100)
    assert plan.least.measures == plan.fairest.measures == plan.greedy.measures == ()
    assert plan.least.gap == plan.fairest.gap == 0.0


def test_shortages_are_favourable_and_leave_out_what_has_no_target() -> None:
    cell = Cell(TITZ, "kita", "kultur", 200.0, 10.0, False, 1.0, 4.0, Verdict.GAP, 12.0, 18.0)
    free = Cell(TITZ, "kita", "sport", 200.0, None, False, 1.0, 4.0, Verdict.NO_TARGET, 0.0, 0.0)
    empty = Cell(INDEN, "kita", "kultur", 0.0, 10.0, False, 0.0, 0.0, Verdict.NO_CHILDREN, 0.0, 0.0)
    (found,) = shortages([cell, free, empty], weights={TITZ: 1.5})
    assert (found.places, found.need, found.weight) == (12.0, 20.0, 1.5)


def test_places_spread_by_the_children_in_reach_and_fully_into_each_field() -> None:
    gains = spread(30, shares={(TITZ, "kita"): 100.0, (INDEN, "kita"): 50.0, (LINNICH, "kita"): 0.0},
                   fields=["kultur", "sport", "kultur"])  # fmt: skip
    assert gains == {
        (TITZ, "kita", "kultur"): 20.0, (TITZ, "kita", "sport"): 20.0,
        (INDEN, "kita", "kultur"): 10.0, (INDEN, "kita", "sport"): 10.0,
    }  # fmt: skip
    assert spread(30, shares={}, fields=["kultur"]) == {}


def test_a_wider_catchment_gives_there_what_it_takes_here() -> None:
    here = spread(30, shares={(TITZ, "kita"): 100.0}, fields=["kultur"])
    both = spread(30, shares={(TITZ, "kita"): 100.0, (INDEN, "kita"): 50.0}, fields=["kultur"])
    assert difference(here, both) == {(TITZ, "kita", "kultur"): -10.0, (INDEN, "kita", "kultur"): 10.0}
    assert difference(here, here) == {}


AREAS = [TITZ, INDEN, LINNICH]
PLACES = st.integers(-4, 30).map(float)
problems = st.tuples(
    st.tuples(*(st.tuples(PLACES, st.sampled_from([0.5, 1.0, 2.0])) for _ in AREAS)),
    st.lists(
        st.tuples(
            st.integers(1, 20),
            st.dictionaries(st.sampled_from(AREAS), st.integers(0, 15).map(float), min_size=1),
            st.sampled_from([None, None, "g"]),
        ),
        max_size=6,
    ),
    st.integers(0, 45),
)
harmful = st.tuples(
    st.tuples(*(st.tuples(PLACES, st.sampled_from([0.5, 1.0, 2.0])) for _ in AREAS)),
    st.lists(
        st.tuples(
            st.integers(1, 20),
            st.dictionaries(st.sampled_from(AREAS), st.integers(-6, 15).map(float), min_size=1),
            st.none(),
        ),
        max_size=6,
    ),
    st.integers(0, 45),
)
Problem = tuple[list[Shortage], list[Measure], int]


def built(raw) -> Problem:
    cells, steps, budget = raw
    return (
        [short(area, places, weight=weight) for area, (places, weight) in zip(AREAS, cells, strict=True)],
        [
            Measure(
                f"m{row}", Step.MORE_PLACES, cost, {(a, "kita", "kultur"): g for a, g in gains.items()}, group
            )
            for row, (cost, gains, group) in enumerate(steps)
        ],
        budget,
    )


def allowed(measures: list[Measure], budget: int) -> list[tuple[Measure, ...]]:
    """Every set that the budget and the groups allow."""
    sets = itertools.chain.from_iterable(
        itertools.combinations(measures, n) for n in range(len(measures) + 1)
    )
    return [
        chosen
        for chosen in sets
        if sum(each.cost for each in chosen) <= budget and sum(each.group is not None for each in chosen) <= 1
    ]


def left(cells: list[Shortage], chosen: tuple[Measure, ...]) -> dict[str, float]:
    """Weighted missing places by area."""
    return {
        cell.area: cell.weight * max(0.0, cell.places - sum(each.gains.get(cell.key, 0.0) for each in chosen))
        for cell in cells
    }


@settings(max_examples=60)
@given((problems | harmful).map(built))
def test_the_programme_equals_trying_every_set(problem: Problem) -> None:
    cells, measures, budget = problem
    plan = choose(cells, measures, budget=budget)
    best = min(sum(left(cells, chosen).values()) for chosen in allowed(measures, budget))
    assert plan.least.weighted_after == pytest.approx(best, abs=1e-6)
    assert plan.least.gap == pytest.approx(0.0, abs=1e-6)
    assert plan.greedy.weighted_after >= best - 1e-6


@settings(max_examples=60)
@given((problems | harmful).map(built))
def test_the_fairest_equals_trying_every_set(problem: Problem) -> None:
    cells, measures, budget = problem
    plan = choose(cells, measures, budget=budget)
    buyable = [each for each in measures if 0 < budget >= each.cost]
    helped = {
        cell.area
        for cell in cells
        if cell.places > 0 and any(each.gains.get(cell.key, 0) > 0 for each in buyable)
    }
    need = {cell.area: cell.weight * cell.need for cell in cells}

    def worst(chosen: tuple[Measure, ...]) -> float:
        lost = left(cells, chosen)
        return min((1 - lost[area] / need[area] for area in helped), default=1.0)

    sets = allowed(measures, budget)
    best = max(worst(chosen) for chosen in sets)
    fewest = min(sum(left(cells, chosen).values()) for chosen in sets if worst(chosen) >= best - 1e-9)
    assert plan.fairest.worst_after == pytest.approx(best, abs=1e-6)
    assert plan.fairest.weighted_after == pytest.approx(fewest, abs=1e-5)
    assert plan.fairest.worst_after >= plan.least.worst_after - 1e-6


@settings(max_examples=60)
@given((problems | harmful).map(built), st.integers(0, 30))
def test_never_over_budget_and_more_budget_is_never_worse(problem: Problem, more: int) -> None:
    cells, measures, budget = problem
    poor, rich = (choose(cells, measures, budget=each) for each in (budget, budget + more))
    costs = {each.key: each.cost for each in measures}
    for choice in (poor.least, poor.fairest, poor.greedy):
        assert choice.cost == sum(costs[key] for key in choice.measures) <= budget
    assert rich.least.weighted_after <= poor.least.weighted_after + 1e-6


@settings(max_examples=40)
@given(problems.map(built), st.randoms(use_true_random=False))
def test_order_changes_nothing(problem: Problem, random) -> None:
    cells, measures, budget = problem
    shuffled = choose(random.sample(cells, len(cells)), random.sample(measures, len(measures)), budget=budget)
    assert shuffled == choose(cells, measures, budget=budget)


@settings(max_examples=40)
@given(problems.map(built))
def test_without_groups_greedy_wins_a_third_of_what_can_be_won(problem: Problem) -> None:
    cells, steps, budget = problem
    measures = [Measure(each.key, each.step, each.cost, each.gains) for each in steps]
    plan = choose(cells, measures, budget=budget)
    most = plan.least.weighted_before - plan.least.weighted_after
    won = plan.greedy.weighted_before - plan.greedy.weighted_after
    assert won >= (1 - 1 / math.e) / 2 * most - 1e-6


@settings(max_examples=40)
@given(problems.map(built))
def test_nothing_chosen_is_idle(problem: Problem) -> None:
    cells, measures, budget = problem
    for why in choose(cells, measures, budget=budget).least.why:
        assert why.cells


@settings(max_examples=40)
@given((problems | harmful).map(built))
def test_without_time_the_gap_still_holds_the_truth(problem: Problem) -> None:
    cells, measures, budget = problem
    plan = choose(cells, measures, budget=budget, seconds=0.0)
    best = min(sum(left(cells, chosen).values()) for chosen in allowed(measures, budget))
    assert plan.least.gap is not None
    assert 0.0 <= plan.least.gap <= 1.0
    assert plan.least.weighted_after * (1 - plan.least.gap) <= best + 1e-6
    assert plan.least.weighted_after <= plan.greedy.weighted_after + 1e-6
    assert plan.fairest.gap is not None
    assert 0.0 <= plan.fairest.gap <= 1.0
