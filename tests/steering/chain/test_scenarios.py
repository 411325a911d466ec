"""Was wäre, wenn: changes on a copy, held against today, kept or thrown away, and nobody else's to see."""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from lueckenlos.commons.directory import services as directory_services
from lueckenlos.core import clock
from lueckenlos.core.actor import Actor
from lueckenlos.kernels.chain.types import (
    Verdict,
)
from lueckenlos.steering.chain import selectors
from lueckenlos.steering.chain.models import Scenario
from lueckenlos.steering.chain.scenario_changes import (
    CapacityChange,
    ServiceAdded,
    TargetChange,
)
from lueckenlos.steering.chain.selectors.scenarios import (
    ScenarioView,
    comparison,
    scenario_drawn,
    scenario_for,
    scenarios_for,
)
from lueckenlos.steering.chain.selectors.standing import sight_of
from lueckenlos.steering.chain.services.scenarios import (
    NotOpen,
    NotYourScenario,
    TooManyChanges,
    add_change,
    create_scenario,
    discard_scenario,
    drop_change,
    keep_scenario,
    leave_out,
    reopen_scenario,
    take_in,
)
from lueckenlos.steering.chain.types import ScenarioState
from tests.steering.chain.conftest import KREUZAU, TITZ

NOW = datetime(2026, 11, 3, 10, 30, tzinfo=ZoneInfo("Europe/Berlin"))
DAY = clock.day_of(NOW)
URL = "/kette/szenarien/"
SignIn = Callable[[str], Client]


@pytest.fixture
def own(db: None, titz: Actor) -> UUID:
    return create_scenario("Sportbus", area=TITZ, note="", actor=titz, now=NOW)


@pytest.fixture
def countywide(db: None, coordination: Actor) -> UUID:
    return create_scenario("Mehr Sport", area="", note="", actor=coordination, now=NOW)


def seen(scenario_id: UUID, actor: Actor) -> ScenarioView:
    view = scenario_for(actor, scenario_id)
    assert view is not None
    return view


def sport_bus(**more: Any) -> ServiceAdded:
    given = {"key": "bus", "name": "Sportbus", "kind": "", "phases": ("sek1",), "fields": ("sport_freizeit",)}
    place = {"area": TITZ, "place": "", "x": 313000.0, "y": 5653000.0, "catchment": (TITZ,)}
    return ServiceAdded(**{**given, **place, "capacity": 400, "travels": True, **more})


@pytest.mark.django_db
def test_a_bus_for_titz_closes_its_gap_in_sport_and_nothing_else_moves(own: UUID, titz: Actor) -> None:
    add_change(own, sport_bus(), actor=titz)
    found = comparison(seen(own, titz), sight=sight_of(titz))
    sport = next(
        each for each in found.turned if (each.key.phase, each.key.field) == ("sek1", "sport_freizeit")
    )
    assert (sport.now.verdict, sport.then.verdict) == (Verdict.GAP, Verdict.CLOSED)
    assert found.missing_then == pytest.approx(found.missing_now - sport.missing_now)
    assert {each.key.area for each in found.pieces} == {TITZ}
    now, there = scenario_drawn(seen(own, titz))
    assert now is selectors.drawn()
    assert there.chain.by_place[KREUZAU, "sek1", "sport_freizeit"] == now.chain.by_place[KREUZAU, "sek1", "sport_freizeit"]  # fmt: skip


@pytest.mark.django_db
def test_a_change_is_left_out_taken_in_and_dropped(own: UUID, titz: Actor) -> None:
    add_change(own, sport_bus(), actor=titz)
    (line,) = seen(own, titz).lines
    leave_out(own, line.id, actor=titz)
    assert comparison(seen(own, titz), sight=sight_of(titz)).pieces == ()
    take_in(own, line.id, actor=titz)
    assert comparison(seen(own, titz), sight=sight_of(titz)).turned
    drop_change(own, line.id, actor=titz)
    assert seen(own, titz).lines == ()


@pytest.mark.django_db
def test_a_second_number_for_the_same_thing_takes_the_place_of_the_first(own: UUID, titz: Actor) -> None:
    for places in (10.0, 20.0):
        add_change(own, TargetChange("sek1", "kultur", "", places, area=TITZ), actor=titz)
    assert [each.change for each in seen(own, titz).lines] == [
        TargetChange("sek1", "kultur", "", 20.0, area=TITZ)
    ]
    for number in range(59):
        add_change(own, sport_bus(key=f"bus-{number}"), actor=titz)
    with pytest.raises(TooManyChanges):
        add_change(own, sport_bus(key="noch-einer"), actor=titz)


@pytest.mark.django_db
def test_what_is_kept_holds_its_result_and_changes_only_when_reopened(own: UUID, titz: Actor) -> None:
    add_change(own, sport_bus(), actor=titz)
    before = comparison(seen(own, titz), sight=sight_of(titz))
    keep_scenario(own, actor=titz, now=NOW)
    view = seen(own, titz)
    assert view.state is ScenarioState.KEPT
    assert view.result is not None
    assert view.result["missing"] == {"today": before.missing_now, "then": before.missing_then}
    assert len(view.result["changed"]) == len(before.pieces)
    assert [each["deed"] for each in view.result["changes"]] == ["add_service"]
    with pytest.raises(NotOpen):
        add_change(own, sport_bus(key="zwei"), actor=titz)
    reopen_scenario(own, actor=titz)
    discard_scenario(own, actor=titz, now=NOW)
    assert seen(own, titz).state is ScenarioState.DISCARDED
    reopen_scenario(own, actor=titz)
    assert seen(own, titz).is_open


@pytest.mark.django_db
def test_others_what_ifs_do_not_exist_and_koordination_sees_all(
    own: UUID, countywide: UUID, titz: Actor, coordination: Actor
) -> None:
    assert scenario_for(titz, countywide) is None
    assert [each.id for each in scenarios_for(titz)] == [own]
    assert {each.id for each in scenarios_for(coordination)} == {own, countywide}
    for deed in (add_change,):
        with pytest.raises(NotYourScenario):
            deed(countywide, sport_bus(), actor=titz)
    with pytest.raises(NotYourScenario):
        keep_scenario(uuid4(), actor=coordination, now=NOW)
    with pytest.raises(NotYourScenario):
        create_scenario("Für Kreuzau", area=KREUZAU, note="", actor=titz, now=NOW)


@pytest.mark.django_db
def test_a_service_that_ends_meanwhile_is_said_so_on_the_page(
    countywide: UUID, coordination: Actor, signed_in: SignIn
) -> None:
    service = next(each for each in selectors.county_of()[0].services if each.is_active and each.capacity)
    add_change(countywide, CapacityChange(service.key, service.name, 500), actor=coordination)
    directory_services.end_service(service.key, last_day=date(2026, 11, 1), actor=coordination, now=NOW)
    page = signed_in("koordination").get(f"{URL}{countywide}/").content.decode()
    assert "Dieses Angebot gibt es heute nicht mehr" in page
    assert "bewirken in keiner Zelle etwas" in page


# The pages


def begin(client: Client, **more: str) -> str:
    answer = client.post(URL, {"name": "Sportbus in Titz", **more})
    assert answer.status_code == 302, answer.content.decode()[:500]
    return str(answer["Location"])


BUS = {
    "name": "Sportbus", "phases": ["sek1"], "fields_": ["sport_freizeit"], "capacity": "400", "area": TITZ,
    "travels": "on", "place": "", "age_min": "10", "age_max": "15",
}  # fmt: skip


def say(client: Client, where: str, deed: str, **given: Any) -> tuple[int, str]:
    answer = client.post(f"{where}neu/{deed}/", given)
    return answer.status_code, answer.content.decode()


@pytest.mark.django_db
def test_a_municipality_tries_keeps_and_reopens_by_its_pages(signed_in: SignIn) -> None:
    client = signed_in("kommune")
    assert "Hier stehen Ihre Ideen" in client.get(URL).content.decode()
    where = begin(client)
    assert "Noch ist nichts geändert" in client.get(where).content.decode()
    assert say(client, where, "neues-angebot", **BUS)[0] == 302
    page = client.get(where).content.decode()
    assert re.search(r"Sicher fehlten \d+ statt \d+ Plätze im Jahr\. Ein Urteil wird besser\.", page)
    assert "„Sportbus“ in Titz: 400 Plätze im Jahr; Sek I" in page or "„Sportbus“ in Titz: 400 Plätze" in page
    client.post(f"{where}1/", {"deed": "out"})
    assert "zählt gerade nicht" in client.get(where).content.decode()
    client.post(f"{where}1/", {"deed": "in"})
    kept = client.post(f"{where}stand/", {"deed": "keep"}, follow=True).content.decode()
    assert "Als es aufgehoben wurde" in kept
    assert client.get(f"{where}neu/ziel/").status_code == 302
    client.post(f"{where}stand/", {"deed": "reopen"})
    assert client.get(f"{where}neu/ziel/").status_code == 200
    assert Scenario.objects.get().area == TITZ


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("deed", "given", "says"),
    [
        ("ziel", {"phase": "sek1", "field": "kultur", "places": "0"}, "Ein Ziel von 0 ist keines"),
        ("ziel", {"phase": "sek1", "field": "kultur", "places": "1200"}, "12 Plätze für jedes Kind"),
        ("ziel", {"phase": "junge_erwachsene", "field": ">", "places": "5"}, "kommt keine mehr"),
        ("plaetze", {"service": "gibt-es-nicht", "capacity": "5"}, "gibt-es-nicht"),
        ("neues-angebot", {**BUS, "capacity": "0"}, "Ein Angebot mit 0 Plätzen ändert nichts"),
        ("neues-angebot", {**BUS, "capacity": "viele"}, "„viele“ ist keine Zahl von Plätzen"),
        ("neues-angebot", {**BUS, "age_min": "15", "age_max": "10"}, "von 15 bis 10. Meinen Sie 10 bis 15?"),
        ("neues-angebot", {**BUS, "age_min": "3", "age_max": "5"}, "Zu diesem Alter passt nicht"),
        ("neues-angebot", {**BUS, "place": "Timbuktu"}, "„Timbuktu“ finden wir in dieser Gemeinde nicht"),
        ("neues-angebot", {**BUS, "phases": []}, "Bitte wählen Sie etwas aus"),
        ("neues-angebot", {**BUS, "area": KREUZAU}, KREUZAU),
    ],
)
def test_what_cannot_be_tried_gets_a_sentence(
    deed: str, given: dict[str, Any], says: str, signed_in: SignIn
) -> None:
    client = signed_in("kommune")
    where = begin(client)
    status, page = say(client, where, deed, **given)
    assert (status, says in page) == (422, True), re.sub(r"\s+", " ", page)[:3000]


@pytest.mark.django_db
def test_a_service_is_changed_widened_taught_and_removed(signed_in: SignIn) -> None:
    services = selectors.county_of()[0].services
    narrow = next(
        each for each in services if each.catchment == frozenset({KREUZAU}) and "tr" not in each.languages
    )
    whole = next(each for each in services if each.catchment is None)
    client = signed_in("koordination")
    where = begin(client, area="")
    assert say(client, where, "plaetze", service=narrow.key, capacity="0")[0] == 422
    assert (
        "schon für den ganzen Kreis" in say(client, where, "einzugsgebiet", service=whole.key, whole="on")[1]
    )
    assert (
        "Dort ist es schon" in say(client, where, "einzugsgebiet", service=narrow.key, catchment=[KREUZAU])[1]
    )
    assert say(client, where, "plaetze", service=narrow.key, capacity="1.200")[0] == 302
    assert say(client, where, "einzugsgebiet", service=narrow.key, catchment=[TITZ])[0] == 302
    assert say(client, where, "sprache", service=narrow.key, language="tr")[0] == 302
    assert say(client, where, "wegfall", service=whole.key)[0] == 302
    page = client.get(where).content.decode()
    for words in (": 1.200 Plätze im Jahr", "auch für Titz", "auch auf Türkisch", "fällt weg"):
        assert words in page


@pytest.mark.django_db
def test_a_village_is_found_by_name_and_lies_in_its_municipality(signed_in: SignIn) -> None:
    client = signed_in("kommune")
    where = begin(client)
    assert say(client, where, "neues-angebot", **{**BUS, "place": "Rödingen"})[0] == 302
    (record,) = Scenario.objects.get().changes
    assert (record["place"], record["area"]) == ("Rödingen", TITZ)


@pytest.mark.django_db
def test_strangers_find_no_what_if(signed_in: SignIn, client: Client, countywide: UUID, own: UUID) -> None:
    kommune = signed_in("kommune")
    assert kommune.get(f"{URL}{countywide}/").status_code == 404
    assert kommune.post(f"{URL}{countywide}/stand/", {"deed": "keep"}).status_code == 404
    assert kommune.post(f"{URL}{countywide}/1/", {"deed": "drop"}).status_code == 404
    assert kommune.get(f"{URL}{countywide}/neu/ziel/").status_code == 404
    assert kommune.get(f"{URL}{own}/neu/unsinn/").status_code == 404
    for name in ("anbieter", "familie"):
        assert signed_in(name).get(URL).status_code == 404
        assert signed_in(name).get(f"{URL}{own}/").status_code == 404
    assert client.get(f"{URL}{own}/").status_code == 302
