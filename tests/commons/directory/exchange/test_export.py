"""What goes out is valid, says what families ask, and stays stable."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lueckenlos.commons.directory.exchange import export_folder
from lueckenlos.commons.directory.models import Organization, Service
from lueckenlos.kernels.openreferral import Profile
from tests.commons.directory.exchange.schemas import HSDS, judge_of, needed

pytestmark = pytest.mark.django_db
FILES = {
    "services": "service",
    "organizations": "organization",
    "service_at_locations": "service_at_location",
    "taxonomies": "taxonomy",
    "taxonomy_terms": "taxonomy_term",
}


_exported: dict[Profile, Path] = {}


@pytest.fixture
def exported(db: None, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Profile], Path]:
    """The demo county in a profile, written once for all tests that only read it."""

    def folder(profile: Profile) -> Path:
        if profile not in _exported:
            path = tmp_path_factory.mktemp(profile.value)
            export_folder(path, profile=profile)
            _exported[profile] = path
        return _exported[profile]

    return folder


def read(folder: Path, name: str) -> Any:
    return json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("profile", "schemas"), [(Profile.HSDS, "hsds"), (Profile.DE, "hsds"), (Profile.ORUK, "oruk")]
)
def test_every_exported_record_is_valid(
    exported: Callable[[Profile], Path], profile: Profile, schemas: str
) -> None:
    judge = judge_of(schemas)
    for name, entity in FILES.items():
        records = read(exported(profile), name)
        assert records
        for record in records:
            assert judge(record, entity) == []


def test_the_table_package_has_the_columns_of_the_format(exported: Callable[[Profile], Path]) -> None:
    published = json.loads(needed(HSDS / "hsds-3.1" / "datapackage.json").read_text(encoding="utf-8"))
    folder = exported(Profile.HSDS)
    package = json.loads((folder / "csv" / "datapackage.json").read_text(encoding="utf-8"))
    ours = {each["name"]: each for each in package["resources"]}
    for resource in published["resources"]:
        mine = ours[resource["name"]]
        assert mine["path"] == resource["path"]
        columns = {field["name"] for field in resource["schema"]["fields"]}
        with (folder / "csv" / mine["path"]).open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            assert columns <= set(reader.fieldnames or ())
            required = [
                field["name"]
                for field in resource["schema"]["fields"]
                if field.get("constraints", {}).get("required") and field["name"] != "description"
            ]
            for row in reader:
                # Streets and states may be unknown; what links rows may not.
                assert all(row[name] for name in required if name == "id" or name.endswith("_id"))


def test_services_say_what_families_ask(exported: Callable[[Profile], Path]) -> None:
    services = read(exported(Profile.HSDS), "services")
    assert len(services) == Service.objects.filter(feed__isnull=True).count()
    for name in (
        "capacities",
        "schedules",
        "languages",
        "cost_options",
        "funding",
        "service_areas",
        "attributes",
    ):
        assert sum(1 for each in services if each.get(name)) > 10, name
    assert sum(1 for each in services if each.get("assured_date")) > 300
    assert all(each["organization"]["name"] for each in services)
    terms = {item["taxonomy_term"]["taxonomy"] for each in services for item in each["attributes"]}
    assert {"Lebensphasen", "Handlungsfelder", "Angebotsarten", "Zugänge"} <= terms
    assert "Angaben" not in terms


def test_ids_stay_the_same(exported: Callable[[Profile], Path], tmp_path: Path) -> None:
    export_folder(tmp_path, profile=Profile.DE)
    for name in FILES:
        again = (tmp_path / f"{name}.json").read_bytes()
        assert again == (exported(Profile.DE) / f"{name}.json").read_bytes()


def test_where_reminders_go_leaves_the_house_in_the_german_profile_alone(tmp_path: Path) -> None:
    address = "erinnerung@traeger.example.org"
    Organization.objects.filter(id=Organization.objects.order_by("id").values("id")[:1]).update(email=address)
    export_folder(tmp_path / "de", profile=Profile.DE)
    export_folder(tmp_path / "hsds", profile=Profile.HSDS)
    assert address in (tmp_path / "de" / "organizations.json").read_text(encoding="utf-8")
    for path in (tmp_path / "hsds").rglob("*.*"):
        assert address not in path.read_text(encoding="utf-8"), path


def test_notes_of_the_house_stay_inside(exported: Callable[[Profile], Path]) -> None:
    assert Service.objects.filter(unknown__has_key="county_folder").exists()
    assert "county_folder" not in (exported(Profile.DE) / "services.json").read_text(encoding="utf-8")
