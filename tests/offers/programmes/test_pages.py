"""Every door of the desk stays shut for others, and says the same for what is hidden and what is not there."""

from __future__ import annotations

import re
from datetime import date
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from lueckenlos.core.actor import link_to
from lueckenlos.offers.programmes import selectors, services
from tests.house.fences import bad_skeleton
from tests.offers.browsing import client
from tests.offers.programmes.house import Centre, born, wish
from tests.wall.world import now

BY_PROGRAMME = ("manage", "change", "dates", "publish", "cancel", "access", "table", "leaflet", "press_text")
BY_SESSION = ("session", "cancel_date")


def doors(centre: Centre, registration: UUID, *, real: bool) -> list[str]:
    """All addresses of the desk that hold a key: the real one, or one of nothing."""
    programme = centre.programme.id if real else uuid4()
    session = centre.programme.sessions[0].id if real else uuid4()
    return [
        *(reverse(f"programmes:{name}", args=[programme]) for name in BY_PROGRAMME),
        *(reverse(f"programmes:{name}", args=[session]) for name in BY_SESSION),
        *(
            reverse(f"programmes:{name}", args=[registration if real else uuid4()])
            for name in ("release", "door")
        ),
    ]


def answer(browser: Client, url: str, *, post: bool) -> tuple[int, str]:
    """Status and where it leads, without the key."""
    found = browser.post(url) if post else browser.get(url)
    return found.status_code, found.get("Location", "").partition("?")[0]


@pytest.mark.parametrize("post", [False, True], ids=["get", "post"])
def test_for_others_the_desk_is_as_if_it_were_not_there(centre: Centre, *, post: bool) -> None:
    made = services.register(wish(centre.programme.id), now=now())
    for outsider in (None, centre.stranger):
        browser = client(outsider)
        for there, nowhere in zip(
            doors(centre, made.id, real=True), doors(centre, made.id, real=False), strict=True
        ):
            assert answer(browser, there, post=post) == answer(browser, nowhere, post=post), there
    assert centre.look().places.taken == 1


def test_the_organization_comes_in_and_its_pages_stand(centre: Centre) -> None:
    made = services.register(wish(centre.programme.id), now=now())
    browser = client(centre.worker)
    for url in (
        *doors(centre, made.id, real=True)[:2],
        reverse("programmes:session", args=[centre.programme.sessions[0].id]),
        reverse("programmes:desk"),
    ):
        found = browser.get(url)
        assert found.status_code == 200
        assert bad_skeleton(found.content.decode()) == []
    assert "Mia" in browser.get(doors(centre, made.id, real=True)[0]).content.decode()


def test_who_came_is_ticked_and_counted(centre: Centre) -> None:
    made = services.register(wish(centre.programme.id, "Mia", "Ben"), now=now())
    mine = selectors.registration(link_to(made.id, purpose="registration"), made.id)
    assert mine is not None
    session = centre.programme.sessions[0].id
    url = reverse("programmes:session", args=[session])
    assert client(centre.worker).post(url, {"da": [str(mine.seats[0].id)]}).status_code == 302
    assert selectors.came(centre.actor, session) == {mine.seats[0].id: True, mine.seats[1].id: False}
    assert selectors.came(centre.stranger.acting(), session) == {}


def test_a_table_for_the_door_holds_no_formula(centre: Centre) -> None:
    services.register(wish(centre.programme.id, "=1+1"), now=now())
    found = client(centre.worker).get(reverse("programmes:table", args=[centre.programme.id]))
    text = b"".join(found.streaming_content).decode()  # type: ignore[attr-defined]
    assert ";=1+1" not in text and ",=1+1" not in text
    assert "1+1" in text


@pytest.mark.parametrize("code", ["0000-0000-0000", "ABCD-EFGH-JKLM", "x" * 300])
def test_a_wrong_link_opens_nothing(centre: Centre, code: str) -> None:
    found = Client().get(reverse("programmes:own", args=[code]))
    assert found.status_code == 404
    assert bad_skeleton(found.content.decode()) == []
    del centre


def test_the_calendar_follows_a_cancellation(centre: Centre) -> None:
    url = reverse("programmes:calendar", args=[centre.programme.key])
    assert b"STATUS:CANCELLED" not in Client().get(url).content
    services.cancel_session(centre.programme.sessions[0].id, actor=centre.actor)
    text = Client().get(url).content
    assert b"STATUS:CANCELLED" in text
    assert b"SEQUENCE:1" in text


def test_the_list_is_a_feed_and_a_calendar_too_and_narrows_like_the_page(centre: Centre) -> None:
    for name, says in (("listing_feed", b"Musik"), ("listing_calendar", b"SUMMARY:Musik")):
        url = reverse(f"programmes:{name}")
        assert says in Client().get(url).content
        assert b"Musik" not in Client().get(url, {"art": "talk"}).content
    del centre


def test_fifty_registrations_by_one_robot_are_stopped_with_a_sentence(centre: Centre) -> None:
    centre.change(capacity=200)
    url = reverse("programmes:register", args=[centre.programme.key])
    day = date(now().year - 6, 1, 1).isoformat()
    answers = [
        Client().post(
            url,
            {
                "first_0": f"Kind {number}",
                "born_0": day,
                "name": "Eltern",
                "email": f"e{number}@example.org",
                "consent": "on",
                "fertig": "1",
            },
        )
        for number in range(50)
    ]
    refused = [each for each in answers if each.status_code != 302]
    assert centre.look().places.taken == 50 - len(refused) <= 40
    assert "in einer Stunde" in refused[0].content.decode()


def test_a_program_that_fills_in_the_hidden_field_registers_nobody(centre: Centre) -> None:
    url = reverse("programmes:register", args=[centre.programme.key])
    day = date(now().year - 6, 1, 1).isoformat()
    given = {"first_0": "Mia", "born_0": day, "name": "E", "email": "e@example.org", "consent": "on"}
    Client().post(url, {**given, "fertig": "1", "website": "https://example.org"})
    assert centre.look().places.taken == 0


def test_who_is_too_old_hears_it_where_the_birthday_stands(centre: Centre) -> None:
    url = reverse("programmes:register", args=[centre.programme.key])
    asked = Client().post(url, {"first_0": "Mia", "born_0": "1990-01-01"})
    page = asked.content.decode()
    assert asked.status_code == 422 and 'name="born_0"' in page and 'type="date"' in page
    assert "Mia ist am ersten Termin" in page and "3 bis 8 Jahre" in page


def test_going_back_loses_nothing_of_what_was_typed(centre: Centre) -> None:
    url, browser = reverse("programmes:register", args=[centre.programme.key]), Client()
    people = {"first_0": "Mia", "born_0": born(5).isoformat()}
    contact = {"name": "Eltern Beispiel", "email": "eltern@example.org", "place": "Titz"}
    first = browser.post(url, {**people, **contact, "consent": "on", "zurueck": "1"}).content.decode()
    kept = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', first))
    assert kept.items() >= contact.items()
    second = browser.post(url, {**kept, **people}).content.decode()
    for words in contact.values():
        assert f'value="{words}"' in second


def test_who_would_wait_presses_no_button_that_promises_a_place(centre: Centre) -> None:
    services.register(wish(centre.programme.id, "Mia", "Ben", "Lea"), now=now())
    url = reverse("programmes:register", args=[centre.programme.key])
    page = Client().post(url, {"first_0": "Tom", "born_0": born(5).isoformat()}).content.decode()
    assert "Auf die Warteliste" in page and "Verbindlich anmelden" not in page


def test_a_page_of_two_forms_tells_all_that_is_missing_at_once(centre: Centre) -> None:
    browser = client(centre.worker)
    for url in (
        reverse("programmes:new"),
        reverse("programmes:take_down", args=[centre.programme.id]),
    ):
        answer = browser.post(url, {"sent": "1"})
        assert answer.status_code == 422
        assert bad_skeleton(answer.content.decode()) == []
        assert answer.content.decode().count("Angaben fehlen noch oder passen nicht") == 1
