"""What the engine must know of a case: what happened when, and which categories a consent covers; no content."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from lueckenlos.care.cases.models import Record, StageMove
from lueckenlos.commons.privacy import selectors as privacy
from lueckenlos.commons.tasks import selectors as tasks
from lueckenlos.core.actor import Actor
from lueckenlos.core.context import acting_as
from lueckenlos.kernels.pathways import CaseFacts, Event, Happened, Occasion, Pathway

OUTCOME = "outcome-"


def facts(actor: Actor, file: UUID, *, pathway: Pathway, now: datetime) -> CaseFacts:
    """The history of a case for the engine, as far as the actor may know it."""
    with acting_as(actor):
        moves = [
            Happened(Event(Occasion.STAGE, row.to_stage), row.moved_at)
            for row in StageMove.objects.filter(file=file)
        ]
        written = [
            Happened(_event(kind), at, by=str(author or ""))
            for kind, at, author in Record.objects.filter(file=file, is_draft=False).values_list(
                "kind", "happened_at", "author"
            )
        ]
    done = [
        Happened(Event(Occasion.TASK, task.record_kind), task.done_at, by=str(task.owner.person or ""))
        for task in tasks.of_file(actor, file, now=now)
        if task.done_at is not None
    ]
    covered = {
        scope.value.category.value
        for consent in privacy.consents_of(actor, file)
        if consent.is_open(now)
        for scope in consent.scopes
        if scope.ended_at is None
    }
    return CaseFacts(happened=(*moves, *written, *done), consents=frozenset(covered))


def _event(kind: str) -> Event:
    """An outcome's answer is stored as a record whose kind says so."""
    if kind.startswith(OUTCOME):
        return Event(Occasion.OUTCOME, kind.removeprefix(OUTCOME))
    return Event(Occasion.RECORD, kind)
