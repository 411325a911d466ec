"""People for the tests of accounts: with a password, with a second factor, with a role."""

import re
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.test import Client

from lueckenlos.commons.accounts import services
from lueckenlos.commons.accounts.models import User
from lueckenlos.commons.places import selectors as places
from lueckenlos.core.actor import Grant, Role, ScopeKind, job

PASSWORD = "ein langer Satz für die Tür"


@pytest.fixture
def person(db: None) -> Callable[..., User]:
    """Makes somebody with a password, and with a role of the county where one is named."""

    def make(email: str = "kollegin@example.org", *, role: Role | None = None) -> User:
        user = services.welcome(email, name=email.partition("@")[0].title(), password=PASSWORD)
        if role is not None:
            services.grant_role(user.id, grant=county_wide(role), by=job("tests"))
        return user

    return make


@pytest.fixture(autouse=True)
def no_counts(request: pytest.FixtureRequest) -> Iterator[None]:
    """Attempts of another test do not count."""
    if "db" in request.fixturenames:
        request.getfixturevalue("db")
        cache.clear()
    yield


def county_wide(role: Role) -> Grant:
    """The role for the whole county."""
    return Grant(role=role, scope_kind=ScopeKind.COUNTY, scope_key=places.county().key)


def code_of(secret: str) -> str:
    """What the app on the phone shows now."""
    return str(totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30)))


def protect(user: User) -> str:
    """Give somebody the app; its secret."""
    secret = str(totp.generate_totp_secret())
    totp.TOTP.activate(user, secret)
    return secret


def stranger(**options: Any) -> Any:
    """A browser that nobody has signed in with."""
    return Client(**options)


def found(pattern: re.Pattern[str], text: object) -> str:
    """What the pattern finds in a page or letter."""
    match = pattern.search(str(text))
    assert match is not None, text
    return match[1 if pattern.groups else 0]


def entered(email: str, *, secret: str = "", client: Any = None) -> Any:
    """Sign in as people do: address, password, and the app's code where there is one."""
    client = client or stranger()
    answer = client.post("/anmelden/", {"login": email, "password": PASSWORD})
    assert answer.status_code == 302, answer.content.decode()
    if secret:
        assert answer.url == "/anmelden/zweiter-faktor/"
        answer = client.post(answer.url, {"code": code_of(secret)})
        assert answer.status_code == 302, answer.content.decode()
    return client
