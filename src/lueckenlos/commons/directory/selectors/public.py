"""Which entries families see."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from lueckenlos.commons.directory.models import Service
from lueckenlos.commons.directory.types import ServiceStatus


def public_services(*, today: date) -> QuerySet[Service]:
    """Services that can be used today, own ones and those of neighbours; an open room hands out querysets."""
    return _valid(Service.objects.filter(status=ServiceStatus.ACTIVE), today=today)


def shown_services(*, today: date) -> QuerySet[Service]:
    """Services that have a page: the public ones and those that pause."""
    return _valid(Service.objects.filter(status__in=_SHOWN), today=today)


def turned_services(*, before: date | None, today: date) -> list[UUID]:
    """Services whose time began or ended between two days; without the first day, all that have such a day."""
    bounded = Service.objects.filter(status=ServiceStatus.ACTIVE).exclude(
        valid_from__isnull=True, valid_to__isnull=True
    )
    if before is not None:
        # In either direction: a demo holds its own day, and a clock may be set back.
        early, late = sorted((before, today))
        begun = Q(valid_from__gt=early, valid_from__lte=late)
        ended = Q(valid_to__gte=early, valid_to__lt=late)
        bounded = bounded.filter(begun | ended)
    return list(bounded.values_list("id", flat=True))


def with_everything(services: QuerySet[Service]) -> QuerySet[Service]:
    """Add to a queryset all that a `ServiceView` reads, in a fixed number of queries."""
    # Boundaries are large; of a municipality only key and name are shown.
    towns = Service.catchment.rel.model._default_manager.only("ags", "name")
    return services.select_related(
        "organization__feed", "organization__predecessor", "kind", "feed"
    ).prefetch_related(
        Prefetch("catchment", queryset=towns),
        Prefetch("at_locations__location__municipality", queryset=towns),
        *_RELATIONS,
    )


_SHOWN: Iterable[ServiceStatus] = (ServiceStatus.ACTIVE, ServiceStatus.PAUSED)
_RELATIONS = (
    "phases",
    "fields",
    "at_locations__location__phones",
    "schedules",
    "cost_options",
    "phones",
    "contacts__phones",
    "required_documents",
    "funding",
    "capacities",
    "translations",
    "organization__phones",
    "organization__successors",
)


def _valid(services: QuerySet[Service], *, today: date) -> QuerySet[Service]:
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=today)
    not_over = Q(valid_to__isnull=True) | Q(valid_to__gte=today)
    return services.filter(begun, not_over)
