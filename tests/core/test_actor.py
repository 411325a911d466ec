"""Who asks, and how far their roles reach."""

from __future__ import annotations

from uuid import uuid4

import pytest

from lueckenlos.core.actor import NOBODY, Actor, ActorKind, Grant, Role, Scope, ScopeKind, job, link_to

OFFICE, OTHER = uuid4(), uuid4()


def holder(*grants: Grant) -> Actor:
    return Actor(kind=ActorKind.PERSON, person_id=uuid4(), grants=grants)


PROVIDER = holder(Grant(Role.PROVIDER, ScopeKind.ORGANIZATION, str(OFFICE)))
TOWN = holder(Grant(Role.MUNICIPALITY, ScopeKind.MUNICIPALITY, "05358008"))
COORDINATOR = holder(Grant(Role.COORDINATION, ScopeKind.COUNTY, "05358"))


def test_a_role_reaches_its_own_organization_and_no_other() -> None:
    assert PROVIDER.has_role(Role.PROVIDER)
    assert PROVIDER.may(Role.PROVIDER, organization=OFFICE)
    assert not PROVIDER.may(Role.PROVIDER, organization=OTHER)
    assert not PROVIDER.may(Role.PROVIDER)
    assert not PROVIDER.may(Role.PROVIDER, municipality="05358008")
    assert not PROVIDER.may(Role.PROVIDER, organization=OFFICE, municipality="05358008")
    assert PROVIDER.scopes(Role.PROVIDER) == {Scope(ScopeKind.ORGANIZATION, str(OFFICE))}


def test_a_municipality_does_not_reach_its_neighbors_nor_organizations() -> None:
    assert TOWN.may(Role.MUNICIPALITY, municipality="05358008")
    assert not TOWN.may(Role.MUNICIPALITY, municipality="05358044")
    assert not TOWN.may(Role.MUNICIPALITY, organization=OFFICE)
    assert not TOWN.may(Role.MUNICIPALITY)


def test_the_county_reaches_everything_in_it_with_that_role_alone() -> None:
    assert COORDINATOR.may(Role.COORDINATION)
    assert COORDINATOR.may(Role.COORDINATION, organization=OFFICE)
    assert COORDINATOR.may(Role.COORDINATION, municipality="05358044")
    assert not COORDINATOR.may(Role.ADMINISTRATION)


def test_nobody_a_job_and_a_link_hold_no_role() -> None:
    for actor in (NOBODY, job("reminders"), link_to(uuid4())):
        assert not any(actor.may(role) or actor.has_role(role) for role in Role)
        assert not actor.is_signed_in
    assert PROVIDER.is_signed_in


def test_half_an_actor_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="person_id"):
        Actor(kind=ActorKind.PERSON)
    with pytest.raises(ValueError, match="person_id"):
        Actor(kind=ActorKind.JOB, name="reminders", person_id=uuid4())
    with pytest.raises(ValueError, match="record"):
        Actor(kind=ActorKind.LINK)
    with pytest.raises(ValueError, match="grants"):
        Actor(kind=ActorKind.NOBODY, grants=PROVIDER.grants)
