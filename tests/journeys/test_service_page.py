"""What a family does with a page: hear it, hand it on, find the way, put it into the calendar, onto one sheet."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from lueckenlos.commons.directory.models import Service
from tests.browser.fixtures import DESKTOP, PHONE, Violations, Visitor

pytestmark = pytest.mark.browser

KEY = "alleinerziehende-treff-dueren"
PATH = f"/angebot/{KEY}/"
A_VOICE = """
window.said = [];
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
Object.defineProperty(window, "speechSynthesis", { value: {
  speak: (each) => window.said.push({ text: each.text, lang: each.lang }),
  cancel: () => window.said.push("quiet"),
} });
"""


def spoken(page: Page) -> list[Any]:
    return [each for each in page.evaluate("window.said") if each != "quiet"]


def test_the_page_is_read_aloud_in_the_language_of_its_words(visitor: Visitor) -> None:
    page = visitor(viewport=PHONE).new_page()
    page.add_init_script(A_VOICE)
    page.goto(PATH)
    written = Service.objects.get(key=KEY).description
    page.get_by_role("button", name="Vorlesen").click()

    heard = spoken(page)
    assert {each["lang"] for each in heard} == {"de"}
    assert re.sub(r"\s+", "", "".join(each["text"] for each in heard)) == re.sub(r"\s+", "", written)
    page.get_by_role("button", name="Anhalten").click()
    assert page.evaluate("window.said.at(-1)") == "quiet"
    expect(page.get_by_role("button", name="Vorlesen")).to_be_visible()


def test_words_that_stayed_german_are_not_read_with_an_arabic_voice(visitor: Visitor) -> None:
    page = visitor(viewport=PHONE, locale="ar").new_page()
    page.add_init_script(A_VOICE)
    page.goto(f"/ar{PATH}")
    page.locator("[data-read-aloud]").click()

    heard = spoken(page)
    said = {each["lang"]: each["text"] for each in heard}
    assert set(said) == {"ar", "de"}
    assert not re.search(r"[\u0600-\u06ff]", "".join(each["text"] for each in heard if each["lang"] == "de"))
    assert not re.search(r"[a-zäöü]{4}", "".join(each["text"] for each in heard if each["lang"] == "ar"))


def test_a_phone_hands_the_address_to_its_own_sharing(visitor: Visitor, house: str) -> None:
    page = visitor(viewport=PHONE).new_page()
    page.add_init_script(
        "Object.defineProperty(navigator, 'share', {value: async (what) => { window.shared = what; }})"
    )
    page.goto(PATH)
    page.get_by_role("button", name="Weitergeben").click()

    shared = page.evaluate("window.shared")
    expect(page.get_by_role("heading", level=1)).to_have_text(shared["title"])
    assert shared["url"].endswith(PATH)


def test_where_nothing_can_share_the_address_is_copied(visitor: Visitor) -> None:
    page = visitor(viewport=DESKTOP).new_page()
    page.add_init_script("""
      Object.defineProperty(navigator, 'share', {value: undefined});
      Object.defineProperty(navigator, 'clipboard', {value: {writeText: async (text) => { window.copied = text; }}});
    """)
    page.goto(PATH)
    page.get_by_role("button", name="Weitergeben").click()

    expect(page.get_by_role("button", name="Adresse kopiert")).to_be_visible()
    assert page.evaluate("window.copied").endswith(PATH)


def test_the_code_is_a_picture_of_this_page_s_address(visitor: Visitor) -> None:
    page = visitor(viewport=DESKTOP).new_page()
    page.goto(PATH)
    code = page.get_by_role("img", name="QR-Code zu dieser Seite")

    assert code.evaluate("image => image.complete && image.naturalWidth > 0")
    answer = page.request.get(str(code.get_attribute("src")))
    assert answer.headers["content-type"] == "image/svg+xml"


def test_the_dates_go_into_the_own_calendar(visitor: Visitor) -> None:
    page = visitor(viewport=PHONE).new_page()
    page.goto("/angebot/krabbelgruppe-arnoldsweiler/")
    with page.expect_download() as begun:
        page.get_by_role("link", name="In meinen Kalender").click()
    saved = Path(begun.value.path()).read_text(encoding="utf-8")

    assert begun.value.suggested_filename == "krabbelgruppe-arnoldsweiler.ics"
    assert saved.startswith("BEGIN:VCALENDAR")
    assert "SUMMARY:Krabbelgruppe Arnoldsweiler" in saved
    assert re.search(r"DTSTART[^:]*:20261102T", saved)


@pytest.mark.parametrize("path", [PATH, "/angebot/krabbelgruppe-arnoldsweiler/", f"/ar{PATH}"])
def test_printed_it_fits_on_one_sheet(visitor: Visitor, path: str) -> None:
    page = visitor(viewport=PHONE).new_page()
    page.goto(path)
    page.wait_for_load_state("networkidle")
    sheet = page.pdf(format="A4", prefer_css_page_size=True)

    assert len(re.findall(rb"/Type\s*/Page\b", sheet)) == 1
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator(".f-code img")).to_be_visible()
    expect(page.locator(".l-exit")).to_be_hidden()


def test_the_map_shows_what_the_list_shows_and_the_keyboard_reaches_each_point(
    visitor: Visitor, violations: Violations, house: str
) -> None:
    context = visitor(viewport=DESKTOP, maps=True)
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    page.goto("/suche/?q=Krabbelgruppe")
    page.get_by_role("link", name="Karte", exact=True).click()
    page.get_by_role("button", name="Karte zeigen").focus()
    page.keyboard.press("Enter")
    # Drawn by the processor where there is no graphics card.
    expect(page.locator(".l-map[data-ready]")).to_be_visible(timeout=30_000)
    listed = page.locator("#liste .f-card__name").all_inner_texts()
    marks = page.locator(".l-map__mark")
    shown = [mark.get_attribute("aria-label") for mark in marks.all()]

    assert len(shown) > 3
    # In the list's order; what has no place of its own (telephone, internet) stands in the list alone.
    assert [name for name in listed if name in shown] == shown
    for _step in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.classList.contains('l-map__mark')"):
            break
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == shown[0]
    page.keyboard.press("Enter")
    expect(page.locator(".l-map__popup a")).to_have_text(str(shown[0]))
    assert violations(page) == []
    assert [url for url in asked if not url.startswith((house, "data:", "blob:"))] == []
    page.locator(".l-map__popup a").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(str(shown[0]))


def test_without_script_the_list_stands_where_the_map_would_be(visitor: Visitor) -> None:
    page = visitor(java_script_enabled=False, viewport=PHONE).new_page()
    page.goto("/suche/?q=Krabbelgruppe&ansicht=karte")

    expect(page.locator("#liste .f-card").nth(3)).to_be_visible()
    expect(page.get_by_role("button", name="Karte zeigen")).to_be_hidden()
