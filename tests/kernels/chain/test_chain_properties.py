"""What holds in every county: places are neither lost nor made, and knowing more never opens a gap."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from lueckenlos.kernels.chain.calculation import calculate, places_given
from lueckenlos.kernels.chain.supply import supplies
from lueckenlos.kernels.chain.types import Areas, Cell, Chain, County, Seam, Verdict
from tests.kernels.chain.counties import AS_OF, counties

RANK = {Verdict.GAP: 0, Verdict.CHECK: 1, Verdict.CLOSED: 2}
quick = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def numbers(chain: Chain) -> list[float]:
    cells = [value for cell in chain.cells for value in (cell.reach_lo, cell.reach_hi, cell.missing_lo)]
    return (
        cells
        + [value for seam in chain.seams for value in (seam.reach_lo, seam.reach_hi)]
        + [chain.continuity]
    )


@quick
@given(counties())
def test_every_place_is_given_once_or_to_nobody(whole: County) -> None:
    given_ = places_given(whole, as_of=AS_OF)
    lo, hi = supplies(whole.services, kinds=whole.kinds, as_of=AS_OF)
    for service, least, most in zip(whole.services, lo.tolist(), hi.tolist(), strict=True):
        found = given_[service.key]
        assert found == (0.0, 0.0) or found == pytest.approx((least, most), rel=1e-9)


@quick
@given(counties(), st.data())
def test_more_places_never_open_a_gap(whole: County, data: st.DataObject) -> None:
    known = [row for row, service in enumerate(whole.services) if service.capacity is not None]
    assume(known)
    row = data.draw(st.sampled_from(known))
    more = replace(
        whole.services[row], capacity=(whole.services[row].capacity or 0) + data.draw(st.integers(1, 50))
    )
    richer = replace(whole, services=(*whole.services[:row], more, *whole.services[row + 1 :]))
    before, after = (calculate(each, as_of=AS_OF) for each in (whole, richer))
    for one, other in zip(before.cells, after.cells, strict=True):
        assert other.reach_lo >= one.reach_lo - 1e-9
        assert other.reach_hi >= one.reach_hi - 1e-9
        if one.verdict in RANK:
            assert RANK[other.verdict] >= RANK[one.verdict]


@quick
@given(counties(), st.integers(0, 30))
def test_an_answer_within_the_interval_only_narrows_it(whole: County, answer: int) -> None:
    """Nobody knows how many places: neither nothing nor enough. Every answer that may come lies in what is shown."""
    told = tuple(
        replace(each, capacity=answer)
        if each.capacity is None and (each.kind is None or each.kind == "course")
        else each
        for each in whole.services
    )
    before, after = calculate(whole, as_of=AS_OF), calculate(replace(whole, services=told), as_of=AS_OF)
    for one, other in zip(before.cells, after.cells, strict=True):
        assert one.reach_hi >= other.reach_hi - 1e-9
        if answer >= 1:
            assert other.reach_lo >= one.reach_lo - 1e-9
        if one.verdict in (Verdict.GAP, Verdict.CLOSED) and answer >= 1:
            assert other.verdict is one.verdict


@quick
@given(counties())
def test_two_halves_are_the_whole_where_capacities_are_known(whole: County) -> None:
    halves = []
    for service in whole.services:
        if service.capacity is None:
            halves.append(service)
            continue
        one = service.capacity // 2
        halves += [replace(service, key=f"{service.key}-1", capacity=one),
                   replace(service, key=f"{service.key}-2", capacity=service.capacity - one)]  # fmt: skip
    before, after = (
        calculate(whole, as_of=AS_OF),
        calculate(replace(whole, services=tuple(halves)), as_of=AS_OF),
    )
    assert numbers(after) == pytest.approx(numbers(before), rel=1e-9, abs=1e-9)
    assert [cell.verdict for cell in after.cells] == [cell.verdict for cell in before.cells]


@quick
@given(counties(), st.randoms(use_true_random=False))
def test_the_order_of_anything_changes_nothing(whole: County, chance) -> None:
    services, points = list(whole.services), list(range(len(whole.areas.points)))
    chance.shuffle(services)
    chance.shuffle(points)
    areas = whole.areas
    mixed = Areas(
        areas.keys,
        areas.persons,
        areas.point_area[points],
        areas.points[points],
        areas.sizes[points],
        areas.basis,
    )
    before = calculate(whole, as_of=AS_OF)
    after = calculate(replace(whole, services=tuple(services), areas=mixed), as_of=AS_OF)
    assert numbers(after) == pytest.approx(numbers(before), rel=1e-9, abs=1e-12)
    for one, other in zip(before.cells, after.cells, strict=True):
        assert (one.verdict, one.reasons) == (other.verdict, other.reasons)
    assert before.duplicates == after.duplicates


@quick
@given(counties())
def test_nothing_is_green_without_target_and_children(whole: County) -> None:
    chain = calculate(whole, as_of=AS_OF)
    every: list[Cell | Seam] = [*chain.cells, *chain.seams]
    for cell in every:
        assert np.isfinite([cell.reach_lo, cell.reach_hi, cell.children]).all()
        if cell.verdict is Verdict.CLOSED:
            assert cell.target is not None
            assert cell.children > 0
    assert 0.0 <= chain.continuity <= 1.0
