"""A life line: the years, the village, the break, and who may see it."""

import re
from collections.abc import Callable
from datetime import date

import numpy as np
import pytest
from django.test import Client

from lueckenlos.kernels.chain.calculation import calculate
from lueckenlos.kernels.chain.types import Verdict
from lueckenlos.steering.chain.life_story import (
    fields_listed,
    in_one_sentence,
    rests_on,
    seam_told,
    told,
    who,
)
from lueckenlos.steering.chain.selectors.drawing import county_of, drawn
from lueckenlos.steering.chain.selectors.life_line import (
    Rests,
    Tense,
    birth_years,
    life_line,
    with_place,
    year_at,
)
from lueckenlos.steering.chain.selectors.standing import Sight
from lueckenlos.steering.chain.views.life_way import way
from tests.house.fences import bad_skeleton

DAY = date(2026, 11, 3)
TITZ = "05358056"
EVERYTHING = Sight(is_coordination=True)
SignIn = Callable[[str], Client]


def test_a_child_born_in_the_middle_of_a_year_is_in_its_phases_in_these_years() -> None:
    assert year_at(2024, -0.75) == 2023
    assert year_at(2024, 3) == 2027
    assert year_at(2024, 10) == 2034


@pytest.mark.django_db
def test_the_line_goes_through_every_phase_past_present_and_future() -> None:
    line = life_line(TITZ, born=2022, sight=EVERYTHING)
    assert line is not None
    assert [stage.phase.key for stage in line.stages] == list(drawn().phases)
    assert [stage.tense for stage in line.stages[:4]] == [Tense.PAST, Tense.PAST, Tense.PRESENT, Tense.FUTURE]
    assert [(stage.year_from, stage.year_to) for stage in line.stages[2:4]] == [(2025, 2028), (2028, 2032)]
    for one, other in zip(line.stages, line.stages[1:], strict=False):
        assert one.year_to == other.year_from
        assert one.seam is not None
        assert one.seam.to == other.phase.key
    assert line.stages[-1].seam is None


@pytest.mark.django_db
def test_the_present_is_the_chain_of_today() -> None:
    line = life_line(TITZ, born=2022, sight=EVERYTHING)
    assert line is not None
    today = drawn().chain.by_place
    for cell in line.stages[2].cells:
        same = today[TITZ, "kita", cell.field]
        assert (cell.reach_lo, cell.reach_hi, cell.verdict) == (same.reach_lo, same.reach_hi, same.verdict)


@pytest.mark.django_db
def test_a_phase_says_on_which_knowledge_it_rests() -> None:
    old, young = life_line(TITZ, born=2005, sight=EVERYTHING), life_line(TITZ, born=2030, sight=EVERYTHING)
    assert old is not None
    assert young is not None
    assert old.stages[0].rests is Rests.EARLIEST
    assert "frühester Stand von 2026" in rests_on(old.stages[0])
    assert young.stages[-1].rests is Rests.FARTHEST
    assert young.stages[-1].reckoned == 2040
    assert young.stages[1].reckoned == young.stages[1].year_from


@pytest.mark.django_db
def test_services_are_those_open_to_the_child_where_it_lives() -> None:
    line = life_line(TITZ, born=2024, sight=EVERYTHING)
    assert line is not None
    services = {each.key: each for each in county_of()[0].services}
    for stage in line.stages:
        filling = {share.service for cell in stage.cells for share in cell.services if share.reach_hi > 0}
        assert filling <= {each.key for each in stage.services}
        for each in stage.services:
            there = services[each.key]
            assert stage.phase.key in there.phases
            assert there.catchment is None or TITZ in there.catchment
            assert stage.year_from <= each.year_from <= each.year_to <= stage.year_to


@pytest.mark.django_db
def test_a_village_takes_nobodys_places_and_has_its_municipalitys_targets() -> None:
    there = county_of()[0]
    row = int(np.flatnonzero(there.areas.point_area == there.areas.index[TITZ])[0])
    x, y = there.areas.points[row].tolist()
    village = with_place(there, TITZ, key="dorf", point=(x, y))
    before, after = calculate(there, as_of=DAY), calculate(village, as_of=DAY)
    assert with_place(there, TITZ, key="dorf", point=None) is there
    for cell in before.cells:
        same = after.by_place[cell.area, cell.phase, cell.field]
        assert same.reach_hi == pytest.approx(cell.reach_hi, rel=1e-6)
        assert same.target == pytest.approx(cell.target) if cell.target else same.target is None
    for cell in before.cells:
        if cell.area == TITZ and cell.target:
            assert after.by_place["dorf", cell.phase, cell.field].target == pytest.approx(cell.target)


@pytest.mark.django_db
def test_villages_of_one_municipality_add_up_to_it() -> None:
    there = county_of()[0]
    rows = np.flatnonzero(there.areas.point_area == there.areas.index[TITZ])
    sizes = np.where(np.nan_to_num(there.areas.sizes[rows]) > 0, there.areas.sizes[rows], 1.0)
    reach = []
    for x, y in there.areas.points[rows].tolist():
        chain = calculate(with_place(there, TITZ, key="dorf", point=(x, y)), as_of=DAY)
        reach.append([cell.reach_hi for cell in chain.cells if cell.area == "dorf"])
    mean = np.average(np.array(reach), axis=0, weights=sizes)
    whole = [cell.reach_hi for cell in calculate(there, as_of=DAY).cells if cell.area == TITZ]
    assert mean == pytest.approx(whole, rel=1e-6)


@pytest.mark.django_db
def test_the_story_names_nobody_and_says_what_is_missing() -> None:
    line, labels = life_line(TITZ, born=2024, sight=EVERYTHING), drawn().labels
    assert line is not None
    lead = in_one_sentence(line, place="Titz", year=2026)
    assert lead.startswith("Ein Kind, das 2024 in Titz geboren ist,")
    assert f"an {len(line.broken)} Übergängen reißt die Kette" in lead
    for stage in line.stages:
        story = told(stage, labels=labels)
        assert 1 <= len(story.sentences) <= 3
        if stage.worst is Verdict.GAP:
            assert "Plätze fehlen in" in str(story)
        if stage.seam and stage.seam.verdict is Verdict.GAP:
            assert "das Ziel ist" in seam_told(stage, labels=labels)
    assert who(2003, place="Titz", year=2026).startswith("Ein junger Mensch, der 2003")
    assert who(2030, place="Titz", year=2026).startswith("Ein Kind, das 2030 in Titz zur Welt kommt")
    assert fields_listed(["Kultur", "Existenz und Wohnen"]) == "Kultur sowie Existenz und Wohnen"


@pytest.mark.django_db
def test_a_municipality_walks_its_own_way_alone_and_a_stranger_none() -> None:
    own = Sight(areas=frozenset({TITZ}))
    assert life_line(TITZ, born=2024, sight=own) is not None
    assert life_line("05358008", born=2024, sight=own) is None
    assert life_line(TITZ, born=2024, sight=Sight()) is None


def test_the_drawing_is_torn_where_the_chain_breaks() -> None:
    drawing = way([Verdict.CLOSED, Verdict.GAP, Verdict.CHECK], [Verdict.CLOSED, Verdict.GAP])
    assert [len(stretch.lines) for stretch in drawing.stretches] == [1, 2]
    assert [station.x for station in drawing.stations] == sorted(station.x for station in drawing.stations)
    assert way([], []).stations == ()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("", 200, "Welche Linie?"),
        ("?ort=Titz&jahr=2024", 200, "Titz, geboren 2024"),
        ("?ort=Müntz&jahr=2024", 200, "Gerechnet ist für diesen Ort allein"),
        ("?ort=Titz&jahr=1950", 422, "Für 1950 lässt sich keine Lebenslinie zeichnen. Möglich sind 2000 bis 2036."),
        ("?ort=Titz&jahr=bald", 422, "„bald“ ist kein Jahr"),
        ("?ort=Titz&jahr=", 422, "Bitte nennen Sie ein Geburtsjahr."),
        ("?ort=&jahr=2024", 422, "Bitte nennen Sie eine Gemeinde oder ein Dorf."),
        ("?ort=Aachen&jahr=2024", 422, "Aachen gehört nicht zu unserem Gebiet"),
        ("?ort=Xyzzyquux&jahr=2024", 422, "kennen wir nicht"),
        ("?ort=Linich&jahr=2024", 422, "Welchen meinen Sie?"),
    ],
)  # fmt: skip
def test_the_page_answers_every_place_and_year(signed_in: SignIn, query: str, status: int, said: str) -> None:
    answer = signed_in("koordination").get(f"/kette/lebenslinie/{query}")
    page = answer.content.decode()
    assert answer.status_code == status
    assert said in page
    assert bad_skeleton(page) == []


@pytest.mark.django_db
def test_the_page_breaks_the_line_where_a_seam_is_a_gap(signed_in: SignIn) -> None:
    page = signed_in("koordination").get("/kette/lebenslinie/?ort=Titz&jahr=2024").content.decode()
    line = life_line(TITZ, born=2024, sight=EVERYTHING)
    assert line is not None
    assert len(re.findall(r'class="a-seam a-seam--gap"', page)) == len(line.broken) > 0


@pytest.mark.django_db
def test_who_has_no_business_there_does_not_see_it(signed_in: SignIn) -> None:
    town = signed_in("kommune")
    assert "Titz, geboren 2024" in town.get("/kette/lebenslinie/?ort=Titz&jahr=2024").content.decode()
    other = town.get("/kette/lebenslinie/?ort=Jülich&jahr=2024")
    assert "noch nichts freigegeben" in other.content.decode()
    assert signed_in("familienbuero").get("/kette/lebenslinie/").status_code == 404
    assert birth_years(DAY)[0] == 2000
