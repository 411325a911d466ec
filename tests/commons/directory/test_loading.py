"""Loading services: stable ids, nothing overwritten that was edited here, nothing deleted."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from uuid import UUID, uuid5

import pytest

from lueckenlos.commons.directory.fees import Cost, costs, is_free
from lueckenlos.commons.directory.loading.organizations import key_of
from lueckenlos.commons.directory.models import (
    Change,
    CostOption,
    Kind,
    LifePhase,
    Location,
    Organization,
    Schedule,
    Service,
    ServiceCapacity,
    Translation,
)
from lueckenlos.commons.places import selectors as places
from lueckenlos.config.county_folder import FolderReport, load_county
from lueckenlos.core.merging import FileReport
from lueckenlos.core.tables import Why
from tests.commons.places.folders import copied, edit, edit_service, services, write_services
from tests.servers import COUNTY

NOW = datetime(2026, 11, 1, 8, tzinfo=UTC)
AKUT = "akut-krisenteam"
in_database = pytest.mark.django_db


def load(folder: Path) -> FileReport:
    report = load_county(folder, now=NOW)
    assert not report.mistakes, report.mistakes.kept
    return of(report)


def of(report: FolderReport) -> FileReport:
    return next(each for each in report.reports if each.file == "services.jsonl")


@in_database
def test_every_line_is_a_service_with_all_it_says() -> None:
    lines = {line["id"]: line for line in services(COUNTY)}
    rows = Service.objects.filter(feed=None).prefetch_related(
        "phases", "fields", "catchment", "at_locations__location"
    )
    assert {row.key for row in rows} == set(lines)
    for row in rows:
        line = lines[row.key]
        assert (row.name, row.description, row.fee) == (line["name"], line["description"], line["fee"] or "")
        assert (row.age_min, row.age_max) == (line["age_min"], line["age_max"])
        assert {phase.key for phase in row.phases.all()} == set(line["life_phases"])
        assert {field.key for field in row.fields.all()} == set(line["fields"])
        assert row.whole_county == (line["catchment"] == "kreis")
        assert {area.ags for area in row.catchment.all()} == set(
            [] if row.whole_county else line["catchment"]
        )
        assert row.languages == line["languages"]
        assert row.verified_on == date.fromisoformat(line["verified_on"])
        assert row.kind_id == line["kind"]
        assert [at.location.street for at in row.at_locations.all()] == (
            [line["location"]["street"]] if line["location"] else []
        )
        assert ([row.bridge_from_id, row.bridge_to_id] if line["bridges"] else None) == line["bridges"]


@in_database
def test_ids_follow_from_the_key_and_the_countys_namespaces() -> None:
    given = places.county().settings["namespaces"]
    assert Service.objects.get(key=AKUT).id == uuid5(UUID(given["services"]), AKUT)
    assert Organization.objects.get(name="Kreis Düren").id == uuid5(
        UUID(given["organizations"]), "kreis-dueren"
    )


@in_database
def test_ages_keep_half_years_and_whole_ones_stay_whole() -> None:
    halves = [line for line in services(COUNTY) if line["age_min"] == 0.5]
    assert halves
    assert repr(Service.objects.get(key=halves[0]["id"]).age_min) == "0.5"
    assert repr(Service.objects.get(key=AKUT).age_max) == "18"


@in_database
def test_one_house_of_one_organization_is_one_place() -> None:
    lines = [line for line in services(COUNTY) if line["location"]]
    addresses = {
        (
            line["organization"],
            line["location"]["street"],
            line["location"]["postcode"],
            line["location"]["city"],
        )
        for line in lines
    }
    assert Location.objects.filter(organization__feed=None).count() == len(addresses) < len(lines)


@in_database
def test_what_hangs_on_a_service_comes_along() -> None:
    akut = Service.objects.get(key=AKUT)
    plain = Translation.objects.get(service=akut, language="de-x-plain")
    assert (plain.field, plain.state, plain.text.split()[0]) == ("description", "original", "Ihre")
    assert [(each.maximum, each.known_on) for each in akut.capacities.all()] == [(60, date(2026, 8, 18))]
    assert [(each.source, each.until) for each in akut.funding.all()] == [
        ("Landesprogramm kinderstark", date(2027, 12, 31))
    ]
    assert (akut.waiting_weeks, akut.waiting_on) == (1, date(2026, 8, 18))
    weekly = Schedule.objects.filter(
        rrule="FREQ=WEEKLY;BYDAY=TH", service__schedule_text="donnerstags 9.30–11 Uhr"
    )
    assert {
        (each.opens_at.isoformat(), each.closes_at.isoformat())
        for each in weekly
        if each.opens_at and each.closes_at
    } == {("09:30:00", "11:00:00")}


@in_database
def test_a_changed_line_changes_its_service_alone_and_leaves_history(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    edit_service(
        folder,
        AKUT,
        name="AKut – neu",
        fee="5 Euro im Monat",
        capacity=80,
        verified_on="2026-10-20",
        easy=None,
    )
    report = load(folder)
    assert (report.added, report.changed, report.gone, report.held) == (0, 1, 0, ())
    row = Service.objects.get(key=AKUT)
    assert (row.name, row.version) == ("AKut – neu", 2)
    assert [each.amount for each in row.cost_options.all()] == [Decimal("5.00")]
    assert [each.maximum for each in row.capacities.all()] == [80, 60], "the earlier capacity is history"
    assert not row.translations.exists()
    change = Change.objects.get(service_key=AKUT)
    assert change.version == 2
    assert change.before is not None and change.before["name"].startswith("AKut – Aufsuchendes")
    assert change.after is not None and change.after["name"] == "AKut – neu"
    assert load(folder).changed == 0


@in_database
def test_a_capacity_that_nobody_knows_any_more_does_not_go_on_counting(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    edit_service(folder, AKUT, capacity=None)
    load(folder)
    assert not ServiceCapacity.objects.filter(service__key=AKUT).exists()


@in_database
def test_what_was_edited_in_the_house_is_not_overwritten_but_reported(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    Service.objects.filter(key=AKUT).update(name="AKut, wie der Anbieter es nennt", version=2)
    assert load(folder).held == (), "the folder says nothing new"
    edit_service(folder, AKUT, name="AKut – neu")
    report = load(folder)
    assert (report.changed, report.held) == (0, (AKUT,))
    assert Service.objects.get(key=AKUT).name == "AKut, wie der Anbieter es nennt"
    taken = of(load_county(folder, now=NOW, taken=[AKUT]))
    assert (taken.changed, taken.held) == (1, ())
    assert Service.objects.get(key=AKUT).name == "AKut – neu"


@in_database
def test_a_provider_who_confirmed_later_than_the_folder_knows_better(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    Service.objects.filter(key=AKUT).update(verified_on=date(2026, 10, 31))
    edit_service(folder, AKUT, name="AKut – neu")
    load(folder)
    assert Service.objects.get(key=AKUT).verified_on == date(2026, 10, 31)


@in_database
def test_a_service_that_left_the_folder_is_set_inactive_and_comes_back(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    lines = services(folder)
    write_services(folder, [line for line in lines if line["id"] != AKUT])
    assert (load(folder).gone, Service.objects.get(key=AKUT).status) == (1, "inactive")
    assert load(folder).gone == 0, "told once"
    write_services(folder, lines)
    assert (load(folder).changed, Service.objects.get(key=AKUT).status) == (1, "active")


@in_database
def test_a_service_made_in_the_house_is_left_alone(tmp_path: Path) -> None:
    mother = Service.objects.get(key=AKUT)
    Service.objects.create(
        key="im-haus",
        name="Im Haus",
        organization=mother.organization,
        audience="eltern",
        format="vor_ort",
        access="offen",
    )
    report = load(copied(tmp_path))
    assert (report.gone, report.held) == (0, ())
    assert Service.objects.get(key="im-haus").status == "active"


@in_database
def test_texts_in_other_languages_are_outdated_when_the_german_changes(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    row = Service.objects.get(key=AKUT)
    from lueckenlos.commons.directory.loading.rows import text_hash

    for field, german in (("name", row.name), ("fee", row.fee)):
        Translation.objects.create(
            service=row, field=field, language="en", text="x", state="checked", source_hash=text_hash(german)
        )
    edit_service(folder, AKUT, name="AKut – neu")
    load(folder)
    states = dict(Translation.objects.filter(service=row, language="en").values_list("field", "state"))
    assert states == {"name": "outdated", "fee": "checked"}


@in_database
def test_contact_points_fill_only_what_is_empty(tmp_path: Path) -> None:
    Organization.objects.filter(name="Kreis Düren").update(email="buero@example.org", website="")
    load(copied(tmp_path))
    row = Organization.objects.get(name="Kreis Düren")
    assert (row.email, row.website) == ("buero@example.org", "https://example.org/kreis-dueren")
    assert row.phones.count() == 1


@in_database
@pytest.mark.parametrize(
    ("changes", "field", "why"),
    [
        ({"id": "familienbuero-kreis-dueren"}, "id", Why.TWICE),
        ({"id": "AKut!"}, "id", Why.WRONG_FORM),
        ({"name": ""}, "name", Why.EMPTY),
        ({"name": "x" * 251}, "name", Why.TOO_LONG),
        ({"life_phases": ["kita", "kiga"]}, "life_phases", Why.UNKNOWN_KEY),
        ({"fields": []}, "fields", Why.EMPTY),
        ({"kind": "sonstiges"}, "kind", Why.NOT_ALLOWED),
        ({"organization_kind": "privat"}, "organization_kind", Why.NOT_ALLOWED),
        ({"age_min": 12, "age_max": 6}, "age_max", Why.OUT_OF_RANGE),
        ({"age_min": "sechs"}, "age_min", Why.NOT_A_NUMBER),
        ({"catchment": ["05359004"]}, "catchment", Why.UNKNOWN_KEY),
        ({"catchment": None}, "catchment", Why.EMPTY),
        ({"languages": ["deutsch!"]}, "languages", Why.WRONG_FORM),
        ({"verified_on": "18.08.2026"}, "verified_on", Why.NOT_A_DATE),
        ({"capacity": -5}, "capacity", Why.OUT_OF_RANGE),
        ({"capacity": 12.5}, "capacity", Why.NOT_A_NUMBER),
        ({"status": "offen"}, "status", Why.NOT_ALLOWED),
        ({"bridges": ["kita"]}, "bridges", Why.WRONG_FORM),
        ({"funding": [{"until": "2027-01-01"}]}, "funding.source", Why.EMPTY),
        ({"location": "Düren"}, "location", Why.NOT_AN_OBJECT),
        (
            {"location": {"city": "Düren", "ags": "05358008", "lat": 50.9, "lon": 6.2}},
            "location",
            Why.OUTSIDE,
        ),
        ({"location": {"city": "Düren", "ags": "05358009"}}, "location.ags", Why.UNKNOWN_KEY),
        ({"location": {"city": "Düren", "ags": "05358008", "lat": 50.8}}, "location.lon", Why.EMPTY),
    ],
)
def test_a_line_that_does_not_fit_is_named_and_nothing_is_loaded(
    tmp_path: Path, changes: dict[str, object], field: str, why: Why
) -> None:
    folder = copied(tmp_path)
    edit_service(folder, AKUT, **changes)
    edit(folder / "services.jsonl", "Familienbüro des Kreises Düren", "Familienbüro, neu")
    report = load_county(folder, now=NOW)
    assert [(each.file, each.line, each.field, each.why) for each in report.mistakes.kept] == [
        ("services.jsonl", 2, field, why)
    ]
    assert not Service.objects.filter(name="Familienbüro, neu").exists()


@in_database
def test_an_address_beyond_the_border_is_welcome(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    beyond = {
        "street": "Am Ring 1",
        "postcode": "52062",
        "city": "Aachen",
        "ags": "05334002",
        "lat": 50.77,
        "lon": 6.08,
    }
    edit_service(folder, AKUT, location=beyond)
    load(folder)
    place = Location.objects.get(street="Am Ring 1")
    assert place.municipality_id is None
    assert place.point is not None


@in_database
def test_properties_that_nobody_knows_are_kept(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    edit_service(folder, AKUT, parking="hinter dem Haus")
    load(folder)
    assert Service.objects.get(key=AKUT).unknown["parking"] == "hinter dem Haus"


@in_database
def test_a_kind_that_the_folder_drops_stays_while_something_uses_it(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    Kind.objects.create(key="frueher", label="Was es früher gab", intensity="course", usual_max=5)
    Service.objects.filter(key=AKUT).update(kind="frueher")
    load(folder)
    assert Kind.objects.filter(key="frueher").exists()
    Service.objects.filter(key=AKUT).update(kind=None)
    load(folder)
    assert not Kind.objects.filter(key="frueher").exists()


@in_database
def test_phases_keep_the_order_of_the_file() -> None:
    assert list(LifePhase.objects.values_list("key", flat=True))[:3] == [
        "schwangerschaft_geburt",
        "u3",
        "kita",
    ]


def test_the_demo_folder_says_what_it_is() -> None:
    for line in (COUNTY / "organizations.csv").read_text(encoding="utf-8").splitlines()[1:]:
        assert "0221 4710-" in line and "@example.org" in line and "https://example.org/" in line


@pytest.mark.parametrize(
    ("fee", "free"),
    [
        ("kostenlos", True),
        ("Kostenfrei.", True),
        ("0, Taschengeld", True),
        ("kostenfrei für Ratsuchende", True),
        ("weitgehend beitragsfrei", False),
        ("kostenlos mit Überweisung", False),
        ("kostenlos für Familien aus dem Kreis", False),
        ("2 Euro je Fahrt, Kinder frei", False),
        ("Krankenkasse", False),
        ("", False),
    ],
)
def test_free_is_only_what_is_free_for_everybody(fee: str, *, free: bool) -> None:
    assert is_free(fee) is free


@pytest.mark.parametrize(
    ("fee", "expected"),
    [
        ("2 Euro", [("", "2")]),
        ("1,50 Euro", [("", "1.50")]),
        ("5 Euro im Monat", [("", "5")]),
        ("78 Euro für 10 Treffen", [("", "78")]),
        ("5 Euro, mit Familienkarte 3 Euro", [("", "5"), ("mit Familienkarte", "3")]),
        ("30 Euro, mit Düren-Pass frei", [("", "30"), ("mit Düren-Pass", "0")]),
        ("ab 14 Euro je Stunde, BuT möglich", []),
        ("nach Einkommen 0–180 Euro", []),
        ("kostenlos", []),
        ("Krankenkasse, Eigenanteil 60 Euro", []),
    ],
)
def test_only_plain_amounts_are_read(fee: str, expected: list[tuple[str, str]]) -> None:
    assert [(cost.option, cost.amount) for cost in costs(fee)] == [
        (option, Decimal(amount)) for option, amount in expected
    ]


def test_a_price_keeps_the_words_it_was_read_from() -> None:
    assert costs("5 Euro im Monat") == (Cost("", Decimal(5), "5 Euro im Monat"),)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Stadt Düren, Jugendamt", "stadt-dueren-jugendamt"),
        ("Café „Óla“ & Co.", "cafe-ola-co"),
        ("Ж", "o-d0b61fd0"),
    ],
)
def test_an_organizations_key_is_plain(name: str, key: str) -> None:
    assert key_of(name)[: len(key)] == key


@in_database
def test_all_prices_of_the_demo_county_are_in_euros() -> None:
    amounts = CostOption.objects.filter(service__feed=None).values_list("amount", "currency")
    assert len(amounts) > 40
    assert all(amount is not None and currency == "EUR" for amount, currency in amounts)


def test_every_line_of_the_demo_county_is_json() -> None:
    assert all(json.dumps(line) for line in services(COUNTY))
