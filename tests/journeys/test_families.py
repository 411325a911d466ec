"""Families and young people find help: at night, in Arabic, in a village, without script, by keyboard."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.fixtures import DESKTOP, PHONE, SMALL, Violations, Visitor
from tests.house.pages import PUBLIC

pytestmark = pytest.mark.browser

CRYING = "mein baby schreit die ganze nacht und ich kann nicht mehr"


def ask(page: Page, words: str) -> None:
    page.goto("/")
    page.fill("#q", words)
    page.get_by_role("button", name="Suchen").click()


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_mother_at_night_finds_somebody_to_call_keeps_it_and_prints_it(
    visitor: Visitor, violations: Violations, viewport: dict[str, int], tmp_path: Path
) -> None:
    page = visitor(viewport=viewport).new_page()
    ask(page, CRYING)
    crisis = page.locator(".f-crisis")
    expect(crisis.get_by_role("heading")).to_contain_text("sofort mit jemandem sprechen")
    expect(crisis.locator("a[href^='tel:']").first).to_be_visible()
    assert violations(page) == []
    first = page.locator(".f-card__name a").first
    name = first.inner_text()
    first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    expect(page.get_by_role("heading", name="So fangen Sie an")).to_be_visible()
    page.get_by_role("button", name="Merken").click()
    expect(page.get_by_role("button", name="Von der Merkliste nehmen")).to_be_visible()
    page.get_by_role("link", name="Zur Merkliste").click()
    expect(page.locator(".f-card__name")).to_have_text([name])
    assert violations(page) == []
    page.emulate_media(media="print")
    sheet = tmp_path / "merkliste.pdf"
    sheet.write_bytes(page.pdf(format="A4"))
    assert sheet.stat().st_size > 2_000
    expect(page.locator(".l-exit")).to_be_hidden()


def test_from_a_need_to_a_number_in_three_steps(visitor: Visitor) -> None:
    page = visitor(viewport=PHONE).new_page()
    ask(page, "schulden, der gerichtsvollzieher kommt")  # one
    page.locator(".f-card__name a").first.click()  # two
    expect(page.locator("a[href^='tel:']").first).to_be_visible()  # three: press it


def test_a_newly_arrived_father_searches_in_arabic(visitor: Visitor, violations: Violations) -> None:
    page = visitor(viewport=PHONE, locale="ar").new_page()
    page.goto("/")
    page.locator("summary", has_text="Deutsch").click()
    page.locator(".l-drop__list a[lang=ar]").first.click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page).to_have_url(re.compile("/ar/$"))
    page.fill("#q", "أريد أن أتعلم الألمانية")
    page.locator(".p-front__search button").click()
    expect(page.locator(".f-card").first).to_be_visible()
    expect(page).to_have_url(re.compile("/ar/suche/"))
    assert violations(page) == []
    page.locator(".f-card__name a").first.click()
    expect(page.locator("html")).to_have_attribute("lang", "ar")
    # What is not translated is said to be German, and marked so for those who listen.
    expect(page.locator("#beschreibung [lang='de']").first).to_be_visible()
    assert violations(page) == []


def test_a_young_person_in_titz_finds_what_is_near_or_comes_there(
    visitor: Visitor, violations: Violations
) -> None:
    page = visitor(viewport=PHONE).new_page()
    page.goto("/")
    page.get_by_role("link", name="Ich bin jung und brauche selbst jemanden").click()
    page.fill("[name=q]", "mir ist langweilig hier ist nix los")
    page.fill("[name=ort]", "Titz")
    page.fill("[name=alter]", "15")
    page.get_by_role("button", name="Suchen").click()
    expect(page).to_have_url(re.compile("ort=Titz"))
    expect(page.get_by_text("Für Sie zuständig ist das Jugendamt des Kreises Düren")).to_be_visible()
    assert violations(page) == []


def test_gurzenich_means_the_youth_office_of_the_town(visitor: Visitor) -> None:
    page = visitor().new_page()
    page.goto("/suche/?q=Erziehungsberatung&ort=Gürzenich")
    expect(page.get_by_text("Für Sie zuständig ist das Jugendamt der Stadt Düren")).to_be_visible()


def test_everything_works_without_script(visitor: Visitor) -> None:
    page = visitor(java_script_enabled=False, viewport=PHONE).new_page()
    ask(page, "Schwimmkurs für mein Kind")
    expect(page.locator(".f-card").first).to_be_visible()
    page.get_by_role("link", name="kostenlos", exact=True).click()
    expect(page).to_have_url(re.compile("kostenlos=1"))
    page.go_back()
    expect(page).not_to_have_url(re.compile("kostenlos=1"))
    page.locator(".f-card__name a").first.click()
    page.get_by_role("button", name="Merken").click()
    page.get_by_role("link", name="Stimmt etwas nicht mehr?").click()
    page.get_by_role("button", name="Abschicken").click()
    expect(page.get_by_text("Bitte sagen Sie, was nicht mehr stimmt.").first).to_be_visible()
    page.get_by_label("Die Zeiten stimmen nicht").check()
    page.get_by_role("button", name="Abschicken").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Danke für Ihre Hilfe")


def test_the_keyboard_alone_is_enough(visitor: Visitor) -> None:
    page = visitor().new_page()
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Zum Inhalt springen")
    page.keyboard.press("Enter")
    for _step in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "q":
            break
    page.keyboard.type("Krabbelgruppe")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/suche/"))
    for _step in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('.f-card__name') !== null"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/angebot/"))


def test_leaving_quickly_replaces_the_page(visitor: Visitor) -> None:
    context = visitor()
    context.route(
        "https://**", lambda route: route.fulfill(body="<title>Wetter</title>", content_type="text/html")
    )
    page = context.new_page()
    page.goto("/hilfe-sofort/")
    length = page.evaluate("history.length")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.wait_for_url(re.compile("^https://"))
    assert page.evaluate("history.length") == length


def test_no_page_asks_anybody_else(visitor: Visitor, house: str) -> None:
    page = visitor(maps=True).new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for each in PUBLIC:
        page.goto(each.url)
    page.goto("/suche/?q=Baby&ansicht=karte")
    page.wait_for_timeout(500)
    assert [url for url in asked if not url.startswith((house, "data:", "blob:"))] == []


@pytest.mark.parametrize("language", ["", "ar"], ids=["german", "arabic"])
def test_every_public_page_fits_a_small_phone_and_has_no_barrier(
    visitor: Visitor, violations: Violations, language: str
) -> None:
    page = visitor(viewport=SMALL).new_page()
    for each in PUBLIC:
        page.goto(f"/{language}{each.url}" if language else each.url)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{each.url} scrolls sideways by {wide} px"
        assert violations(page) == [], each.url


@pytest.mark.parametrize(
    "words",
    [
        "x" * 10_000,
        "\x00\x07\u202e",
        "'; DROP TABLE directory_service; --",
        "<script>alert(1)</script>",
        "%_\\",
        "🙂" * 50,
    ],
    ids=["long", "control", "sql", "html", "wildcards", "signs"],
)
def test_whatever_is_typed_is_only_words(visitor: Visitor, words: str) -> None:
    page = visitor().new_page()
    answer = page.request.get(
        "/suche/", params={"q": words, "ort": words[:200], "alter": words[:9], "seite": words[:5]}
    )
    assert answer.status == 200
    assert "<script>alert" not in answer.text()


def test_a_place_outside_is_named_as_such(visitor: Visitor) -> None:
    page = visitor().new_page()
    page.goto("/suche/?q=Schwimmkurs&ort=Köln")
    expect(page.get_by_text("„Köln“ liegt nicht im Kreis.")).to_be_visible()
