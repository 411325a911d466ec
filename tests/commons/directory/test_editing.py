"""Entries change under many hands, and nobody's work is lost."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from lueckenlos.commons.directory import selectors, services
from lueckenlos.commons.directory.errors import EditConflict, NeedsApproval, NotYours, TheirEntry, UnknownKeys
from lueckenlos.commons.directory.models import Change, Feed, Organization, Service
from lueckenlos.commons.directory.types import (
    PLAIN,
    CostValue,
    LocationValue,
    PhoneValue,
    ServiceStatus,
    ServiceValues,
    TextState,
    TextValue,
)
from lueckenlos.commons.directory.types.storage import from_record, to_record
from lueckenlos.core import clock
from lueckenlos.core.actor import Actor
from tests.commons.directory.conftest import NOW

pytestmark = pytest.mark.django_db


def content(key: str, actor: Actor) -> ServiceValues:
    found = selectors.entry_for(actor, key, now=NOW)
    assert found is not None
    return found.values


def test_a_trusted_provider_saves_and_history_says_what_was_and_what_is(
    entry: Service, provider: Actor, trusted: Organization
) -> None:
    old = content(entry.key, provider)
    saved = services.edit_service(
        entry.key, replace(old, fee="3 Euro", is_free=False), base_version=1, actor=provider, now=NOW
    )
    assert (saved.version, saved.changed) == (2, True)
    change = Change.objects.get(service=entry, version=2)
    assert change.actor_label == "Anbieter"
    assert change.before is not None
    assert (change.before["fee"], change.after["fee"]) == (old.fee, "3 Euro")  # type: ignore[index]
    assert "name" not in change.before


def test_saving_also_says_that_everything_is_true_today(
    entry: Service, provider: Actor, trusted: Organization
) -> None:
    services.edit_service(entry.key, content(entry.key, provider), base_version=1, actor=provider, now=NOW)
    entry.refresh_from_db()
    assert (entry.verified_on, entry.version) == (clock.day_of(NOW), 1)


def test_the_second_of_two_editors_sees_all_three_versions_and_nothing_is_overwritten(
    entry: Service, provider: Actor, coordination: Actor, trusted: Organization
) -> None:
    base = content(entry.key, provider)
    first = replace(base, fee="5 Euro", application="Rufen Sie an.")
    services.edit_service(entry.key, first, base_version=1, actor=provider, now=NOW)
    second = replace(base, fee="6 Euro", waiting_weeks=4)
    with pytest.raises(EditConflict) as caught:
        services.edit_service(entry.key, second, base_version=1, actor=coordination, now=NOW)
    conflict = caught.value.conflict
    assert (conflict.base.fee, conflict.theirs.fee, conflict.mine.fee) == (base.fee, "5 Euro", "6 Euro")
    assert set(conflict.fields()) == {"fee", "application", "waiting_weeks"}
    assert conflict.touched_by_both() == {"fee"}
    assert content(entry.key, provider).fee == "5 Euro"


def test_the_content_of_an_old_version_can_be_told_after_many_changes(
    entry: Service, provider: Actor, trusted: Organization
) -> None:
    base = content(entry.key, provider)
    for version, fee in enumerate(["1 Euro", "2 Euro", "3 Euro"], start=1):
        services.edit_service(
            entry.key,
            replace(base, fee=fee, age_max=20 + version),
            base_version=version,
            actor=provider,
            now=NOW,
        )
    services.confirm(entry.key, actor=provider, now=NOW + timedelta(days=3))
    from lueckenlos.commons.directory.selectors.content import read_row, values_at

    row = read_row(entry.key)
    assert row is not None
    assert values_at(row, version=1) == base
    assert values_at(row, version=3).fee == "2 Euro"


def test_everything_that_an_editor_writes_comes_back_as_it_was_written(
    entry: Service, provider: Actor, trusted: Organization
) -> None:
    full = replace(
        content(entry.key, provider),
        alternate_name="Nordlicht",
        costs=(CostValue("mit Familienkarte", None, "halber Preis"),),
        phones=(PhoneValue("02421 4710123", "Anmeldung"),),
        documents=("Impfpass", "Hausschuhe"),
        locations=(
            LocationValue(
                name="Saal", street="Nordstraße 1", postcode="52428", city="Jülich", accessible=True
            ),
        ),
        schedule_text="jeden 2. Dienstag im Monat 15–17 Uhr, nicht in den Ferien",
        capacity=40,
        available=3,
        bridge=("kita", "grundschule"),
        texts=(TextValue(PLAIN, "description", "Hier hilft man Ihnen."), TextValue("tr", "name", "Kuzey")),
    )
    services.edit_service(entry.key, full, base_version=1, actor=provider, now=NOW)
    stored = content(entry.key, provider)
    place = stored.locations[0]
    assert place.ags == "05358024"
    assert place.latitude is not None
    assert replace(stored, locations=()) == replace(full, locations=())
    view = selectors.service(entry.key, now=NOW)
    assert view is not None
    assert view.schedules[0].rrule == "FREQ=MONTHLY;BYDAY=2TU"
    assert view.next_dates[0].day == date(2026, 11, 10)
    assert from_record(to_record(stored)) == stored


def test_a_changed_german_text_makes_its_translations_outdated_and_no_others(
    entry: Service, provider: Actor, trusted: Organization
) -> None:
    texts = (TextValue("en", "description", "Help"), TextValue("en", "name", "North"))
    base = replace(content(entry.key, provider), texts=texts)
    services.edit_service(entry.key, base, base_version=1, actor=provider, now=NOW)
    services.edit_service(
        entry.key, replace(base, description="Neu."), base_version=2, actor=provider, now=NOW
    )
    view = selectors.service(entry.key, now=NOW)
    assert view is not None
    assert view.text("description", "en").state is TextState.OUTDATED
    assert view.text("name", "en").state is TextState.CHECKED
    fallback = view.text("fee", "en")
    assert (fallback.text, fallback.is_fallback, fallback.language) == (view.fee, True, "de")


def test_a_place_that_another_entry_uses_too_is_not_moved_under_it(
    entry: Service, provider: Actor, trusted: Organization, organization: Organization
) -> None:
    old = content(entry.key, provider)
    other = services.create_service(organization.id, replace(old, name="Zweites"), actor=provider, now=NOW)
    assert old.locations
    moved = replace(old, locations=(replace(old.locations[0], street="Neue Straße 9"),))
    services.edit_service(entry.key, moved, base_version=1, actor=provider, now=NOW)
    assert content(other.key, provider).locations[0].street == old.locations[0].street
    assert content(entry.key, provider).locations[0].street == "Neue Straße 9"


def test_a_provider_who_is_not_trusted_cannot_save(entry: Service, provider: Actor) -> None:
    with pytest.raises(NeedsApproval):
        services.edit_service(
            entry.key, content(entry.key, provider), base_version=1, actor=provider, now=NOW
        )


def test_an_outsider_neither_sees_nor_saves_an_entry(
    entry: Service, provider: Actor, outsider: Actor
) -> None:
    assert selectors.entry_for(outsider, entry.key, now=NOW) is None
    assert selectors.entries_of(outsider, today=clock.day_of(NOW)) == []
    with pytest.raises(NotYours):
        services.edit_service(
            entry.key, content(entry.key, provider), base_version=1, actor=outsider, now=NOW
        )
    with pytest.raises(NotYours):
        services.confirm(entry.key, actor=outsider, now=NOW)


def test_a_neighbours_entry_is_edited_there_not_here(
    entry: Service, provider: Actor, coordination: Actor
) -> None:
    values = content(entry.key, provider)
    feed = Feed.objects.create(key="nachbar", name="Nachbar")
    Service.objects.filter(id=entry.id).update(feed=feed)
    assert selectors.entry_for(coordination, entry.key, now=NOW) is None
    with pytest.raises(TheirEntry):
        services.edit_service(entry.key, values, base_version=1, actor=coordination, now=NOW)


def test_a_new_entry_gets_a_key_of_its_own_and_families_find_it(
    entry: Service, provider: Actor, trusted: Organization, organization: Organization
) -> None:
    values = replace(content(entry.key, provider), name="Väter-Frühstück am Samstag")
    first = services.create_service(organization.id, values, actor=provider, now=NOW)
    second = services.create_service(organization.id, values, actor=provider, now=NOW)
    assert (first.key, second.key) == ("vaeter-fruehstueck-am-samstag", "vaeter-fruehstueck-am-samstag-2")
    assert selectors.public_services(today=clock.day_of(NOW)).filter(key=first.key).exists()


def test_words_that_the_county_does_not_have_are_refused_by_name(
    entry: Service, provider: Actor, trusted: Organization
) -> None:
    values = replace(content(entry.key, provider), phases=("kita", "rente"))
    with pytest.raises(UnknownKeys) as caught:
        services.edit_service(entry.key, values, base_version=1, actor=provider, now=NOW)
    assert (caught.value.field, caught.value.keys) == ("phases", ("rente",))


def test_an_ended_entry_is_gone_for_families_and_stays_in_history(
    entry: Service, provider: Actor, trusted: Organization
) -> None:
    services.end_service(entry.key, last_day=clock.day_of(NOW), actor=provider, now=NOW)
    assert selectors.service(entry.key, now=NOW) is not None
    assert selectors.service(entry.key, now=NOW + timedelta(days=1)) is None
    services.end_service(entry.key, last_day=date(2026, 10, 1), actor=provider, now=NOW)
    entry.refresh_from_db()
    assert entry.status == ServiceStatus.DEFUNCT
    assert [change.deed for change in selectors.changes(entry.key)][:2] == ["ended", "ended"]


def test_a_preview_shows_the_new_words_and_leaves_the_old_ones(
    entry: Service, provider: Actor, organization: Organization
) -> None:
    values = replace(content(entry.key, provider), name="Ganz anders")
    view = services.preview_service(entry.key, values, actor=provider, now=NOW)
    fresh = services.preview_new(organization.id, values, actor=provider, now=NOW)
    assert (view.name, fresh.name) == ("Ganz anders", "Ganz anders")
    entry.refresh_from_db()
    assert entry.name != "Ganz anders"
    assert not Service.objects.filter(name="Ganz anders").exists()


def test_a_renamed_organization_takes_its_entries_along_and_history_is_whole(
    entry: Service, coordination: Actor, organization: Organization
) -> None:
    number = organization.services.count()
    heir = services.rename_organization(
        organization.id, name="Quartierszentrum Nord", from_day=clock.day_of(NOW), actor=coordination, now=NOW
    )
    again = services.rename_organization(
        organization.id, name="Quartierszentrum Nord", from_day=clock.day_of(NOW), actor=coordination, now=NOW
    )
    assert heir == again
    assert Service.objects.filter(organization_id=heir).count() == number
    old = selectors.organization(organization.key)
    assert old is not None
    assert old.successor is not None
    assert old.successor.name == "Quartierszentrum Nord"
    moved = selectors.changes(entry.key)[0].differences[0]
    assert (moved.before, moved.after) == (organization.name, "Quartierszentrum Nord")


def test_one_translation_alone_is_written_with_how_far_it_can_be_trusted(
    entry: Service, coordination: Actor
) -> None:
    text = TextValue("uk", "name", "Північ")
    services.set_translation(entry.key, text, state=TextState.MACHINE, actor=coordination, now=NOW)
    view = selectors.service(entry.key, now=NOW)
    assert view is not None
    assert (view.text("name", "uk").text, view.text("name", "uk").state) == ("Північ", TextState.MACHINE)
    assert view.version == 2
