"""What people ask for their own data, and which offices keep something about them."""

from __future__ import annotations

from uuid import UUID

from django.db import connection

from lueckenlos.commons.privacy.models import RightsRequest
from lueckenlos.commons.privacy.rights import OfficeView, RightKind, RightOutcome, RightView
from lueckenlos.core.actor import Actor
from lueckenlos.core.context import acting_as


def own_offices(actor: Actor) -> list[OfficeView]:
    """The offices that keep something about the family's person who asks; not those of others' own advice."""
    with acting_as(actor), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM wall.own_offices()")
        return [OfficeView(*row) for row in cursor.fetchall()]


def rights_of(actor: Actor, person: UUID) -> list[RightView]:
    """What a person asked for, newest first; for their own page."""
    with acting_as(actor):
        return [_right(row) for row in RightsRequest.objects.filter(person=person).order_by("-asked_at")]


def rights(actor: Actor) -> list[RightView]:
    """What anybody asked for whose wishes the actor may know, open ones first by day; for data protection."""
    with acting_as(actor):
        rows = RightsRequest.objects.order_by("-answered_at", "due_at")
        return sorted((_right(row) for row in rows), key=lambda each: (not each.is_open, each.due_at))


def right(actor: Actor, key: UUID) -> RightView | None:
    """One wish, or nothing."""
    with acting_as(actor):
        row = RightsRequest.objects.filter(id=key).first()
    return None if row is None else _right(row)


def _right(row: RightsRequest) -> RightView:
    return RightView(
        id=row.id,
        person=row.person,
        kind=RightKind(row.kind),
        text=row.text,
        language=row.language,
        asked_at=row.asked_at,
        due_at=row.due_at,
        outcome=RightOutcome(row.outcome) if row.outcome else None,
        answer=row.answer,
        answered_at=row.answered_at,
    )
