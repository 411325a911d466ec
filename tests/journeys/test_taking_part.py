"""A course from its plan to its last date: a father registers with his child, a place moves up, nobody else sees it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from lueckenlos.core import clock
from lueckenlos.offers.programmes.models import Session
from tests.browser.fixtures import PHONE, SMALL, Violations, Visitor
from tests.browser.reading import arrived
from tests.core.pdf_reading import pages

pytestmark = pytest.mark.browser


PROVIDER, STRANGER, COORDINATION = "anbieter@example.org", "fachkraft@example.org", "koordination@example.org"
OFFICE = "praeventionskraft@example.org"


def at_work(visitor: Visitor, email: str) -> Page:
    """Somebody of the demo at their desk."""
    page = visitor().new_page()
    page.goto("/demo/rollen/")
    page.locator(f'form:has(input[value="{email}"]) button').click()
    arrived(page, "/schreibtisch/")
    return page


def plan(page: Page, *, places: int) -> str:
    """A provider plans a course for parents with a child; gives the address that families see."""
    page.goto("/programme/neu/")
    day = clock.real_today() + timedelta(days=20)
    page.get_by_label("Tag", exact=True).fill(day.isoformat())
    page.get_by_label("Von", exact=True).fill("15:00")
    page.get_by_label("Bis", exact=True).fill("16:30")
    page.get_by_label("Nicht in den Schulferien").uncheck()
    page.get_by_label("Titel").fill("Trommeln zu zweit")
    page.get_by_label("Wer kommt?").select_option(label="Eltern und Kind zusammen")
    page.get_by_label("Alter von").fill("2")
    page.get_by_label("Alter bis").fill("6")
    page.get_by_label("Ort mit Adresse").fill("Turnhalle, Beispielweg 1, Titz")
    page.locator("[name=capacity]").fill(str(places))
    page.get_by_role("button", name="Als Entwurf anlegen").click()
    page.get_by_role("button", name="Veröffentlichen").click()
    page.get_by_role("link", name="So sehen es Familien").click()
    return arrived(page, "/mitmachen/[^/]+/")


def name_them(page: Page, url: str, *, parent: str, child: str, year: int) -> None:
    """The first step: who comes."""
    page.goto(url)
    page.get_by_role("link", name=re.compile("Jetzt anmelden|Auf die Warteliste")).first.click()
    page.get_by_label("Vorname").nth(0).fill(parent)
    page.get_by_label("Vorname").nth(1).fill(child)
    page.get_by_label("Geburtstag").first.fill(f"{year}-02-28")
    page.get_by_role("button", name="Weiter").click()


def register(
    page: Page, url: str, *, parent: str, child: str, year: int, button: str = "Verbindlich anmelden"
) -> None:
    """Both steps; the last button says what it brings."""
    name_them(page, url, parent=parent, child=child, year=year)
    page.get_by_label("Ihr Name").fill(parent)
    page.get_by_label("E-Mail-Adresse").fill(f"{parent.lower()}@example.org")
    page.get_by_label("Ich bin einverstanden").check()
    page.get_by_role("button", name=button).click()


def narrow(page: Page) -> None:
    """Nothing sticks out on the smallest phone."""
    page.set_viewport_size(SMALL)
    assert page.evaluate("document.documentElement.scrollWidth") <= SMALL["width"]
    page.set_viewport_size(PHONE)


def test_a_father_registers_and_the_next_in_line_moves_up(visitor: Visitor, violations: Violations) -> None:
    desk = at_work(visitor, PROVIDER)
    url = plan(desk, places=2)
    year = clock.real_now().year - 4
    father = visitor(viewport=PHONE, java_script_enabled=False).new_page()
    register(father, url, parent="Emre", child="Mila", year=year)
    expect(father.locator("main")).to_contain_text("Sie haben einen Platz")
    narrow(father)
    mother = visitor(viewport=PHONE).new_page()
    for address in ("/mitmachen/", url):
        mother.goto(address)
        assert violations(mother) == []
    register(mother, url, parent="Olga", child="Danil", year=year, button="Auf die Warteliste")
    expect(mother.locator("main")).to_contain_text("Sie stehen auf der Warteliste")
    assert violations(mother) == []
    father.locator("summary", has_text="Absagen").click()
    father.get_by_role("button", name="Ja, absagen").click()
    expect(father.locator("main")).to_contain_text("Diese Anmeldung gilt nicht mehr")
    mother.reload()
    expect(mother.locator("main")).to_contain_text("Ein Platz ist frei!")
    assert violations(mother) == []
    mother.get_by_role("button", name="Ja, wir kommen").click()
    expect(mother.locator("main")).to_contain_text("Sie haben einen Platz")


def test_bad_input_is_told_in_a_sentence_and_nothing_is_lost(
    visitor: Visitor, violations: Violations
) -> None:
    desk = at_work(visitor, PROVIDER)
    url = plan(desk, places=8)
    page = visitor(viewport=PHONE).new_page()
    year = clock.real_now().year
    name_them(page, url, parent="Emre", child="Mila", year=year - 9)
    expect(page.locator("main")).to_contain_text("Das Angebot ist für: 2 bis 6 Jahre")
    expect(page.get_by_label("Vorname").nth(1)).to_have_value("Mila")
    assert violations(page) == []
    register(page, url, parent="Emre", child="Mila", year=year - 4)
    expect(page.locator("main")).to_contain_text("Sie haben einen Platz")
    register(page, url, parent="Emre", child="Mila", year=year - 4)
    expect(page.locator("main")).to_contain_text("ist hier schon angemeldet")


def test_a_family_with_an_account_finds_its_registration_again(
    visitor: Visitor, violations: Violations
) -> None:
    url = plan(at_work(visitor, PROVIDER), places=8)
    page = at_work(visitor, "familie@example.org")
    page.set_viewport_size(PHONE)
    register(page, url, parent="Emre", child="Mila", year=clock.real_now().year - 4)
    arrived(page, "/mitmachen/anmeldung/[^/]+/")
    page.goto("/schreibtisch/")
    page.get_by_role("link", name="Meine Anmeldungen").first.click()
    expect(page.locator("main")).to_contain_text("Sie haben einen Platz")
    assert violations(page) == []
    narrow(page)
    page.get_by_role("button", name="Ansehen oder ändern").click()
    expect(page.locator("main")).to_contain_text("Mila")


def test_who_comes_is_seen_by_the_organization_alone(visitor: Visitor) -> None:
    desk = at_work(visitor, PROVIDER)
    url = plan(desk, places=8)
    page = visitor(viewport=PHONE).new_page()
    register(page, url, parent="Emre", child="Mila", year=clock.real_now().year - 4)
    own = arrived(page, "/mitmachen/anmeldung/[^/]+/")
    desk.goto("/programme/")
    desk.get_by_role("link", name="Trommeln zu zweit").first.click()
    expect(desk.locator("main")).to_contain_text("Mila")
    manage = arrived(desk, "/programme/[0-9a-f-]{36}/")
    for outsider in ("", STRANGER, COORDINATION):
        other = at_work(visitor, outsider) if outsider else visitor().new_page()
        other.goto(manage)
        expect(other.locator("body")).not_to_contain_text("Mila")
        other.goto(url)
        expect(other.locator("body")).not_to_contain_text("Mila")
        other.goto(own[:-5] + "2222/")
        expect(other.locator("body")).not_to_contain_text("Mila")


def plan_training(desk: Page) -> str:
    """An office plans a training that is on today; gives the address that professionals see."""
    desk.goto("/programme/neu/")
    today = clock.real_today().isoformat()
    desk.get_by_label("Tag", exact=True).fill(today)
    desk.get_by_label("Von", exact=True).fill("00:00")
    desk.get_by_label("Bis", exact=True).fill("23:59")
    desk.get_by_label("Nicht in den Schulferien").uncheck()
    desk.get_by_label("Was ist es?").select_option(label="Fortbildung")
    desk.get_by_label("Titel").fill("Streit im Team")
    desk.get_by_label("Für Fachleute").check()
    desk.get_by_label("Ort mit Adresse").fill("Kreishaus, Beispielweg 2, Düren")
    desk.get_by_label("Anmeldung bis einschließlich").fill(today)
    desk.get_by_role("button", name="Als Entwurf anlegen").click()
    desk.get_by_role("button", name="Veröffentlichen").click()
    return desk.get_by_role("link", name="So sehen es Familien").get_attribute("href") or ""


def come_alone(guest: Page, url: str) -> None:
    """A professional from Titz registers."""
    guest.goto(url)
    guest.get_by_role("link", name="Jetzt anmelden").click()
    guest.get_by_label("Vorname").first.fill("Kim")
    guest.get_by_label("Nachname").first.fill("Beispiel")
    guest.get_by_role("button", name="Weiter").click()
    guest.get_by_label("Ihr Name").fill("Kim Beispiel")
    guest.get_by_label("E-Mail-Adresse").fill("kim@example.org")
    guest.get_by_label("Wo wohnen Sie?").fill("Titz")
    guest.get_by_label("Ich bin einverstanden").check()
    guest.get_by_role("button", name="Verbindlich anmelden").click()
    arrived(guest, "/mitmachen/anmeldung/[^/]+/")


def door_of(desk: Page) -> str:
    """Where the code of the first registration leads."""
    action = desk.locator("form[action*='/streichen/']").first.get_attribute("action") or ""
    return action.replace("/anmeldung/", "/tuer/").replace("/streichen/", "/")


def certified(guest: Page) -> str:
    """Take the certificate home; gives the code on it."""
    with guest.expect_download() as paper:
        guest.get_by_role("link", name=re.compile("Teilnahmebescheinigung für Kim")).click(modifiers=["Alt"])
    words = "".join(pages(paper.value.path().read_bytes())).replace("\n", "")
    return words.partition("Code ")[2].partition(".")[0]


def test_a_professional_is_let_in_by_a_code_and_takes_a_certificate_home(
    visitor: Visitor, violations: Violations
) -> None:
    desk = at_work(visitor, OFFICE)
    url = plan_training(desk)
    guest = visitor(viewport=PHONE).new_page()
    come_alone(guest, url)
    expect(guest.get_by_role("img", name="Code für die Tür")).to_be_visible()
    assert violations(guest) == []
    narrow(guest)
    desk.reload()
    door = door_of(desk)
    stranger = at_work(visitor, PROVIDER)
    stranger.goto(door)
    expect(stranger.locator("body")).not_to_contain_text("Kim")
    desk.set_viewport_size(PHONE)
    desk.goto(door)
    assert violations(desk) == []
    desk.get_by_role("button", name="Sind da").click()
    expect(desk.locator("main")).to_contain_text("Ist eingetragen")
    _let_it_be_over()
    guest.reload()
    code = certified(guest)
    guest.get_by_label("sehr", exact=True).check()
    guest.get_by_role("button", name="Abschicken").click()
    expect(guest.locator("body")).to_contain_text("Danke für Ihre Rückmeldung")
    employer = visitor(viewport=PHONE).new_page()
    employer.goto("/mitmachen/bescheinigung/")
    assert violations(employer) == []
    employer.get_by_label("Code").fill(code)
    employer.get_by_label("Name, so wie").fill("Kim Beispiel")
    employer.get_by_role("button", name="Prüfen").click()
    expect(employer.locator("main")).to_contain_text("Die Bescheinigung ist echt")


def test_a_year_is_told_in_figures_and_few_from_one_place_stand_together(
    visitor: Visitor, violations: Violations
) -> None:
    desk = at_work(visitor, OFFICE)
    come_alone(visitor(viewport=PHONE).new_page(), plan_training(desk))
    desk.goto("/programme/zahlen/")
    assert violations(desk) == []
    expect(desk.locator("main")).to_contain_text("Streit im Team")
    expect(desk.locator("main")).not_to_contain_text("Titz")


def _let_it_be_over() -> None:
    """The day passes."""
    Session.objects.filter(programme__title="Streit im Team").update(
        starts_at=clock.real_now() - timedelta(hours=8), ends_at=clock.real_now() - timedelta(hours=2)
    )
