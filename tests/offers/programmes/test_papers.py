"""Paper and figures: what a certificate proves, what a leaflet says, what remains when the names are gone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from lueckenlos.core import clock
from lueckenlos.core.actor import link_to
from lueckenlos.core.context import acting_as
from lueckenlos.offers.programmes import certificates, figures, papers, retention, selectors, services
from lueckenlos.offers.programmes.models import Figure, Programme, Registration, Session
from lueckenlos.offers.programmes.types import ComesWith, Fare, Kind, SeatValue
from tests.core.pdf_reading import pages
from tests.offers.browsing import client
from tests.offers.programmes.house import Centre, wish
from tests.wall.world import now


def text_of(pdf: bytes) -> str:
    """All that a document says."""
    return "\n".join(pages(pdf))


def over(centre: Centre) -> None:
    """Let the programme be over since yesterday, its one date of ninety minutes."""
    starts = now() - timedelta(days=1)
    Session.objects.filter(programme=centre.programme.id).update(
        starts_at=starts, ends_at=starts + timedelta(minutes=90)
    )


def trained(centre: Centre, *, came: bool = True) -> services.Registered:
    """A training that a professional took part in, or did not come to."""
    centre.change(
        kind=Kind.TRAINING, comes=ComesWith.ADULT, for_professionals=True, age_min=None, age_max=None
    )
    new = replace(wish(centre.programme.id), seats=(SeatValue("Kim", "Beispiel"),))
    made = services.register(new, now=now())
    mine = selectors.registration(link_to(made.id, purpose="registration"), made.id)
    assert mine is not None
    session = centre.programme.sessions[0].id
    services.mark(session, seat=mine.seats[0].id, came=came, actor=centre.actor, now=now())
    over(centre)
    return made


def paper_of(made: services.Registered) -> str:
    """The address of the certificate as the own page names it; empty where it names none."""
    page = Client().get(reverse("programmes:own", args=[made.code])).content.decode()
    return next((part for part in page.split('"') if "/bescheinigung/" in part), "")


def test_who_was_there_gets_a_certificate_that_anybody_can_check(centre: Centre) -> None:
    made = trained(centre)
    found = Client().get(paper_of(made))
    assert found.status_code == 200
    words = text_of(found.content)
    assert "Kim Beispiel" in words and "1 Stunde 30 Minuten" in words and "Musik für die Kleinen" in words
    view = centre.look()
    code = certificates.code_of(view, "Kim Beispiel", minutes=90)
    assert code in words.replace("\n", "")
    checked = Client().post(
        reverse("programmes:certificates"), {"code": code.lower(), "name": "kim  beispiel"}
    )
    assert checked.status_code == 200
    assert "Die Bescheinigung ist echt" in checked.content.decode()


@pytest.mark.parametrize(
    ("name", "spoiled"), [("Kim Anders", ""), ("Kim Beispiel", "minutes"), ("Kim Beispiel", "proof")]
)
def test_another_name_more_hours_or_a_bent_code_prove_nothing(
    centre: Centre, name: str, spoiled: str
) -> None:
    code = certificates.code_of(centre.look(), "Kim Beispiel", minutes=90)
    if spoiled == "minutes":
        code = code.replace("-0090-", "-0900-")
    if spoiled == "proof":
        code = code[:-1] + ("A" if code[-1] != "A" else "B")
    found = Client().post(reverse("programmes:certificates"), {"code": code, "name": name})
    assert found.status_code == 422
    assert "So stimmt es nicht" in found.content.decode()
    assert name not in found.headers.get("Location", "")


def test_guessing_codes_is_counted(centre: Centre) -> None:
    del centre
    answers = [
        Client().post(reverse("programmes:certificates"), {"code": f"AAAA-0090-{n}", "name": "x"}).status_code
        for n in range(7)
    ]
    assert answers[0] == 422
    assert answers[-1] == 429


def test_who_did_not_come_and_families_get_none(centre: Centre) -> None:
    assert paper_of(trained(centre, came=False)) == ""


def test_the_certificate_of_one_is_not_opened_by_anothers_link(centre: Centre) -> None:
    mine = trained(centre)
    own = paper_of(mine)
    seat = own.rpartition("/")[2].removesuffix(".pdf")
    starts = now() + timedelta(days=30)
    Session.objects.filter(programme=centre.programme.id).update(
        starts_at=starts, ends_at=starts + timedelta(minutes=90)
    )
    other = services.register(
        replace(wish(centre.programme.id, email="b@example.org"), seats=(SeatValue("Alex", ""),)), now=now()
    )
    over(centre)
    assert Client().get(f"/mitmachen/anmeldung/{other.code}/bescheinigung/{seat}.pdf").status_code == 404


def test_the_leaflet_and_the_press_text_say_what_families_ask(centre: Centre) -> None:
    centre.change(fares=(Fare("Kind", 1250), Fare("Kind mit Karte", 600)), summary="Singen und trommeln.")
    view = centre.look()
    words = text_of(papers.leaflet(view, now=now()))
    for said in (
        "Musik für die Kleinen",
        "Singen und trommeln",
        "Kind: 12,50 Euro",
        f"/mitmachen/{view.key}",
    ):
        assert said in words.replace("\n", " ") or said in words.replace("\n", "")
    press = papers.press_text(view, now=now())
    assert "Kosten: Kind: 12,50 Euro, Kind mit Karte: 6 Euro" in press
    assert f"/mitmachen/{view.key}/" in press


@pytest.mark.parametrize("name", ["leaflet", "press_text"])
def test_papers_are_the_organizations_own(centre: Centre, name: str) -> None:
    url = reverse(f"programmes:{name}", args=[centre.programme.id])
    assert client(centre.worker).get(url).status_code == 200
    assert client(centre.stranger).get(url).status_code == 404


def test_at_the_door_one_touch_marks_all_and_a_stranger_learns_nothing(centre: Centre) -> None:
    made = services.register(wish(centre.programme.id, "Mia", "Ben"), now=now())
    ticket = Client().get(reverse("programmes:ticket", args=[made.code]))
    assert ticket.status_code == 200 and ticket["Content-Type"] == "image/svg+xml"
    url = reverse("programmes:door", args=[made.id])
    assert client(centre.stranger).get(url).status_code == 404
    assert Client().get(url).status_code == 302
    page = client(centre.worker).get(url).content.decode()
    assert "Mia" in page and "Ben" in page
    mine = selectors.registration(centre.actor, made.id)
    assert mine is not None
    client(centre.worker).post(url, {"da": [str(seat.id) for seat in mine.seats]})
    assert set(selectors.came(centre.actor, centre.programme.sessions[0].id).values()) == {True}


def test_figures_stay_when_the_names_go_and_few_from_one_place_stand_together(centre: Centre) -> None:
    centre.change(capacity=20)
    home, away = "05358008", "05358060"
    for number in range(6):
        services.register(wish(centre.programme.id, f"K{number}", ags=home), now=now())
    made = services.register(wish(centre.programme.id, "Ida", ags=away), now=now())
    mine = selectors.registration(centre.actor, made.id)
    assert mine is not None
    services.mark(
        centre.programme.sessions[0].id, seat=mine.seats[0].id, came=True, actor=centre.actor, now=now()
    )
    over(centre)
    year = (now() - timedelta(days=1)).astimezone(clock.zone()).year
    before = figures.of_year(centre.actor, year)
    later = now() + timedelta(days=100)
    for rule in retention.RULES:
        rule.erase(later)
    assert selectors.registrations(centre.actor, centre.programme.id) == []
    after = figures.of_year(centre.actor, year)
    assert before.total == after.total == figures.Figures(placed=7, came=1, waited=0)
    assert dict(after.by_municipality) == {home: figures.Figures(6, 0, 0), "": figures.Figures(1, 1, 0)}
    assert figures.of_year(centre.stranger.acting(), year).programmes == ()


def test_figures_are_kept_for_the_organization_alone(centre: Centre) -> None:
    over(centre)
    with acting_as(retention.ACTOR):
        figures.keep(Programme.objects.all())
        assert Figure.objects.count() == 0, "nobody registered"
    with acting_as(centre.stranger.acting()):
        assert not Registration.objects.exists()
        assert not Figure.objects.exists()


def test_several_prices_are_asked_for_each_person_and_summed_up(centre: Centre) -> None:
    centre.change(fares=(Fare("Kind", 1250), Fare("Kind mit Karte", 600)))
    key = centre.look().key
    url = reverse("programmes:register", args=[key])
    born = date(now().year - 6, 1, 1).isoformat()
    people = {
        "first_0": "Mia",
        "born_0": born,
        "fare_0": "0",
        "first_1": "Ben",
        "born_1": born,
        "fare_1": "1",
    }
    assert Client().post(url, {**people, "fare_1": ""}).status_code == 422
    reach = {"name": "Eltern", "email": "e@example.org", "consent": "on", "fertig": "1"}
    found = Client().post(url, {**people, **reach})
    assert found.status_code == 302
    page = Client().get(found["Location"]).content.decode()
    assert "18,50 Euro" in page


def test_a_family_chooses_letters_later_and_gives_a_number_without_mail(centre: Centre) -> None:
    made = services.register(wish(centre.programme.id), now=now())
    url = reverse("programmes:own", args=[made.code])
    nothing = Client().post(url, {"tun": "kontakt", "email": ""})
    assert nothing.status_code == 422
    assert "Wie erreichen wir Sie? Bitte geben Sie" in nothing.content.decode()
    half = Client().post(url, {"tun": "kontakt", "by_letter": "on", "street": "Weg 3", "phone": "0160 1"})
    assert half.status_code == 422
    assert 'value="Weg 3"' in half.content.decode()
    letters = {"tun": "kontakt", "by_letter": "on", "street": "Weg 3", "postcode": "52445", "city": "Titz"}
    assert Client().post(url, {**letters, "phone": "0160 1"}).status_code == 302
    found = selectors.registration(centre.actor, made.id)
    assert found is not None
    assert (found.email, found.phone, found.address) == ("", "0160 1", "Weg 3, 52445 Titz")
    page = Client().get(url).content.decode()
    assert "Wir schreiben Ihnen Briefe: Weg 3, 52445 Titz" in page
    assert 'value="0160 1"' in page
    assert Client().get(reverse("programmes:own", args=["ABCD-EFGH-JKLM"])).status_code == 404


def test_an_address_can_be_changed_by_the_link(centre: Centre) -> None:
    made = services.register(wish(centre.programme.id), now=now())
    url = reverse("programmes:own", args=[made.code])
    assert Client().post(url, {"tun": "kontakt", "email": "kaputt"}).status_code == 422
    assert Client().post(url, {"tun": "kontakt", "email": "neu@example.org", "phone": "1"}).status_code == 302
    found = selectors.registration(centre.actor, made.id)
    assert found is not None and (found.email, found.phone) == ("neu@example.org", "1")
    with pytest.raises(Exception, match="twice"):
        services.register(wish(centre.programme.id, email="neu@example.org"), now=now())
