"""Looking ahead: the interval grows, what ends is out, and what cannot be reckoned is said in a sentence."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from click.testing import CliRunner
from django.test import Client

from lueckenlos.config.commands.chain import command
from lueckenlos.kernels.chain.ahead import FARTHEST, Growth
from lueckenlos.kernels.chain.calculation import calculate
from lueckenlos.kernels.chain.types import (
    Areas,
    Basis,
    County,
    Kind,
    Phase,
    Rule,
    Service,
    Site,
    Target,
    Verdict,
)
from lueckenlos.steering.chain import models
from lueckenlos.steering.chain.selectors import outlook
from lueckenlos.steering.chain.selectors.drawing import county_of, drawn
from lueckenlos.steering.chain.selectors.standing import Sight
from lueckenlos.steering.chain.widening import outlined, widened
from tests.house.fences import bad_skeleton

EVERYTHING = Sight(is_coordination=True)
DAY = date(2026, 11, 3)
SignIn = Callable[[str], Client]


def county(children: float, *, capacity: int = 30) -> County:
    """One area with so many children of each age, one course near by, and a target of 10 places."""
    persons = np.full((1, 100), children)
    here = Site(0.0, 0.0, "A")
    course = Service(
        "kurs", kind="kurs", phases=("kita",), fields=("gesundheit",), sites=(here,), capacity=capacity,
        verified_on=DAY,
    )  # fmt: skip
    return County(
        areas=Areas(("A",), persons, np.array([0]), np.zeros((1, 2)), np.array([1.0]), (Basis.CENTER,)),
        phases=(Phase("kita", 3, 6, 15.0), Phase("schule", 6, 10, 15.0)),
        fields=("gesundheit",),
        kinds={"kurs": Kind("kurs", "course", 30)},
        services=(course,),
        targets=(Target("kita", "gesundheit", 10.0),),
    )


def test_more_children_lower_the_reach_and_fewer_raise_it() -> None:
    likely = county(100.0)
    cell = widened(likely, others=(county(50.0), county(200.0)), as_of=DAY).cells[0]
    assert [cell.reach_lo, cell.reach_hi] == pytest.approx([5.0, 20.0])
    assert cell.verdict is Verdict.CHECK
    assert cell.children == 300.0
    assert [cell.missing_lo, cell.missing_hi] == pytest.approx([0.0, 30.0])


def test_a_gap_stays_one_only_if_it_is_one_in_every_case() -> None:
    sure = widened(county(400.0), others=(county(350.0), county(500.0)), as_of=DAY).cells[0]
    assert sure.verdict is Verdict.GAP
    assert sure.missing_lo == pytest.approx(0.1 * 1050 - 30)
    unsure = widened(county(400.0), others=(county(90.0), county(500.0)), as_of=DAY).cells[0]
    assert unsure.verdict is Verdict.CHECK
    assert Rule.TOO_FEW not in {reason.rule for reason in unsure.reasons}


def test_a_single_way_is_the_chain_itself() -> None:
    there = county(100.0)
    plain, wide = calculate(there, as_of=DAY), outlined([there], as_of=DAY)
    assert [replace(cell, reasons=()) for cell in plain.cells] == list(wide.cells)
    assert plain.seams == wide.seams
    assert plain.continuity == wide.continuity
    assert plain.runs == wide.runs


@pytest.mark.django_db
def test_the_interval_holds_todays_places_and_grows_with_the_years() -> None:
    soon, late = outlook.chain_in(2027).chain, outlook.chain_in(2036).chain
    assert soon.cells != late.cells
    wide = {cell: cell.reach_hi - cell.reach_lo for cell in late.cells if cell.target is not None}
    narrow = soon.by_place
    wider = sum(
        width >= narrow[cell.area, cell.phase, cell.field].reach_hi - narrow[cell.area, cell.phase, cell.field].reach_lo
        for cell, width in wide.items()
    )  # fmt: skip
    assert wider / len(wide) > 0.8
    for cell in late.cells:
        if cell.verdict is Verdict.GAP:
            assert cell.target is not None
            assert cell.reach_hi < cell.target
        if cell.verdict is Verdict.CLOSED:
            assert cell.target is not None
            assert cell.reach_lo >= cell.target - 1e-9


@pytest.mark.django_db
def test_what_ends_before_the_year_is_out_and_what_begins_by_then_is_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    there, knowledge = county_of()
    first, second, *rest = there.services
    ends = replace(first, valid_to=date(2029, 12, 31))
    begins = replace(second, valid_from=date(2029, 1, 1))
    monkeypatch.setattr(
        outlook, "county_of", lambda day=None: (replace(there, services=(ends, begins, *rest)), knowledge)
    )
    before, after = outlook.ahead_of(2029).likely, outlook.ahead_of(2030).likely
    assert ends.key in {each.key for each in before.services}
    assert ends.key not in {each.key for each in after.services}
    assert next(each for each in after.services if each.key == begins.key).valid_from is None


@pytest.mark.django_db
@pytest.mark.parametrize("year", [2025, 2041, 1999])
def test_a_year_out_of_range_gives_its_sentence(year: int) -> None:
    with pytest.raises(
        outlook.NotAhead, match=f"{year} lässt sich nicht vorausrechnen. Möglich sind 2026 bis 2040"
    ):
        outlook.chain_in(year)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("persons", "said"), [(np.nan, "steht keine Zahl im Alter 7"), (-3.0, "steht -3 im Alter 7")]
)
def test_a_population_that_cannot_be_counted_on_gives_a_sentence(
    persons: float, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    there, knowledge = county_of()
    bad = there.areas.persons.copy()
    bad[there.areas.index["05358056"], 7] = persons
    areas = replace(there.areas, persons=bad)
    monkeypatch.setattr(outlook, "county_of", lambda day=None: (replace(there, areas=areas), knowledge))
    with pytest.raises(outlook.PeopleUnknown, match=f"Bevölkerung von Titz {said}"):
        outlook.ahead_of(2030)


@pytest.mark.django_db
def test_growth_makes_more_children_than_standing_still() -> None:
    still, grown = outlook.children_ahead(), outlook.children_ahead(scenario=Growth(300_000.0, 2035))
    assert grown["kita"][10].likely > still["kita"][10].likely
    assert len(still["kita"]) == FARTHEST + 1
    for row in still["kita"][1:]:
        assert row.fewest < row.likely < row.most
    with pytest.raises(outlook.GrowthImpossible, match="Das Jahr muss nach 2025 liegen"):
        outlook.children_ahead(scenario=Growth(300_000.0, 2020))


@pytest.mark.django_db
def test_a_trend_needs_three_years() -> None:
    with pytest.raises(outlook.TrendUnknown, match=r"3 Jahre Bevölkerung hintereinander\. Bekannt: 2025"):
        outlook.trend()
    known = models.Basis.objects.latest("id")
    latest = known.content["population"]["2025"]
    content = {**known.content, "population": {str(year): latest for year in (2023, 2024, 2025)}}
    models.Basis.objects.create(known_at=known.known_at, cause="test", digest="x", content=content)
    assert outlook.chain_in(2030, scenario=outlook.trend()).year == 2030


@pytest.mark.django_db
def test_the_turns_of_the_page_are_those_of_the_chain_of_each_year() -> None:
    found = outlook.turns(3, sight=EVERYTHING)
    assert found
    now = drawn().chain.by_place
    for turn in found:
        key = (turn.area, turn.phase, turn.field)
        year, verdict = turn.steps[-1]
        assert now[key].verdict is turn.before
        assert outlook.chain_in(year).chain.by_place[key].verdict is verdict
    titz = outlook.turns(3, sight=Sight(areas=frozenset({"05358056"})))
    assert {turn.area for turn in titz} <= {"05358056"}


def test_the_command_line_looks_ahead(own_database: str) -> None:
    answer = CliRunner().invoke(command, ["--year", "2031", "--json", "--ags", "05358056"])
    assert answer.exit_code == 0, answer.output
    document = json.loads(answer.output)
    assert document["year"] == 2031
    assert {cell["ags"] for cell in document["cells"]} == {"05358056"}
    assert len(document["cells"]) == 63
    late = CliRunner().invoke(command, ["--year", "2050", "--json"])
    assert isinstance(late.exception, outlook.NotAhead)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("", 200, "Kreis Düren im Jahr 2035"),
        ("?jahre=1&ort=05358056", 200, "Titz im Jahr 2026"),
        ("?jahre=5&szenario=wachstum&menschen=300.000&bis=2035", 200, "im Jahr 2030"),
        ("?szenario=trend", 200, "mindestens 3 Jahre Bevölkerung"),
        ("?jahre=16", 422, "„16“ Jahre lassen sich nicht vorausrechnen"),
        ("?jahre=", 422, "Bitte nennen Sie eine Zahl von Jahren"),
        ("?jahre=zehn", 422, "„zehn“ Jahre"),
        ("?szenario=krieg", 422, "Die Annahme „krieg“ gibt es nicht"),
        ("?szenario=wachstum&menschen=viele&bis=2035", 422, "„viele“ ist keine Zahl"),
        ("?szenario=wachstum&menschen=&bis=", 422, "Bitte schreiben Sie, auf wie viele Menschen"),
        ("?szenario=wachstum&menschen=300000&bis=2020", 200, "Auf 300000 Menschen bis 2020 lässt sich nicht rechnen"),
        ("?ort=99999999", 422, "Die Kommune „99999999“ gibt es hier nicht"),
    ],
)  # fmt: skip
def test_the_page_says_what_it_cannot_reckon(signed_in: SignIn, query: str, status: int, said: str) -> None:
    answer = signed_in("koordination").get(f"/kette/ausblick/{query}")
    page = answer.content.decode()
    assert answer.status_code == status
    assert said in page
    assert bad_skeleton(page) == []


@pytest.mark.django_db
def test_who_plans_nothing_does_not_look_ahead(signed_in: SignIn) -> None:
    assert signed_in("kommune").get("/kette/ausblick/").status_code == 200
    assert signed_in("anbieter").get("/kette/ausblick/").status_code == 404
    assert signed_in("familienbuero").get("/kette/ausblick/").status_code == 404
