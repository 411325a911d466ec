"""A browser for the tests of offers."""

from __future__ import annotations

from django.test import Client

from lueckenlos.commons.accounts import services as accounts
from lueckenlos.commons.accounts.models import User
from lueckenlos.core.actor import Actor, ActorKind, Grant, Role, ScopeKind, job
from tests.wall.world import Worker


def client(who: Worker | None) -> Client:
    """A browser in which somebody of an organization is signed in, or nobody."""
    browser = Client()
    if who is not None:
        grant = Grant(Role.PROVIDER, ScopeKind.ORGANIZATION, str(who.organization))
        accounts.grant_role(who.person, grant=grant, by=job("tests"))
        browser.force_login(User.objects.get(id=who.person))
    return browser


def family(name: str) -> tuple[Client, Actor]:
    """A browser in which somebody with a family's account is signed in, and who that is for the wall."""
    user = accounts.welcome(f"{name.lower()}@example.org", name=name)
    grant = Grant(Role.FAMILY, ScopeKind.COUNTY, "05358")
    accounts.grant_role(user.id, grant=grant, by=job("tests"))
    browser = Client()
    browser.force_login(User.objects.get(id=user.id))
    return browser, Actor(kind=ActorKind.PERSON, person_id=user.id, grants=(grant,))
