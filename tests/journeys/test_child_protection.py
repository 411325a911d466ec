"""Worry about a child: the Kita rings its adviser, asks with a pseudonym, judges step by step, reports, hears two answers."""

import re

import pytest
from playwright.sync_api import Page, expect

from lueckenlos.config.demo_advisers import lay_demo_advisers
from lueckenlos.core import clock
from tests.browser.fixtures import DESKTOP, PHONE, Violations, Visitor
from tests.browser.reading import arrived

pytestmark = pytest.mark.browser

TITZ = "05358056"
WORRY = "Das Kind kommt ohne Frühstück und ist sehr müde."


def enter(page: Page, role: str) -> None:
    """Sign in through the demo's own door."""
    page.goto("/demo/rollen/")
    card = page.locator("form", has=page.get_by_role("heading", name=role, exact=True))
    card.get_by_role("button").click()
    page.wait_for_url(re.compile("/schreibtisch/"))


def status_of(page: Page, address: str) -> int:
    answer = page.goto(address)
    assert answer is not None
    return answer.status


def write(page: Page, fall: str, kind: str, *, fields: dict[str, str], chosen: tuple[str, ...] = ()) -> None:
    """Write one record of the case."""
    page.goto(f"{fall}eintrag/{kind}/")
    for label, value in fields.items():
        page.get_by_label(label, exact=True).fill(value)
    for label in chosen:
        page.get_by_label(label, exact=True).check()
    page.get_by_role("button", name="Speichern").click()
    page.wait_for_url(re.compile("#verlauf"))


def go_on(page: Page, fall: str, to: str) -> None:
    page.goto(f"{fall}weiter/")
    page.locator("form", has=page.locator(f'[name="nach"][value="{to}"]')).get_by_role("button").click()
    page.wait_for_url(re.compile(f"{re.escape(fall)}$"))


def the_adviser_is_told_to_ring_and_no_more(visitor: Visitor, pseudonym: str, fall: str) -> None:
    adviser = visitor().new_page()
    enter(adviser, "Kinderschutz-Beratung")
    adviser.goto("/aufgaben/")
    task = adviser.get_by_role("link", name=re.compile(re.escape(pseudonym)))
    expect(task).to_contain_text("0221 4710-244")
    task.click()
    expect(adviser).not_to_have_url(re.compile("/aufgaben/$"))
    expect(adviser.locator("main")).not_to_contain_text("Frühstück")
    assert fall not in adviser.content()


def outsiders_find_nothing(visitor: Visitor, fall: str) -> None:
    for role in ("Kinderschutz-Beratung", "Koordination", "Anbieter", "Fachkraft", "Datenschutz"):
        outsider = visitor().new_page()
        enter(outsider, role)
        for address in (fall, f"{fall}akte.pdf", f"{fall}akte.json"):
            assert status_of(outsider, address) == 404, (role, address)


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_kita_rings_its_adviser_and_asks_with_a_pseudonym_and_the_log_stays_there(
    visitor: Visitor, violations: Violations, viewport: dict[str, int]
) -> None:
    lay_demo_advisers(clock.real_now())
    kita = visitor(viewport=viewport).new_page()
    enter(kita, "Kita")
    kita.goto("/kinderschutz/")
    call = kita.locator(".l-call")
    expect(call).to_have_count(1)
    expect(call).to_have_attribute("href", "tel:02214710319")
    danger = kita.get_by_role("link", name=re.compile("^112")).bounding_box()
    below = call.bounding_box()
    assert danger is not None and below is not None and danger["y"] < below["y"]
    assert below["height"] > danger["height"]
    assert violations(kita) == []

    kita.get_by_role("link", name="Beratung mit Pseudonym beginnen").click()
    kita.get_by_role("link", name="Nein", exact=True).click()
    kita.get_by_label("3 bis 5 Jahre").check()
    kita.get_by_label("§ 8a Abs. 4 SGB VIII (Träger der Jugendhilfe)").check()
    worry = kita.get_by_label("Was Sorge macht, ohne Namen")
    worry.fill("Leonie kommt ohne Frühstück.")
    kita.get_by_role("button", name="Beginnen").click()
    expect(kita.get_by_text("„Leonie“ sieht aus wie ein Name.").first).to_be_visible()
    assert violations(kita) == []
    worry.fill(WORRY)
    kita.get_by_role("button", name="Beginnen").click()
    fall = arrived(kita, "/fall/.*")
    pseudonym = kita.get_by_role("heading", level=1).inner_text()
    expect(kita.get_by_text("Person aufnehmen")).to_have_count(0)

    the_adviser_is_told_to_ring_and_no_more(visitor, pseudonym, fall)

    go_on(kita, fall, "advised")
    write(
        kita,
        fall,
        "log",
        fields={
            "Tag der Beratung": str(clock.real_today()),
            "Gewichtige Anhaltspunkte, wie sie beschrieben wurden": "Hunger, Müdigkeit",
            "Gemeinsame Einschätzung": "Sorge, keine akute Gefahr",
            "Wie mit Kind und Eltern gesprochen wird, oder warum noch nicht": "Morgen mit der Mutter",
        },
        chosen=("Hilfen anbieten",),
    )
    kita.goto(fall)
    with kita.expect_download() as leaving:
        kita.get_by_role("link", name="Protokoll als PDF").click()
    assert leaving.value.suggested_filename.endswith(".pdf")

    outsiders_find_nothing(visitor, fall)


def the_kita_writes_down_what_it_sees(kita: Page, fall: str, *, violations: Violations) -> None:
    today = str(clock.real_today())
    write(kita, fall, "child", fields={"Name des Kindes": "Lio Muster"})
    write(
        kita,
        fall,
        "signs",
        fields={
            "Tag der Beobachtung": today,
            "Was gesehen oder gehört wurde, ohne Deutung": "Blaue Flecken am linken Arm.",
        },
        chosen=("eigene Beobachtung",),
    )
    go_on(kita, fall, "assessed")
    kita.goto(f"{fall}schutz/")
    expect(kita.get_by_text("Noch sehen nur Sie diesen Fall.")).to_be_visible()
    assert violations(kita) == []
    kita.get_by_role("link", name="Team dazuholen").click()
    kita.get_by_role("button", name="Dazuholen").click()
    expect(kita.get_by_text("Diesen Fall sehen in Ihrem Team")).to_be_visible()
    write(
        kita,
        fall,
        "view",
        fields={"Tag": today, "Begründung": "Muster von Verletzungen"},
        chosen=("Gefährdung",),
    )
    write(
        kita,
        fall,
        "advice",
        fields={
            "Tag": today,
            "Wer beraten hat": "Kinderschutz-Beratung",
            "Ergebnis der Beratung (das Kind wurde dort ohne Namen besprochen)": "melden",
        },
    )


def the_kita_reports_alone_on_a_friday(kita: Page, fall: str, *, violations: Violations) -> None:
    kita.goto(f"{fall}schutz/")
    kita.get_by_role("link", name="Jugendamt informieren").click()
    kita.get_by_label("Gemeinde").select_option(TITZ)
    kita.get_by_role("button", name="Weiter").click()
    expect(kita.get_by_role("heading", level=1)).to_have_text("Jugendamt des Kreises Düren")
    kita.get_by_label("Warum die Gefährdung nicht anders abzuwenden ist").fill(
        "Die Eltern nehmen keine Hilfe an."
    )
    kita.get_by_label("Welche Hilfen versucht oder angeboten wurden").fill("Gespräch")
    kita.get_by_label("nein, weil das den Schutz des Kindes in Frage stellt").check()
    kita.get_by_label(re.compile("^§ 4 KKG")).check()
    kita.get_by_role("button", name="Jugendamt informieren").click()
    expect(kita.get_by_text("warum es nicht warten konnte").first).to_be_visible()
    kita.get_by_label(re.compile("Warum konnte es nicht warten")).fill("Freitag, 16 Uhr, allein im Dienst.")
    kita.get_by_role("button", name="Jugendamt informieren").click()
    kita.wait_for_url(re.compile("/schutz/$"))
    expect(kita.get_by_text("noch nicht bestätigt")).to_be_visible()
    assert violations(kita) == []


def the_youth_office_confirms_and_answers(visitor: Visitor, *, violations: Violations) -> str:
    office = visitor().new_page()
    enter(office, "Fachkraft")
    office.goto("/geteilt/")
    office.get_by_role("link", name=re.compile("Mitteilung vom")).click()
    report = office.url
    expect(office.locator("main")).to_contain_text("Blaue Flecken am linken Arm.")
    expect(office.locator("main")).to_contain_text("Freitag, 16 Uhr, allein im Dienst.")
    assert violations(office) == []
    office.get_by_role("button", name="Eingang bestätigen").click()
    office.get_by_role("link", name="Rückmeldung geben").click()
    form = office.locator("main form")
    expect(form.get_by_role("radio")).to_have_count(4)
    expect(form.locator("textarea, input[type=text]")).to_have_count(0)
    assert violations(office) == []
    office.get_by_role("group", name=re.compile("^Sehen Sie")).get_by_label("ja").check()
    office.get_by_role("group", name=re.compile("^Ist das Jugendamt")).get_by_label("nein").check()
    office.get_by_role("button", name="Rückmeldung geben").click()
    expect(office.get_by_role("link", name="Rückmeldung geben")).to_have_count(0)
    return report


def strangers_find_neither_the_report_nor_the_case(visitor: Visitor, *, report: str, fall: str) -> None:
    for role in (
        "Kinderschutz-Beratung",
        "Koordination",
        "Datenschutz",
        "Anbieter",
        "Familienbüro",
        "Familie",
    ):
        outsider = visitor().new_page()
        enter(outsider, role)
        for address in (report, f"{report}rueckmeldung/", fall, f"{fall}schutz/"):
            assert status_of(outsider, address) == 404, (role, address)
        outsider.goto("/schreibtisch/")
        assert "Lio" not in outsider.content() and "Blaue Flecken" not in outsider.content()


def test_a_risk_is_judged_step_by_step_and_the_youth_office_gives_exactly_two_answers(
    visitor: Visitor, violations: Violations
) -> None:
    kita = visitor(viewport=PHONE).new_page()
    enter(kita, "Kita")
    kita.goto("/kinderschutz/")
    kita.get_by_role("link", name="Gefährdung einschätzen").click()
    kita.get_by_role("link", name="Nein", exact=True).click()
    kita.get_by_role("button", name="Fall beginnen").click()
    fall = arrived(kita, "/fall/.*")
    the_kita_writes_down_what_it_sees(kita, fall, violations=violations)
    # One professional is not several: the stage does not end with one view.
    kita.goto(f"{fall}weiter/")
    expect(kita.locator("main")).to_contain_text("von 2 Fachkräften")
    the_kita_reports_alone_on_a_friday(kita, fall, violations=violations)
    report = the_youth_office_confirms_and_answers(visitor, violations=violations)
    kita.reload()
    main = kita.locator("main")
    expect(main).to_contain_text("bestätigt am")
    expect(main).to_contain_text("Gewichtige Anhaltspunkte bestätigt: ja")
    expect(main).to_contain_text("tätig geworden oder noch tätig: nein")
    strangers_find_neither_the_report_nor_the_case(visitor, report=report, fall=fall)
