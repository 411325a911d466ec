"""The services as files for everybody: tables, map and calendar."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import path
from django.views.decorators.http import require_safe

from lueckenlos.commons.directory import open_formats
from lueckenlos.commons.directory.api.doors import readable_by_all
from lueckenlos.commons.directory.api.filters import published
from lueckenlos.commons.directory.api.pages import answer
from lueckenlos.commons.directory.selectors import services as views_of
from lueckenlos.commons.directory.types import ServiceView
from lueckenlos.commons.places import selectors as places
from lueckenlos.core import clock

_BATCH: Final = 200
_SHEET: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def as_csv(request: HttpRequest) -> HttpResponseBase:
    """The services as CSV, sent while it is written."""
    lines = open_formats.csv_lines(_services(now=clock.now()))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    return _named(response, "angebote.csv")


@require_safe
def as_xlsx(request: HttpRequest) -> HttpResponseBase:
    """The services as a workbook."""
    content = open_formats.xlsx(_services(now=clock.now()))
    return _named(HttpResponse(content, content_type=_SHEET), "angebote.xlsx")


@require_safe
def as_geojson(request: HttpRequest) -> HttpResponseBase:
    """The places of services as points."""
    response = answer(open_formats.geojson(_services(now=clock.now())))
    response["Content-Type"] = "application/geo+json"
    return response


@require_safe
def as_calendar(request: HttpRequest) -> HttpResponseBase:
    """The next dates of all services."""
    now = clock.now()
    dated = (service for service in _services(now=now) if service.next_dates)
    content = open_formats.calendar(dated, now=now, name=f"Termine im {places.county().name}")
    return _named(HttpResponse(content, content_type="text/calendar; charset=utf-8"), "termine.ics")


urlpatterns = [
    path("angebote.csv", readable_by_all(as_csv), name="csv"),
    path("angebote.xlsx", readable_by_all(as_xlsx), name="xlsx"),
    path("angebote.geojson", readable_by_all(as_geojson), name="geojson"),
    path("termine.ics", readable_by_all(as_calendar), name="calendar"),
]


def _services(*, now: datetime) -> Iterator[ServiceView]:
    """All published services, read in batches so that many do not stand in memory at once."""
    ids = list(published(today=clock.day_of(now)).order_by("name", "id").values_list("id", flat=True))
    for start in range(0, len(ids), _BATCH):
        yield from views_of(ids[start : start + _BATCH], now=now)


def _named(response: HttpResponseBase, name: str) -> HttpResponseBase:
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
