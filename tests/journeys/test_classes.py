"""A family class from the teacher's talk to the report: parents look, say yes, and only then a name stands anywhere."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from lueckenlos.core import clock
from lueckenlos.kernels.schedule import is_public_holiday, is_school_holiday
from tests.browser.fixtures import PHONE, Violations, Visitor
from tests.browser.reading import arrived
from tests.core.databases import past_the_wall
from tests.journeys.test_taking_part import COORDINATION, STRANGER, at_work, narrow

pytestmark = pytest.mark.browser

SCHOOL = "schule@example.org"
TABLES = (
    "classes_invitation",
    "classes_secondparent",
    "classes_member",
    "classes_goal",
    "classes_rating",
    "classes_attendance",
)


def school_day(today: date) -> date:
    """The next day on which there is school."""
    days = (today + timedelta(days=number) for number in range(1, 70))
    return next(
        each
        for each in days
        if each.isoweekday() < 6 and not is_public_holiday(each) and not is_school_holiday(each)
    )


def found(desk: Page, *, places: int = 8) -> str:
    """A class with its fixed morning, and one more that runs today."""
    today = clock.real_today()
    first = school_day(today)
    desk.goto("/familienklassen/neu/")
    desk.get_by_label("Erster Vormittag").fill(first.isoformat())
    desk.get_by_label("Letzter Vormittag").fill((first + timedelta(weeks=12)).isoformat())
    desk.get_by_label("Von", exact=True).fill("08:00")
    desk.get_by_label("Bis", exact=True).fill("11:30")
    desk.get_by_label("Name", exact=True).fill("Familienklasse Titz")
    desk.get_by_label("Schule, Raum und Adresse").fill("Grundschule Titz, Raum 3")
    desk.get_by_label("Plätze für Familien").fill(str(places))
    desk.get_by_role("button", name="Anlegen").click()
    desk.locator("summary", has_text="Einen Vormittag hinzufügen").click()
    desk.get_by_label("Tag", exact=True).fill(today.isoformat())
    desk.get_by_label("Von", exact=True).fill("00:00")
    desk.get_by_label("Bis", exact=True).fill("23:59")
    desk.get_by_role("button", name="Vormittag hinzufügen").click()
    return arrived(desk, "/familienklassen/[0-9a-f-]{36}/")


def invite(desk: Page, manage: str) -> str:
    """The teacher has talked; gives the link that the parents get."""
    desk.goto(manage)
    desk.get_by_role("button", name="Einladung festhalten").click()
    desk.get_by_role("button", name="Link zeigen").click()
    return desk.locator(".c-link a").get_attribute("href") or ""


def say_yes(page: Page, link: str, *, desk: Page, manage: str) -> None:
    """Choose today's morning, be seen there by the teacher, then yes."""
    page.goto(link)
    page.locator("input[name=morning]").first.check()
    page.get_by_role("button", name="An diesem Vormittag kommen wir").click()
    expect(page.locator("main")).to_contain_text("Wir freuen uns auf Ihren Besuch")
    desk.goto(manage)
    desk.get_by_role("link", name="Wer ist da?").click()
    desk.locator(".c-tick", has_text="war da").last.click()
    desk.get_by_role("button", name="Speichern").click()
    page.reload()
    page.get_by_role("button", name="Ja, wir machen mit").click()


def join(page: Page, *, child: str, parent: str) -> None:
    """Write who comes."""
    page.get_by_label("Vorname des Kindes").fill(child)
    page.get_by_label("Ihr Name").fill(parent)
    page.get_by_label("Ich entscheide das für mein Kind").check()
    page.get_by_label("Ich bin einverstanden").check()
    page.get_by_role("button", name="Speichern und mitmachen").click()


def rows_of(url: str) -> dict[str, int]:
    """How many rows each closed table of the room holds, past the wall."""
    with past_the_wall(url) as superuser:
        counted = {}
        for table in TABLES:
            row = superuser.execute(f"SELECT count(*) FROM {table}").fetchone()
            assert row is not None
            counted[table] = row[0]
    return counted


def test_a_mother_looks_says_yes_and_only_then_a_name_stands_here(
    visitor: Visitor, violations: Violations, own_database: str
) -> None:
    desk = at_work(visitor, SCHOOL)
    manage = found(desk)
    assert violations(desk) == []
    link = invite(desk, manage)
    assert violations(desk) == []
    mother = visitor(viewport=PHONE, java_script_enabled=False).new_page()
    mother.goto(link)
    expect(mother.locator("main")).to_contain_text("Kein Name.")
    narrow(mother)
    seeing = visitor(viewport=PHONE).new_page()
    for address in ("/familienklasse/", link):
        seeing.goto(address)
        assert violations(seeing) == []
    mother.get_by_role("button", name="An diesem Vormittag kommen wir").click()
    expect(mother.locator("main")).to_contain_text("Bitte wählen Sie einen Vormittag.")
    say_yes(mother, link, desk=desk, manage=manage)
    assert rows_of(own_database) == dict.fromkeys(TABLES, 0) | {"classes_invitation": 1}
    expect(mother.locator("main")).to_contain_text("Ein Platz ist für Sie frei gehalten")
    narrow(mother)
    seeing.reload()
    assert violations(seeing) == []
    join(mother, child="Mila", parent="Ayşe Yılmaz")
    expect(mother.locator("h1")).to_have_text("Mila in der Familienklasse")
    narrow(mother)
    desk.goto(manage)
    expect(desk.locator("main")).to_contain_text("7 Plätze frei")
    desk.get_by_role("link", name="Mila").click()
    address = desk.url
    for outsider in ("", STRANGER, COORDINATION):
        other = at_work(visitor, outsider) if outsider else visitor().new_page()
        for page in (address, manage, f"{manage}bericht/", "/familienklassen/", "/familienklasse/"):
            other.goto(page)
            expect(other.locator("body")).not_to_contain_text("Mila")


def take_part(visitor: Visitor, desk: Page, manage: str) -> tuple[Page, str]:
    """A mother takes part with Mila, who gets two goals; gives her page and the child's page at the desk."""
    mother = visitor(viewport=PHONE).new_page()
    say_yes(mother, invite(desk, manage), desk=desk, manage=manage)
    join(mother, child="Mila", parent="Ayşe Yılmaz")
    desk.goto(manage)
    desk.get_by_role("link", name="Mila").click()
    for words in ("Ich melde mich.", "Ich packe meine Tasche."):
        desk.get_by_label("Neues Ziel").fill(words)
        desk.get_by_role("button", name="Ziel festhalten").click()
    return mother, desk.url


def note(phone: Page, manage: str) -> None:
    """Both are there, and the first goal went well."""
    phone.goto(manage)
    phone.get_by_role("link", name="Wer ist da?").click()
    phone.locator(".c-tick", has_text="Kind da").click()
    phone.locator(".c-tick", has_text="Eltern da").click()
    phone.locator("summary", has_text="Wie ging es?").click()
    phone.locator(".c-goal").first.locator(".c-choice").nth(3).click()


def test_a_morning_is_noted_and_three_look_at_a_goal(visitor: Visitor, violations: Violations) -> None:
    desk = at_work(visitor, SCHOOL)
    manage = found(desk)
    mother, _family = take_part(visitor, desk, manage)
    assert violations(desk) == []
    phone = at_work(visitor, SCHOOL)
    phone.set_viewport_size(PHONE)
    note(phone, manage)
    assert violations(phone) == []
    narrow(phone)
    phone.get_by_role("button", name="Speichern").click()
    expect(phone.locator("body")).to_contain_text("Gespeichert: ein Kind war da.")
    expect(phone.get_by_label("Kind da")).to_be_checked()
    phone.get_by_role("button", name="Mila").click()
    tablet = visitor(viewport={"width": 1024, "height": 768}).new_page()
    tablet.goto(arrived(phone, "/familienklasse/kind/[^/]+/"))
    expect(tablet.locator("h1")).to_have_text("Mila, wie ging es heute?")
    assert violations(tablet) == []
    expect(tablet.get_by_role("link")).to_have_count(1)  # to the content of this page
    tablet.get_by_role("button", name="sehr gut").click()
    expect(tablet.locator("main")).to_contain_text("Ich packe meine Tasche.")
    narrow(tablet)
    tablet.get_by_role("button", name="geht so").click()
    expect(tablet.locator("main")).to_contain_text("Gib das Tablet jetzt wieder zurück.")
    assert violations(tablet) == []
    tablet.get_by_role("link", name="Noch einmal: Ich packe meine Tasche.").click()
    tablet.get_by_role("button", name="nicht so gut").click()
    expect(tablet.locator("main")).to_contain_text("Gib das Tablet jetzt wieder zurück.")
    mother.reload()
    mother.locator(".c-goal").first.locator(".c-choice", has_text="geht so").click()
    mother.locator("section[aria-labelledby=ziele]").get_by_role("button", name="Speichern").click()
    first = mother.locator(".c-progress").first
    expect(first.locator("svg.c-picture")).to_be_visible()
    first.locator("summary", has_text="Als Tabelle").click()
    expect(first.locator("tbody tr")).to_contain_text(["sehr gutgeht sogut"])
    assert violations(mother) == []
    narrow(mother)


def test_the_report_names_nobody_and_a_family_may_stop_at_any_time(
    visitor: Visitor, violations: Violations
) -> None:
    desk = at_work(visitor, SCHOOL)
    manage = found(desk)
    mother, family = take_part(visitor, desk, manage)
    note(desk, manage)
    desk.get_by_role("button", name="Speichern").click()
    desk.goto(family)
    desk.get_by_role("button", name="erreicht: Ich melde mich.").click()
    expect(desk.locator("main")).to_contain_text("erreicht am")
    assert violations(desk) == []
    desk.goto(f"{manage}bericht/")
    expect(desk.locator("tr", has_text="Erreichte Ziele")).to_contain_text("1")
    for word in ("Mila", "Ayşe", "Ich melde mich", "A1"):
        expect(desk.locator("main")).not_to_contain_text(word)
    assert violations(desk) == []
    mother.locator("summary", has_text="Nicht mehr mitmachen").click()
    mother.get_by_role("button", name="Ja, wir hören auf").click()
    expect(mother.locator("main")).to_contain_text("Diese Einladung gilt nicht mehr")
    assert violations(mother) == []
    desk.goto(manage)
    expect(desk.locator("main")).not_to_contain_text("Mila")


def test_who_says_yes_when_all_places_are_taken_waits_without_a_name(
    visitor: Visitor, violations: Violations
) -> None:
    desk = at_work(visitor, SCHOOL)
    manage = found(desk, places=1)
    first, second = (visitor(viewport=PHONE).new_page() for _ in range(2))
    for page in (first, second):
        say_yes(page, invite(desk, manage), desk=desk, manage=manage)
    expect(second.locator("main")).to_contain_text("Sie warten auf einen Platz")
    assert violations(second) == []
    desk.goto(manage)
    expect(desk.locator("main")).to_contain_text("alle Plätze sind vergeben")
    desk.get_by_role("link", name="Familie A1").click()
    desk.locator("summary", has_text="Beenden").click()
    desk.get_by_role("button", name="Ja, beenden").click()
    second.reload()
    expect(second.locator("main")).to_contain_text("Ein Platz ist für Sie frei gehalten")
    first.reload()
    expect(first.locator("main")).to_contain_text("Diese Einladung gilt nicht mehr")


def ask_the_other(desk: Page, manage: str, violations: Violations) -> str:
    """The school asks the parent who lives apart; gives the second link."""
    desk.goto(manage)
    desk.get_by_role("link", name="Familie A1").click()
    desk.locator("summary", has_text="Einen zweiten Link anlegen").click()
    desk.get_by_label("Beide entscheiden").check()
    desk.get_by_label("Der erste Elternteil weiß davon").check()
    assert violations(desk) == []
    desk.get_by_role("button", name="Anlegen").click()
    desk.get_by_role("button", name="Zweiten Link zeigen").click()
    link = desk.locator(".c-link a").get_attribute("href") or ""
    assert violations(desk) == []
    return link


def agree(father: Page, link: str, violations: Violations) -> None:
    """The parent who lives apart says yes."""
    father.goto(link)
    expect(father.locator("main")).to_contain_text("Sind Sie einverstanden?")
    assert violations(father) == []
    narrow(father)
    father.get_by_label("Ihr Name").fill("Jörg Beispiel")
    father.get_by_label("E-Mail-Adresse").fill("joerg@example.org")
    father.get_by_label("Ich bin einverstanden").check()
    father.get_by_role("button", name="Ja, ich bin einverstanden").click()
    expect(father.locator("main")).to_contain_text("So geht es voran")


def test_parents_who_live_apart_both_say_yes_and_never_meet_on_a_page(
    visitor: Visitor, violations: Violations
) -> None:
    desk = at_work(visitor, SCHOOL)
    manage = found(desk)
    mother, father = (visitor(viewport=PHONE).new_page() for _ in range(2))
    say_yes(mother, invite(desk, manage), desk=desk, manage=manage)
    link = ask_the_other(desk, manage, violations)
    mother.reload()
    expect(mother.locator("main")).to_contain_text("Er hat noch nicht geantwortet.")
    expect(mother.get_by_label("Vorname des Kindes")).to_have_count(0)
    assert violations(mother) == []
    narrow(mother)
    agree(father, link, violations)
    mother.reload()
    expect(mother.get_by_label("Ich entscheide das für mein Kind")).to_have_count(0)
    mother.get_by_label("Vorname des Kindes").fill("Mila")
    mother.get_by_label("Ihr Name").fill("Ayşe Yılmaz")
    mother.get_by_label("Ich bin einverstanden").check()
    mother.get_by_role("button", name="Speichern und mitmachen").click()
    expect(mother.locator("h1")).to_have_text("Mila in der Familienklasse")
    desk.goto(manage)
    desk.get_by_role("link", name="Mila").click()
    expect(desk.locator("main")).to_contain_text("Jörg Beispiel")
    desk.get_by_label("Neues Ziel").fill("Ich melde mich.")
    desk.get_by_role("button", name="Ziel festhalten").click()
    father.reload()
    expect(father.locator("main")).to_contain_text("Ich melde mich.")
    expect(father.locator("body")).not_to_contain_text("Yılmaz")
    expect(mother.locator("body")).not_to_contain_text("Jörg")
    assert violations(father) == []
    narrow(father)
    father.locator("summary", has_text="Nicht mehr einverstanden").click()
    father.get_by_role("button", name="Ja, ich sage Nein").click()
    expect(father.locator("main")).to_contain_text("Dieser Link öffnet nichts mehr.")
    mother.reload()
    expect(mother.locator("main")).to_contain_text("Diese Einladung gilt nicht mehr")
