"""A role needs more than a password: until then only one's own access is open."""

import base64
import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator

from lueckenlos.core.actor import Role
from tests.commons.accounts.conftest import PASSWORD, code_of, entered, found, protect, stranger
from tests.house.fences import bad_skeleton

NEEDED = "/konto/zweiter-faktor/noetig/"


def test_a_role_without_second_factor_opens_only_the_own_access(person: Any) -> None:
    person(role=Role.COORDINATION)
    client = entered("kollegin@example.org")

    assert client.get("/schreibtisch/").url == NEEDED
    page = client.get(NEEDED)
    assert "Bitte richten Sie einen zweiten Faktor ein" in page.content.decode()
    assert page.wsgi_request.actor.grants == ()
    for open_path in ("/konto/zweiter-faktor/", "/konto/sitzungen/", "/konto/zweiter-faktor/app/", "/"):
        assert client.get(open_path).status_code == 200, open_path


def test_every_guarded_page_is_closed_without_second_factor(person: Any) -> None:
    person(role=Role.ADMINISTRATION)
    client = entered("kollegin@example.org")

    assert client.get("/verwaltung/personen/").url == NEEDED
    assert client.post("/verwaltung/personen/neu/", {}).url == NEEDED


def test_a_family_is_not_asked_for_one(person: Any) -> None:
    person(role=Role.FAMILY)

    assert entered("kollegin@example.org").get("/schreibtisch/").status_code == 200


def test_the_host_may_only_offer_it(person: Any, settings: Any) -> None:
    settings.SECOND_FACTOR = "offered"
    person(role=Role.COORDINATION)

    assert entered("kollegin@example.org").get("/schreibtisch/").status_code == 200


def test_the_one_click_of_a_demo_is_spared_and_only_there(person: Any, settings: Any) -> None:
    person(role=Role.COORDINATION)
    client = stranger()
    client.post("/demo/rollen/anmelden/", {"email": "kollegin@example.org"})
    assert client.get("/schreibtisch/").status_code == 200
    settings.DEMO = False

    assert client.get("/schreibtisch/").url == NEEDED


def test_the_app_is_set_up_by_its_picture_and_opens_the_desk(person: Any) -> None:
    person(role=Role.COORDINATION)
    client = entered("kollegin@example.org")
    page = client.get("/konto/zweiter-faktor/app/")
    html = page.content.decode()
    secret = found(re.compile(r'<code class="l-code">(\w+)</code>'), html)
    picture = found(re.compile(r'src="data:image/svg\+xml;base64,([^"]+)"'), html)

    assert b"<svg" in base64.b64decode(picture)
    assert bad_skeleton(html) == []
    done = client.post("/konto/zweiter-faktor/app/", {"code": code_of(secret)})
    assert done.url == "/konto/zweiter-faktor/ersatzcodes/"
    assert client.get("/schreibtisch/").status_code == 200


def test_a_wrong_code_is_answered_kindly(person: Any) -> None:
    secret = protect(person(role=Role.COORDINATION))
    client = stranger()
    client.post("/anmelden/", {"login": "kollegin@example.org", "password": PASSWORD})
    wrong = "000000" if code_of(secret) != "000000" else "111111"
    page = client.post("/anmelden/zweiter-faktor/", {"code": wrong})

    assert "Dieser Code stimmt nicht" in page.content.decode()
    assert client.get("/schreibtisch/").status_code == 302


def test_a_recovery_code_stands_in_once(person: Any) -> None:
    user = person(role=Role.COORDINATION)
    secret = protect(user)
    client = entered(user.email, secret=secret)
    client.post("/konto/zweiter-faktor/ersatzcodes/neu/")
    page = client.get("/konto/zweiter-faktor/ersatzcodes/").content.decode()
    first = re.findall(r'<code class="l-code">(\d+)</code>', page)[0]

    def attempt() -> int:
        other = stranger()
        other.post("/anmelden/", {"login": user.email, "password": PASSWORD})
        return int(other.post("/anmelden/zweiter-faktor/", {"code": first}).status_code)

    assert [attempt(), attempt()] == [302, 200]


def test_recovery_codes_alone_are_no_second_factor(person: Any) -> None:
    user = person(role=Role.COORDINATION)
    Authenticator.objects.create(user=user, type="recovery_codes", data={"seed": "x", "used_mask": 0})
    client = stranger()
    client.force_login(user)

    assert client.get("/schreibtisch/").url == NEEDED


def test_an_old_session_is_asked_again_before_the_access_changes(person: Any) -> None:
    person(role=Role.COORDINATION)
    client = entered("kollegin@example.org")
    session = client.session
    session["account_authentication_methods"][0]["at"] -= 3600
    session.save()

    assert client.get("/konto/zweiter-faktor/app/").url.startswith("/konto/bestaetigen/")
    confirmed = client.post("/konto/bestaetigen/?next=/konto/zweiter-faktor/app/", {"password": PASSWORD})
    assert confirmed.url == "/konto/zweiter-faktor/app/"
    assert client.get("/konto/zweiter-faktor/app/").status_code == 200


def test_taking_the_app_away_closes_the_desk_again(person: Any) -> None:
    user = person(role=Role.COORDINATION)
    client = entered(user.email, secret=protect(user))
    assert client.get("/schreibtisch/").status_code == 200
    assert client.post("/konto/zweiter-faktor/app/beenden/").status_code == 302

    assert client.get("/schreibtisch/").url == NEEDED


@pytest.mark.parametrize(
    "path",
    [
        "/konto/zweiter-faktor/",
        "/konto/zweiter-faktor/app/",
        "/konto/zweiter-faktor/noetig/",
        "/konto/passkeys/",
        "/konto/passkeys/neu/",
        "/konto/sitzungen/",
        "/konto/passwort/",
        "/konto/e-mail/",
        "/konto/verbunden/",
        "/konto/bestaetigen/",
        "/abmelden/",
    ],
)
def test_pages_of_the_own_access_have_the_house_skeleton_and_are_closed_to_strangers(
    person: Any, path: Any
) -> None:
    person(role=Role.COORDINATION)
    page = entered("kollegin@example.org").get(path)

    assert page.status_code in {200, 401}
    assert bad_skeleton(page.content.decode()) == []
    assert stranger().get(path).status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    ["/anmelden/", "/anmelden/code/", "/konto/passwort/vergessen/", "/konto/passwort/vergessen/gesendet/",
     "/konto/neu/", "/konto/gesperrt/", "/anmelden/fehler/", "/anmelden/abgebrochen/",
     "/konto/passwort/vergessen/fertig/", "/konto/passwort/vergessen/neu/x-y/"],
)  # fmt: skip
def test_pages_before_signing_in_have_the_house_skeleton(path: Any) -> None:
    page = stranger().get(path, follow=True)

    assert page.status_code in {200, 401}
    assert bad_skeleton(page.content.decode()) == []
