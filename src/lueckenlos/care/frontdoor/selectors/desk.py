"""What waits for the team, most urgent first, and what it has counted."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from lueckenlos.care.cases import selectors as cases
from lueckenlos.care.cases.types import CaseView, RecordView
from lueckenlos.care.frontdoor.types import Kind, Receiver, Waiting, Who
from lueckenlos.commons.places import selectors as places
from lueckenlos.commons.tasks import selectors as tasks
from lueckenlos.commons.tasks.types import TaskKind
from lueckenlos.core.actor import Actor
from lueckenlos.kernels import crisis

RECENT: Final = timedelta(days=14)


def waiting(actor: Actor, *, receiver: Receiver, now: datetime) -> list[Waiting]:
    """The team's running requests: danger first, then by the day of the answer; what needs none now comes last."""
    found = [
        case
        for case in cases.running(actor, pathway=receiver.pathway)
        if case.organization == receiver.organization
    ]
    files = [case.file for case in found]
    open_tasks = tasks.open_of_files(actor, files, now=now)
    answering = {task.file: task for task in reversed(open_tasks) if task.kind is TaskKind.ANSWER}
    words: dict[UUID, list[RecordView]] = defaultdict(list)
    for record in cases.records_in(actor, files, kind=Kind.CONCERN):
        words[record.file].append(record)
    towns = {place.ags: place.name for place in places.municipalities()}
    lines = [
        Waiting(
            case=case,
            place=towns.get(case.ags or "", ""),
            who=_who(words[case.file]),
            dangers=crisis.detect(" ".join(record.words for record in words[case.file])),
            says_danger=any(record.data.get("danger") == "yes" for record in words[case.file]),
            task=answering.get(case.file),
        )
        for case in found
    ]
    return sorted(lines, key=lambda line: (line.task is None, not line.is_danger, _due(line)))


def recently_closed(actor: Actor, *, receiver: Receiver, now: datetime) -> list[CaseView]:
    """What was closed in the last two weeks, to open it again or to look something up."""
    found = cases.closed_since(actor, now - RECENT, pathway=receiver.pathway)
    return [case for case in found if case.organization == receiver.organization]


def _who(records: list[RecordView]) -> Who | None:
    for record in records:
        try:
            return Who(record.data.get("who", ""))
        except ValueError:
            continue
    return None


def _due(line: Waiting) -> datetime:
    return line.task.due_at if line.task else line.case.opened_at
