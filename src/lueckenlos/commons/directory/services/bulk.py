"""Write many new entries at once by COPY, with all that hangs on them and their history."""

import json
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final

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
from lueckenlos.commons.directory.services.writing import location_columns, placed, row_values, text_hash
from lueckenlos.commons.directory.types import LocationValue, ServiceValues, TextState
from lueckenlos.commons.directory.types.storage import to_short_record
from lueckenlos.core.actor import Actor
from lueckenlos.core.merging import copy_rows

EMPTY: Final = "{}"
Rows = Iterator[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class NewEntry:
    """One entry to add, with the key that was found free for it."""

    id: uuid.UUID
    key: str
    organization: uuid.UUID
    values: ServiceValues


def add_many(entries: Sequence[NewEntry], *, deed: str, actor: Actor, now: datetime) -> None:
    """Add entries whose words and keys were checked; called inside `acting_as`."""
    if not entries:
        return
    _add_services(entries, now=now)
    _add_sorting(entries)
    _add_places(entries)
    _add_parts(entries, today=now.date())
    _add_texts(entries, now=now)
    who = label_of(actor)
    copy_rows(
        Change,
        ("service_id", "service_key", "version", "at", "actor_id", "actor_label", "deed", "after"),
        (
            (each.id, each.key, 1, now, actor.person_id, who, deed, json.dumps(to_short_record(each.values)))
            for each in entries
        ),
    )


def _add_services(entries: Sequence[NewEntry], *, now: datetime) -> None:
    today = now.date()
    fixed = {
        "version": 1,
        "is_seed": False,
        "unknown": EMPTY,
        "created_at": now,
        "modified_at": now,
        "verified_on": today,
    }
    names = list(row_values(entries[0].values, old=None, today=today))
    copy_rows(
        Service,
        ("id", "key", "organization_id", *fixed, *names),
        (
            (
                each.id,
                each.key,
                each.organization,
                *fixed.values(),
                *row_values(each.values, old=None, today=today).values(),
            )
            for each in entries
        ),
    )


def _add_sorting(entries: Sequence[NewEntry]) -> None:
    for relation, column, name in (
        (Service.phases, "lifephase_id", "phases"),
        (Service.fields, "actionfield_id", "fields"),
        (Service.catchment, "municipality_id", "catchment"),
    ):
        pairs = ((each.id, key) for each in entries for key in getattr(each.values, name))
        copy_rows(relation.through, ("service_id", column), pairs)


def _add_places(entries: Sequence[NewEntry]) -> None:
    """Entries of one organization at one address share the place."""
    ids: dict[tuple[uuid.UUID, LocationValue], uuid.UUID] = {}
    at: list[tuple[Any, ...]] = []
    for each in entries:
        for value in each.values.locations:
            own = ids.setdefault((each.organization, value), uuid.uuid4())
            at.append((uuid.uuid4(), each.id, own, "", EMPTY))
    if not ids:
        return
    columns = [
        (own, organization, location_columns(_placed(value))) for (organization, value), own in ids.items()
    ]
    names = list(columns[0][2])
    copy_rows(
        Location,
        ("id", "organization_id", "location_type", "country", "unknown", *names),
        (
            (own, organization, "physical", "DE", EMPTY, *_copied(values))
            for own, organization, values in columns
        ),
    )
    copy_rows(ServiceAtLocation, ("id", "service_id", "location_id", "description", "unknown"), at)


def _copied(columns: dict[str, Any]) -> Iterable[Any]:
    return (
        "({!r},{!r})".format(*value) if name == "point" and value else value
        for name, value in columns.items()
    )


@lru_cache(maxsize=8192)
def _placed(value: LocationValue) -> LocationValue:
    return placed(value, old=None)


def _add_parts(entries: Sequence[NewEntry], *, today: date) -> None:
    copy_rows(
        Phone,
        ("id", "service_id", "number", "extension", "type", "description", "languages", "unknown"),
        _phones(entries),
    )
    copy_rows(RequiredDocument, ("id", "service_id", "document", "unknown"), _documents(entries))
    copy_rows(
        CostOption,
        ("id", "service_id", "option", "amount", "currency", "description", "unknown"),
        _costs(entries),
    )
    copy_rows(Funding, ("id", "service_id", "source", "until", "unknown"), _funding(entries))
    copy_rows(
        ServiceCapacity,
        ("id", "service_id", "maximum", "available", "known_on", "unknown"),
        _capacities(entries, today=today),
    )
    columns = ("position", "rrule", "starts_on", "ends_on", "opens_at", "closes_at", "skips", "description")
    copy_rows(Schedule, ("id", "service_id", "unknown", *columns), _schedules(entries, columns))


def _phones(entries: Iterable[NewEntry]) -> Rows:
    for each in entries:
        for phone in each.values.phones:
            yield uuid.uuid4(), each.id, phone.number, "", "", phone.description, "[]", EMPTY


def _documents(entries: Iterable[NewEntry]) -> Rows:
    for each in entries:
        for document in each.values.documents:
            yield uuid.uuid4(), each.id, document, EMPTY


def _costs(entries: Iterable[NewEntry]) -> Rows:
    for each in entries:
        for cost in each.values.costs:
            yield uuid.uuid4(), each.id, cost.option, cost.amount, "EUR", cost.description, EMPTY


def _funding(entries: Iterable[NewEntry]) -> Rows:
    for each in entries:
        for funding in each.values.funding:
            yield uuid.uuid4(), each.id, funding.source, funding.until, EMPTY


def _capacities(entries: Iterable[NewEntry], *, today: date) -> Rows:
    for each in entries:
        if each.values.capacity is not None:
            yield uuid.uuid4(), each.id, each.values.capacity, each.values.available, today, EMPTY


def _schedules(entries: Iterable[NewEntry], columns: Sequence[str]) -> Rows:
    for each in entries:
        if each.values.schedule_text:
            for values in _rules(each.values.schedule_text, tuple(columns)):
                yield uuid.uuid4(), each.id, EMPTY, *values


@lru_cache(maxsize=4096)
def _rules(text: str, columns: tuple[str, ...]) -> tuple[tuple[Any, ...], ...]:
    return tuple(tuple(getattr(row, name) for name in columns) for row in rows_of(text))


def _add_texts(entries: Iterable[NewEntry], *, now: datetime) -> None:
    rows = (
        (
            each.id,
            text.field,
            text.language,
            text.text,
            TextState.ORIGINAL,
            text_hash(str(getattr(each.values, text.field, ""))),
            now,
        )
        for each in entries
        for text in each.values.texts
    )
    copy_rows(
        Translation, ("service_id", "field", "language", "text", "state", "source_hash", "changed_at"), rows
    )
