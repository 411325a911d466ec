"""Agreeing on the phone: two parents with joint custody, one link each, open when both agreed, shut in two clicks."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.core import mail
from playwright.sync_api import Page, expect

from lueckenlos.commons.privacy import selectors as privacy
from lueckenlos.core import clock
from lueckenlos.kernels import codes
from tests.browser.fixtures import DESKTOP, PHONE, SMALL, Violations, Visitor
from tests.core.databases import past_the_wall
from tests.journeys.households import (
    SCHOOL,
    SCHOOL_OFFICE,
    SCHOOL_ROLE,
    Household,
    acting,
    lay_household,
    letter_code,
    scrolls_sideways,
    status_of,
)
from tests.journeys.test_upkeep import enter

pytestmark = pytest.mark.browser

WORDS = "Morgens tut mir der Bauch weh."
HIS_MAIL = "ivo.muster@example.org"
LINK = re.compile(r"(/(?:[a-z-]+/)?einwilligung/code/\w+/)")
SHUT = "Dieser Link öffnet nichts mehr"
FAMILY = ("Muster", "Mara", "Ivo", "Lio", "Bauch", SCHOOL_OFFICE)


@pytest.fixture
def household(house: str) -> Household:
    """The family, with one sentence about the child."""
    laid = lay_household()
    laid.write(WORDS, about=laid.child)
    mail.outbox = []
    return laid


def the_worker_asks_both_parents(visitor: Visitor, household: Household) -> Page:
    """Through both steps, for one office and one kind of data about the child."""
    worker = visitor(viewport=DESKTOP).new_page()
    enter(worker, "Fachkraft")
    worker.goto(f"{household.fall}einwilligungen/")
    worker.get_by_role("link", name="Um Einwilligung bitten").click()
    worker.get_by_label("Schnelle Hilfe in einer Krise").check()
    worker.get_by_label("Lio Muster").check()
    worker.get_by_role("combobox", name="Andere Stelle").fill(SCHOOL_OFFICE)
    worker.get_by_role("button", name="Weiter").click()
    worker.get_by_label("worum es geht").check()
    worker.get_by_label("Bis wann soll es gelten?").fill(
        clock.day_of(clock.real_now() + timedelta(days=100)).isoformat()
    )
    worker.get_by_role("button", name="Frage anlegen").click()
    expect(worker.get_by_text("Gefragt, noch keine Antwort")).to_be_visible()
    return worker


def question_to(worker: Page, household: Household, name: str) -> None:
    """Open the question to one of the parents."""
    worker.goto(f"{household.fall}einwilligungen/")
    worker.locator("section", has=worker.locator("#offen")).locator("li", has_text=name).get_by_role(
        "link"
    ).click()


def mailed_link(worker: Page, household: Household) -> str:
    """Send the father his link; the address in his mail."""
    question_to(worker, household, "Ivo Muster")
    worker.get_by_role("button", name="Link per E-Mail").click()
    expect(worker.locator(".l-messages")).to_be_visible()
    letter = mail.outbox[-1]
    assert letter.to == [HIS_MAIL]
    found = LINK.search(str(letter.body))
    assert found is not None
    return found[1]


def printed_code(worker: Page, household: Household, *, folder: Path) -> str:
    """Print the mother's letter; her code."""
    question_to(worker, household, "Mara Muster")
    return letter_code(worker, "Brief drucken", folder=folder)


def type_code(page: Page, code: str) -> None:
    page.goto("/einwilligung/")
    page.get_by_label("Ihr Code").fill(code.lower().replace("-", " "))
    page.get_by_role("button", name="Öffnen").click()
    page.wait_for_load_state()


def open_link(page: Page, link: str) -> None:
    page.goto(link)
    page.get_by_role("button", name="Das bin ich, öffnen").click()
    page.wait_for_url(re.compile(r"/einwilligung/[0-9a-f-]{36}/"))


def agree(page: Page) -> None:
    page.get_by_role("button", name="Allem zustimmen").click()
    expect(page.get_by_role("heading", name="Danke. Das haben Sie erlaubt")).to_be_visible()


def standing(page: Page) -> list[str]:
    """How the houses of the picture stand, in the order of the page."""
    found = page.locator(".p-house").evaluate_all("all => all.map(each => each.getAttribute('class'))")
    return [each.rpartition("--")[2] for each in found]


def picture_says_who_what_what_for_and_until_when(page: Page, *, told: str) -> None:
    page.get_by_text("Dasselbe als Tabelle").click()
    row = page.locator("tr", has=page.get_by_role("rowheader", name=SCHOOL_OFFICE))
    until = clock.real_now() + timedelta(days=100)
    for word in ("worum es geht", "schnelle Hilfe in der Krise", str(until.year), told):
        expect(row).to_contain_text(word)


def released(household: Household) -> int:
    return len(privacy.releases(household.worker, household.file, now=clock.real_now()))


def the_mother_agrees_and_nothing_opens(
    visitor: Visitor, violations: Violations, household: Household, code: str
) -> Page:
    mother = visitor(viewport=PHONE).new_page()
    type_code(mother, code)
    assert standing(mother) == ["asked"]
    picture_says_who_what_what_for_and_until_when(mother, told="erst wenn Sie zustimmen")
    expect(mother.locator("input[name=lines]:checked")).to_have_count(0)
    assert violations(mother) == []
    agree(mother)
    assert standing(mother) == ["waiting"]
    picture_says_who_what_what_for_and_until_when(mother, told="sobald alle zugestimmt haben")
    assert violations(mother) == []
    assert released(household) == 0
    return mother


def the_father_agrees_and_it_opens(visitor: Visitor, link: str) -> None:
    father = visitor(viewport=PHONE).new_page()
    open_link(father, link)
    expect(father.locator("main")).not_to_contain_text("Mara")
    agree(father)
    assert standing(father) == ["open"]


def the_mother_takes_it_back_in_two_clicks(mother: Page, violations: Violations) -> None:
    mother.get_by_role("link", name="Zurücknehmen").click()
    assert violations(mother) == []
    mother.get_by_role("button", name="Alles zurücknehmen").click()
    expect(mother.get_by_text("Zurückgenommen. Das gilt ab sofort.")).to_be_visible()
    assert standing(mother) == ["ended"]


def the_school_sees_nothing_at_the_next_click(school: Page, household: Household, *, shared: str) -> None:
    answer = school.reload()
    assert answer is not None and answer.status == 404
    school.goto("/geteilt/")
    expect(school.locator(f"a[href='{shared}']")).to_have_count(0)
    assert released(household) == 0
    assert privacy.releases_to_me(acting(SCHOOL, "crisis"), household.file, now=clock.real_now()) == []


def test_nothing_opens_before_both_parents_agreed_and_nothing_stays_open_after_one_took_it_back(
    visitor: Visitor, violations: Violations, household: Household, tmp_path: Path
) -> None:
    worker = the_worker_asks_both_parents(visitor, household)
    shared = f"/geteilt/crisis/{household.file}/"
    school, stranger = visitor().new_page(), visitor().new_page()
    enter(school, SCHOOL_ROLE)
    enter(stranger, "AKut-Team")
    assert status_of(school, shared) == status_of(stranger, shared) == 404
    assert status_of(stranger, f"{household.fall}einwilligungen/") == 404
    code = printed_code(worker, household, folder=tmp_path)

    mother = the_mother_agrees_and_nothing_opens(visitor, violations, household, code)
    assert status_of(school, shared) == 404
    worker.goto(f"{household.fall}einwilligungen/")
    expect(worker.get_by_text("Es fehlt noch: Ivo Muster")).to_be_visible()
    assert standing(worker) == []

    the_father_agrees_and_it_opens(visitor, mailed_link(worker, household))
    mother.reload()
    assert standing(mother) == ["open"]
    picture_says_who_what_what_for_and_until_when(mother, told="darf es wissen")
    worker.goto(f"{household.fall}einwilligungen/")
    assert standing(worker) == ["open"]
    school.goto("/geteilt/")
    school.locator(f"a[href='{shared}']").click()
    expect(school.get_by_text(WORDS)).to_be_visible()
    assert violations(school) == []
    assert status_of(stranger, shared) == 404

    the_mother_takes_it_back_in_two_clicks(mother, violations)
    the_school_sees_nothing_at_the_next_click(school, household, shared=shared)


def shut(page: Page, violations: Violations) -> str:
    """The one kind answer; what it says."""
    expect(page.get_by_role("heading", level=1)).to_have_text(SHUT)
    expect(page.locator("main")).to_contain_text("Sie haben nichts falsch gemacht")
    expect(page.locator("main")).to_contain_text("Rufen Sie bitte die Stelle an")
    html = page.content()
    assert [word for word in FAMILY if word in html] == []
    assert violations(page) == []
    assert not scrolls_sideways(page)
    return page.locator("main").inner_text()


def test_a_link_that_was_used_forwarded_or_ran_out_tells_so_in_one_clear_sentence_and_opens_nothing(
    visitor: Visitor, violations: Violations, household: Household, own_database: str, tmp_path: Path
) -> None:
    worker = the_worker_asks_both_parents(visitor, household)
    link, code = mailed_link(worker, household), printed_code(worker, household, folder=tmp_path)
    father = visitor(viewport=SMALL).new_page()
    open_link(father, link)
    draft = father.url

    forwarded = visitor(viewport=SMALL).new_page()
    told = set()
    for address in (link, draft, f"{draft}kopie.pdf", f"{draft}zuruecknehmen/"):
        assert status_of(forwarded, address) == 404, address
        told.add(shut(forwarded, violations))
    with past_the_wall(own_database) as superuser:
        superuser.execute(
            "UPDATE core_onetimecode SET created_at = now() - interval '2 days', "
            "expires_at = now() - interval '1 day' WHERE purpose = 'consent' AND used_at IS NULL"
        )
    assert status_of(forwarded, f"/einwilligung/code/{code.replace('-', '')}/") == 404
    told.add(shut(forwarded, violations))
    assert len(told) == 1  # used, forwarded and expired are one answer

    for typed, sentence in (
        (code, "Dieser Code gilt nicht oder nicht mehr."),
        (codes.grouped(codes.compose(range(11))), "Dieser Code gilt nicht oder nicht mehr."),
        (code[:-1], "Der Code hat zwölf Zeichen."),
        (swapped(code), "Ein Zeichen stimmt nicht, oder zwei sind vertauscht."),
    ):
        type_code(forwarded, typed)
        expect(forwarded.locator("main")).to_contain_text(sentence)
        assert violations(forwarded) == []
    assert released(household) == 0
    father.reload()
    agree(father)  # the device that opened it first still may


def swapped(code: str) -> str:
    """The code with the first two neighbours changed over that differ."""
    place = next(
        number for number in range(len(code) - 1)
        if code[number] != code[number + 1] and "-" not in code[number : number + 2]
    )  # fmt: skip
    return code[:place] + code[place + 1] + code[place] + code[place + 2 :]


@pytest.mark.parametrize("viewport", [SMALL, DESKTOP], ids=["small", "desktop"])
def test_whoever_asks_sees_every_page_of_it_whole(
    visitor: Visitor, violations: Violations, household: Household, viewport: dict[str, int]
) -> None:
    the_worker_asks_both_parents(visitor, household)
    worker = visitor(viewport=viewport).new_page()
    enter(worker, "Fachkraft")
    question_to(worker, household, "Mara Muster")
    addresses = [
        worker.url,
        *(
            f"{household.fall}{each}/"
            for each in ("einwilligungen", "einwilligungen/fragen", "schweigepflicht")
        ),
    ]
    for address in addresses:
        assert status_of(worker, address) == 200
        assert violations(worker) == [], address
        assert not scrolls_sideways(worker), address
