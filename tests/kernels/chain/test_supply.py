"""What a service offers is an interval, and what is not known is neither nothing nor enough."""

from datetime import date
from typing import Any

import numpy as np
import pytest

from lueckenlos.kernels.chain.supply import USUAL_MAX, months_later, supplies
from tests.kernels.chain.counties import AS_OF, FRESH, KINDS, STALE, service


def supply(**changes: Any) -> tuple[float, float]:
    lo, hi = supplies([service(**changes)], kinds=KINDS, as_of=AS_OF)
    return float(lo[0]), float(hi[0])


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"capacity": 12}, (12, 12)),
        ({"capacity": 12, "verified_on": STALE}, (0, 12)),
        ({"capacity": 12, "verified_on": None}, (0, 12)),
        ({"capacity": None}, (1, 30)),
        ({"capacity": None, "verified_on": STALE}, (0, 30)),
        ({"capacity": None, "kind": "leaflet"}, (1, 1)),
        ({"capacity": None, "kind": None}, (1, USUAL_MAX)),
        ({"capacity": None, "kind": "unheard"}, (1, USUAL_MAX)),
        ({"capacity": 0}, (0, 0)),
        ({"capacity": -4}, (1, 30)),
        ({"is_active": False}, (0, 0)),
        ({"valid_to": date(2026, 10, 31)}, (0, 0)),
        ({"valid_to": AS_OF}, (10, 10)),
        ({"valid_from": date(2026, 11, 2)}, (0, 0)),
        ({"valid_from": AS_OF}, (10, 10)),
    ],
)
def test_what_is_known_decides(changes: dict[str, Any], expected: tuple[int, int]) -> None:
    assert supply(**changes) == expected


def test_a_year_to_the_day_is_still_fresh() -> None:
    assert supply(verified_on=date(2025, 11, 1)) == (10, 10)
    assert supply(verified_on=date(2025, 10, 31)) == (0, 10)
    lo, _ = supplies([service(verified_on=FRESH)], kinds=KINDS, as_of=AS_OF, freshness_months=3)
    assert np.array_equal(lo, [0.0])


def test_months_end_where_the_shorter_month_ends() -> None:
    assert months_later(date(2024, 2, 29), months=12) == date(2025, 2, 28)
    assert months_later(date(2026, 1, 31), months=-2) == date(2025, 11, 30)
