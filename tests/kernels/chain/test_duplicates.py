"""The same thing twice: found by place and day or by words, with the surplus as evidence."""

from typing import Any

import pytest

from lueckenlos.kernels.chain.calculation import calculate
from lueckenlos.kernels.chain.types import DuplicateGroup, Service, Target
from tests.kernels.chain import demo
from tests.kernels.chain.counties import AS_OF, county, places, service, site

TWO = places([0, 0, 0, 10, 10, 10], [0, 0, 0, 10, 10, 10])
WORDS = "Zwergenturnen mit Seil, Reifen und Purzelbaum in der alten Halle am Bach"


def on_wednesday(key: str, **changes: Any) -> Service:
    whole: dict[str, Any] = {
        "organization": key, "weekdays": frozenset({2}), "sites": (site(0.0, area="a", town="Kreuzau"),),
    }  # fmt: skip
    return service(key, **{**whole, **changes})


def groups(*services: Service, targets: list[Target] | None = None) -> tuple[DuplicateGroup, ...]:
    return calculate(county(TWO, *services, targets=targets or []), as_of=AS_OF).duplicates


def test_two_providers_in_one_town_on_the_same_day() -> None:
    found = groups(on_wednesday("s"), on_wednesday("t", sites=(site(900.0, area="a", town="kreuzau "),)))
    assert found == (DuplicateGroup(("s", "t"), "same_place_and_weekday", ("kita",)),)


@pytest.mark.parametrize(
    "other",
    [
        {"kind": "advice"}, {"phases": ("u3",)}, {"catchment": frozenset("b")}, {"weekdays": frozenset({3})},
        {"sites": (site(0.0, area="a", town="Titz"),)}, {"organization": "s"}, {"is_active": False},
    ],
)  # fmt: skip
def test_another_kind_phase_catchment_day_town_or_group_of_the_same_provider_is_no_double(
    other: dict[str, Any],
) -> None:
    assert groups(on_wednesday("s", catchment=frozenset("a")), on_wednesday("t", **other)) == ()


def test_open_all_week_is_no_common_day() -> None:
    week = frozenset(range(5))
    assert groups(on_wednesday("s", weekdays=week), on_wednesday("t", weekdays=week)) == ()


def test_the_same_words_without_place_or_day() -> None:
    some = [service(key, organization=key, name="Zwergenturnen", text=WORDS) for key in "st"]
    other = service("u", organization="u", name="Malkurs", text="Pinsel, Farben und eine Staffelei")
    assert groups(*some, other) == (DuplicateGroup(("s", "t"), "similar_text", ("kita",)),)
    branches = [
        service(key, organization="one", name="Zwergenturnen", text=WORDS, sites=(site(0.0, town=key),))
        for key in "st"
    ]
    assert groups(*branches) == ()


def test_the_surplus_is_joint_places_less_the_need_of_those_they_share() -> None:
    target = Target("kita", "family", 20.0)
    found = groups(on_wednesday("s", catchment=frozenset("a")), on_wednesday("t"), targets=[target])
    assert found[0].surplus == pytest.approx(20 - 0.2 * 30)


def test_all_planted_doubles_of_the_demo_county_are_found_and_few_others() -> None:
    if not demo.PLANTED.exists():
        pytest.skip("the planted doubles are not at ../shared/data")
    planted = [set(group) for group in demo.planted("duplicates")]
    found = calculate(demo.dueren(), as_of=demo.AS_OF).duplicates
    named = [set(group.services) for group in found]
    assert [group for group in planted if group not in named] == []
    # The list holds half of what was planted.
    assert len(found) <= 2 * len(planted) + 1
