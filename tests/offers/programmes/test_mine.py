"""A family that is signed in finds what it registered for; nobody else's account does, and no counsellor's."""

from __future__ import annotations

from uuid import uuid4

from django.test import Client
from django.urls import reverse

from lueckenlos.core.actor import NOBODY
from lueckenlos.core.context import acting_as
from lueckenlos.offers.programmes import selectors
from lueckenlos.offers.programmes.models import Registration
from tests.house.fences import bad_skeleton
from tests.offers.browsing import client, family
from tests.offers.programmes.house import Centre

GIVEN = {"first_0": "Mia", "family_0": "Beispiel", "born_0": "2020-05-05", "consent": "on"}


def sent(browser: Client, centre: Centre) -> str:
    """Both steps of the form; gives what the second says of name and address."""
    url = reverse("programmes:register", args=[centre.programme.key])
    page = browser.post(url, GIVEN).content.decode()
    contact = {"name": "Olga Sommer", "email": "olga@example.org", "fertig": "1"}
    assert browser.post(url, {**GIVEN, **contact}).status_code == 302
    return page


def test_a_family_finds_its_registration_and_opens_it_without_the_mail(centre: Centre) -> None:
    browser, actor = family("Olga")
    page = sent(browser, centre)
    assert 'value="Olga"' in page and 'value="olga@example.org"' in page
    listed = browser.get(reverse("programmes:mine"))
    assert bad_skeleton(listed.content.decode()) == []
    assert (
        "Musik für die Kleinen" in listed.content.decode()
        and "Sie haben einen Platz" in listed.content.decode()
    )
    ((mine, _view),) = selectors.mine(actor)
    opened = browser.post(reverse("programmes:open_again", args=[mine.id]), follow=True)
    assert "Mia" in opened.content.decode()


def test_no_other_account_sees_or_opens_it(centre: Centre) -> None:
    browser, actor = family("Olga")
    sent(browser, centre)
    ((mine, _view),) = selectors.mine(actor)
    other, elsewhere = family("Emre")
    for outsider in (other, client(centre.stranger), client(centre.worker)):
        assert "Musik" not in outsider.get(reverse("programmes:mine")).content.decode()
        for registration in (mine.id, uuid4()):
            assert outsider.post(reverse("programmes:open_again", args=[registration])).status_code == 404
    assert Client().get(reverse("programmes:mine")).status_code == 302
    with acting_as(elsewhere):
        assert Registration.objects.count() == 0
    with acting_as(actor):
        assert Registration.objects.count() == 1


def test_who_registers_a_family_at_work_keeps_nothing_of_it(centre: Centre) -> None:
    sent(client(centre.stranger), centre)
    assert selectors.mine(centre.stranger.acting()) == []
    with acting_as(centre.actor):
        assert list(Registration.objects.values_list("account", flat=True)) == [None]


def test_a_professional_finds_their_own_training(centre: Centre) -> None:
    centre.change(for_professionals=True)
    sent(client(centre.stranger), centre)
    ((_mine, view),) = selectors.mine(centre.stranger.acting())
    assert view.title == "Musik für die Kleinen"


def test_whoever_is_not_signed_in_is_kept_without_an_account(centre: Centre) -> None:
    sent(Client(), centre)
    with acting_as(centre.actor):
        assert list(Registration.objects.values_list("account", flat=True)) == [None]
    assert selectors.mine(NOBODY) == []
