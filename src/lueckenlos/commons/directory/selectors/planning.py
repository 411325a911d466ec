"""The directory as planning reads it: today in a few queries, a past day walked back through the history."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Min, QuerySet
from django.utils import timezone

from lueckenlos.commons.directory.models import (
    Change,
    Funding,
    Service,
    ServiceAtLocation,
    ServiceCapacity,
    Verification,
)
from lueckenlos.commons.directory.selectors.content import values_of_row
from lueckenlos.commons.directory.selectors.public import with_everything
from lueckenlos.commons.directory.selectors.timetable import read_text
from lueckenlos.commons.directory.types import Audience, Format, ServiceStatus, ServiceValues
from lueckenlos.commons.directory.types.planning import PlanningEntry, PlanningSite
from lueckenlos.commons.directory.types.storage import with_record
from lueckenlos.kernels.geometry import to_metres

_COLUMNS = (
    "id", "key", "name", "organization_id", "organization__name", "kind_id", "age_min", "age_max", "audience",
    "format", "is_free", "languages", "accessible", "whole_county", "status", "valid_from", "valid_to",
    "verified_on", "waiting_weeks", "bridge_from_id", "bridge_to_id", "schedule_text", "description",
)  # fmt: skip


def planning_entries(*, as_of: date | None = None) -> list[PlanningEntry]:
    """Every own service, whatever its status; with `as_of` as the house knew it at the end of that day.

    Before the first day of the house its first knowledge counts. A neighbour's services are not planned here.
    """
    own = Service.objects.filter(feed__isnull=True)
    if as_of is None:
        return _entries(own)
    end = _end_of_knowledge(own, day=as_of)
    if not _changed_since(own, end=end):
        return _entries(own)
    return _entries_at(own, end=end)


def known_since() -> datetime | None:
    """When the first of the county's services came into the house."""
    first: datetime | None = Service.objects.filter(feed__isnull=True).aggregate(at=Min("created_at"))["at"]
    return first


def changed_services(*, since: date) -> dict[str, tuple[str, ...]]:
    """Keys of services that were added or changed after a day, with the names of the fields."""
    end = _end_of(since)
    changed: dict[str, set[str]] = defaultdict(set)
    for key, before, after in Change.objects.filter(at__gt=end).values_list("service_key", "before", "after"):
        changed[key].update(after if before is not None and after is not None else ["created"])
    confirmed = Verification.objects.filter(until__gt=end).values_list("service__key", flat=True)
    for key in confirmed:
        changed[key].add("verified_on")
    return {key: tuple(sorted(fields)) for key, fields in changed.items()}


def _end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def _end_of_knowledge(own: QuerySet[Service], *, day: date) -> datetime:
    first = own.aggregate(at=Min("created_at"))["at"]
    end = _end_of(day)
    return end if first is None else max(end, first + timedelta(minutes=10))


def _changed_since(own: QuerySet[Service], *, end: datetime) -> bool:
    return (
        Change.objects.filter(at__gte=end).exists()
        or own.filter(created_at__gte=end).exists()
        or Verification.objects.filter(until__gte=end).exists()
    )


def _entries(own: QuerySet[Service]) -> list[PlanningEntry]:
    rows = list(own.order_by("key").values_list(*_COLUMNS, named=True))
    phases = _pairs(Service.phases.through, "lifephase_id")
    fields = _pairs(Service.fields.through, "actionfield_id")
    catchment = _pairs(Service.catchment.through, "municipality_id")
    sites, capacity, funding = _sites(), _capacities(), _funding()
    return [
        PlanningEntry(
            key=row.key,
            name=row.name,
            organization_id=row.organization_id,
            organization=row.organization__name,
            kind=row.kind_id,
            phases=tuple(sorted(phases.get(row.id, ()))),
            fields=tuple(sorted(fields.get(row.id, ()))),
            age_min=row.age_min,
            age_max=row.age_max,
            audience=Audience(row.audience),
            format=Format(row.format),
            is_free=row.is_free,
            languages=tuple(row.languages),
            accessible=row.accessible,
            whole_county=row.whole_county,
            catchment=tuple(sorted(catchment.get(row.id, ()))),
            sites=tuple(sites.get(row.id, ())),
            capacity=capacity.get(row.id),
            status=ServiceStatus(row.status),
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            verified_on=row.verified_on,
            waiting_weeks=row.waiting_weeks,
            funding_ends=funding.get(row.id),
            bridge=_bridge(row.bridge_from_id, row.bridge_to_id),
            weekdays=weekdays_of(row.schedule_text),
            description=row.description,
        )
        for row in rows
    ]


def weekdays_of(text: str) -> frozenset[int]:
    """The days of the week that a schedule's words name, Monday 0."""
    return (
        frozenset(day.weekday.number for rule in read_text(text).rules for day in rule.days)
        if text
        else frozenset()
    )


def _bridge(begins: str | None, ends: str | None) -> tuple[str, str] | None:
    return (begins, ends) if begins and ends else None


def _pairs(through: Any, column: str) -> Mapping[UUID, list[str]]:
    found: dict[UUID, list[str]] = defaultdict(list)
    for own_id, key in through.objects.filter(service__feed__isnull=True).values_list("service_id", column):
        found[own_id].append(key)
    return found


def _sites() -> Mapping[UUID, list[PlanningSite]]:
    found: dict[UUID, list[PlanningSite]] = defaultdict(list)
    rows = ServiceAtLocation.objects.filter(service__feed__isnull=True, location__point__isnull=False)
    columns = (
        "service_id",
        "location__point",
        "location__municipality_id",
        "location__city",
        "location__street",
    )
    for own_id, point, ags, city, street in rows.order_by("service_id", "id").values_list(*columns):
        if point is not None:
            found[own_id].append(PlanningSite((point[0], point[1]), ags, city, street))
    return found


def _capacities() -> Mapping[UUID, int]:
    rows = ServiceCapacity.objects.filter(service__feed__isnull=True).order_by(
        "service_id", "-known_on", "id"
    )
    return dict(rows.distinct("service_id").values_list("service_id", "maximum"))


def _funding() -> Mapping[UUID, date]:
    rows = Funding.objects.filter(service__feed__isnull=True, until__isnull=False)
    ends = rows.values("service_id").annotate(first=Min("until")).values_list("service_id", "first")
    return {own_id: first for own_id, first in ends if own_id is not None}


def _entries_at(own: QuerySet[Service], *, end: datetime) -> list[PlanningEntry]:
    later: dict[str, list[Change]] = defaultdict(list)
    for change in Change.objects.filter(at__gte=end).order_by("-at", "-id"):
        later[change.service_key].append(change)
    verified = _verified_at(end)
    rows = with_everything(own.filter(created_at__lt=end).order_by("key"))
    points = _points(rows)
    entries = []
    for row in rows:
        values = values_of_row(row)
        for change in later.get(row.key, ()):
            values = with_record(values, change.before or {})
        entries.append(
            _entry_of(row, values, verified_on=verified.get(row.id, row.verified_on), points=points)
        )
    return entries


def _verified_at(end: datetime) -> dict[UUID, date | None]:
    """What services that were confirmed since said before; the others say it still."""
    rows = Verification.objects.filter(until__gte=end).order_by("service_id", "until", "id")
    return dict(rows.distinct("service_id").values_list("service_id", "day"))


def _points(rows: Iterable[Service]) -> dict[tuple[float, float], tuple[float, float]]:
    """The stored points by their degrees, so that a past place lies exactly where today's does."""
    places = (at.location for row in rows for at in row.at_locations.all())
    return {
        (place.latitude, place.longitude): (place.point[0], place.point[1])
        for place in places
        if place.latitude is not None and place.longitude is not None and place.point is not None
    }


def _entry_of(
    row: Service,
    values: ServiceValues,
    *,
    verified_on: date | None,
    points: Mapping[tuple[float, float], tuple[float, float]],
) -> PlanningEntry:
    ends = [each.until for each in values.funding if each.until is not None]
    sites = tuple(
        PlanningSite(
            points.get((at.latitude, at.longitude)) or to_metres(at.longitude, at.latitude),
            at.ags,
            at.city,
            at.street,
        )
        for at in values.locations
        if at.latitude is not None and at.longitude is not None
    )
    return PlanningEntry(
        key=row.key,
        name=values.name,
        organization_id=row.organization_id,
        organization=row.organization.name,
        kind=values.kind,
        phases=tuple(sorted(values.phases)),
        fields=tuple(sorted(values.fields)),
        age_min=values.age_min,
        age_max=values.age_max,
        audience=values.audience,
        format=values.format,
        is_free=values.is_free,
        languages=values.languages,
        accessible=values.accessible,
        whole_county=values.whole_county,
        catchment=tuple(sorted(values.catchment)),
        sites=sites,
        capacity=values.capacity,
        status=values.status,
        valid_from=values.valid_from,
        valid_to=values.valid_to,
        verified_on=verified_on,
        waiting_weeks=values.waiting_weeks,
        funding_ends=min(ends, default=None),
        bridge=values.bridge,
        weekdays=weekdays_of(values.schedule_text),
        description=values.description,
    )
