"""Bring an entry's rows to the content that was asked for, touching only what differs."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import Any

from django.db import models

from lueckenlos.commons.directory.errors import UnknownKeys
from lueckenlos.commons.directory.models import (
    ActionField,
    CostOption,
    Funding,
    Kind,
    LifePhase,
    Location,
    Phone,
    RequiredDocument,
    Service,
    ServiceAtLocation,
    ServiceCapacity,
    Translation,
)
from lueckenlos.commons.directory.selectors.content import locations_of
from lueckenlos.commons.directory.services.timetable import write_schedules
from lueckenlos.commons.directory.services.whereabouts import whereabouts
from lueckenlos.commons.directory.types import LocationValue, ServiceValues, TextState
from lueckenlos.core.fields import Point
from lueckenlos.kernels.geometry import to_metres

COLUMNS = (
    "name",
    "alternate_name",
    "description",
    "status",
    "valid_from",
    "valid_to",
    "age_min",
    "age_max",
    "audience",
    "eligibility",
    "format",
    "access",
    "application",
    "fee",
    "is_free",
    "interpretation",
    "accessible",
    "whole_county",
    "schedule_text",
    "waiting_weeks",
    "email",
    "website",
)
TRANSLATED = ("name", "alternate_name", "description", "eligibility", "application", "fee", "schedule_text")
"""Fields that stand in other languages; when their German changes, the others are outdated."""


def text_hash(text: str) -> str:
    """What a translation remembers of the German text it was made from."""
    return sha256(text.encode()).hexdigest()


def demand_known(values: ServiceValues) -> None:
    """Refuse phases, fields and kinds that the county does not have."""
    for name, model, keys in (
        ("phases", LifePhase, values.phases),
        ("fields", ActionField, values.fields),
        ("kind", Kind, (values.kind,) if values.kind else ()),
        ("bridge", LifePhase, values.bridge or ()),
    ):
        unknown = set(keys) - set(model._default_manager.filter(pk__in=keys).values_list("pk", flat=True))
        if unknown:
            raise UnknownKeys(name, tuple(sorted(unknown)))


def write(row: Service, *, old: ServiceValues | None, new: ServiceValues, today: date) -> None:
    """Write everything that differs from the old content; the row itself is saved by the caller."""
    changed = {
        name
        for name in ServiceValues.__dataclass_fields__
        if old is None or getattr(old, name) != getattr(new, name)
    }
    _write_lists(row, new=new, changed=changed)
    if "locations" in changed:
        _write_locations(row, new.locations)
    if {"capacity", "available"} & changed:
        _write_capacity(row, new=new, today=today)
    if "schedule_text" in changed:
        write_schedules(row, new.schedule_text)
    _write_texts(row, old=old, new=new)


def row_values(new: ServiceValues, *, old: ServiceValues | None, today: date) -> dict[str, Any]:
    """The columns of the service's own row."""
    columns: dict[str, Any] = {name: getattr(new, name) for name in COLUMNS}
    bridge_from, bridge_to = new.bridge or (None, None)
    columns |= {
        "kind_id": new.kind,
        "languages": list(new.languages),
        "bridge_from_id": bridge_from,
        "bridge_to_id": bridge_to,
    }
    if old is None or old.waiting_weeks != new.waiting_weeks:
        columns["waiting_on"] = None if new.waiting_weeks is None else today
    return columns


def _write_lists(row: Service, *, new: ServiceValues, changed: set[str]) -> None:
    if "phases" in changed:
        row.phases.set(LifePhase.objects.filter(key__in=new.phases))
    if "fields" in changed:
        row.fields.set(ActionField.objects.filter(key__in=new.fields))
    if "catchment" in changed:
        row.catchment.set(row.catchment.model.objects.filter(ags__in=new.catchment))
    parts: Mapping[str, tuple[type[models.Model], Sequence[dict[str, Any]]]] = {
        "costs": (
            CostOption,
            [
                {"option": each.option, "amount": each.amount, "description": each.description}
                for each in new.costs
            ],
        ),
        "funding": (Funding, [{"source": each.source, "until": each.until} for each in new.funding]),
        "phones": (Phone, [{"number": each.number, "description": each.description} for each in new.phones]),
        "documents": (RequiredDocument, [{"document": each} for each in new.documents]),
    }
    for name, (model, wanted) in parts.items():
        if name in changed:
            _replace_parts(model, row, wanted=wanted)


def _replace_parts(model: type[models.Model], row: Service, *, wanted: Sequence[dict[str, Any]]) -> None:
    """Keep rows that say the same, so that their ids stay; drop the others, add what is new."""
    rest = list(wanted)
    for part in model._default_manager.filter(service=row):
        same = next(
            (each for each in rest if all(getattr(part, name) == value for name, value in each.items())), None
        )
        if same is None:
            part.delete()
        else:
            rest.remove(same)
    model._default_manager.bulk_create([model(service=row, **each) for each in rest])


def _write_locations(row: Service, wanted: Sequence[LocationValue]) -> None:
    """Change a place that is this entry's alone; leave one that others use and take a new one instead."""
    at = list(row.at_locations.select_related("location"))
    now = locations_of(row) if at else ()
    for index, value in enumerate(wanted):
        if index >= len(at):
            ServiceAtLocation.objects.create(service=row, location=_new_location(row, value))
        elif now[index] != value:
            _change_location(row, at[index], old=now[index], new=value)
    for each in at[len(wanted) :]:
        _leave(each)


def _change_location(row: Service, at: ServiceAtLocation, *, old: LocationValue, new: LocationValue) -> None:
    if at.location.at_services.exclude(id=at.id).exists():
        at.location = _new_location(row, new)
        at.save(update_fields=["location"])
        return
    columns = location_columns(placed(new, old=old))
    Location.objects.filter(id=at.location_id).update(**columns)


def _leave(at: ServiceAtLocation) -> None:
    location = at.location
    at.delete()
    if not location.at_services.exists():
        location.delete()


def _new_location(row: Service, value: LocationValue) -> Location:
    columns = location_columns(placed(value, old=None))
    known = Location.objects.filter(
        organization=row.organization_id,
        **{name: columns[name] for name in ("name", "street", "postcode", "city")},
    ).first()
    if known is not None and _as_value(known) == replace(value, **_whereabouts(known)):
        return known
    return Location.objects.create(organization_id=row.organization_id, **columns)


def _as_value(place: Location) -> LocationValue:
    return LocationValue(
        name=place.name,
        street=place.street,
        postcode=place.postcode,
        city=place.city,
        transportation=place.transportation,
        accessible=place.accessible,
        accessibility_note=place.accessibility_note,
        **_whereabouts(place),
    )


def _whereabouts(place: Location) -> dict[str, Any]:
    return {"ags": place.municipality_id, "latitude": place.latitude, "longitude": place.longitude}


def placed(value: LocationValue, *, old: LocationValue | None) -> LocationValue:
    """A moved address loses its old coordinates; the postcode's point stands in until somebody knows better."""
    moved = old is not None and (old.street, old.postcode, old.city) != (
        value.street,
        value.postcode,
        value.city,
    )
    if value.latitude is not None and value.longitude is not None and not moved:
        return value
    area = whereabouts(value.postcode, city=value.city) if value.postcode else None
    if area is None:
        return replace(value, latitude=None, longitude=None)
    return replace(value, ags=area.ags, latitude=area.latitude, longitude=area.longitude)


def location_columns(value: LocationValue) -> dict[str, Any]:
    known = value.latitude is not None and value.longitude is not None
    point = Point(*to_metres(value.longitude or 0.0, value.latitude or 0.0)) if known else None
    return {
        "name": value.name,
        "street": value.street,
        "postcode": value.postcode,
        "city": value.city,
        "municipality_id": value.ags,
        "latitude": value.latitude,
        "longitude": value.longitude,
        "point": point,
        "transportation": value.transportation,
        "accessible": value.accessible,
        "accessibility_note": value.accessibility_note,
    }


def _write_capacity(row: Service, *, new: ServiceValues, today: date) -> None:
    """Earlier capacities stay as history; "not known" takes them away, history of the entry keeps them."""
    if new.capacity is None:
        row.capacities.all().delete()
        return
    ServiceCapacity.objects.update_or_create(
        service=row, known_on=today, defaults={"maximum": new.capacity, "available": new.available}
    )


def _write_texts(row: Service, *, old: ServiceValues | None, new: ServiceValues) -> None:
    """Write texts that changed, as checked; those whose German changed under them become outdated."""
    stored = {(each.language, each.field): each for each in row.translations.all()} if old else {}
    wanted = {(each.language, each.field): each.text for each in new.texts}
    for at, text in wanted.items():
        language, name = at
        source = text_hash(str(getattr(new, name, "")))
        known = stored.get(at)
        if known is None:
            Translation.objects.create(
                service=row,
                language=language,
                field=name,
                text=text,
                state=TextState.CHECKED,
                source_hash=source,
            )
        elif known.text != text:
            known.text, known.state, known.source_hash = text, TextState.CHECKED, source
            known.save(update_fields=["text", "state", "source_hash", "changed_at"])
        elif old is not None and getattr(old, name, "") != getattr(new, name, ""):
            known.state = TextState.OUTDATED
            known.save(update_fields=["state", "changed_at"])
    for at, known in stored.items():
        if at not in wanted:
            known.delete()
