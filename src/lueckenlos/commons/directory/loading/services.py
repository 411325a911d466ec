"""Loads services.jsonl: adds, updates and ends services, and leaves alone what was edited in the house."""

import uuid
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, Final

from psycopg.types.json import Jsonb

from lueckenlos.commons.directory.loading import rows
from lueckenlos.commons.directory.loading.catalog import CatalogKeys
from lueckenlos.commons.directory.loading.entries import Entry, Known, read_entry
from lueckenlos.commons.directory.loading.organizations import Organizations, read_details
from lueckenlos.commons.directory.loading.rows import MARK, Placed
from lueckenlos.commons.directory.models import Location, Service, ServiceCapacity
from lueckenlos.commons.directory.selectors.content import contents
from lueckenlos.commons.directory.services.recording import Changed, remember_many
from lueckenlos.commons.directory.types import ServiceStatus, ServiceValues
from lueckenlos.core.merging import FileReport, copy_rows, merge_rows
from lueckenlos.core.tables import Mistakes, Row, Why, json_lines
from lueckenlos.kernels.geometry import AreaIndex, Metres, many_to_metres

FILE: Final = "services.jsonl"
_BATCH: Final = 5_000
# Addresses lie where houses are, boundaries are simplified: a kilometre is no mistake.
_TOLERANCE: Final = 1_000.0
_WHO: Final = "Ordner des Kreises"
_DEED: Final = "county_folder"


@dataclass(frozen=True, slots=True)
class Stored:
    """What the house knows of a service with the same key."""

    id: uuid.UUID
    version: int
    mark: dict[str, Any]
    unknown: dict[str, Any]
    verified_on: Any

    @property
    def is_edited(self) -> bool:
        """Whether somebody saved it in the house since the folder's last load, or made it here."""
        return self.mark.get("version") != self.version


@dataclass(frozen=True, slots=True)
class Namespaces:
    """Where the ids of entries come from (UUIDv5)."""

    organizations: uuid.UUID
    services: uuid.UUID
    locations: uuid.UUID


@dataclass(slots=True)
class _Load:
    """One load on its way: what is known, what was counted."""

    known: Known
    namespaces: Namespaces
    organizations: Organizations
    mistakes: Mistakes
    now: datetime
    taken: Collection[str]
    lines: dict[str, int] = field(default_factory=dict)
    places: dict[uuid.UUID, bool | None] = field(default_factory=dict)
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    gone: int = 0
    held: list[str] = field(default_factory=list)

    def report(self) -> FileReport:
        """The counts of services.jsonl."""
        return FileReport(FILE, self.added, self.changed, self.unchanged, self.gone, tuple(sorted(self.held)))


def load_services(
    folder: Path,
    *,
    catalog: CatalogKeys,
    ags: frozenset[str],
    areas: AreaIndex,
    county: str,
    namespaces: Namespaces,
    mistakes: Mistakes,
    now: datetime,
    taken: Collection[str] = (),
) -> list[FileReport]:
    """Bring the services to the folder's state within the caller's transaction.

    The file is read in batches, however long it is. Once a mistake is known nothing more is written, but
    every line is read; the caller rolls back. A service that was edited in the house since the last load is
    not overwritten: the report holds its key, until the caller names it in `taken`.
    """
    details = read_details(folder, mistakes=mistakes)
    load = _Load(
        known=Known(catalog.phases, catalog.fields, catalog.kinds, ags, areas, county),
        namespaces=namespaces,
        organizations=Organizations(namespaces.organizations, details, now),
        mistakes=mistakes,
        now=now,
        taken=taken,
    )
    stream = json_lines(folder / FILE, mistakes=mistakes)
    while batch := list(islice(stream, _BATCH)):
        entries, points = _read(load, batch)
        if not mistakes:
            _write(load, entries, points=points)
    if not mistakes:
        _end_absent(load)
    return [load.organizations.report(), load.report()]


def _read(load: _Load, batch: Sequence[Row]) -> tuple[list[Entry], dict[str, Metres]]:
    entries: list[Entry] = []
    located: list[tuple[Row, Entry]] = []
    for row in batch:
        entry = read_entry(row, known=load.known)
        if entry.id in load.lines:
            row.note("id", Why.TWICE, expected=str(load.lines[entry.id]))
        load.lines.setdefault(entry.id, row.line)
        if row.fits:
            entries.append(entry)
            if entry.address is not None and entry.address.latitude is not None:
                located.append((row, entry))
    return entries, dict(_points(located, areas=load.known.areas))


def _points(located: Sequence[tuple[Row, Entry]], *, areas: AreaIndex) -> Iterator[tuple[str, Metres]]:
    addresses = [entry.address for _row, entry in located if entry.address]
    points = many_to_metres(
        [each.longitude or 0 for each in addresses], [each.latitude or 0 for each in addresses]
    )
    for (row, entry), address, point, at in zip(
        located, addresses, points, areas.at_many(points), strict=True
    ):
        if (
            address.ags in areas.keys
            and at != address.ags
            and areas.distance_to(address.ags, point) > _TOLERANCE
        ):
            row.note("location", Why.OUTSIDE, expected=f"in der Gemeinde {address.ags}")
        yield entry.id, point


def _write(load: _Load, entries: Sequence[Entry], *, points: dict[str, Metres]) -> None:
    load.organizations.write((entry.organization, entry.organization_kind) for entry in entries)
    stored = _stored(entry.id for entry in entries)
    new: list[Placed] = []
    changed: list[Placed] = []
    for entry in entries:
        known = stored.get(entry.id)
        if known is None:
            new.append(_place(load, entry, known=None))
        elif known.mark.get("line") == entry.line_hash:
            load.unchanged += 1
        elif known.is_edited and entry.id not in load.taken:
            load.held.append(entry.id)
        else:
            changed.append(_place(load, entry, known=known))
    _write_locations(load, [*new, *changed], entries=entries, points=points)
    rows.add_services(new, now=load.now)
    rows.add_parts(new, now=load.now)
    _update(load, changed)
    load.added += len(new)
    load.changed += len(changed)


def _stored(keys: Iterator[str]) -> dict[str, Stored]:
    found = Service.objects.filter(key__in=list(keys)).values_list(
        "key", "id", "version", "unknown", "verified_on"
    )
    return {
        key: Stored(own_id, version, unknown.get(MARK, {}), unknown, verified_on)
        for key, own_id, version, unknown, verified_on in found
    }


def _place(load: _Load, entry: Entry, *, known: Stored | None) -> Placed:
    organization = load.organizations.id_of(entry.organization)
    location = None
    if entry.address is not None:
        location = rows.location_id(organization, entry.address, namespace=load.namespaces.locations)
    if known is None:
        own_id = uuid.uuid5(load.namespaces.services, entry.id)
        return Placed(entry, own_id, organization, 1, entry.verified_on, {}, location)
    # A provider who said "stimmt noch" after the folder was written knows better.
    verified = max((day for day in (known.verified_on, entry.verified_on) if day), default=None)
    return Placed(entry, known.id, organization, known.version + 1, verified, known.unknown, location)


def _write_locations(
    load: _Load, placed: Sequence[Placed], *, entries: Sequence[Entry], points: dict[str, Metres]
) -> None:
    """A place is step-free as soon as one service there says so; unknown only where all leave it open."""
    for entry in entries:
        if entry.address is not None:
            organization = load.organizations.id_of(entry.organization)
            own_id = rows.location_id(organization, entry.address, namespace=load.namespaces.locations)
            said = (load.places.get(own_id), entry.accessible)
            load.places[own_id] = True if True in said else (False if False in said else None)
    wanted = {
        each.location: rows.location_columns(
            each.location,
            each.organization,
            each.entry.address,
            point=points.get(each.entry.id),
            accessible=load.places[each.location],
        )
        for each in placed
        if each.location is not None and each.entry.address is not None
    }
    _merge_locations(wanted)


def _merge_locations(wanted: dict[uuid.UUID, tuple[Any, ...]]) -> None:
    there = set(Location.objects.filter(id__in=list(wanted)).values_list("id", flat=True))
    fresh = [columns for own_id, columns in wanted.items() if own_id not in there]
    empty = ("", "physical", "DE", "", "", Jsonb({}))
    copy_rows(
        Location,
        (
            *rows.LOCATION_COLUMNS,
            "name",
            "location_type",
            "country",
            "transportation",
            "accessibility_note",
            "unknown",
        ),
        ((*columns, *empty) for columns in fresh),
    )
    if there:
        merge_rows(Location, rows.LOCATION_COLUMNS, [wanted[own_id] for own_id in there], key=["id"])


def _update(load: _Load, changed: Sequence[Placed]) -> None:
    if not changed:
        return
    ids = [each.id for each in changed]
    before = contents(ids)
    merge_rows(Service, rows.FOLDER_COLUMNS, [each.columns(now=load.now) for each in changed], key=["id"])
    rows.remove_parts(ids)
    _forget_capacities(changed)
    rows.add_parts(list(changed), now=load.now)
    rows.outdate_texts(changed)
    _remember(load, [(each.id, each.entry.id, each.version) for each in changed], before=before)


def _forget_capacities(changed: Sequence[Placed]) -> None:
    """Earlier capacities stay as history, but "not known" takes them away, else the last would go on counting."""
    unknown = [each.id for each in changed if each.entry.capacity is None]
    ServiceCapacity.objects.filter(service_id__in=unknown).delete()
    same_day = [uuid.uuid5(each.id, f"capacity/{each.entry.verified_on}") for each in changed]
    ServiceCapacity.objects.filter(id__in=same_day).delete()


def _end_absent(load: _Load) -> None:
    """Set inactive what the folder brought and has no longer; what was edited here since is only reported."""
    ours = Service.objects.filter(feed__isnull=True, unknown__has_key=MARK).exclude(
        **{f"unknown__{MARK}__has_key": "gone"}
    )
    absent = [row for row in ours.only("id", "key", "version", "unknown") if row.key not in load.lines]
    ended = []
    for row in absent:
        if row.unknown[MARK].get("version") != row.version and row.key not in load.taken:
            load.held.append(row.key)
        else:
            ended.append(row)
    before = contents([row.id for row in ended])
    for row in ended:
        mark = {"line": "", "version": row.version + 1, "gone": True}
        Service.objects.filter(id=row.id).update(
            status=ServiceStatus.INACTIVE,
            version=row.version + 1,
            modified_at=load.now,
            unknown={**row.unknown, MARK: mark},
        )
    _remember(load, [(row.id, row.key, row.version + 1) for row in ended], before=before)
    load.gone += len(ended)


def _remember(
    load: _Load, services: Sequence[tuple[uuid.UUID, str, int]], *, before: dict[uuid.UUID, ServiceValues]
) -> None:
    """History keeps what a load changed, as it keeps an editor's change."""
    after = contents(before)
    remember_many(
        [Changed(own_id, key, version, before[own_id], after[own_id]) for own_id, key, version in services],
        deed=_DEED,
        label=_WHO,
        now=load.now,
    )
