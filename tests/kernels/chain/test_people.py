"""Who is in a phase, and to whom of them a service is open."""

from typing import Any

import numpy as np
import pytest

from lueckenlos.kernels.chain.people import openness, people, point_shares
from lueckenlos.kernels.chain.types import Floats, Phase, Serving
from tests.kernels.chain.counties import PHASES, places, service

AGES = [40, 30, 20, 10, 10, 10, 8, 8, 8, 8]


def open_to(phase: int, **changes: Any) -> float:
    """Children of a phase to whom such a service is open."""
    everyone = people(places(AGES), phases=PHASES)
    doors = openness([service(**changes)], phases=PHASES, of=everyone)
    return float(doors.share[doors.pattern[0], 0, phase] * everyone.children[0, phase])


def test_a_phase_before_birth_holds_three_quarters_of_a_year_of_unborn_and_one_of_newborns() -> None:
    assert people(places(AGES), phases=PHASES).children[0].tolist() == pytest.approx([40.0, 80.0, 30.0, 32.0])


def test_ages_are_in_completed_years() -> None:
    assert open_to(3, age_min=6, age_max=7) == 16
    assert open_to(3, age_min=None, age_max=6) == 8
    assert open_to(2, age_min=4, age_max=None) == 20
    assert open_to(1, age_min=1.5, age_max=2) == 15 + 20


def test_from_the_start_means_from_before_birth() -> None:
    for age in (0, None):
        assert open_to(0, age_min=age, age_max=0) == 40
    assert open_to(0, age_min=0.1, age_max=0) == pytest.approx(0.15 * 40)


def test_services_for_parents_are_open_to_a_whole_phase() -> None:
    assert open_to(2, serving=Serving.PARENTS, age_min=18, age_max=99) == 30


def test_where_ages_do_not_meet_a_phase_its_listing_wins() -> None:
    assert open_to(2, age_min=14, age_max=18) == 30
    assert open_to(2, age_min=9, age_max=4) == 30


def test_ages_that_meet_where_nobody_lives_reach_nobody() -> None:
    everyone = people(places([0, 0, 0, 5, 0, 0]), phases=PHASES)
    doors = openness([service(age_min=4, age_max=4)], phases=PHASES, of=everyone)
    assert doors.share[0, 0, 2] == 0.0
    assert doors.is_met[0, 2]


def test_missing_and_negative_numbers_are_estimated_from_their_neighbours_and_said_so() -> None:
    ages: Floats = np.array([40.0, np.nan, 20.0, 10.0, -3.0, 10.0])
    everyone = people(places(ages), phases=PHASES[:3])
    assert everyone.children[0].tolist() == pytest.approx([40.0, 80.0, 30.0])
    assert everyone.is_estimated[0].tolist() == [False, True, True]
    nobody = people(places(np.full(100, np.nan)), phases=PHASES)
    assert not nobody.children.any()
    assert nobody.is_estimated.all()


def test_a_point_of_unknown_size_weighs_one() -> None:
    spots = [(0, 0.0, 0.0, 0.0), (0, 1.0, 0.0, np.nan), (0, 2.0, 0.0, 2.0), (1, 0.0, 0.0, 50.0)]
    assert point_shares(places(AGES, AGES, points=spots)).tolist() == [0.25, 0.25, 0.5, 1.0]


def test_phases_may_overlap_or_be_empty() -> None:
    odd = (Phase("one", 0, 4, 5), Phase("two", 3, 6, 5), Phase("none", 6, 6, 5), Phase("back", 9, 3, 5))
    assert people(places(AGES), phases=odd).children[0].tolist() == [100.0, 30.0, 0.0, 0.0]
