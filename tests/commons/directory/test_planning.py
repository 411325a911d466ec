"""Planning reads the directory as it is, and as the house knew it on a past day."""

from dataclasses import fields, replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lueckenlos.commons.directory import selectors, services
from lueckenlos.commons.directory.models import Feed, Organization, Service
from lueckenlos.commons.directory.types import FundingValue, LocationValue, ServiceStatus
from lueckenlos.commons.directory.types.planning import PlanningEntry
from lueckenlos.core import clock
from lueckenlos.core.actor import Actor
from tests.commons.directory.conftest import NOW
from tests.commons.directory.test_editing import content

pytestmark = pytest.mark.django_db
TODAY = clock.day_of(NOW)
YESTERDAY = TODAY - timedelta(days=1)


def entry_of(key: str, *, as_of: date | None = None) -> PlanningEntry:
    (found,) = [each for each in selectors.planning_entries(as_of=as_of) if each.key == key]
    return found


def differing(one: PlanningEntry, other: PlanningEntry) -> set[str]:
    return {each.name for each in fields(one) if getattr(one, each.name) != getattr(other, each.name)}


def test_all_own_services_come_in_few_queries_and_no_neighbours(entry: Service) -> None:
    neighbour = Feed.objects.create(key="neighbour", name="Nachbarkreis")
    Service.objects.filter(id=entry.id).update(feed=neighbour)
    with CaptureQueriesContext(connection) as queries:
        entries = selectors.planning_entries()
    assert len(queries) <= 8
    assert len(entries) == Service.objects.filter(feed__isnull=True).count() > 300
    assert entry.key not in {each.key for each in entries}


def test_an_entry_says_what_the_editors_see(entry: Service, provider: Actor) -> None:
    values = content(entry.key, provider)
    planned = entry_of(entry.key)
    assert (planned.name, planned.organization_id, planned.kind) == (
        values.name,
        entry.organization_id,
        values.kind,
    )
    assert (set(planned.phases), set(planned.fields)) == (set(values.phases), set(values.fields))
    assert (planned.capacity, planned.weekdays) == (
        values.capacity,
        selectors.weekdays_of(values.schedule_text),
    )
    assert [site.ags for site in planned.sites] == [place.ags for place in values.locations]


def test_a_past_day_without_changes_since_is_read_as_today(entry: Service) -> None:
    now = selectors.planning_entries()
    assert selectors.planning_entries(as_of=TODAY) == now
    assert selectors.planning_entries(as_of=YESTERDAY) == now
    assert selectors.planning_entries(as_of=date(1990, 1, 1)) == now


def test_walking_back_through_the_history_changes_only_what_was_changed(
    entry: Service, provider: Actor, trusted: Organization
) -> None:
    before = {each.key: each for each in selectors.planning_entries()}
    services.edit_service(
        entry.key,
        replace(
            content(entry.key, provider),
            name="Neuer Name",
            phases=("u3",),
            capacity=12,
            funding=(FundingValue("Land", date(2027, 12, 31)),),
            schedule_text="montags und freitags 9–11 Uhr",
            locations=(LocationValue(street="Markt 1", postcode="52428", city="Jülich"),),
            status=ServiceStatus.INACTIVE,
        ),
        base_version=1,
        actor=provider,
        now=NOW,
    )
    now = entry_of(entry.key)
    assert (now.name, now.phases, now.capacity, now.funding_ends) == (
        "Neuer Name",
        ("u3",),
        12,
        date(2027, 12, 31),
    )
    assert (now.weekdays, now.status, now.verified_on) == (
        frozenset({0, 4}),
        ServiceStatus.INACTIVE,
        TODAY,
    )
    past = {each.key: each for each in selectors.planning_entries(as_of=YESTERDAY)}
    assert past.keys() == before.keys()
    assert {key for key in before if past[key] != before[key]} == set()
    assert entry_of(entry.key, as_of=TODAY) == now


def test_a_confirmation_is_not_known_the_day_before(entry: Service, provider: Actor) -> None:
    long_ago = date(2025, 6, 1)
    Service.objects.filter(id=entry.id).update(verified_on=long_ago)
    services.confirm(entry.key, actor=provider, now=NOW)
    services.confirm(entry.key, actor=provider, now=NOW + timedelta(days=3))
    days = {day: entry_of(entry.key, as_of=TODAY + timedelta(days=day)).verified_on for day in (-1, 0, 2, 3)}
    assert days == {-1: long_ago, 0: TODAY, 2: TODAY, 3: TODAY + timedelta(days=3)}
    assert differing(entry_of(entry.key, as_of=YESTERDAY), entry_of(entry.key)) == {"verified_on"}


def test_saving_without_a_change_confirms_and_is_walked_back_too(
    entry: Service, provider: Actor, trusted: Organization
) -> None:
    before = entry_of(entry.key)
    services.edit_service(entry.key, content(entry.key, provider), base_version=1, actor=provider, now=NOW)
    assert entry_of(entry.key).verified_on == TODAY
    assert entry_of(entry.key, as_of=YESTERDAY) == before


def test_an_entry_that_was_added_since_was_not_known(
    organization: Organization, entry: Service, provider: Actor, trusted: Organization
) -> None:
    values = replace(content(entry.key, provider), name="Ganz neues Angebot")
    saved = services.create_service(organization.id, values, actor=provider, now=NOW)
    assert entry_of(saved.key, as_of=TODAY).name == "Ganz neues Angebot"
    assert saved.key not in {each.key for each in selectors.planning_entries(as_of=YESTERDAY)}


def test_what_changed_since_a_day_is_told_by_field(
    organization: Organization, entry: Service, provider: Actor, trusted: Organization
) -> None:
    values = content(entry.key, provider)
    other = organization.services.exclude(id=entry.id).order_by("key").first()
    assert other is not None
    services.edit_service(
        entry.key, replace(values, fee="9 Euro", is_free=False), base_version=1, actor=provider, now=NOW
    )
    services.confirm(other.key, actor=provider, now=NOW)
    added = services.create_service(
        organization.id, replace(values, name="Noch eins"), actor=provider, now=NOW
    )
    changed = selectors.changed_services(since=YESTERDAY)
    assert changed[added.key] == ("created",)
    assert changed[other.key] == ("verified_on",)
    assert {"fee", "verified_on"} <= set(changed[entry.key])
    assert selectors.changed_services(since=TODAY) == {}
