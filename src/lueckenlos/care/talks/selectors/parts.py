"""What is to be heard about a case, part by part, and who is in the room beside it."""

from __future__ import annotations

from uuid import UUID

from django.db import connection

from lueckenlos.care.talks.models import Contribution
from lueckenlos.care.talks.types import ContributionView, OwnTalk, Seated, Voice
from lueckenlos.commons.privacy.types import Category
from lueckenlos.core.actor import Actor
from lueckenlos.core.context import acting_as


def contributions(actor: Actor, item: UUID) -> list[ContributionView]:
    """What is said about a case as far as it is open to the actor: the family's own words first."""
    with acting_as(actor):
        rows = Contribution.objects.filter(item=item).order_by("created_at", "id")
        found = [_view(row) for row in rows]
    return sorted(found, key=lambda each: (each.voice is not Voice.FAMILY, not each.is_of_file))


def contribution(actor: Actor, key: UUID) -> ContributionView | None:
    """One contribution, or nothing."""
    with acting_as(actor):
        row = Contribution.objects.filter(id=key).first()
    return None if row is None else _view(row)


def about_person(actor: Actor, person: UUID) -> list[ContributionView]:
    """What was contributed about a person, for their own page, newest first."""
    with acting_as(actor):
        return [_view(row) for row in Contribution.objects.filter(about=person).order_by("-created_at")]


def own_talks(actor: Actor) -> list[OwnTalk]:
    """The talks ahead about the family's person who asks, or about a child in their custody."""
    with acting_as(actor), connection.cursor() as cursor:
        cursor.execute("SELECT item, about, starts_at, words FROM wall.talks_own_items()")
        return [OwnTalk(*row) for row in cursor.fetchall()]


def room(actor: Actor, item: UUID, *, talk: UUID) -> list[Seated]:
    """Who is in the room beside an item; nobody is told where the actor may not know of the item."""
    with acting_as(actor), connection.cursor() as cursor:
        cursor.execute("SELECT person, organization, knows_all FROM wall.talks_room(%s, %s)", [item, talk])
        return [Seated(*row) for row in cursor.fetchall()]


def _view(row: Contribution) -> ContributionView:
    return ContributionView(
        id=row.id,
        item=row.item_id,
        organization=row.organization_id,
        is_of_file=row.is_of_file,
        voice=Voice(row.voice),
        category=Category(row.category),
        about=row.about,
        text=row.text,
        author=row.author,
        created_at=row.created_at,
        version=row.version,
    )
