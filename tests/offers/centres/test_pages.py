"""Every door of the desk stays shut for others, and says the same for what is hidden and what is not there."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from lueckenlos.offers.centres import selectors
from lueckenlos.offers.centres.forms.desk import NoteForm
from lueckenlos.offers.centres.types import NoteState
from tests.house.fences import bad_skeleton
from tests.offers.browsing import client
from tests.offers.centres.house import Together, in_days, this_month


def doors(centre: UUID, note: UUID, member: UUID) -> list[str]:
    """All addresses of the desk that hold a key."""
    return [
        *(reverse(f"centres:{name}", args=[centre]) for name in ("manage", "change", "plan", "gaps", "lead")),
        reverse("centres:part", args=[centre, member]),
        reverse("centres:note", args=[note]),
    ]


def test_for_others_the_desk_is_as_if_it_were_not_there(together: Together) -> None:
    note, member = together.plan(), together.member.organization
    for outsider in (None, together.stranger, together.asked):
        browser = client(outsider)
        for there, nowhere in zip(
            doors(together.key, note, member), doors(uuid4(), uuid4(), uuid4()), strict=True
        ):
            for ask in (browser.get, browser.post):
                shown, missing = ask(there), ask(nowhere)
                assert shown.status_code == missing.status_code, there
                assert b"Familienzentrum S" not in shown.content
    assert together.member.organization in together.names()
    assert selectors.plan(together.lead.acting(), together.key, month=this_month())[0].state is NoteState.OPEN


def test_a_stranger_cannot_answer_for_a_centre_that_did_not_ask(together: Together) -> None:
    browser = client(together.stranger)
    for key in (together.key, uuid4()):
        for deed in ("ja", "nein"):
            assert browser.post(reverse("centres:answer", args=[key]), {"tun": deed}).status_code == 404


def test_a_house_is_asked_and_says_yes_on_its_own_desk(together: Together) -> None:
    browser = client(together.asked)
    home = browser.get(reverse("centres:desk")).content.decode()
    assert "Gehören Sie dazu? Familienzentrum Süd" in home
    assert bad_skeleton(home) == []
    browser.post(reverse("centres:answer", args=[together.key]), {"tun": "ja"})
    assert together.asked.organization in together.names()
    assert browser.get(reverse("centres:plan", args=[together.key])).status_code == 200


def test_the_lead_is_handed_over_on_both_desks(together: Together) -> None:
    mine, theirs = client(together.lead), client(together.member)
    manage, url = (reverse(f"centres:{name}", args=[together.key]) for name in ("manage", "lead"))
    member = str(together.member.organization)
    assert "Leitung abgeben" in mine.get(manage).content.decode()
    assert theirs.post(url, {"tun": "anbieten", "organization": member}).status_code == 404
    mine.post(url, {"tun": "anbieten", "organization": str(together.asked.organization)})
    assert together.look().offered_to is None
    assert mine.post(url, {"tun": "anbieten", "organization": member}).status_code == 302
    page = mine.get(manage).content.decode()
    assert "hat noch nicht geantwortet" in page
    assert bad_skeleton(page) == []
    assert "Man bietet Ihnen die Leitung an" in theirs.get(reverse("centres:desk")).content.decode()
    page = theirs.get(manage).content.decode()
    assert "Möchte Ihre Stelle leiten?" in page
    assert bad_skeleton(page) == []
    assert mine.post(url, {"tun": "ja"}).status_code == 404
    assert theirs.post(url, {"tun": "ja"}).status_code == 302
    assert together.look().lead == together.member.organization
    assert mine.get(reverse("centres:change", args=[together.key])).status_code == 404
    assert theirs.get(reverse("centres:change", args=[together.key])).status_code == 200
    assert Client().get("/familienzentren/familienzentrum-sued/termine.ics").status_code == 200


def test_members_come_in_and_only_who_leads_may_change(together: Together) -> None:
    note = together.plan("Handzettel drucken")
    together.programme(together.lead, "Musik", begins=in_days(1, 15))
    together.programme(together.member, "Trommeln", begins=in_days(1, 15))
    month = f"{in_days(1, 15):%Y-%m}"
    for member in (together.lead, together.member):
        browser = client(member)
        for url in doors(together.key, note, together.asked.organization)[:4]:
            found = browser.get(url, {"monat": month})
            if url.endswith("/aendern/") and member is together.member:
                assert found.status_code == 404
                continue
            assert found.status_code == 200
            assert bad_skeleton(found.content.decode()) == []
        page = browser.get(reverse("centres:plan", args=[together.key]), {"monat": month}).content.decode()
        assert "liegen zur gleichen Zeit" in page
        browser.post(reverse("centres:note", args=[note]))
        assert selectors.plan(member.acting(), together.key, month=this_month())[0].state is NoteState.SETTLED
    asked = {"organization": str(together.stranger.organization)}
    assert (
        client(together.member).post(reverse("centres:manage", args=[together.key]), asked).status_code == 404
    )
    assert (
        client(together.lead).post(reverse("centres:manage", args=[together.key]), asked).status_code == 302
    )
    assert together.look().member(together.stranger.organization) is not None


def test_public_pages_stand_with_and_without_anything_on_them(together: Together) -> None:
    base = "/familienzentren/familienzentrum-sued/"
    for url in ("/familienzentren/", base, f"{base}termine/"):
        found = Client().get(url)
        assert found.status_code == 200
        assert bad_skeleton(found.content.decode()) == []
    together.service(together.lead, "Krabbelgruppe")
    together.programme(together.lead, "Musik", begins=in_days(2, 15))
    for url in (base, f"{base}termine/", f"{base}?x=1", "/en/familienzentren/"):
        assert bad_skeleton(Client().get(url).content.decode()) == []
    assert Client().get("/familienzentren/gibt-es-nicht/").status_code == 404


@pytest.mark.parametrize("month", ["", "gestern", "2026-13", "1999-01", "9999-12", "x" * 300])
def test_a_month_that_is_none_shows_one_that_is(together: Together, month: str) -> None:
    found = client(together.lead).get(reverse("centres:plan", args=[together.key]), {"monat": month})
    assert found.status_code == 200


def test_a_note_that_names_somebody_is_asked_back_first(together: Together) -> None:
    members = together.look().joined
    given = {"what": "Frau Sabine Müller fragen, ob der Raum frei ist"}
    form = NoteForm(given, month=this_month(), members=members)
    assert "what" in form.errors
    other_month = {"what": "Fest", "day": f"{this_month().year + 1}-01-15"}
    assert "day" in NoteForm(other_month, month=this_month(), members=members).errors
    url = reverse("centres:plan", args=[together.key])
    assert client(together.lead).post(url, given).status_code == 422
    assert selectors.plan(together.lead.acting(), together.key, month=this_month()) == []
    stranger = {"what": "Fest", "care": str(together.stranger.organization)}
    assert client(together.lead).post(url, stranger).status_code == 422


def test_a_form_without_a_name_founds_nothing(together: Together) -> None:
    browser, url = client(together.lead), reverse("centres:new")
    assert browser.get(url).status_code == 200
    found = browser.post(url, {"name": "", "ags": "99999999", "email": "kaputt"})
    assert found.status_code == 422
    assert len(selectors.of_actor(together.lead.acting())) == 1
