"""People around the directory: a provider, Koordination, and somebody who has no business here."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from lueckenlos.commons.directory.models import Organization, Service
from lueckenlos.core.actor import Actor, ActorKind, Grant, Role, ScopeKind

NOW = datetime(2026, 11, 3, 10, 30, tzinfo=ZoneInfo("Europe/Berlin"))
PROVIDER = "Stadtteilzentrum Nord"


def person(*grants: Grant) -> Actor:
    return Actor(kind=ActorKind.PERSON, person_id=uuid4(), grants=grants, name="Rolle")


@pytest.fixture
def organization(db: None) -> Organization:
    return Organization.objects.get(name=PROVIDER)


@pytest.fixture
def provider(organization: Organization) -> Actor:
    return person(Grant(Role.PROVIDER, ScopeKind.ORGANIZATION, str(organization.id)))


@pytest.fixture
def coordination() -> Actor:
    return person(Grant(Role.COORDINATION, ScopeKind.COUNTY, "05358"))


@pytest.fixture
def outsider() -> Actor:
    return person(Grant(Role.PROVIDER, ScopeKind.ORGANIZATION, str(UUID(int=7))))


@pytest.fixture
def entry(organization: Organization) -> Service:
    """An entry of the provider."""
    found = organization.services.order_by("key").first()
    assert found is not None
    return found


@pytest.fixture
def trusted(organization: Organization) -> Organization:
    organization.is_trusted = True
    organization.save(update_fields=["is_trusted"])
    return organization


@pytest.fixture
def signed_in(db: None, settings: Any) -> Callable[[str], Client]:
    """A browser session of the demo's person with an address, such as "anbieter"; how they signed in is not our part."""
    settings.SECOND_FACTOR = "offered"

    def sign_in(name: str) -> Client:
        client = Client()
        user = get_user_model().objects.get(email=f"{name}@example.org")
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in
