"""A provider keeps an entry true: by the mail's link without a password, then signed in, seen by the Koordination."""

import re
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from lueckenlos.commons.directory import services
from lueckenlos.commons.directory.models import Organization, Service
from lueckenlos.core import clock
from lueckenlos.core.actor import job
from lueckenlos.offers.finder import services as finder
from tests.browser.fixtures import DESKTOP, PHONE, Violations, Visitor
from tests.journeys.test_upkeep import enter

pytestmark = pytest.mark.browser

ORGANIZATION = "Stadtteilzentrum Nord"
KEY = "hausaufgabenhilfe-dueren-nord-a"
NEW_TEXT = "Wir helfen bei den Hausaufgaben und essen danach gemeinsam Apfelkuchen."


@pytest.fixture
def due(house: str) -> Service:
    """One entry of the provider was last looked at long ago, all others today."""
    clock.hold_day(date(2026, 11, 1))
    Organization.objects.filter(name=ORGANIZATION).update(email="nord@example.org")
    Service.objects.update(verified_on=clock.today())
    Service.objects.filter(key=KEY).update(verified_on=date(2025, 6, 1))
    finder.refresh_index(limit=1_000)
    return Service.objects.get(key=KEY)


def verified_on() -> date | None:
    return Service.objects.get(key=KEY).verified_on


def mailed_link(outbox: list[Any]) -> str:
    services.remind(actor=job("directory.remind"), now=clock.now())
    [letter] = [each for each in outbox if "nord@example.org" in each.to]
    assert "ein Passwort brauchen Sie nicht" in letter.body
    found = re.search(r"https?://[^/\s]+(/pflege/\S+/)", letter.body)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_one_button_in_the_mail_s_link_says_that_it_is_still_true(
    visitor: Visitor, violations: Violations, due: Service, mailoutbox: list[Any], viewport: dict[str, int]
) -> None:
    link = mailed_link(mailoutbox)
    page = visitor(viewport=viewport).new_page()
    # A mail scanner follows the link, again and again, and even presses nothing.
    for _look in range(3):
        page.goto(link)
    assert verified_on() == date(2025, 6, 1)
    expect(page.get_by_role("heading", level=1)).to_have_text("Stimmen Ihre Angebote noch?")
    assert violations(page) == []
    page.get_by_role("button", name="Stimmt noch").click()
    expect(page.get_by_text("Vielen Dank! Familien sehen jetzt: zuletzt geprüft heute.")).to_be_visible()
    expect(page.get_by_role("button", name="Stimmt noch")).to_have_count(0)
    assert verified_on() == clock.today()
    assert violations(page) == []

    # The link opens this page and no other: nobody has signed in by it.
    page.goto("/angebote-pflegen/")
    expect(page).to_have_url(re.compile("/anmelden/"))
    family = visitor(viewport=PHONE).new_page()
    family.goto(f"/angebot/{KEY}/")
    expect(family.locator("main")).to_contain_text("So, 1. November 2026")


def test_a_link_that_somebody_made_up_opens_nothing(visitor: Visitor, due: Service) -> None:
    answer = visitor().new_page().goto("/pflege/nirgendwo-her-abcdefghijklmnop/")

    assert answer is not None
    assert answer.status == 404


def test_what_a_provider_proposes_is_seen_by_families_once_koordination_agrees(
    visitor: Visitor, violations: Violations, due: Service
) -> None:
    provider = visitor(viewport=PHONE).new_page()
    enter(provider, "Anbieter")
    provider.get_by_role("link", name=re.compile("Meine Angebote")).click()
    provider.get_by_role("link", name=due.name).click()
    provider.get_by_label("Was bekommt eine Familie hier?").fill(NEW_TEXT)
    provider.get_by_role("button", name="Ansehen, wie Familien es sehen").click()
    expect(
        provider.get_by_text("So sehen Familien das Angebot. Noch ist nichts gespeichert.")
    ).to_be_visible()
    expect(provider.locator("main")).to_contain_text(NEW_TEXT)
    assert violations(provider) == []
    provider.get_by_role("button", name="Weiter bearbeiten").click()
    expect(provider.get_by_label("Was bekommt eine Familie hier?")).to_have_value(NEW_TEXT)
    provider.get_by_role("button", name="Vorschlagen").click()
    expect(provider.get_by_text("Die Koordination sieht sich Ihre Änderung an")).to_be_visible()

    family = visitor(viewport=PHONE).new_page()
    family.goto(f"/angebot/{KEY}/")
    expect(family.locator("#beschreibung")).not_to_contain_text("Apfelkuchen")

    office = visitor().new_page()
    enter(office, "Koordination")
    office.get_by_role("link", name=re.compile("Vorschläge der Anbieter")).click()
    office.get_by_role("link", name=due.name).click()
    expect(office.locator("main")).to_contain_text("Apfelkuchen")
    assert violations(office) == []
    office.get_by_role("button", name="Übernehmen", exact=True).click()

    family.reload()
    expect(family.locator("#beschreibung")).to_contain_text(NEW_TEXT)
    family.goto("/suche/?q=Hausaufgaben+und+Apfelkuchen")
    expect(family.locator(".f-card", has_text=NEW_TEXT)).to_contain_text(due.name)


def opened_form(context: BrowserContext) -> Page:
    page = context.new_page()
    enter(page, "Koordination")
    page.goto(f"/angebote-pflegen/angebot/{KEY}/")
    return page


def test_of_two_who_write_at_once_the_second_sees_the_difference_and_nothing_is_lost(
    visitor: Visitor, violations: Violations, due: Service
) -> None:
    first, second = opened_form(visitor()), opened_form(visitor(viewport=PHONE))
    first.get_by_label("Was bekommt eine Familie hier?").fill("Die Erste schrieb: mit Mittagessen.")
    first.get_by_label("Auch bekannt als").fill("Hausi")
    first.get_by_role("button", name="Speichern").click()
    expect(first.get_by_text("Gespeichert. Familien sehen die Änderung jetzt.")).to_be_visible()

    second.get_by_label("Was bekommt eine Familie hier?").fill("Die Zweite schrieb: ohne Anmeldung.")
    second.get_by_label("Name des Angebots").fill("Hausaufgaben gemeinsam")
    second.get_by_role("button", name="Speichern").click()
    expect(second.get_by_role("heading", level=1)).to_have_text("Zwei haben gleichzeitig geschrieben")
    for sentence in ("Die Erste schrieb: mit Mittagessen.", "Die Zweite schrieb: ohne Anmeldung."):
        expect(second.locator("main")).to_contain_text(sentence)
    assert violations(second) == []
    wide = second.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0
    second.locator("#wahl-description").get_by_label(re.compile("Von Ihnen")).check()
    second.get_by_role("button", name="So speichern").click()
    expect(second.get_by_text("Gespeichert. Familien sehen die Änderung jetzt.")).to_be_visible()

    stored = Service.objects.get(key=KEY)
    assert stored.description == "Die Zweite schrieb: ohne Anmeldung."
    assert stored.name == "Hausaufgaben gemeinsam"
    assert stored.alternate_name == "Hausi"
    second.goto(f"/angebote-pflegen/angebot/{KEY}/verlauf/")
    expect(second.locator("main")).to_contain_text("Die Erste schrieb: mit Mittagessen.")
