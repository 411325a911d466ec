"""What others deliver comes in as far as it can; what does not fit is said and nothing breaks."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from lueckenlos.commons.directory.exchange import ImportReport, deliver, import_delivery
from lueckenlos.commons.directory.exchange.codes import term_id
from lueckenlos.commons.directory.exchange.exporting import organization_documents, service_documents
from lueckenlos.commons.directory.exchange.troubles import Trouble
from lueckenlos.commons.directory.exchange.vocabulary import read_codes
from lueckenlos.commons.directory.models import Change, Organization, Service
from lueckenlos.commons.directory.selectors import services as views_of
from lueckenlos.kernels.openreferral import Profile
from tests.commons.directory.exchange.schemas import HSDS, SAMPLES, judge_of, needed
from tests.commons.directory.exchange.snapshots import SENDER
from tests.core.audit_deeds import deeds

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 1, 10, tzinfo=UTC)
ID = "ac148810-d857-441c-9679-408f346de14b"
ORGANIZATION = {"id": "d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610", "name": "Verein am Bach", "description": ""}
NO_DIRECTORY = {
    "V1_DashboardResponse.json",
    "V1_ValidateResponse.json",
    "api_details.json",
    "dashboard_services_response.json",
    "dashboard_service_details_response.json",
    "base.json",
    "taxonomy.json",
    "taxonomy_list.json",
    "taxonomy_term.json",
    "taxonomy_term_list.json",
}


def service(**more: Any) -> dict[str, Any]:
    return {"id": ID, "name": "Elterncafé am Bach", "status": "active", "organization": ORGANIZATION, **more}


def take(tmp_path: Path, document: Any) -> ImportReport:
    path = tmp_path / "services.json"
    path.write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")
    return import_delivery(deliver(str(path)), actor=SENDER, now=NOW)


def taken(own_id: str = ID) -> Service:
    return Service.objects.get(id=own_id)


def gone_out(profile: Profile) -> Any:
    """The entry as it goes out again."""
    rows = Service.objects.filter(id=ID)
    return next(iter(service_documents(rows, codes=read_codes(), profile=profile)))


def troubles(report: ImportReport) -> list[Trouble]:
    return [note.trouble for note in report.notes.kept]


def samples() -> list[Path]:
    roots = [HSDS / "hsds-3.1" / "examples", HSDS / "oruk-3.0" / "examples", SAMPLES]
    return sorted(path for root in roots for path in root.rglob("*.json") if path.name != "datapackage.json")


@pytest.mark.parametrize("path", samples() or [HSDS], ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_sample_comes_in(path: Path) -> None:
    before = Service.objects.count() + Organization.objects.count()
    report = import_delivery(deliver(str(needed(path))), actor=SENDER, now=NOW)
    after = Service.objects.count() + Organization.objects.count()
    assert report.is_complete
    if path.name in NO_DIRECTORY:
        assert after == before
    elif (path.parent.name, path.name) == ("V3.0-UK-Fail", "service_list.json"):
        assert set(troubles(report)) == {Trouble.NO_NAME}
    elif path.name != "location.json":
        assert after > before, [note.sentence for note in report.notes.kept]
    new = Service.objects.order_by("-created_at").values_list("id", flat=True)[:3]
    assert views_of(new, now=NOW)


@pytest.mark.parametrize("folder", ["hsds-3.1/examples/csv", "oruk-3.0/examples/csv", "hsds-3.1/examples"])
def test_every_sample_folder_comes_in(folder: str) -> None:
    import_delivery(deliver(str(needed(HSDS / folder))), actor=SENDER, now=NOW)
    assert taken().organization.name == "Example Organization Inc."
    assert taken().at_locations.count() == 1


def test_unknown_properties_are_kept_and_go_out_again(tmp_path: Path) -> None:
    example = json.loads(needed(HSDS / "hsds-3.1/examples/service_full.json").read_text(encoding="utf-8"))
    example |= {"x_ours": {"deep": [1, {"two": None}]}}
    example["phones"][0]["x_phone"] = "kept"
    take(tmp_path, example)
    out = gone_out(Profile.DE)
    for name in (
        "x_ours",
        "licenses",
        "accreditations",
        "program",
        "additional_urls",
        "metadata",
        "capacities",
    ):
        assert out[name] == example[name], name
    assert out["phones"][0]["x_phone"] == "kept"
    assert example["attributes"][0] in out["attributes"]
    assert example["languages"][0] in out["languages"]
    assert example["service_areas"][0] in out["service_areas"]
    schedule = next(each for each in out["schedules"] if each["id"] == example["schedules"][0]["id"])
    assert schedule | example["schedules"][0] == schedule
    place = out["service_at_locations"][0]["location"]
    assert place["external_identifier"] == "10092008082"
    given = example["service_at_locations"][0]["location"]
    assert place["addresses"] == given["addresses"]
    assert given["accessibility"][0] in place["accessibility"]
    assert (place["latitude"], place["longitude"]) == (100, 101)
    again = take(tmp_path, [out]).written
    assert (again.services.changed, again.organizations.changed, again.locations.changed) == (0, 0, 0)


@pytest.mark.parametrize(
    "sample", ["hsds-3.1/examples/service_full.json", "oruk-3.0/examples/service_full.json"]
)
def test_what_came_from_others_goes_out_valid(sample: str) -> None:
    import_delivery(deliver(str(needed(HSDS / sample))), actor=SENDER, now=NOW)
    assert judge_of("hsds")(gone_out(Profile.HSDS), "service") == []


def test_a_wrong_id_becomes_the_same_uuid_every_time(tmp_path: Path) -> None:
    first = take(tmp_path, [service(id="kurs-17", organization={**ORGANIZATION, "id": 4})])
    assert troubles(first) == [Trouble.WRONG_ID, Trouble.WRONG_ID]
    row = Service.objects.get(name="Elterncafé am Bach")
    assert row.unknown["original"] == {"id": "kurs-17"}
    again = take(tmp_path, [service(id="kurs-17", organization={**ORGANIZATION, "id": 4})])
    assert (again.written.services.added, again.written.services.unchanged) == (0, 1)


def test_a_missing_organization_is_said_and_stood_in_for(tmp_path: Path) -> None:
    document = service()
    del document["organization"]
    assert troubles(take(tmp_path, [document])) == [Trouble.NO_ORGANIZATION]
    assert taken().organization.name == "Träger nicht angegeben"


@pytest.mark.parametrize("organization", [None, [], "Verein", {"id": "x"}, {"name": ""}, {"name": 7}, 7])
def test_a_broken_organization_is_a_missing_one(tmp_path: Path, organization: Any) -> None:
    assert Trouble.NO_ORGANIZATION in troubles(take(tmp_path, [service(organization=organization)]))
    assert taken()


def test_unknown_words_are_kept_and_replaced_by_what_harms_least(tmp_path: Path) -> None:
    place = {"id": "3a19ff88-4620-4d17-9830-ac1d859eb5d5", "location_type": "spaceship"}
    report = take(
        tmp_path, [service(status="sometimes", service_at_locations=[{"id": ID, "location": place}])]
    )
    assert troubles(report) == [Trouble.UNKNOWN_STATUS]
    assert taken().status == "inactive"
    assert taken().unknown["original"] == {"status": "sometimes"}
    location = taken().at_locations.get().location
    assert location.location_type == "physical"
    assert location.unknown["original"] == {"location_type": "spaceship"}


@pytest.mark.parametrize(
    "broken",
    [
        {"email": 12345},
        {"email": "email-example_com"},
        {"url": "example_counselling"},
        {"minimum_age": "zwölf"},
        {"minimum_age": 90, "maximum_age": 3},
        {"minimum_age": 1e400},
        {"maximum_age": -4},
        {"assured_date": "gestern"},
        {"description": ["a", "b"]},
        {"name": "x" * 400},
        {"name": "nul\u0000 und \ud83d halbe Zeichen"},
        {"phones": "02421 1"},
        {"phones": [None, 7, {"id": "p"}, {"number": 7}, {"number": "0" * 99}]},
        {"schedules": [{"freq": "DAILY", "opens_at": "25:99", "dtstart": "0000-00-00", "byday": 7}]},
        {"schedules": [{"rrule": "FREQ=WEEKLY;" * 200}]},
        {"cost_options": [{"amount": 1e300}, {"amount": "viel"}, {"amount": True, "currency": "Taler"}]},
        {"capacities": [{"unit": {"identifier": "places_per_year"}, "maximum": -1}, {"unit": "x"}]},
        {"languages": [{"code": "x" * 99}, {"code": 5}, "de"]},
        {"attributes": [{"taxonomy_term": "x"}, {"taxonomy_term_id": []}, 5]},
        {"service_areas": [{"extent": ["05358008"], "extent_type": "ags"}]},
        {"service_at_locations": [{"location": 5}, {"location": {"latitude": 400, "longitude": "x"}}, 5]},
        {"service_at_locations": {"id": "x"}},
        {"organization": {**ORGANIZATION, "locations": [5, {"addresses": [5, {"country": "Deutschland"}]}]}},
    ],
)
def test_a_broken_value_does_not_cost_the_entry(tmp_path: Path, broken: dict[str, Any]) -> None:
    report = take(tmp_path, [service(**broken)])
    assert report.written.services.added == 1
    assert views_of([taken().id], now=NOW) or taken().status == "inactive"
    assert judge_of("hsds")(gone_out(Profile.HSDS), "service") == []
    again = take(tmp_path, [service(**broken)])
    assert again.written.services.unchanged == 1


@pytest.mark.parametrize(
    "text",
    ["", "{", "[" * 100_000, '{"contents": "x"}', "null", "7", '"x"', "[null, 7, [[]]]", "\ufeff[]", "[NaN]"],
)
def test_what_is_no_document_is_said(tmp_path: Path, text: str) -> None:
    before = Service.objects.count()
    report = take(tmp_path, text)
    assert report.notes.total or text == "\ufeff[]"
    assert Service.objects.count() == before


def test_a_document_that_nests_without_end_is_left_out(tmp_path: Path) -> None:
    inner: Any = "x"
    for _ in range(300):
        inner = {"x": [inner]}
    assert troubles(take(tmp_path, [service(x_deep=inner)])) == [Trouble.BROKEN]


def test_a_ring_of_predecessors_is_opened(tmp_path: Path) -> None:
    rows = Organization.objects.filter(id__in=list(Organization.objects.values_list("id", flat=True)[:2]))
    first, second = organization_documents(rows, codes=read_codes())
    for one, other in ((first, second), (second, first)):
        one["attributes"].append(
            {
                "id": ID,
                "link_type": "fact",
                "value": other["id"],
                "taxonomy_term": {"id": str(term_id("fact", "predecessor"))},
            }
        )
    target = tmp_path / "organizations.json"
    target.write_text(json.dumps([first, second]), encoding="utf-8")
    report = import_delivery(deliver(str(target)), actor=SENDER, now=NOW)
    assert troubles(report) == [Trouble.CYCLE]
    joined = Organization.objects.filter(id__in=[first["id"], second["id"]], predecessor__isnull=False)
    assert joined.count() == 1


def test_a_service_that_is_its_own_place_and_parent_comes_in(tmp_path: Path) -> None:
    inner = service(service_at_locations=[{"id": ID, "service": service(), "location": {"id": ID}}])
    report = take(
        tmp_path, [{**inner, "organization": {**ORGANIZATION, "parent_organization_id": ORGANIZATION["id"]}}]
    )
    assert report.written.services.added == 1


def test_a_service_without_a_name_is_left_out_and_said(tmp_path: Path) -> None:
    report = take(tmp_path, [service(name=" "), service(id="0c6aeb6c-1f0c-4a66-9d07-3e3ba13c6e2c")])
    assert troubles(report) == [Trouble.NO_NAME]
    assert report.written.services.added == 1


def test_an_import_changes_our_own_entry_with_its_history(tmp_path: Path) -> None:
    take(tmp_path, [service()])
    report = take(tmp_path, [service(description="Jeden Dienstag im Gemeindehaus.")])
    assert report.written.services.changed == 1
    assert taken().version == 2
    change = Change.objects.get(service_id=ID)
    assert (change.deed, change.before, change.after) == (
        "import_hsds",
        {"description": ""},
        {"description": "Jeden Dienstag im Gemeindehaus."},
    )


def test_a_dry_run_counts_and_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "services.json"
    path.write_text(json.dumps([service()]), encoding="utf-8")
    report = import_delivery(deliver(str(path)), actor=SENDER, now=NOW, dry_run=True)
    assert report.written.services.added == 1
    assert not Service.objects.filter(id=ID).exists()
    assert report.as_dict()["imported"] is False
    assert deeds("directory.delivered") == []


def test_each_delivery_leaves_one_deed_that_says_what_was_read_and_changed(tmp_path: Path) -> None:
    for name in ("Elterncafé am Bach", "Elterncafé am Bach", "Elterncafé an der Rur"):
        take(tmp_path, [service(name=name)])
    first, again, renamed = deeds("directory.delivered")
    assert (first["actor"], first["subject"]) == ({"kind": "job", "job": SENDER.name}, "feed/own")
    assert [each["details"]["services"]["added"] for each in (first, again, renamed)] == [1, 0, 0]
    assert renamed["details"]["services"]["changed"] == 1
    assert first["details"]["digest"] == again["details"]["digest"] != renamed["details"]["digest"]


def test_an_address_in_the_county_finds_its_municipality(tmp_path: Path) -> None:
    place = {
        "id": ID,
        "location_type": "physical",
        "addresses": [{"id": ID, "address_1": "Am Markt 1", "city": "Jülich", "postal_code": "52428",
                       "state_province": "NRW", "country": "DE", "address_type": "physical"}],
    }  # fmt: skip
    take(tmp_path, [service(service_at_locations=[{"id": ID, "location": place}])])
    location = taken().at_locations.get().location
    assert location.municipality_id == "05358024"
    assert location.point is not None
