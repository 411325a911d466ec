"""The worked example of the handbook is what the calculations give, to the digits that are printed there."""

import re
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from lueckenlos.kernels.chain.calculation import calculate
from lueckenlos.kernels.chain.types import (
    OLDEST,
    Areas,
    Basis,
    Chain,
    County,
    Kind,
    Phase,
    Service,
    Site,
    Target,
    Verdict,
)

TEXT = (Path(__file__).parents[3] / "docs" / "handbuch" / "kette.md").read_text(encoding="utf-8")
DAY = date(2026, 11, 1)
HOMEWORK = Service(
    key="hausaufgabenhilfe", kind="lernen", phases=("grundschule",), fields=("schule_bildung",),
    sites=(Site(0.0, 0.0, "auendorf"),), capacity=30, verified_on=DAY,
)  # fmt: skip
GROUP = Service(
    key="lerngruppe", kind="lernen", phases=("grundschule",), fields=("schule_bildung",),
    sites=(Site(7_500.0, 0.0, "bachheim"),), verified_on=DAY,
)  # fmt: skip


def printed(pattern: str) -> float:
    """The one number that the handbook prints where the pattern has its group."""
    found = re.search(pattern, TEXT)
    assert found, f"the handbook no longer says: {pattern}"
    return float(found[1].replace(",", "."))


def chain_with(*services: Service) -> Chain:
    persons = np.zeros((2, OLDEST))
    persons[0, 6:10] = printed(r"In Auendorf wohnen \*\*(\d+)\*\* Kinder") / 4
    persons[1, 6:10] = printed(r"in Bachheim \*\*(\d+)\*\*\.") / 4
    areas = Areas(
        keys=("auendorf", "bachheim"),
        persons=persons,
        point_area=np.array([0, 1]),
        points=np.array([[0.0, 0.0], [1_000.0 * printed(r"liegen \*\*([\d,]+)\*\* km"), 0.0]]),
        sizes=np.array([1.0, 1.0]),
        basis=(Basis.VILLAGES, Basis.VILLAGES),
    )
    county = County(
        areas=areas,
        phases=(Phase("grundschule", 6, 10, printed(r"höchstens \*\*(\d+)\*\* km")),),
        fields=("schule_bildung",),
        kinds={"lernen": Kind("lernen", "course", int(printed(r"höchstens \*\*(\d+)\*\* Plätze\.")))},
        services=services,
        targets=(Target("grundschule", "schule_bildung", printed(r"Das Ziel ist \*\*(\d+)\*\* Plätze")),),
    )
    return calculate(county, as_of=DAY)


def test_the_example_of_two_villages_is_what_the_calculation_gives() -> None:
    near, far = chain_with(HOMEWORK).cells
    assert (
        near.reach_lo
        == near.reach_hi
        == pytest.approx(printed(r"Auendorf bekommt \*\*([\d,]+)\*\*"), abs=0.005)
    )
    assert far.reach_hi == pytest.approx(printed(r"60,65 % davon: \*\*([\d,]+)\*\*"), abs=0.005)
    assert far.reach_hi / near.reach_hi * 100 == pytest.approx(
        printed(r"Hausaufgabenhilfe zu \*\*([\d,]+)\*\* %"), abs=0.005
    )
    assert 30 / near.reach_hi * 100 == pytest.approx(printed(r"= \*\*([\d,]+)\*\* Kinder\."), abs=0.02)
    given = near.reach_hi * near.children / 100 + far.reach_hi * far.children / 100
    assert given == pytest.approx(printed(r"Probe: .* = \*\*([\d,]+)\*\* Plätze"), abs=1e-9)


def test_the_example_finds_the_gap_and_what_is_missing() -> None:
    near, far = chain_with(HOMEWORK).cells
    assert (near.verdict, far.verdict) == (Verdict.CLOSED, Verdict.GAP)
    assert far.missing_lo == pytest.approx(printed(r": 100 = \*\*([\d,]+)\*\* Plätze\."), abs=0.05)


def test_the_example_asks_where_nobody_knows_the_places() -> None:
    _near, far = chain_with(HOMEWORK, GROUP).cells
    assert far.verdict is Verdict.CHECK
    assert far.reach_lo == pytest.approx(printed(r"mindestens \*\*([\d,]+)\*\* und"), abs=0.005)
    assert far.reach_hi == pytest.approx(printed(r"höchstens \*\*([\d,]+)\*\* Plätze je"), abs=0.005)


def test_the_shares_at_half_and_at_the_whole_distance_are_those_printed() -> None:
    assert round(np.exp(-0.5) * 100) == printed(r"zählt ein Platz noch zu (\d+) %")
    assert round(np.exp(-2.0) * 100) == printed(r"am Ende noch zu (\d+) %")
