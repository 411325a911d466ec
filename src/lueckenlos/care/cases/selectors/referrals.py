"""Referrals, for who sent them and who received them."""

from __future__ import annotations

from uuid import UUID

from lueckenlos.care.cases.models import Referral
from lueckenlos.care.cases.types import ReferralMode, ReferralState, ReferralView
from lueckenlos.commons.privacy.types import Category, Purpose
from lueckenlos.core.actor import Actor
from lueckenlos.core.context import acting_as

OPEN = tuple(state.value for state in ReferralState if state.is_open)


def of_file(actor: Actor, file: UUID) -> list[ReferralView]:
    """The referrals of a case, newest first."""
    with acting_as(actor):
        return [_view(row) for row in Referral.objects.filter(file=file).order_by("-proposed_at")]


def received(actor: Actor) -> list[ReferralView]:
    """What came to the actor's organization for the purpose they act for, open ones first by day."""
    if actor.organization is None:
        return []
    with acting_as(actor):
        rows = Referral.objects.filter(to_organization=actor.organization)
        return [_view(row) for row in rows.order_by("ended_at", "due_at", "-proposed_at")]


def referral(actor: Actor, key: UUID) -> ReferralView | None:
    """One referral, or nothing."""
    with acting_as(actor):
        row = Referral.objects.filter(id=key).first()
    return None if row is None else _view(row)


def _view(row: Referral) -> ReferralView:
    return ReferralView(
        id=row.id,
        file=row.file_id,
        organization=row.organization_id,
        to_organization=row.to_organization_id,
        service=row.service,
        mode=ReferralMode(row.mode),
        state=ReferralState(row.state),
        purpose=Purpose(row.purpose),
        categories=tuple(Category(each) for each in row.categories),
        about=row.about,
        message=row.message,
        answer=row.answer,
        reason=row.reason,
        due_at=row.due_at,
        proposed_at=row.proposed_at,
        answered_at=row.answered_at,
        ended_at=row.ended_at,
    )
