"""The desks of providers and Koordination, as people use them in a browser without scripts."""

import html
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core import mail as outbox
from django.test import Client

from lueckenlos.commons.directory import services
from lueckenlos.commons.directory.models import Inquiry, Organization, Proposal, Reminder, Service
from lueckenlos.commons.directory.types import InquiryReason
from lueckenlos.core.actor import NOBODY, job
from tests.commons.directory.conftest import NOW
from tests.commons.directory.test_upkeep import make_due, token_of
from tests.house.fences import bad_skeleton

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]


def sent_by(page: str) -> dict[str, Any]:
    """What the first form with a version on the page would send, as a browser without scripts does."""
    body = next(form for form in re.findall(r"<form\b.*?</form>", page, re.S) if 'name="version"' in form)
    data: dict[str, Any] = {}
    for tag in re.findall(r"<input\b[^>]*>", body):
        given = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        kind = given.get("type", "text")
        if "name" not in given or (kind in {"checkbox", "radio"} and " checked" not in tag):
            continue
        empty = "on" if kind in {"checkbox", "radio"} else ""
        data.setdefault(given["name"], []).append(html.unescape(given.get("value", empty)))
    for name, text in re.findall(r'<textarea\b[^>]*name="([^"]+)"[^>]*>\n?(.*?)</textarea>', body, re.S):
        data[name] = [html.unescape(text)]
    for name, options in re.findall(r'<select\b[^>]*name="([^"]+)"[^>]*>(.*?)</select>', body, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options)
        data[name] = [html.unescape(chosen[1])] if chosen else [""]
    return data


def address(entry: Service, what: str = "") -> str:
    return f"/angebote-pflegen/angebot/{entry.key}/{what}"


def test_the_form_sent_back_untouched_changes_nothing(
    entry: Service, trusted: Organization, signed_in: SignIn
) -> None:
    client = signed_in("anbieter")
    for each in trusted.services.all():
        page = client.get(address(each)).content.decode()
        answer = client.post(address(each), {**sent_by(page), "deed": "save"})
        assert answer.status_code == 302, re.findall(
            r"kern-error.*?<p[^>]*>(.*?)</p>", answer.content.decode(), re.S
        )
        each.refresh_from_db()
        assert each.version == 1, [change.after for change in each.changes.all()]


def test_every_page_of_the_desks_has_its_skeleton(
    entry: Service, organization: Organization, signed_in: SignIn
) -> None:
    services.report_error(entry.key, reason=InquiryReason.TIME, text="Neu: 15 Uhr", actor=NOBODY, now=NOW)
    inquiry = Inquiry.objects.get(service=entry)
    provider, coordination = signed_in("anbieter"), signed_in("koordination")
    client = provider
    page = client.get(address(entry)).content.decode()
    client.post(address(entry), {**sent_by(page), "name": "Anders", "deed": "save"})
    proposal = Proposal.objects.get(service=entry)
    desk = "/angebote-pflegen/"
    own = [
        desk, f"{desk}hinweise/", f"{desk}hinweise/{inquiry.id}/", f"{desk}traeger/{organization.id}/",
        f"{desk}traeger/{organization.id}/neu/", f"{desk}traeger/{organization.id}/einlesen/",
        address(entry), address(entry, "verlauf/"), address(entry, "beenden/"),
        f"/koordination/vorschlaege/{proposal.id}/",
    ]  # fmt: skip
    theirs = [
        "/koordination/angebote/", "/koordination/angebote/?stand=fresh", "/koordination/vorschlaege/",
        f"/koordination/vorschlaege/{proposal.id}/", "/koordination/traeger/", "/koordination/traeger/neu/",
        f"/koordination/traeger/{organization.id}/umbenennen/", "/koordination/hinweise/", address(entry),
    ]  # fmt: skip
    for visitor, pages in ((provider, own), (coordination, theirs)):
        for url in pages:
            answer = visitor.get(url)
            assert answer.status_code == 200, url
            assert bad_skeleton(answer.content.decode()) == [], url


def test_a_stranger_is_told_of_nothing(entry: Service, organization: Organization, signed_in: SignIn) -> None:
    other = Service.objects.exclude(organization=organization).first()
    assert other is not None
    provider = signed_in("anbieter")
    for what in ("", "verlauf/", "beenden/"):
        assert provider.get(address(other, what)).status_code == 404
    assert provider.post(address(other, "stimmt-noch/")).status_code == 404
    assert provider.get(f"/angebote-pflegen/traeger/{other.organization_id}/einlesen/").status_code == 404
    for url in ("/koordination/angebote/", "/koordination/vorschlaege/", "/koordination/traeger/"):
        assert provider.get(url).status_code == 404
        assert signed_in("fachkraft").get(url).status_code == 404
        assert Client().get(url).status_code == 302


def test_two_editors_at_once_and_the_second_chooses_field_by_field(
    entry: Service, trusted: Organization, signed_in: SignIn
) -> None:
    first, second = signed_in("anbieter"), signed_in("koordination")
    mine = sent_by(second.get(address(entry)).content.decode())
    theirs = sent_by(first.get(address(entry)).content.decode())
    first.post(address(entry), {**theirs, "name": "Name der Ersten", "fee": "1 Euro", "deed": "save"})
    answer = second.post(
        address(entry), {**mine, "name": "Name der Zweiten", "waiting_weeks": "8", "deed": "save"}
    )
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Name der Ersten" in page
    assert "Name der Zweiten" in page
    choice = sent_by(page)
    assert choice["wahl_waiting_weeks"] == ["mine"]
    assert choice["wahl_fee"] == ["theirs"]
    choice["wahl_name"] = ["mine"]
    assert second.post(address(entry), {**choice, "deed": "merge"}).status_code == 302
    entry.refresh_from_db()
    assert (entry.name, entry.fee, entry.waiting_weeks) == ("Name der Zweiten", "1 Euro", 8)


def test_a_preview_saves_nothing_and_leads_on(
    entry: Service, trusted: Organization, signed_in: SignIn
) -> None:
    client = signed_in("anbieter")
    data = sent_by(client.get(address(entry)).content.decode())
    answer = client.post(address(entry), {**data, "name": "Erst ansehen", "deed": "preview"})
    assert answer.status_code == 200
    entry.refresh_from_db()
    assert entry.name != "Erst ansehen"
    client.post(address(entry), {**sent_by(answer.content.decode()), "deed": "save"})
    entry.refresh_from_db()
    assert entry.name == "Erst ansehen"


def test_errors_are_said_all_at_once_and_nothing_is_saved(
    entry: Service, trusted: Organization, signed_in: SignIn
) -> None:
    client = signed_in("anbieter")
    data = sent_by(client.get(address(entry)).content.decode())
    wrong = {**data, "name": "", "age_min": "9", "age_max": "3", "telefon-0-number": "ruf an", "deed": "save"}
    answer = client.post(address(entry), wrong)
    assert answer.status_code == 422
    page = answer.content.decode()
    for words in ("3 Angaben", "Bitte tauschen", "Telefonnummer schreiben"):
        assert words in page
    entry.refresh_from_db()
    assert entry.version == 1


def test_looking_at_the_link_changes_nothing_and_the_button_does(
    entry: Service, organization: Organization
) -> None:
    make_due(entry, organization)
    services.remind(actor=job("directory.remind"), now=NOW)
    Reminder.objects.update(expires_at="2099-01-01T00:00Z")
    url = f"/pflege/{token_of(str(outbox.outbox[0].body))}/"
    client = Client()
    for _ in range(2):
        answer = client.get(url)
        assert answer.status_code == 200
        assert answer["Referrer-Policy"] == "same-origin"
        assert bad_skeleton(answer.content.decode()) == []
    entry.refresh_from_db()
    old = entry.verified_on
    assert old == date(2025, 6, 1)
    assert client.post(url, {"stimmt": "alle"}).status_code == 302
    entry.refresh_from_db()
    assert entry.verified_on != old
    assert client.get(f"{url}{entry.key}/").status_code == 200
    assert client.get("/pflege/erfunden/").status_code == 404
    Reminder.objects.update(expires_at="2020-01-01T00:00Z")
    assert client.get(url).status_code == 410


def test_the_house_says_how_it_reads_a_schedule(signed_in: SignIn) -> None:
    client = signed_in("anbieter")
    url = "/angebote-pflegen/zeiten/"
    answer = client.get(url, {"schedule_text": "jeden 2. Dienstag im Monat 15–17 Uhr"})
    page = answer.content.decode()
    assert "Wir verstehen" in page
    assert "nächsten Termine" in page
    vague = client.get(url, {"schedule_text": "nach Lust und Laune"}).content.decode()
    assert "keine Termine lesen" in vague
    assert client.get(url, {"schedule_text": "  "}).content.decode().strip() == ""


def test_koordination_decides_and_gives_a_reason_for_a_no(
    entry: Service, organization: Organization, signed_in: SignIn
) -> None:
    provider, coordination = signed_in("anbieter"), signed_in("koordination")
    data = sent_by(provider.get(address(entry)).content.decode())
    provider.post(address(entry), {**data, "name": "Vorgeschlagen", "deed": "save"})
    url = f"/koordination/vorschlaege/{Proposal.objects.get(service=entry).id}/"
    page = coordination.get(url).content.decode()
    assert "Vorgeschlagen" in page
    seen = re.search(r'name="seen_version" value="(\d+)"', page)
    assert seen is not None
    assert coordination.post(url, {"decision": "reject", "answer": ""}).status_code == 422
    assert provider.post(url, {"decision": "accept", "seen_version": seen[1]}).status_code == 404
    assert coordination.post(url, {"decision": "accept", "seen_version": seen[1]}).status_code == 302
    entry.refresh_from_db()
    assert entry.name == "Vorgeschlagen"
