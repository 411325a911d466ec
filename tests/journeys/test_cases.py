"""A professional accompanies a family: crisis by telephone, goals, notes that are never lost, and no outsider."""

from __future__ import annotations

from uuid import UUID

import pytest
from playwright.sync_api import Page, Route, expect

from lueckenlos.care.cases import selectors, services
from lueckenlos.commons.accounts import selectors as accounts
from lueckenlos.commons.accounts import work
from lueckenlos.commons.privacy.types import Category
from lueckenlos.config.demo_cases import WORKER, lay_cases
from lueckenlos.core import clock
from lueckenlos.core.actor import Actor
from tests.browser.fixtures import PHONE, SMALL, Violations, Visitor, unfinished
from tests.browser.reading import arrived
from tests.journeys.test_upkeep import enter

pytestmark = pytest.mark.browser
CRISIS = "AKut-Team"


@pytest.fixture
def families(house: str) -> None:
    """The demo's example families."""
    lay_cases(now=clock.real_now())


def actor(email: str) -> Actor:
    user = accounts.demo_person(email)
    assert user is not None
    return work.at_work(accounts.standing_of(user, today=clock.today()).actor)


def the_case(email: str) -> UUID:
    return selectors.cases(actor(email))[0].file


def open_case(page: Page) -> None:
    enter(page, "Fachkraft")
    page.goto("/faelle/")
    page.locator(".c-cases a").first.click()


def test_the_crisis_team_asks_for_danger_first_and_says_honestly_by_when_it_calls_back(
    visitor: Visitor, violations: Violations, families: None
) -> None:
    page = visitor(viewport=PHONE).new_page()
    enter(page, CRISIS)
    page.goto("/faelle/neu/")
    page.get_by_role("link", name="AKut: schnelle Hilfe zu Hause", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("akuter Gefahr")
    page.get_by_role("link", name="Ja, Gefahr").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Zuerst anrufen")
    expect(page.locator("a[href='tel:110']").first).to_be_visible()
    assert violations(page) == []
    page.get_by_role("link", name="Es besteht doch keine Gefahr").click()
    expect(page.get_by_text("Das Team ruft bis")).to_contain_text("12 Uhr zurück")
    page.get_by_role("button", name="Fall beginnen").click()
    expect(page.get_by_text("Rückruf bis")).to_be_visible()
    page.get_by_role("link", name="Person aufnehmen").click()
    page.get_by_label("Vorname").fill("Ida")
    page.get_by_label("Wer ist das?").select_option(label="Mutter")
    page.get_by_role("button", name="Aufnehmen").click()
    expect(page.get_by_text("Ida gehört jetzt zum Fall.")).to_be_visible()
    page.get_by_role("link", name="Meldung", exact=True).click()
    page.get_by_label("Was passiert ist").fill("Seit Wochen kein Schlaf.")
    page.get_by_label("Wann die Eltern eingewilligt haben").fill("2026-11-01")
    page.get_by_label("Wer meldet").fill("Schulsozialarbeit")
    page.get_by_role("button", name="Speichern").click()
    expect(page.get_by_text("Seit Wochen kein Schlaf.")).to_be_visible()
    page.get_by_role("link", name="Weiter im Fall").click()
    expect(page.get_by_text("Einwilligung: worum es geht")).to_be_visible()
    assert violations(page) == []


@pytest.mark.parametrize("viewport", [SMALL, {"width": 1280, "height": 900}], ids=["small", "desktop"])
def test_the_case_is_one_calm_page(
    visitor: Visitor, violations: Violations, families: None, viewport: dict[str, int]
) -> None:
    page = visitor(viewport=viewport).new_page()
    open_case(page)
    for heading in ("Was die Familie erreichen möchte", "Was als Nächstes kommt", "Wer was wissen darf"):
        expect(page.get_by_role("heading", name=heading)).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    page.get_by_label("Wie nah, von 0 bis 10?").fill("4")
    page.get_by_role("button", name="Notieren").click()
    expect(page.get_by_role("list", name="Einschätzungen")).to_contain_text("4")


def test_what_was_written_while_the_line_was_down_is_not_lost(visitor: Visitor, families: None) -> None:
    context = visitor()
    page = context.new_page()
    open_case(page)
    page.get_by_role("link", name="Was das Kind möchte", exact=True).click()
    page.get_by_label("In den Worten des Kindes").fill("Ich will")
    state = page.locator("[data-autosave-state]")
    expect(state).to_have_text("Als Entwurf gespeichert")
    context.set_offline(True)
    page.get_by_label("In den Worten des Kindes").fill("Ich will wieder lachen.")
    expect(state).to_contain_text("Noch nicht gespeichert")
    context.set_offline(False)
    expect(state).to_have_text("Als Entwurf gespeichert", timeout=15_000)
    drafts = [each for each in selectors.records(actor(WORKER), the_case(WORKER)) if each.is_draft]
    assert [each.data["child"] for each in drafts] == ["Ich will wieder lachen."]


def test_what_was_written_before_the_script_came_is_not_lost(visitor: Visitor, families: None) -> None:
    page = visitor().new_page()
    open_case(page)
    page.remove_locator_handler(unfinished(page))
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/autosave*.js", hold)
    page.goto(arrived(page, ".*/fall/[^/]+/") + "eintrag/wish/", wait_until="commit")
    page.get_by_label("In den Worten des Kindes").fill("Ich will")
    held[0].continue_()
    expect(page.locator("[data-autosave-state]")).to_have_text("Als Entwurf gespeichert")


def test_who_was_faster_is_shown_and_nobody_overwrites(visitor: Visitor, families: None) -> None:
    page = visitor().new_page()
    open_case(page)
    page.get_by_role("link", name="Ändern").last.click()
    record = UUID(arrived(page, ".*/aendern/").split("/")[-3])
    services.change_record(record, changes={"words": "von nebenan"}, expected=1, actor=actor(WORKER))
    page.get_by_label("In den Worten der Familie").fill("von hier")
    page.get_by_role("button", name="Speichern").click()
    expect(page.get_by_text("Jemand war schneller")).to_be_visible()
    expect(page.get_by_text("von nebenan")).to_be_visible()
    expect(page.get_by_label("In den Worten der Familie")).to_have_value("von hier")


@pytest.mark.parametrize("role", ["Koordination", "Verwaltung des Hauses", "Datenschutz", CRISIS])
def test_an_outsider_finds_nothing(visitor: Visitor, families: None, role: str) -> None:
    page = visitor().new_page()
    file = the_case(WORKER)
    enter(page, role)
    for address in (f"/fall/{file}/", f"/fall/{file}/akte.pdf", f"/geteilt/case_talk/{file}/"):
        answer = page.request.get(address)
        assert answer.status == 404


def test_a_colleague_who_covers_and_the_worker_see_each_other(visitor: Visitor, families: None) -> None:
    file = the_case(WORKER)
    head = visitor().new_page()
    enter(head, "Teamleitung")
    head.goto("/faelle/team/")
    head.get_by_role("link", name="Vertretung einrichten").first.click()
    head.get_by_label("Wer springt ein?").select_option(label="Präventionskraft")
    head.get_by_label("Warum?").fill("Urlaub")
    head.get_by_role("button", name="Einrichten").click()
    expect(head.get_by_text("Die Vertretung ist eingerichtet")).to_be_visible()
    assert head.request.get(f"/fall/{file}/").status == 404
    mine = visitor().new_page()
    open_case(mine)
    colleague = visitor().new_page()
    enter(colleague, "Präventionskraft")
    colleague.goto(f"/fall/{file}/")
    expect(colleague.get_by_text("Diesen Fall hat gerade auch offen: Fachkraft")).to_be_visible()
    # What was confided to the worker stays closed to whoever covers.
    expect(colleague.get_by_text("streiten am Telefon")).to_have_count(0)
    expect(mine.get_by_text("streiten am Telefon")).to_have_count(1)
    mine.reload()
    expect(mine.get_by_text("Diesen Fall hat gerade auch offen: Präventionskraft")).to_be_visible()
    assert Category.SITUATION in {each.category for each in selectors.records(actor(WORKER), file)}
