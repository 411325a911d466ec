"""„Meine Daten“ at home: a code from a letter, one person's own page, taken along, taken back, and asked to correct."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from lueckenlos.commons.privacy import asking
from lueckenlos.commons.privacy import selectors as privacy
from lueckenlos.commons.privacy import services as consents
from lueckenlos.commons.privacy.types import Category, ConsentForm, Purpose, ScopeValue
from lueckenlos.core import clock
from tests.browser.fixtures import PHONE, SMALL, Violations, Visitor
from tests.core.pdf_reading import pages
from tests.journeys.households import (
    SCHOOL,
    SCHOOL_OFFICE,
    SCHOOL_ROLE,
    Household,
    acting,
    lay_household,
    lay_own_advice,
    letter_code,
    scrolls_sideways,
    status_of,
)
from tests.journeys.test_upkeep import enter

pytestmark = pytest.mark.browser

HERS, HIS = "Ich schaffe die Abende allein nicht.", "Sie lässt mich das Kind nicht sehen."
CONFIDED = "Er hat Angst, dass sie es erfährt."
ADVICE = "Zu Hause wird nur noch geschrien."


@pytest.fixture
def household(house: str) -> Household:
    """What she said, what he said about himself and, in confidence, about her; and she agreed for her own data."""
    laid = lay_household()
    laid.write(HERS, about=laid.mother)
    laid.write(HIS, about=laid.father)
    laid.write(CONFIDED, about=laid.mother, is_confided=True, confided_by=laid.father)
    now = clock.real_now()
    office = acting(SCHOOL).organization
    assert office is not None
    consents.record_consent(
        laid.file,
        new=consents.NewConsent(
            text=next(each.id for each in privacy.texts(language="de") if each.code == "krise"),
            given_by=laid.mother,
            subject=laid.mother,
            scopes=(ScopeValue(Purpose.CRISIS, Category.SITUATION, office),),
            form=ConsentForm.PAPER,
            given_at=now,
            valid_until=now + timedelta(days=100),
        ),
        actor=laid.worker,
    )
    return laid


def his(household: Household) -> tuple[str, ...]:
    """Every word by which her page would give away something of her former partner."""
    return ("Ivo", "ivo.muster", "Gartenweg", "Jülich", HIS, CONFIDED, str(household.father))


def absent(text: str, *words: str) -> None:
    assert [word for word in words if word in text] == []


def come_home(page: Page, code: str) -> None:
    """Type the code of the letter."""
    page.goto("/meine-daten/code/")
    page.get_by_label("Ihr Code").fill(code.lower())
    page.get_by_role("button", name="Meine Seite öffnen").click()
    page.wait_for_url(re.compile("/meine-daten/$"))


def taken(page: Page, label: str, *, folder: Path) -> bytes:
    """One click on a way to take it along."""
    with page.expect_download() as leaving:
        page.get_by_role("link", name=label).click()
    kept = folder / leaving.value.suggested_filename
    leaving.value.save_as(kept)
    return kept.read_bytes()


def section(page: Page, heading: str) -> Any:
    return page.locator("main section", has=page.get_by_role("heading", name=heading, exact=True))


@pytest.fixture
def code(visitor: Visitor, household: Household, tmp_path: Path) -> str:
    """Her letter, printed by the worker."""
    worker = visitor().new_page()
    enter(worker, "Fachkraft")
    worker.goto(f"{household.fall}einwilligungen/")
    return letter_code(worker, "Brief für Mara Muster", folder=tmp_path)


def the_school_looks(visitor: Visitor, household: Household) -> Page:
    """The office to which she agreed has her words open."""
    school = visitor().new_page()
    enter(school, SCHOOL_ROLE)
    school.goto(f"/geteilt/crisis/{household.file}/")
    expect(school.get_by_text(HERS)).to_be_visible()
    return school


@pytest.mark.parametrize("viewport", [SMALL, PHONE], ids=["small", "phone"])
def test_a_mother_sees_what_is_hers_who_saw_it_and_nothing_of_her_former_partner(
    visitor: Visitor,
    violations: Violations,
    household: Household,
    code: str,
    viewport: dict[str, int],
    tmp_path: Path,
) -> None:
    the_school_looks(visitor, household)
    mother = visitor(viewport=viewport).new_page()
    assert status_of(mother, "/meine-daten/") == 200
    expect(mother).to_have_url(re.compile("/meine-daten/code/"))
    assert violations(mother) == []
    come_home(mother, code)
    for word in ("Mara Muster", "Am Wald 3", "mara.muster@example.org", HERS, "Kreisjugendamt Düren"):
        expect(mother.locator("main")).to_contain_text(word)
    seen = section(mother, "Wer etwas gesehen hat").locator("tr", has_text=SCHOOL_OFFICE)
    for word in ("worum es geht", "Einwilligung", "schnelle Hilfe in der Krise"):
        expect(seen).to_contain_text(word)
    expect(seen).not_to_contain_text(SCHOOL_ROLE)  # the office, never the worker
    absent(mother.content(), *his(household))
    assert violations(mother) == []
    assert not scrolls_sideways(mother)

    printed = " ".join(" ".join(pages(taken(mother, "Als PDF", folder=tmp_path))).split())
    for word in ("Mara Muster", "Am Wald 3", HERS, SCHOOL_OFFICE):
        assert word in printed, word
    absent(printed, *his(household))
    raw = taken(mother, "Als JSON für Programme", folder=tmp_path).decode()
    told = json.loads(raw)
    assert told["person"] == str(household.mother)
    assert [item["words"] for item in told["sections"]["records"]["items"]] == [HERS]
    assert {each["office"] for each in told["disclosures"]} == {SCHOOL_OFFICE}
    absent(raw, *his(household), str(household.child))

    mother.get_by_role("button", name="Seite schließen").click()
    expect(mother.locator(".l-messages")).to_contain_text("geschlossen")
    mother.goto("/meine-daten/")
    expect(mother).to_have_url(re.compile("/meine-daten/code/"))
    absent(mother.content(), "Mara", HERS)


def test_two_clicks_take_it_back_and_the_office_that_has_it_open_sees_nothing_more(
    visitor: Visitor, violations: Violations, household: Household, code: str
) -> None:
    school = the_school_looks(visitor, household)
    mother = visitor(viewport=SMALL).new_page()
    come_home(mother, code)
    expect(mother.locator(".p-house--open")).to_have_count(1)
    mother.get_by_role("link", name="Zurücknehmen").click()
    assert violations(mother) == []
    assert not scrolls_sideways(mother)
    mother.get_by_role("button", name="Alles zurücknehmen").click()
    expect(mother.get_by_text("Zurückgenommen. Das gilt ab sofort.")).to_be_visible()
    expect(mother.locator(".p-house--open")).to_have_count(0)
    expect(section(mother, "Was Sie erlaubt haben")).to_contain_text("Im Moment nichts.")
    # What was told stays told, and she still reads to whom.
    expect(section(mother, "Wer etwas gesehen hat")).to_contain_text(SCHOOL_OFFICE)
    answer = school.reload()
    assert answer is not None and answer.status == 404
    absent(school.content(), HERS, "Mara")


def test_who_asks_for_a_correction_reads_the_answer_of_data_protection_on_her_page(
    visitor: Visitor, violations: Violations, household: Household, code: str
) -> None:
    mother = visitor(viewport=SMALL).new_page()
    come_home(mother, code)
    wish = section(mother, "Stimmt etwas nicht? Möchten Sie etwas ändern?")
    wish.get_by_role("button", name="Abschicken").click()
    expect(mother.get_by_text("Bitte wählen Sie, was Sie möchten.").first).to_be_visible()
    assert violations(mother) == []
    wish.get_by_label("etwas berichtigen").check()
    wish.get_by_label("Worum geht es genau?").fill("Ich wohne jetzt Am Wald 5.")
    wish.get_by_role("button", name="Abschicken").click()
    expect(mother.get_by_text("Angekommen. Sie bekommen spätestens in einem Monat")).to_be_visible()
    expect(wish).to_contain_text("Antwort bis")

    worker = visitor().new_page()
    enter(worker, "Fachkraft")
    worker.goto("/aufgaben/")
    expect(worker.locator("main")).to_contain_text("Berichtigung prüfen (Art. 16 DSGVO)")
    absent(worker.content(), "Am Wald 5")

    officer = visitor().new_page()
    enter(officer, "Datenschutz")
    officer.goto("/datenschutz/aufsicht/bitten/")
    officer.get_by_role("rowheader").get_by_role("link").click()
    expect(officer.get_by_text("Ich wohne jetzt Am Wald 5.")).to_be_visible()
    absent(officer.content(), "Mara", HERS, "Ivo")
    assert violations(officer) == []
    officer.get_by_role("radio").first.check()
    officer.get_by_label("Antwort an die Person").fill("Die Adresse ist geändert.")
    officer.get_by_role("button", name="Antworten").click()
    expect(officer.get_by_text("Beantwortet.")).to_be_visible()
    mother.reload()
    expect(wish).to_contain_text("Die Adresse ist geändert.")


def test_the_advice_of_somebody_of_fifteen_stands_on_their_own_page_and_on_no_parents(
    visitor: Visitor, violations: Violations, household: Household, code: str
) -> None:
    young, file = lay_own_advice(household)
    household.write(ADVICE, about=young, file=file)
    household.write("Was Ada über ihre Mutter sagt.", about=household.mother, file=file)
    now = clock.real_now()
    link = asking.own_data_link(
        young, language="de", actor=household.worker, now=now, until=now + timedelta(days=30)
    )
    page = visitor(viewport=SMALL).new_page()
    page.goto(link.path)
    assert violations(page) == []
    page.get_by_role("button", name="Das bin ich, öffnen").click()
    expect(page.get_by_text(ADVICE)).to_be_visible()
    assert violations(page) == []
    absent(page.content(), "Mara", HERS)

    mother = visitor(viewport=SMALL).new_page()
    come_home(mother, code)
    text = mother.content() + mother.request.get("/meine-daten/daten.json").text()
    absent(text, "Ada", ADVICE, "über ihre Mutter", str(file))
