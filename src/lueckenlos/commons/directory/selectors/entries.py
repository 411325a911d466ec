"""Services as other rooms see them."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count

from lueckenlos.commons.directory.models import Location, Organization, Phone, Service, ServiceAtLocation
from lueckenlos.commons.directory.selectors.catalog import kind_view, phase_view
from lueckenlos.commons.directory.selectors.freshness import freshness_of
from lueckenlos.commons.directory.selectors.public import shown_services, with_everything
from lueckenlos.commons.directory.selectors.timetable import timetable
from lueckenlos.commons.directory.types import (
    Access,
    Audience,
    CapacityView,
    ContactView,
    CostView,
    FeedRef,
    Format,
    FundingView,
    Label,
    LocalText,
    LocationView,
    OrganizationKind,
    OrganizationRef,
    OrganizationView,
    PhoneView,
    ServiceStatus,
    ServiceView,
    TextState,
    TranslationView,
)
from lueckenlos.commons.places import selectors as places
from lueckenlos.core import clock


class _Reading(NamedTuple):
    """What turning a row into a view needs beside the row."""

    now: datetime
    months: int


def service(key: str, *, now: datetime) -> ServiceView | None:
    """One service that families may see (also while it pauses), or None."""
    row = with_everything(shown_services(today=clock.day_of(now)).filter(key=key)).first()
    return None if row is None else _view(row, reading=_reading(now))


def services(ids: Iterable[UUID], *, now: datetime) -> list[ServiceView]:
    """The shown services among these, in the order asked for; unknown ids are left out."""
    wanted = list(ids)
    rows = with_everything(shown_services(today=clock.day_of(now)).filter(id__in=wanted))
    reading = _reading(now)
    views = {row.id: _view(row, reading=reading) for row in rows}
    return [views[each] for each in wanted if each in views]


def services_by_key(keys: Iterable[str], *, now: datetime) -> list[ServiceView]:
    """The shown services with these keys, in the order asked for; unknown keys are left out."""
    wanted = list(keys)
    rows = with_everything(shown_services(today=clock.day_of(now)).filter(key__in=wanted))
    reading = _reading(now)
    views = {row.key: _view(row, reading=reading) for row in rows}
    return [views[each] for each in wanted if each in views]


def services_of(organization_id: UUID, *, now: datetime) -> list[ServiceView]:
    """What one organization offers to families, by name."""
    rows = with_everything(shown_services(today=clock.day_of(now)).filter(organization_id=organization_id))
    reading = _reading(now)
    return [_view(row, reading=reading) for row in rows]


def service_names_of(organization_id: UUID, *, today: date) -> dict[UUID, str]:
    """How the services are called that one organization offers to families, by name."""
    rows = shown_services(today=today).filter(organization_id=organization_id)
    return dict(rows.order_by("name", "id").values_list("id", "name"))


def view_of(row: Service, *, now: datetime) -> ServiceView:
    """Turn a row that was read with `with_everything` into the view."""
    return _view(row, reading=_reading(now))


def organization(key: str) -> OrganizationView | None:
    """One organization with whom it was and whom it became, or None."""
    rows = Organization.objects.select_related("feed", "predecessor").prefetch_related("phones", "successors")
    row = rows.filter(key=key).first()
    return None if row is None else organization_view(row)


def organization_by_id(key: UUID) -> OrganizationView | None:
    """One organization with how to reach it, or None."""
    rows = Organization.objects.select_related("feed", "predecessor").prefetch_related("phones", "successors")
    row = rows.filter(id=key).first()
    return None if row is None else organization_view(row)


def organization_by_name(name: str) -> UUID | None:
    """The id of the own, living organization of this name, or None."""
    rows = Organization.objects.filter(name=name, feed__isnull=True).order_by("ended_on", "key")
    return rows.values_list("id", flat=True).first()


def organization_names(keys: Iterable[UUID]) -> dict[UUID, str]:
    """How these organizations are called."""
    return dict(Organization.objects.filter(id__in=set(keys)).values_list("id", "name"))


def organization_kinds(keys: Iterable[UUID]) -> dict[UUID, OrganizationKind]:
    """Who carries these organizations; those that have ended are missing."""
    rows = Organization.objects.filter(id__in=set(keys), ended_on__isnull=True)
    return {key: OrganizationKind(kind) for key, kind in rows.values_list("id", "kind")}


def organization_phones(keys: Iterable[UUID]) -> dict[UUID, str]:
    """By which number these organizations are reached, where one was told."""
    rows = Organization.objects.filter(id__in=set(keys)).prefetch_related("phones")
    found = {row.id: next((phone.number for phone in row.phones.all()), "") for row in rows}
    return {key: number for key, number in found.items() if number}


def mail_address(organization_id: UUID, *, service_id: UUID | None = None) -> str:
    """Where mail for a service is read, else for its organization; empty where nobody has told an address."""
    service = (
        Service.objects.filter(id=service_id, organization_id=organization_id).first() if service_id else None
    )
    if service is not None:
        contacts = service.contacts.exclude(email="").order_by("name", "id")
        found = service.email or contacts.values_list("email", flat=True).first()
        if found:
            return str(found)
    return str(Organization.objects.filter(id=organization_id).values_list("email", flat=True).first() or "")


def postal_address(organization_id: UUID) -> tuple[str, str] | None:
    """Street and town of the house in which most of an organization's services are; None where none is known."""
    rows = Location.objects.filter(organization=organization_id).exclude(street="").exclude(city="")
    row = rows.annotate(services=Count("at_services")).order_by("-services", "id").first()
    return None if row is None else (row.street, f"{row.postcode} {row.city}".strip())


def own_organizations() -> list[OrganizationRef]:
    """Every own organization that has not ended, by name."""
    rows = Organization.objects.filter(feed__isnull=True, ended_on__isnull=True).order_by("name", "key")
    return [organization_ref(row) for row in rows.only("id", "key", "name")]


def text_in(view: ServiceView, *, field: str, language: str) -> LocalText:
    """A field of a service in a language, or in German, said to be a fallback."""
    return view.text(field, language)


def organization_view(row: Organization) -> OrganizationView:
    """Turn a row with its phones and successors into the view."""
    successor = next(iter(row.successors.all()), None)
    return OrganizationView(
        id=row.id,
        key=row.key,
        name=row.name,
        kind=OrganizationKind(row.kind),
        description=row.description,
        email=row.email,
        website=row.website,
        is_trusted=row.is_trusted,
        ended_on=row.ended_on,
        feed=row.feed.key if row.feed else None,
        phones=_phones(row.phones.all()),
        predecessor=organization_ref(row.predecessor) if row.predecessor else None,
        successor=organization_ref(successor) if successor else None,
    )


def organization_ref(row: Organization) -> OrganizationRef:
    """Turn a row into a link."""
    return OrganizationRef(row.id, row.key, row.name)


def _reading(now: datetime) -> _Reading:
    return _Reading(now=now, months=places.county().freshness_months)


def _view(row: Service, *, reading: _Reading) -> ServiceView:
    when = timetable(row.schedule_text, row.schedules.all(), now=reading.now)
    return ServiceView(
        id=row.id,
        key=row.key,
        version=row.version,
        name=row.name,
        alternate_name=row.alternate_name,
        description=row.description,
        organization=organization_view(row.organization),
        status=ServiceStatus(row.status),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        kind=kind_view(row.kind) if row.kind else None,
        phases=tuple(phase_view(each) for each in row.phases.all()),
        fields=tuple(Label(each.key, each.label) for each in row.fields.all()),
        age_min=row.age_min,
        age_max=row.age_max,
        audience=Audience(row.audience),
        eligibility=row.eligibility,
        format=Format(row.format),
        access=Access(row.access),
        application=row.application,
        fee=row.fee,
        is_free=row.is_free,
        costs=tuple(CostView(each.option, each.amount, each.description) for each in row.cost_options.all()),
        languages=tuple(row.languages),
        interpretation=row.interpretation,
        accessible=row.accessible,
        whole_county=row.whole_county,
        catchment=tuple(Label(each.ags, each.name) for each in row.catchment.all()),
        locations=tuple(_location(each) for each in row.at_locations.all()),
        schedule_text=row.schedule_text,
        schedules=when.schedules,
        plan=when.plan,
        next_dates=when.next_dates,
        phones=_phones(row.phones.all()),
        contacts=tuple(
            ContactView(each.name, each.title, each.department, each.email, _phones(each.phones.all()))
            for each in row.contacts.all()
        ),
        email=row.email,
        website=row.website,
        documents=tuple(each.document for each in row.required_documents.all()),
        waiting_weeks=row.waiting_weeks,
        waiting_on=row.waiting_on,
        capacity=_capacity(row),
        funding=tuple(FundingView(each.source, each.until) for each in row.funding.all()),
        bridge=(row.bridge_from_id, row.bridge_to_id) if row.bridge_from_id and row.bridge_to_id else None,
        verified_on=row.verified_on,
        freshness=freshness_of(row.verified_on, today=clock.day_of(reading.now), months=reading.months),
        translations=tuple(
            TranslationView(each.field, each.language, each.text, TextState(each.state))
            for each in row.translations.all()
        ),
        feed=FeedRef(row.feed.key, row.feed.name, row.feed.address) if row.feed else None,
        is_seed=row.is_seed,
        modified_at=row.modified_at,
        unknown=row.unknown,
    )


def _location(at: ServiceAtLocation) -> LocationView:
    row: Location = at.location
    return LocationView(
        id=row.id,
        name=row.name,
        type=row.location_type,
        street=row.street,
        postcode=row.postcode,
        city=row.city,
        ags=row.municipality_id,
        municipality=row.municipality.name if row.municipality else "",
        latitude=row.latitude,
        longitude=row.longitude,
        point=(row.point.x, row.point.y) if row.point else None,
        transportation=row.transportation,
        accessible=row.accessible,
        accessibility_note=row.accessibility_note,
        note=at.description,
        phones=_phones(row.phones.all()),
    )


def _phones(rows: Iterable[Phone]) -> tuple[PhoneView, ...]:
    return tuple(
        PhoneView(
            f"{row.number}-{row.extension}" if row.extension else row.number,
            row.description,
            tuple(row.languages),
        )
        for row in rows
    )


def _capacity(row: Service) -> CapacityView | None:
    latest = next(iter(row.capacities.all()), None)
    return CapacityView(latest.maximum, latest.available, latest.known_on) if latest else None
