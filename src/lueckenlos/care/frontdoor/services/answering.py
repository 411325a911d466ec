"""What the office does with a request: answers, asks back, refers, hands on, closes, opens again."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from lueckenlos.care.cases import calendar
from lueckenlos.care.cases import selectors as cases
from lueckenlos.care.cases import services as deeds
from lueckenlos.care.cases.types import CaseView, RecordView, ReferralMode
from lueckenlos.care.frontdoor.services.telling import tell, way_to
from lueckenlos.care.frontdoor.types import Kind, NewAnswer, NewReferral, Step, Telling
from lueckenlos.commons.accounts import work
from lueckenlos.commons.families import selectors as families
from lueckenlos.commons.privacy import selectors as privacy
from lueckenlos.commons.privacy import services as files
from lueckenlos.commons.privacy.errors import NotYours, person_of
from lueckenlos.commons.privacy.types import Category, Purpose
from lueckenlos.commons.signals import services as signals
from lueckenlos.commons.signals.types import SignalSource
from lueckenlos.commons.tasks import selectors as waiting
from lueckenlos.commons.tasks import services as tasks
from lueckenlos.commons.tasks.types import NewTask, Owner, TaskEnd, TaskKind, TaskView
from lueckenlos.core import clock
from lueckenlos.core.actor import Actor
from lueckenlos.core.context import acting_as

ANSWER_WAITS: Final = "5 working_days"
"""How long the office waits for a family that it has asked something."""
ARRIVED_AFTER: Final = "10 working_days"
APPOINTMENT: Final = "appointment"
ARRIVES: Final = timedelta(microseconds=1)
SHARED: Final = frozenset({Category.CONTACT, Category.SITUATION})
"""What goes along when a request is referred with data, and what the consent must cover."""


def take_over(file: UUID, *, actor: Actor, now: datetime) -> int:
    """Make the open answer of a request one's own task; the file stays the team's, so that others can step in."""
    with acting_as(actor):
        found = [task for task in _answering(file, actor=actor, now=now) if not task.is_mine]
        for task in found:
            tasks.take_over(task.id, by=actor, expected=task.version)
    return len(found)


def hand_over(file: UUID, *, to: Owner, because: str, actor: Actor, now: datetime) -> None:
    """Give a request to a colleague or another team; outside the file's own team the file goes along."""
    with acting_as(actor):
        view = privacy.file(actor, file)
        if view is None:
            raise NotYours
        for task in _answering(file, actor=actor, now=now):
            tasks.hand_to(task.id, owner=to, because=because, by=actor, now=now, expected=task.version)
        team = work.unit(view.unit, now=now) if view.unit else None
        stays = to.unit == view.unit if to.unit else team is not None and to.person in team.members
        if not stays:
            files.assign(file, reason=because, actor=actor, person=to.person, unit=to.unit)


def answer(file: UUID, *, new: NewAnswer, actor: Actor, now: datetime) -> Telling:
    """Write the answer, end the task, make the date a task, and tell the family along its own wishes."""
    with acting_as(actor):
        case, asked = _request(file, actor=actor)
        if cases.record(actor, new.key) is not None:
            return way_to(families.person(actor, asked.about))
        _lead_to_answer(case, actor=actor, now=now)
        record = deeds.write_record(
            file,
            # After the stage that may just have been reached anew: what was said before it does not count.
            new=_record(Kind.ANSWER, asked, _fields(new), now=now + ARRIVES),
            actor=actor,
            now=now,
            key=new.key,
        )
        tasks.end_of_record(file, end=TaskEnd.DONE, answer="Beantwortet", by=actor, now=now)
        if new.appointment is not None:
            _remember(
                case,
                f"Termin mit der Familie ({case.pseudonym})",
                record,
                at=new.appointment,
                by=actor,
                now=now,
            )
        if new.missing is not None:
            signals.count(
                signals.Count(
                    source=SignalSource.COUNSELLOR,
                    reason=new.missing,
                    on=clock.day_of(now),
                    ags=case.ags,
                    language=case.language,
                )
            )
        return tell(case, person=asked.about, record=record, actor=actor, now=now)


def ask_back(file: UUID, *, words: str, key: UUID, actor: Actor, now: datetime) -> Telling:
    """Ask the family something; the task waits for them, and comes back by itself."""
    with acting_as(actor):
        case, asked = _request(file, actor=actor)
        if cases.record(actor, key) is not None:
            return way_to(families.person(actor, asked.about))
        question = _record(Kind.QUESTION, asked, {"words": words}, now=now)
        record = deeds.write_record(file, new=question, actor=actor, now=now, key=key)
        until = calendar.calendar().due(ANSWER_WAITS, now)
        for task in _answering(file, actor=actor, now=now):
            tasks.postpone(
                task.id, until=until, because="Rückfrage gestellt", by=actor, now=now, expected=task.version
            )
        return tell(case, person=asked.about, record=record, actor=actor, now=now)


def refer(file: UUID, *, new: NewReferral, actor: Actor, now: datetime) -> UUID:
    """Send a part of a request on; with data only what a consent covers (NoConsent), else the family goes by itself."""
    with acting_as(actor):
        case, asked = _request(file, actor=actor)
        referral = deeds.propose(
            file,
            new=deeds.NewReferral(
                to_organization=new.organization,
                mode=ReferralMode.VIEW,
                purpose=Purpose.COUNSELLING,
                about=asked.about,
                due_at=calendar.calendar().due(ARRIVED_AFTER, now),
                categories=SHARED if new.with_data else frozenset(),
                service=new.service,
                message=new.message if new.with_data else "",
            ),
            actor=actor,
            now=now,
        )
        part = (
            "Mit Einwilligung: worum es geht, Telefon und Adresse."
            if new.with_data
            else "Nichts. Die Familie meldet sich dort selbst."
        )
        fields = {"to": new.name, "part": part, "keyword": deeds.keyword(referral)}
        deeds.write_record(
            file, new=_record(Kind.REFERRAL, asked, fields, now=now + ARRIVES), actor=actor, now=now
        )
        if new.with_data:
            _go_if_open(case, to=Step.REFERRED, actor=actor, now=now)
    return referral


def close(file: UUID, *, actor: Actor, now: datetime) -> None:
    """Close a request; raises StageNotDone with what is missing, above all the answer."""
    with acting_as(actor):
        case, _asked = _request(file, actor=actor)
        _lead_to_answer(case, actor=actor, now=now)
        way = cases.way(actor, file, now=now)
        if way is None:
            raise NotYours
        deeds.go_on(file, to=Step.CLOSED, expected=way.stage.key, actor=actor, now=now)
        tasks.end_of_record(file, end=TaskEnd.DONE, answer="Abgeschlossen", by=actor, now=now)


def open_again(file: UUID, *, words: str, unit: UUID, actor: Actor, now: datetime) -> None:
    """Take a closed request up again, with what is new about it; its promise of time begins anew."""
    with acting_as(actor):
        case, asked = _request(file, actor=actor)
        deeds.go_on(file, to=Step.INCOMING, expected=case.stage, actor=actor, now=now)
        record = _record(Kind.CONCERN, asked, {"words": words}, now=now + ARRIVES)
        deeds.write_record(file, new=record, actor=actor, now=now)
        way = cases.way(actor, file, now=now)
        due_at = deeds.promise(way.pathway, begun=now) if way else None
        if due_at is not None:
            tasks.create(
                NewTask(
                    organization=case.organization,
                    owner=Owner.of_unit(unit),
                    what=f"Anliegen {case.pseudonym} beantworten",
                    kind=TaskKind.ANSWER,
                    due_at=due_at,
                    file=file,
                    record=file,
                    record_kind="case",
                ),
                by=actor,
                now=now,
            )


def _request(file: UUID, *, actor: Actor) -> tuple[CaseView, RecordView]:
    """The case and the words with which it began; NotYours where the actor may not know of it."""
    case = cases.case(actor, file)
    begun = cases.records_in(actor, [file], kind=Kind.CONCERN)
    if case is None or not begun:
        raise NotYours
    return case, begun[0]


def _answering(file: UUID, *, actor: Actor, now: datetime) -> list[TaskView]:
    open_tasks = waiting.open_of_files(actor, [file], now=now)
    return [task for task in open_tasks if task.record == file and task.kind is TaskKind.ANSWER]


def _lead_to_answer(case: CaseView, *, actor: Actor, now: datetime) -> None:
    """Nobody has to press a button before they answer; what an office has begun to clarify stays as it is."""
    if case.stage == Step.INCOMING:
        _go_if_open(case, to=Step.ANSWERED, actor=actor, now=now)


def _go_if_open(case: CaseView, *, to: Step, actor: Actor, now: datetime) -> None:
    way = cases.way(actor, case.file, now=now)
    if way is not None and not way.missing and to in {stage.key for stage in way.next}:
        deeds.go_on(case.file, to=to, expected=way.stage.key, actor=actor, now=now)


def _record(kind: Kind, asked: RecordView, fields: dict[str, Any], *, now: datetime) -> deeds.NewRecord:
    return deeds.NewRecord(
        kind=kind,
        category=Category.SITUATION if kind in {Kind.CONCERN, Kind.QUESTION} else Category.HELP,
        about=asked.about,
        happened_at=now,
        text=str(fields.get("words", "")),
        data=fields,
    )


def _fields(new: NewAnswer) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "words": new.words,
        "language": new.language,
        "service_keys": list(new.service_keys),
    }
    if new.appointment is not None:
        at = new.appointment
        fields |= {
            "appointment": clock.day_of(at).isoformat(),
            "appointment_hour": f"{at:%H:%M}",
            "appointment_place": new.place,
        }
    return fields


def _remember(case: CaseView, what: str, record: UUID, *, at: datetime, by: Actor, now: datetime) -> None:
    tasks.create(
        NewTask(
            organization=case.organization,
            owner=Owner.of_person(person_of(by)),
            what=what,
            kind=TaskKind.OTHER,
            due_at=at,
            file=case.file,
            record=record,
            record_kind=APPOINTMENT,
        ),
        by=by,
        now=now,
    )
