"""The next best step: candidates, what a budget buys, and the catalogue."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from django import forms
from django.test import Client

from lueckenlos.core import clock
from lueckenlos.core.actor import Actor
from lueckenlos.kernels.chain.calculation import calculate, reached
from lueckenlos.kernels.chain.measures import Measure, Shortage
from lueckenlos.kernels.chain.types import (
    Areas,
    Basis,
    County,
    Kind,
    Phase,
    Service,
    Settings,
    Site,
    Step,
    Target,
)
from lueckenlos.steering.chain.forms.steps import whole_number
from lueckenlos.steering.chain.models import CatalogStep
from lueckenlos.steering.chain.selectors.candidates import (
    Candidate,
    StepView,
    Surroundings,
    Where,
    candidates,
    heart,
    languages,
    reached_by,
)
from lueckenlos.steering.chain.selectors.drawing import county_of, drawn
from lueckenlos.steering.chain.selectors.standing import Sight
from lueckenlos.steering.chain.selectors.steps import StepRequest, catalog, harmless, next_steps, surroundings
from lueckenlos.steering.chain.services.access import NotCoordination
from lueckenlos.steering.chain.services.steps import NoSuchStep, change_step, end_step
from tests.house.fences import bad_skeleton

DAY = date(2026, 11, 3)
EVERYTHING = Sight(is_coordination=True)
TITZ = "05358056"
SignIn = Callable[[str], Client]
COURSE = StepView("kurs-neu", "Neuer Kurs", Step.NEW_PLACE, 7000, 20, "kurs", ("kita",), ("gesundheit",))
NOWHERE = Surroundings({}, {})


def county(*services: Service) -> County:
    """Two areas ten kilometres apart, 300 children of Kita age in each, a target of 10 places in both."""
    return County(
        areas=Areas(
            ("A", "B"), np.full((2, 100), 100.0), np.array([0, 0, 1]),
            np.array([[0.0, 0.0], [500.0, 0.0], [10_000.0, 0.0]]), np.array([10.0, 90.0, 50.0]),
            (Basis.VILLAGES, Basis.VILLAGES),
        ),
        phases=(Phase("kita", 3, 6, 15.0),),
        fields=("gesundheit", "kultur"),
        kinds={"kurs": Kind("kurs", "course", 30), "vortrag": Kind("vortrag", "information", 100)},
        services=services,
        targets=(Target("kita", "gesundheit", 10.0),),
        settings=Settings(group_languages={"tr": 0.1}),
    )  # fmt: skip


def course(key: str = "alt", **given: Any) -> Service:
    plain = Service(
        key, kind="kurs", phases=("kita",), fields=("gesundheit",), sites=(Site(0.0, 0.0, "A"),), capacity=20,
        verified_on=DAY,
    )  # fmt: skip
    return replace(plain, **given)


def test_a_new_place_lies_where_most_of_its_people_live_and_wins_its_places_there() -> None:
    there = county()
    site = heart(there.areas, "A")
    assert site is not None
    assert (site.x, site.area) == (500.0, "A")
    first, second = candidates(there, [COURSE], around=NOWHERE, as_of=DAY)
    assert first.where == Where(areas=("A",))
    assert first.measure.gains == {("A", "kita", "gesundheit"): pytest.approx(20.0)}
    assert set(second.measure.gains) == {("B", "kita", "gesundheit")}


def test_a_gain_is_what_the_chain_itself_would_show() -> None:
    there = county(course())
    more = replace(COURSE, step=Step.MORE_PLACES)
    (candidate,) = candidates(there, [more], around=NOWHERE, as_of=DAY)
    before = calculate(there, as_of=DAY).by_place
    after = calculate(county(course(capacity=40)), as_of=DAY).by_place
    assert len(candidate.measure.gains) == 2
    for key, places in candidate.measure.gains.items():
        won = (after[key].reach_hi - before[key].reach_hi) * after[key].children / 100
        assert places == pytest.approx(won)
    assert candidate.measure.group == "service:alt"


def test_a_wider_catchment_takes_from_those_who_had_it_alone() -> None:
    there = county(course(catchment=frozenset({"A"})))
    wider = replace(COURSE, step=Step.WIDER_CATCHMENT, places=0)
    around = Surroundings({"A": ("B",), "B": ("A",)}, {})
    (candidate,) = candidates(there, [wider], around=around, as_of=DAY)
    gains = candidate.measure.gains
    assert gains["A", "kita", "gesundheit"] < 0 < gains["B", "kita", "gesundheit"]
    assert sum(gains.values()) == pytest.approx(0.0)
    assert candidates(there, [wider], around=NOWHERE, as_of=DAY) == []
    assert candidates(county(course()), [wider], around=around, as_of=DAY) == []


def test_outreach_knows_no_distance_and_may_go_to_a_group() -> None:
    around = Surroundings({}, {"Nordkreis": ("A", "B"), "Allein": ("A",)})
    found = candidates(county(), [replace(COURSE, step=Step.OUTREACH)], around=around, as_of=DAY)
    assert [each.where for each in found] == [
        Where(("A",)), Where(("B",)), Where(("A", "B"), "Nordkreis"),
    ]  # fmt: skip
    assert sorted(found[2].measure.gains.values()) == [pytest.approx(10.0), pytest.approx(10.0)]


def test_information_fills_no_target_for_help() -> None:
    talk = replace(COURSE, kind="vortrag", fields=("gesundheit", "kultur"))
    assert all(not each.measure.gains for each in candidates(county(), [talk], around=NOWHERE, as_of=DAY))
    both = replace(COURSE, fields=("gesundheit", "kultur"))
    found = candidates(county(), [both], around=NOWHERE, as_of=DAY)
    assert {key[2] for each in found for key in each.measure.gains} == {"gesundheit"}


def test_a_language_is_told_in_children_and_doors_never_in_places() -> None:
    there = county(course(), course("tuerkisch", languages=frozenset({"tr"})))
    step = replace(COURSE, step=Step.NEW_LANGUAGE, language="tr", places=0)
    closed = {("A", "kita", "gesundheit"), ("A", "kita", "kultur")}
    assert candidates(there, [step], around=NOWHERE, as_of=DAY) == []
    (found,) = languages(there, [step], closed=closed, areas=["A"], as_of=DAY)
    assert found.service == "alt"
    assert found.children == pytest.approx(0.1 * reached(there, course(), as_of=DAY)["A", "kita"])
    assert found.cells == 1
    (unknown,) = languages(there, [replace(step, language="ku")], closed=(), areas=["A"], as_of=DAY)[:1]
    assert unknown.children is None


def test_whom_many_services_reach_is_the_same_as_one_by_one() -> None:
    there = county()
    some = [course(), course("fern", sites=(Site(9000.0, 0.0, "B"),)), course("mobil", travels=True)]
    assert reached_by(there, some) == [pytest.approx(reached(there, each, as_of=DAY)) for each in some]
    assert reached_by(there, []) == []


def test_a_plan_for_one_place_is_not_paid_for_by_another_unseen() -> None:
    def candidate(gains: dict[tuple[str, str, str], float]) -> Candidate:
        return Candidate(COURSE, Where(("A",)), Measure("x", Step.WIDER_CATCHMENT, 1, gains))

    seen = [Shortage("A", "kita", "gesundheit", 100, 10, 5)]
    other = Shortage("B", "kita", "gesundheit", 100, 10, 10.5)
    taking = candidate({seen[0].key: 3.0, other.key: -3.0})
    assert harmless([taking], looked_at=seen, every=[*seen, other]) == []
    (kept,) = harmless([taking], looked_at=seen, every=[*seen, replace(other, reach=20)])
    assert kept.measure.gains == {seen[0].key: 3.0}
    assert harmless([candidate({other.key: 3.0})], looked_at=seen, every=[*seen, other]) == []


@pytest.mark.django_db
def test_a_budget_buys_no_more_than_it_holds_and_more_money_never_less() -> None:
    before = -1.0
    for budget in (0, 7_000, 60_000, 200_000):
        plan = next_steps(StepRequest(budget), sight=EVERYTHING).plan
        won = plan.least.missing_before - plan.least.missing_after
        assert max(plan.least.cost, plan.fairest.cost, plan.greedy.cost) <= budget
        assert won >= before - 1e-6
        assert won >= plan.greedy.missing_before - plan.greedy.missing_after - 1e-6
        assert plan.fairest.worst_after >= plan.least.worst_after - 1e-6
        before = won
    assert plan.least.missing_before == pytest.approx(sum(cell.missing_lo for cell in drawn().chain.cells))


@pytest.mark.django_db
def test_every_kind_of_step_of_the_demo_county_becomes_a_candidate() -> None:
    there, _knowledge = county_of()
    found = candidates(there, catalog(), around=surroundings(), as_of=DAY)
    assert {each.step.step for each in found} == set(Step) - {Step.NEW_LANGUAGE, Step.TRANSFER}
    assert len({each.measure.key for each in found}) == len(found)


@pytest.mark.django_db
def test_a_plan_can_be_for_one_municipality_and_one_phase() -> None:
    found = next_steps(StepRequest(40_000, phases=("sek1",), areas=(TITZ,)), sight=EVERYTHING)
    keys = {key for each in found.candidates.values() for key in each.measure.gains}
    assert {(area, phase) for area, phase, _field in keys} == {(TITZ, "sek1")}
    assert [each.area for each in found.plan.least.areas] == [TITZ]


@pytest.mark.django_db
def test_a_municipality_plans_with_its_own_part_alone() -> None:
    found = next_steps(StepRequest(40_000), sight=Sight(areas=frozenset({TITZ})))
    assert {each.area for each in found.plan.least.areas} == {TITZ}


@pytest.mark.parametrize(
    ("text", "number"),
    [("0", 0), ("25.000", 25_000), ("25 000 €", 25_000), ("25000,00", 25_000), ("7.000 Euro", 7_000)],
)
def test_money_is_read_as_people_write_it(text: str, number: int) -> None:
    assert whole_number(text, most=100_000) == number


@pytest.mark.parametrize("text", ["-5", "viel", "1,5,0", "25.00", "1e6", "100.001", "٢٥", ""])
def test_what_is_no_money_gets_a_sentence(text: str) -> None:
    with pytest.raises(forms.ValidationError):
        whole_number(text, most=100_000)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("", 200, "Nennen Sie ein Budget"),
        ("?budget=0", 200, "Mit 0 Euro ändert sich nichts"),
        ("?budget=50.000", 200, "nachweislich der beste Plan"),
        ("?budget=50.000&plan=fair", 200, "Die Schritte: Am gerechtesten"),
        ("?budget=50.000&plan=unsinn", 200, "Die Schritte: Am meisten Plätze"),
        ("?budget=100", 200, "lässt sich kein Schritt aus dem Katalog bezahlen"),
        ("?budget=", 422, "Bitte nennen Sie ein Budget"),
        ("?budget=-5", 422, "-5 liegt unter null"),
        ("?budget=viel", 422, "„viel“ ist keine Zahl"),
        ("?budget=5&ort=mond", 422, "„mond“ gibt es hier nicht"),
    ],
)  # fmt: skip
def test_the_page_answers_every_budget_in_a_sentence(
    signed_in: SignIn, query: str, status: int, said: str
) -> None:
    answer = signed_in("koordination").get(f"/kette/naechster-schritt/{query}")
    assert answer.status_code == status
    assert said in answer.content.decode()
    assert bad_skeleton(answer.content.decode()) == []


@pytest.mark.django_db
def test_coordination_changes_what_a_step_costs_and_the_folder_leaves_it(signed_in: SignIn) -> None:
    client, address = signed_in("koordination"), "/kette/naechster-schritt/katalog/eltern-cafe/"
    assert bad_skeleton(client.get(address).content.decode()) == []
    bad = client.post(address, {"label": "Elterncafé", "cost": "-1", "places": "", "basis": ""})
    assert bad.status_code == 422
    assert "-1 liegt unter null" in bad.content.decode()
    assert "wie viele Plätze der Schritt im Jahr bringt" in bad.content.decode()
    good = {"label": "Elterncafé", "cost": "11.500 Euro", "places": "70", "basis": "Angebot des Trägers"}
    assert client.post(address, good).status_code == 302
    row = CatalogStep.objects.get(key="eltern-cafe")
    assert (row.cost, row.places, row.from_folder) == (11_500, 70, False)
    page = client.get("/kette/naechster-schritt/katalog/").content.decode()
    assert "11.500 Euro" in page
    assert bad_skeleton(page) == []


@pytest.mark.django_db
def test_a_step_that_ended_is_no_longer_proposed(coordination: Actor, titz: Actor) -> None:
    with pytest.raises(NotCoordination):
        end_step("eltern-cafe", actor=titz, now=clock.now())
    end_step("eltern-cafe", actor=coordination, now=clock.now())
    assert "eltern-cafe" not in {step.key for step in catalog()}
    found = next_steps(StepRequest(200_000), sight=EVERYTHING)
    assert "eltern-cafe" not in {each.step.key for each in found.candidates.values()}
    with pytest.raises(NoSuchStep):
        change_step(replace(COURSE, key="eltern-cafe"), actor=coordination)


@pytest.mark.django_db
def test_who_does_not_plan_sees_neither_plan_nor_catalogue(signed_in: SignIn) -> None:
    town, provider = signed_in("kommune"), signed_in("anbieter")
    assert town.get("/kette/naechster-schritt/").status_code == 200
    assert town.get("/kette/naechster-schritt/katalog/").status_code == 200
    assert town.get("/kette/naechster-schritt/katalog/eltern-cafe/").status_code == 404
    assert town.post("/kette/naechster-schritt/katalog/eltern-cafe/beenden/").status_code == 404
    for address in ("", "katalog/", "katalog/eltern-cafe/"):
        assert provider.get(f"/kette/naechster-schritt/{address}").status_code == 404
    assert CatalogStep.objects.get(key="eltern-cafe").ended_at is None
