"""The front door: a mother writes in Turkish, a caller stays nobody, a child comes alone, nothing stays unanswered."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core import mail
from django.db import connection
from playwright.sync_api import Page, expect

from lueckenlos.care.cases import selectors as cases
from lueckenlos.care.cases.types import ReferralState
from lueckenlos.care.frontdoor.selectors import receiving_team
from lueckenlos.commons.accounts import selectors as accounts
from lueckenlos.commons.accounts import work
from lueckenlos.commons.directory.models import Organization
from lueckenlos.commons.privacy import services as privacy
from lueckenlos.commons.privacy.types import Category, ConsentForm, Purpose, ScopeValue
from lueckenlos.commons.tasks import services as tasks
from lueckenlos.core import clock
from lueckenlos.core.actor import Actor
from tests.browser.fixtures import DESKTOP, PHONE, SMALL, Violations, Visitor
from tests.browser.reading import arrived
from tests.core.databases import past_the_wall
from tests.journeys.test_upkeep import enter
from tests.wall.world import World

pytestmark = pytest.mark.browser

TURKISH = "Oğlum dokuz yaşında, sürekli öfkeleniyor ve okula gitmek istemiyor."
TAPS_OF_THE_KEYBOARD = 14
CENTRE = "beratung@example.org"


def write(page: Page, words: str, *, path: str = "/anliegen/", young: bool = False) -> str:
    """Write without an account; give the code."""
    page.goto(path)
    page.locator("[name=danger][value=no]").check()
    page.fill("[name=words]", words)
    if young:
        page.fill("[name=age]", "12")
    page.locator("#anliegen button[type=submit]").last.click()
    page.wait_for_url(re.compile("/anliegen/danke/"))
    return page.locator(".fd-code__text").inner_text()


def come_back(page: Page, code: str, *, path: str = "/anliegen/antwort/") -> None:
    """Type the code, on a device that does not remember it."""
    page.context.clear_cookies()
    page.goto(path)
    page.fill("[name=code]", code.lower().replace("-", " "))
    page.locator("main form button[type=submit]").click()
    page.wait_for_load_state()


def counsellor() -> Actor:
    """The Familienbüro's own actor, for what other pages do."""
    user = accounts.demo_person("familienbuero@example.org")
    assert user is not None
    actor = accounts.standing_of(user, today=clock.today()).actor
    receiver = receiving_team(now=clock.real_now())
    return work.at_work(actor, purpose=Purpose.COUNSELLING.value, organization=receiver.organization)


def file_of(page: Page) -> UUID:
    """The request that is open."""
    found = re.search(r"/anliegen/([0-9a-f-]{36})/", arrived(page, "/familienbuero/anliegen/.*"))
    assert found is not None
    return UUID(found[1])


def agree(url: str, file: UUID, *, to: UUID) -> None:
    """The mother agrees on paper, as the consent's own page stores it."""
    actor, now = counsellor(), clock.real_now()
    (record,) = [each for each in cases.records(actor, file) if each.kind == "concern"][:1]
    with past_the_wall(url) as superuser:
        text = World(superuser).text()
    privacy.record_consent(
        file,
        new=privacy.NewConsent(
            text=text,
            given_by=record.about,
            subject=record.about,
            scopes=tuple(
                ScopeValue(Purpose.COUNSELLING, category, to)
                for category in (Category.CONTACT, Category.SITUATION)
            ),
            form=ConsentForm.PAPER,
            given_at=now,
            valid_until=now + timedelta(days=90),
        ),
        actor=actor,
    )


def answer(desk: Page) -> None:
    """Answer the open request with a service and a date."""
    desk.fill("#antwort_words", "Danke, dass Sie schreiben. Kommen Sie gern vorbei.")
    desk.locator("input[name=services]").first.check()
    desk.fill("#antwort_day", clock.day_of(clock.real_now() + timedelta(days=6)).isoformat())
    desk.fill("#antwort_hour", "14:30")
    desk.fill("#antwort_place", "Zimmer 12")
    desk.get_by_role("button", name="Antwort abschicken").click()
    expect(desk.get_by_text("Die Antwort ist da.")).to_be_visible()


def refer(desk: Page, file: UUID, *, url: str) -> None:
    """Send a part of it on: refused without a consent, and done with one."""
    centre = Organization.objects.filter(kind="frei", ended_on=None).first()
    assert centre is not None
    Organization.objects.filter(pk=centre.pk).update(email=CENTRE)
    send = desk.locator("form[action$='/vermitteln/'] button[type=submit]")
    desk.locator("summary", has_text="Weitervermitteln").click()
    desk.select_option("#weiter_organization", str(centre.pk))
    desk.locator("[name=with_data][value=yes]").check()
    send.click()
    expect(desk.get_by_text("Dafür fehlt eine Einwilligung").first).to_be_visible()
    agree(url, file, to=centre.pk)
    send.click()
    expect(desk.get_by_text("Weitervermittelt. Wir fragen nach")).to_be_visible()


def test_a_mother_writes_in_turkish_reads_the_answer_and_one_part_goes_on_with_her_consent(
    visitor: Visitor, violations: Violations, own_database: str
) -> None:
    mail.outbox = []
    mother = visitor(viewport=PHONE, locale="tr").new_page()
    code = write(mother, TURKISH, path="/tr/anliegen/")
    expect(mother.get_by_role("heading", level=1)).to_have_text("Mesajınız ulaştı")
    assert violations(mother) == []

    desk = visitor(viewport=DESKTOP).new_page()
    enter(desk, "Familienbüro")
    desk.goto("/familienbuero/")
    row = desk.locator(".fd-row", has_text="Türkisch").first
    expect(row).to_contain_text("Antwort bis")
    assert TURKISH[:20] not in desk.content()  # a screen at the counter shows no words of a family
    row.get_by_role("button", name="Übernehmen").click()
    expect(desk.get_by_text("Das ist jetzt Ihre Aufgabe.")).to_be_visible()
    expect(desk.get_by_text(TURKISH)).to_be_visible()
    assert violations(desk) == []
    desk.get_by_role("button", name="Abschließen").click()
    expect(desk.get_by_text("Nichts endet ohne eine Antwort an die Familie")).to_be_visible()

    answer(desk)
    file = file_of(desk)
    refer(desk, file, url=own_database)

    come_back(mother, code, path="/tr/anliegen/antwort/")
    expect(mother.get_by_text("Kommen Sie gern vorbei.")).to_be_visible()
    expect(mother.get_by_text("Zimmer 12")).to_be_visible()
    assert violations(mother) == []
    mother.locator("button[name=value][value=yes]").click()
    expect(mother.locator(".l-messages")).to_be_visible()

    (letter,) = [each for each in mail.outbox if each.to == [CENTRE]]
    assert "Oğlum" not in str(letter.body)
    link = re.search(r"(/vermittlung/\S+/)", str(letter.body))
    assert link is not None
    receiver = visitor(viewport=PHONE).new_page()
    receiver.goto(link[1])
    assert violations(receiver) == []
    receiver.get_by_role("button", name="Ja, sie ist angekommen").click()
    expect(receiver.get_by_role("heading", level=1)).to_have_text("Danke")
    receiver.goto(link[1])
    expect(receiver.get_by_role("heading", level=1)).to_have_text("Hier ist nichts mehr zu tun")
    assert [each.state for each in cases.referrals_of(counsellor(), file)] == [ReferralState.ARRIVED]


def test_a_caller_who_stays_nobody_is_counted_by_keyboard_in_one_line(visitor: Visitor) -> None:
    page = visitor(viewport=DESKTOP).new_page()
    enter(page, "Familienbüro")
    page.goto("/familienbuero/")
    page.focus("#strich_place")
    keys = page.keyboard
    keys.type("Gürzenich")
    keys.press("Tab")
    # The town has a youth office of its own: its number stands there before the call is over.
    expect(page.locator("#strich-ort")).to_contain_text("Jugendamt der Stadt Düren")
    for _step in range(TAPS_OF_THE_KEYBOARD):
        if page.evaluate("document.activeElement.name") == "outcome":
            break
        keys.press("Tab")
    for _step in range(4):
        keys.press("ArrowDown")
    expect(page.locator("[name=outcome][value=nothing_found]")).to_be_checked()
    keys.press("Enter")
    expect(page.get_by_text("Gezählt.")).to_be_visible()
    expect(page.locator("#strich_place")).to_be_focused()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT reason, municipality_id, count FROM signals_signal WHERE source = 'tally' AND month = %s",
            [clock.real_today().replace(day=1)],
        )
        assert cursor.fetchall() == [("nothing_found", "05358008", 1)]
    page.get_by_role("button", name="Rückgängig").click()
    expect(page.get_by_text("Der Strich ist zurückgenommen.")).to_be_visible()


def test_a_child_of_twelve_comes_alone_and_the_mothers_page_shows_nothing(
    visitor: Visitor, violations: Violations
) -> None:
    mother = visitor(viewport=PHONE).new_page()
    mothers_code = write(mother, "Ich brauche einen Kitaplatz.")
    child = visitor(viewport=SMALL).new_page()
    child.goto("/anliegen/jung/")
    expect(child.get_by_text("Deine Eltern erfahren nichts davon.")).to_be_visible()
    assert violations(child) == []
    code = write(child, "Bei uns wird nur noch geschrien.", path="/anliegen/jung/", young=True)
    expect(child.locator(".l-lead")).to_contain_text("Du bekommst eine Antwort: bis")
    assert violations(child) == []
    come_back(mother, mothers_code)
    expect(mother.get_by_text("Ich brauche einen Kitaplatz.")).to_be_visible()
    assert "geschrien" not in mother.content()
    come_back(child, code)
    expect(child.get_by_text("Bei uns wird nur noch geschrien.")).to_be_visible()
    child.get_by_role("button", name="Fertig: Code auf diesem Gerät vergessen").click()
    child.goto("/anliegen/antwort/")
    assert "geschrien" not in child.content()


def test_danger_comes_before_everything_and_without_script(visitor: Visitor) -> None:
    page = visitor(viewport=SMALL, java_script_enabled=False).new_page()
    page.goto("/anliegen/")
    page.locator("[name=danger][value=yes]").check()
    page.fill("[name=words]", "Er schlägt uns.")
    page.locator("#anliegen button[type=submit]").last.click()
    expect(page.locator("#zuerst a[href='tel:112']")).to_have_count(1)
    expect(page.locator("[name=words]")).to_have_value("Er schlägt uns.")
    page.locator("button[name=trotzdem]").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Das ist angekommen")
    expect(page.locator(".f-crisis a[href^='tel:']").first).to_be_visible()


@pytest.mark.parametrize(
    "role", ["Fachkraft", "Anbieter", "Koordination", "Verwaltung des Hauses", "AKut-Team"]
)
def test_whoever_has_no_business_there_finds_nothing(visitor: Visitor, role: str) -> None:
    family = visitor().new_page()
    write(family, "Ich suche Hilfe.")
    desk = visitor().new_page()
    enter(desk, "Familienbüro")
    desk.goto("/familienbuero/")
    desk.locator(".fd-row__name a").last.click()
    desk.wait_for_url(re.compile("/familienbuero/anliegen/"))
    stranger = visitor().new_page()
    enter(stranger, role)
    for path in ("/familienbuero/", "/familienbuero/strichliste/", desk.url):
        answer = stranger.goto(path)
        assert answer is not None
        assert answer.status == 404, path


def test_what_is_overdue_stands_with_the_head_too(visitor: Visitor, own_database: str) -> None:
    write(visitor().new_page(), "Ich warte schon so lange.")
    with past_the_wall(own_database) as superuser:
        superuser.execute(
            "UPDATE tasks_task SET due_at = now() - interval '2 days' WHERE record_kind = 'case'"
        )
    assert tasks.climb_overdue(clock.real_now()) >= 1
    desk = visitor().new_page()
    enter(desk, "Familienbüro")
    desk.goto("/familienbuero/")
    first = desk.locator(".fd-row").first
    expect(first).to_contain_text("seit 2 Tagen überfällig")
    expect(first).to_contain_text("die Leitung sieht es auch")


def test_the_list_is_printed_in_the_familys_language(visitor: Visitor, tmp_path: Any) -> None:
    page = visitor(java_script_enabled=False).new_page()
    enter(page, "Familienbüro")
    page.goto("/familienbuero/?q=Sohn+rastet+aus&ort=D%C3%BCren")
    page.locator(".fd-put button").first.click()
    page.goto("/familienbuero/liste/")
    page.select_option("#druck_language", "ar")
    with page.expect_download() as download:
        page.get_by_role("button", name="Als PDF").click()
    sheet = tmp_path / "liste.pdf"
    download.value.save_as(sheet)
    assert sheet.read_bytes().startswith(b"%PDF")
