"""What is on in the next days."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from django.db.models import Count, Max

from lueckenlos.commons.directory.models import Service
from lueckenlos.commons.directory.selectors.entries import services
from lueckenlos.commons.directory.selectors.public import public_services
from lueckenlos.commons.directory.selectors.timetable import timetable
from lueckenlos.commons.directory.types import Access, DateView, Format, ServiceView
from lueckenlos.core import clock

# A meeting one can simply go to; consultation hours are no event.
INVITING = ("open_meeting", "one_off")


def soon_services(*, now: datetime, until: datetime, limit: int) -> list[ServiceView]:
    """Open services with a date before `until`, soonest first, at most one of each organization."""
    seen = public_services(today=clock.day_of(now)).aggregate(count=Count("pk"), latest=Max("modified_at"))
    hour = now.replace(minute=0, second=0, microsecond=0)
    ids = _soon(hour, clock.day_of(until).isoformat(), limit, (seen["count"], seen["latest"]))
    found = {service.id: service for service in services(ids, now=now)}
    return [found[id_] for id_ in ids if id_ in found and found[id_].next_dates]


@lru_cache(maxsize=4)
def _soon(now: datetime, last_day: str, limit: int, _version: tuple[int, datetime | None]) -> Sequence[UUID]:
    rows = (
        public_services(today=clock.day_of(now))
        .filter(access=Access.OPEN, format__in=(Format.ON_SITE, Format.MOBILE), feed__isnull=True)
        .filter(kind__intensity__in=INVITING)
        .exclude(schedule_text="")
        .prefetch_related("schedules")
    )
    dated: list[tuple[tuple[object, ...], Service]] = []
    for row in rows:
        dates = timetable(row.schedule_text, row.schedules.all(), now=now).next_dates
        # With an hour alone: "mittwochs" without one is no invitation for this week.
        if dates and dates[0].starts is not None and dates[0].day.isoformat() <= last_day:
            dated.append((_order(dates[0], row), row))
    by_organization: dict[UUID, Service] = {}
    for _key, row in sorted(dated, key=lambda pair: pair[0]):
        by_organization.setdefault(row.organization_id, row)
    return tuple(row.pk for row in list(by_organization.values())[:limit])


def _order(date: DateView, row: Service) -> tuple[object, ...]:
    return date.day, date.starts, row.name, row.key
