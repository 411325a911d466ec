"""Whoever rings or stands at the counter: the same rules, an oral consent with a witness, letters instead of mails."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail as outbox
from django.db import IntegrityError
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from lueckenlos.core.actor import NOBODY, Actor, job, link_to
from lueckenlos.core.context import acting_as
from lueckenlos.core.postal import DueLetter
from lueckenlos.offers.programmes import selectors, services
from lueckenlos.offers.programmes.errors import NoSuchProgramme, SameChildTwice
from lueckenlos.offers.programmes.forms.public import CONSENT
from lueckenlos.offers.programmes.models import Registration
from lueckenlos.offers.programmes.services.seating import PLACES
from lueckenlos.offers.programmes.types import (
    ConsentWay,
    Format,
    NewRegistration,
    Reach,
    RegistrationState,
    SeatValue,
)
from tests.core.pdf_reading import pages
from tests.offers.browsing import client
from tests.offers.programmes.house import Centre, wish
from tests.wall.world import now

ADDRESS = {"street": "Gartenweg 3", "postcode": "52445", "city": "Titz"}


def by_letter(centre: Centre, *children: str, **more: Any) -> NewRegistration:
    """A family without mail."""
    new = replace(wish(centre.programme.id, *children), email="", **more)
    return replace(new, street="Gartenweg 3", postcode="52445", city="Titz")


def take_down(centre: Centre, *children: str) -> services.Registered:
    """The desk writes a family without mail down."""
    return services.take_down(by_letter(centre, *children), actor=centre.actor, now=now())


def due(centre: Centre, who: Actor | None = None) -> list[DueLetter]:
    """What waits for the printer."""
    return selectors.due_letters(who or centre.actor, now=now())


def answers(**more: str) -> dict[str, str]:
    """What the desk fills in."""
    born = date(now().year - 6, 1, 1).isoformat()
    return {"first_0": "Mia", "born_0": born, "name": "Oma Alt", "language": "de", "consent": "on", **more}


def test_the_desk_registers_by_telephone_with_the_text_and_who_heard_the_yes(centre: Centre) -> None:
    url = reverse("programmes:take_down", args=[centre.programme.id])
    browser = client(centre.worker)
    page = browser.get(url).content.decode()
    assert "Bitte vorlesen: „Ich bin einverstanden" in page
    assert browser.post(url, answers(phone="0175 000")).status_code == 302
    (found,) = selectors.registrations(centre.actor, centre.programme.id)
    assert (found.state, found.consent_way) == (RegistrationState.PLACED, ConsentWay.ORAL)
    with acting_as(PLACES):
        row = Registration.objects.get()
    assert (row.recorded_by, row.consent_version) == (centre.worker.person, CONSENT)
    assert (
        "mündlich zugestimmt"
        in browser.get(reverse("programmes:manage", args=[centre.programme.id])).content.decode()
    )


def test_what_the_desk_leaves_out_or_what_does_not_fit_is_told_and_nothing_is_lost(centre: Centre) -> None:
    url = reverse("programmes:take_down", args=[centre.programme.id])
    browser = client(centre.worker)
    told = browser.post(url, answers()).content.decode()
    assert "Bitte E-Mail, Telefon oder Brief" in told and 'value="Oma Alt"' in told
    told = browser.post(url, answers(by_letter="on")).content.decode()
    assert "In welche Straße soll der Brief gehen?" in told
    told = browser.post(url, answers(phone="0175", born_0="2000-01-01")).content.decode()
    assert "Das Angebot ist für: 3 bis 8 Jahre" in told and 'value="0175"' in told
    assert "Ohne ein mündliches Ja" in browser.post(url, answers(phone="1", consent="")).content.decode()
    assert centre.look().places.taken == 0


def test_others_take_nobody_down_and_see_no_letter(centre: Centre) -> None:
    take_down(centre)
    (letter,) = due(centre)
    with pytest.raises(NoSuchProgramme):
        services.take_down(by_letter(centre, "Ben"), actor=centre.stranger.acting(), now=now())
    for outsider in (centre.stranger.acting(), NOBODY, job("programmes-other")):
        assert due(centre, outsider) == []
        assert services.print_letters([letter], actor=outsider, now=now()) is None
        assert services.tick_letters([letter], actor=outsider) == 0
    for name, key in (("take_down", centre.programme.id), ("answer", letter.id)):
        there, nowhere = (reverse(f"programmes:{name}", args=[each]) for each in (key, uuid4()))
        for who in (None, centre.stranger):
            browser = client(who)
            assert browser.post(there).status_code == browser.post(nowhere).status_code
    assert "Gartenweg" not in client(centre.stranger).get(reverse("programmes:letters")).content.decode()
    assert due(centre) == [letter]


def test_a_letter_is_printed_with_a_code_that_opens_and_ticked_off(centre: Centre) -> None:
    made = take_down(centre)
    browser, url = client(centre.worker), reverse("programmes:letters")
    given = {"brief": [each.value for each in due(centre)]}
    printed = browser.post(url, {"tun": "drucken", **given})
    words = "".join(pages(printed.content))
    assert "Sie haben einen Platz: Musik" in words and "52445 Titz" in words
    browser.post(url, {"tun": "abhaken", **given})
    assert due(centre) == []
    assert outbox.outbox == []
    typed = Client().post(reverse("programmes:by_code"), {"code": made.code}, follow=True)
    assert "Sie haben einen Platz" in typed.content.decode()


def test_who_waits_is_told_by_letter_and_answers_by_telephone(centre: Centre) -> None:
    services.register(wish(centre.programme.id, "Ada", "Bela", "Cem"), now=now())
    waits = take_down(centre)
    assert waits.rank == 1
    words = "".join(pages(services.print_letters(due(centre), actor=centre.actor, now=now()) or b""))
    assert "auf Platz 1." in " ".join(words.split())
    centre.change(capacity=4)
    assert [each.kind for each in due(centre)] == ["offered"]
    url = reverse("programmes:answer", args=[waits.id])
    assert client(centre.worker).post(url, {"tun": "ja"}).status_code == 302
    mine = selectors.registration(link_to(waits.id, purpose="registration"), waits.id)
    assert mine is not None
    assert mine.state is RegistrationState.PLACED
    assert due(centre) == []


def in_two_steps(centre: Centre, **more: str) -> HttpResponse:
    """A family fills in both pages of the public form."""
    url = reverse("programmes:register", args=[centre.programme.key])
    given = {**answers(name="Ayşe Kaya"), "fertig": "1", **more}
    return Client().post(url, given)  # type: ignore[return-value]


def test_a_family_without_mail_chooses_the_letter_itself_and_the_desk_prints_it(centre: Centre) -> None:
    told = in_two_steps(centre).content.decode()
    assert "oder wählen Sie den Brief" in told and 'value="Ayşe Kaya"' in told
    told = in_two_steps(centre, by_letter="on", street="Gartenweg 3").content.decode()
    assert "Welche Postleitzahl gehört zu der Adresse?" in told and "oder wählen Sie den Brief" not in told
    assert due(centre) == []
    made = in_two_steps(centre, by_letter="on", **ADDRESS)
    assert made.status_code == 302
    assert "Gartenweg 3, 52445 Titz" in Client().get(made["Location"]).content.decode()
    (letter,) = due(centre)
    assert (letter.kind, letter.recipient) == ("registered", ("Ayşe Kaya", "Gartenweg 3", "52445 Titz"))
    assert due(centre, centre.stranger.acting()) == []
    with acting_as(PLACES):
        row = Registration.objects.get()
    assert (row.consent_way, row.recorded_by, row.email) == (ConsentWay.ONLINE.value, None, "")
    assert outbox.outbox == []


def test_a_program_gets_no_letter_and_an_address_is_kept_of_those_alone_who_want_one(centre: Centre) -> None:
    in_two_steps(centre, by_letter="on", website="https://example.org", **ADDRESS)
    assert centre.look().places.taken == 0
    in_two_steps(centre, email="ayse@example.org", **ADDRESS)
    with acting_as(PLACES):
        assert Registration.objects.get().street == ""
    assert due(centre) == []


def test_who_learns_of_a_free_place_by_letter_alone_has_the_days_that_the_post_takes(centre: Centre) -> None:
    services.register(wish(centre.programme.id, "Ada", "Bela", "Cem"), now=now())
    by_post = services.register(by_letter(centre, "Dana"), now=now())
    by_mail = services.register(wish(centre.programme.id, "Emil"), now=now())
    centre.change(capacity=5)
    until = {
        each.id: each.offered_until for each in selectors.registrations(centre.actor, centre.programme.id)
    }
    longer = (until[by_post.id] or now()) - (until[by_mail.id] or now())
    assert timedelta(days=4) < longer <= timedelta(days=5, minutes=1)


def test_the_longer_time_for_a_letter_ends_with_the_registration(centre: Centre) -> None:
    closes = now() + timedelta(days=3)
    services.register(wish(centre.programme.id, "Ada", "Bela", "Cem"), now=now())
    by_post = services.register(by_letter(centre, "Dana"), now=now())
    centre.change(capacity=4, closes_at=closes)
    found = {
        each.id: each.offered_until for each in selectors.registrations(centre.actor, centre.programme.id)
    }
    assert found[by_post.id] == closes


def test_a_letter_for_something_online_says_where_the_way_in_stands(centre: Centre) -> None:
    take_down(centre)
    centre.change(format=Format.ONLINE)
    words = "".join(pages(services.print_letters(due(centre), actor=centre.actor, now=now()) or b""))
    assert "auf der Seite, die der Code öffnet" in " ".join(words.split())


def test_news_come_by_letter_until_there_is_a_mail_address(centre: Centre) -> None:
    made = take_down(centre)
    services.cancel_session(centre.programme.sessions[0].id, actor=centre.actor)
    assert [each.kind for each in due(centre)] == ["cancelled"]
    words = "".join(pages(services.print_letters(due(centre), actor=centre.actor, now=now()) or b""))
    assert "ein Termin fällt aus: Musik" in words
    link = link_to(made.id, purpose="registration")
    services.change_contact(made.id, reach=Reach("oma@example.org"), actor=link, now=now())
    assert due(centre) == []
    mine = selectors.registration(link, made.id)
    assert mine is not None
    assert mine.address == ""


def test_adults_without_mail_are_told_apart_by_number_or_house(centre: Centre) -> None:
    adult = (SeatValue("Anna", "Meier"),)
    first = replace(by_letter(centre), seats=adult)
    services.take_down(first, actor=centre.actor, now=now())
    services.take_down(replace(first, street="Anderswo 1"), actor=centre.actor, now=now())
    with pytest.raises(SameChildTwice):
        services.take_down(first, actor=centre.actor, now=now())


def test_the_database_keeps_no_oral_yes_without_a_witness(centre: Centre) -> None:
    with pytest.raises(IntegrityError):
        services.register(by_letter(centre, consent_way=ConsentWay.ORAL), now=now())
