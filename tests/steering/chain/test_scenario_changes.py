"""What a change does to a county: its order changes nothing, it can be taken away again, it leaves no mark."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from lueckenlos.core import clock
from lueckenlos.kernels.chain.calculation import calculate
from lueckenlos.kernels.chain.types import (
    OLDEST,
    Areas,
    Basis,
    County,
    Kind,
    Phase,
    Service,
    Site,
    Target,
)
from lueckenlos.steering.chain.scenario_changes import (
    CapacityChange,
    CatchmentWidened,
    Change,
    LanguageAdded,
    ServiceAdded,
    ServiceRemoved,
    TargetChange,
    applied,
    from_record,
    gone,
    same_subject,
    to_record,
    with_target,
    without_target,
)

NOW = datetime(2026, 11, 3, 10, 30, tzinfo=ZoneInfo("Europe/Berlin"))
DAY = clock.day_of(NOW)
URL = "/kette/szenarien/"
SignIn = Callable[[str], Client]

# A county of two places and three services, by hand.


def small_county() -> County:
    persons = np.full((2, OLDEST), 10.0)
    areas = Areas(("A", "B"), persons, np.array([0, 1]), np.array([[0.0, 0.0], [9000.0, 0.0]]), np.array([1.0, 1.0]), (Basis.VILLAGES,) * 2)  # fmt: skip
    service = Service(
        "s1", "Chor", kind="kurs", phases=("kita",), fields=("kultur",), sites=(Site(0.0, 0.0, "A"),),
        catchment=frozenset({"A"}), capacity=6, verified_on=DAY,
    )  # fmt: skip
    return County(
        areas=areas,
        phases=(Phase("kita", 3, 6, 15.0), Phase("schule", 6, 10, 15.0)),
        fields=("kultur", "sport"),
        kinds={"kurs": Kind("kurs", "course", 40)},
        services=(
            service,
            replace(service, key="s2", capacity=None),
            replace(service, key="s3", fields=("sport",)),
        ),
        targets=(Target("kita", "kultur", 20.0, is_essential=True), Target("kita", "sport", 10.0)),
    )


def added(key: str = "neu", **more: Any) -> ServiceAdded:
    given = {"kind": "kurs", "phases": ("kita",), "fields": ("kultur",), "area": "B", "place": "", "x": 9000.0, "y": 0.0}  # fmt: skip
    return ServiceAdded(key=key, name="Trommeln", capacity=10, catchment=None, **{**given, **more})


CHANGES: list[Change] = [
    TargetChange("kita", "kultur", "", 30.0),
    TargetChange("kita", "kultur", "", 12.0, area="A"),
    TargetChange("kita", "sport", "", 5.0),
    TargetChange("kita", "", "schule", 5.0),
    CapacityChange("s1", "Chor", 60),
    CapacityChange("s2", "Chor", 4),
    CapacityChange("neu", "Trommeln", 3),
    CatchmentWidened("s1", "Chor", ("B",)),
    CatchmentWidened("s1", "Chor", ("A",)),
    CatchmentWidened("s3", "Chor", None),
    LanguageAdded("s1", "Chor", "tr"),
    LanguageAdded("s1", "Chor", "ar"),
    ServiceRemoved("s2", "Chor"),
    ServiceRemoved("weg", "Gibt es nicht"),
    added(),
    added("zwei", fields=("sport",), area="A", x=0.0),
]


def picture(county: County) -> tuple[set[Service], set[Target]]:
    return set(county.services), set(county.targets)


@given(st.permutations(CHANGES), st.integers(0, len(CHANGES)))
def test_the_order_of_changes_about_different_things_changes_nothing(order: list[Change], count: int) -> None:
    chosen = order[:count]
    in_order = [each for each in CHANGES if each in chosen]
    county = small_county()
    assert picture(applied(county, chosen, as_of=DAY)) == picture(applied(county, in_order, as_of=DAY))


@given(st.lists(st.sampled_from(CHANGES), unique=True))
def test_what_is_added_and_taken_away_again_is_today(changes: list[Change]) -> None:
    county = small_county()
    before = calculate(county, as_of=DAY)
    new = [added("neu"), added("zwei")]
    removed = [ServiceRemoved(each.key, each.name) for each in new]
    assert calculate(applied(county, [*new, *removed], as_of=DAY), as_of=DAY).cells == before.cells
    assert applied(county, [], as_of=DAY) == replace(county) or picture(
        applied(county, [], as_of=DAY)
    ) == picture(county)
    once = applied(county, changes, as_of=DAY)
    assert picture(applied(once, changes, as_of=DAY)) == picture(once)


@given(st.lists(st.sampled_from(CHANGES), unique=True))
def test_no_change_leaves_a_mark_on_the_county_itself(changes: list[Change]) -> None:
    county = small_county()
    before = picture(county)
    applied(county, changes, as_of=DAY)
    assert picture(county) == before


@given(st.sampled_from(CHANGES))
def test_a_change_comes_back_from_its_record(change: Change) -> None:
    assert from_record({"id": 7, "off": False, **to_record(change)}) == change


@given(st.integers(1, 500), st.integers(1, 500))
def test_more_places_never_open_a_gap(few: int, more: int) -> None:
    county, (low, high) = small_county(), sorted((few, more))
    cells = [
        calculate(applied(county, [CapacityChange("s1", "Chor", each)], as_of=DAY), as_of=DAY).by_place[
            "A", "kita", "kultur"
        ]
        for each in (low, high)
    ]
    assert cells[0].missing_lo >= cells[1].missing_lo
    assert cells[0].reach_lo <= cells[1].reach_lo


def test_a_tried_capacity_is_certain_even_where_today_nobody_knows_it() -> None:
    there = applied(small_county(), [CapacityChange("s2", "Chor", 9)], as_of=date(2030, 1, 1))
    service = next(each for each in there.services if each.key == "s2")
    assert (service.capacity, service.verified_on) == (9, date(2030, 1, 1))


def test_an_areas_target_takes_the_countys_wording_with_it() -> None:
    there = applied(small_county(), [TargetChange("kita", "kultur", "", 12.0, area="A")], as_of=DAY)
    own = next(each for each in there.targets if each.area == "A")
    assert own == Target("kita", "kultur", 12.0, area="A", is_essential=True)
    assert without_target(with_target(there, own), own).targets == small_county().targets


def test_only_changes_of_the_same_number_exclude_each_other() -> None:
    assert same_subject(CapacityChange("s1", "Chor", 3), CapacityChange("s1", "Chor", 4))
    assert not same_subject(CapacityChange("s1", "Chor", 3), CapacityChange("s2", "Chor", 3))
    assert same_subject(TargetChange("kita", "kultur", "", 3.0), TargetChange("kita", "kultur", "", 4.0))
    assert not same_subject(
        TargetChange("kita", "kultur", "", 3.0), TargetChange("kita", "kultur", "", 3.0, area="A")
    )
    assert not same_subject(LanguageAdded("s1", "Chor", "tr"), LanguageAdded("s1", "Chor", "ar"))


def test_a_service_that_is_gone_or_over_is_named() -> None:
    county = small_county()
    over = replace(
        county, services=(replace(county.services[0], valid_to=date(2026, 10, 1)), *county.services[1:])
    )
    assert gone(county, ServiceRemoved("weg", "Weg"), as_of=DAY)
    assert gone(over, CapacityChange("s1", "Chor", 3), as_of=DAY)
    assert not gone(county, CapacityChange("s1", "Chor", 3), as_of=DAY)
    assert not gone(county, CapacityChange("neu", "Neu", 3), as_of=DAY, added=["neu"])


# On the county
