"""Write many new entries at once by COPY, with all that hangs on them and their history."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from itertools import repeat
from operator import attrgetter
from typing import Any, Final
from uuid import UUID

from django.db import models

from lueckenlos.commons.directory.models import (
    Change,
    CostOption,
    Funding,
    Location,
    Phone,
    RequiredDocument,
    Schedule,
    Service,
    ServiceAtLocation,
    ServiceCapacity,
    Translation,
)
from lueckenlos.commons.directory.selectors.timetable import rows_of
from lueckenlos.commons.directory.services.access import label_of
from lueckenlos.commons.directory.services.whereabouts import Whereabouts, whereabouts
from lueckenlos.commons.directory.services.writing import COLUMNS, location_columns, text_hash
from lueckenlos.commons.directory.types import LocationValue, ServiceValues, TextState
from lueckenlos.commons.directory.types.storage import to_short_texts
from lueckenlos.core import clock
from lueckenlos.core.actor import Actor
from lueckenlos.core.copying import Always, Appended, Columns, copy_tables
from lueckenlos.core.fields import PointField

EMPTY: Final = Always("{}")
NOTHING: Final = Always("")
_SCHEDULE: Final = (
    "position", "rrule", "starts_on", "ends_on", "opens_at", "closes_at", "skips", "description",
)  # fmt: skip
_POINT: Final = PointField()
SORTING: Final[Mapping[str, tuple[type[models.Model], str]]] = {
    "phases": (Service.phases.through, "lifephase_id"),
    "fields": (Service.fields.through, "actionfield_id"),
    "catchment": (Service.catchment.through, "municipality_id"),
}
"""By the field of an entry: the table that ties services to keys, and its column for the key."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Which row of whose table brought an entry, and what it said; both are digests."""

    key: UUID
    digest: UUID


@dataclass(frozen=True, slots=True)
class NewEntry:
    """One entry to add, with the key that was found free for it."""

    id: str
    key: str
    organization: UUID
    values: ServiceValues
    origin: Origin | None = None


def new_ids(count: int) -> list[str]:
    """Random UUIDs (version 4) as text, many at once."""
    signs = os.urandom(16 * count).hex()
    return [
        f"{one[:8]}-{one[8:12]}-4{one[13:16]}-{'89ab'[int(one[16], 16) & 3]}{one[17:20]}-{one[20:]}"
        for one in (signs[at : at + 32] for at in range(0, 32 * count, 32))
    ]


def add_many(entries: Sequence[NewEntry], *, deed: str, actor: Actor, now: datetime) -> None:
    """Add entries whose words and keys were checked; called inside `acting_as`."""
    if not entries:
        return
    # Where an address lies is asked of the database, so before it is busy.
    places = new_places(entries)
    history = {"actor_id": actor.person_id, "actor_label": label_of(actor), "deed": deed}

    def tables() -> Iterator[Appended]:
        yield from (sorting(entries, name) for name in SORTING)
        yield from places
        yield from (part(entries, name) for name in PARTS)
        yield capacities(entries, today=clock.day_of(now))
        yield texts(entries, now=now)
        # Last, because they take longest to word; until the transaction ends nobody asks whether they are there.
        yield _services(entries, now=now)
        yield _changes(entries, now=now, history=history)

    copy_tables(tables())


def _services(entries: Sequence[NewEntry], *, now: datetime) -> Appended:
    return Service, {
        "id": [each.id for each in entries],
        "key": [each.key for each in entries],
        "organization_id": [each.organization for each in entries],
        "version": Always(1),
        "is_seed": Always(False),
        "unknown": EMPTY,
        "created_at": Always(now),
        "modified_at": Always(now),
        "verified_on": Always(clock.day_of(now)),
        "source_key": [each.origin and each.origin.key for each in entries],
        "source_digest": [each.origin and each.origin.digest for each in entries],
        "source_version": [each.origin and 1 for each in entries],
        **service_columns([each.values for each in entries], today=clock.day_of(now)),
    }


def _changes(entries: Sequence[NewEntry], *, now: datetime, history: Mapping[str, Any]) -> Appended:
    return Change, {
        "service_id": [each.id for each in entries],
        "service_key": [each.key for each in entries],
        "version": Always(1),
        "at": Always(now),
        **{name: Always(value) for name, value in history.items()},
        "after": to_short_texts([each.values for each in entries]),
    }


def service_columns(many: Sequence[ServiceValues], *, today: date) -> dict[str, Sequence[Any] | Always]:
    """The columns of the services' own rows; one in which all say the same is written once."""
    as_they_are = zip(*map(attrgetter(*COLUMNS), many), strict=True)
    columns: dict[str, Sequence[Any]] = dict(zip(COLUMNS, as_they_are, strict=True))
    columns["kind_id"] = [each.kind for each in many]
    columns["languages"] = [each.languages for each in many]
    columns["bridge_from_id"] = [each.bridge[0] if each.bridge else None for each in many]
    columns["bridge_to_id"] = [each.bridge[1] if each.bridge else None for each in many]
    columns["waiting_on"] = [None if each.waiting_weeks is None else today for each in many]
    return {name: Always(column[0]) if len(set(column)) == 1 else column for name, column in columns.items()}


def sorting(entries: Sequence[NewEntry], name: str) -> Appended:
    """Life phases, fields of action or municipalities of entries that have none."""
    table, column = SORTING[name]
    pairs = [(each.id, key) for each in entries for key in getattr(each.values, name)]
    return table, {"service_id": [id_ for id_, _key in pairs], column: [key for _id, key in pairs]}


def new_places(entries: Sequence[NewEntry]) -> tuple[Appended, Appended]:
    """Places of entries that have none; those of one organization at one address share the place."""
    wanted = [(each.id, (each.organization, value)) for each in entries for value in each.values.locations]
    different = list(dict.fromkeys(place for _id, place in wanted))
    ids = dict(zip(different, new_ids(len(different)), strict=True))
    found = lru_cache(maxsize=8192)(_whereabouts)
    rows = [location_columns(_placed(value, found=found)) for _organization, value in different]
    columns = {name: [row[name] for row in rows] for name in rows[0]} if rows else {}
    if rows:
        columns["point"] = [_POINT.get_prep_value(point) for point in columns["point"]]
    places: Columns = {
        "id": list(ids.values()),
        "organization_id": [organization for organization, _value in different],
        "location_type": Always("physical"),
        "country": Always("DE"),
        "unknown": EMPTY,
        **columns,
    }
    at_places: Columns = {
        "id": new_ids(len(wanted)),
        "service_id": [id_ for id_, _place in wanted],
        "location_id": [ids[place] for _id, place in wanted],
        "description": NOTHING,
        "unknown": EMPTY,
    }
    return (Location, places), (ServiceAtLocation, at_places)


def _whereabouts(postcode: str, city: str) -> Whereabouts | None:
    return whereabouts(postcode, city=city)


def _placed(value: LocationValue, *, found: Callable[[str, str], Whereabouts | None]) -> LocationValue:
    """As `writing.placed` for new places; each pair of postcode and town is looked up once."""
    if value.latitude is not None and value.longitude is not None:
        return value
    area = found(value.postcode, value.city) if value.postcode else None
    if area is None:
        return replace(value, latitude=None, longitude=None)
    return replace(value, ags=area.ags, latitude=area.latitude, longitude=area.longitude)


def _phones(values: ServiceValues) -> list[tuple[Any, ...]]:
    return [(each.number, each.description) for each in values.phones]


def _documents(values: ServiceValues) -> list[tuple[Any, ...]]:
    return [(each,) for each in values.documents]


def _costs(values: ServiceValues) -> list[tuple[Any, ...]]:
    return [(each.option, each.amount, each.description) for each in values.costs]


def _funding(values: ServiceValues) -> list[tuple[Any, ...]]:
    return [(each.source, each.until) for each in values.funding]


def _schedules(values: ServiceValues) -> tuple[tuple[Any, ...], ...]:
    return _rules(values.schedule_text) if values.schedule_text else ()


@lru_cache(maxsize=4096)
def _rules(text: str) -> tuple[tuple[Any, ...], ...]:
    return tuple(tuple(getattr(row, name) for name in _SCHEDULE) for row in rows_of(text))


@dataclass(frozen=True, slots=True)
class Part:
    """A table that hangs on services: its columns, where they come from, and what is always the same."""

    model: type[models.Model]
    columns: tuple[str, ...]
    rows: Callable[[ServiceValues], Sequence[tuple[Any, ...]]]
    always: tuple[tuple[str, Any], ...] = ()


PARTS: Final = {
    "phones": Part(
        Phone, ("number", "description"), _phones, (("extension", ""), ("type", ""), ("languages", "[]"))
    ),
    "documents": Part(RequiredDocument, ("document",), _documents),
    "costs": Part(CostOption, ("option", "amount", "description"), _costs, (("currency", "EUR"),)),
    "funding": Part(Funding, ("source", "until"), _funding),
    "schedule_text": Part(Schedule, _SCHEDULE, _schedules),
}
"""By the field of an entry that they follow."""


def part(entries: Sequence[NewEntry], name: str) -> Appended:
    """One kind of part of entries that have none of it."""
    chosen = PARTS[name]
    rows = [(each.id, *row) for each in entries for row in chosen.rows(each.values)]
    names = ("service_id", *chosen.columns)
    columns = dict(zip(names, zip(*rows, strict=True) if rows else repeat(()), strict=False))
    always = {each: Always(value) for each, value in chosen.always}
    return chosen.model, {"id": new_ids(len(rows)), "unknown": EMPTY, **columns, **always}


def capacities(entries: Sequence[NewEntry], *, today: date) -> Appended:
    """Places a year, as known today."""
    known = [each for each in entries if each.values.capacity is not None]
    return ServiceCapacity, {
        "id": new_ids(len(known)),
        "service_id": [each.id for each in known],
        "maximum": [each.values.capacity for each in known],
        "available": [each.values.available for each in known],
        "known_on": Always(today),
        "unknown": EMPTY,
    }


def texts(entries: Sequence[NewEntry], *, now: datetime, only: tuple[str, str] | None = None) -> Appended:
    """Texts in other languages as the table had them; `only` one language and field where others stay."""
    found = [
        (each, text)
        for each in entries
        for text in each.values.texts
        if only is None or only == (text.language, text.field)
    ]
    return Translation, {
        "service_id": [each.id for each, _text in found],
        "field": [text.field for _each, text in found],
        "language": [text.language for _each, text in found],
        "text": [text.text for _each, text in found],
        "state": Always(TextState.ORIGINAL),
        "source_hash": [text_hash(str(getattr(each.values, text.field, ""))) for each, text in found],
        "changed_at": Always(now),
    }
