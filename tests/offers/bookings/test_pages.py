"""Every door of the desk stays shut for others, and says the same for what is hidden and what is not there."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.core import mail as outbox
from django.test import Client
from django.urls import reverse

from lueckenlos.core import clock
from lueckenlos.offers.bookings import selectors, services
from lueckenlos.offers.bookings.forms.desk import EntryForm, ResourceForm
from lueckenlos.offers.bookings.types import Entry
from tests.house.fences import bad_skeleton
from tests.offers.bookings.house import Office, ahead, mine, on
from tests.offers.browsing import client
from tests.wall.world import now

BY_RESOURCE = ("give_up", "manage", "change", "issue_feed", "day", "block")
DEEDS = ("", "ja", "nein", "absagen", "alle-absagen", "verlegen", "ab-hier")


def doors(resource: UUID, booking: UUID) -> list[str]:
    """All addresses of the desk that hold a key."""
    return [
        *(reverse(f"bookings:{name}", args=[resource]) for name in BY_RESOURCE),
        reverse("bookings:booking", args=[booking]),
    ]


def answer(browser: Client, url: str, *, deed: str | None) -> tuple[int, str]:
    """Status and where it leads, without the key."""
    found = browser.get(url) if deed is None else browser.post(url, {"tun": deed})
    return found.status_code, found.get("Location", "").partition("?")[0]


def test_for_others_the_desk_is_as_if_it_were_not_there(office: Office) -> None:
    booked = office.book()
    for outsider in (None, office.stranger):
        browser = client(outsider)
        for deed in (None, *DEEDS):
            for there, nowhere in zip(doors(office.key, booked.id), doors(uuid4(), uuid4()), strict=True):
                shown, missing = (answer(browser, url, deed=deed) for url in (there, nowhere))
                assert shown == missing, (there, deed)
    assert mine(booked).state.is_held


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "morgen"])
def test_a_day_that_nobody_means_shows_the_days_ahead(office: Office, day: str) -> None:
    browser = client(office.worker)
    for name, asked in (("manage", "woche"), ("day", "tag"), ("enter", "tag"), ("resource", "ab")):
        assert browser.get(reverse(f"bookings:{name}", args=[office.key]), {asked: day}).status_code == 200


def test_a_reason_with_a_sign_that_no_database_keeps_is_taken_without_it(office: Office) -> None:
    booked = office.book()
    url = reverse("bookings:booking", args=[booked.id])
    given = {"tun": "absagen", "grund": "krank\0 " + "ä" * 10_000}
    assert client(office.worker).post(url, given).status_code == 302
    assert not mine(booked).state.is_held


def test_what_is_closed_is_not_there_for_guests(office: Office) -> None:
    browser, url = client(office.stranger), reverse("bookings:enter", args=[office.key])
    assert browser.get(url).status_code == 200
    office.change(is_open=False)
    assert browser.get(url).status_code == browser.post(url).status_code == 404


def test_a_guest_is_shown_times_and_no_words(office: Office) -> None:
    office.book(name="Ayşe Yılmaz")
    services.enter(office.key, on(4, 10), Entry(title="Umgang"), actor=office.actor, now=now())
    page = client(office.stranger).get(reverse("bookings:enter", args=[office.key])).content.decode()
    assert "10:00 bis 11:00" in page
    assert "Ayşe" not in page and "Umgang" not in page


def test_the_organization_comes_in_and_its_pages_stand(office: Office) -> None:
    booked = office.book(name="Ayşe Yılmaz")
    browser, week = client(office.worker), clock.day_of(mine(booked).starts_at)
    pages = [url for url in doors(office.key, booked.id) if not url.endswith(("/kalender/", "/aufgeben/"))]
    for url in (*pages, reverse("bookings:desk"), reverse("bookings:enter", args=[office.key])):
        found = browser.get(url, {"woche": week.isoformat()})
        assert found.status_code == 200
        assert bad_skeleton(found.content.decode()) == []
    assert "Ayşe" in browser.get(pages[0], {"woche": week.isoformat()}).content.decode()
    door = browser.get(reverse("bookings:day", args=[office.key]), {"tag": week.isoformat()})
    assert "belegt" in door.content.decode()
    assert "Ayşe" not in door.content.decode()


def test_the_link_of_an_entry_does_not_show_the_title_of_the_organization(office: Office) -> None:
    services.enter(
        office.key,
        on(4, 15),
        Entry(title="Hilfeplan", name="Olga Sommer", email="olga@example.org"),
        actor=office.actor,
        now=now(),
    )
    code = str(outbox.outbox[-1].body).partition("/termine-buchen/termin/")[2].partition("/")[0]
    page = Client().get(reverse("bookings:own", args=[code])).content.decode()
    assert "Olga Sommer" in page
    assert "Hilfeplan" not in page


@pytest.mark.parametrize("code", ["0000-0000-0000", "ABCD-EFGH-JKLM", "x" * 300])
def test_a_wrong_link_opens_nothing(office: Office, code: str) -> None:
    found = Client().get(reverse("bookings:own", args=[code]))
    assert found.status_code == 404
    assert bad_skeleton(found.content.decode()) == []
    for name in ("own_calendar", "feed"):
        assert Client().get(reverse(f"bookings:{name}", args=[code])).status_code == 404
    del office


@pytest.mark.parametrize("slot", ["", "gestern", "2026-12-01", "2026-12-01T10:00:00", "9" * 400])
def test_a_time_that_is_none_books_nothing(office: Office, slot: str) -> None:
    given = {"slot": slot, "name": "A", "email": "a@example.org", "way": "on_site", "consent": "on"}
    found = Client().post(reverse("bookings:resource", args=[office.key]), given)
    assert found.status_code == 422
    assert selectors.bookings(office.actor, office.key, window=ahead()) == []


def test_a_program_that_fills_in_everything_books_nothing(office: Office) -> None:
    slot = office.free()[0].span.begins.isoformat()
    given = {
        "slot": slot,
        "name": "A",
        "email": "a@example.org",
        "way": "on_site",
        "consent": "on",
        "website": "x",
    }
    assert Client().post(reverse("bookings:resource", args=[office.key]), given).status_code == 302
    assert selectors.bookings(office.actor, office.key, window=ahead()) == []


def test_forms_tell_what_they_do_not_understand(office: Office) -> None:
    form = ResourceForm(
        {"title": "Raum", "kind": "room", "hours": "nach Vereinbarung", "closed_on": "Montag"}
    )
    assert {"hours", "closed_on"} <= form.errors.keys()
    day = clock.day_of(now() + timedelta(days=3))
    given = {"day": day.isoformat(), "begins": "10:00", "ends": "09:00", "repeat": "2"}
    assert {"ends", "until"} <= EntryForm(given).errors.keys()
    given |= {"ends": "11:00", "repeat": "month", "until": (day + timedelta(days=90)).isoformat()}
    entry = EntryForm(given)
    assert entry.is_valid()
    series = entry.to_series()
    assert series is not None and series.rule.startswith("FREQ=MONTHLY;BYDAY=")
    del office
