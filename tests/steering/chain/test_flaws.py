"""Bad data gets a sentence, stops nothing, and never turns a cell green."""

import copy
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from lueckenlos.kernels.chain.checks import Finding, Flaw
from lueckenlos.kernels.chain.types import Rule, Verdict
from lueckenlos.steering.chain import selectors
from lueckenlos.steering.chain.flaw_words import SENTENCES, flaw_lines
from lueckenlos.steering.chain.models import Basis
from tests.steering.chain.conftest import TITZ

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]
PAGES = (
    "/kette/", f"/kette/?gemeinde={TITZ}", "/kette/?ansicht=tabelle", "/kette/?ansicht=karte", "/kette/angaben/",
    f"/kette/zelle/{TITZ}/kita/sport_freizeit/", f"/kette/naht/{TITZ}/kita/grundschule/", "/kette/fragen/",
    "/kette/ziele/", "/kette/naechster-schritt/?budget=50000", "/kette/lebenslinie/?ort=Titz&jahr=2024",
    "/kette/ausblick/", "/kette/doppelt/", "/kette/verlauf/", "/kette/zellen.csv", "/kette/bericht.pdf",
    "/kette/sozialraum/",
)  # fmt: skip


@pytest.fixture
def changed() -> Iterator[Callable[[Callable[[dict[str, Any]], None]], None]]:
    """What is known of places and people is something else from now on."""

    def change(deed: Callable[[dict[str, Any]], None]) -> None:
        latest = Basis.objects.latest("id")
        content = copy.deepcopy(latest.content)
        deed(content)
        Basis.objects.create(known_at=latest.known_at, cause="test", digest="x", content=content)

    yield change


def forget_ages(content: dict[str, Any]) -> None:
    content["population"]["2025"][TITZ][3:6] = [None, None, -4]


def empty_titz(content: dict[str, Any]) -> None:
    content["population"]["2025"][TITZ] = [0] * 100


def tear_phases(content: dict[str, Any]) -> None:
    content["phases"][2][3] = 5.0
    content["phases"][3][2] = 6.5


def lose_indicator(content: dict[str, Any]) -> None:
    next(each for each in content["indicators"] if each["key"] == "sgb2_minors")["values"] = {}


def lose_places(content: dict[str, Any]) -> None:
    content["points"] = [each for each in content["points"] if each[0] != TITZ]


@pytest.mark.parametrize("deed", [forget_ages, empty_titz, tear_phases, lose_indicator, lose_places])
def test_no_page_falls_over_bad_data(changed: Any, signed_in: SignIn, deed: Any) -> None:
    changed(deed)
    client = signed_in("koordination")
    broken = {page: answer for page in PAGES if (answer := client.get(page).status_code) != 200}
    assert broken == {}


def test_unknown_numbers_of_children_decide_nothing(changed: Any) -> None:
    changed(forget_ages)
    cells = [cell for cell in selectors.drawn().chain.cells if (cell.area, cell.phase) == (TITZ, "kita")]
    judged = [cell for cell in cells if cell.target is not None]
    assert {cell.verdict for cell in judged} == {Verdict.CHECK}
    assert all(any(each.rule is Rule.DATA_OPEN for each in cell.reasons) for cell in judged)


def test_a_place_without_children_is_not_green(changed: Any) -> None:
    changed(empty_titz)
    verdicts = {cell.verdict for cell in selectors.drawn().chain.cells if cell.area == TITZ}
    assert verdicts == {Verdict.NO_CHILDREN}


def test_the_page_says_what_does_not_fit_and_what_to_do(changed: Any, signed_in: SignIn) -> None:
    changed(forget_ages)
    changed(tear_phases)
    page = signed_in("koordination").get("/kette/angaben/").content.decode()
    assert "Titz: Für 2 Altersjahre fehlt die Zahl der Menschen." in page
    assert "Im Alter 5 stehen -4 Menschen" in page
    assert "Zwischen den Lebensphasen Kita und Grundschule fehlen 1,50 Jahre." in page


def test_every_flaw_has_a_sentence_of_its_own() -> None:
    labels = selectors.drawn().labels
    findings = [Finding(flaw, TITZ, "kita", 3.0) for flaw in Flaw]
    lines = flaw_lines(findings, labels=labels)
    assert set(SENTENCES) == set(Flaw)
    assert len({line.sentence for line in lines}) == len(Flaw)


def test_a_stranger_does_not_see_the_flaws(signed_in: SignIn) -> None:
    assert signed_in("kommune").get("/kette/angaben/").status_code == 404
