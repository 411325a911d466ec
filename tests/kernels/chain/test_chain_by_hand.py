"""Chains small enough to be reckoned by hand."""

from dataclasses import replace
from math import exp
from typing import Any

import numpy as np
import pytest

from lueckenlos.kernels.chain.calculation import calculate, places_given, reached
from lueckenlos.kernels.chain.measures import spread
from lueckenlos.kernels.chain.questions import open_cells, questions
from lueckenlos.kernels.chain.types import Cell, County, Kind, Run, Service, Serving, Target, Verdict
from tests.kernels.chain.counties import AS_OF, KINDS, STALE, county, places, service, site

KITA = [0, 0, 0, 10, 10, 10]
TWO = places(KITA, [2 * age for age in KITA])
"""Areas a and b, 10 km apart, with 30 and 60 children of Kita age."""
WIDE = exp(-0.5 * (10 / 7.5) ** 2)
"""What 10 km weigh where 15 are driven."""


def cell(of: County, area: str = "a", phase: str = "kita", field: str = "family") -> Cell:
    return calculate(of, as_of=AS_OF).by_place[area, phase, field]


def judged(target: float, *services: Service, **other: Any) -> Cell:
    """The first area's cell under a target, with 30 children."""
    return cell(county(TWO, *services, targets=[Target("kita", "family", target)], **other))


def test_ten_places_beside_one_area_and_ten_kilometres_from_the_other() -> None:
    chain = calculate(county(TWO, service(travels=False, sites=(site(0.0),))), as_of=AS_OF)
    demand = 30 + WIDE * 60
    near, far = chain.by_place["a", "kita", "family"], chain.by_place["b", "kita", "family"]
    assert near.reach_lo == near.reach_hi == pytest.approx(100 * 10 / demand)
    assert far.reach_hi == pytest.approx(100 * WIDE * 10 / demand)
    assert (near.reach_hi * 30 + far.reach_hi * 60) / 100 == pytest.approx(10, rel=1e-12)
    assert [share.service for share in near.services] == ["s"]


def test_whoever_comes_to_the_family_or_has_no_place_reaches_the_whole_catchment() -> None:
    both: list[dict[str, Any]] = [{"travels": True, "sites": (site(9e5),)}, {"travels": False, "sites": ()}]
    for changes in both:
        whole = county(TWO, service(**changes, catchment=frozenset("b")))
        assert cell(whole, "b").reach_hi == pytest.approx(100 * 10 / 60)
        assert cell(whole, "a").reach_hi == 0.0


def test_of_several_sites_the_nearest_counts() -> None:
    both = cell(county(TWO, service(travels=False, sites=(site(0.0), site(10_000.0), site(9e6)))))
    assert both.reach_hi == pytest.approx(100 * 10 / 90)


def test_one_place_serves_one_child_of_any_phase_and_counts_in_every_field() -> None:
    area = places([0, 0, 0, 10, 10, 10, 5, 5, 5, 5])
    chain = calculate(
        county(area, service(phases=("kita", "school"), fields=("family", "sport"), age_min=5, age_max=7)),
        as_of=AS_OF,
    )
    # Open to 10 of 30 and to 10 of 20: 20 children share 10 places.
    assert chain.by_place["a", "kita", "family"].reach_hi == pytest.approx(100 * 0.5 * 10 / 30)
    assert chain.by_place["a", "school", "sport"].reach_hi == pytest.approx(100 * 0.5 * 10 / 20)
    assert chain.by_place["a", "school", "health"].reach_hi == 0.0


def test_the_verdict_is_a_gap_only_where_even_the_favourable_reading_is_not_enough() -> None:
    known, stale = (
        service(catchment=frozenset("a"), capacity=3),
        service("t", catchment=frozenset("a"), capacity=6),
    )
    stale = replace(stale, verified_on=STALE)
    found = judged(10.0, known, stale)
    assert (found.reach_lo, found.reach_hi) == pytest.approx((10.0, 30.0))
    assert found.verdict is Verdict.CLOSED
    open_, short = judged(20.0, known, stale), judged(31.0, known, stale)
    assert open_.verdict is Verdict.CHECK
    assert (open_.missing_lo, open_.missing_hi) == pytest.approx((0.0, 3.0))
    assert short.verdict is Verdict.GAP
    assert (short.missing_lo, short.missing_hi) == pytest.approx((0.3, 6.3))


def test_a_hair_below_the_target_is_rounding_not_a_gap() -> None:
    assert judged(100 / 9 + 1e-10, service()).verdict is Verdict.CLOSED
    assert judged(100 / 9 + 1e-8, service()).verdict is Verdict.GAP


def test_without_target_nothing_is_green_and_without_children_nothing_is_missing() -> None:
    assert cell(county(TWO, service(capacity=900))).verdict is Verdict.NO_TARGET
    nobody = county(TWO, targets=[Target("school", "family", 5.0)])
    assert cell(nobody, phase="school").verdict is Verdict.NO_CHILDREN
    assert cell(nobody, phase="school").missing_hi == 0.0


def test_a_municipality_overrides_the_county() -> None:
    targets = [
        Target("kita", "family", 50.0, area="b"),
        Target("kita", "family", 5.0),
        Target("kita", "family", 0.0, "a"),
    ]
    whole = county(TWO, targets=targets)
    assert (cell(whole, "a").target, cell(whole, "b").target) == (5.0, 50.0)


def test_need_raises_a_target_to_twice_and_lowers_it_to_half_at_most() -> None:
    areas = places(KITA, KITA, KITA, KITA)
    whole = county(
        areas, targets=[Target("kita", "family", 10.0, need_indicator="poverty")],
        indicators={"poverty": {"a": 50.0, "b": 9.0, "c": 1.0}},
    )  # fmt: skip
    # The mean of those known is 20: 2.5 and 0.05 are cut, the unknown one is taken as it is.
    assert [cell(whole, area).target for area in "abcd"] == pytest.approx([20.0, 5.0, 5.0, 10.0])


def test_an_indicator_that_nobody_knows_changes_no_target() -> None:
    whole = county(
        TWO, targets=[Target("kita", "family", 10.0, need_indicator="poverty")], indicators={"poverty": {}}
    )
    assert cell(whole).target == 10.0


def test_information_and_cash_fill_no_target_unless_it_names_them() -> None:
    leaflet = service(kind="leaflet", capacity=900)
    assert judged(10.0, leaflet).reach_hi == 0.0
    named = Target("kita", "family", 10.0, intensities=frozenset({"information"}))
    assert cell(county(TWO, leaflet, service("t"), targets=[named])).reach_hi == pytest.approx(1000.0)
    assert judged(10.0, service(kind=None), service("t", kind="unheard")).reach_hi == pytest.approx(200 / 9)


def test_services_for_professionals_give_no_places_to_children() -> None:
    kinds = {**KINDS, "talks": Kind("talks", "professional", 0)}
    named = Target("kita", "family", 10.0, intensities=frozenset({"professional"}))
    experts = service(kind="talks", serving=Serving.PROFESSIONALS)
    assert cell(county(TWO, experts, targets=[named], kinds=kinds)).services == ()
    assert reached(county(TWO), experts, as_of=AS_OF) == {}


def test_what_is_suspended_or_over_is_not_there() -> None:
    gone: list[dict[str, Any]] = [{"is_active": False}, {"valid_to": STALE}]
    for changes in gone:
        found = judged(1.0, service(**changes))
        assert found.services == ()
        assert found.verdict is Verdict.GAP


def test_a_capacity_of_nothing_is_in_reach_and_gives_nothing() -> None:
    found = judged(1.0, service(capacity=0))
    assert found.verdict is Verdict.GAP
    assert [share.reach_hi for share in found.services] == [0.0]


def test_all_capacities_unknown_leave_everything_to_be_asked() -> None:
    found = judged(10.0, service(capacity=None))
    assert (found.reach_lo, found.reach_hi) == pytest.approx((100 / 90, 3000 / 90))
    assert found.verdict is Verdict.CHECK


def test_where_children_were_not_counted_nothing_is_decided_and_nobody_is_asked() -> None:
    ages = [0.0, 0.0, 0.0, 10.0, np.nan, 10.0]
    whole = county(places(ages, KITA), service(capacity=900), targets=[Target("kita", "family", 1.0)])
    assert cell(whole, "a").verdict is Verdict.CHECK
    assert cell(whole, "b").verdict is Verdict.CLOSED
    assert ("data_open", "population") in {(r.rule.value, r.group) for r in cell(whole).reasons}
    assert questions(open_cells(calculate(whole, as_of=AS_OF).cells)).cells == 0


def test_a_seam_is_carried_by_services_of_either_phase() -> None:
    area = places([0, 0, 0, 10, 10, 10, 5, 5, 5, 5])
    bridge = ("kita", "school")
    whole = county(
        area, service("s", phases=("kita",), bridge=bridge, capacity=3),
        service("t", phases=("kita", "school"), bridge=bridge, capacity=6),
        service("u", phases=("school",), bridge=bridge, capacity=None, verified_on=STALE),
        service("v", phases=("kita",), capacity=900), service("w", kind="leaflet", bridge=bridge, capacity=900),
        targets=[Target("kita", "", 40.0, to="school", is_essential=True)],
    )  # fmt: skip
    seam = next(s for s in calculate(whole, as_of=AS_OF).seams if (s.phase, s.to) == bridge)
    assert (seam.children, seam.target, seam.is_essential) == (30.0, 40.0, True)
    assert (seam.reach_lo, seam.reach_hi) == pytest.approx((100 * 9 / 30, 100 * 39 / 30))
    assert seam.verdict is Verdict.CHECK
    assert [share.service for share in seam.services] == ["s", "t", "u"]


def closed_everywhere(**changes: object) -> County:
    """Two areas with Kita and school children, all essential cells and seams closed."""
    ages = [0, 0, 0, 10, 10, 10, 5, 5, 5, 5]
    targets = [Target("kita", "family", 5.0, is_essential=True), Target("kita", "", 5.0, to="school")]
    targets += [Target(one, "", 5.0, to=other) for one, other in (("birth", "u3"), ("u3", "kita"))]
    bridge = service("t", phases=("kita", "school"), bridge=("kita", "school"), capacity=90)
    whole = county(places(ages, [3 * age for age in ages]), service(capacity=90), bridge, targets=targets)
    return replace(whole, **changes)  # type: ignore[arg-type]


def test_continuity_is_the_share_of_children_whose_chain_is_unbroken() -> None:
    whole = closed_everywhere()
    assert calculate(whole, as_of=AS_OF).continuity == 1.0
    alone = tuple(replace(each, catchment=frozenset("b")) for each in whole.services)
    assert calculate(replace(whole, services=alone), as_of=AS_OF).continuity == pytest.approx(0.75)


def test_without_targets_no_chain_is_unbroken() -> None:
    assert calculate(closed_everywhere(targets=()), as_of=AS_OF).continuity == 0.0
    only_cells = tuple(target for target in closed_everywhere().targets if target.to is None)
    assert calculate(closed_everywhere(targets=only_cells), as_of=AS_OF).continuity == 0.0


def test_the_longest_run_passes_over_phases_without_target() -> None:
    area = places([10] * 12)
    targets = [Target(phase, "family", 5.0) for phase in ("birth", "kita")] + [
        Target("school", "family", 900.0)
    ]
    chain = calculate(
        county(area, service(phases=("birth", "kita", "school"), capacity=99), targets=targets), as_of=AS_OF
    )
    assert chain.runs[0] == Run("a", "family", "birth", "kita", 2, 1)
    assert chain.runs[1] == Run("a", "health", None, None, 0, 4)


def test_what_a_service_reaches_spreads_its_places_over_the_same_cells() -> None:
    near = service(travels=False, sites=(site(0.0),))
    shares = reached(county(TWO), near, as_of=AS_OF)
    assert shares == pytest.approx({("a", "kita"): 30.0, ("b", "kita"): 60 * WIDE})
    gains = spread(10, shares=shares, fields=near.fields)
    chain = calculate(county(TWO, near), as_of=AS_OF)
    for key, places_won in gains.items():
        assert places_won == pytest.approx(chain.by_place[key].reach_hi * chain.by_place[key].children / 100)
    assert places_given(county(TWO, near), as_of=AS_OF) == {"s": pytest.approx((10.0, 10.0))}


def test_an_area_without_any_point_is_reached_by_those_who_come() -> None:
    areas = places(KITA, KITA, points=[(0, 0.0, 0.0, 1.0)])
    whole = county(areas, service(), service("t", travels=False, sites=(site(0.0),)))
    assert [share.service for share in cell(whole, "b").services] == ["s"]


def test_a_county_without_anything_is_no_crash() -> None:
    empty = county(places(), phases=(), fields=())
    assert calculate(empty, as_of=AS_OF).cells == ()
    assert len(calculate(county(TWO), as_of=AS_OF).cells) == 2 * 4 * 3
