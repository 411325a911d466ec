"""What a case holds about one person, for that person's own page."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Prefetch

from lueckenlos.care.cases.models import Document, Goal, GoalRating
from lueckenlos.care.cases.selectors.cases import document_view
from lueckenlos.care.cases.types import DocumentView, GoalView
from lueckenlos.core.actor import Actor
from lueckenlos.core.context import acting_as


def goals_about(actor: Actor, person: UUID) -> list[GoalView]:
    """The goals of a person with their ratings, open ones first."""
    with acting_as(actor):
        ratings = Prefetch("ratings", GoalRating.objects.order_by("rated_at"))
        rows = Goal.objects.filter(about=person).prefetch_related(ratings).order_by("ended_at", "agreed_at")
        return [
            GoalView(
                id=row.id,
                about=row.about,
                text=row.text,
                agreed_at=row.agreed_at,
                ended_at=row.ended_at,
                ratings=tuple((each.rated_at, each.rated_by, each.value) for each in row.ratings.all()),
                version=row.version,
            )
            for row in rows
        ]


def documents_about(actor: Actor, person: UUID) -> list[DocumentView]:
    """The papers about a person, newest first."""
    with acting_as(actor):
        rows = Document.objects.filter(about=person).order_by("-created_at")
        return [document_view(row) for row in rows]
