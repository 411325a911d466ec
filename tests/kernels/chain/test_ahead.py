"""Everybody grows older by one, children are born, some come and go; and the further ahead the less is known."""

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lueckenlos.kernels.chain.ahead import (
    BadPopulation,
    Constant,
    Growth,
    Outlook,
    Scenario,
    TooFewYears,
    Trend,
    UnreachableTotal,
    WrongShape,
    YearsOutOfRange,
    ahead,
    births_per_person,
    gompertz,
)
from lueckenlos.kernels.chain.types import OLDEST, Floats

NOBODY_DIES = np.ones(OLDEST)


def people(**ages: float) -> Floats:
    """One area: `a30=200` is two hundred of 30."""
    row = np.zeros((1, OLDEST))
    for age, count in ages.items():
        row[0, int(age[1:])] = count
    return row


def looked(
    persons: Floats, years: int, scenario: Scenario | None = None, **options: Any
) -> tuple[Outlook, ...]:
    return ahead(persons, base=2025, years=years, scenario=scenario or Constant(), **options)


def test_the_children_of_today_go_to_school_six_years_from_now() -> None:
    outlook = looked(people(a0=40, a3=55, a30=400), 6)
    assert [each.year for each in outlook] == [2026, 2027, 2028, 2029, 2030, 2031]
    assert outlook[5].persons[0, 6] == 40
    assert outlook[2].persons[0, 6] == 55


def test_births_follow_those_of_twenty_to_thirty_nine() -> None:
    """40 children for 400 adults are one for ten; next year 300 are left in these years and 50 come into them."""
    persons = people(a0=40, a19=50, a30=300, a39=100)
    assert births_per_person(persons).tolist() == [0.1]
    assert looked(persons, 1)[0].persons[0, 0] == pytest.approx(35.0)
    assert looked(persons, 1, birth_rate=np.array([0.2]))[0].persons[0, 0] == pytest.approx(70.0)


def test_an_area_without_young_adults_takes_the_county_rate() -> None:
    persons = np.vstack([people(a0=40, a30=400), people(a19=50)])
    assert births_per_person(persons).tolist() == [0.1, 0.1]
    assert looked(persons, 1)[0].persons[1, 0] == pytest.approx(5.0)


def test_so_many_come_a_year_like_those_who_live_there() -> None:
    persons = np.vstack([people(a9=300), people(a59=100)])
    after = looked(persons, 1, Constant(40), survival=NOBODY_DIES)[0].persons
    assert (after[0, 10], after[1, 60]) == (330, 110)


def test_newcomers_may_be_younger_than_the_rest() -> None:
    young = np.zeros(OLDEST)
    young[10] = 1.0
    persons = np.vstack([people(a9=300), people(a59=100)])
    after = looked(persons, 1, Constant(40), survival=NOBODY_DIES, newcomers=young)[0].persons
    assert (after[0, 10], after[1, 60]) == (340, 100)


def test_growth_reaches_its_total_in_equal_steps_and_stays() -> None:
    persons = np.vstack([people(a0=30, a10=500, a25=300, a60=170), people(a0=12, a40=488)])
    outlook = looked(persons, 6, Growth(total=1_800, by=2028))
    assert [each.persons.sum() for each in outlook] == pytest.approx([1600, 1700, 1800, 1800, 1800, 1800])


def test_growth_may_shrink() -> None:
    outlook = looked(people(a0=30, a10=500, a25=470), 2, Growth(total=800, by=2027))
    assert outlook[1].persons.sum() == pytest.approx(800)
    assert (outlook[1].lower >= 0).all()


def test_a_trend_carries_on_what_came_beyond_growing_older() -> None:
    """Of 100 aged 9 there are 104 a year later, of 200 aged 9 then 210: seven a year on average."""
    known = {2023: people(a9=100), 2024: people(a10=104, a9=200), 2025: people(a10=210, a11=104, a9=300)}
    after = looked(known[2025], 1, Trend(known), survival=NOBODY_DIES)[0].persons
    assert after[0, 10] == pytest.approx(300 + 7)
    assert after[0, 11] == pytest.approx(210)


def test_a_trend_of_two_years_or_with_a_hole_is_refused() -> None:
    two = {2024: people(a9=1), 2025: people(a9=1)}
    with pytest.raises(TooFewYears) as caught:
        looked(two[2025], 1, Trend(two))
    assert (caught.value.known, caught.value.needed) == ((2024, 2025), 3)
    with pytest.raises(TooFewYears):
        looked(two[2025], 1, Trend({**two, 2022: people(a9=1)}))
    with pytest.raises(TooFewYears):
        looked(two[2025], 1, Trend({2021: people(a9=1), 2022: people(a9=1), 2023: people(a9=1)}))


def test_nobody_below_fifty_dies_and_a_life_lasts_about_eighty_years() -> None:
    living = gompertz()
    assert (living[:50] == 1).all()
    assert (np.diff(living[50:]) < 0).all()
    assert 79 < np.cumprod(living).sum() + 0.5 < 83


@pytest.mark.parametrize("bad", [-1.0, np.nan, np.inf])
def test_a_number_of_persons_that_cannot_be_is_named(bad: float) -> None:
    persons = np.vstack([people(a9=1), people(a7=bad)])
    with pytest.raises(BadPopulation) as caught:
        looked(persons, 1)
    assert (caught.value.area, caught.value.age) == (1, 7)


def test_other_bad_input_is_refused() -> None:
    with pytest.raises(WrongShape):
        looked(np.zeros((2, 99)), 1)
    with pytest.raises(WrongShape):
        looked(people(a1=1), 1, survival=np.ones(5))
    for years in (0, 16):
        with pytest.raises(YearsOutOfRange):
            looked(people(a1=1), years)
    with pytest.raises(UnreachableTotal):
        looked(people(a1=1), 1, Growth(total=10, by=2025))
    with pytest.raises(UnreachableTotal):
        looked(people(), 1, Growth(total=10, by=2030))


def test_an_empty_area_stays_empty() -> None:
    assert looked(people(), 3, Constant(50))[2].persons.sum() == 0


populations = arrays(np.float64, (2, OLDEST), elements=st.integers(0, 400).map(float))


@settings(max_examples=30)
@given(populations, st.integers(1, 15))
def test_without_births_deaths_and_moves_nobody_is_lost(persons: Floats, years: int) -> None:
    outlook = looked(persons, years, survival=NOBODY_DIES, birth_rate=np.zeros(2))
    assert outlook[-1].persons.sum(axis=1) == pytest.approx(persons.sum(axis=1))
    assert (outlook[-1].persons[:, years : OLDEST - 1] == persons[:, : OLDEST - 1 - years]).all()


def relative(outlook: Outlook) -> Floats:
    width: Floats = (outlook.upper - outlook.persons) / np.maximum(outlook.persons, 1)
    return width


@settings(max_examples=30)
@given(populations, st.sampled_from([Constant(), Constant(60), Constant(-60), Growth(total=30_000, by=2031)]))
def test_the_interval_holds_the_figure_and_widens_for_everybody_born_in_a_year(
    persons: Floats, scenario: Scenario
) -> None:
    persons[0, 0] += 1
    outlook = looked(persons, 15, scenario)
    for each in outlook:
        assert (each.lower >= 0).all()
        assert (each.lower <= each.persons).all()
        assert (each.persons < each.upper).all()
    if scenario == Constant():
        for before, after in pairwise(outlook):
            # Those below fifty: nobody of them dies or moves.
            assert (relative(after)[:, 1:50] > relative(before)[:, :49]).all()


def test_a_small_place_is_less_certain_than_a_large_one() -> None:
    large, small = np.full((1, OLDEST), 900.0), np.full((1, OLDEST), 9.0)
    (first, *_, last) = looked(np.vstack([large, small]), 15)
    assert (relative(last)[1] > relative(last)[0]).all()
    assert (relative(last) > relative(first)).all()


def test_the_unborn_are_less_certain_than_those_who_are_here() -> None:
    ten = looked(np.full((1, OLDEST), 900.0), 10)[9]
    assert ten.persons[0, 5] == ten.persons[0, 10] == 900
    assert relative(ten)[0, 5] > relative(ten)[0, 10]


@settings(max_examples=20)
@given(populations)
def test_the_order_of_areas_changes_nothing(persons: Floats) -> None:
    persons[:, 30] += 1
    there, back = looked(persons, 5, Constant(30)), looked(persons[::-1], 5, Constant(30))
    assert there[4].persons[::-1] == pytest.approx(back[4].persons)
