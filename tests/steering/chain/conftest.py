"""People around the chain, and the day on which the tests live."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from lueckenlos.core import clock
from lueckenlos.core.actor import Actor, ActorKind, Grant, Role, ScopeKind
from lueckenlos.portal.demo import DemoDayMiddleware

TODAY = date(2026, 11, 3)
YESTERDAY = date(2026, 11, 2)
TITZ, KREUZAU = "05358056", "05358032"


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The tests live two days after the county came into the house; the demo holds no other day over them."""
    monkeypatch.setattr(DemoDayMiddleware, "__call__", lambda self, request: self.get_response(request))
    clock.hold_day(TODAY)
    yield
    clock.hold_day(None)


@pytest.fixture
def coordination() -> Actor:
    grant = Grant(Role.COORDINATION, ScopeKind.COUNTY, "05358")
    return Actor(kind=ActorKind.PERSON, person_id=uuid4(), grants=(grant,), name="Rolle")


@pytest.fixture
def titz() -> Actor:
    return municipality(TITZ)


def municipality(ags: str) -> Actor:
    grant = Grant(Role.MUNICIPALITY, ScopeKind.MUNICIPALITY, ags)
    return Actor(kind=ActorKind.PERSON, person_id=uuid4(), grants=(grant,), name="Rolle")


@pytest.fixture
def signed_in(db: None, settings: Any) -> Callable[[str], Client]:
    """A browser session of the demo's person with an address, such as "koordination"."""
    settings.SECOND_FACTOR = "offered"

    def sign_in(name: str) -> Client:
        client = Client()
        user = get_user_model().objects.get(email=f"{name}@example.org")
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in
