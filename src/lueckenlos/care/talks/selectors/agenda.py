"""The agenda of a talk: from what all may hear to what few may, and for each only what is theirs to know."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import connection
from django.db.models import Q

from lueckenlos.care.talks.models import CallUp, Item, Result
from lueckenlos.care.talks.selectors.outcomes import result_view
from lueckenlos.care.talks.types import AgeBand, AgendaLine, Hearing, ItemView, OfficeView, Part, TalkView
from lueckenlos.commons.privacy.types import Category
from lueckenlos.core.actor import Actor
from lueckenlos.core.context import acting_as


def agenda(actor: Actor, talk: TalkView, *, offices: Sequence[OfficeView]) -> list[AgendaLine]:
    """What is spoken about in a talk, as far as the actor may know: from items for all to items for few.

    Whoever may not hear the rest can leave, and nothing says that there is a rest: the numbers show no holes.
    """
    with acting_as(actor):
        again = Result.objects.filter(next_talk=talk.id).values("item")
        rows = Item.objects.filter(Q(talk=talk.id) | Q(id__in=again), taken_back_at__isnull=True)
        items = [item_view(row) for row in rows.order_by("created_at", "id")]
        heard = _hearings(items, offices=offices)
        results = {row.item_id: result_view(row) for row in Result.objects.filter(talk=talk.id)}
        called = set(CallUp.objects.filter(talk=talk.id).values_list("item", flat=True))
    lines = [AgendaLine(each, heard[each.id], results.get(each.id), each.id in called) for each in items]
    return sorted(lines, key=lambda line: (-len(line.hearing.hearers), line.item.created_at))


def item(actor: Actor, key: UUID) -> ItemView | None:
    """One item, or nothing where the actor may not know of it."""
    with acting_as(actor):
        row = Item.objects.filter(id=key).first()
    return None if row is None else item_view(row)


def named_items_of(actor: Actor, file: UUID) -> list[ItemView]:
    """The items of a case, newest first."""
    with acting_as(actor):
        return [item_view(row) for row in Item.objects.filter(file=file).order_by("-created_at")]


def hearings(
    actor: Actor, items: Iterable[ItemView], *, offices: Sequence[OfficeView]
) -> dict[UUID, Hearing]:
    """Who of these offices may hear each of these items."""
    with acting_as(actor):
        return _hearings(list(items), offices=offices)


def called_up(actor: Actor, talk: UUID) -> UUID | None:
    """The item that is spoken about now, if the actor may know of it."""
    with acting_as(actor):
        rows = CallUp.objects.filter(talk=talk).order_by("-called_at")
        newest = rows.values_list("item", "ended_at").first()
    return None if newest is None or newest[1] is not None else newest[0]


def item_view(row: Item) -> ItemView:
    """Turn a row into the view."""
    return ItemView(
        id=row.id,
        talk=row.talk_id,
        organization=row.organization_id,
        brought_by=row.brought_by,
        pseudonym=row.pseudonym,
        minutes=row.minutes,
        file=row.file_id,
        about=row.about,
        age_band=AgeBand(row.age_band) if row.age_band else None,
        ags=row.municipality_id,
        field=row.field,
        question=row.question,
        created_at=row.created_at,
        taken_back_at=row.taken_back_at,
        version=row.version,
    )


def _hearings(items: Sequence[ItemView], *, offices: Sequence[OfficeView]) -> dict[UUID, Hearing]:
    named = [each.id for each in items if each.is_named]
    parts: dict[UUID, dict[UUID, set[Part]]] = defaultdict(lambda: defaultdict(set))
    if named:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT item, organization, subject, category FROM wall.talks_hearers(%s::uuid[])", [named]
            )
            for key, organization, subject, category in cursor.fetchall():
                parts[key][organization].add((subject, Category(category)))
    seats = tuple(each.organization for each in offices)
    return {
        each.id: Hearing(
            offices=seats,
            parts={office: frozenset(found) for office, found in parts[each.id].items()},
            bringer=each.organization,
            is_open_to_all=not each.is_named,
        )
        for each in items
    }
