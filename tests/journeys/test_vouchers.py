"""A voucher from an office to a mother's phone to a club: taken once, settled once, and nobody sees more than they must."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail as outbox
from playwright.sync_api import Page, expect

from lueckenlos.core import clock
from tests.browser.fixtures import PHONE, Violations, Visitor
from tests.browser.reading import arrived
from tests.journeys.test_taking_part import COORDINATION, PROVIDER, at_work, narrow

pytestmark = pytest.mark.browser

PAYER, GIVER = "praeventionskraft@example.org", "familienbuero@example.org"
CODE = re.compile(r"/gutscheine/gutschein/([0-9A-Z-]+)/")


def pay(page: Page, title: str, *, many: int) -> str:
    """An office gives vouchers that the Familienbüro hands out; gives the address of its desk."""
    today = clock.real_today()
    page.goto("/gutscheine/verwalten/neu/")
    page.get_by_label("Name", exact=False).first.fill(title)
    page.get_by_label("Wert in Euro").fill("25,50")
    page.get_by_label("Wie viele?").fill(str(many))
    page.get_by_label("Gültig von").fill(today.isoformat())
    page.get_by_label("Gültig bis einschließlich").fill((today + timedelta(days=60)).isoformat())
    page.get_by_role("button", name="Anlegen").click()
    page.get_by_label("Wer soll ausgeben?").select_option(label="Kreis Düren")
    page.get_by_role("button", name="Hinzufügen").click()
    expect(page.locator("main")).to_contain_text("Kreis Düren")
    return arrived(page, "/gutscheine/verwalten/[0-9a-f-]{36}/")


def offer(page: Page, title: str) -> None:
    """A club plans a course that costs something."""
    page.goto("/programme/neu/")
    day = clock.real_today() + timedelta(days=20)
    page.get_by_label("Tag", exact=True).fill(day.isoformat())
    page.get_by_label("Von", exact=True).fill("15:00")
    page.get_by_label("Bis", exact=True).fill("16:30")
    page.get_by_label("Nicht in den Schulferien").uncheck()
    page.get_by_label("Was ist es?").select_option(label="Sport")
    page.get_by_label("Titel").fill(title)
    page.get_by_label("Alter von").fill("6")
    page.get_by_label("Alter bis").fill("10")
    page.get_by_label("Ort mit Adresse").fill("Turnhalle, Beispielweg 1, Titz")
    page.get_by_label("Preise für eine Person").fill("Kind 30")
    page.get_by_role("button", name="Als Entwurf anlegen").click()
    page.get_by_role("button", name="Veröffentlichen").click()


def hand_out(page: Page, title: str, *, age: int) -> str:
    """The Familienbüro hands one out and sends it; gives its address as the mail told it."""
    page.goto("/gutscheine/verwalten/")
    page.get_by_role("link", name=f"Ausgeben: {title}").click()
    page.get_by_label("Wie alt ist das Kind?").fill(str(age))
    page.get_by_role("button", name="Ausgeben").click()
    desk = arrived(page, "/gutscheine/verwalten/gutschein/[0-9a-f-]{36}/")
    page.locator("summary", has_text="Per E-Mail schicken").click()
    page.get_by_label("E-Mail-Adresse").fill("mutter@example.org")
    page.get_by_role("button", name="Schicken").first.click()
    expect(page.locator("body")).to_contain_text("Verschickt.")
    return desk


def sent() -> str:
    """The address in the last letter."""
    found = CODE.search(str(outbox.outbox[-1].body))
    assert found is not None
    return found[0]


def take(page: Page, own: str, *, title: str) -> None:
    """The club scans the code with a phone on which somebody is signed in."""
    page.goto(own)
    page.get_by_label("Für welches Programm?").select_option(label=f"{title} · Kind: 30 Euro")
    page.get_by_role("button", name="Einlösen").click()


def test_a_voucher_is_shown_on_a_phone_and_taken_once(visitor: Visitor, violations: Violations) -> None:
    pay(at_work(visitor, PAYER), "Turn-Gutschein", many=2)
    club = at_work(visitor, PROVIDER)
    offer(club, "Turnen in Titz")
    mother = visitor(viewport=PHONE, java_script_enabled=False).new_page()
    mother.goto("/gutscheine/")
    narrow(mother)
    expect(mother.locator("main")).to_contain_text("25,50 Euro")
    mother.get_by_label("Alter des Kindes").fill("8")
    mother.get_by_role("button", name="Zeigen").click()
    expect(mother.locator("main")).to_contain_text("Turnen in Titz")
    hand_out(at_work(visitor, GIVER), "Turn-Gutschein", age=8)
    own = sent()
    mother.goto(own)
    narrow(mother)
    expect(mother.locator("main")).to_contain_text("Er gilt einmal")
    expect(mother.locator("body")).not_to_contain_text("Bei uns einlösen")
    seeing = visitor(viewport=PHONE).new_page()
    for page in ("/gutscheine/", own):
        seeing.goto(page)
        assert violations(seeing) == []
    take(club, own, title="Turnen in Titz")
    expect(club.locator("body")).to_contain_text("Eingelöst: 25,50 Euro")
    mother.reload()
    expect(mother.locator("main")).to_contain_text("Schon eingelöst")
    club.goto("/gutscheine/verwalten/einloesen/")
    club.get_by_label("Code des Gutscheins").fill(own.strip("/").rpartition("/")[2].lower())
    club.get_by_role("button", name="Einlösen").click()
    expect(club.locator("main")).to_contain_text("Dieser Gutschein ist schon eingelöst.")
    assert violations(club) == []


def test_a_month_is_settled_and_nobody_sees_more_than_they_must(
    visitor: Visitor, violations: Violations
) -> None:
    payer, giver, club = (at_work(visitor, email) for email in (PAYER, GIVER, PROVIDER))
    scheme = pay(payer, "Sprung-Gutschein", many=2)
    assert violations(payer) == []
    offer(club, "Springen in Titz")
    desk = hand_out(giver, "Sprung-Gutschein", age=8)
    assert violations(giver) == []
    club.goto(sent())
    assert violations(club) == []
    take(club, sent(), title="Springen in Titz")
    assert violations(club) == []
    giver.goto(desk)
    expect(giver.locator("main")).to_contain_text("eingelöst")
    expect(giver.locator("main")).not_to_contain_text("Springen in Titz")
    payer.goto(scheme)
    expect(payer.locator("main")).to_contain_text("1 von 2 ausgegeben, 1 eingelöst")
    payer.get_by_role("button", name=re.compile("^Abrechnen: Stadtteilzentrum Nord")).click()
    expect(payer.locator("main")).to_contain_text("abgerechnet am")
    assert violations(payer) == []
    club.goto("/gutscheine/verwalten/")
    expect(club.locator("main")).to_contain_text("abgerechnet")
    expect(club.locator("main")).not_to_contain_text("8 Jahre")
    for email in ("", COORDINATION, PROVIDER):
        other = at_work(visitor, email) if email else visitor().new_page()
        for address in (scheme, desk):
            other.goto(address)
            expect(other.locator("body")).not_to_contain_text("Sprung-Gutschein")


def test_too_old_leaves_the_voucher_good_and_the_stock_ends(visitor: Visitor, violations: Violations) -> None:
    payer = at_work(visitor, PAYER)
    pay(payer, "Ball-Gutschein", many=1)
    club, giver = at_work(visitor, PROVIDER), at_work(visitor, GIVER)
    offer(club, "Ballspiele in Titz")
    desk = hand_out(giver, "Ball-Gutschein", age=14)
    own = sent()
    take(club, own, title="Ballspiele in Titz")
    expect(club.locator("main")).to_contain_text("Das Alter passt nicht zu diesem Programm.")
    club.goto(own)
    expect(club.get_by_role("button", name="Einlösen")).to_be_visible()
    giver.goto("/gutscheine/verwalten/")
    expect(giver.locator("li", has_text="Ball-Gutschein").first).to_contain_text("keiner mehr da")
    giver.goto(desk)
    giver.locator("summary", has_text="Zurücknehmen").click()
    giver.get_by_role("button", name="Ja, zurücknehmen").click()
    expect(giver.locator("body")).to_contain_text("Der Gutschein gilt nicht mehr.")
    giver.goto("/gutscheine/verwalten/")
    expect(giver.get_by_role("link", name="Ausgeben: Ball-Gutschein")).to_be_visible()
    club.goto(own)
    expect(club.locator("main")).to_contain_text("Dieser Link öffnet nichts")
    payer.goto("/gutscheine/verwalten/luecken/")
    expect(payer.locator("main")).to_contain_text("fehlt")
    assert violations(payer) == []
