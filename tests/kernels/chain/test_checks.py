"""Bad data are named and never stop or brighten the chain."""

from datetime import date

import numpy as np
import pytest

from lueckenlos.kernels.chain.calculation import calculate
from lueckenlos.kernels.chain.checks import Finding, Flaw, check
from lueckenlos.kernels.chain.types import County, Phase, Target, Verdict
from tests.kernels.chain import demo
from tests.kernels.chain.counties import AS_OF, KINDS, PHASES, county, places, service, site

ONE = places([10] * 12)
TARGET = Target("kita", "family", 10.0)


def flaws(of: County) -> dict[Flaw, Finding]:
    calculate(of, as_of=AS_OF)
    return {finding.flaw: finding for finding in check(of)}


def test_sound_data_have_no_finding() -> None:
    assert check(county(ONE, service(bridge=("kita", "school")), targets=[TARGET])) == ()


@pytest.mark.parametrize(
    ("flaw", "bad"),
    [
        (Flaw.PERSONS_MISSING, county(places([1, np.nan, 3, 4, 5, 6]))),
        (Flaw.PERSONS_NEGATIVE, county(places([1, -2, 3, 4, 5, 6]))),
        (Flaw.AREA_WITHOUT_CHILDREN, county(places([]))),
        (Flaw.AREA_WITHOUT_POINT, county(places([1], points=[]))),
        (Flaw.PHASE_EMPTY, county(ONE, phases=(*PHASES, Phase("z", 10, 10, 5)))),
        (Flaw.PHASES_OVERLAP, county(ONE, phases=(*PHASES, Phase("z", 9, 12, 5)))),
        (Flaw.PHASES_LEAVE_HOLE, county(ONE, phases=(*PHASES, Phase("z", 11, 12, 5)))),
        (Flaw.PHASE_WITHOUT_REACH, county(ONE, phases=(*PHASES, Phase("z", 10, 12, 0)))),
        (Flaw.TARGET_NOT_ABOVE_ZERO, county(ONE, targets=[Target("kita", "family", 0.0)])),
        (Flaw.TARGET_NOT_ABOVE_ZERO, county(ONE, targets=[Target("kita", "family", float("nan"))])),
        (Flaw.TARGET_IMPLAUSIBLE, county(ONE, targets=[Target("kita", "family", 1000.0)])),
        (Flaw.TARGET_TWICE, county(ONE, targets=[TARGET, TARGET])),
        (Flaw.UNKNOWN_AREA, county(ONE, targets=[Target("kita", "family", 1.0, area="zz")])),
        (Flaw.UNKNOWN_PHASE, county(ONE, targets=[Target("kita", "", 1.0, to="zz")])),
        (Flaw.UNKNOWN_FIELD, county(ONE, targets=[Target("kita", "zz", 1.0)])),
        (
            Flaw.UNKNOWN_INTENSITY,
            county(ONE, targets=[Target("kita", "family", 1.0, intensities=frozenset({"zz"}))]),
        ),
        (Flaw.INDICATOR_EMPTY, county(ONE, targets=[Target("kita", "family", 1.0, need_indicator="zz")])),
        (Flaw.INDICATOR_EMPTY, county(ONE, indicators={"x": {"a": float("nan")}})),
        (Flaw.INDICATOR_INCOMPLETE, county(places([1], [1]), indicators={"x": {"a": 1.0}})),
        (Flaw.SERVICE_TWICE, county(ONE, service(), service())),
        (Flaw.AGES_REVERSED, county(ONE, service(age_min=9, age_max=4))),
        (Flaw.AGES_MISS_PHASE, county(ONE, service(age_min=14))),
        (Flaw.CAPACITY_ZERO, county(ONE, service(capacity=0))),
        (Flaw.CAPACITY_NEGATIVE, county(ONE, service(capacity=-1))),
        (Flaw.ALL_CAPACITIES_UNKNOWN, county(ONE, service(capacity=None), service("t", capacity=None))),
        (Flaw.CATCHMENT_OUTSIDE, county(ONE, service(catchment=frozenset({"zz"})))),
        (Flaw.CATCHMENT_OUTSIDE, county(ONE, service(catchment=frozenset()))),
        (Flaw.UNKNOWN_AREA, county(ONE, service(catchment=frozenset({"a", "zz"})))),
        (Flaw.VALIDITY_REVERSED, county(ONE, service(valid_from=AS_OF, valid_to=date(2020, 1, 1)))),
        (Flaw.SITE_UNPLACED, county(ONE, service(travels=False, sites=(site(float("nan")),)))),
        (Flaw.BRIDGE_OVER_NO_SEAM, county(ONE, service(bridge=("birth", "school")))),
        (Flaw.KIND_MISSING, county(ONE, service(kind=None))),
        (Flaw.UNKNOWN_KIND, county(ONE, service(kind="zz"))),
        (Flaw.UNKNOWN_PHASE, county(ONE, service(phases=("kita", "zz")))),
        (Flaw.UNKNOWN_FIELD, county(ONE, service(fields=("family", "zz")))),
    ],
)
def test_what_is_wrong_is_named_and_the_chain_still_drawn(flaw: Flaw, bad: County) -> None:
    assert flaw in flaws(bad)


def test_a_finding_names_the_row_and_its_number() -> None:
    found = flaws(county(ONE, targets=[Target("kita", "family", -3.0, area="a")]))
    assert found == {
        Flaw.TARGET_NOT_ABOVE_ZERO: Finding(Flaw.TARGET_NOT_ABOVE_ZERO, "a:kita:family", value=-3.0)
    }


def test_bad_data_are_never_green() -> None:
    rich = service(capacity=9_000)
    nothing = county(ONE, rich, targets=[Target("kita", "family", 0.0)])
    assert calculate(nothing, as_of=AS_OF).by_place["a", "kita", "family"].verdict is Verdict.NO_TARGET
    uncounted = county(places(np.full(100, np.nan)), rich, targets=[TARGET])
    assert calculate(uncounted, as_of=AS_OF).by_place["a", "kita", "family"].verdict is Verdict.CHECK
    unknown = county(ONE, service(capacity=None), targets=[TARGET], kinds=KINDS)
    assert calculate(unknown, as_of=AS_OF).by_place["a", "kita", "family"].verdict is Verdict.CHECK
    outside = county(ONE, service(capacity=9_000, catchment=frozenset({"zz"})), targets=[TARGET])
    assert calculate(outside, as_of=AS_OF).by_place["a", "kita", "family"].verdict is Verdict.GAP


def test_the_demo_county_has_no_unknown_names() -> None:
    names = {Flaw.UNKNOWN_KIND, Flaw.UNKNOWN_PHASE, Flaw.UNKNOWN_FIELD, Flaw.UNKNOWN_AREA, Flaw.SERVICE_TWICE}
    assert not names & {finding.flaw for finding in check(demo.dueren())}
