"""What a family's own person does in their request, by account or with a code: add words, rate the answer, take it back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from django.db import connection

from lueckenlos.care.cases.errors import NoSuchCase
from lueckenlos.care.cases.models import Case
from lueckenlos.care.cases.selectors import pathways as ways
from lueckenlos.care.cases.selectors.facts import OUTCOME
from lueckenlos.care.cases.services.opening import RECEIVER, promise
from lueckenlos.commons.privacy import selectors as privacy
from lueckenlos.commons.privacy import services as consents
from lueckenlos.commons.privacy.errors import judged
from lueckenlos.commons.privacy.types import WithdrawalWay
from lueckenlos.commons.tasks import services as tasks
from lueckenlos.commons.tasks.types import NewTask, Owner, TaskEnd, TaskKind
from lueckenlos.core import audit
from lueckenlos.core.actor import Actor
from lueckenlos.core.context import acting_as, current_actor
from lueckenlos.kernels.pathways import Need, Pathway

CASE_TASK: Final = "case"
WROTE: Final = "Die Familie hat geschrieben."


@dataclass(frozen=True, slots=True)
class Asked:
    """What a task of the team says when a family comes back to its request."""

    what: str
    because: str


def add_words(file: UUID, *, words: str, actor: Actor, now: datetime) -> datetime | None:
    """Add a family's words to its request; by when they are answered. Raises NoSuchCase."""
    with acting_as(actor), judged():
        row = _own_case(file)
        pathway = ways.parsed(row.pathway)
        first = pathway.record_kinds[0].key
        _write(file, kind=first, words=words, fields={"words": words}, back_to=_back_to(pathway, row.stage))
        due_at = promise(pathway, begun=now)
        _ask(row, Asked(f"Anliegen {row.pseudonym} beantworten", WROTE), due_at=due_at, now=now)
        audit.record(
            "cases.own_words.added", subject=f"file/{file}", chain=audit.chain_of(row.organization_id)
        )
    return due_at


def add_note(file: UUID, *, words: str, fields: Mapping[str, str], actor: Actor) -> None:
    """Add what belongs to a request that was just brought, such as an age; it asks nothing of anybody."""
    with acting_as(actor), judged():
        pathway = ways.parsed(_own_case(file).pathway)
        _write(
            file, kind=pathway.record_kinds[0].key, words=words, fields={"words": words, **fields}, back_to=""
        )


def rate_answer(file: UUID, *, question: str, value: str, actor: Actor, now: datetime) -> None:
    """Say whether the answer helped; where it did not, the team has the task to ask again."""
    with acting_as(actor), judged():
        row = _own_case(file)
        pathway = ways.parsed(row.pathway)
        _write(file, kind=f"{OUTCOME}{question}", words="", fields={"value": value}, back_to="")
        if value == "no":
            asked = Asked(
                f"Anliegen {row.pseudonym}: Die Antwort hat nicht geholfen", "Die Antwort hat nicht geholfen."
            )
            _ask(row, asked, due_at=promise(pathway, begun=now), now=now)
        audit.record("cases.answer.rated", subject=f"file/{file}", chain=audit.chain_of(row.organization_id))


def withdraw_request(file: UUID, *, person: UUID, actor: Actor, now: datetime) -> None:
    """Take a request back: it is closed, what was agreed to for it ends, and after thirty days it is erased."""
    with acting_as(actor), judged():
        row = _own_case(file)
        pathway = ways.parsed(row.pathway)
        for consent in privacy.consents_by(actor, person):
            if consent.file == file and consent.given_by == person and consent.is_open(now):
                consents.withdraw(consent.id, way=WithdrawalWay.OWN_PAGE, actor=actor, now=now)
        last = next(stage.key for stage in pathway.stages if stage.is_final)
        with connection.cursor() as cursor:
            cursor.execute("SELECT wall.own_request_withdraw(%s, %s)", [file, last])
        tasks.end_of_file(
            file,
            end=TaskEnd.NOT_NEEDED,
            answer="Die Familie hat ihr Anliegen zurückgezogen.",
            by=RECEIVER,
            now=now,
        )
        audit.record(
            "cases.request.withdrawn", subject=f"file/{file}", chain=audit.chain_of(row.organization_id)
        )


def _own_case(file: UUID) -> Case:
    row = Case.objects.select_related("pathway").filter(file=file).first()
    if row is None:
        raise NoSuchCase
    return row


def _back_to(pathway: Pathway, stage: str) -> str:
    """The first stage, where the request had come to its answer or its end; otherwise it stays where it is."""
    at = pathway.stage_of[stage]
    first = pathway.first_stage
    asks_for_record = any(
        need.need is Need.RECORD and need.key not in {each.key for each in first.requires}
        for need in at.requires
    )
    return first.key if stage != first.key and (at.is_final or asks_for_record) else ""


def _write(file: UUID, *, kind: str, words: str, fields: Mapping[str, str], back_to: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT wall.own_words_add(%s, %s, %s, %s, %s::jsonb, %s)",
            [file, uuid4(), kind, words, json.dumps(dict(fields)), back_to],
        )


def _ask(row: Case, asked: Asked, *, due_at: datetime | None, now: datetime) -> None:
    """Whoever has the request hears of it by the same promise as at first; where nobody has a task, the team gets one."""
    if due_at is None:
        return
    if tasks.bring_forward(row.file_id, due_at=due_at, because=asked.because, by=RECEIVER, now=now):
        return
    file = privacy.file(current_actor(), row.file_id)
    if file is not None and file.unit is not None:
        with acting_as(RECEIVER):
            tasks.create(
                NewTask(
                    organization=row.organization_id,
                    owner=Owner.of_unit(file.unit),
                    what=asked.what,
                    kind=TaskKind.ANSWER,
                    due_at=due_at,
                    file=row.file_id,
                    record=row.file_id,
                    record_kind=CASE_TASK,
                ),
                by=RECEIVER,
                now=now,
            )
