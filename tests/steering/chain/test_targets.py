"""Targets: set for the county, overridden by a municipality, ended, and never lost to whoever saves second."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils.translation import override

from lueckenlos.core.actor import Actor
from lueckenlos.kernels.chain.types import Verdict
from lueckenlos.steering.chain import selectors
from lueckenlos.steering.chain.forms.targets import TargetForm, read_number
from lueckenlos.steering.chain.models import TargetRevision
from lueckenlos.steering.chain.selectors.target_board import latest_wording, target_board, wordings
from lueckenlos.steering.chain.services.targets import NotYourTarget, TargetConflict, end_target, set_target
from lueckenlos.steering.chain.types import CellKey, TargetWords
from tests.steering.chain.conftest import KREUZAU, TITZ, TODAY

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 3, 10, 30, tzinfo=ZoneInfo("Europe/Berlin"))
COUNTY = "05358"
SPORT = CellKey(COUNTY, "grundschule", "sport_freizeit")
SPORT_TITZ = CellKey(TITZ, "grundschule", "sport_freizeit")
UNSET = CellKey(COUNTY, "u3", "kultur")
URL = "/kette/ziele/05358/grundschule/sport_freizeit/"
URL_TITZ = f"/kette/ziele/{TITZ}/grundschule/sport_freizeit/"
SENT = {"places": "15", "is_essential": "on", "need_indicator": "", "basis": "Empfehlung des Landes"}

SignIn = Callable[[str], Client]


def words(places: float, **more: Any) -> TargetWords:
    return TargetWords(places_per_100=places, basis="Empfehlung des Landes", **more)


def base_of(key: CellKey) -> int | None:
    wording = latest_wording(key)
    return wording.id if wording else None


def target_in(area: str, phase: str = "grundschule", field: str = "sport_freizeit") -> float | None:
    return selectors.drawn().chain.by_place[area, phase, field].target


def sent(**more: str) -> dict[str, str]:
    return {**SENT, "deed": "save", "base": str(base_of(SPORT) or ""), **more}


def form(**given: Any) -> TargetForm:
    with override("de"):
        return TargetForm(
            {**SENT, **given}, indicators=[("sgb2_minors", "SGB II")], standing=None, today=TODAY
        )


def error(name: str, **given: Any) -> str:
    with override("de"):
        return " ".join(str(text) for text in form(**given).errors.get(name, []))


# What can be a target


@pytest.mark.parametrize(
    ("typed", "number"), [("15", 15.0), ("7,5", 7.5), ("7.5", 7.5), ("1.200", 1200.0), ("1.200,5", 1200.5)]
)
def test_numbers_are_read_as_germans_write_them(typed: str, number: float) -> None:
    assert read_number(typed) == number


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("0", "wählen Sie „Ziel beenden“"),
        ("0,0", "wählen Sie „Ziel beenden“"),
        ("-5", "-5 Plätze kann es nicht geben"),
        ("viele", "„viele“ ist keine Zahl"),
        ("nan", "„nan“ ist keine Zahl"),
        ("1000", "10 Plätze für jedes Kind"),
        ("1.200", "12 Plätze für jedes Kind"),
        ("10.001", "mehr, als gerechnet werden kann"),
        ("", "Bitte schreiben Sie, wie viele Plätze"),
    ],
)
def test_what_cannot_be_a_target_gets_a_sentence_that_says_what_to_do(typed: str, says: str) -> None:
    assert says in error("places", places=typed)


def test_very_many_places_are_taken_when_somebody_says_that_they_are_meant() -> None:
    assert form(places="1.200", really="on").is_valid()


def test_a_resolution_has_a_body_and_lies_behind_us() -> None:
    assert "Gremium" in error("resolution", resolved_on="2026-10-01")
    assert "Zukunft" in error("resolved_on", resolved_on="2027-01-01", resolution="Kreistag")


# Setting and ending


def test_the_chain_counts_with_a_new_target_at_once(coordination: Actor) -> None:
    set_target(SPORT, words(33.0), base=base_of(SPORT), actor=coordination, now=NOW)
    assert target_in(TITZ) == target_in(KREUZAU) == 33.0


def test_a_municipality_sets_its_own_and_falls_back_when_it_ends(coordination: Actor, titz: Actor) -> None:
    set_target(SPORT_TITZ, words(40.0), base=None, actor=titz, now=NOW)
    assert (target_in(TITZ), target_in(KREUZAU)) == (40.0, 15.0)
    end_target(SPORT_TITZ, base=base_of(SPORT_TITZ), actor=titz, now=NOW)
    assert target_in(TITZ) == 15.0
    assert [each.view.places_per_100 for each in wordings(SPORT_TITZ)] == [None, 40.0]


def test_a_countys_target_that_ends_leaves_cells_without_one_but_not_green(coordination: Actor) -> None:
    end_target(SPORT, base=base_of(SPORT), actor=coordination, now=NOW)
    verdicts = {each.verdict for each in selectors.drawn().chain.cells if each.field == "sport_freizeit" and each.phase == "grundschule"}  # fmt: skip
    assert verdicts == {Verdict.NO_TARGET}


def test_a_seam_has_targets_too(coordination: Actor) -> None:
    seam = CellKey(COUNTY, "kita", to="grundschule")
    set_target(seam, words(21.0), base=base_of(seam), actor=coordination, now=NOW)
    seams = [
        each for each in selectors.drawn().chain.seams if (each.phase, each.to) == ("kita", "grundschule")
    ]
    assert {each.target for each in seams} == {21.0}


def test_nobody_sets_targets_for_others(titz: Actor) -> None:
    for key in (SPORT, CellKey(KREUZAU, "grundschule", "sport_freizeit")):
        with pytest.raises(NotYourTarget):
            set_target(key, words(40.0), base=base_of(key), actor=titz, now=NOW)
        with pytest.raises(NotYourTarget):
            end_target(key, base=base_of(key), actor=titz, now=NOW)


def test_who_saves_second_sees_the_first_and_nothing_is_lost(coordination: Actor) -> None:
    seen = base_of(SPORT)
    set_target(SPORT, words(20.0), base=seen, actor=coordination, now=NOW)
    with pytest.raises(TargetConflict) as conflict:
        set_target(SPORT, words(30.0), base=seen, actor=coordination, now=NOW)
    assert conflict.value.theirs.view.places_per_100 == 20.0
    set_target(SPORT, words(30.0), base=conflict.value.theirs.id, actor=coordination, now=NOW)
    assert [each.view.places_per_100 for each in wordings(SPORT)] == [30.0, 20.0, 15.0]


def test_saying_the_same_again_writes_nothing(coordination: Actor) -> None:
    set_target(UNSET, words(5.0, intensities=("course",)), base=None, actor=coordination, now=NOW)
    again = set_target(UNSET, words(5.0, intensities=("course",)), base=None, actor=coordination, now=NOW)
    assert again is None
    assert TargetRevision.objects.filter(phase="u3", field="kultur").count() == 1


def test_need_raises_the_target_where_it_is_higher_up_to_the_double(coordination: Actor) -> None:
    set_target(
        SPORT, words(10.0, need_indicator="sgb2_minors"), base=base_of(SPORT), actor=coordination, now=NOW
    )
    line = next(line for phase in target_board() for line in phase.lines if line.key == SPORT)
    weights = [each.weight for each in line.results if each.weight is not None]
    assert min(weights) < 1.0 < max(weights) <= 2.0
    assert all(each.piece.target == pytest.approx(10.0 * (each.weight or 0)) for each in line.results)


# The pages


def test_koordination_changes_a_target_by_its_page(signed_in: SignIn) -> None:
    client = signed_in("koordination")
    assert "Für 28 von 63 Feldern" in client.get("/kette/ziele/").content.decode()
    page = client.get(URL).content.decode()
    assert 'value="15"' in page
    answer = client.post(
        URL, sent(places="18,5", resolution="Kreistag", resolved_on="2026-10-01"), follow=True
    )
    assert "Die Kette rechnet ab jetzt mit 18,5 Plätzen" in answer.content.decode()
    assert "Kreistag, 1. Oktober 2026" in answer.content.decode()
    assert target_in(TITZ) == 18.5


def test_zero_is_refused_and_what_was_typed_stays(signed_in: SignIn) -> None:
    answer = signed_in("koordination").post(URL, sent(places="0", basis="Ratsbeschluss"))
    assert answer.status_code == 422
    assert "Ziel beenden" in answer.content.decode()
    assert 'value="Ratsbeschluss"' in answer.content.decode()
    assert target_in(TITZ) == 15.0


def test_a_look_before_saving_shows_every_municipality_and_saves_nothing(signed_in: SignIn) -> None:
    answer = signed_in("koordination").post(URL, sent(places="90", deed="preview"))
    page = answer.content.decode()
    assert "gespeichert ist noch nichts" in page
    assert page.count("Ziel dann") == 1
    assert target_in(TITZ) == 15.0


def test_the_second_editor_gets_a_page_with_both_wordings(signed_in: SignIn, coordination: Actor) -> None:
    client, old = signed_in("koordination"), sent(places="30")
    set_target(SPORT, words(20.0), base=base_of(SPORT), actor=coordination, now=NOW)
    answer = client.post(URL, old)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Eben hat jemand anderes dieses Ziel gesetzt" in page
    assert "<td>20</td><td>30</td>" in page
    assert client.post(URL, {**old, "base": str(base_of(SPORT))}).status_code == 302
    assert target_in(TITZ) == 30.0


def test_a_municipality_reads_the_countys_and_sets_its_own(signed_in: SignIn) -> None:
    client = signed_in("kommune")
    county = client.get(URL).content.decode()
    assert 'name="places"' not in county
    assert "Eigenes Ziel für Titz" in county
    assert client.post(URL, sent(places="99")).status_code == 404
    own = client.get(URL_TITZ).content.decode()
    assert 'value="15"' in own  # the county's wording to begin with
    assert client.post(URL_TITZ, {**SENT, "deed": "save", "base": "", "places": "40"}).status_code == 302
    assert "Titz hat eines davon selbst gesetzt" in client.get("/kette/ziele/").content.decode()
    ended = client.post(f"{URL_TITZ}beenden/", {"base": str(base_of(SPORT_TITZ))}, follow=True)
    assert "Es gilt wieder, was im Kreis gilt" in ended.content.decode()
    assert target_in(TITZ) == 15.0


def test_strangers_and_neighbours_find_no_target(signed_in: SignIn, client: Client) -> None:
    theirs = f"/kette/ziele/{KREUZAU}/grundschule/sport_freizeit/"
    assert signed_in("kommune").get(theirs).status_code == 404
    assert signed_in("kommune").post(f"{theirs}beenden/").status_code == 404
    for name in ("anbieter", "fachkraft", "familie"):
        assert signed_in(name).get("/kette/ziele/").status_code == 404
        assert signed_in(name).post(URL, sent()).status_code == 404
    assert client.get(URL).status_code == 302
    koordination = signed_in("koordination")
    for wrong in ("05358/grundschule/unsinn", "99999999/grundschule/kultur", "05358/kita/bis/sek1"):
        assert koordination.get(f"/kette/ziele/{wrong}/").status_code == 404


def test_an_older_wording_can_be_taken_up_again(signed_in: SignIn, coordination: Actor) -> None:
    first = base_of(SPORT)
    set_target(SPORT, words(20.0), base=first, actor=coordination, now=NOW)
    client = signed_in("koordination")
    assert f"?wie={first}#ziel" in client.get(URL).content.decode()
    assert 'value="15"' in client.get(f"{URL}?wie={first}").content.decode()


def test_a_past_day_knows_the_target_of_then(coordination: Actor) -> None:
    set_target(SPORT, words(33.0), base=base_of(SPORT), actor=coordination, now=NOW)
    then = selectors.drawn(date(2026, 11, 2)).chain.by_place[TITZ, "grundschule", "sport_freizeit"]
    assert then.target == 15.0
