"""A table from elsewhere: read as it is, every wrong cell named, nothing half written."""

import csv
import io
from collections.abc import Callable
from datetime import datetime
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils.datastructures import MultiValueDict

from lueckenlos.commons.directory import selectors, services
from lueckenlos.commons.directory.forms.importing import UploadForm
from lueckenlos.commons.directory.importing import (
    Checking,
    Source,
    Unreadable,
    UnreadableTable,
    check_table,
    guess_mapping,
    read_table,
)
from lueckenlos.commons.directory.importing.mapping import to_remember
from lueckenlos.commons.directory.models import Change, Organization, Phone, Proposal, Service
from lueckenlos.commons.directory.services import Imported, bulk
from lueckenlos.core.actor import Actor, job
from lueckenlos.core.table_wording import place_of, sentence
from tests.commons.directory.conftest import NOW

HEADER = ["Titel", "Kurzbeschreibung", "Thema", "Alter ab", "Alter bis", "PLZ", "Ort", "Straße", "Termine", "Kosten", "Telefon", "Barrierefrei", "Sprache"]  # fmt: skip
ROW = ["Elterncafé Süd", "Kaffee und Rat.", "Familie und Erziehung", "0", "6", "52428", "Jülich", "Markt 1", "dienstags 9–11 Uhr", "kostenlos", "02461 471012", "ja", "Deutsch; Türkisch"]  # fmt: skip


def text_table(*rows: list[str], encoding: str = "utf-8", separator: str = ";") -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator)
    writer.writerows([HEADER, *rows])
    return out.getvalue().encode(encoding)


def sheet(*rows: list[Any]) -> bytes:
    workbook = openpyxl.Workbook()
    page = workbook.active
    assert page is not None
    for row in (HEADER, *rows):
        page.append(row)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def changed(**cells: str) -> list[str]:
    row = list(ROW)
    for name, value in cells.items():
        row[HEADER.index(name.replace("_", " "))] = value
    return row


def checked(content: bytes) -> Checking:
    table = read_table(content)
    words = selectors.import_words()
    return check_table(table, mapping=guess_mapping(table.header), words=words, file="tabelle.csv")


def taken(organization: Organization, content: bytes, *, actor: Actor, now: datetime = NOW) -> Imported:
    checking = checked(content)
    return services.import_rows(organization.id, checking.rows, given=checking.given, actor=actor, now=now)


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_text_table_is_read_in_whatever_way_it_was_saved(encoding: str, separator: str) -> None:
    table = read_table(text_table(ROW, encoding=encoding, separator=separator))
    assert table.header[7] == "Straße"
    assert table.rows[0][0] == "Elterncafé Süd"


def test_numbers_of_a_sheet_are_read_as_people_see_them() -> None:
    row: list[Any] = list(ROW)
    row[3:6] = [0, 6, 52428]
    table = read_table(sheet(row))
    assert table.rows[0][3:6] == ("0", "6", "52428")
    assert table.lines == (2,)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", Unreadable.EMPTY),
        (b"Titel;Thema\n", Unreadable.EMPTY),
        (b"nur eine Spalte\nWert\n", Unreadable.ONE_COLUMN),
        (b"PK\x03\x04 kaputt", Unreadable.NO_TABLE),
        (b"\xd0\xcf\x11\xe0 kaputt", Unreadable.NO_TABLE),
        (b"a;b\x00;c\n1;2;3\n", Unreadable.NO_TABLE),
        (b"x" * (21 * 1024 * 1024), Unreadable.TOO_LARGE),
        (b"a;b\n" + b"1;2\n" * 50_001, Unreadable.TOO_MANY_ROWS),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_its_reason(content: bytes, why: Unreadable) -> None:
    with pytest.raises(UnreadableTable) as caught:
        read_table(content)
    assert caught.value.why is why


def test_an_upload_of_200_megabytes_is_refused_unread() -> None:
    class Unread(SimpleUploadedFile):
        def read(self, *_sizes: Any) -> bytes:
            raise AssertionError("nobody needs to read this")

    file = Unread("liste.csv", b"a;b")
    file.size = 200 * 1024 * 1024
    form = UploadForm({}, MultiValueDict({"table": [file]}))
    assert not form.is_valid()
    assert "200 MB" in form.errors["table"][0]


def test_columns_are_recognized_by_their_headings_and_by_what_was_chosen_before() -> None:
    guessed = guess_mapping(["Titel", "Beschreibng", "Bemerkung intern", "PLZ"])
    assert guessed == {"name": Source(0), "description": Source(1), "postcode": Source(3)}
    kept = to_remember(
        ["Bemerkung intern"], {"eligibility": Source(0), "audience": Source(constant="eltern")}
    )
    again = guess_mapping(["Titel", "Bemerkung intern"], remembered=kept)
    assert again == {"name": Source(0), "eligibility": Source(1), "audience": Source(constant="eltern")}


@pytest.mark.django_db
def test_a_good_row_becomes_an_entry_with_everything_it_says() -> None:
    (row,) = checked(text_table(ROW)).rows
    values = row.values
    assert (values.fields, values.age_min, values.age_max) == (("familie_erziehung",), 0, 6)
    assert values.phases[:3] == ("schwangerschaft_geburt", "u3", "kita")
    assert (values.is_free, values.accessible, values.languages) == (True, True, ("de", "tr"))
    assert values.locations[0].city == "Jülich"
    assert values.whole_county


@pytest.mark.django_db
def test_every_wrong_cell_is_named_with_line_column_and_what_to_do() -> None:
    wrong = changed(
        Titel="", Alter_ab="neun", Thema="Raumfahrt", PLZ="12", Telefon="ruf an", Barrierefrei="vielleicht"
    )
    checking = checked(text_table(ROW, wrong))
    assert [row.line for row in checking.rows] == [2]
    said = {mistake.field: mistake for mistake in checking.mistakes.kept}
    assert set(said) == {"Titel", "Alter ab", "Thema", "Telefon", "Barrierefrei"}
    assert {mistake.line for mistake in said.values()} == {3}
    assert place_of(said["Thema"]) == "tabelle.csv, Zeile 3, Feld „Thema“"
    assert "„Raumfahrt“ ist hier nicht möglich" in sentence(said["Thema"])
    assert "keine Zahl" in sentence(said["Alter ab"])


@pytest.mark.django_db
def test_good_rows_are_written_whole_and_can_be_found(
    organization: Organization, trusted: Organization, provider: Actor
) -> None:
    done = taken(organization, text_table(ROW, ROW, changed(Titel="Vätertreff")), actor=provider)
    assert done.added == 3
    keys = ["elterncafe-sued", "elterncafe-sued-2", "vaetertreff"]
    views = selectors.services_by_key(keys, now=NOW)
    assert [view.key for view in views] == keys
    first = views[0]
    assert first.organization.key == organization.key
    assert (first.locations[0].ags, first.phones[0].number) == ("05358024", "02461 471012")
    assert first.locations[0].point is not None
    assert views[1].locations[0].id == first.locations[0].id
    assert first.schedules[0].rrule == "FREQ=WEEKLY;BYDAY=TU"
    assert Change.objects.get(service_key=keys[0]).deed == "imported"
    found = selectors.entry_for(provider, keys[0], now=NOW)
    assert found is not None
    assert found.values.locations[0].street == "Markt 1"


@pytest.mark.django_db
def test_nothing_is_half_written_when_a_row_breaks_the_database(
    organization: Organization, trusted: Organization, provider: Actor
) -> None:
    from dataclasses import replace

    good = checked(text_table(ROW)).rows[0]
    broken = replace(good, values=replace(good.values, fields=("gibt_es_nicht",)))
    before = Service.objects.count()
    with pytest.raises(IntegrityError), transaction.atomic():
        services.import_rows(
            organization.id, [good, broken], given=frozenset({"name"}), actor=provider, now=NOW
        )
        connection.check_constraints()
    assert Service.objects.count() == before


@pytest.mark.django_db
def test_nothing_is_half_written_when_what_is_worded_aside_fails(
    trusted: Organization, provider: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(many: object) -> list[str]:
        raise RuntimeError("history has no words")

    monkeypatch.setattr(bulk, "to_short_texts", fail)
    before = Service.objects.count(), Phone.objects.count()
    with pytest.raises(RuntimeError, match="history has no words"), transaction.atomic():
        taken(trusted, text_table(ROW), actor=provider)
    assert (Service.objects.count(), Phone.objects.count()) == before


@pytest.mark.django_db
def test_rows_of_an_organization_that_is_not_trusted_wait_as_proposals(
    organization: Organization, provider: Actor
) -> None:
    done = taken(organization, text_table(ROW), actor=provider)
    assert (done.added, done.proposed) == (0, 1)
    assert Proposal.objects.get(organization=organization).values["name"] == "Elterncafé Süd"


@pytest.mark.django_db
def test_likely_doubles_are_named_against_the_directory_and_within_the_table(
    organization: Organization, trusted: Organization, provider: Actor
) -> None:
    taken(organization, text_table(ROW), actor=provider)
    rows = checked(
        text_table(changed(Titel="Eltern-Café Süd"), changed(Titel="Chor"), changed(Titel="Chor "))
    ).rows
    doubles = selectors.doubles(rows, organization_id=organization.id, organization=organization.name)
    assert [(each.line, each.other_key, each.other_line) for each in doubles] == [
        (2, "elterncafe-sued", 0),
        (4, "", 3),
    ]


@pytest.mark.django_db
def test_koordination_takes_over_a_table_of_many_organizations_and_new_ones_are_added(
    organization: Organization,
) -> None:
    content = (
        text_table(ROW)
        .decode()
        .replace("Titel;", "Träger;Titel;")
        .replace("Elterncafé Süd;", "Verein Neu;Elterncafé Süd;")
    )
    done = taken(organization, content.encode(), actor=job("directory.import"))
    assert (done.added, done.organizations) == (1, 1)
    assert Service.objects.get(key="elterncafe-sued").organization.name == "Verein Neu"


@pytest.mark.django_db
def test_the_wizard_leads_from_the_file_to_the_desk_and_takes_over_once(
    trusted: Organization, signed_in: Callable[[str], Client]
) -> None:
    client = signed_in("anbieter")
    wrong = changed(Titel="Ohne Thema", Thema="")
    upload = SimpleUploadedFile("unsere.csv", text_table(ROW, wrong, encoding="cp1252"))
    answer = client.post(f"/angebote-pflegen/traeger/{trusted.id}/einlesen/", {"table": upload})
    columns = answer["Location"]
    page = client.get(columns).content.decode()
    assert "Windows-1252" in page
    chosen = {"name": "c:0", "description": "c:1", "fields": "c:2", "postcode": "c:5", "city": "c:6"}
    preview = client.post(columns, chosen)["Location"]
    page = client.get(preview).content.decode()
    assert "1 von 2 Zeilen passt" in page
    assert "Diese Angabe fehlt" in page
    client.post(preview, {"which": "all"})
    assert not Service.objects.filter(name="Elterncafé Süd").exists()
    assert client.post(preview, {"which": "good"}).status_code == 302
    assert Service.objects.filter(name="Elterncafé Süd").count() == 1
    assert client.post(preview, {"which": "good"}).status_code == 404
    assert selectors.remembered_mapping(trusted.id)["titel"] == "name"


@pytest.mark.django_db
def test_where_no_row_fits_the_way_goes_on_all_the_same(
    trusted: Organization, signed_in: Callable[[str], Client]
) -> None:
    client, again = signed_in("anbieter"), f"/angebote-pflegen/traeger/{trusted.id}/einlesen/"
    upload = SimpleUploadedFile("unsere.csv", text_table(changed(Titel="", Alter_ab="-5")))
    columns = client.post(again, {"table": upload})["Location"]
    chosen = {"name": "c:0", "description": "c:1", "fields": "c:2", "age_min": "c:3"}
    page = client.get(client.post(columns, chosen)["Location"]).content.decode()
    assert "0 von 1 Zeilen passen" in page
    assert "„-5“ liegt außerhalb von 0 bis" in page
    assert f'href="{again}"' in page and f'href="{columns}"' in page
    nothing = client.post(again, {"x": "1"}).content.decode()
    assert "Bitte wählen Sie eine Datei aus." in nothing


@pytest.mark.django_db
def test_a_table_belongs_to_the_session_that_brought_it(
    trusted: Organization, signed_in: Callable[[str], Client]
) -> None:
    upload = SimpleUploadedFile("unsere.csv", text_table(ROW))
    answer = signed_in("anbieter").post(
        f"/angebote-pflegen/traeger/{trusted.id}/einlesen/", {"table": upload}
    )
    assert signed_in("anbieter").get(answer["Location"]).status_code == 404
    assert signed_in("koordination").get(answer["Location"]).status_code == 404
