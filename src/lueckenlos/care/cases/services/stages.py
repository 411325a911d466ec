"""How a case goes on and ends: along its pathway, never past what must be there."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from lueckenlos.care.cases.errors import NoSuchWay, NotTheirs, StageNotDone
from lueckenlos.care.cases.models import Case, StageMove
from lueckenlos.care.cases.selectors import facts as known
from lueckenlos.care.cases.selectors import pathways as ways
from lueckenlos.care.cases.services import promises
from lueckenlos.care.cases.services.records import case_row
from lueckenlos.commons.privacy import services as privacy
from lueckenlos.commons.privacy.errors import judged
from lueckenlos.commons.privacy.types import YEARS_KEPT, RetentionClass
from lueckenlos.core import audit
from lueckenlos.core.actor import Actor
from lueckenlos.core.context import acting_as
from lueckenlos.kernels import pathways
from lueckenlos.kernels.pathways import Event, Occasion

YEAR: Final = timedelta(days=365.25)


def go_on(file: UUID, *, to: str, expected: str, actor: Actor, now: datetime) -> None:
    """Take a case to the next stage; the last one closes it and sets the day on which it is erased.

    `expected` is the stage that the actor saw. Raises StageNotDone, NoSuchWay, NotTheirs.
    """
    with acting_as(actor), judged():
        row = case_row(file)
        pathway = ways.parsed(row.pathway)
        if row.stage != expected:
            raise NoSuchWay(expected, to=to)
        if not pathways.may_act(pathway, stage=row.stage, roles={role.value for role in actor.roles}):
            raise NotTheirs
        facts = known.facts(actor, file, pathway=pathway, now=now)
        missing = ways.still_needed(row.pathway, stage=row.stage, facts=facts)
        if missing:
            raise StageNotDone(missing)
        if to not in {step.stage for step in pathway.stage_of[row.stage].next}:
            raise NoSuchWay(row.stage, to=to)
        ends = pathway.stage_of[to].is_final
        moved = Case.objects.filter(file=file, stage=expected).update(
            stage=to, closed_at=now if ends else None
        )
        if not moved:
            raise NoSuchWay(expected, to=to)
        StageMove.objects.create(
            file_id=file, from_stage=expected, to_stage=to, moved_at=now, moved_by=actor.person_id
        )
        audit.record("cases.stage.reached", subject=f"file/{file}", details={"stage": to})
        promises.follow(file, event=Event(Occasion.STAGE, to), pathway=pathway, actor=actor, now=now)
        if pathway.stage_of[expected].is_final and not ends:
            privacy.reopen_file(file, actor=actor)
        if ends:
            kept = RetentionClass(pathway.retention_class)
            privacy.close_file(file, erase_after=now + YEARS_KEPT[kept] * YEAR, actor=actor, now=now)
