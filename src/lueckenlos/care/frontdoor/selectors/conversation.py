"""A family's own requests: what they wrote, what the office answered, what comes next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from lueckenlos.care.cases import selectors as cases
from lueckenlos.care.cases.selectors import pathways as ways
from lueckenlos.care.cases.selectors.facts import OUTCOME
from lueckenlos.care.cases.services import promise
from lueckenlos.care.cases.types import CaseView, RecordView
from lueckenlos.care.frontdoor.types import HELPED, PATHWAY, Conversation, Helped, Kind, Message, Side
from lueckenlos.commons.families import selectors as families
from lueckenlos.commons.privacy import selectors as privacy
from lueckenlos.core.actor import Actor
from lueckenlos.kernels.pathways import Pathway

SHOWN_BY_OFFICE = frozenset({Kind.ANSWER, Kind.QUESTION, Kind.REFERRAL})


def conversations(own: Actor, *, pathway: str = PATHWAY) -> list[Conversation]:
    """Every request of the family's person who asks, running ones first."""
    person = families.own_person(own)
    if person is None:
        return []
    by_file: dict[UUID, list[RecordView]] = defaultdict(list)
    for record in reversed(cases.records_about(own, person)):
        by_file[record.file].append(record)
    return [
        replace(_conversation(case, by_file[case.file], pathway=way), is_own=_is_own(own, case.file))
        for case in cases.cases(own)
        if case.pathway == pathway
        if (way := ways.version(case.pathway, case.pathway_version)) is not None
    ]


def dialogue(records: Iterable[RecordView]) -> tuple[Message, ...]:
    """What both sides said, oldest first; notes and outcomes are left out."""
    found = (_message(record) for record in records)
    return tuple(message for message in found if message is not None)


def _conversation(case: CaseView, records: list[RecordView], *, pathway: Pathway) -> Conversation:
    shown = {kind.key for kind in pathway.record_kinds if kind.is_shown_to_family}
    messages = dialogue(record for record in records if record.kind in shown)
    answers = [message.at for message in messages if message.kind == Kind.ANSWER]
    asked = [message.at for message in messages if message.kind == Kind.CONCERN]
    waits = bool(asked) and (not answers or max(asked) > max(answers)) and case.closed_at is None
    return Conversation(
        case=case,
        messages=messages,
        due_at=promise(pathway, begun=_asked_last(asked, answers)) if waits else None,
        is_answered=bool(answers) and not waits,
        helped=_helped(records, since=max(answers)) if answers else None,
    )


def _is_own(own: Actor, file: UUID) -> bool:
    """A young person's own advice: these pages say "du"."""
    view = privacy.file(own, file)
    return view is not None and view.own_of is not None


def _asked_last(asked: list[datetime], answers: list[datetime]) -> datetime:
    """The first words since the last answer: writing a second time does not put the promise off."""
    last = max(answers) if answers else None
    return min(at for at in asked if last is None or at > last)


def _helped(records: list[RecordView], *, since: datetime) -> Helped | None:
    said = [
        record.data.get("value", "")
        for record in records
        if record.kind == f"{OUTCOME}{HELPED}" and record.happened_at > since
    ]
    try:
        return Helped(said[-1]) if said else None
    except ValueError:
        return None


def _message(record: RecordView) -> Message | None:
    if record.kind == Kind.CONCERN:
        return Message(Side.FAMILY, record.kind, record.words or _text(record), record.happened_at)
    if record.kind not in SHOWN_BY_OFFICE:
        return None
    data = record.data
    return Message(
        side=Side.OFFICE,
        kind=record.kind,
        words=_text(record),
        at=record.happened_at,
        language=str(data.get("language", "de")),
        service_keys=tuple(str(key) for key in _list(data.get("service_keys"))),
        day=_day(data.get("appointment")),
        hour=str(data.get("appointment_hour", "")),
        place=str(data.get("appointment_place", "")),
        keyword=str(data.get("keyword", "")),
        to=str(data.get("to", "")),
    )


def _text(record: RecordView) -> str:
    return record.text or str(record.data.get("words", ""))


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None
