"""Somebody who translates is booked in the same breath, somebody who would rather come earlier hears of it, and paper and short messages reach who has no mail."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail as outbox
from django.db import connection
from django.test import Client
from django.urls import reverse

from lueckenlos.commons.directory import selectors as directory
from lueckenlos.core import mail, sms
from lueckenlos.offers.bookings import selectors, services
from lueckenlos.offers.bookings.errors import NobodyTranslates
from lueckenlos.offers.bookings.types import BookingState, Entry, Gender, ResourceKind
from tests.core.databases import past_the_wall
from tests.core.pdf_reading import pages
from tests.offers.bookings.house import DAILY, Office, ahead, link, on, wish
from tests.offers.browsing import client
from tests.wall.world import Worker, World, now


@pytest.fixture
def interpreters(office: Office, empty_database: str) -> Worker:
    """Another organization with a woman who speaks Arabic, every day, one at a time."""
    del office
    with past_the_wall(empty_database) as wide:
        world = World(wide)
        worker = world.worker(world.organization())
    translate(worker, "Amira", Gender.WOMAN)
    return worker


def translate(worker: Worker, title: str, gender: Gender, **more: Any) -> Any:
    """Somebody who translates Arabic."""
    new = services.NewResource(
        kind=ResourceKind.PERSON, title=title, hours=(DAILY,), languages=("ar",), gender=gender, **more
    )
    return services.found_resource(new, actor=worker.acting(), now=now())


def book(
    office: Office, number: int = 0, *, gender: Gender = Gender.ANY, name: str = "Nour"
) -> services.Booked:
    """A talk for which somebody must translate from Arabic."""
    new = wish(office.key, office.free()[number].span.begins, name=name)
    return services.book(replace(new, interpreter="ar", gender=gender), now=now())


def test_who_translates_is_booked_along_and_learns_no_name(office: Office, interpreters: Worker) -> None:
    made = book(office)
    found = selectors.interpreting(link(made), made.id)
    assert found is not None and found.state is BookingState.BOOKED
    assert selectors.interpreting(office.actor, made.id) == found
    (theirs,) = [
        each
        for view in selectors.resources_of(interpreters.acting())
        for each in selectors.bookings(interpreters.acting(), view.id, window=ahead())
    ]
    assert (theirs.name, theirs.email, theirs.phone) == ("", "", "")
    assert "Arabisch" in theirs.title and "Sprechstunde" in theirs.title
    assert selectors.booking(interpreters.acting(), made.id) is None
    assert selectors.interpreting(office.guest, made.id) is None


def test_one_person_translates_one_talk_at_a_time(office: Office, interpreters: Worker) -> None:
    office.change(parallel=2)
    first, second = book(office, name="Nour"), book(office, name="Sami")
    assert selectors.interpreting(office.actor, first.id) is not None
    assert selectors.interpreting(office.actor, second.id) is None
    page = Client().get(reverse("bookings:own", args=[second.code])).content.decode()
    assert "Wir suchen noch jemanden" in page
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM signals_signal WHERE reason = 'language'")
        assert cursor.fetchone()[0] == 1
    services.cancel(first.id, actor=link(first), now=now())
    services.look_again(second.id, actor=office.actor, now=now())
    assert selectors.interpreting(office.actor, second.id) is not None
    del interpreters


def test_a_man_is_not_sent_where_a_woman_was_wished_for(office: Office, interpreters: Worker) -> None:
    made = book(office, gender=Gender.MAN)
    assert selectors.interpreting(office.actor, made.id) is None
    with pytest.raises(NobodyTranslates):
        services.look_again(made.id, actor=office.actor, now=now())
    translate(interpreters, "Basil", Gender.MAN, needs_approval=True)
    services.look_again(made.id, actor=office.actor, now=now())
    found = selectors.interpreting(office.actor, made.id)
    assert found is not None and found.state is BookingState.REQUESTED


def test_who_translates_moves_along(office: Office, interpreters: Worker) -> None:
    made = book(office)
    later = office.free()[5].span
    services.rebook(made.id, starts_at=later.begins, actor=link(made), now=now())
    held = [
        each
        for view in selectors.resources_of(interpreters.acting())
        for each in selectors.bookings(interpreters.acting(), view.id, window=ahead())
        if each.state.is_held
    ]
    assert [each.starts_at for each in held] == [later.begins]


def test_who_would_rather_come_earlier_is_told_once_and_only_of_earlier_times(office: Office) -> None:
    slots = office.free()
    early, middle, late = (
        office.book(slots[0]),
        office.book(slots[10]),
        office.book(slots[12], name="Late Riser"),
    )
    services.ask_earlier(middle.id, wanted=True, actor=link(middle))
    outbox.outbox.clear()
    services.cancel(late.id, actor=link(late), now=now())
    assert outbox.outbox == []
    services.cancel(early.id, actor=link(early), now=now())
    (letter,) = outbox.outbox
    assert letter.subject.startswith("Eine frühere Zeit ist frei")
    again = office.book(slots[0], name="Second Try")
    services.cancel(again.id, actor=link(again), now=now())
    assert [each.subject for each in outbox.outbox if "frühere" in each.subject] == [letter.subject]
    code = next(word for word in letter.body.split() if "/termine-buchen/termin/" in word)
    page = Client().get("/" + code.split("/", 3)[3]).content.decode()
    assert "Nicht mehr schreiben" in page


def test_who_does_not_want_to_come_earlier_is_left_in_peace(office: Office) -> None:
    slots = office.free()
    early, late = office.book(slots[0]), office.book(slots[9], name="Late Riser")
    services.ask_earlier(late.id, wanted=True, actor=link(late))
    services.ask_earlier(late.id, wanted=False, actor=link(late))
    outbox.outbox.clear()
    services.cancel(early.id, actor=link(early), now=now())
    assert outbox.outbox == []


def test_a_short_message_reminds_and_says_nothing_of_the_matter(
    office: Office, settings: Any, tmp_path: Path
) -> None:
    settings.DEMO, settings.SMS_FOLDER = True, tmp_path
    entry = Entry(title="Trennung", name="Nour", phone="0241 123456", by_sms=True)
    services.enter(office.key, on(3, 10), entry, actor=office.actor, now=now() - timedelta(days=1))
    assert services.remind_everybody(now=on(2, 12).begins) == 1
    (kept,) = sms.kept(zone=now().tzinfo)  # type: ignore[arg-type]
    assert kept.message.to == "+49241123456"
    assert "/termine-buchen/termin/" in kept.message.text
    assert "Trennung" not in kept.message.text and "Sprechstunde" not in kept.message.text


def test_a_slip_leads_back_to_the_booking_and_is_the_offices_own(office: Office) -> None:
    key = services.enter(office.key, on(3, 10), Entry(name="Nour"), actor=office.actor, now=now())
    url = reverse("bookings:slip", args=[key])
    assert client(office.stranger).post(url).status_code == 404
    assert client(office.worker).get(url).status_code == 405
    words = "".join(pages(client(office.worker).post(url).content)).replace("\n", "")
    assert "Nour" in words and "Sprechstunde" in words
    code = words.partition("/termine-buchen/termin/")[2].partition("/")[0]
    assert Client().get(reverse("bookings:own", args=[code])).status_code == 200


def test_the_office_hears_of_a_request_without_a_name(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    posted: list[mail.Letter] = []
    monkeypatch.setattr(directory, "mail_address", lambda _key: "stelle@example.org")
    monkeypatch.setattr(mail, "post", posted.append)
    office.change(needs_approval=True)
    office.book()
    (letter,) = posted
    assert letter.to == "stelle@example.org"
    assert "Ayşe" not in letter.text and "/buchungen/" in letter.text
