"""Brings the tables to what a delivery says, touching only what differs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid5

from django.db.models import JSONField, Model
from psycopg.types.json import Jsonb

from lueckenlos.commons.directory.exchange import records
from lueckenlos.commons.directory.exchange.records import Directory, Entry, Row
from lueckenlos.commons.directory.models import (
    Contact,
    CostOption,
    Feed,
    Funding,
    Location,
    Organization,
    Phone,
    RequiredDocument,
    Schedule,
    Service,
    ServiceAtLocation,
    ServiceCapacity,
    Translation,
)
from lueckenlos.commons.directory.selectors.content import contents
from lueckenlos.commons.directory.services.recording import Changed, remember_many
from lueckenlos.commons.directory.types import ServiceValues
from lueckenlos.core.merging import copy_rows, merge_rows
from lueckenlos.kernels.geometry import to_metres

_BATCH: Final = 500
_WHO: Final = "Open Referral"
_DEED: Final = "import_hsds"
_MODELS: Final[Mapping[str, type[Model]]] = {
    "phones": Phone,
    "contacts": Contact,
    "schedules": Schedule,
    "cost_options": CostOption,
    "funding": Funding,
    "required_documents": RequiredDocument,
    "capacities": ServiceCapacity,
    "at_locations": ServiceAtLocation,
    "translations": Translation,
}
_THROUGH: Final = {
    "phases": (Service.phases.through, "lifephase_id"),
    "fields": (Service.fields.through, "actionfield_id"),
    "catchment": (Service.catchment.through, "municipality_id"),
}


@dataclass(slots=True)
class Counts:
    """How many entries are new, changed, as they were, and gone."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    gone: int = 0


@dataclass(slots=True)
class Written:
    """What a delivery changed."""

    organizations: Counts = field(default_factory=Counts)
    locations: Counts = field(default_factory=Counts)
    services: Counts = field(default_factory=Counts)


@dataclass(frozen=True, slots=True)
class _Sorted:
    """Entries by what has to be done with them."""

    new: list[Entry]
    changed: list[Entry]

    @property
    def all(self) -> list[Entry]:
        return [*self.new, *self.changed]


def write(directory: Directory, *, feed: Feed | None, now: datetime) -> Written:
    """Add what is new and update what differs, within the caller's transaction; nothing is taken away."""
    written = Written()
    organizations = _sorted(
        directory.organizations,
        lambda ids: records.read_organizations(Organization.objects.filter(id__in=ids)),
        written.organizations,
    )
    _write_organizations(organizations, feed=feed, now=now)
    places = _sorted(
        directory.locations,
        lambda ids: records.read_locations(Location.objects.filter(id__in=ids)),
        written.locations,
    )
    _write_places(places, now=now)
    services = _sorted(
        directory.services,
        lambda ids: records.read_services(Service.objects.filter(id__in=ids)).services,
        written.services,
    )
    _write_services(services, feed=feed, now=now)
    return written


def _sorted(entries: Mapping[UUID, Entry], read: Any, counts: Counts) -> _Sorted:
    found = _Sorted([], [])
    ids = list(entries)
    for start in range(0, len(ids), _BATCH):
        there: dict[UUID, Entry] = read(ids[start : start + _BATCH])
        for own_id in ids[start : start + _BATCH]:
            if own_id not in there:
                found.new.append(entries[own_id])
            elif there[own_id] == entries[own_id]:
                counts.unchanged += 1
            else:
                found.changed.append(entries[own_id])
    counts.added, counts.changed = len(found.new), len(found.changed)
    return found


def _write_organizations(entries: _Sorted, *, feed: Feed | None, now: datetime) -> None:
    later = [(entry.id, entry.row["predecessor_id"]) for entry in entries.all]
    rows = [{**entry.row, "predecessor_id": None, "modified_at": now} for entry in entries.all]
    new = {entry.id for entry in entries.new}
    born = {"feed_id": feed.id if feed else None, "is_trusted": False}
    _copy(Organization, [row | born for row in rows if row["id"] in new])
    _merge(Organization, [row for row in rows if row["id"] not in new])
    for own_id, predecessor in later:
        if predecessor is not None:
            Organization.objects.filter(id=own_id).update(predecessor_id=predecessor)
    _replace_parts("organization", entries, records.OF_ORGANIZATION, now=now)


def _write_places(entries: _Sorted, *, now: datetime) -> None:
    _copy(Location, [_with_point(entry.row) for entry in entries.new])
    _merge(Location, [_with_point(entry.row) for entry in entries.changed])
    _replace_parts("location", entries, records.OF_LOCATION, now=now)


def _with_point(row: Row) -> Row:
    if row["latitude"] is None or row["longitude"] is None:
        return {**row, "point": None}
    x, y = to_metres(row["longitude"], row["latitude"])
    return {**row, "point": f"({x!r},{y!r})"}


def _write_services(entries: _Sorted, *, feed: Feed | None, now: datetime) -> None:
    changed = [entry.id for entry in entries.changed]
    before = {} if feed else contents(changed)
    there = {
        own_id: (version, unknown)
        for own_id, version, unknown in Service.objects.filter(id__in=changed).values_list(
            "id", "version", "unknown"
        )
    }
    new = {"feed_id": feed.id if feed else None, "version": 1, "created_at": now, "modified_at": now}
    _copy(Service, [entry.row | new for entry in entries.new])
    updates = []
    for entry in entries.changed:
        version, unknown = there[entry.id]
        notes = {key: value for key, value in unknown.items() if key in records.INTERNAL}
        updates.append(
            {
                **entry.row,
                "unknown": {**entry.row["unknown"], **notes},
                "version": version + 1,
                "modified_at": now,
            }
        )
    _merge(Service, updates)
    for name, (through, column) in _THROUGH.items():
        through._default_manager.filter(service_id__in=changed).delete()
        pairs = [(entry.id, key) for entry in entries.all for key in entry.lists[name]]
        copy_rows(through, ("service_id", column), pairs)
    _replace_parts("service", entries, records.OF_SERVICE, now=now)
    _remember(entries.changed, before=before, now=now)


def _replace_parts(owner: str, entries: _Sorted, names: Iterable[str], *, now: datetime) -> None:
    changed = [entry.id for entry in entries.changed]
    for name in names:
        model = _MODELS[name]
        model._default_manager.filter(**{f"{owner}_id__in": changed}).delete()
    for name in names:
        rows = [
            {**row, f"{owner}_id": entry.id} for entry in entries.all for row in entry.parts.get(name, ())
        ]
        if name == "translations":
            rows = [{**row, "changed_at": now} for row in rows]
        inside = [(row, row.pop("phones")) for row in rows if name == "contacts"]
        _give_free_ids(name, rows, owner=f"{owner}_id")
        _copy(_MODELS[name], rows)
        phones = [{**phone, "contact_id": row["id"]} for row, of_contact in inside for phone in of_contact]
        _give_free_ids("phones", phones, owner="contact_id")
        _copy(Phone, phones)


def _give_free_ids(name: str, rows: Sequence[Row], *, owner: str) -> None:
    """An id that something else has by now follows from its owner instead."""
    if name == "translations" or not rows:
        return
    ids = [row["id"] for row in rows]
    taken = set(_MODELS[name]._default_manager.filter(id__in=ids).values_list("id", flat=True))
    for row in rows:
        if row["id"] in taken:
            row["id"] = uuid5(row[owner], f"{name}/{row['id']}")


def _copy(model: type[Model], rows: Sequence[Row]) -> None:
    if rows:
        columns = list(rows[0])
        copy_rows(model, columns, _adapted(model, columns, rows))


def _merge(model: type[Model], rows: Sequence[Row]) -> None:
    if rows:
        columns = list(rows[0])
        merge_rows(model, columns, _adapted(model, columns, rows), key=["id"])


def _adapted(model: type[Model], columns: Sequence[str], rows: Iterable[Row]) -> Iterable[list[Any]]:
    json = {field.attname for field in model._meta.local_fields if isinstance(field, JSONField)}
    for row in rows:
        yield [Jsonb(row[column]) if column in json else row[column] for column in columns]


def _remember(changed: Sequence[Entry], *, before: Mapping[UUID, ServiceValues], now: datetime) -> None:
    """Our own entries' history keeps what an import changed; a neighbour's entries have none here."""
    after = contents(before)
    versions = dict(Service.objects.filter(id__in=list(before)).values_list("id", "version"))
    remember_many(
        [
            Changed(entry.id, entry.row["key"], versions[entry.id], before[entry.id], after[entry.id])
            for entry in changed
            if entry.id in before
        ],
        deed=_DEED,
        label=_WHO,
        now=now,
    )
