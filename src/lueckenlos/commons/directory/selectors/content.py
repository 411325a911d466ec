"""An entry's content as editors see it, now and as it was at an earlier version."""

from collections.abc import Iterable
from uuid import UUID

from lueckenlos.commons.directory.models import Change, Service
from lueckenlos.commons.directory.selectors.public import with_everything
from lueckenlos.commons.directory.types import (
    Access,
    Audience,
    CostValue,
    Format,
    FundingValue,
    LocationValue,
    PhoneValue,
    ServiceStatus,
    ServiceValues,
    TextValue,
)
from lueckenlos.commons.directory.types.storage import with_record


def values_of_row(row: Service) -> ServiceValues:
    """The content of a row that was read with `with_everything`."""
    capacity = next(iter(row.capacities.all()), None)
    return ServiceValues(
        name=row.name,
        alternate_name=row.alternate_name,
        description=row.description,
        status=ServiceStatus(row.status),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        kind=row.kind_id,
        phases=tuple(each.key for each in row.phases.all()),
        fields=tuple(each.key for each in row.fields.all()),
        age_min=row.age_min,
        age_max=row.age_max,
        audience=Audience(row.audience),
        eligibility=row.eligibility,
        format=Format(row.format),
        access=Access(row.access),
        application=row.application,
        fee=row.fee,
        is_free=row.is_free,
        costs=tuple(CostValue(each.option, each.amount, each.description) for each in row.cost_options.all()),
        languages=tuple(row.languages),
        interpretation=row.interpretation,
        accessible=row.accessible,
        whole_county=row.whole_county,
        catchment=tuple(sorted(each.ags for each in row.catchment.all())),
        locations=locations_of(row),
        schedule_text=row.schedule_text,
        waiting_weeks=row.waiting_weeks,
        capacity=capacity.maximum if capacity else None,
        available=capacity.available if capacity else None,
        phones=tuple(PhoneValue(each.number, each.description) for each in row.phones.all()),
        email=row.email,
        website=row.website,
        documents=tuple(each.document for each in row.required_documents.all()),
        funding=tuple(FundingValue(each.source, each.until) for each in row.funding.all()),
        bridge=(row.bridge_from_id, row.bridge_to_id) if row.bridge_from_id and row.bridge_to_id else None,
        texts=tuple(
            sorted(TextValue(each.language, each.field, each.text) for each in row.translations.all())
        ),
    )


def locations_of(row: Service) -> tuple[LocationValue, ...]:
    """The places of a row as editors see them, in their order."""
    return tuple(
        LocationValue(
            name=place.name,
            street=place.street,
            postcode=place.postcode,
            city=place.city,
            ags=place.municipality_id,
            latitude=place.latitude,
            longitude=place.longitude,
            transportation=place.transportation,
            accessible=place.accessible,
            accessibility_note=place.accessibility_note,
        )
        for place in (each.location for each in row.at_locations.all())
    )


def contents(ids: Iterable[UUID]) -> dict[UUID, ServiceValues]:
    """The contents of many entries."""
    return {row.id: values_of_row(row) for row in with_everything(Service.objects.filter(id__in=list(ids)))}


def read_row(key: str) -> Service | None:
    """A whole entry for editors, whatever its status."""
    return with_everything(Service.objects.filter(key=key)).first()


def values_at(row: Service, *, version: int) -> ServiceValues:
    """The content as it was at an earlier version: walks the history back from today's."""
    values = values_of_row(row)
    later = Change.objects.filter(service_key=row.key, version__gt=version).exclude(before=None)
    for change in later.order_by("-version", "-id"):
        values = with_record(values, change.before or {})
    return values
