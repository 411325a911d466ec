"""The gaps that were planted in the demo county are found, each by its rule."""

from typing import Any

import pytest

from lueckenlos.kernels.chain.calculation import calculate
from lueckenlos.kernels.chain.types import Chain, Rule
from tests.kernels.chain import demo

EMPTY = {Rule.NO_OFFER, Rule.NOT_REACHABLE}


@pytest.fixture(scope="module")
def chain() -> Chain:
    return calculate(demo.dueren(), as_of=demo.AS_OF)


def planted(basis: str) -> list[dict[str, Any]]:
    if not demo.PLANTED.exists():
        pytest.skip("the planted gaps are not at ../shared/data")
    return [gap for gap in demo.planted("gaps") if gap["basis"] == basis]


def rules(chain: Chain, gap: dict[str, Any]) -> set[Rule]:
    return {reason.rule for reason in chain.by_place[gap["ags"], gap["phase"], gap["field"]].reasons}


def test_where_nothing_reaches(chain: Chain) -> None:
    assert [gap for gap in planted("any") if not rules(chain, gap) & EMPTY] == []


def test_where_nothing_is_on_the_spot(chain: Chain) -> None:
    assert [gap for gap in planted("located") if Rule.NONE_HERE not in rules(chain, gap)] == []


def test_where_a_kind_is_missed(chain: Chain) -> None:
    """Of kinds that few areas have, the county must say that they are basic (`demo.BASIC`)."""
    lost = []
    for gap in planted("kind"):
        reasons = chain.by_place[gap["ags"], gap["phase"], gap["field"]].reasons
        named = [
            each
            for each in reasons
            if each.rule is Rule.KIND_MISSING and {*each.services} & {*gap["kind_ids"]}
        ]
        lost += [] if named else [gap]
    assert lost == []


def test_an_empty_cell_is_empty_by_the_data_alone(chain: Chain) -> None:
    """Precision, as far as the data can say: no service of the phase and field that helps has such a catchment."""
    county = demo.dueren()
    for cell in chain.cells:
        if Rule.NO_OFFER not in {reason.rule for reason in cell.reasons}:
            continue
        for service in county.services:
            there = cell.phase in service.phases and cell.field in service.fields
            if there and (service.catchment is None or cell.area in service.catchment):
                kind = county.kinds[service.kind or ""]
                helps = kind.intensity not in {"information", "duty_or_cash", "professional"}
                assert not helps or service.serving == "professionals"
