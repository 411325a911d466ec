"""What providers have proposed, side by side with what stands."""

from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from lueckenlos.commons.directory.models import Proposal, Service
from lueckenlos.commons.directory.selectors.catalog import catalog
from lueckenlos.commons.directory.selectors.content import read_row, values_at, values_of_row
from lueckenlos.commons.directory.selectors.entries import organization_ref
from lueckenlos.commons.directory.types import Catalog, Difference, ProposalState, ProposalView, ServiceValues
from lueckenlos.commons.directory.types.storage import difference, from_record, with_record
from lueckenlos.commons.directory.wording import differences
from lueckenlos.core import clock
from lueckenlos.core.actor import Actor, Role, ScopeKind


def open_proposals(actor: Actor) -> list[ProposalView]:
    """What waits for Koordination, oldest first; nobody else sees it."""
    if not actor.may(Role.COORDINATION):
        return []
    words = catalog()
    return [_view(each, words=words) for each in _rows().filter(state=ProposalState.OPEN)]


def open_proposal_count(actor: Actor) -> int:
    """How many wait, for the desk."""
    return Proposal.objects.filter(state=ProposalState.OPEN).count() if actor.may(Role.COORDINATION) else 0


def proposal(proposal_id: UUID, *, actor: Actor) -> ProposalView | None:
    """One proposal, for Koordination and for whoever looks after the organization."""
    row = _rows().filter(id=proposal_id).first()
    if row is None or not _may_see(actor, row):
        return None
    return _view(row, words=catalog())


def proposals_of(actor: Actor, *, since: date) -> list[ProposalView]:
    """A provider's own proposals: the open ones and those decided since a day."""
    organizations = [
        UUID(scope.key) for scope in actor.scopes(Role.PROVIDER) if scope.kind is ScopeKind.ORGANIZATION
    ]
    rows = _rows().filter(organization_id__in=organizations).exclude(state=ProposalState.WITHDRAWN)
    words = catalog()
    return [
        _view(each, words=words)
        for each in rows.order_by("-proposed_at")
        if each.decided_at is None or clock.day_of(each.decided_at) >= since
    ]


def merged_values(row: Proposal, *, row_now: Service) -> ServiceValues:
    """The entry as it stands with only that replaced which the proposal changes against its own base."""
    current = values_of_row(row_now)
    base = values_at(row_now, version=row.base_version) if row.base_version is not None else current
    _before, wanted = difference(base, from_record(row.values))
    return with_record(current, wanted)


def _rows() -> "QuerySet[Proposal]":
    return Proposal.objects.select_related("organization", "service")


def _may_see(actor: Actor, row: Proposal) -> bool:
    return actor.may(Role.COORDINATION) or actor.may(Role.PROVIDER, organization=row.organization_id)


def _view(row: Proposal, *, words: Catalog) -> ProposalView:
    entry = read_row(row.service.key) if row.service and row.state == ProposalState.OPEN else None
    return ProposalView(
        id=row.id,
        organization=organization_ref(row.organization),
        service_key=row.service.key if row.service else None,
        name=str(row.values.get("name", "")),
        state=ProposalState(row.state),
        proposed_at=row.proposed_at,
        decided_at=row.decided_at,
        answer=row.answer,
        base_version=row.base_version,
        seen_version=entry.version if entry else 0,
        is_stale=entry is not None and entry.version != row.base_version,
        differences=_differences(row, entry=entry, words=words),
    )


def _differences(row: Proposal, *, entry: Service | None, words: Catalog) -> tuple[Difference, ...]:
    if entry is None:
        return differences(None, row.values, catalog=words) if row.service is None else ()
    before, after = difference(values_of_row(entry), merged_values(row, row_now=entry))
    return differences(before, after, catalog=words)
