"""What a provider and Koordination look after."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from lueckenlos.commons.directory.models import Inquiry, Organization, Service
from lueckenlos.commons.directory.selectors.content import read_row, values_of_row
from lueckenlos.commons.directory.selectors.entries import organization_ref, organization_view, view_of
from lueckenlos.commons.directory.selectors.freshness import freshness_of
from lueckenlos.commons.directory.types import (
    DeskEntry,
    Freshness,
    InquiryReason,
    InquiryState,
    InquiryView,
    OrganizationView,
    ProposalState,
    ServiceStatus,
    ServiceValues,
    ServiceView,
)
from lueckenlos.commons.places import selectors as places
from lueckenlos.core.actor import Actor, Role, ScopeKind

URGENCY = (Freshness.NEVER, Freshness.OVERDUE, Freshness.DUE, Freshness.FRESH)


@dataclass(frozen=True, slots=True)
class EditorsEntry:
    """One entry opened for editing: how families see it, its content and the version that is edited."""

    view: ServiceView
    values: ServiceValues
    publishes: bool


@dataclass(frozen=True, slots=True)
class OrganizationLine:
    """An organization in Koordination's list."""

    view: OrganizationView
    entries: int


def organizations_of(actor: Actor) -> list[OrganizationView]:
    """The own organizations that the actor looks after as a provider, ended ones left out."""
    rows = _organizations().filter(id__in=_own_ids(actor), ended_on__isnull=True)
    return [organization_view(row) for row in rows]


def all_organizations(actor: Actor, *, name: str = "") -> list[OrganizationLine]:
    """Every own organization with its number of entries, for Koordination."""
    if not actor.may(Role.COORDINATION):
        return []
    rows = _organizations().filter(feed__isnull=True, name__icontains=name)
    counted = rows.annotate(
        entries=Count("services", filter=Q(services__status=ServiceStatus.ACTIVE))
    ).order_by("sort_key")
    return [OrganizationLine(organization_view(row), row.entries) for row in counted]


def organization_for(actor: Actor, organization_id: UUID) -> OrganizationView | None:
    """One own organization, if the actor looks after it."""
    row = _organizations().filter(id=organization_id, feed__isnull=True).first()
    if row is None or not _looks_after(actor, row.id):
        return None
    return organization_view(row)


def entries_of(actor: Actor, *, today: date) -> list[DeskEntry]:
    """The entries that a provider looks after, the most urgent first."""
    return _entries(Service.objects.filter(organization__in=_own_ids(actor)), today=today)


def entries_for_coordination(actor: Actor, *, states: Iterable[Freshness], today: date) -> list[DeskEntry]:
    """The county's own entries in these states of freshness, for Koordination."""
    if not actor.may(Role.COORDINATION):
        return []
    wanted = set(states)
    active = Service.objects.filter(status=ServiceStatus.ACTIVE)
    return [entry for entry in _entries(active, today=today) if entry.freshness in wanted]


def entry_for(actor: Actor, key: str, *, now: datetime) -> EditorsEntry | None:
    """One own entry for editing, if the actor looks after it; a neighbour's and a stranger's are None."""
    row = read_row(key)
    if row is None or row.feed_id is not None or not _looks_after(actor, row.organization_id):
        return None
    publishes = actor.may(Role.COORDINATION) or row.organization.is_trusted
    return EditorsEntry(view_of(row, now=now), values_of_row(row), publishes)


def publishes(actor: Actor, organization: OrganizationView) -> bool:
    """Whether what the actor saves for this organization appears at once."""
    return actor.may(Role.COORDINATION) or organization.is_trusted


def inquiries_for(actor: Actor, *, today: date) -> list[InquiryView]:
    """Open reports that entries are no longer true, the most urgent first: all for Koordination, else the own."""
    rows = Inquiry.objects.filter(state=InquiryState.OPEN).select_related("service__organization")
    if not actor.may(Role.COORDINATION):
        rows = rows.filter(service__organization__in=_own_ids(actor))
    return [inquiry_view(row, today=today) for row in rows.order_by("due_on", "reported_at")]


def inquiry_for(actor: Actor, inquiry_id: UUID, *, today: date) -> InquiryView | None:
    """One report, for whoever looks after the entry."""
    row = Inquiry.objects.select_related("service__organization").filter(id=inquiry_id).first()
    if row is None or not _looks_after(actor, row.service.organization_id):
        return None
    return inquiry_view(row, today=today)


def inquiry_view(row: Inquiry, *, today: date) -> InquiryView:
    """Turn a row with its service and organization into the view."""
    is_open = row.state == InquiryState.OPEN
    return InquiryView(
        id=row.id,
        service_key=row.service.key,
        service_name=row.service.name,
        organization=organization_ref(row.service.organization),
        reason=InquiryReason(row.reason),
        text=row.text,
        reported_at=row.reported_at,
        due_on=row.due_on,
        is_late=is_open and row.due_on < today,
        state=InquiryState(row.state),
        answer=row.answer,
    )


def desk_entries(rows: Iterable[Service], *, today: date) -> list[DeskEntry]:
    """Turn rows with their organization into desk lines, the most urgent first."""
    months = places.county().freshness_months
    entries = [_entry(row, today=today, months=months) for row in rows]
    return sorted(entries, key=lambda entry: URGENCY.index(entry.freshness))


def _entries(services: QuerySet[Service], *, today: date) -> list[DeskEntry]:
    rows = (
        services.filter(feed__isnull=True)
        .select_related("organization")
        .annotate(
            waiting=Count("proposals", filter=Q(proposals__state=ProposalState.OPEN), distinct=True),
            doubts=Count("inquiries", filter=Q(inquiries__state=InquiryState.OPEN), distinct=True),
        )
        .order_by("name", "key")
    )
    numbers = {row.key: (row.waiting, row.doubts) for row in rows}
    return [
        replace(entry, open_proposals=numbers[entry.key][0], open_inquiries=numbers[entry.key][1])
        for entry in desk_entries(rows, today=today)
    ]


def _entry(row: Service, *, today: date, months: int) -> DeskEntry:
    ended = row.status != ServiceStatus.ACTIVE
    freshness = Freshness.FRESH if ended else freshness_of(row.verified_on, today=today, months=months)
    return DeskEntry(
        id=row.id,
        key=row.key,
        name=row.name,
        organization=organization_ref(row.organization),
        status=ServiceStatus(row.status),
        verified_on=row.verified_on,
        freshness=freshness,
    )


def _organizations() -> QuerySet[Organization]:
    return Organization.objects.select_related("feed", "predecessor").prefetch_related("phones", "successors")


def _own_ids(actor: Actor) -> list[UUID]:
    return [UUID(scope.key) for scope in actor.scopes(Role.PROVIDER) if scope.kind is ScopeKind.ORGANIZATION]


def _looks_after(actor: Actor, organization_id: UUID) -> bool:
    return actor.may(Role.COORDINATION) or actor.may(Role.PROVIDER, organization=organization_id)
