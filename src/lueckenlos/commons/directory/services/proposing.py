"""Edits of organizations that are not trusted yet wait for Koordination."""

from datetime import datetime
from uuid import UUID

from lueckenlos.commons.directory import notices
from lueckenlos.commons.directory.errors import AlreadyDecided, EditConflict, NoSuchEntry
from lueckenlos.commons.directory.models import Organization, Proposal, Service
from lueckenlos.commons.directory.selectors.content import values_of_row
from lueckenlos.commons.directory.selectors.proposals import merged_values
from lueckenlos.commons.directory.selectors.reminders import find_reminder
from lueckenlos.commons.directory.services.access import (
    demand_coordination,
    demand_editor,
    demand_organization,
)
from lueckenlos.commons.directory.services.editing import add, held_row, store
from lueckenlos.commons.directory.services.writing import demand_known
from lueckenlos.commons.directory.types import Conflict, ProposalState, Proposed, Saved, ServiceValues
from lueckenlos.commons.directory.types.storage import from_record, to_record
from lueckenlos.core import audit, locking
from lueckenlos.core.actor import Actor, link_to
from lueckenlos.core.context import acting_as


def propose(key: str, values: ServiceValues, *, base_version: int, actor: Actor, now: datetime) -> Proposed:
    """Ask Koordination for an edit; a newer one of the same entry takes the place of the one still open."""
    with acting_as(actor):
        row = held_row(key)
        demand_editor(actor, row)
        return _propose(row, values, base_version=base_version, actor=actor, now=now)


def propose_by_link(
    token: str, key: str, *, values: ServiceValues, base_version: int, now: datetime
) -> Proposed:
    """Ask Koordination for an edit by a reminder's link; without a password nothing appears at once."""
    reminder = find_reminder(token, now=now)
    actor = link_to(reminder.id, purpose="vorschlag")
    with acting_as(actor):
        row = held_row(key)
        if not reminder.services.filter(id=row.id).exists():
            raise NoSuchEntry(key)
        return _propose(row, values, base_version=base_version, actor=actor, now=now)


def propose_new(organization_id: UUID, values: ServiceValues, *, actor: Actor, now: datetime) -> Proposed:
    """Ask Koordination for a new entry; the same asked twice is one."""
    with acting_as(actor):
        organization = Organization.objects.get(id=organization_id)
        demand_organization(actor, organization)
        demand_known(values)
        locking.hold(f"directory proposals {organization.id}")
        record = to_record(values)
        open_ones = Proposal.objects.filter(organization=organization, service=None, state=ProposalState.OPEN)
        same = next((each for each in open_ones if each.values == record), None)
        if same is not None:
            return Proposed(same.id)
        proposal = Proposal.objects.create(
            organization=organization, values=record, proposed_at=now, proposed_by=actor.person_id
        )
        notices.proposal_arrived(proposal)
        return Proposed(proposal.id)


def accept_proposal(
    proposal_id: UUID, *, seen_version: int, answer: str, actor: Actor, now: datetime
) -> Saved:
    """Take a proposal over: only what it changes, on top of the entry as Koordination saw it."""
    with acting_as(actor):
        proposal = _held(proposal_id)
        demand_coordination(actor, proposal.organization)
        wanted = from_record(proposal.values)
        if proposal.service is None:
            saved = add(proposal.organization, values=wanted, deed="accepted", actor=actor, now=now)
        else:
            row = held_row(proposal.service.key)
            current = values_of_row(row)
            merged = merged_values(proposal, row_now=row)
            if row.version != seen_version:
                raise EditConflict(Conflict(row.key, row.version, base=current, theirs=current, mine=merged))
            saved = store(row, old=current, new=merged, deed="accepted", actor=actor, now=now)
        _decide(proposal, state=ProposalState.ACCEPTED, answer=answer, actor=actor, now=now)
        Proposal.objects.filter(id=proposal.id).update(service=saved.service_id)
        if proposal.source_key is not None:
            # A table asked for this: its next version shall know the entry again.
            Service.objects.filter(id=saved.service_id).update(
                source_key=proposal.source_key,
                source_digest=proposal.source_digest,
                source_version=saved.version,
            )
        return saved


def reject_proposal(proposal_id: UUID, *, answer: str, actor: Actor, now: datetime) -> None:
    """Turn a proposal down; the provider reads why."""
    with acting_as(actor):
        proposal = _held(proposal_id)
        demand_coordination(actor, proposal.organization)
        _decide(proposal, state=ProposalState.REJECTED, answer=answer, actor=actor, now=now)


def _propose(
    row: Service, values: ServiceValues, *, base_version: int, actor: Actor, now: datetime
) -> Proposed:
    demand_known(values)
    record = to_record(values)
    waiting = list(Proposal.objects.filter(service=row, state=ProposalState.OPEN))
    same = next((each for each in waiting if each.values == record), None)
    if same is not None:
        return Proposed(same.id)
    older = Proposal.objects.filter(id__in=[each.id for each in waiting])
    older.update(state=ProposalState.WITHDRAWN, decided_at=now)
    proposal = Proposal.objects.create(
        organization=row.organization,
        service=row,
        base_version=base_version,
        values=record,
        proposed_at=now,
        proposed_by=actor.person_id,
    )
    notices.proposal_arrived(proposal)
    return Proposed(proposal.id)


def _held(proposal_id: UUID) -> Proposal:
    proposal = (
        Proposal.objects.select_for_update(of=("self",))
        .select_related("organization", "service")
        .get(id=proposal_id)
    )
    if proposal.state != ProposalState.OPEN:
        raise AlreadyDecided(proposal_id)
    return proposal


def _decide(proposal: Proposal, *, state: ProposalState, answer: str, actor: Actor, now: datetime) -> None:
    proposal.state = state
    proposal.answer = answer
    proposal.decided_at = now
    proposal.decided_by = actor.person_id
    proposal.save(update_fields=["state", "answer", "decided_at", "decided_by"])
    audit.record(f"directory.proposal.{state.value}", subject=f"proposal/{proposal.id}")
    notices.proposal_decided(proposal)
