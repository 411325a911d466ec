"""A father's access from the stock of codes: registered on his phone, learned in his own time; the centres see numbers."""

from __future__ import annotations

import re
import time

import pytest
from django.core import mail
from playwright.sync_api import FilePayload, Page, expect

from lueckenlos.core import clock
from tests.browser.fixtures import PHONE, Violations, Visitor
from tests.browser.reading import arrived
from tests.journeys.test_taking_part import COORDINATION, PROVIDER, STRANGER, at_work, narrow

pytestmark = pytest.mark.browser

OFFICE, CENTRE = "praevention-gesundheit@example.org", "Stadtteilzentrum Nord"
TITLE = "Gelassen mit Kindern"


def offer(page: Page) -> str:
    """The county lays a course out for one centre and publishes it; gives the address that families see."""
    page.goto("/online-kurse/verwalten/neu/")
    page.get_by_label("Titel").fill(TITLE)
    page.get_by_label("Adresse des Kurses").fill("https://kurs.example.org/")
    page.get_by_label("Wer gibt Codes aus?").fill(CENTRE)
    page.get_by_role("button", name="Als Entwurf anlegen").click()
    page.get_by_role("button", name="Veröffentlichen").click()
    page.get_by_role("link", name="So sehen es Familien").click()
    return arrived(page, "/online-kurse/[^/]+/")


def read_in(page: Page, text: str) -> None:
    """The centre uploads a file of codes."""
    page.get_by_role("link", name="Codes einlesen").click()
    file: FilePayload = {"name": "codes.csv", "mimeType": "text/csv", "buffer": text.encode()}
    page.get_by_label("Datei mit Codes").set_input_files(file)
    page.get_by_role("button", name="Ansehen").click()


def ask(page: Page, url: str, *, name: str) -> None:
    """Two steps."""
    say_who(page, url)
    page.get_by_label("Ihr Name").fill(name)
    page.get_by_label("E-Mail-Adresse").fill(f"{name.lower()}@example.org")
    page.get_by_label("Ich bin einverstanden").check()
    page.get_by_role("button", name=re.compile("Zugang schicken|Auf die Warteliste")).click()


def say_who(page: Page, url: str, *, age: int = 4, place: str = "Titz") -> None:
    """The first of them."""
    page.goto(url)
    page.get_by_role("link", name=re.compile("Zugang holen|Auf die Warteliste")).first.click()
    page.get_by_label("Wann ist Ihr Kind geboren?").fill(f"{clock.real_now().year - age}-01-01")
    page.get_by_label("Wo wohnen Sie?").fill(place)
    page.get_by_role("button", name="Weiter").click()


def link_for(name: str, *, letters: int = 1) -> str:
    """The link in the last mail to somebody; the house runs beside the test."""
    for _moment in range(100):
        found = [str(each.body) for each in mail.outbox if each.to == [f"{name.lower()}@example.org"]]
        if len(found) >= letters:
            link = re.search(r"/online-kurse/zugang/\S+/", found[-1])
            assert link is not None
            return link.group()
        time.sleep(0.1)
    raise AssertionError(f"no letter to {name}")


def stocked(desk: Page) -> str:
    """The centre reads in a file in which one code stands twice; gives the address of its page."""
    desk.goto("/online-kurse/verwalten/")
    desk.get_by_role("link", name=TITLE).click()
    manage = arrived(desk, "/online-kurse/verwalten/[0-9a-f-]{36}/")
    read_in(desk, "Code;gültig bis\nGEHEIM-0001;31.12.2099\nGEHEIM-0001;\n")
    expect(desk.locator("main")).to_contain_text("Der Code „…0001“ steht schon in Zeile 2.")
    return manage


def tick(page: Page, *numbers: int) -> None:
    """Modules that are done."""
    for number in numbers:
        page.get_by_label(f"Modul {number}", exact=True).check()
    page.get_by_role("button", name="Speichern").click()


def test_a_father_gets_his_code_ticks_his_modules_and_gives_feedback(
    visitor: Visitor, violations: Violations
) -> None:
    url = offer(at_work(visitor, OFFICE))
    desk = at_work(visitor, PROVIDER)
    manage = stocked(desk)
    assert violations(desk) == []
    desk.get_by_role("button", name="Nur den guten Code übernehmen").click()
    expect(desk.locator("main")).to_contain_text("1 im Vorrat, 0 in Gebrauch")

    father = visitor(viewport=PHONE, java_script_enabled=False).new_page()
    ask(father, url, name="Emre")
    expect(father.locator("main")).to_contain_text("Wir haben Ihnen gerade geschrieben.")
    father.goto(link_for("Emre"))
    expect(father.locator("body")).not_to_contain_text("GEHEIM")
    father.get_by_role("button", name="Meinen Code zeigen").click()
    expect(father.locator(".c-code")).to_have_text("GEHEIM-0001")
    narrow(father)
    father.get_by_role("button", name="Ich habe mich dort angemeldet").click()
    tick(father, 1, 2, 3)
    expect(father.locator("main")).to_contain_text("3 von 8 geschafft")
    father.get_by_role("button", name="Nicht mehr erinnern").click()
    expect(father.locator("main")).to_contain_text("Sie bekommen keine Erinnerungen.")
    father.get_by_role("button", name="Code noch einmal zeigen").click()
    expect(father.locator("main")).to_contain_text("Sie sehen den Code zum 2. Mal.")
    tick(father, 4, 5, 6, 7, 8)
    narrow(father)
    father.get_by_label("sehr", exact=True).check()
    father.get_by_role("button", name="Abschicken").click()
    expect(father.locator("main")).not_to_contain_text("Wie war es?")

    desk.goto(manage)
    expect(desk.locator("main")).to_contain_text("0 im Vorrat, 1 in Gebrauch")
    expect(desk.locator("main")).to_contain_text("Codes werden knapp")
    assert violations(desk) == []


def test_every_page_of_a_family_can_be_used_by_everybody_and_every_desk_is_blind(
    visitor: Visitor, violations: Violations
) -> None:
    office = at_work(visitor, OFFICE)
    url = offer(office)
    desk = at_work(visitor, PROVIDER)
    manage = stocked(desk)
    desk.get_by_role("button", name="Nur den guten Code übernehmen").click()
    father = visitor(viewport=PHONE).new_page()
    ask(father, url, name="Emre")
    own = link_for("Emre")
    father.goto(own)
    father.get_by_role("button", name="Meinen Code zeigen").click()
    assert violations(father) == []
    for address in ("/online-kurse/", url, f"{url}anmelden/", f"{url}anmelden/geschickt/", own):
        father.goto(address)
        narrow(father)
        assert violations(father) == [], address
    for who in (desk, office, at_work(visitor, STRANGER), at_work(visitor, COORDINATION)):
        for address in (manage, "/online-kurse/verwalten/"):
            who.goto(address)
            for word in ("Emre", "emre@", "GEHEIM"):
                expect(who.locator("body")).not_to_contain_text(word)


def test_who_comes_to_an_empty_stock_waits_and_gets_the_next_code(
    visitor: Visitor, violations: Violations
) -> None:
    url = offer(at_work(visitor, OFFICE))
    mother = visitor(viewport=PHONE).new_page()
    ask(mother, url, name="Olga")
    expect(mother.locator("main")).to_contain_text("Schauen Sie in Ihre E-Mails")
    own = link_for("Olga")
    mother.goto(own)
    expect(mother.locator("main")).to_contain_text("Auf Platz 1.")
    assert violations(mother) == []
    desk = at_work(visitor, PROVIDER)
    desk.goto("/online-kurse/verwalten/")
    desk.get_by_role("link", name=TITLE).click()
    read_in(desk, "Code\nGEHEIM-0002\n")
    desk.get_by_role("button", name="Alle übernehmen").click()
    mother.goto(link_for("Olga", letters=2))
    mother.get_by_role("button", name="Meinen Code zeigen").click()
    expect(mother.locator(".c-code")).to_have_text("GEHEIM-0002")
    assert violations(mother) == []
    mother.locator("summary", has_text="Aufhören").click()
    mother.get_by_role("button", name="Ja, aufhören").click()
    expect(mother.locator("main")).to_contain_text("Sie haben aufgehört")


def test_who_does_not_fit_is_told_kindly_and_nothing_typed_is_lost(
    visitor: Visitor, violations: Violations
) -> None:
    url = offer(at_work(visitor, OFFICE))
    page = visitor(viewport=PHONE).new_page()
    say_who(page, url, age=16, place="Köln")
    expect(page.locator("main")).to_contain_text(
        "Dieser Kurs ist für Eltern mit Kindern bis 12 Jahre gemacht."
    )
    expect(page.locator("main")).to_contain_text("Die Zugänge sind für Familien, die hier im Kreis wohnen.")
    expect(page.get_by_label("Wo wohnen Sie?")).to_have_value("Köln")
    assert violations(page) == []
    narrow(page)
    say_who(page, url, place="Wolkenkuckucksheim")
    expect(page.locator("main")).to_contain_text("„Wolkenkuckucksheim“ kennen wir nicht.")
    expect(page.get_by_label("Wo wohnen Sie?")).to_have_value("Wolkenkuckucksheim")
    assert mail.outbox == []
