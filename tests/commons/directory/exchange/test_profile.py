"""The German profile's folder says what the code writes, and old portals' numbers hold tables together."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from lueckenlos.commons.directory.exchange import deliver, import_delivery
from lueckenlos.commons.directory.models import Service
from lueckenlos.kernels.openreferral import Profile, entities
from tests.commons.directory.exchange.snapshots import SENDER

FOLDER = Path(__file__).resolve().parents[4] / "docs" / "profile-de"


def test_the_patches_add_what_the_profile_adds() -> None:
    patched = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in FOLDER.glob("*.json")}
    added = {
        entity: {name for name in ours if name not in entities(Profile.HSDS)[entity]}
        for entity, ours in entities(Profile.DE).items()
    }
    assert {entity: set(patch["properties"]) for entity, patch in patched.items()} == {
        entity: names for entity, names in added.items() if names
    }


@pytest.mark.django_db
def test_tables_with_numbers_of_an_old_portal_come_in(tmp_path: Path) -> None:
    for name, text in {
        "organizations": "id,name,description\n4,Verein am Bach,\n",
        "services": "id,organization_id,name,status,Rubrik\n17,4,Elterncafé am Bach,active,Treffs\n",
        "locations": "id,organization_id,location_type\n9,4,physical\n",
        "addresses": "id,location_id,address_1,postal_code,city,state_province,country,address_type\n"
        "1,9,Am Markt 1,52428,Jülich,NRW,DE,physical\n",
        "service_at_location": "id,service_id,location_id\n1,17,9\n",
        "phones": "id,service_id,number\n1,17,02461 1\n",
    }.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    now = datetime(2026, 11, 1, tzinfo=UTC)
    assert import_delivery(deliver(str(tmp_path)), actor=SENDER, now=now).written.services.added == 1
    service = Service.objects.get(name="Elterncafé am Bach")
    assert service.organization.name == "Verein am Bach"
    assert service.at_locations.get().location.municipality_id == "05358024"
    assert service.phones.get().number == "02461 1"
    assert service.unknown["Rubrik"] == "Treffs"
    assert import_delivery(deliver(str(tmp_path)), actor=SENDER, now=now).written.services.unchanged == 1
