"""Steps for the protection of a child, as whoever has the file and whoever they name may know them."""

from __future__ import annotations

from uuid import UUID

from lueckenlos.commons.privacy.models import ProtectionStep
from lueckenlos.commons.privacy.types import Category, LegalBasis, Purpose, StepView
from lueckenlos.core.actor import Actor
from lueckenlos.core.context import acting_as


def protection_steps(actor: Actor, file: UUID) -> list[StepView]:
    """The steps of a file, newest first: all of them for whoever has it, to others those that name them."""
    with acting_as(actor):
        rows = ProtectionStep.objects.filter(file_id=file)
        return [_step(row) for row in rows.order_by("-since", "id")]


def protection_step(actor: Actor, key: UUID) -> StepView | None:
    """One step, or nothing."""
    with acting_as(actor):
        row = ProtectionStep.objects.filter(id=key).first()
    return None if row is None else _step(row)


def protection_steps_to_me(actor: Actor) -> list[StepView]:
    """What was reported to the actor's organization and still stands open to it, newest first."""
    if actor.organization is None or actor.purpose != Purpose.PROTECTION:
        return []
    with acting_as(actor):
        rows = ProtectionStep.objects.filter(organization_id=actor.organization)
        return [_step(row) for row in rows.order_by("-since", "id")]


def _step(row: ProtectionStep) -> StepView:
    return StepView(
        id=row.id,
        file=row.file_id,
        organization=row.organization_id,
        subject=row.subject,
        legal_basis=LegalBasis(row.legal_basis),
        reason=row.reason,
        second_person=row.second_person,
        late_reason=row.late_reason,
        categories=tuple(Category(each) for each in row.categories),
        since=row.since,
        until=row.until,
        recorded_by=row.recorded_by,
    )
