"""Questions and prices after the lot: asked of those with a place alone, told to the organization, no place lost by silence."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.core import mail as outbox
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from lueckenlos.core.actor import Actor, job, link_to
from lueckenlos.core.context import acting_as
from lueckenlos.offers.holidays import services
from lueckenlos.offers.holidays.errors import NoSuchList
from lueckenlos.offers.holidays.models import Decision
from lueckenlos.offers.programmes import selectors as programmes
from lueckenlos.offers.programmes import services as programme_deeds
from lueckenlos.offers.programmes.errors import NoSuchRegistration, NothingAsked
from lueckenlos.offers.programmes.models import Programme, Seat
from lueckenlos.offers.programmes.types import Fare, LaterAnswers, RegistrationView
from tests.house.fences import bad_skeleton
from tests.offers.browsing import client
from tests.offers.holidays.house import Town, link
from tests.wall.world import now

FULL, CARD = Fare("Kind", 3000), Fare("Kind mit Familienkarte", 1000)


@pytest.fixture
def asking(town: Town) -> Town:
    """The circus has two prices and a question that must be answered, the forest one price alone."""
    Programme.objects.filter(id=town.programme("Zirkus").id).update(
        fares=[{"label": each.label, "cents": each.cents} for each in (FULL, CARD)],
        questions=[{"key": "essen", "label": "Was darf Ihr Kind nicht essen?", "required": True}],
    )
    Programme.objects.filter(id=town.programme("Wald").id).update(fares=[{"label": "Kind", "cents": 500}])
    return town


def place(sent: services.Sent) -> UUID:
    """The registration that came of a list."""
    with acting_as(job("holidays-tell")):
        found = Decision.objects.filter(list=sent.id, registration__isnull=False).get().registration
    assert found is not None
    return found


def family(key: UUID) -> Actor:
    """Whoever holds the link of the place."""
    return link_to(key, purpose="registration")


def mine(key: UUID) -> RegistrationView:
    """The place as its family sees it."""
    found = programmes.registration(family(key), key)
    assert found is not None
    return found


def told(key: UUID, fare: Fare = CARD) -> LaterAnswers:
    """Nuts, and the price of the card."""
    return LaterAnswers((("Was darf Ihr Kind nicht essen?", "Nüsse"),), {mine(key).seats[0].id: fare})


def test_prices_are_shown_where_the_wish_is_chosen_and_questions_come_later(asking: Town) -> None:
    url = reverse("holidays:write", args=[asking.view.key])
    page = Client().post(url, {"first_0": "Mia", "born_0": f"{now().year - 9}-01-02"}).content.decode()
    assert "Kind: 30 Euro, Kind mit Familienkarte: 10 Euro" in page
    assert "Danach fragen wir erst, wenn Ihr Kind dort einen Platz hat." in page
    assert "nicht essen" not in page
    public = Client().get(reverse("holidays:round", args=[asking.view.key])).content.decode()
    assert "Kind mit Familienkarte: 10 Euro" in public


def test_only_who_has_a_place_is_asked_and_only_what_is_not_known(asking: Town) -> None:
    circus, forest = asking.send("Mia"), asking.send("Ben", wishes=("Wald",))
    asking.publish()
    asked, single = mine(place(circus)), mine(place(forest))
    assert asked.asked_until == asking.after + timedelta(days=7)
    assert asked.seats[0].fare == FULL
    assert single.asked_until is None
    assert single.seats[0].fare == Fare("Kind", 500)
    outbox.outbox.clear()
    for sent in (circus, forest):
        services.tell_decided(sent.id, now=asking.after)
    first, second = (str(letter.body) for letter in outbox.outbox)
    assert "Es fehlen noch ein paar Angaben. Bitte antworten Sie bis" in first
    assert "Es fehlen noch" not in second


def test_what_the_family_says_stands_in_the_organizations_registrations(asking: Town) -> None:
    key = place(_placed(asking))
    programme_deeds.answer(key, told(key), actor=family(key), now=asking.after)
    found = programmes.registrations(asking.actor, asking.programme("Zirkus").id)
    seen = next(each for each in found if each.id == key)
    assert seen.answers == (("Was darf Ihr Kind nicht essen?", "Nüsse"),)
    assert (seen.seats[0].fare, seen.cents, seen.asked_until) == (CARD, 1000, None)
    with pytest.raises(NothingAsked):
        programme_deeds.answer(key, told(key, FULL), actor=family(key), now=asking.after)


def test_late_is_better_than_never_and_nobody_loses_a_place(asking: Town) -> None:
    key = place(_placed(asking))
    late = asking.after + timedelta(days=20)
    programme_deeds.move_up_everywhere(now=late)
    assert mine(key).state.is_open
    programme_deeds.answer(key, told(key), actor=family(key), now=late)
    assert mine(key).asked_until is None


def test_one_reminder_comes_two_days_before_and_none_to_who_answered(asking: Town) -> None:
    silent, spoke = place(_placed(asking)), None
    spoke = next(
        each.id
        for each in programmes.registrations(asking.actor, asking.programme("Zirkus").id)
        if each.id != silent
    )
    programme_deeds.answer(spoke, told(spoke), actor=family(spoke), now=asking.after)
    outbox.outbox.clear()
    assert programme_deeds.remind_everywhere(now=asking.after + timedelta(days=4)) == 0
    assert programme_deeds.remind_everywhere(now=asking.after + timedelta(days=5)) == 1
    assert programme_deeds.remind_everywhere(now=asking.after + timedelta(days=6)) == 0
    (letter,) = outbox.outbox
    assert "Ihr Platz bleibt Ihnen auf jeden Fall." in str(letter.body)
    assert "/mitmachen/anmeldung/" in str(letter.body)


def test_nobody_else_answers_and_the_link_renames_nobody(asking: Town) -> None:
    key = place(_placed(asking))
    given = told(key)
    for outsider in (
        asking.partner.acting(),
        asking.stranger.acting(),
        link_to(asking.key, purpose="registration"),
    ):
        with pytest.raises(NoSuchRegistration):
            programme_deeds.answer(key, given, actor=outsider, now=asking.after)
        with acting_as(outsider):
            assert Seat.objects.filter(registration=key).update(cents=0) == 0
    with pytest.raises(DatabaseError), transaction.atomic(), acting_as(family(key)):
        Seat.objects.filter(registration=key).update(first_name="Jemand")
    assert mine(key).seats[0].fare == FULL


def test_the_family_answers_on_its_page_and_is_told_what_is_wrong(asking: Town) -> None:
    sent = asking.send("Mia")
    asking.publish()
    browser = Client()
    own = reverse("holidays:own", args=[sent.code])
    page = browser.get(own).content.decode()
    assert "Der Veranstalter möchte noch etwas wissen." in page
    to_place = browser.post(own, {"tun": "platz", "angebot": str(asking.offers["Zirkus"])})
    assert to_place.status_code == 302
    url = to_place["Location"]
    page = browser.get(url).content.decode()
    assert bad_skeleton(page) == []
    assert "Noch ein paar Angaben" in page
    assert "Preis für Mia Beispiel" in page
    found = browser.post(url, {"tun": "angaben", "q_essen": "Nüsse"})
    assert found.status_code == 422
    assert "Welcher Preis gilt für Mia?" in found.content.decode()
    assert 'value="Nüsse"' in found.content.decode()
    desk = client(asking.worker)
    manage = reverse("programmes:manage", args=[asking.programme("Zirkus").id])
    assert "Angaben fehlen noch" in desk.get(manage).content.decode()
    seat = mine(place(sent)).seats[0].id
    given = {"tun": "angaben", "q_essen": "Nüsse", f"fare_{seat}": "1"}
    assert browser.post(url, given).status_code == 302
    page = browser.get(url).content.decode()
    assert "Noch ein paar Angaben" not in page
    assert "Zusammen kostet es 10 Euro" in page
    page = desk.get(manage).content.decode()
    assert "Nüsse" in page
    assert "Angaben fehlen noch" not in page


def test_a_list_opens_its_own_places_alone(asking: Town) -> None:
    first, second = asking.send("Mia"), asking.send("Ben", wishes=("Wald",))
    asking.publish()
    with pytest.raises(NoSuchList):
        services.way_to_place(second.id, asking.offers["Zirkus"], actor=link(second), now=asking.after)
    with pytest.raises(NoSuchList):
        services.way_to_place(first.id, asking.offers["Zirkus"], actor=link(second), now=asking.after)
    own = reverse("holidays:own", args=[second.code])
    for offer in ("nichts", str(asking.offers["Zirkus"])):
        assert Client().post(own, {"tun": "platz", "angebot": offer}).status_code == 404


def _placed(asking: Town) -> services.Sent:
    """Two families with a place in the circus; gives the first."""
    sent = asking.send("Mia")
    asking.send("Ben")
    asking.publish()
    assert connection.in_atomic_block is False
    return sent
