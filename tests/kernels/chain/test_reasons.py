"""Every rule of a cell speaks where it should, with the rows that it rests on, and is silent elsewhere."""

from datetime import date
from typing import Any

from lueckenlos.kernels.chain.calculation import calculate
from lueckenlos.kernels.chain.types import Cell, County, Evidence, Reason, Rule, Settings, Target
from tests.kernels.chain.counties import AS_OF, STALE, county, places, service, site

KITA = [0, 0, 0, 10, 10, 10, 5, 5, 5, 5]
TWO = places(KITA, KITA)
TARGET = Target("kita", "family", 10.0)


def cell(of: County, area: str = "a", phase: str = "kita", field: str = "family") -> Cell:
    return calculate(of, as_of=AS_OF).by_place[area, phase, field]


def said(of: County, rule: Rule, area: str = "a", phase: str = "kita") -> list[Reason]:
    return [reason for reason in cell(of, area, phase).reasons if reason.rule is rule]


def test_nothing_on_offer_with_or_without_target() -> None:
    away = service(catchment=frozenset("b"))
    for targets in ([], [TARGET]):
        whole = county(
            TWO, away, service("t", kind="leaflet"), service("u", is_active=False), targets=targets
        )
        assert said(whole, Rule.NO_OFFER) == [Reason(Rule.NO_OFFER)]
        assert said(whole, Rule.NONE_HERE) == [Reason(Rule.NONE_HERE)]
        assert not said(whole, Rule.NO_OFFER, "b")


def test_too_far_away_is_another_thing_than_nothing() -> None:
    whole = county(TWO, service(travels=False, sites=(site(90_000.0),)), targets=[TARGET])
    assert said(whole, Rule.NOT_REACHABLE) == [Reason(Rule.NOT_REACHABLE, services=("s",))]
    assert not said(whole, Rule.NO_OFFER)
    assert not said(whole, Rule.TOO_FEW)


def test_on_the_spot_is_a_site_in_the_area_that_it_serves_or_a_service_for_it_alone() -> None:
    there = service("s", travels=False, sites=(site(0.0, area="a"),))
    alone = service("t", catchment=frozenset("b"))
    whole = county(TWO, there, alone)
    assert not said(whole, Rule.NONE_HERE, "a")
    assert not said(whole, Rule.NONE_HERE, "b")
    not_for_us = service("s", sites=(site(0.0, area="a"),), catchment=frozenset("b"))
    assert said(county(TWO, not_for_us, service("u")), Rule.NONE_HERE) == [
        Reason(Rule.NONE_HERE, services=("u",))
    ]


def test_too_few_names_those_in_reach() -> None:
    assert said(county(TWO, service(capacity=1), targets=[TARGET]), Rule.TOO_FEW) == [
        Reason(Rule.TOO_FEW, services=("s",))
    ]


def test_a_kind_is_missed_where_half_of_the_areas_have_it_or_where_it_is_basic() -> None:
    one, two, three = places(KITA, KITA), places(KITA, KITA, KITA), frozenset("b")
    missed = [Reason(Rule.KIND_MISSING, kind="course", services=("s",))]
    assert said(county(one, service(catchment=three)), Rule.KIND_MISSING) == missed
    assert not said(county(two, service(catchment=three)), Rule.KIND_MISSING)
    basic = said(county(two, service(catchment=three, kind="advice")), Rule.KIND_MISSING)
    assert [(reason.kind, reason.services) for reason in basic] == [("advice", ("s",))]
    assert not said(county(one, service(catchment=three, is_active=False)), Rule.KIND_MISSING)


def test_a_door_closed_to_a_group_makes_the_verdict_worse() -> None:
    doors: dict[str, dict[str, Any]] = {
        "language:tr": {"languages": frozenset({"de"})},
        "barrier_free": {"accessible": False},
        "free": {"is_free": False},
        "no_waiting": {"waiting_weeks": 9},
    }
    open_door: dict[str, Any] = {
        "languages": frozenset({"tr"}),
        "accessible": True,
        "is_free": True,
        "waiting_weeks": 8,
    }
    setting = Settings(group_languages={"tr": 0.05, "ar": 0.049})
    for group, closed in doors.items():
        whole = county(TWO, service(**{**open_door, **closed}), targets=[TARGET], settings=setting)
        assert said(whole, Rule.CLOSED_TO_GROUP) == [
            Reason(Rule.CLOSED_TO_GROUP, group=group, services=("s",))
        ]
    assert not said(
        county(TWO, service(**open_door), targets=[TARGET], settings=setting), Rule.CLOSED_TO_GROUP
    )


def test_a_door_of_which_nobody_knows_is_neither_open_nor_closed() -> None:
    """Alone it turns closed into a question; beside enough others it changes nothing."""
    unknown = service(is_free=True, accessible=None)
    assert [r.group for r in said(county(TWO, unknown, targets=[TARGET]), Rule.CLOSED_TO_GROUP)] == [
        "barrier_free"
    ]
    stale = service(is_free=True, accessible=None, verified_on=STALE)
    assert not said(county(TWO, stale, targets=[TARGET]), Rule.CLOSED_TO_GROUP)


def test_a_broken_seam_is_said_in_all_cells_of_the_phase_before_it() -> None:
    seam = Target("kita", "", 10.0, to="school")
    bridge = service(bridge=("kita", "school"), catchment=frozenset("b"), capacity=90)
    whole = county(TWO, bridge, targets=[seam])
    chain = calculate(whole, as_of=AS_OF)
    broken = {
        (each.area, each.phase, each.field) for each in chain.cells
        if any(reason.rule is Rule.CHAIN_BROKEN for reason in each.reasons)
    }  # fmt: skip
    assert broken == {("a", "kita", field) for field in ("family", "health", "sport")}


def test_funding_that_ends_within_a_year() -> None:
    for ends, expected in ((date(2027, 11, 1), 1), (date(2027, 11, 2), 0), (date(2026, 1, 1), 1), (None, 0)):
        whole = county(TWO, service(funding_ends=ends), targets=[TARGET])
        assert len(said(whole, Rule.FUNDING_ENDS)) == expected
    beside = county(TWO, service(funding_ends=date(2027, 1, 1)), service("t"), targets=[TARGET])
    assert not said(beside, Rule.FUNDING_ENDS)


def test_open_data_name_those_who_could_tell() -> None:
    whole = county(TWO, service(capacity=1), service("t", capacity=None), targets=[TARGET])
    assert said(whole, Rule.DATA_OPEN) == [Reason(Rule.DATA_OPEN, services=("t",))]


def test_not_known_and_used_by_others_come_from_evidence() -> None:
    key = ("a", "kita", "family")
    evidence = Evidence(known={key: 0.49, ("b", "kita", "family"): 0.5, ("x", "y", "z"): 0.0},
                        missed_need={key: ("help_used", "poverty"), ("x", "y", "z"): ("a", "b")})  # fmt: skip
    whole = county(TWO, service(), evidence=evidence)
    assert said(whole, Rule.NOT_KNOWN) == [Reason(Rule.NOT_KNOWN, services=("s",))]
    assert not said(whole, Rule.NOT_KNOWN, "b")
    assert said(whole, Rule.MISSED_NEED) == [
        Reason(Rule.MISSED_NEED, group="help_used/poverty", services=("s",))
    ]


def test_double_where_at_least_two_of_a_group_reach() -> None:
    twice = [
        service(
            key,
            organization=key,
            weekdays=frozenset({2}),
            sites=(site(0.0, area="a", town="Ort"),),
            catchment=where,
        )
        for key, where in (("s", None), ("t", frozenset("a")))
    ]
    whole = county(TWO, *twice)
    assert said(whole, Rule.DOUBLE) == [Reason(Rule.DOUBLE, kind="course", services=("s", "t"))]
    assert not said(whole, Rule.DOUBLE, "b")


def test_reasons_come_in_the_order_of_the_rules() -> None:
    rules = [
        reason.rule
        for reason in cell(county(TWO, service(catchment=frozenset("b")), targets=[TARGET])).reasons
    ]
    assert rules == [Rule.NO_OFFER, Rule.NONE_HERE, Rule.KIND_MISSING]
