"""Every cell and seam equals what plain loops make of the same formulas: in the demo county and in any other."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings

from lueckenlos.kernels.chain.calculation import calculate
from lueckenlos.kernels.chain.types import Cell, Chain, County, Rule, Seam
from tests.kernels.chain import demo
from tests.kernels.chain.counties import AS_OF, counties
from tests.kernels.chain.reference import Reference, Slow

BY_CELL = {
    Rule.NO_OFFER, Rule.NOT_REACHABLE, Rule.NONE_HERE, Rule.TOO_FEW, Rule.DATA_OPEN, Rule.FUNDING_ENDS,
    Rule.CLOSED_TO_GROUP, Rule.KIND_MISSING,
}  # fmt: skip


def assert_equal(county: County, as_of: date, chain: Chain) -> None:
    slow = Reference(county, as_of)
    assert len(chain.cells) == len(county.areas.keys) * len(county.phases) * len(county.fields)
    for cell in chain.cells:
        expected = slow.cell(cell.area, cell.phase, cell.field)
        same_numbers(cell, expected)
        assert cell.missing_lo == pytest.approx(expected.sure, abs=1e-8)
        assert cell.missing_hi == pytest.approx(expected.at_most, abs=1e-8)
        assert {share.service for share in cell.services} == expected.in_reach
        reasons = {(r.rule.value, r.kind, r.group) for r in cell.reasons if r.rule in BY_CELL}
        assert reasons == expected.reasons, cell
    for seam in chain.seams:
        same_numbers(seam, slow.seam(seam.area, seam.phase, seam.to))


def same_numbers(found: Cell | Seam, expected: Slow) -> None:
    assert found.children == pytest.approx(expected.children, rel=1e-9)
    assert (found.target is None) is (expected.target is None)
    assert (found.target or 0.0) == pytest.approx(expected.target or 0.0, rel=1e-9)
    assert found.reach_lo == pytest.approx(expected.lo, rel=1e-9, abs=1e-12)
    assert found.reach_hi == pytest.approx(expected.hi, rel=1e-9, abs=1e-12)
    assert found.verdict == expected.verdict


def test_every_cell_of_the_demo_county() -> None:
    county = demo.dueren()
    assert_equal(county, demo.AS_OF, calculate(county, as_of=demo.AS_OF))


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(counties())
def test_every_cell_of_any_county(county: County) -> None:
    assert_equal(county, AS_OF, calculate(county, as_of=AS_OF))
