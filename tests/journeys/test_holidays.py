"""A round from its plan to its last place: two families wish, the lot decides, each reads why, what is left is open."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.core import mail as outbox
from playwright.sync_api import Page, expect

from lueckenlos.config.demo_actors import demo_actor
from lueckenlos.core import clock
from lueckenlos.core.actor import job
from lueckenlos.core.context import acting_as
from lueckenlos.offers.holidays import services
from lueckenlos.offers.holidays.models import Round, RoundOffer, WishList
from lueckenlos.offers.programmes import services as programmes
from lueckenlos.offers.programmes.models import Programme
from lueckenlos.offers.programmes.types import ComesWith, Kind
from tests.browser.fixtures import PHONE, Violations, Visitor
from tests.browser.reading import arrived
from tests.journeys.test_taking_part import COORDINATION, PROVIDER, STRANGER, at_work, narrow

pytestmark = pytest.mark.browser

SEED = "4 11 17 26 33 45"


def offer(title: str, *, places: int, days: int) -> None:
    """A published holiday programme of the provider."""
    now = clock.real_now()
    actor = demo_actor(PROVIDER, now=now)
    assert actor is not None
    starts = datetime.combine(clock.day_of(now), datetime.min.time(), tzinfo=clock.zone()) + timedelta(
        days=days, hours=9
    )
    new = programmes.NewProgramme(
        kind=Kind.HOLIDAY, title=title, comes=ComesWith.CHILD, capacity=places, age_min=6, age_max=12,
        place="Beispielweg 1, Titz", dates=((starts, starts + timedelta(hours=6)),),
    )  # fmt: skip
    programmes.publish(programmes.found_programme(new, actor=actor, now=now), actor=actor, now=now)


def plan(page: Page, violations: Violations) -> str:
    """A provider lays a round out and opens it; gives the address that families see."""
    today = clock.real_today()
    page.goto("/ferien/verwalten/neu/")
    page.get_by_label("Titel").fill("Ferienspaß")
    page.get_by_label("Welche Ferien?").fill("Osterferien")
    page.get_by_label("Wünsche ab").fill(today.isoformat())
    page.get_by_label("Wünsche bis einschließlich").fill((today + timedelta(days=7)).isoformat())
    page.get_by_label("Restplätze für alle ab").fill((today + timedelta(days=14)).isoformat())
    page.get_by_label("Woher kommt die Zahl").fill("die Gewinnzahlen im Lotto vom Samstag danach")
    page.get_by_role("button", name="Als Entwurf anlegen").click()
    page.get_by_label("Zirkus").check()
    page.get_by_label("Wald").check()
    page.get_by_role("button", name="Dazunehmen").click()
    expect(page.locator("body")).to_contain_text("2 Angebote dazu.")
    assert violations(page) == []
    page.get_by_role("button", name="Für Familien öffnen").click()
    manage = arrived(page, "/ferien/verwalten/[0-9a-f-]{36}/")
    page.get_by_role("link", name="So sehen es Familien").click()
    public = arrived(page, "/ferien/[^/]+/")
    page.goto(manage)
    return public


def wish(page: Page, url: str, *children: str, violations: Violations | None = None) -> str:
    """A list in three steps: circus first, then the forest; gives the address of the family's own page."""
    year = clock.real_now().year - 9

    def looked() -> None:
        if violations is not None:
            assert violations(page) == []
        narrow(page)

    page.goto(url)
    looked()
    page.get_by_role("link", name="Wunschzettel schreiben").click()
    if len(children) > 1:
        page.locator("summary", has_text="Geschwister oder Freunde").click()
    for number, child in enumerate(children):
        page.get_by_label("Vorname").nth(number).fill(child)
        page.get_by_label("Geburtstag").nth(number).fill(f"{year}-02-28")
    looked()
    page.get_by_role("button", name="Weiter").click()
    page.get_by_label("1. Wunsch").select_option(index=1)
    page.get_by_label("2. Wunsch").select_option(index=2)
    looked()
    page.get_by_role("button", name="Weiter").click()
    page.get_by_label("Ihr Name").fill(f"Familie {children[0]}")
    page.get_by_label("E-Mail-Adresse").fill(f"{children[0].lower()}@example.org")
    page.get_by_label("Ich bin einverstanden").check()
    looked()
    page.get_by_role("button", name="Wunschzettel abschicken").click()
    expect(page.locator("main")).to_contain_text("Ihr Wunschzettel ist da")
    looked()
    return page.url


def let_the_deadline_pass() -> UUID:
    """The week is over; gives the round."""
    row = Round.objects.get()
    Round.objects.filter(id=row.id).update(wishes_until=clock.real_now() - timedelta(seconds=1))
    return row.id


def tell(key: UUID) -> list[str]:
    """What the worker writes to the families."""
    with acting_as(job("holidays-lists")):
        lists = list(WishList.objects.filter(round=key).values_list("id", flat=True))
    outbox.outbox.clear()
    for each in lists:
        services.tell_decided(each, now=clock.real_now())
    return [str(letter.body) for letter in outbox.outbox]


def draw(desk: Page, mother: Page, violations: Violations) -> None:
    """The desk draws the lot and sees figures alone; then it tells."""
    mother.reload()
    expect(mother.locator("main")).to_contain_text("Jetzt wird gelost")
    desk.reload()
    desk.get_by_label("Die gezogene Zahl").fill(SEED)
    desk.get_by_label("Noch einmal, zur Sicherheit").fill(SEED)
    desk.get_by_role("button", name="Auslosen").click()
    expect(desk.locator("main")).to_contain_text("3 von 3 Kindern haben mindestens einen Platz.")
    expect(desk.locator("main")).not_to_contain_text("Mila")
    assert violations(desk) == []
    mother.reload()
    expect(mother.locator("main")).to_contain_text("Jetzt wird gelost")
    desk.get_by_role("button", name="Eintragen und verschicken").click()
    expect(desk.locator("body")).to_contain_text("2 Anmeldungen sind eingetragen")
    assert violations(desk) == []


def read_why(father: Page, mother: Page, violations: Violations) -> None:
    """Both read what became of their wishes, and the lot."""
    expect(mother.locator("main")).to_contain_text("Es hat geklappt")
    expect(mother.locator("main")).to_contain_text("Ihre 2 Kinder haben einen Platz.")
    expect(father.locator("main")).to_contain_text("Ihr Kind hat einen Platz.")
    assert violations(mother) == []
    narrow(mother)
    why = "".join(each.locator(".h-results").inner_text() for each in (father, mother))
    assert "Ihr Los war Nummer 2 von 2." in why
    mother.get_by_role("link", name="So prüfen Sie das Los").click()
    expect(mother.locator("main")).to_contain_text(SEED)
    assert violations(mother) == []


def take_what_is_left(page: Page, key: UUID) -> None:
    """Somebody else registers for a remaining place, once its moment has come."""
    left = RoundOffer.objects.get(round=key, programme__title="Wald").programme
    page.goto(f"/mitmachen/{left.key}/")
    expect(page.locator("main")).to_contain_text("Anmeldung noch nicht offen")
    programmes.hold_back(left.id, until=clock.real_now() - timedelta(seconds=1))
    page.reload()
    page.get_by_role("link", name="Jetzt anmelden").click()
    page.get_by_label("Vorname").first.fill("Ida")
    page.get_by_label("Geburtstag").first.fill(f"{clock.real_now().year - 9}-02-28")
    page.get_by_role("button", name="Weiter").click()
    page.get_by_label("Ihr Name").fill("Familie Ida")
    page.get_by_label("E-Mail-Adresse").fill("ida@example.org")
    page.get_by_label("Ich bin einverstanden").check()
    page.get_by_role("button", name="Verbindlich anmelden").click()
    expect(page.locator("main")).to_contain_text("Sie haben einen Platz")


def test_two_families_wish_and_read_why_and_a_place_that_is_left_goes_to_another(
    visitor: Visitor, violations: Violations
) -> None:
    offer("Zirkus", places=2, days=60)
    offer("Wald", places=4, days=63)
    desk = at_work(visitor, PROVIDER)
    url = plan(desk, violations)
    father = visitor(viewport=PHONE, java_script_enabled=False).new_page()
    his = wish(father, url, "Mila")
    mother = visitor(viewport=PHONE).new_page()
    hers = wish(mother, url, "Danil", "Olena", violations=violations)
    desk.reload()
    expect(desk.locator("main")).to_contain_text("Zettel: 2, Kinder: 3")
    expect(desk.locator("main")).not_to_contain_text("Mila")

    key = let_the_deadline_pass()
    draw(desk, mother, violations)
    letters = tell(key)
    assert len(letters) == 2
    assert all("/mitmachen/anmeldung/" in each for each in letters)
    father.goto(his)
    mother.goto(hers)
    read_why(father, mother, violations)
    for outsider in ("", STRANGER, COORDINATION):
        other = at_work(visitor, outsider) if outsider else visitor().new_page()
        for address in (desk.url, url, his[:-5] + "2222/"):
            other.goto(address)
            expect(other.locator("body")).not_to_contain_text("Mila")
    take_what_is_left(visitor(viewport=PHONE).new_page(), key)


def put_off(desk: Page, violations: Violations) -> None:
    """The desk lets families write three days longer, and is asked whether the number is drawn after that."""
    day = clock.real_today() + timedelta(days=10)
    desk.get_by_role("link", name="Frist verlängern").click()
    assert violations(desk) == []
    desk.get_by_label("Wünsche jetzt bis einschließlich").fill(day.isoformat())
    desk.get_by_role("button", name="Verlängern und allen schreiben").click()
    expect(desk.locator("main")).to_contain_text("Bitte prüfen Sie das.")
    desk.get_by_label("Ja, diese Zahl wird erst").check()
    desk.get_by_role("button", name="Verlängern und allen schreiben").click()
    expect(desk.locator("body")).to_contain_text("Verlängert. 1 Familie bekommt eine E-Mail.")


def break_off(desk: Page, violations: Violations) -> None:
    """The desk breaks the round off with a sentence."""
    desk.get_by_role("link", name="Runde abbrechen").click()
    assert violations(desk) == []
    desk.get_by_label("Warum? Ein Satz").fill("Die Turnhalle ist gesperrt.")
    desk.get_by_label("Familien können sich ab sofort").check()
    desk.get_by_role("button", name="Abbrechen und allen schreiben").click()
    expect(desk.locator("body")).to_contain_text("Abgebrochen. 1 Familie bekommt eine E-Mail.")
    expect(desk.locator("main")).not_to_contain_text("Mila")
    assert violations(desk) == []


def test_a_round_is_put_off_and_then_broken_off_and_the_family_reads_why(
    visitor: Visitor, violations: Violations
) -> None:
    offer("Zirkus", places=2, days=60)
    offer("Wald", places=4, days=63)
    desk = at_work(visitor, PROVIDER)
    url = plan(desk, violations)
    manage = desk.url
    mother = visitor(viewport=PHONE).new_page()
    hers = wish(mother, url, "Mila")
    put_off(desk, violations)
    mother.goto(hers)
    expect(mother.locator("main")).to_contain_text("verlängert. Vorher: Wünsche bis")
    assert violations(mother) == []
    narrow(mother)
    desk.goto(manage)
    break_off(desk, violations)
    mother.reload()
    expect(mother.locator("main")).to_contain_text("Der Grund: Die Turnhalle ist gesperrt.")
    for address in (hers, url, f"{url}lose/", "/ferien/"):
        mother.goto(address)
        assert violations(mother) == []
        narrow(mother)
    for outsider in (STRANGER, COORDINATION):
        other = at_work(visitor, outsider)
        for address in (f"{manage}verlaengern/", f"{manage}abbrechen/"):
            other.goto(address)
            expect(other.locator("body")).not_to_contain_text("Ferienspaß")


def test_a_family_answers_after_the_lot_what_the_organization_must_know(
    visitor: Visitor, violations: Violations
) -> None:
    offer("Zirkus", places=2, days=60)
    offer("Wald", places=4, days=63)
    Programme.objects.filter(title="Zirkus").update(
        fares=[{"label": "Kind", "cents": 3000}, {"label": "Kind mit Familienkarte", "cents": 1000}],
        questions=[{"key": "essen", "label": "Was darf Ihr Kind nicht essen?", "required": True}],
    )
    desk = at_work(visitor, PROVIDER)
    url = plan(desk, violations)
    mother = visitor(viewport=PHONE).new_page()
    hers = wish(mother, url, "Mila", violations=violations)
    let_the_deadline_pass()
    desk.reload()
    desk.get_by_label("Die gezogene Zahl").fill(SEED)
    desk.get_by_label("Noch einmal, zur Sicherheit").fill(SEED)
    desk.get_by_role("button", name="Auslosen").click()
    desk.get_by_role("button", name="Eintragen und verschicken").click()
    mother.goto(hers)
    mother.get_by_role("button", name="Platz ansehen").click()
    expect(mother.locator("main")).to_contain_text("Noch ein paar Angaben")
    assert violations(mother) == []
    narrow(mother)
    mother.get_by_label("Preis für Mila").select_option(label="Kind mit Familienkarte: 10 Euro")
    mother.get_by_label("Was darf Ihr Kind nicht essen?").fill("Nüsse")
    mother.locator("section[aria-labelledby=angaben]").get_by_role("button", name="Abschicken").click()
    expect(mother.locator("main")).to_contain_text("Zusammen kostet es 10 Euro.")
    desk.goto(f"/programme/{Programme.objects.get(title='Zirkus').id}/")
    expect(desk.locator("main")).to_contain_text("Nüsse")
    expect(desk.locator("main")).not_to_contain_text("Angaben fehlen noch")
    assert violations(desk) == []
