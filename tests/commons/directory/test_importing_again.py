"""The next version of a table changes what it brought, and nothing that somebody edited here."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lueckenlos.commons.directory import selectors, services
from lueckenlos.commons.directory.errors import NotYours
from lueckenlos.commons.directory.models import Change, Location, Organization, Proposal, Service
from lueckenlos.commons.directory.types import Hindrance, ProposalState
from lueckenlos.core import clock
from lueckenlos.core.actor import Actor, job
from tests.commons.directory.conftest import NOW, PROVIDER
from tests.commons.directory.test_editing import content
from tests.commons.directory.test_importing import ROW, changed, checked, taken, text_table

pytestmark = pytest.mark.django_db
KEY = "elterncafe-sued"
LATER = NOW + timedelta(days=7)


def plan(organization: Organization, table: bytes, *, is_wide: bool = False) -> selectors.ImportPlan:
    checking = checked(table)
    return selectors.plan_import(
        checking.rows, organization_id=organization.id, given=checking.given, is_wide=is_wide
    )


def counts(done: services.Imported) -> tuple[int, int, int, int]:
    return done.added, done.changed, done.unchanged, done.held


def test_the_same_table_again_changes_nothing(trusted: Organization, provider: Actor) -> None:
    table = text_table(ROW, changed(Titel="Chor"))
    assert counts(taken(trusted, table, actor=provider)) == (2, 0, 0, 0)
    before = Change.objects.count()
    assert counts(taken(trusted, table, actor=provider, now=LATER)) == (0, 0, 2, 0)
    assert Change.objects.count() == before


def test_what_a_row_says_anew_changes_its_entry_with_all_that_hangs_on_it(
    trusted: Organization, provider: Actor
) -> None:
    taken(trusted, text_table(ROW), actor=provider)
    new = changed(
        Kurzbeschreibung="Mit Frühstück.", Alter_bis="3", Straße="Markt 2", Termine="freitags 9–11 Uhr",
        Telefon="02461 99", Thema="Gesundheit", Sprache="Deutsch",
    )  # fmt: skip
    assert counts(taken(trusted, text_table(new), actor=provider, now=LATER)) == (0, 1, 0, 0)
    (view,) = selectors.services_by_key([KEY], now=LATER)
    assert (view.description, view.age_max, view.verified_on) == ("Mit Frühstück.", 3, clock.day_of(LATER))
    assert ([each.key for each in view.fields], view.languages) == (["gesundheit"], ("de",))
    assert [each.street for each in view.locations] == ["Markt 2"]
    assert [each.rrule for each in view.schedules] == ["FREQ=WEEKLY;BYDAY=FR"]
    assert [each.number for each in view.phones] == ["02461 99"]
    assert not Location.objects.filter(organization=trusted, street="Markt 1").exists()
    change = Change.objects.get(service_key=KEY, version=2)
    assert change.before is not None and change.after is not None
    assert (change.deed, change.before["age_max"], change.after["age_max"]) == ("imported", 6, 3)
    assert "name" not in change.before


def test_fields_that_the_table_does_not_speak_of_stay(trusted: Organization, provider: Actor) -> None:
    taken(trusted, text_table(ROW), actor=provider)
    Service.objects.filter(key=KEY).update(application="Einfach klingeln.")
    taken(trusted, text_table(changed(Kosten="2 Euro")), actor=provider, now=LATER)
    values = content(KEY, provider)
    assert (values.application, values.fee, values.is_free) == ("Einfach klingeln.", "2 Euro", False)


def test_an_entry_that_was_edited_here_since_is_named_and_left(
    trusted: Organization, provider: Actor
) -> None:
    taken(trusted, text_table(ROW), actor=provider)
    mine = replace(content(KEY, provider), fee="5 Euro", is_free=False)
    services.edit_service(KEY, mine, base_version=1, actor=provider, now=NOW)
    table = text_table(changed(Kurzbeschreibung="Aus der Tabelle."))
    (held,) = plan(trusted, table).held
    assert (held.line, held.service_key, held.why) == (2, KEY, Hindrance.EDITED_HERE)
    assert set(held.fields) == {"description", "fee", "is_free"}
    assert counts(taken(trusted, table, actor=provider, now=LATER)) == (0, 0, 0, 1)
    assert content(KEY, provider).fee == "5 Euro"


def test_an_edit_that_says_what_the_table_says_is_no_conflict_and_the_next_row_counts_again(
    trusted: Organization, provider: Actor
) -> None:
    taken(trusted, text_table(ROW), actor=provider)
    mine = replace(content(KEY, provider), description="Gleich.")
    services.edit_service(KEY, mine, base_version=1, actor=provider, now=NOW)
    assert counts(taken(trusted, text_table(changed(Kurzbeschreibung="Gleich.")), actor=provider)) == (
        0, 0, 1, 0,
    )  # fmt: skip
    done = taken(trusted, text_table(changed(Kurzbeschreibung="Neu.")), actor=provider, now=LATER)
    assert counts(done) == (0, 1, 0, 0)


def test_a_row_with_a_key_of_its_own_is_known_again_under_another_name(
    trusted: Organization, provider: Actor
) -> None:
    def table(name: str) -> bytes:
        text = text_table(changed(Titel=name)).decode()
        return text.replace("Titel;", "ID;Titel;").replace(f"{name};", f"A-17;{name};").encode()

    taken(trusted, table("Elterncafé Süd"), actor=provider)
    assert counts(taken(trusted, table("Elterntreff"), actor=provider, now=LATER)) == (0, 1, 0, 0)
    assert Service.objects.get(key=KEY).name == "Elterntreff"


def test_entries_that_no_row_speaks_of_stay(trusted: Organization, provider: Actor) -> None:
    taken(trusted, text_table(ROW, changed(Titel="Chor")), actor=provider)
    taken(trusted, text_table(ROW), actor=provider, now=LATER)
    assert set(Service.objects.filter(key__in=[KEY, "chor"]).values_list("status", flat=True)) == {"active"}


def test_an_entry_that_went_to_another_organization_is_not_changed_from_here(
    trusted: Organization, provider: Actor, coordination: Actor
) -> None:
    taken(trusted, text_table(ROW), actor=provider)
    other = Organization.objects.exclude(id=trusted.id).order_by("key")[0]
    Service.objects.filter(key=KEY).update(organization=other)
    table = text_table(changed(Kosten="2 Euro"))
    (held,) = plan(trusted, table).held
    assert held.why is Hindrance.OF_ANOTHER
    assert counts(taken(trusted, table, actor=provider, now=LATER)) == (0, 0, 0, 1)
    assert counts(taken(trusted, table, actor=coordination, now=LATER)) == (0, 1, 0, 0)


def test_nobody_imports_for_an_organization_they_do_not_look_after(
    trusted: Organization, outsider: Actor
) -> None:
    with pytest.raises(NotYours):
        taken(trusted, text_table(ROW), actor=outsider)


def test_proposals_of_a_table_are_asked_once_and_the_accepted_one_is_known_again(
    organization: Organization, provider: Actor, coordination: Actor
) -> None:
    assert taken(organization, text_table(ROW), actor=provider).proposed == 1
    again = taken(organization, text_table(ROW), actor=provider)
    assert (again.proposed, again.unchanged) == (0, 1)
    newer = taken(organization, text_table(changed(Kosten="2 Euro")), actor=provider)
    assert newer.proposed == 1
    states = Proposal.objects.filter(organization=organization).values_list("state", flat=True)
    assert sorted(states) == sorted([ProposalState.WITHDRAWN, ProposalState.OPEN])
    waiting = Proposal.objects.get(organization=organization, state=ProposalState.OPEN)
    view = selectors.proposal(waiting.id, actor=coordination)
    assert view is not None
    services.accept_proposal(
        waiting.id, seen_version=view.seen_version, answer="", actor=coordination, now=NOW
    )
    found = plan(organization, text_table(changed(Kosten="2 Euro")))
    assert (found.new, found.changed, found.held, found.unchanged) == ([], [], [], 1)
    (difference,) = plan(organization, text_table(changed(Kosten="3 Euro"))).changed
    assert set(difference.fields) == {"fee"}


def test_many_rows_change_in_a_fixed_number_of_statements(trusted: Organization) -> None:

    actor = job("directory.import")
    numbers: dict[int, int] = {}
    for count in (3, 60):
        rows = [changed(Titel=f"Gruppe {count} {at}", Termine="montags 9 Uhr") for at in range(count)]
        taken(trusted, text_table(*rows), actor=actor)
        newer = [[*row[:8], "freitags 9 Uhr", *row[9:]] for row in rows]
        with CaptureQueriesContext(connection) as queries:
            done = taken(trusted, text_table(*newer), actor=actor, now=LATER)
        assert done.changed == count
        numbers[count] = len(queries)
    assert numbers[60] <= numbers[3]


def test_entries_that_a_table_speaks_of_are_held_while_it_comes_in(trusted: Organization) -> None:
    taken(trusted, text_table(ROW), actor=job("directory.import"))
    with CaptureQueriesContext(connection) as looked:
        plan(trusted, text_table(ROW))
    with CaptureQueriesContext(connection) as took_in:
        taken(trusted, text_table(ROW), actor=job("directory.import"), now=LATER)
    held = [[each["sql"] for each in asked if "NO KEY UPDATE" in each["sql"]] for asked in (looked, took_in)]
    assert [len(each) for each in held] == [0, 1]


def test_the_wizard_shows_what_a_second_table_would_change(
    trusted: Organization, provider: Actor, signed_in: Callable[[str], Client]
) -> None:
    taken(trusted, text_table(ROW, changed(Titel="Chor")), actor=provider)
    mine = replace(content("chor", provider), fee="5 Euro", is_free=False)
    services.edit_service("chor", mine, base_version=1, actor=provider, now=NOW)
    client = signed_in("anbieter")
    table = text_table(changed(Kosten="2 Euro"), changed(Titel="Chor", Kosten="2 Euro"), changed(Titel="Neu"))
    columns = client.post(
        f"/angebote-pflegen/traeger/{trusted.id}/einlesen/", {"table": SimpleUploadedFile("neu.csv", table)}
    )["Location"]
    form = client.get(columns).context["form"]
    guessed = {field.html_name: field.initial for field in form if field.initial}
    preview = client.post(columns, guessed)["Location"]
    said = client.get(preview).content.decode()
    assert "Neu: 1, geändert: 1, unverändert: 0." in said
    assert "wurde hier bearbeitet" in said
    done = client.post(preview, {"which": "all", "doubles": "on"}, follow=True).content.decode()
    for words in ("Ein Angebot ist übernommen.", "Ein Angebot ist geändert.", "bleibt, wie es hier steht"):
        assert words in done
    assert (content(KEY, provider).fee, content("chor", provider).fee) == ("2 Euro", "5 Euro")
    assert selectors.organization_by_name(PROVIDER) == trusted.id
