"""Turns entries into the rows of the directory's tables."""

import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from hashlib import sha256
from typing import Any, Final

from psycopg.types.json import Jsonb

from lueckenlos.commons.directory.fees import costs, is_free
from lueckenlos.commons.directory.loading.entries import Address, Entry
from lueckenlos.commons.directory.models import (
    CostOption,
    Funding,
    Schedule,
    Service,
    ServiceAtLocation,
    ServiceCapacity,
    Translation,
)
from lueckenlos.commons.directory.selectors.timetable import rows_of
from lueckenlos.commons.directory.types import TextState
from lueckenlos.core.merging import copy_rows
from lueckenlos.kernels.geometry import Metres

MARK: Final = "county_folder"
"""Where a service's `unknown` keeps what the folder's last load left: hash of the line and version."""
FOLDER_COLUMNS: Final = (
    "id", "key", "organization_id", "name", "description", "status", "valid_to", "kind_id", "age_min", "age_max",
    "audience", "format", "access", "fee", "is_free", "languages", "accessible", "whole_county", "schedule_text",
    "waiting_weeks", "waiting_on", "verified_on", "bridge_from_id", "bridge_to_id", "is_seed", "unknown",
    "version", "modified_at",
)  # fmt: skip
# What the folder does not know belongs to the house: written once, empty, never again.
_HOUSE_COLUMNS: Final = (
    "alternate_name",
    "website",
    "email",
    "eligibility",
    "application",
    "interpretation",
    "created_at",
)
LOCATION_COLUMNS: Final = (
    "id", "organization_id", "street", "postcode", "city", "municipality_id", "latitude", "longitude", "point",
    "accessible",
)  # fmt: skip
_PLAIN_LANGUAGE: Final = "de-x-plain"


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry with its ids and the version that it will have."""

    entry: Entry
    id: uuid.UUID
    organization: uuid.UUID
    version: int
    verified_on: date | None
    unknown: Mapping[str, Any]
    location: uuid.UUID | None

    def columns(self, *, now: datetime) -> tuple[Any, ...]:
        """The service's row, in the order of `FOLDER_COLUMNS`."""
        entry = self.entry
        bridge_from, bridge_to = entry.bridge or (None, None)
        waiting_on = None if entry.waiting_weeks is None else entry.verified_on
        mark = {MARK: {"line": entry.line_hash, "version": self.version}}
        unknown = Jsonb({**self.unknown, **entry.unknown, **mark})
        return (
            self.id, entry.id, self.organization, entry.name, entry.description, entry.status, entry.valid_to,
            entry.kind, entry.age_min, entry.age_max, entry.audience, entry.format, entry.access, entry.fee,
            is_free(entry.fee), list(entry.languages), entry.accessible, entry.whole_county, entry.schedule,
            entry.waiting_weeks, waiting_on, self.verified_on, bridge_from, bridge_to, entry.is_seed, unknown,
            self.version, now,
        )  # fmt: skip


def add_services(placed: Iterable[Placed], *, now: datetime) -> None:
    """Write the rows of services that are new."""
    empty = ("", "", "", "", "", "", now)
    copy_rows(
        Service, (*FOLDER_COLUMNS, *_HOUSE_COLUMNS), ((*each.columns(now=now), *empty) for each in placed)
    )


def location_id(organization: uuid.UUID, address: Address, *, namespace: uuid.UUID) -> uuid.UUID:
    """One place for one organization and address, however many of its services are there."""
    return uuid.uuid5(namespace, f"{organization}/{address.street}/{address.postcode}/{address.city}")


def location_columns(
    own_id: uuid.UUID,
    organization: uuid.UUID,
    address: Address,
    *,
    point: Metres | None,
    accessible: bool | None,
) -> tuple[Any, ...]:
    """The place's row, in the order of `LOCATION_COLUMNS`."""
    return (
        own_id, organization, address.street, address.postcode, address.city, address.ags, address.latitude,
        address.longitude, None if point is None else f"({point[0]!r},{point[1]!r})", accessible,
    )  # fmt: skip


def add_parts(placed: list[Placed], *, now: datetime) -> None:
    """Write all that hangs on the services; nothing of it may be there yet."""
    through = Service.phases.through, Service.fields.through, Service.catchment.through
    copy_rows(
        through[0],
        ("service_id", "lifephase_id"),
        ((each.id, key) for each in placed for key in each.entry.phases),
    )
    copy_rows(
        through[1],
        ("service_id", "actionfield_id"),
        ((each.id, key) for each in placed for key in each.entry.fields),
    )
    copy_rows(
        through[2],
        ("service_id", "municipality_id"),
        ((each.id, key) for each in placed for key in each.entry.catchment),
    )
    copy_rows(
        ServiceAtLocation,
        ("id", "service_id", "location_id", "description", "unknown"),
        _at_locations(placed),
    )
    copy_rows(ServiceCapacity, ("id", "service_id", "maximum", "known_on", "unknown"), _capacities(placed))
    copy_rows(
        CostOption,
        ("id", "service_id", "option", "amount", "currency", "description", "unknown"),
        _costs(placed),
    )
    copy_rows(Funding, ("id", "service_id", "source", "until", "unknown"), _funding(placed))
    copy_rows(
        Schedule,
        (
            "id",
            "service_id",
            "position",
            "rrule",
            "starts_on",
            "opens_at",
            "closes_at",
            "skips",
            "description",
            "unknown",
        ),
        _schedules(placed),
    )
    copy_rows(
        Translation,
        ("service_id", "field", "language", "text", "state", "source_hash", "changed_at"),
        _plain_language(placed, now=now),
    )


def remove_parts(ids: list[uuid.UUID]) -> None:
    """Take away what the folder says anew; earlier capacities stay as history, other languages stay."""
    for through in (Service.phases.through, Service.fields.through, Service.catchment.through):
        through._default_manager.filter(service_id__in=ids).delete()
    for part in (ServiceAtLocation, CostOption, Funding, Schedule):
        part._default_manager.filter(service_id__in=ids).delete()
    Translation.objects.filter(service_id__in=ids, language=_PLAIN_LANGUAGE, field="description").delete()


def outdate_texts(placed: Iterable[Placed]) -> None:
    """Mark what stands in other languages where the German text under it changed."""
    by_id = {each.id: each.entry for each in placed}
    stored = Translation.objects.filter(service_id__in=by_id).exclude(state=TextState.OUTDATED)
    german = {"name": "name", "description": "description", "fee": "fee", "schedule_text": "schedule"}
    outdated = [
        text.pk
        for text in stored
        if text.service_id
        and text.field in german
        and text.source_hash != text_hash(getattr(by_id[text.service_id], german[text.field]))
    ]
    Translation.objects.filter(pk__in=outdated).update(state=TextState.OUTDATED)


def text_hash(text: str) -> str:
    """What a translation remembers of the German text it was made from."""
    return sha256(text.encode()).hexdigest()


def _at_locations(placed: list[Placed]) -> Iterator[tuple[Any, ...]]:
    for each in placed:
        if each.location is not None:
            yield uuid.uuid5(each.id, f"location/{each.location}"), each.id, each.location, "", Jsonb({})


def _capacities(placed: list[Placed]) -> Iterator[tuple[Any, ...]]:
    for each in placed:
        known_on = each.entry.verified_on
        if each.entry.capacity is not None and known_on is not None:
            yield (
                uuid.uuid5(each.id, f"capacity/{known_on}"),
                each.id,
                each.entry.capacity,
                known_on,
                Jsonb({}),
            )


def _schedules(placed: list[Placed]) -> Iterator[tuple[Any, ...]]:
    for each in placed:
        for row in _schedules_of(each.entry.schedule):
            own_id = uuid.uuid5(each.id, f"schedule/{row.position}")
            yield (
                own_id, each.id, row.position, row.rrule, row.starts_on, row.opens_at, row.closes_at, row.skips,
                row.description, Jsonb({}),
            )  # fmt: skip


@lru_cache(maxsize=4096)
def _schedules_of(text: str) -> tuple[Schedule, ...]:
    """Many services share their words ("nach Vereinbarung"); they are read once."""
    return tuple(rows_of(text))


def _costs(placed: list[Placed]) -> Iterator[tuple[Any, ...]]:
    for each in placed:
        for number, cost in enumerate(costs(each.entry.fee)):
            own_id = uuid.uuid5(each.id, f"cost/{number}")
            yield own_id, each.id, cost.option, cost.amount, "EUR", cost.description, Jsonb({})


def _funding(placed: list[Placed]) -> Iterator[tuple[Any, ...]]:
    for each in placed:
        for number, grant in enumerate(each.entry.funding):
            yield uuid.uuid5(each.id, f"funding/{number}"), each.id, grant.source, grant.until, Jsonb({})


def _plain_language(placed: list[Placed], *, now: datetime) -> Iterator[tuple[Any, ...]]:
    for each in placed:
        if each.entry.easy:
            german = text_hash(each.entry.description)
            yield each.id, "description", _PLAIN_LANGUAGE, each.entry.easy, TextState.ORIGINAL, german, now
