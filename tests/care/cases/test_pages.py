"""Pages of a case: for who works in it, and 404 for everybody else."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from lueckenlos.care.cases import selectors
from lueckenlos.commons.accounts import services as accounts
from lueckenlos.commons.accounts.models import User
from lueckenlos.commons.families import services as families
from lueckenlos.commons.families.types import AddressValue, ContactWish
from lueckenlos.commons.privacy.types import Category
from lueckenlos.core.actor import Grant, Role, ScopeKind, job
from tests.care.cases.conftest import Office

MARKUP = re.compile(rb"<[^>]+>")


def plain(page: bytes, url: str) -> bytes:
    """What a page says: without its markup, which carries form tokens, and its own address."""
    return b" ".join(MARKUP.sub(b" ", page).split()).replace(url.split("/")[2].encode(), b"")


PAGES = ["case", "present", "person", "goal", "document", "go_on"]


@pytest.mark.parametrize("name", PAGES)
def test_the_worker_opens_it_and_outsiders_get_what_a_missing_case_gives(office: Office, name: str) -> None:
    url = reverse(f"cases:{name}", args=[office.file])
    missing = reverse(f"cases:{name}", args=[uuid4()])
    assert office.client(office.worker).get(url).status_code == 200
    for outsider in (office.colleague, office.teacher):
        client = office.client(outsider)
        found, nothing = client.get(url), client.get(missing)
        assert (found.status_code, nothing.status_code) == (404, 404)
        assert plain(found.content, url) == plain(nothing.content, missing)


def test_reading_a_case_leaves_its_trace(office: Office) -> None:
    office.write("report", category=Category.SITUATION, what="Krise")
    office.client(office.worker).get(reverse("cases:case", args=[office.file]))
    seen = office.world.connection.execute(
        "SELECT person, category, ground FROM privacy_disclosure"
    ).fetchall()
    assert seen == [(office.worker.person, "situation", "own_task")]


def test_a_record_is_written_once_though_the_form_is_sent_twice(office: Office) -> None:
    client = office.client(office.worker)
    url = reverse("cases:write", args=[office.file, "household"])
    given = {
        "about": str(office.mother),
        "happened_at": "2026-01-05T10:00",
        "feld_members": "Mutter und Kind",
        "key": str(uuid4()),
    }
    assert client.post(url, {**given, "entwurf": "1"}).json() == {"saved": True, "version": 1}
    for _ in range(2):
        assert client.post(url, given).status_code == 302
    records = selectors.records(office.worker.acting(), office.file)
    assert [(each.kind, each.is_draft, each.data["members"]) for each in records] == [
        ("household", False, "Mutter und Kind")
    ]


def test_a_time_that_is_still_to_come_is_refused_and_nothing_is_lost(office: Office) -> None:
    url = reverse("cases:write", args=[office.file, "household"])
    given = {
        "about": str(office.mother),
        "happened_at": "2126-01-05T10:00",
        "feld_members": "bleibt im Formular",
        "key": str(uuid4()),
    }
    answer = office.client(office.worker).post(url, given)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "kommt erst noch" in text and "bleibt im Formular" in text


def test_danger_leads_to_the_number_and_not_into_a_case(office: Office) -> None:
    client = office.client(office.worker)
    url = reverse("cases:begin", args=["akut"])
    assert "akuter Gefahr" in client.get(url).content.decode()
    danger = client.get(url, {"gefahr": "ja"}).content.decode()
    assert "Zuerst anrufen" in danger and "110" in danger
    assert len(selectors.cases(office.worker.acting())) == 1
    begun = client.get(url, {"gefahr": "nein"}).content.decode()
    assert "12 Uhr zurück" in begun


def test_in_danger_no_door_is_offered_that_is_closed_to_the_role(office: Office) -> None:
    assessment = reverse("cases:begin", args=["gefaehrdungseinschaetzung"])
    danger = reverse("cases:begin", args=["akut"])
    may = office.client(office.worker)
    assert assessment in may.get(danger, {"gefahr": "ja"}).content.decode()
    assert may.get(assessment).status_code == 200
    counter = Client()
    grant = Grant(Role.FAMILY_OFFICE, ScopeKind.ORGANIZATION, str(office.colleague.organization))
    accounts.grant_role(office.colleague.person, grant=grant, by=job("tests"))
    counter.force_login(User.objects.get(id=office.colleague.person))
    page = counter.get(danger, {"gefahr": "ja"}).content.decode()
    assert "Zuerst anrufen" in page and assessment not in page
    assert counter.get(assessment).status_code == 404


def test_nothing_goes_anywhere_before_somebody_says_where_to(office: Office) -> None:
    client = office.client(office.worker)
    url = reverse("cases:refer", args=[office.file])
    page = client.get(url).content.decode()
    given = dict(re.findall(r'type="(?:radio|date)" name="(\w+)" value="([^"]*)"[^>]*checked', page))
    answer = client.post(url, {"mode": "view", "purpose": "counselling", "due_on": "2100-01-01", **given})
    assert answer.status_code == 422
    assert answer.content.decode().count("Bitte wählen Sie etwas aus.") == 4
    assert selectors.referrals_of(office.worker.acting(), office.file) == []


def test_a_letter_goes_to_one_person_along_their_wishes(office: Office) -> None:
    client = office.client(office.worker)
    url = reverse("cases:letter", args=[office.file])
    given = {"person": str(office.mother), "subject": "Unser Treffen", "text": "Guten Tag.\n\nBis bald."}
    assert "keine Adresse bekannt" in client.post(url, given).content.decode()
    families.set_reach(
        office.mother,
        contacts=(),
        wishes=(ContactWish.CALL,),
        wish_note="",
        address=AddressValue("Musterweg 4", "52428", "Jülich"),
        actor=office.worker.acting(),
    )
    assert "möchte keine Briefe" in client.post(url, given).content.decode()
    assert selectors.records(office.worker.acting(), office.file) == []
    families.set_reach(
        office.mother,
        contacts=(),
        wishes=(ContactWish.LETTER,),
        wish_note="",
        address=AddressValue("Musterweg 4", "52428", "Jülich"),
        actor=office.worker.acting(),
    )
    assert client.post(url, given).content.startswith(b"%PDF")
    [record] = selectors.records(office.worker.acting(), office.file)
    assert (record.kind, record.about) == ("letter", office.mother)
    assert office.client(office.teacher).get(url).status_code == 404
