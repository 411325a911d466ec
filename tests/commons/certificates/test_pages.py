"""The pages of the register: each office its own, and nothing of it for anybody else."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from dateutil.relativedelta import relativedelta
from django.test import Client

from lueckenlos.commons.certificates import selectors, services
from lueckenlos.commons.certificates.types import Look, NewCertificate
from lueckenlos.core import clock
from tests.commons.tasks.conftest import Acting, SignIn, acting, signed_in

__all__ = ["acting", "signed_in"]

NAME = "Anna Beispiel"
FIVE_YEARS = relativedelta(years=5)
DAYS: dict[str, Any] = {"dated_on": -timedelta(days=9), "seen_on": timedelta(), "look_again_on": FIVE_YEARS}


def today() -> date:
    """The day it is when asked: a run may pass midnight."""
    return clock.real_today()


def days() -> dict[str, date]:
    """The days of a certificate seen today."""
    return {key: today() + distance for key, distance in DAYS.items()}


def given(**more: Any) -> dict[str, Any]:
    """Such a certificate as the form sends it; other days as their distance from today."""
    told = {key: value if isinstance(value, str) else today() + value for key, value in more.items()}
    return {"person_name": NAME, "activity": "Lesepatin", **days(), **told}


@pytest.fixture
def entry(acting: Acting) -> UUID:
    """Seen four years and eleven months ago."""
    seen = today() - relativedelta(months=59)
    new = NewCertificate(
        organization=acting("fachkraft").organization,
        person_name=NAME,
        activity="Lesepatin",
        look=Look(seen, seen, seen + FIVE_YEARS),
    )
    return services.record_seen(new, by=acting("fachkraft"), now=clock.real_now())


def page(client: Client, address: str = "/fuehrungszeugnisse/") -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def view(acting: Acting, key: UUID) -> Any:
    return selectors.certificate(acting("teamleitung"), key, today=today())


def test_what_was_seen_is_noted_and_stands_in_the_register(signed_in: SignIn) -> None:
    client = signed_in("fachkraft")
    assert client.post("/fuehrungszeugnisse/neu/", given()).status_code == 302
    assert NAME in page(client)
    assert NAME in page(signed_in("teamleitung"))


def test_who_must_be_asked_again_stands_first(signed_in: SignIn, entry: UUID) -> None:
    client = signed_in("fachkraft")
    client.post("/fuehrungszeugnisse/neu/", given(person_name="Berta Neu"))
    html = page(client)
    assert html.index("Bald wieder ansehen") < html.index(NAME) < html.index("Berta Neu")


@pytest.mark.parametrize("name", ["akut", "koordination"])
def test_another_office_finds_nothing_and_gets_nothing_done(
    signed_in: SignIn, acting: Acting, entry: UUID, name: str
) -> None:
    client = signed_in(name)
    assert NAME not in page(client)
    address = f"/fuehrungszeugnisse/{entry}/"
    assert client.get(address).status_code == 404
    assert client.get(f"/fuehrungszeugnisse/{uuid4()}/").status_code == 404
    for deed in ("neu-angesehen", "beendet", "nicht-begonnen"):
        assert client.post(f"{address}{deed}/", days()).status_code == 404
    assert not view(acting, entry).has_ended


@pytest.mark.parametrize("name", ["anbieter", "familienbuero", "datenschutz", "verwaltung", "familie"])
def test_who_keeps_no_register_is_not_told_that_there_is_one(
    signed_in: SignIn, entry: UUID, name: str
) -> None:
    client = signed_in(name)
    for address in ("/fuehrungszeugnisse/", "/fuehrungszeugnisse/neu/", f"/fuehrungszeugnisse/{entry}/"):
        assert client.get(address).status_code == 404


def test_coordination_keeps_the_countys_own_register(signed_in: SignIn) -> None:
    client = signed_in("koordination")
    assert client.post("/fuehrungszeugnisse/neu/", given()).status_code == 302
    assert NAME in page(client)
    assert NAME not in page(signed_in("fachkraft"))


def test_a_new_certificate_takes_the_place_of_the_old(signed_in: SignIn, acting: Acting, entry: UUID) -> None:
    client = signed_in("teamleitung")
    address = f"/fuehrungszeugnisse/{entry}/"
    assert client.post(f"{address}neu-angesehen/", days()).status_code == 302
    assert view(acting, entry).look == Look(**days())
    html = client.post(f"{address}neu-angesehen/", {**days(), "seen": 1}, follow=True).content.decode()
    assert "Jemand hat den Eintrag inzwischen geändert." in html


def test_who_stops_is_kept_for_three_months_more(signed_in: SignIn, acting: Acting, entry: UUID) -> None:
    client = signed_in("fachkraft")
    address = f"/fuehrungszeugnisse/{entry}/"
    assert client.post(f"{address}beendet/", {"last_day": today() + timedelta(days=1)}).status_code == 422
    assert client.post(f"{address}beendet/", {"last_day": today()}).status_code == 302
    assert view(acting, entry).ended_on == today()
    html = page(client, address)
    assert "gelöscht." in html and "Jetzt löschen" not in html


def test_who_did_not_start_is_gone_at_once(signed_in: SignIn, acting: Acting, entry: UUID) -> None:
    client = signed_in("fachkraft")
    assert client.post(f"/fuehrungszeugnisse/{entry}/nicht-begonnen/").status_code == 302
    assert view(acting, entry) is None
    assert NAME not in page(client)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"seen_on": timedelta(days=1)}, "Dieser Tag kommt erst noch."),
        ({"dated_on": timedelta(days=1)}, "Das Zeugnis kann nicht jünger sein"),
        ({"look_again_on": FIVE_YEARS + timedelta(days=1)}, "in den fünf Jahren nach dem Ansehen"),
        ({"look_again_on": timedelta()}, "in den fünf Jahren nach dem Ansehen"),
        ({"dated_on": "gestern"}, "Bitte geben Sie einen Tag an"),
        ({"person_name": ""}, "Bitte füllen Sie das aus."),
    ],
)
def test_days_that_do_not_fit_are_told(signed_in: SignIn, change: dict[str, Any], sentence: str) -> None:
    answer = signed_in("fachkraft").post("/fuehrungszeugnisse/neu/", given(**change))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_no_form_asks_for_what_stands_in_a_certificate(signed_in: SignIn) -> None:
    html = page(signed_in("fachkraft"), "/fuehrungszeugnisse/neu/")
    assert "<textarea" not in html and 'type="file"' not in html
