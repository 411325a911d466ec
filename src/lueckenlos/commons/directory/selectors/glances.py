"""Services as lists show them: one statement a list, where whole entries take one for each of their relations."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import F, Func, JSONField, TextField, UUIDField, Value

from lueckenlos.commons.directory.models import Schedule
from lueckenlos.commons.directory.selectors.freshness import freshness_of
from lueckenlos.commons.directory.selectors.public import shown_services
from lueckenlos.commons.directory.selectors.timetable import next_dates_of
from lueckenlos.commons.directory.types import (
    GERMAN,
    Access,
    Audience,
    Format,
    Glance,
    LocalText,
    PlaceGlance,
    TextState,
)
from lueckenlos.commons.places import selectors as places
from lueckenlos.core import clock
from lueckenlos.core.fields import Among

_COLUMNS: Final = (
    "id", "key", "name", "description", "age_min", "age_max", "audience", "format", "access", "fee", "is_free",
    "languages", "schedule_text", "waiting_weeks", "verified_on",
)  # fmt: skip
# Read beside each row, not as relations of their own: a statement costs more than what it brings for ten cards.
_PLACES: Final = """(SELECT jsonb_agg(jsonb_build_array(
    coalesce(nullif(place.city, ''), town.name, ''), place.latitude, place.longitude))
    FROM directory_serviceatlocation AS at JOIN directory_location AS place ON place.id = at.location_id
    LEFT JOIN places_municipality AS town ON town.ags = place.municipality_id
    WHERE at.service_id = directory_service.id)"""
_NUMBER: Final = (
    "SELECT concat_ws('-', phone.number, nullif(phone.extension, '')) FROM directory_phone AS phone"
)
_PHONE: Final = f"""coalesce(
    ({_NUMBER} WHERE phone.service_id = directory_service.id LIMIT 1),
    ({_NUMBER} JOIN directory_serviceatlocation AS at ON at.location_id = phone.location_id
        WHERE at.service_id = directory_service.id LIMIT 1),
    ({_NUMBER} WHERE phone.organization_id = directory_service.organization_id LIMIT 1), '')"""
_TEXTS: Final = """(SELECT jsonb_object_agg(said.field, jsonb_build_array(said.text, said.state))
    FROM directory_translation AS said WHERE said.service_id = directory_service.id
    AND said.language = %(expressions)s AND said.field IN ('name', 'description') AND said.text <> '')"""
_Row = Mapping[str, Any]


def glances(ids: Iterable[UUID], *, language: str, now: datetime) -> list[Glance]:
    """The shown services among these, in the order asked for; unknown ids are left out."""
    wanted = list(ids)
    among = Among("id", wanted, of=UUIDField())
    found = {each.id: each for each in _read(among, language=language, now=now)} if wanted else {}
    return [found[each] for each in wanted if each in found]


def glances_by_key(keys: Iterable[str], *, language: str, now: datetime) -> list[Glance]:
    """The shown services with these keys, in the order asked for; unknown keys are left out."""
    wanted = list(keys)
    among = Among("key", wanted, of=TextField())
    found = {each.key: each for each in _read(among, language=language, now=now)} if wanted else {}
    return [found[each] for each in wanted if each in found]


def _read(among: Among, *, language: str, now: datetime) -> Sequence[Glance]:
    shown = shown_services(today=clock.day_of(now)).filter(among)
    rows: list[_Row] = list(
        shown.order_by().values(
            *_COLUMNS,
            provider=F("organization__name"),
            neighbour=F("feed__name"),
            at=Func(template=_PLACES, output_field=JSONField()),
            phone=Func(template=_PHONE, output_field=TextField()),
            texts=Func(Value(language), template=_TEXTS, output_field=JSONField()),
        )
    )
    months = places.county().freshness_months
    rules = _rules_of([row["id"] for row in rows if not row["schedule_text"]])
    return [
        _glance(row, rules=rules.get(row["id"], ()), language=language, now=now, months=months)
        for row in rows
    ]


def _rules_of(ids: Sequence[UUID]) -> Mapping[UUID, Sequence[Schedule]]:
    """The stored rules of services that say in no words when they take place; few have none."""
    found: dict[UUID, list[Schedule]] = {}
    for row in Schedule.objects.filter(service__in=ids) if ids else ():
        found.setdefault(row.service_id, []).append(row)
    return found


def _glance(row: _Row, *, rules: Sequence[Schedule], language: str, now: datetime, months: int) -> Glance:
    return Glance(
        id=row["id"],
        key=row["key"],
        name=_text(row, field="name", language=language),
        description=_text(row, field="description", language=language),
        organization=row["provider"],
        feed=row["neighbour"] or "",
        age_min=row["age_min"],
        age_max=row["age_max"],
        audience=Audience(row["audience"]),
        format=Format(row["format"]),
        access=Access(row["access"]),
        fee=row["fee"],
        is_free=row["is_free"],
        languages=tuple(row["languages"]),
        places=tuple(PlaceGlance(*each) for each in row["at"] or ()),
        phone=row["phone"],
        schedule_text=row["schedule_text"],
        next_dates=next_dates_of(row["schedule_text"], rules, now=now),
        waiting_weeks=row["waiting_weeks"],
        verified_on=row["verified_on"],
        freshness=freshness_of(row["verified_on"], today=clock.day_of(now), months=months),
    )


def _text(row: _Row, *, field: str, language: str) -> LocalText:
    """A field in the reader's language; German, said to be a fallback, where it is not translated."""
    said = None if language == GERMAN else (row["texts"] or {}).get(field)
    if said is None:
        german = row[field]
        return LocalText(german, GERMAN, bool(german) and language != GERMAN, TextState.ORIGINAL)
    return LocalText(said[0], language, is_fallback=False, state=TextState(said[1]))
