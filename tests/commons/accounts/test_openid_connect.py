"""Signing in with the host's identity provider: two real servers, the whole code flow with PKCE."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.cache import cache
from playwright.sync_api import expect

from lueckenlos.commons.accounts import services
from lueckenlos.commons.accounts.models import User
from lueckenlos.config.environment import EnvironmentMistake, read_environment
from lueckenlos.core.actor import Role, job
from tests.commons.accounts.conftest import PASSWORD, county_wide
from tests.commons.accounts.provider.run import PASSWORD as THEIRS
from tests.commons.accounts.provider.run import STRANGER, UNVERIFIED, VERIFIED

ROOT = Path(__file__).resolve().parents[3]
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
COMPLETE = {
    "LUECKENLOS_OIDC_ID": "kreis",
    "LUECKENLOS_OIDC_NAME": "Kreis-Zugang",
    "LUECKENLOS_OIDC_CLIENT_ID": "lueckenlos",
    "LUECKENLOS_OIDC_CLIENT_SECRET": "geheim",
    "LUECKENLOS_OIDC_SERVER_URL": "https://anmelden.example.org",
}


@dataclass(frozen=True)
class Servers:
    """Where both are."""

    house: str
    provider: str


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@contextmanager
def serving(module: str, *arguments: str, environment: dict[str, str]) -> Iterator[None]:
    process = subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT, env={**os.environ, **environment}, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield
    finally:
        process.kill()
        process.communicate()


@pytest.fixture(scope="module")
def addresses(tmp_path_factory: Any) -> Any:
    """Where both will be; the provider runs for all tests, for it keeps nothing that matters to the next."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    house, provider = free_port(), free_port()
    database = tmp_path_factory.mktemp("provider") / "provider.sqlite"
    theirs = {"PROVIDER_DATABASE": str(database), "PROVIDER_KEY": key.decode()}
    callback = f"http://127.0.0.1:{house}/anmelden/oidc/kreis/zurueck/"
    with serving("tests.commons.accounts.provider.run", str(provider), callback, environment=theirs):
        yield Servers(f"http://127.0.0.1:{house}", f"http://127.0.0.1:{provider}")


@pytest.fixture(scope="module")
def both(module_database: str, addresses: Servers) -> Iterator[Servers]:
    """The house in its own process, and the provider."""
    ours = {
        **COMPLETE,
        "LUECKENLOS_OIDC_SERVER_URL": addresses.provider,
        "DATABASE_URL": module_database,
        "LUECKENLOS_BASE_URL": addresses.house,
    }
    port = str(urlsplit(addresses.house).port)
    with serving("tests.commons.accounts.provider.house", port, environment=ours):
        yield addresses


@pytest.fixture
def servers(both: Servers) -> Iterator[Servers]:
    """Both, where nobody of the provider's people has an account yet."""
    yield both
    User.objects.filter(email__in=[VERIFIED, UNVERIFIED, STRANGER]).delete()
    cache.clear()


@dataclass(frozen=True)
class Journey:
    """What a person's browser went through."""

    session: requests.Session
    page: requests.Response

    @property
    def visited(self) -> list[str]:
        return [each.url for each in self.page.history] + [self.page.url]


def sent(session: requests.Session, page: requests.Response, path: str, **fields: str) -> requests.Response:
    token = TOKEN.search(page.text)
    assert token is not None
    origin = "{0.scheme}://{0.netloc}".format(urlsplit(page.url))
    data = {**fields, "csrfmiddlewaretoken": token[1]}
    return session.post(origin + path, data=data, headers={"Referer": page.url, "Origin": origin})


def signed_in_there(servers: Servers, email: str) -> Journey:
    session = requests.Session()
    login = session.get(f"{servers.house}/anmelden/")
    assert "Kreis-Zugang" in login.text
    theirs = sent(session, login, "/anmelden/oidc/kreis/?process=login")
    assert theirs.url.startswith(servers.provider), theirs.text
    path = urlsplit(theirs.url)
    back = sent(session, theirs, f"{path.path}?{path.query}", login=email, password=THEIRS,
                next=parse_qs(path.query)["next"][0])  # fmt: skip
    return Journey(session, back)


def test_a_new_address_gets_an_account_and_no_role(servers: Any) -> None:
    journey = signed_in_there(servers, STRANGER)
    user = User.objects.get(email=STRANGER)

    assert journey.page.url == f"{servers.house}/schreibtisch/"
    assert "Guten Tag, Kim Muster" in journey.page.text
    assert not user.grants.exists() and not user.has_usable_password()
    asked = next(url for url in journey.visited if urlsplit(url).path == "/identity/o/authorize")
    query = parse_qs(urlsplit(asked).query)
    assert query["code_challenge_method"] == ["S256"] and query["code_challenge"]
    assert query["response_type"] == ["code"]


def test_the_second_time_it_is_the_same_account(servers: Any) -> None:
    for _visit in range(2):
        signed_in_there(servers, STRANGER)

    assert User.objects.filter(email=STRANGER).count() == 1
    assert SocialAccount.objects.count() == 1


def test_a_known_address_is_linked_when_verified_and_answers_for_the_second_factor(servers: Any) -> None:
    user = services.welcome(VERIFIED, name="Kollegin", password=PASSWORD)
    services.grant_role(user.id, grant=county_wide(Role.COORDINATION), by=job("tests"))
    journey = signed_in_there(servers, VERIFIED)

    assert journey.page.url == f"{servers.house}/schreibtisch/"
    assert SocialAccount.objects.get().user_id == user.id


def test_a_known_address_is_not_linked_when_the_provider_has_not_verified_it(servers: Any) -> None:
    user = services.welcome(UNVERIFIED, name="Kollege", password=PASSWORD)
    journey = signed_in_there(servers, UNVERIFIED)

    assert not SocialAccount.objects.filter(user=user).exists()
    assert User.objects.filter(email=UNVERIFIED).count() == 1
    desk = journey.session.get(f"{servers.house}/schreibtisch/", allow_redirects=False)
    assert desk.headers["Location"].startswith("/anmelden/")


def test_an_unverified_stranger_must_prove_the_address_first(servers: Any) -> None:
    journey = signed_in_there(servers, UNVERIFIED)

    assert journey.page.url.startswith(f"{servers.house}/konto/e-mail/code/")
    assert not EmailAddress.objects.get(email=UNVERIFIED).verified


def test_a_forged_answer_signs_nobody_in(servers: Any) -> None:
    answer = requests.get(f"{servers.house}/anmelden/oidc/kreis/zurueck/?code=x&state=y", timeout=60)

    assert "Die Anmeldung hat nicht geklappt" in answer.text
    assert requests.get(f"{servers.house}/anmelden/oidc/fremd/", timeout=60).status_code == 404


@pytest.mark.browser
def test_the_browser_lets_the_form_go_to_the_provider_and_back(browser: Any, servers: Any) -> None:
    page = browser.new_context(base_url=servers.house, locale="de-DE").new_page()
    page.goto("/anmelden/")
    page.get_by_role("button", name="Kreis-Zugang").click()
    page.fill("input[name=login]", STRANGER)
    page.fill("input[name=password]", THEIRS)
    page.locator("form[action*=login] button[type=submit], form button[type=submit]").first.click()
    page.wait_for_url(f"{servers.house}/schreibtisch/")

    expect(page.get_by_role("heading", level=1)).to_have_text("Guten Tag, Kim Muster")
    page.context.close()


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"LUECKENLOS_OIDC_CLIENT_SECRET": ""}, "LUECKENLOS_OIDC_CLIENT_SECRET"),
        ({"LUECKENLOS_OIDC_SERVER_URL": ""}, "LUECKENLOS_OIDC_SERVER_URL"),
        ({"LUECKENLOS_OIDC_SERVER_URL": "anmelden.example.org"}, "LUECKENLOS_OIDC_SERVER_URL"),
        ({"LUECKENLOS_OIDC_ID": "Kreis Düren"}, "LUECKENLOS_OIDC_ID"),
        ({"LUECKENLOS_OIDC_CLIENTID": "x"}, "LUECKENLOS_OIDC_CLIENTID"),
        ({"LUECKENLOS_SECOND_FACTOR": "vielleicht"}, "LUECKENLOS_SECOND_FACTOR"),
    ],
)
def test_a_mistake_in_the_environment_is_one_sentence_that_names_the_variable(
    changes: Any, named: Any
) -> None:
    with pytest.raises(EnvironmentMistake) as mistake:
        read_environment({**COMPLETE, **changes})

    assert str(mistake.value).startswith(f"{named} = „")
    assert "\n" not in str(mistake.value)


def test_complete_settings_are_read() -> None:
    assert read_environment(COMPLETE).oidc == COMPLETE
    assert read_environment({}).oidc == {} and read_environment({}).second_factor == "required"
