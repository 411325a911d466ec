"""People of the demo county at their desks, in a house with real transactions."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.test import Client

from lueckenlos.commons.accounts import selectors as accounts
from lueckenlos.commons.accounts import work
from lueckenlos.core import clock
from lueckenlos.core.actor import Actor

SignIn = Callable[[str], Client]
Acting = Callable[[str], Actor]


@pytest.fixture
def signed_in(own_database: str, settings: Any) -> SignIn:
    """A browser session of the demo's person with an address, such as "fachkraft"."""
    settings.SECOND_FACTOR = "offered"
    cache.clear()

    def sign_in(name: str) -> Client:
        client = Client()
        user = get_user_model().objects.get(email=f"{name}@example.org")
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in


@pytest.fixture
def acting(own_database: str) -> Acting:
    """The same person as an actor at work."""

    def actor(name: str) -> Actor:
        user = accounts.demo_person(f"{name}@example.org")
        assert user is not None
        return work.at_work(accounts.standing_of(user, today=clock.real_today()).actor)

    return actor
