"""What a case holds about one person, for that person's own page."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Prefetch

from lueckenlos.care.cases.models import Document, Goal, GoalRating
from lueckenlos.care.cases.types import DocumentView, GoalView
from lueckenlos.commons.privacy.types import Category
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
        return [
            DocumentView(
                id=row.id,
                file=row.file_id,
                category=Category(row.category),
                about=row.about,
                name=row.name,
                media_type=row.media_type,
                size=row.size,
                stored_as=row.stored_as,
                created_at=row.created_at,
                author=row.author,
            )
            for row in rows
        ]
