"""Two houses become one family centre: one asks, the other says yes, a mother sees both, and they plan together."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.fixtures import PHONE, Violations, Visitor
from tests.browser.reading import arrived
from tests.journeys.test_taking_part import PROVIDER, STRANGER, at_work, narrow, plan

pytestmark = pytest.mark.browser

KITA, HOUSE = "kita@example.org", "Familienzentrum Töpferwiese"


def found(page: Page, name: str) -> str:
    """A provider begins a centre and asks a Kita; gives the address of its desk."""
    page.goto("/familienzentren/verwalten/neu/")
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Was Familien hier finden").fill("Spielgruppen und Rat für alle aus dem Viertel.")
    page.get_by_label("Gemeinde").select_option(label="Langerwehe")
    page.get_by_label("Ort mit Adresse").fill("Beispielweg 1, 52379 Langerwehe")
    page.get_by_label("Telefonnummer").fill("0221 4710-999")
    page.get_by_label("Familien sehen die Seite").check()
    page.get_by_role("button", name="Anlegen").click()
    desk = arrived(page, "/familienzentren/verwalten/[0-9a-f-]{36}/")
    page.get_by_label("Wen fragen Sie?").select_option(label=HOUSE)
    page.get_by_role("button", name="Fragen").click()
    expect(page.locator("body")).to_contain_text("Gefragt.")
    return desk


def test_a_mother_sees_what_both_houses_offer_once_both_said_yes(
    visitor: Visitor, violations: Violations
) -> None:
    lead = at_work(visitor, PROVIDER)
    plan(lead, places=12)
    desk = found(lead, "Familienzentrum Wehebach")
    assert violations(lead) == []
    mother = visitor(viewport=PHONE, java_script_enabled=False).new_page()
    mother.goto("/familienzentren/")
    narrow(mother)
    mother.get_by_role("link", name="Familienzentrum Wehebach").click()
    expect(mother.locator("main")).to_contain_text("Trommeln zu zweit")
    expect(mother.locator("main")).not_to_contain_text("Offene Elternsprechstunde in der Töpferwiese")
    kita = at_work(visitor, KITA)
    kita.goto("/familienzentren/verwalten/")
    assert violations(kita) == []
    kita.get_by_role("button", name="Ja, wir gehören dazu").click()
    mother.reload()
    narrow(mother)
    expect(mother.locator("main")).to_contain_text("2 Häuser zusammen")
    expect(mother.get_by_role("link", name="0221 4710-999")).to_be_visible()
    mother.get_by_role("link", name="Offene Elternsprechstunde in der Töpferwiese").first.click()
    expect(mother.locator("h1")).to_contain_text("Offene Elternsprechstunde")
    mother.go_back()
    address = mother.url
    mother.get_by_role("link", name="Alle Termine").click()
    narrow(mother)
    seeing = visitor(viewport=PHONE).new_page()
    for page in ("/familienzentren/", address, f"{address}termine/"):
        seeing.goto(page)
        assert violations(seeing) == []
    lead.goto(desk)
    expect(lead.locator("main")).to_contain_text(re.compile(f"{HOUSE}\\s*gehört dazu"))


def test_both_plan_a_month_and_nobody_else_sees_it(visitor: Visitor, violations: Violations) -> None:
    lead, kita = at_work(visitor, PROVIDER), at_work(visitor, KITA)
    plan(lead, places=12)
    desk = found(lead, "Familienzentrum Töpferviertel")
    kita.goto("/familienzentren/verwalten/")
    kita.get_by_role("button", name="Ja, wir gehören dazu").click()
    plan(kita, places=12)
    kita.goto("/familienzentren/verwalten/")
    kita.get_by_role("link", name="Zusammen planen").click()
    kita.locator("summary", has_text="Etwas notieren").click()
    kita.get_by_label("Was planen Sie?").fill("Herr Peter Schmitz bringt die Bänke")
    kita.get_by_role("button", name="Notieren").click()
    expect(kita.locator("main")).to_contain_text("sieht aus wie ein Name")
    assert violations(kita) == []
    kita.get_by_label("Was planen Sie?").fill("Bänke für das Fest holen")
    kita.get_by_label("Wer kümmert sich?").select_option(label=HOUSE)
    kita.get_by_role("button", name="Notieren").click()
    expect(kita.locator("main")).to_contain_text(f"{HOUSE} kümmert sich")
    lead.goto(f"{desk}planen/")
    for _month in range(2):
        if "liegen zur gleichen Zeit" in lead.locator("main").inner_text():
            break
        before = lead.url
        lead.locator(".c-turn a").last.click()
        expect(lead).not_to_have_url(before)
    expect(lead.locator("main")).to_contain_text("liegen zur gleichen Zeit")
    assert violations(lead) == []
    lead.goto(f"{desk}planen/")
    expect(lead.locator("main")).to_contain_text("Bänke für das Fest holen")
    lead.get_by_role("button", name="Erledigt").click()
    expect(lead.get_by_role("button", name="Wieder offen")).to_be_visible()
    lead.goto(f"{desk}luecken/")
    expect(lead.locator("main")).to_contain_text("Nicht gezählt wird, wie viele Plätze es gibt")
    lead.locator("summary", has_text="Alles als Tabelle").click()
    assert violations(lead) == []
    for email in ("", STRANGER):
        other = at_work(visitor, email) if email else visitor().new_page()
        for end in ("", "planen/", "luecken/", "aendern/"):
            other.goto(f"{desk}{end}")
            expect(other.locator("body")).not_to_contain_text("Bänke")
            expect(other.locator("body")).not_to_contain_text("Töpferviertel")
