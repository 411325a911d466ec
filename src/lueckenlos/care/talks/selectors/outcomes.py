"""What came of items: results, and who does what until when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from lueckenlos.care.talks.models import Agreement, Result
from lueckenlos.care.talks.types import AgreementView, Outcome, ResultView
from lueckenlos.commons.tasks.types import TaskEnd
from lueckenlos.core import clock
from lueckenlos.core.actor import Actor
from lueckenlos.core.context import acting_as


def results(actor: Actor, item: UUID) -> list[ResultView]:
    """What came of an item, talk by talk, newest first."""
    with acting_as(actor):
        return [result_view(row) for row in Result.objects.filter(item=item).order_by("-recorded_at")]


def results_of_talk(actor: Actor, talk: UUID) -> dict[UUID, ResultView]:
    """What came of the items of a talk, by item."""
    with acting_as(actor):
        return {row.item_id: result_view(row) for row in Result.objects.filter(talk=talk)}


def agreements(actor: Actor, item: UUID) -> list[AgreementView]:
    """What was agreed about an item, by day."""
    with acting_as(actor):
        return _views(Agreement.objects.filter(item=item).order_by("due_at", "id"))


def agreements_of_talk(actor: Actor, talk: UUID) -> list[AgreementView]:
    """What was agreed in a talk, by day."""
    with acting_as(actor):
        return _views(Agreement.objects.filter(talk=talk).order_by("due_at", "id"))


def open_agreements(actor: Actor, series: UUID, *, before: datetime) -> list[AgreementView]:
    """What was agreed in earlier talks of a series and is not done yet, by day."""
    with acting_as(actor):
        rows = Agreement.objects.filter(talk__series=series, talk__starts_at__lt=before)
        return [each for each in _views(rows.order_by("due_at", "id")) if each.is_open]


def result_view(row: Result) -> ResultView:
    """Turn a row into the view."""
    return ResultView(
        id=row.id,
        item=row.item_id,
        talk=row.talk_id,
        outcome=Outcome(row.outcome),
        text=row.text,
        next_talk=row.next_talk_id,
        recorded_at=row.recorded_at.astimezone(clock.zone()),
        version=row.version,
    )


def _views(rows: Iterable[Agreement]) -> list[AgreementView]:
    found = list(rows)
    ends = _ends([row.id for row in found])
    return [_view(row, ends.get(row.id)) for row in found]


def _ends(keys: list[UUID]) -> dict[UUID, tuple[Any, ...]]:
    """How the tasks of agreements stand, which lie on the desks of others."""
    if not keys:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            'SELECT agreement, "end", done_at, due_at FROM wall.talks_task_ends(%s::uuid[])', [keys]
        )
        return {row[0]: row[1:] for row in cursor.fetchall()}


def _view(row: Agreement, task: tuple[Any, ...] | None) -> AgreementView:
    end, done_at, due_at = task or ("", None, row.due_at)
    return AgreementView(
        id=row.id,
        item=row.item_id,
        talk=row.talk_id,
        organization=row.organization_id,
        person=row.person,
        what=row.what,
        due_at=due_at.astimezone(clock.zone()),
        end=TaskEnd(end) if end else None,
        done_at=done_at,
    )
