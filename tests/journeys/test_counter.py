"""Whoever rings, stands at the counter, or has no mail takes part like everybody else; what does not suit is told kindly."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from lueckenlos.core import clock
from tests.browser.fixtures import PHONE, Violations, Visitor
from tests.core.pdf_reading import pages
from tests.journeys.test_bookings import give
from tests.journeys.test_taking_part import PROVIDER, STRANGER, at_work, narrow, plan

pytestmark = pytest.mark.browser

STREET = "Gartenweg 3"


def fill_address(page: Page) -> None:
    """A letter is wished for."""
    page.locator("summary", has_text="Lieber einen Brief?").click()
    page.get_by_label("Per Brief schreiben").check()
    page.get_by_label("Straße und Hausnummer").fill(STREET)
    page.get_by_label("Postleitzahl").fill("52445")
    page.locator("[name=city]").fill("Titz")


def printed(desk: Page, name: str) -> str:
    """The words of the letter to somebody, as the button on the page gives it."""
    given: dict[str, str | float | bool] = {
        "csrfmiddlewaretoken": desk.locator("main [name=csrfmiddlewaretoken]").input_value(),
        "brief": desk.get_by_label(re.compile(name)).first.input_value(),
        "tun": "drucken",
    }
    answer = desk.request.post(desk.url, form=given, headers={"Referer": desk.url})
    return " ".join("".join(pages(answer.body())).split())


def test_a_grandmother_registers_by_telephone_and_gets_a_letter(
    visitor: Visitor, violations: Violations
) -> None:
    desk = at_work(visitor, PROVIDER)
    public = plan(desk, places=8)
    desk.go_back()
    desk.get_by_role("link", name="Anmeldung aufnehmen").click()
    assert violations(desk) == []
    narrow(desk)
    desk.get_by_label("Vorname").nth(0).fill("Hilde")
    desk.get_by_label("Vorname").nth(1).fill("Mila")
    desk.get_by_label("Geburtstag").first.fill(f"{clock.real_now().year - 4}-02-28")
    desk.locator("[name=name]").fill("Hilde Alt")
    desk.get_by_role("button", name="Verbindlich anmelden").click()
    expect(desk.locator("main")).to_contain_text("Bitte E-Mail, Telefon oder Brief")
    expect(desk.locator("main")).to_contain_text("Ohne ein mündliches Ja")
    assert violations(desk) == []
    fill_address(desk)
    desk.get_by_label("Die Person hat mündlich zugestimmt").check()
    desk.get_by_role("button", name="Verbindlich anmelden").click()
    expect(desk.locator("body")).to_contain_text("Der Platz ist sicher")
    expect(desk.locator("main")).to_contain_text(STREET)
    desk.goto("/programme/briefe/")
    assert violations(desk) == []
    narrow(desk)
    expect(desk.locator("main")).to_contain_text("Hilde Alt")
    stranger = at_work(visitor, STRANGER)
    stranger.goto("/programme/briefe/")
    expect(stranger.locator("body")).not_to_contain_text("Hilde")
    desk.get_by_role("button", name="Als gedruckt abhaken").click()
    expect(desk.locator("main")).not_to_contain_text("Hilde Alt")
    assert public


def test_a_father_without_mail_books_and_types_the_code_of_his_letter(
    visitor: Visitor, violations: Violations
) -> None:
    desk = at_work(visitor, PROVIDER)
    url = give(desk, "Beratung ohne E-Mail")
    father = visitor(viewport=PHONE, java_script_enabled=False).new_page()
    father.goto(url)
    father.locator(".b-slot").first.click()
    father.get_by_label("Ihr Name").fill("Emre Kaya")
    father.get_by_label("Ich bin einverstanden").check()
    father.get_by_role("button", name="Verbindlich buchen").click()
    expect(father.locator("main")).to_contain_text("oder wählen Sie den Brief")
    father.locator(".b-slot").first.click()
    fill_address(father)
    narrow(father)
    father.get_by_role("button", name="Verbindlich buchen").click()
    expect(father.locator("main")).to_contain_text("Ihr Termin steht")
    desk.goto("/buchungen/briefe/")
    assert violations(desk) == []
    words = printed(desk, "Emre Kaya")
    assert "Emre Kaya" in words and STREET in words
    code = re.findall(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b", words)
    later = visitor(viewport=PHONE).new_page()
    later.goto("/termine-buchen/termin/")
    assert violations(later) == []
    narrow(later)
    later.get_by_label("Ihr Code").fill(code[-1])
    later.get_by_role("button", name="Weiter").click()
    expect(later.locator("main")).to_contain_text("Ihr Termin steht")


def test_what_does_not_suit_is_told_in_one_tick(visitor: Visitor, violations: Violations) -> None:
    url = plan(at_work(visitor, PROVIDER), places=8)
    page = visitor(viewport=PHONE, java_script_enabled=False).new_page()
    page.goto(url)
    page.get_by_role("link", name="Passt nicht für Sie?").click()
    page.get_by_label("Wo wohnen Sie?").fill("Titz")
    page.get_by_role("button", name="Abschicken").click()
    expect(page.locator("main")).to_contain_text("Bitte wählen Sie, was nicht passt.")
    narrow(page)
    seeing = visitor(viewport=PHONE).new_page()
    seeing.goto(url)
    seeing.get_by_role("link", name="Passt nicht für Sie?").click()
    expect(seeing.get_by_label("zu weit")).to_be_visible()
    assert violations(seeing) == []
    page.get_by_label("zu weit").check()
    page.get_by_role("button", name="Abschicken").click()
    expect(page.locator("body")).to_contain_text("Gezählt ist nur der Grund")
