"""A time from the office's desk to a mother's phone: booked, moved, given back; and nobody else reads more than “belegt”."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from lueckenlos.core import clock
from lueckenlos.kernels.schedule import is_public_holiday
from tests.browser.fixtures import PHONE, Violations, Visitor
from tests.browser.reading import arrived
from tests.journeys.test_taking_part import COORDINATION, PROVIDER, STRANGER, at_work, narrow

pytestmark = pytest.mark.browser


def give(page: Page, title: str, *, approval: bool = False) -> str:
    """A provider gives hours every day; gives the address that families see."""
    page.goto("/buchungen/neu/")
    page.get_by_label("Name", exact=True).fill(title)
    page.get_by_label("Ort mit Adresse").fill("Beispielweg 1, Titz")
    page.get_by_label(re.compile("^Zeiten")).fill("Mo-So 9-18 Uhr")
    page.get_by_label("Familien dürfen buchen").check()
    if approval:
        page.get_by_label("Wir sagen zu jeder Anfrage Ja oder Nein").check()
    page.get_by_role("button", name="Anlegen").click()
    page.get_by_role("link", name="So sehen es Familien").click()
    return arrived(page, "/termine-buchen/[0-9a-f-]{36}/")


def book(page: Page, url: str, *, name: str, button: str = "Verbindlich buchen") -> str:
    """The first free time; gives it as it stands on the page."""
    page.goto(url)
    label = page.locator(".b-slot").first
    hour = label.inner_text()
    label.click()
    page.get_by_label("Ihr Name").fill(name)
    page.get_by_label("E-Mail-Adresse").fill("mutter@example.org")
    page.get_by_label("Ich bin einverstanden").check()
    page.get_by_role("button", name=button).click()
    return hour


def test_a_mother_books_moves_and_cancels_on_her_phone(visitor: Visitor, violations: Violations) -> None:
    url = give(at_work(visitor, PROVIDER), "Sprechstunde Titz")
    mother = visitor(viewport=PHONE, java_script_enabled=False).new_page()
    mother.goto(url)
    narrow(mother)
    hour = book(mother, url, name="Ayşe Yılmaz")
    expect(mother.locator("main")).to_contain_text("Ihr Termin steht")
    expect(mother.locator("main")).to_contain_text(hour)
    narrow(mother)
    own = mother.url
    seeing = visitor(viewport=PHONE).new_page()
    for address in (url, own, "/termine-buchen/"):
        seeing.goto(address)
        assert violations(seeing) == []
    mother.locator("summary", has_text="Auf eine andere Zeit verlegen").click()
    mother.get_by_label("Neue Zeit").select_option(index=3)
    mother.get_by_role("button", name="Verlegen").click()
    expect(mother.locator("body")).to_contain_text("Die alte Zeit ist wieder frei")
    mother.locator("summary", has_text="Absagen").click()
    mother.get_by_role("button", name="Ja, absagen").click()
    expect(mother.locator("main")).to_contain_text("Dieser Termin gilt nicht mehr")


def test_what_is_missing_is_told_and_nothing_is_lost(visitor: Visitor, violations: Violations) -> None:
    url = give(at_work(visitor, PROVIDER), "Beratung Titz")
    page = visitor(viewport=PHONE).new_page()
    page.goto(url)
    page.get_by_label("Ihr Name").fill("Olga Sommer")
    page.get_by_label("am Telefon").check()
    page.get_by_role("button", name="Verbindlich buchen").click()
    expect(page.locator("main")).to_contain_text("Bitte wählen Sie eine freie Zeit.")
    expect(page.locator("main")).to_contain_text("Unter welcher Nummer dürfen wir Sie anrufen?")
    expect(page.get_by_label("Ihr Name")).to_have_value("Olga Sommer")
    assert violations(page) == []


def test_a_request_is_answered_and_seen_by_the_office_alone(visitor: Visitor, violations: Violations) -> None:
    desk = at_work(visitor, PROVIDER)
    url = give(desk, "Erstgespräch Titz", approval=True)
    mother = visitor(viewport=PHONE).new_page()
    book(mother, url, name="Ayşe Yılmaz", button="Anfragen")
    expect(mother.locator("main")).to_contain_text("Angefragt")
    desk.goto("/buchungen/")
    assert violations(desk) == []
    desk.get_by_role("listitem").filter(has_text="Erstgespräch Titz · Ayşe").get_by_role("link").click()
    address = desk.url
    assert violations(desk) == []
    for outsider in ("", STRANGER, COORDINATION):
        other = at_work(visitor, outsider) if outsider else visitor().new_page()
        for page in (address, url, "/buchungen/"):
            other.goto(page)
            expect(other.locator("body")).not_to_contain_text("Ayşe")
    desk.get_by_role("button", name="Zusagen").click()
    expect(desk.locator("main")).to_contain_text("gebucht")
    mother.reload()
    expect(mother.locator("main")).to_contain_text("Ihr Termin steht")


def every_second_week() -> date:
    """A day soon after which a room is open on it and two and four weeks later: none of them a holiday."""
    soon = clock.real_today() + timedelta(days=3)
    days = (soon + timedelta(days=ahead) for ahead in range(60))
    return next(
        day for day in days if not any(is_public_holiday(day + timedelta(weeks=weeks)) for weeks in (0, 2, 4))
    )


def test_another_organization_books_a_room_every_second_week(
    visitor: Visitor, violations: Violations
) -> None:
    desk = at_work(visitor, PROVIDER)
    give(desk, "Spielzimmer Titz")
    guest = at_work(visitor, STRANGER)
    day = every_second_week()

    def enter(title: str) -> None:
        guest.goto("/buchungen/")
        guest.get_by_role("link", name="Spielzimmer Titz").click()
        guest.get_by_label("Tag", exact=True).fill(day.isoformat())
        guest.get_by_label("Von", exact=True).fill("14:00")
        guest.get_by_label("Bis", exact=True).fill("16:00")
        guest.get_by_label("Wie oft?").select_option(label="alle zwei Wochen")
        guest.get_by_label("Letzter Tag").fill((day + timedelta(days=28)).isoformat())
        guest.get_by_label("Titel").fill(title)
        guest.get_by_role("button", name="Eintragen").click()

    enter("Begleiteter Umgang")
    expect(guest.locator("body")).to_contain_text("Eingetragen: 3 Termine.")
    enter("Zweite Reihe")
    expect(guest.locator("main")).to_contain_text("Es wurde nichts eingetragen.")
    expect(guest.locator("main")).to_contain_text(re.compile("Nicht frei: .*14:00 bis 16:00"))
    assert violations(guest) == []
    desk.goto("/buchungen/")
    desk.get_by_role("link", name="Spielzimmer Titz").click()
    manage = arrived(desk, "/buchungen/[0-9a-f-]{36}/")
    assert violations(desk) == []
    desk.goto(f"{manage}?woche={day.isoformat()}")
    expect(desk.locator("main")).to_contain_text("Begleiteter Umgang")
    desk.locator("summary", has_text="Im eigenen Kalender").click()
    desk.get_by_role("button", name="Adresse erstellen").click()
    feed = desk.locator(".b-link a").get_attribute("href") or ""
    text = desk.request.get(feed).text()
    assert text.count("SUMMARY:belegt") == 3
    assert "Umgang" not in text
    desk.goto(f"{manage}tag/?tag={day.isoformat()}")
    expect(desk.locator("main")).to_contain_text("14:00–16:00 belegt")
    assert violations(desk) == []
