"""A directory as plain records: what is compared, written to documents and read from them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from django.db.models import Model, QuerySet

from lueckenlos.commons.directory.loading.rows import MARK
from lueckenlos.commons.directory.models import Contact, Location, Organization, Phone, Service
from lueckenlos.commons.directory.selectors.public import with_everything

Row = dict[str, Any]

ORGANIZATION: Final = (
    "id", "key", "name", "sort_key", "kind", "description", "email", "website", "predecessor_id", "ended_on",
    "unknown",
)  # fmt: skip
SERVICE: Final = (
    "id", "key", "organization_id", "name", "alternate_name", "description", "website", "email", "status",
    "valid_from", "valid_to", "kind_id", "age_min", "age_max", "audience", "eligibility", "format", "access",
    "application", "fee", "is_free", "languages", "interpretation", "accessible", "whole_county",
    "schedule_text", "waiting_weeks", "waiting_on", "verified_on", "bridge_from_id", "bridge_to_id", "is_seed",
    "unknown",
)  # fmt: skip
LOCATION: Final = (
    "id", "organization_id", "name", "location_type", "street", "postcode", "city", "country",
    "municipality_id", "latitude", "longitude", "transportation", "accessible", "accessibility_note", "unknown",
)  # fmt: skip
PARTS: Final[Mapping[str, tuple[str, ...]]] = {
    "phones": ("id", "number", "extension", "type", "description", "languages", "unknown"),
    "contacts": ("id", "name", "title", "department", "email", "unknown"),
    "schedules": (
        "id", "position", "rrule", "starts_on", "ends_on", "opens_at", "closes_at", "skips", "description",
        "unknown",
    ),
    "cost_options": ("id", "option", "amount", "currency", "description", "unknown"),
    "funding": ("id", "source", "until", "unknown"),
    "required_documents": ("id", "document", "unknown"),
    "capacities": ("id", "maximum", "available", "known_on", "unknown"),
    "at_locations": ("id", "location_id", "description", "unknown"),
    "translations": ("field", "language", "text", "state", "source_hash"),
}  # fmt: skip
OF_SERVICE: Final = tuple(PARTS)
OF_ORGANIZATION: Final = ("phones", "contacts", "funding", "translations")
OF_LOCATION: Final = ("phones",)
LISTS: Final = ("phases", "fields", "catchment")
INTERNAL: Final = frozenset({MARK})
"""Keys of `unknown` in which the house keeps notes of its own; they never leave it."""


@dataclass(slots=True)
class Entry:
    """One organization, location or service: its own columns, its rows in other tables, its lists of keys."""

    row: Row
    parts: dict[str, list[Row]] = field(default_factory=dict)
    lists: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def id(self) -> UUID:
        """The entry's own id."""
        found: UUID = self.row["id"]
        return found


@dataclass(slots=True)
class Directory:
    """Organizations, locations and services by id."""

    organizations: dict[UUID, Entry] = field(default_factory=dict)
    locations: dict[UUID, Entry] = field(default_factory=dict)
    services: dict[UUID, Entry] = field(default_factory=dict)


def read_services(services: QuerySet[Service]) -> Directory:
    """The services with all that belongs to them, in a fixed number of queries."""
    directory = Directory()
    rows = with_everything(services).prefetch_related(
        "organization__contacts__phones", "organization__funding", "organization__translations"
    )
    for row in rows:
        directory.services[row.id] = service_entry(row)
        if row.organization_id not in directory.organizations:
            directory.organizations[row.organization_id] = organization_entry(row.organization)
        for at in row.at_locations.all():
            if at.location_id not in directory.locations:
                directory.locations[at.location_id] = location_entry(at.location)
    return directory


def read_organizations(organizations: QuerySet[Organization]) -> dict[UUID, Entry]:
    """The organizations with phones, contacts, funding and texts."""
    rows = organizations.prefetch_related("phones", "contacts__phones", "funding", "translations")
    return {row.id: organization_entry(row) for row in rows}


def read_locations(locations: QuerySet[Location]) -> dict[UUID, Entry]:
    """The locations with their phones."""
    return {row.id: location_entry(row) for row in locations.prefetch_related("phones")}


def service_entry(row: Service) -> Entry:
    """A service that was read with everything."""
    entry = Entry(_content(row, SERVICE), _parts(row, OF_SERVICE))
    entry.lists = {
        "phases": tuple(sorted(each.key for each in row.phases.all())),
        "fields": tuple(sorted(each.key for each in row.fields.all())),
        "catchment": tuple(sorted(each.ags for each in row.catchment.all())),
    }
    return entry


def organization_entry(row: Organization) -> Entry:
    """An organization that was read with its parts."""
    return Entry(_content(row, ORGANIZATION), _parts(row, OF_ORGANIZATION))


def location_entry(row: Location) -> Entry:
    """A location that was read with its phones."""
    return Entry(_content(row, LOCATION), _parts(row, OF_LOCATION))


def in_order(rows: Iterable[Row]) -> list[Row]:
    """The order in which parts are compared and written."""
    return sorted(rows, key=_place)


def _place(row: Row) -> tuple[Any, ...]:
    if "language" in row:
        return (0, row["field"], row["language"])
    newest = -row["known_on"].toordinal() if "known_on" in row else 0
    return (row.get("position", newest), str(row["id"]), "")


def _content(row: Model, columns: Iterable[str]) -> Row:
    content = {column: getattr(row, column) for column in columns}
    if "unknown" in content:
        content["unknown"] = {key: value for key, value in content["unknown"].items() if key not in INTERNAL}
    if content.get("languages") is not None:
        content["languages"] = list(content["languages"])
    return content


def _parts(row: Service | Organization | Location, names: Iterable[str]) -> dict[str, list[Row]]:
    parts: dict[str, list[Row]] = {}
    for name in names:
        parts[name] = in_order(_part(each, name) for each in getattr(row, name).all())
    return parts


def _part(row: Model, name: str) -> Row:
    content = _content(row, PARTS[name])
    if isinstance(row, Contact):
        content["phones"] = in_order(_part(phone, "phones") for phone in row.phones.all())
    if isinstance(row, Phone):
        content["languages"] = list(row.languages)
    return content
