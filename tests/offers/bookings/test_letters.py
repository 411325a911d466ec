"""Letters for people without mail: the address is asked of them alone, and the desk prints what is due, once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail as outbox
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from lueckenlos.core import clock
from lueckenlos.core.actor import NOBODY, job
from lueckenlos.core.context import acting_as
from lueckenlos.core.postal import DueLetter
from lueckenlos.kernels.slots import Series
from lueckenlos.offers.bookings import retention, selectors, services
from lueckenlos.offers.bookings.errors import TooMany
from lueckenlos.offers.bookings.forms.desk import EntryForm
from lueckenlos.offers.bookings.models import Booking
from lueckenlos.offers.bookings.selectors import SLOTS
from lueckenlos.offers.bookings.types import Entry
from tests.core.pdf_reading import pages
from tests.offers.bookings.house import Office, link, mine, on, wish
from tests.offers.browsing import client
from tests.wall.world import now

ADDRESS = {"street": "Gartenweg 3", "postcode": "52445", "city": "Titz"}
RETENTION = job("retention")


def book(office: Office, *, days: int = 10) -> services.Booked:
    """A father without mail books a time so many days ahead."""
    slot = next(each for each in office.free() if each.span.begins > now() + timedelta(days=days))
    new = replace(
        wish(office.key, slot.span.begins, name="Emre Kaya"),
        email="",
        street="Gartenweg 3",
        postcode="52445",
        city="Titz",
    )
    return services.book(new, now=now())


def due(office: Office, who: Any = None) -> list[DueLetter]:
    """What waits for the printer."""
    return selectors.due_letters(who or office.actor, now=now())


def test_a_booking_by_letter_waits_for_the_printer_until_it_is_ticked_off(office: Office) -> None:
    book(office)
    (letter,) = due(office)
    assert letter.recipient == ("Emre Kaya", "Gartenweg 3", "52445 Titz")
    browser, url = client(office.worker), reverse("bookings:letters")
    assert "Gartenweg 3" in browser.get(url).content.decode()
    printed = browser.post(url, {"tun": "drucken", "brief": [letter.value]})
    assert printed["Content-Type"] == "application/pdf"
    words = "".join(pages(printed.content))
    assert "Ihr Termin steht: Sprechstunde" in words and "52445 Titz" in words
    assert due(office) == [letter]
    browser.post(url, {"tun": "abhaken", "brief": [letter.value]})
    assert due(office) == []
    assert outbox.outbox == []


def test_others_neither_see_nor_print_nor_tick_a_letter(office: Office) -> None:
    book(office)
    (letter,) = due(office)
    for outsider in (office.guest, NOBODY, job("bookings-other")):
        assert due(office, outsider) == []
        assert services.print_letters([letter], actor=outsider, now=now()) is None
        assert services.tick_letters([letter], actor=outsider) == 0
    url = reverse("bookings:letters")
    stranger = client(office.stranger)
    assert "Gartenweg" not in stranger.get(url).content.decode()
    for value in (letter.value, str(uuid4())):
        found = stranger.post(url, {"tun": "drucken", "brief": [value]})
        assert (found.status_code, found["Location"]) == (302, url)
    assert Client().get(url).status_code == 302
    assert due(office) == [letter]


def test_the_code_of_the_letter_is_typed_and_opens_the_booking(office: Office) -> None:
    booked = book(office)
    url = reverse("bookings:by_code")
    assert Client().get(url).status_code == 200
    assert Client().post(url, {"code": "XXXX"}).status_code == 422
    found = Client().post(url, {"code": booked.code.lower()}, follow=True)
    assert "Ihr Termin steht" in found.content.decode()


def test_who_is_reached_by_post_alone_is_reminded_days_before_and_once(office: Office) -> None:
    booked = book(office)
    services.tick_letters(due(office), actor=office.actor)
    assert services.note_letters(now=now()) == 0
    with acting_as(SLOTS):
        row = Booking.objects.get(id=booked.id)
        Booking.objects.filter(id=booked.id).update(created_at=row.starts_at - timedelta(days=15))
    assert services.note_letters(now=row.starts_at - timedelta(days=7)) == 0
    assert services.note_letters(now=row.starts_at - timedelta(days=5)) == 1
    assert [each.kind for each in due(office)] == ["reminder"]
    services.tick_letters(due(office), actor=office.actor)
    assert services.note_letters(now=row.starts_at - timedelta(days=4)) == 0


def test_news_of_the_office_go_by_letter_too_and_what_the_family_gave_back_needs_none(office: Office) -> None:
    moved, cancelled, given_back = (book(office, days=days) for days in (5, 7, 9))
    services.move(moved.id, on(12, 20), actor=office.actor, now=now())
    services.cancel(cancelled.id, actor=office.actor, now=now(), reason="krank")
    services.cancel(given_back.id, actor=link(given_back), now=now())
    found = {each.id: each.kind for each in due(office)}
    assert found == {moved.id: "moved", cancelled.id: "cancelled"}
    words = "".join(pages(services.print_letters(due(office), actor=office.actor, now=now()) or b""))
    assert "neue Zeit" in words and "fällt leider aus" in words and "krank" in words


def test_without_mail_and_letter_nobody_books_and_an_address_is_whole(office: Office) -> None:
    url = reverse("bookings:resource", args=[office.key])
    given = {
        "slot": office.free()[0].span.begins.isoformat(),
        "name": "Emre",
        "way": "on_site",
        "consent": "on",
    }
    told = Client().post(url, given).content.decode()
    assert "oder wählen Sie den Brief" in told
    told = Client().post(url, {**given, "by_letter": "on", "street": "Gartenweg 3"}).content.decode()
    assert "Welche Postleitzahl gehört zu der Adresse?" in told and 'value="Gartenweg 3"' in told
    assert "oder wählen Sie den Brief" not in told
    assert Client().post(url, {**given, "by_letter": "on", **ADDRESS}).status_code == 302
    assert len(due(office)) == 1


def test_an_address_is_kept_of_those_alone_who_want_letters(office: Office) -> None:
    url = reverse("bookings:resource", args=[office.key])
    given = {
        "slot": office.free()[0].span.begins.isoformat(),
        "name": "Emre",
        "way": "on_site",
        "consent": "on",
    }
    Client().post(url, {**given, "email": "emre@example.org", **ADDRESS})
    with acting_as(office.actor):
        assert Booking.objects.get().street == ""


def test_the_desk_enters_somebody_without_mail(office: Office) -> None:
    day = clock.day_of(now() + timedelta(days=9)).isoformat()
    given = {
        "day": day,
        "begins": "10:00",
        "ends": "10:30",
        "repeat": "once",
        "name": "Frau Alt",
        "by_letter": "on",
    }
    assert set(EntryForm({**given}).errors) == {"street", "postcode", "city"}
    assert "name" in EntryForm({**given, **ADDRESS, "name": "A" * 50}).errors
    entered = services.enter(
        office.key,
        on(9, 10),
        Entry(name="Frau Alt", street="Gartenweg 3", postcode="52445", city="Titz"),
        actor=office.actor,
        now=now(),
    )
    assert [each.id for each in due(office)] == [entered]


def test_a_fourth_letter_to_one_house_is_refused(office: Office) -> None:
    for days in (3, 5, 7):
        book(office, days=days)
    with pytest.raises(TooMany):
        book(office, days=9)


def test_the_database_keeps_no_letter_without_an_address_and_forgets_both(office: Office) -> None:
    booked = book(office)
    with acting_as(SLOTS), pytest.raises(IntegrityError), transaction.atomic():
        Booking.objects.filter(id=booked.id).update(street="")
    assert mine(booked).address == "Gartenweg 3, 52445 Titz"
    later = mine(booked).ends_at + timedelta(days=93)
    (rule,) = retention.RULES
    assert rule.erase(later) == 1
    with acting_as(RETENTION):
        assert not Booking.objects.exists()


def test_what_changes_between_printing_and_ticking_waits_on(office: Office) -> None:
    booked = book(office)
    (printed,) = due(office)
    browser, url = client(office.worker), reverse("bookings:letters")
    services.move(booked.id, on(12, 20), actor=office.actor, now=now())
    browser.post(url, {"tun": "abhaken", "brief": [printed.value]})
    assert services.tick_letters([printed], actor=office.actor) == 0
    assert [each.kind for each in due(office)] == ["moved"]


def test_a_series_is_told_in_one_letter(office: Office) -> None:
    day = on(9, 10).begins.astimezone(clock.zone())
    series = Series("FREQ=WEEKLY;INTERVAL=1;COUNT=3", clock.day_of(day), day.time(), timedelta(hours=1))
    entry = Entry(name="Frau Alt", street="Gartenweg 3", postcode="52445", city="Titz")
    services.enter_series(office.key, series, entry, actor=office.actor, now=now())
    words = "".join(pages(services.print_letters(due(office), actor=office.actor, now=now()) or b""))
    assert "und 2 weitere Termine" in words
