"""What can be asked for: parameters with their limits, and the services that they choose."""

from datetime import date, datetime, time
from enum import StrEnum
from typing import Annotated, Final
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone
from ninja import Schema
from pydantic import Field

from lueckenlos.commons.directory.exchange import codes as lists
from lueckenlos.commons.directory.exchange.codes import Codes
from lueckenlos.commons.directory.models import Location, Organization, Service, ServiceAtLocation
from lueckenlos.commons.directory.selectors.public import shown_services
from lueckenlos.commons.places import selectors as places
from lueckenlos.core.fields import Distance, Point

_MOST_WORDS: Final = 8
_FARTHEST: Final = 10_000_000

Search = Annotated[str, Field(default="", max_length=200, description="Wörter, die alle vorkommen")]
Page = Annotated[int, Field(default=1, ge=1, le=1_000_000, description="Nummer der Seite")]
PerPage = Annotated[int, Field(default=50, ge=1, le=500, description="Einträge auf einer Seite")]
Postcode = Annotated[str, Field(default="", max_length=12, description="Postleitzahl")]
Proximity = Annotated[
    float | None, Field(default=None, ge=0, le=_FARTHEST, description="Meter um die Postleitzahl")
]


class Day(StrEnum):
    """Days as Open Referral writes them."""

    MONDAY = "MO"
    TUESDAY = "TU"
    WEDNESDAY = "WE"
    THURSDAY = "TH"
    FRIDAY = "FR"
    SATURDAY = "SA"
    SUNDAY = "SU"


class Form(StrEnum):
    """How the answer is written."""

    JSON = "json"


class Paging(Schema):
    """Which page."""

    page: Page
    per_page: PerPage
    format: Form = Form.JSON


class ServiceFilter(Paging):
    """Which services."""

    search: Search
    taxonomy_term_id: UUID | None = None
    taxonomy_id: UUID | None = None
    organization_id: UUID | None = None
    modified_after: datetime | date | None = None
    postcode: Postcode
    proximity: Proximity
    minimum_age: Annotated[float | None, Field(default=None, ge=0, le=130)]
    maximum_age: Annotated[float | None, Field(default=None, ge=0, le=130)]
    start_time: time | None = None
    end_time: time | None = None
    day: Day | None = None
    minimal: bool = False
    full: bool = False


class OrganizationFilter(Paging):
    """Which organizations."""

    search: Search
    taxonomy_term_id: UUID | None = None
    taxonomy_id: UUID | None = None
    full: bool = False
    full_service: bool = False


class TermFilter(Paging):
    """Which terms."""

    search: Search
    taxonomy_id: UUID | None = None
    parent_id: UUID | None = None
    top_only: bool = False


def published(*, today: date) -> QuerySet[Service]:
    """What this county says itself and shows today; neighbours publish their own."""
    return shown_services(today=today).filter(feed__isnull=True)


def chosen_services(wanted: ServiceFilter, *, codes: Codes, today: date) -> QuerySet[Service]:
    """The services that fit, in a fixed order."""
    services = published(today=today)
    for word in words_of(wanted.search):
        services = services.filter(
            Q(name__icontains=word)
            | Q(alternate_name__icontains=word)
            | Q(description__icontains=word)
            | Q(organization__name__icontains=word)
        )
    if wanted.organization_id:
        services = services.filter(organization_id=wanted.organization_id)
    if wanted.modified_after:
        services = services.filter(modified_at__gte=_moment(wanted.modified_after))
    services = _by_term(services, wanted.taxonomy_term_id, wanted.taxonomy_id, codes=codes)
    services = _by_age(services, wanted)
    services = _by_time(services, wanted)
    if wanted.postcode:
        services = _by_place(services, wanted.postcode, proximity=wanted.proximity)
    return services.order_by("name", "id")


def chosen_places(wanted: ServiceFilter, *, codes: Codes, today: date) -> QuerySet[ServiceAtLocation]:
    """The services at their locations that fit; near a postcode the place itself must be near."""
    services = chosen_services(wanted, codes=codes, today=today).order_by()
    found = ServiceAtLocation.objects.filter(service__in=services.values("id"))
    if wanted.postcode and wanted.proximity is not None:
        found = found.filter(location__in=_near(wanted.postcode, wanted.proximity).values("id"))
    return found.order_by("service__name", "id")


def chosen_organizations(wanted: OrganizationFilter, *, codes: Codes, today: date) -> QuerySet[Organization]:
    """The organizations of published services that fit."""
    services = _by_term(published(today=today), wanted.taxonomy_term_id, wanted.taxonomy_id, codes=codes)
    found = Organization.objects.filter(id__in=services.values("organization_id"))
    for word in words_of(wanted.search):
        found = found.filter(Q(name__icontains=word) | Q(description__icontains=word))
    return found.order_by("sort_key", "id")


def words_of(text: str) -> list[str]:
    """The words of a search; what no text can hold is left out."""
    return text.replace("\x00", " ").split()[:_MOST_WORDS]


def _moment(given: datetime | date) -> datetime:
    if isinstance(given, datetime):
        return given if timezone.is_aware(given) else timezone.make_aware(given)
    return timezone.make_aware(datetime.combine(given, time()))


def _by_term(
    services: QuerySet[Service], term: UUID | None, taxonomy: UUID | None, *, codes: Codes
) -> QuerySet[Service]:
    if term is not None:
        kind, code = codes.by_id.get(str(term), ("", ""))
        column = _COLUMNS.get(kind)
        services = services.filter(**{column: code}) if column else services.none()
    if taxonomy is not None:
        kind = next((name for name in lists.TAXONOMIES if lists.taxonomy_id(name) == taxonomy), "")
        column = _COLUMNS.get(kind)
        if column is None:
            return services.none()
        having = Service.objects.exclude(**{f"{column}__isnull": True}).values("id")
        services = services.filter(id__in=having)
    return services


_COLUMNS: Final = {
    lists.LIFE_PHASE: "phases",
    lists.ACTION_FIELD: "fields",
    lists.KIND: "kind",
    lists.AUDIENCE: "audience",
    lists.FORMAT: "format",
    lists.ACCESS: "access",
    lists.ORGANIZATION_KIND: "organization__kind",
    lists.MUNICIPALITY: "catchment",
}


def _by_age(services: QuerySet[Service], wanted: ServiceFilter) -> QuerySet[Service]:
    if wanted.minimum_age is not None:
        services = services.filter(age_min__gte=wanted.minimum_age)
    if wanted.maximum_age is not None:
        services = services.filter(age_max__lte=wanted.maximum_age)
    return services


def _by_time(services: QuerySet[Service], wanted: ServiceFilter) -> QuerySet[Service]:
    asked: dict[str, object] = {}
    if wanted.day:
        asked["schedules__rrule__contains"] = wanted.day.value
    if wanted.start_time:
        asked["schedules__opens_at__gte"] = wanted.start_time
    if wanted.end_time:
        asked["schedules__closes_at__lte"] = wanted.end_time
    if not asked:
        return services
    return services.filter(id__in=Service.objects.filter(**asked).values("id"))


def _by_place(services: QuerySet[Service], postcode: str, *, proximity: float | None) -> QuerySet[Service]:
    if proximity is not None:
        near = ServiceAtLocation.objects.filter(location__in=_near(postcode, proximity).values("id"))
        return services.filter(id__in=near.values("service_id"))
    place = places.postcode_place(postcode.replace("\x00", ""))
    if place is None:
        return services.none()
    serving = Service.objects.filter(Q(whole_county=True) | Q(catchment=place.ags))
    return services.filter(id__in=serving.values("id"))


def _near(postcode: str, metres: float) -> QuerySet[Location]:
    place = places.postcode_place(postcode.replace("\x00", ""))
    if place is None:
        return Location.objects.none()
    to = Point(*place.point)
    return (
        Location.objects.filter(point__isnull=False)
        .alias(away=Distance("point", to=to))
        .filter(away__lte=metres)
    )
