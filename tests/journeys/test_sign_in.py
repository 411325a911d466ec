"""A colleague is invited into a role and makes her door safe: with a passkey, or with an app."""

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from playwright.sync_api import expect

from lueckenlos.commons.accounts import services
from lueckenlos.core.actor import Role, job
from tests.browser.fixtures import PHONE, SMALL
from tests.commons.accounts.conftest import PASSWORD, code_of, county_wide

pytestmark = pytest.mark.browser
ADDRESS = "kollegin@example.org"
AT_DESK = re.compile(r"//[^/?]+/schreibtisch/$")
DESK = "Guten Tag, Kollegin"
NEEDED = "Bitte richten Sie einen zweiten Faktor ein"
PHONE_KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def colleague(house: Any) -> Any:
    """Somebody with a role and so far only a password; her browser's address of the house."""
    user = services.welcome(ADDRESS, name="Kollegin", password=PASSWORD)
    services.grant_role(user.id, grant=county_wide(Role.ADMINISTRATION), by=job("tests"))
    # Passkeys are bound to a name: a bare address of a machine is none.
    return house.replace("127.0.0.1", "localhost")


@pytest.fixture
def page(visitor: Any, colleague: Any) -> Any:
    """Her phone; every word of complaint of the browser counts."""
    opened = visitor(base_url=colleague, viewport=PHONE).new_page()
    complaints = []
    opened.on("console", lambda message: complaints.append(message.text))
    yield opened
    assert complaints == []


def sign_in(page: Any) -> None:
    page.goto("/anmelden/?next=/schreibtisch/")
    page.fill("[name=login]", ADDRESS)
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="Anmelden", exact=True).click()


def sign_out(page: Any) -> None:
    page.goto("/abmelden/")
    page.get_by_role("button", name="Abmelden").click()
    expect(page).not_to_have_url(re.compile("/abmelden/"))


def test_a_passkey_opens_the_desk_and_later_replaces_the_password(page: Any) -> None:
    keys = page.context.new_cdp_session(page)
    keys.send("WebAuthn.enable")
    keys.send("WebAuthn.addVirtualAuthenticator", {"options": PHONE_KEY})
    sign_in(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(NEEDED)
    page.get_by_role("link", name="Passkey einrichten").click()
    page.locator("[name=passwordless]").check()
    page.get_by_role("button", name="Passkey einrichten").click()
    page.wait_for_url("**/konto/zweiter-faktor/ersatzcodes/")
    expect(page.locator("main li code")).to_have_count(10)
    page.goto("/schreibtisch/")
    expect(page.get_by_role("heading", level=1)).to_have_text(DESK)
    sign_out(page)
    page.goto("/anmelden/?next=/schreibtisch/")
    page.get_by_role("button", name="Mit Passkey anmelden").click()
    page.wait_for_url(AT_DESK)

    expect(page.get_by_role("heading", level=1)).to_have_text(DESK)
    assert any("Für Ihren Zugang wurde ein Passkey eingerichtet." in letter.body for letter in mail.outbox)
    page.goto("/konto/passkeys/")
    expect(page.get_by_role("heading", name="Mein Passkey")).to_be_visible()


def test_a_passkey_is_also_the_second_factor_after_a_password(page: Any) -> None:
    keys = page.context.new_cdp_session(page)
    keys.send("WebAuthn.enable")
    keys.send("WebAuthn.addVirtualAuthenticator", {"options": PHONE_KEY})
    sign_in(page)
    page.get_by_role("link", name="Passkey einrichten").click()
    page.get_by_role("button", name="Passkey einrichten").click()
    page.wait_for_url("**/konto/zweiter-faktor/ersatzcodes/")
    sign_out(page)
    sign_in(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Zweiter Faktor")
    page.get_by_role("button", name="Mit Passkey").click()
    page.wait_for_url(AT_DESK)

    expect(page.get_by_role("heading", level=1)).to_have_text(DESK)


def test_the_app_opens_the_desk_and_is_asked_for_the_next_time(page: Any) -> None:
    sign_in(page)
    page.get_by_role("link", name="App einrichten").click()
    picture = page.locator("main img")
    assert picture.evaluate("image => image.complete && image.naturalWidth > 0")
    secret = page.locator("code").inner_text()
    page.fill("[name=code]", code_of(secret))
    page.get_by_role("button", name="App einschalten").click()
    page.wait_for_url("**/konto/zweiter-faktor/ersatzcodes/")
    sign_out(page)
    sign_in(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Zweiter Faktor")
    spare = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
    page.fill("[name=code]", spare)
    page.get_by_role("button", name="Anmelden").click()
    page.wait_for_url(AT_DESK)

    expect(page.get_by_role("heading", level=1)).to_have_text(DESK)


BEFORE = ["/anmelden/", "/anmelden/code/", "/konto/passwort/vergessen/", "/konto/neu/"]
OWN = [
    "/konto/zweiter-faktor/noetig/", "/konto/zweiter-faktor/", "/konto/zweiter-faktor/app/", "/konto/passkeys/neu/",
    "/konto/sitzungen/", "/konto/passwort/", "/konto/e-mail/", "/konto/verbunden/", "/konto/bestaetigen/",
]  # fmt: skip
ROLES = ["/verwaltung/personen/", "/verwaltung/personen/neu/"]


def looked_over(page: Any, paths: Any, violations: Any) -> Any:
    """What axe or a small phone finds on the pages."""
    found = []
    for path in paths:
        assert page.goto(path).ok, path
        found += [f"{path} {offence}" for offence in violations(page)]
        if page.evaluate("document.documentElement.scrollWidth") > SMALL["width"]:
            found.append(f"{path} scrolls sideways")
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_of_the_own_access_is_accessible_and_fits_the_smallest_phone(
    visitor: Any, colleague: Any, violations: Any, scheme: Any
) -> None:
    page = visitor(base_url=colleague, viewport=SMALL, color_scheme=scheme).new_page()
    found = looked_over(page, BEFORE, violations)
    sign_in(page)
    found += looked_over(page, OWN, violations)

    assert found == []


def test_role_administration_is_accessible_and_fits_the_smallest_phone(
    visitor: Any, house: Any, violations: Any
) -> None:
    page = visitor(viewport=SMALL).new_page()
    page.goto("/demo/rollen/")
    page.locator("form", has=page.locator("[value='verwaltung@example.org']")).get_by_role("button").click()
    page.wait_for_url(AT_DESK)
    found = looked_over(page, ROLES, violations)
    page.goto("/verwaltung/personen/?name=koordination")
    page.get_by_role("link", name="Koordination").click()
    found += looked_over(page, [page.url], violations)

    assert found == []


def test_a_mistake_is_told_at_the_field_and_in_the_summary(page: Any, violations: Any) -> None:
    page.goto("/anmelden/")
    page.fill("[name=login]", ADDRESS)
    page.fill("[name=password]", "falsch falsch falsch")
    page.get_by_role("button", name="Anmelden", exact=True).click()

    expect(page.get_by_text("E-Mail-Adresse und Passwort passen nicht zusammen.").first).to_be_visible()
    assert violations(page) == []
