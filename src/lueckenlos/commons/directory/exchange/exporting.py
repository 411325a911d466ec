"""Writes the directory as Open Referral: JSON documents and a tabular data package."""

import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.db.models import QuerySet

from lueckenlos.commons.directory.exchange import codes as lists
from lueckenlos.commons.directory.exchange import documents, records
from lueckenlos.commons.directory.exchange.codes import Codes
from lueckenlos.commons.directory.exchange.projection import basic, project, without_private
from lueckenlos.commons.directory.exchange.records import Row
from lueckenlos.commons.directory.exchange.vocabulary import read_codes
from lueckenlos.commons.directory.models import Location, Organization, Service
from lueckenlos.kernels.openreferral import Form, Profile, entities, table_name, to_tables

VERSIONS: Final = {Profile.HSDS: "3.1", Profile.DE: "3.1", Profile.ORUK: "HSDS-UK-3.0"}
PROFILES: Final = {
    Profile.HSDS: "https://docs.openreferral.org/en/3.1/",
    Profile.DE: "urn:lueckenlos:profile-de",
    Profile.ORUK: "https://docs.openreferraluk.org/en/latest/",
}
_BATCH: Final = 500
_UNKNOWN: Final = "unknown"


@dataclass(frozen=True, slots=True)
class ExportReport:
    """How many records were written, by entity."""

    services: int
    organizations: int
    service_at_locations: int
    taxonomy_terms: int


def own_services() -> QuerySet[Service]:
    """What this county says itself, whatever its status; neighbours' entries are theirs to publish."""
    return Service.objects.filter(feed__isnull=True).order_by("id")


def own_organizations() -> QuerySet[Organization]:
    """The county's own organizations."""
    return Organization.objects.filter(feed__isnull=True).order_by("id")


def service_documents(
    services: QuerySet[Service], *, codes: Codes, profile: Profile = Profile.DE
) -> Iterator[Row]:
    """Full documents of services, read in batches."""
    ids = list(services.values_list("id", flat=True))
    for start in range(0, len(ids), _BATCH):
        wanted = ids[start : start + _BATCH]
        directory = records.read_services(Service.objects.filter(id__in=wanted))
        for own_id in wanted:
            document = documents.service_document(
                directory.services[own_id], directory=directory, codes=codes
            )
            yield _outgoing(document, "service", profile=profile)


def organization_documents(
    organizations: QuerySet[Organization], *, codes: Codes, profile: Profile = Profile.DE
) -> Iterator[Row]:
    """Full documents of organizations with their places."""
    ids = list(organizations.values_list("id", flat=True))
    for start in range(0, len(ids), _BATCH):
        wanted = ids[start : start + _BATCH]
        entries = records.read_organizations(Organization.objects.filter(id__in=wanted))
        places = records.read_locations(Location.objects.filter(organization_id__in=wanted).order_by("id"))
        for own_id in wanted:
            own = [place for place in places.values() if place.row["organization_id"] == own_id]
            document = documents.organization_document(entries[own_id], codes=codes, places=own)
            yield _outgoing(document, "organization", profile=profile)


def taxonomy_documents() -> Iterator[Row]:
    """The code lists themselves."""
    for taxonomy in lists.TAXONOMIES:
        yield lists.taxonomy_document(taxonomy)


def export_folder(folder: Path, *, profile: Profile) -> ExportReport:
    """Write all own records into a folder: JSON documents, and the tables below `csv/`."""
    folder.mkdir(parents=True, exist_ok=True)
    codes = read_codes()
    services = list(service_documents(own_services(), codes=codes, profile=profile))
    organizations = list(organization_documents(own_organizations(), codes=codes, profile=profile))
    taxonomies = [project(each, "taxonomy", profile=profile) for each in taxonomy_documents()]
    terms = [project(each, "taxonomy_term", profile=profile) for each in codes.terms()]
    at_locations = [each for service in services for each in at_locations_of(service)]
    for name, document in (
        ("services", services),
        ("organizations", organizations),
        ("service_at_locations", at_locations),
        ("taxonomies", taxonomies),
        ("taxonomy_terms", terms),
        ("root", {"version": VERSIONS[profile], "profile": PROFILES[profile]}),
    ):
        _write_json(folder / f"{name}.json", document)
    tables = {
        "organization": organizations,
        "service": services,
        "taxonomy": taxonomies,
        "taxonomy_term": terms,
    }
    _write_tables(folder / "csv", tables, profile=profile)
    return ExportReport(len(services), len(organizations), len(at_locations), len(terms))


def at_locations_of(service: Row) -> Iterator[Row]:
    """Each place of a service as a record of its own, that names the service."""
    thin = basic({name: value for name, value in service.items() if name != "organization"}, "service")
    for each in service.get("service_at_locations", ()):
        yield each | {"service": thin}


def _outgoing(document: Row, entity: str, *, profile: Profile) -> Row:
    """In the German profile all of it, so that it comes back the same; in the others what is for everybody."""
    if profile is Profile.DE:
        return document
    return without_private(project(document, entity, profile=profile), entity)


def _write_json(path: Path, document: Any) -> None:
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _write_tables(folder: Path, nested: dict[str, list[Row]], *, profile: Profile) -> None:
    folder.mkdir(exist_ok=True)
    tables = to_tables(nested, profile=profile)
    resources = []
    for entity in entities(profile):
        columns = _columns(entity, profile=profile)
        rows = tables.get(entity, [])
        if any(_UNKNOWN in row for row in rows):
            columns.append({"name": _UNKNOWN, "type": "string"})
        path = f"{table_name(entity)}.csv"
        _write_table(folder / path, [str(column["name"]) for column in columns], rows)
        resources.append(
            {
                "name": entity,
                "path": path,
                "profile": "tabular-data-resource",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "schema": {"primaryKey": "id", "fields": columns},
            }
        )
    package = {
        "name": f"lueckenlos-{profile}",
        "profile": "tabular-data-package",
        "version": VERSIONS[profile],
        "resources": resources,
    }
    _write_json(folder / "datapackage.json", package)


def _columns(entity: str, *, profile: Profile) -> list[dict[str, Any]]:
    columns: list[dict[str, Any]] = []
    for part in entities(profile)[entity].values():
        if part.entity:
            continue
        column: dict[str, Any] = {
            "name": part.name,
            "type": "number" if part.form is Form.NUMBER else "string",
        }
        if part.form in {Form.UUID, Form.URI, Form.EMAIL}:
            column["format"] = str(part.form)
        if part.is_required:
            column["constraints"] = {"required": True}
        columns.append(column)
    return columns


def _write_table(path: Path, columns: list[str], rows: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        for row in rows:
            writer.writerow([_cell(row.get(column)) for column in columns])


def _cell(value: Any) -> Any:
    if isinstance(value, dict | list | bool):
        return json.dumps(value, ensure_ascii=False)
    return "" if value is None else value
