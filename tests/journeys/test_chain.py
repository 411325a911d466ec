"""The chain from gap to answer: Koordination finds, asks and sees it close; Kommune sets its own target."""

import re
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from lueckenlos.commons.directory.models import Organization
from lueckenlos.core import clock
from lueckenlos.kernels.chain.types import Verdict
from lueckenlos.steering.chain import selectors
from lueckenlos.steering.chain.models import Asked
from tests.browser.fixtures import DESKTOP, PHONE, Violations, Visitor
from tests.journeys.test_upkeep import enter

pytestmark = pytest.mark.browser
TITZ = "05358056"
GAP = f"/kette/zelle/{TITZ}/sek1/sport_freizeit/"


@pytest.fixture(autouse=True)
def _the_demos_day(house: str) -> None:
    clock.hold_day(date(2026, 11, 1))


def saved(page: Page, name: str) -> bytes:
    """The file behind a link of the page."""
    with page.expect_download() as waiting:
        page.get_by_role("link", name=name).click()
    return waiting.value.path().read_bytes()


def test_koordination_finds_what_is_missing_in_titz_and_prints_the_poster(
    visitor: Visitor, violations: Violations
) -> None:
    page = visitor(viewport=DESKTOP).new_page()
    enter(page, "Koordination")
    page.get_by_role("link", name="Präventionskette", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Präventionskette Kreis Düren")
    expect(page.locator(".l-lead")).to_contain_text(re.compile(r"Sicher fehlen [\d.]+ Plätze"))
    page.get_by_text("Ort:").click()
    page.get_by_role("link", name="Titz", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Präventionskette Titz")
    assert violations(page) == []
    poster = saved(page, "Poster A0")
    assert poster.startswith(b"%PDF-")

    page.goto(GAP)
    expect(page.get_by_role("heading", level=1)).to_have_text(
        re.compile(r"In Titz fehlen für \d+ Kinder von 10 bis 16 Jahren .*Plätze in Sport und Freizeit")
    )
    expect(page.get_by_role("heading", name="nicht vor Ort")).to_be_visible()
    assert violations(page) == []
    page.goto(f"/kette/naht/{TITZ}/kita/grundschule/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Grundschule")
    assert violations(page) == []


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_question_is_asked_answered_and_the_chain_knows_at_once(
    visitor: Visitor, violations: Violations, mailoutbox: list[Any], viewport: dict[str, int]
) -> None:
    Organization.objects.filter(email="").update(email="traeger@example.org")
    page = visitor(viewport=viewport).new_page()
    enter(page, "Koordination")
    page.goto("/kette/fragen/")
    assert violations(page) == []
    page.locator("input[type=checkbox][name]").first.check()
    page.get_by_role("button", name="Briefe ansehen").click()
    page.get_by_role("button", name=re.compile("[Ss]enden")).first.click()
    expect(page.get_by_text("Schon gefragt")).to_be_visible()
    asked = Asked.objects.first()
    assert asked is not None

    link = re.search(r"https?://[^/\s]+(/pflege/\S+/)", mailoutbox[-1].body)
    assert link is not None
    provider = visitor(viewport=PHONE).new_page()
    provider.goto(link[1])
    provider.get_by_label(re.compile("Plätze")).first.fill("24")
    provider.get_by_role("button", name=re.compile("Stimmt noch|Zahl absenden")).first.click()
    county, _knowledge = selectors.county_of()
    service = next(each for each in county.services if each.key == asked.service_key)
    assert service.capacity == 24
    assert violations(provider) == []


def test_a_municipality_sets_its_own_target_and_no_other(visitor: Visitor, violations: Violations) -> None:
    page = visitor(viewport=PHONE).new_page()
    enter(page, "Kommune Titz")
    address = f"/kette/ziele/{TITZ}/sek1/kultur/"
    page.goto(address)
    page.get_by_label(re.compile("Plätze")).first.fill("9")
    page.get_by_label(re.compile("Grundlage|Worauf")).first.fill("Ratsbeschluss")
    page.get_by_role("button", name="Speichern").click()
    expect(page.locator(".l-lead")).to_contain_text("9 Plätze")
    assert violations(page) == []
    assert selectors.drawn().chain.by_place[TITZ, "sek1", "kultur"].target == 9
    other = page.goto("/kette/ziele/05358024/sek1/kultur/")
    assert other is not None
    assert other.status == 404


def test_a_what_if_closes_a_gap_and_goes_to_the_committee(visitor: Visitor, violations: Violations) -> None:
    page = visitor(viewport=DESKTOP).new_page()
    enter(page, "Koordination")
    page.goto("/kette/szenarien/")
    page.get_by_label("Was wäre, wenn …").fill("Sportbus für Titz")
    page.get_by_role("button", name="Anfangen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sportbus für Titz")
    assert violations(page) == []
    assert saved(page, "Als PDF für den Ausschuss").startswith(b"%PDF-")


def test_a_child_of_titz_walks_along_the_chain(visitor: Visitor, violations: Violations) -> None:
    page = visitor(viewport=PHONE).new_page()
    enter(page, "Koordination")
    page.goto("/kette/lebenslinie/")
    page.get_by_label("Ort").fill("Titz")
    page.get_by_label("Geburtsjahr").fill("2024")
    page.get_by_role("button", name="Linie zeichnen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Titz, geboren 2024")
    expect(page.locator(".a-life > li")).to_have_count(7)
    assert violations(page) == []


def test_the_council_reads_and_an_outsider_does_not(visitor: Visitor, violations: Violations) -> None:
    page = visitor(viewport=DESKTOP).new_page()
    enter(page, "Koordination")
    page.goto("/kette/rat/")
    page.get_by_label("Wofür ist der Link?").fill("Jugendhilfeausschuss")
    page.get_by_role("button", name="Link machen").click()
    made = page.get_by_role("alert").get_by_role("link").or_(page.locator(".kern-alert a")).first
    address = str(made.get_attribute("href"))
    assert violations(page) == []
    council = visitor(viewport=PHONE).new_page()
    council.goto(address)
    expect(council.get_by_role("heading", level=1)).to_have_text("Präventionskette Kreis Düren")
    assert violations(council) == []
    outsider = visitor().new_page()
    enter(outsider, "Familienbüro")
    answer = outsider.goto("/kette/")
    assert answer is not None
    assert answer.status == 404


def test_most_needs_are_judged_and_nothing_is_silently_green(house: str) -> None:
    cells = selectors.drawn().chain.cells
    assert {cell.verdict for cell in cells} >= {Verdict.GAP, Verdict.CHECK, Verdict.CLOSED, Verdict.NO_TARGET}
    assert all(cell.verdict is not Verdict.CLOSED for cell in cells if cell.target is None)
