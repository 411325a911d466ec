"""A family that is signed in finds what it booked; nobody else's account does, and no counsellor's."""

from __future__ import annotations

from uuid import uuid4

from django.test import Client
from django.urls import reverse

from lueckenlos.core.context import acting_as
from lueckenlos.offers.bookings import selectors
from lueckenlos.offers.bookings.models import Booking
from tests.offers.bookings.house import Office
from tests.offers.browsing import client, family


def book(browser: Client, office: Office) -> None:
    slot = office.free()[0].span.begins.isoformat()
    given = {"slot": slot, "name": "Olga", "email": "olga@example.org", "way": "on_site", "consent": "on"}
    assert browser.post(reverse("bookings:resource", args=[office.key]), given).status_code == 302


def test_a_family_finds_its_time_and_opens_it_without_the_mail(office: Office) -> None:
    browser, actor = family("Olga")
    page = browser.get(reverse("bookings:resource", args=[office.key])).content.decode()
    assert 'value="Olga"' in page and 'value="olga@example.org"' in page
    book(browser, office)
    assert "Sprechstunde" in browser.get(reverse("programmes:mine")).content.decode()
    ((mine, _view),) = selectors.mine(actor)
    opened = browser.post(reverse("bookings:open_again", args=[mine.id]), follow=True)
    assert opened.status_code == 200 and "Sprechstunde" in opened.content.decode()


def test_no_other_account_sees_or_opens_it(office: Office) -> None:
    browser, actor = family("Olga")
    book(browser, office)
    ((mine, _view),) = selectors.mine(actor)
    other, elsewhere = family("Emre")
    for outsider in (other, client(office.stranger), client(office.worker)):
        assert "Sprechstunde" not in outsider.get(reverse("programmes:mine")).content.decode()
        for key in (mine.id, uuid4()):
            assert outsider.post(reverse("bookings:open_again", args=[key])).status_code == 404
    with acting_as(elsewhere):
        assert Booking.objects.count() == 0


def test_who_books_for_a_family_at_work_keeps_nothing_of_it(office: Office) -> None:
    book(client(office.stranger), office)
    assert selectors.mine(office.guest) == []
