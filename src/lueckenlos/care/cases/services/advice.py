"""Advice with a pseudonym: the file stays with who asks; the adviser's team learns a number to call back, no more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from lueckenlos.care.advisers.types import AdviserView
from lueckenlos.care.cases.selectors import pathways as ways
from lueckenlos.care.cases.services.opening import NewCase, open_case
from lueckenlos.care.cases.services.records import NewRecord, write_record
from lueckenlos.care.cases.types import Channel, Opened
from lueckenlos.commons.directory import selectors as directory
from lueckenlos.commons.privacy.errors import judged
from lueckenlos.commons.privacy.types import Category
from lueckenlos.commons.tasks import services as tasks
from lueckenlos.commons.tasks.types import NewTask, Owner, TaskKind
from lueckenlos.core.actor import Actor, job
from lueckenlos.core.context import acting_as

# The pathway of advice, and the one that follows where advice is not enough.
ADVICE: Final = "beratung"
ASSESSMENT: Final = "gefaehrdungseinschaetzung"
PSEUDONYM: Final = "pseudonym"
# Tasks for another office than one's own are a job's to make.
MESSENGER: Final = job("case-advice")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAdvice:
    """What somebody worries about, in the pathway's own fields; `phone` is where the adviser calls back."""

    data: Mapping[str, Any]
    unit: UUID | None = None
    phone: str = ""


def reads_requests(adviser: AdviserView | None) -> Owner | None:
    """Who is asked to call back: the adviser's team, else the adviser's own account; nobody without either."""
    if adviser is None:
        return None
    if adviser.unit is not None:
        return Owner.of_unit(adviser.unit)
    return Owner.of_person(adviser.person) if adviser.person is not None else None


def begin_advice(new: NewAdvice, *, adviser: AdviserView | None, actor: Actor, now: datetime) -> Opened:
    """Open the asker's own file and write the question; where a number is given, ask the adviser to call back."""
    kind = ways.newest(ADVICE)[1].record_kinds[0]
    with acting_as(actor), judged():
        opened = open_case(NewCase(pathway=ADVICE, channel=Channel.PAGE, unit=new.unit), actor=actor, now=now)
        write_record(
            opened.file,
            new=NewRecord(
                kind=kind.key,
                category=Category(kind.category),
                about=opened.file,
                happened_at=now,
                data={PSEUDONYM: opened.pseudonym, **new.data},
                is_held_back=True,
            ),
            actor=actor,
            now=now,
        )
        owner = reads_requests(adviser)
        if adviser is not None and owner is not None and new.phone:
            _ask_to_call_back(
                opened, new=new, adviser=adviser, owner=owner, asker=actor.organization, now=now
            )
    return opened


def _ask_to_call_back(
    opened: Opened,
    *,
    new: NewAdvice,
    adviser: AdviserView,
    owner: Owner,
    asker: UUID | None,
    now: datetime,
) -> None:
    """Who, which number, which pseudonym: neither the file nor a word of what it is about goes along."""
    name = directory.organization_names([asker]).get(asker, "") if asker else ""
    with acting_as(MESSENGER):
        tasks.create(
            NewTask(
                organization=adviser.organization,
                owner=owner,
                what=f"{name} zurückrufen: {new.phone}, Beratung „{opened.pseudonym}“"[:300],
                kind=TaskKind.CALL_BACK,
                due_at=opened.due_at or now,
            ),
            by=MESSENGER,
            now=now,
        )
