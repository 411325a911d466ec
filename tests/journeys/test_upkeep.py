"""The directory stays true: a provider checks in by mail, a counsellor keeps a list, Koordination adds a word."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.fixtures import DESKTOP, PHONE, Violations, Visitor

pytestmark = pytest.mark.browser

SERVICE = "alleinerziehende-treff-dueren"


def enter(page: Page, role: str) -> None:
    """Sign in through the demo's own door."""
    page.goto("/demo/rollen/")
    card = page.locator("form", has=page.get_by_role("heading", name=role, exact=True))
    card.get_by_role("button").click()
    page.wait_for_url(re.compile("/schreibtisch/"))


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_counsellor_keeps_a_list_and_counts_what_was_not_tried(
    visitor: Visitor, violations: Violations, viewport: dict[str, int]
) -> None:
    page = visitor(viewport=viewport).new_page()
    enter(page, "Fachkraft")
    page.goto("/listen/")
    page.get_by_label("Wie soll die Liste heißen?").fill("Allein mit Kind")
    page.get_by_role("button", name="Liste anlegen").click()
    page.goto(f"/angebot/{SERVICE}/")
    page.get_by_role("button", name="zu weit").click()
    expect(page.get_by_text("ohne Namen gezählt")).to_be_visible()
    page.get_by_role("button", name="Dazulegen").click()
    expect(page.locator(".f-card__name")).to_have_count(1)
    assert violations(page) == []
    handed_on = page.get_by_role("link", name="Türkçe").get_attribute("href")
    own = page.url

    family = visitor(viewport=PHONE).new_page()
    family.goto(str(handed_on))
    expect(family.locator("html")).to_have_attribute("lang", "tr")
    expect(family.locator(".f-card__name")).to_have_count(1)

    outsider = visitor().new_page()
    enter(outsider, "Familienbüro")
    answer = outsider.goto(own)
    assert answer is not None
    assert answer.status == 404


def test_an_unmet_search_becomes_a_word_and_the_same_search_finds(
    visitor: Visitor, violations: Violations
) -> None:
    family = visitor(viewport=PHONE).new_page()
    word = "Quabbelzwack"
    family.goto(f"/suche/?q={word}")
    expect(family.get_by_text("Sagen Sie mir Bescheid, wenn es etwas gibt")).to_be_visible()

    office = visitor().new_page()
    enter(office, "Koordination")
    office.goto("/koordination/nicht-gefunden/")
    expect(office.get_by_role("table").first).to_be_visible()
    assert violations(office) == []
    # The invented word itself was not kept: only words that the index knows are.
    expect(office.get_by_text(word)).to_have_count(0)
    office.goto("/koordination/woerter/neu/")
    office.get_by_label("So sagen es Familien").fill(word)
    office.get_by_label("So sagen es die Ämter").fill("Krabbelgruppe")
    office.get_by_label("Diese Arten von Angeboten helfen").select_option("krabbelgruppe")
    assert violations(office) == []
    office.get_by_role("button", name="Speichern").click()
    expect(office.get_by_text("Die nächste Suche kennt es")).to_be_visible()

    family.reload()
    expect(family.locator(".f-card").first).to_be_visible()
    expect(family.locator(".f-list")).to_contain_text("rabbel")


def test_wishes_are_confirmed_by_a_button_and_forgotten_by_one(
    visitor: Visitor, mailoutbox: list[object]
) -> None:
    page = visitor(viewport=PHONE).new_page()
    page.goto("/bescheid/?q=Schwimmkurs")
    page.get_by_label("Ihre E-Mail-Adresse").fill("kein-klammeraffe")
    page.get_by_role("button", name="Bescheid sagen").click()
    expect(page.get_by_text("Diese E-Mail-Adresse kann nicht stimmen").first).to_be_visible()
    page.get_by_label("Ihre E-Mail-Adresse").fill("mutter@example.org")
    page.get_by_role("button", name="Bescheid sagen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bitte schauen Sie in Ihre Mails")
    found = re.search(r"https?://\S+(/bescheid/\S+/)", str(mailoutbox[-1].body))  # type: ignore[attr-defined]
    assert found is not None
    page.goto(found[1])
    expect(page.get_by_role("heading", level=1)).to_have_text("Sollen wir Ihnen Bescheid sagen?")
    page.get_by_role("button", name="Ja, bitte schreiben Sie mir").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Danke, wir sagen Ihnen Bescheid")
    page.goto(f"{found[1]}ende/")
    page.get_by_role("button", name="Adresse löschen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ihre Adresse ist gelöscht")
    answer = page.goto(found[1])
    assert answer is not None
    assert answer.status == 404


def test_every_desk_is_without_barriers(visitor: Visitor, violations: Violations) -> None:
    desks = {
        "Koordination": [
            "/schreibtisch/", "/koordination/angebote/", "/koordination/vorschlaege/", "/koordination/hinweise/",
            "/koordination/traeger/", "/koordination/woerter/", "/koordination/nicht-gefunden/",
        ],
        "Anbieter": ["/schreibtisch/", "/angebote-pflegen/"],
    }  # fmt: skip
    for role, paths in desks.items():
        page = visitor(viewport=PHONE).new_page()
        enter(page, role)
        for path in paths:
            page.goto(path)
            assert violations(page) == [], path
            wide = page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            assert wide <= 0, f"{path} scrolls sideways by {wide} px"
