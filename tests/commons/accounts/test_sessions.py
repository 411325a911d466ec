"""People see where they are signed in, end it, and no address of their device is kept."""

from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from lueckenlos.commons.accounts import services
from lueckenlos.commons.accounts.devices import device_of
from lueckenlos.core import clock
from lueckenlos.core.actor import Role
from tests.commons.accounts.conftest import PASSWORD, entered, stranger

ADDRESS = "kollegin@example.org"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Mobile/15E148 Safari/604.1"


@pytest.fixture
def devices(person: Any) -> Any:
    """The same person at a desk and on a phone."""
    person(role=Role.FAMILY)
    return (
        entered(ADDRESS, client=stranger(headers={"user-agent": FIREFOX}, REMOTE_ADDR="203.0.113.7")),
        entered(ADDRESS, client=stranger(headers={"user-agent": IPHONE}, REMOTE_ADDR="203.0.113.8")),
    )


def test_devices_are_listed_in_words_and_without_addresses(devices: Any) -> None:
    desk, _phone = devices
    page = desk.get("/konto/sitzungen/").content.decode()

    assert "Firefox, Windows" in page and "Safari, iPhone" in page
    assert "dieses Gerät" in page
    assert "203.0.113" not in page
    assert not UserSession.objects.filter(ip__startswith="203.").exists()
    assert not any("203.0.113" in str(each.get_decoded()) for each in Session.objects.all())


def test_two_people_behind_one_address_keep_different_stand_ins(devices: Any, person: Any) -> None:
    person("kollege@example.org")
    entered("kollege@example.org", client=stranger(REMOTE_ADDR="203.0.113.7"))

    assert UserSession.objects.values("ip").distinct().count() == 2


def test_one_device_is_signed_out_from_another(devices: Any) -> None:
    desk, phone = devices
    other = UserSession.objects.get(session_key=phone.session.session_key)
    desk.post(f"/konto/sitzungen/{other.id}/beenden/")

    assert phone.get("/schreibtisch/").status_code == 302
    assert desk.get("/schreibtisch/").status_code == 200


def test_nobody_ends_the_session_of_another(devices: Any, person: Any) -> None:
    desk, _phone = devices
    person("kollege@example.org", role=Role.FAMILY)
    stranger = entered("kollege@example.org")
    session = UserSession.objects.get(session_key=desk.session.session_key)

    assert stranger.post(f"/konto/sitzungen/{session.id}/beenden/").status_code == 404
    assert desk.get("/schreibtisch/").status_code == 200


def test_all_other_devices_are_signed_out_at_once(devices: Any) -> None:
    desk, phone = devices
    desk.post("/konto/sitzungen/")

    assert phone.get("/schreibtisch/").status_code == 302
    assert desk.get("/schreibtisch/").status_code == 200


def test_a_new_password_ends_every_other_session(devices: Any) -> None:
    desk, phone = devices
    new = "ein anderer langer Satz"
    desk.post("/konto/passwort/", {"oldpassword": PASSWORD, "password1": new, "password2": new})

    assert phone.get("/schreibtisch/").status_code == 302
    assert desk.get("/schreibtisch/").status_code == 200


def test_what_has_ended_is_forgotten_at_night(devices: Any) -> None:
    desk, phone = devices
    Session.objects.filter(session_key=phone.session.session_key).update(
        expire_date=clock.now().replace(year=2020)
    )
    assert services.forget_expired(clock.now()) >= 1

    assert list(UserSession.objects.values_list("session_key", flat=True)) == [desk.session.session_key]


def test_an_unknown_device_has_no_name() -> None:
    assert device_of("curl/8.0") == ""
    assert device_of(FIREFOX) == "Firefox, Windows"
