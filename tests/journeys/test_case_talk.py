"""Several offices at one table: without a consent nobody sees a case, with it each just its part, and it can be gone."""

from __future__ import annotations

import re
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from playwright.sync_api import Page, expect

from lueckenlos.care.cases import services as cases
from lueckenlos.care.cases.types import Channel
from lueckenlos.care.talks import selectors, services
from lueckenlos.commons.accounts import selectors as accounts
from lueckenlos.commons.accounts import work
from lueckenlos.commons.families import services as families
from lueckenlos.commons.families.types import NewPerson
from lueckenlos.commons.privacy import selectors as privacy
from lueckenlos.commons.privacy import services as consents
from lueckenlos.commons.privacy.types import (
    Category,
    ConsentForm,
    NewParty,
    PartyRole,
    Purpose,
    ScopeValue,
    WithdrawalWay,
)
from lueckenlos.config.demo_talks import lay_demo_series
from lueckenlos.core import clock
from lueckenlos.core.actor import Actor
from tests.browser.fixtures import DESKTOP, PHONE, Violations, Visitor
from tests.journeys.test_upkeep import enter

pytestmark = pytest.mark.browser

HOST, SCHOOL, HEALTH = "Präventionskraft", "Präventionskraft Schule", "Präventionskraft Gesundheit"
WORRY, DOCTOR = "Das Kind schläft kaum.", "Ein Termin beim Arzt steht aus."


def acting(email: str, purpose: str | None = None) -> Actor:
    """Somebody of the demo at work."""
    person = accounts.demo_person(email)
    assert person is not None
    standing = accounts.standing_of(person, today=clock.real_today())
    return work.at_work(standing.actor, purpose=purpose)


def family(worker: Actor) -> tuple[UUID, UUID, UUID]:
    """A case of the worker with a mother and her child."""
    now = clock.real_now()
    opened = cases.open_case(cases.NewCase(pathway="beratung", channel=Channel.OFFICE), actor=worker, now=now)
    mother, child = uuid4(), uuid4()
    families.add_person(
        opened.file,
        new=NewPerson("Mara", "Muster"),
        party=NewParty(mother, PartyRole.MOTHER),
        actor=worker,
        now=now,
    )
    families.add_person(
        opened.file,
        new=NewPerson("Lio", "Muster", born_on=date(2018, 3, 4)),
        party=NewParty(child, PartyRole.CHILD, of_age_at=now + timedelta(days=3000), guardians=(mother,)),
        actor=worker,
        now=now,
    )
    return opened.file, mother, child


def agree(
    worker: Actor, file: UUID, *, mother: UUID, child: UUID, scopes: dict[UUID, tuple[Category, ...]]
) -> UUID:
    """The mother agrees, office by office."""
    now = clock.real_now()
    text = services.consent_text("de")
    return consents.record_consent(
        file,
        new=consents.NewConsent(
            text=text.id,
            given_by=mother,
            subject=child,
            scopes=tuple(
                ScopeValue(Purpose.CASE_TALK, category, office)
                for office, categories in scopes.items()
                for category in categories
            ),
            form=ConsentForm.PAPER,
            given_at=now,
            valid_until=now + timedelta(days=100),
        ),
        actor=worker,
    )


def write(page: Page, category: str, text: str) -> None:
    """Whoever has the case adds one part."""
    page.get_by_text("Angabe Ihres Amtes hinzufügen").click()
    form = page.locator("form", has=page.locator("input[name=stimme][value=office]"))
    form.get_by_label("Was für eine Angabe ist das?").select_option(category)
    form.get_by_label("Was sollen die anderen wissen?").fill(text)
    form.get_by_role("button", name="Eintragen").click()


def bring(
    visitor: Visitor, *, talk: UUID, file: UUID, viewport: dict[str, int], violations: Violations
) -> tuple[Page, UUID]:
    """The worker brings the case and says two things about it."""
    bringer = visitor(viewport=viewport).new_page()
    enter(bringer, "Fachkraft")
    bringer.goto(f"/gespraeche/{talk}/bringen/fall/{file}/")
    bringer.get_by_label("Lio Muster").check()
    bringer.get_by_role("button", name="Weiter zur Einwilligung").click()
    expect(bringer.get_by_role("heading", level=1)).to_have_text("Welche Ämter dürfen mithören?")
    assert violations(bringer) == []
    item = re.search(r"/fall/([0-9a-f-]{36})/", bringer.url)
    assert item is not None
    url = f"/gespraeche/fall/{item[1]}/"
    bringer.goto(url)
    write(bringer, "situation", WORRY)
    write(bringer, "health", DOCTOR)
    return bringer, UUID(item[1])


def colleagues_find_nothing(
    visitor: Visitor, *, talk: UUID, url: str, pseudonym: str, viewport: dict[str, int]
) -> dict[str, Page]:
    """Nobody else sees the case, not even that there is one."""
    colleagues = {}
    for role in (HOST, SCHOOL, HEALTH):
        page = visitor(viewport=viewport).new_page()
        enter(page, role)
        colleagues[role] = page
        answer = page.goto(url)
        assert answer is not None and answer.status == 404
        page.goto(f"/gespraeche/{talk}/")
        expect(page.get_by_text(pseudonym)).to_have_count(0)
        expect(page.locator(".rt-item__number").last).to_have_text("3")
    return colleagues


def hold_the_talk(host: Page, bringer: Page, *, talk: UUID, url: str, violations: Violations) -> None:
    """Presence, then the case is called up, and what is agreed becomes a task with a day."""
    host.goto(f"/gespraeche/{talk}/")
    host.get_by_role("button", name="Gespräch beginnen").click()
    host.get_by_role("button", name="Präventionskraft Schule ist da").click()
    expect(host.get_by_role("button", name="Präventionskraft Schule geht")).to_be_visible()
    assert violations(host) == []
    bringer.goto(f"/gespraeche/{talk}/")
    bringer.get_by_role("button", name="Ich bin im Raum").click()
    bringer.goto(url)
    bringer.get_by_role("button", name="Jetzt besprechen").click()
    bringer.get_by_text("Ergebnis festhalten").click()
    bringer.get_by_label("Was kam heraus?").fill("Die Schule sucht einen ruhigen Platz.")
    bringer.get_by_label("Etwas verabredet").check()
    bringer.locator("#ergebnis").get_by_role("button", name="Speichern").click()
    bringer.get_by_text("Etwas verabreden", exact=True).click()
    bringer.get_by_label("Wer?").select_option(label="Amt für Schule und Bildung: Präventionskraft Schule")
    bringer.get_by_label("Was?", exact=True).fill("Platz suchen")
    bringer.get_by_label("Bis wann?").fill((clock.real_today() + timedelta(days=4)).isoformat())
    bringer.get_by_role("button", name="Verabreden").click()


def what_was_agreed_is_a_task(reader: Page, bringer: Page, *, pseudonym: str) -> None:
    """The school finds a place; the worker tells the family."""
    reader.goto("/aufgaben/")
    expect(reader.get_by_text(f"{pseudonym}: Platz suchen")).to_be_visible()
    bringer.goto("/aufgaben/")
    # Five working days are more than a week at times: then it stands among what comes later.
    if (later := bringer.locator("summary", has_text="Später")).count():
        later.click()
    expect(bringer.get_by_text("der Familie sagen, was im Gespräch der Ämter herauskam")).to_be_visible()


def the_record_stays_lawful(host: Page, bringer: Page, *, talk: UUID, pseudonym: str) -> None:
    """Without names, with its day of deletion, and nothing of the case for the others."""
    host.goto(f"/gespraeche/{talk}/")
    host.get_by_text("Gespräch beenden").first.click()
    host.get_by_role("button", name="Gespräch beenden").click()
    expect(host.get_by_role("heading", level=1)).to_have_text("Protokoll")
    expect(host.get_by_text("gelöscht").first).to_be_visible()
    expect(host.get_by_text(pseudonym)).to_have_count(0)
    bringer.goto(f"/gespraeche/{talk}/protokoll/")
    expect(bringer.get_by_text("Die Schule sucht einen ruhigen Platz.")).to_be_visible()
    expect(bringer.get_by_text("Muster")).to_have_count(0)


def an_outsider_finds_nothing(visitor: Visitor, *, talk: UUID, url: str, viewport: dict[str, int]) -> None:
    outsider = visitor(viewport=viewport).new_page()
    enter(outsider, "Familienbüro")
    for path in (url, f"/gespraeche/{talk}/", f"/gespraeche/{talk}/protokoll/"):
        answer = outsider.goto(path)
        assert answer is not None and answer.status == 404


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_case_is_heard_only_as_far_as_the_mother_agreed_and_goes_while_a_page_is_open(
    visitor: Visitor, violations: Violations, viewport: dict[str, int]
) -> None:
    assert lay_demo_series(clock.real_now())
    worker = acting("fachkraft@example.org")
    school = acting("praevention-schule@example.org", "case_talk")
    health = acting("praevention-gesundheit@example.org", "case_talk")
    file, mother, child = family(worker)
    talk = selectors.next_talks(school, now=clock.real_now())[0]
    bringer, item = bring(visitor, talk=talk.id, file=file, viewport=viewport, violations=violations)
    url = f"/gespraeche/fall/{item}/"
    name = selectors.item(acting("fachkraft@example.org", "case_talk"), item)
    assert name is not None
    colleagues = colleagues_find_nothing(
        visitor, talk=talk.id, url=url, pseudonym=name.pseudonym, viewport=viewport
    )

    # With a consent each sees just the categories agreed.
    assert school.organization is not None and health.organization is not None
    consent = agree(
        worker,
        file,
        mother=mother,
        child=child,
        scopes={
            school.organization: (Category.SITUATION, Category.AGREEMENTS),
            health.organization: (Category.SITUATION, Category.HEALTH),
        },
    )
    bringer.goto(url)
    expect(bringer.get_by_text("3 von 5 Ämtern dürfen diesen Fall hören.").first).to_be_visible()
    assert violations(bringer) == []
    reader = colleagues[SCHOOL]
    reader.goto(url)
    expect(reader.get_by_text(WORRY)).to_be_visible()
    expect(reader.get_by_text(DOCTOR)).to_have_count(0)
    expect(reader.get_by_text("Lio")).to_have_count(0)
    assert violations(reader) == []
    colleagues[HEALTH].goto(url)
    expect(colleagues[HEALTH].get_by_text(DOCTOR)).to_be_visible()

    host = colleagues[HOST]
    hold_the_talk(host, bringer, talk=talk.id, url=url, violations=violations)
    what_was_agreed_is_a_task(reader, bringer, pseudonym=name.pseudonym)
    told = privacy.disclosures_of(worker, file)
    assert {each.organization for each in told} >= {school.organization}

    # The mother takes it back while the colleague has the page open: it goes by itself, and so does the task.
    reader.goto(url)
    expect(reader.get_by_text(WORRY)).to_be_visible()
    consents.withdraw(consent, way=WithdrawalWay.WORD, actor=worker, now=clock.real_now())
    expect(reader.get_by_text(WORRY)).to_have_count(0, timeout=15_000)
    expect(reader.get_by_text("Diese Seite gibt es nicht").first).to_be_visible()
    reader.goto("/aufgaben/")
    expect(reader.get_by_text("Platz suchen")).to_have_count(0)

    the_record_stays_lawful(host, bringer, talk=talk.id, pseudonym=name.pseudonym)
    an_outsider_finds_nothing(visitor, talk=talk.id, url=url, viewport=viewport)
