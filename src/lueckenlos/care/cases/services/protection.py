"""A report of a child in danger: four eyes, its ground and reason, the receipt, and the two answers that the law allows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from lueckenlos.care.cases.calendar import calendar
from lueckenlos.care.cases.errors import NoSuchCase
from lueckenlos.care.cases.models import ReportFeedback, ReportReceipt
from lueckenlos.care.cases.selectors import pathways as ways
from lueckenlos.care.cases.selectors.protection import Competent, report
from lueckenlos.care.cases.services.records import NewRecord, case_row, write_record
from lueckenlos.care.cases.types import ReportView
from lueckenlos.commons.directory import selectors as directory
from lueckenlos.commons.privacy import selectors as privacy_known
from lueckenlos.commons.privacy import services as privacy
from lueckenlos.commons.privacy.errors import NotYours, judged, person_of
from lueckenlos.commons.privacy.types import Category, LegalBasis, Purpose
from lueckenlos.commons.tasks import services as tasks
from lueckenlos.commons.tasks.types import NewTask, Owner, TaskEnd, TaskKind
from lueckenlos.core import audit
from lueckenlos.core.actor import Actor, job
from lueckenlos.core.context import acting_as
from lueckenlos.kernels.pathways import Pathway, RecordKind

# Tasks for another office than one's own are a job's to make.
MESSENGER: Final = job("case-report")
STEP_TASK: Final = "protection_step"
# A pathway for the protection of a child says by these keys what a report holds, and what waits for its receipt.
REPORT: Final = "report"
RECEIPT: Final = "receipt"
CONFIRM_WITHIN: Final = "1 working_day"
FEEDBACK_TASK: Final = "protection"
READ_WITHIN: Final = timedelta(days=3)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReport:
    """About whom, on which ground, why, what is opened until when; a second professional, or why it could not wait.

    `data` fills the pathway's own kind of report, `about` whom that record is about.
    """

    subjects: frozenset[UUID]
    legal_basis: LegalBasis
    reason: str
    categories: frozenset[Category]
    until: datetime
    second_person: UUID | None = None
    late_reason: str = ""
    about: UUID | None = None
    data: Mapping[str, Any] = field(default_factory=dict)


def report_kind(pathway: Pathway) -> RecordKind | None:
    """What a report holds on this pathway; nothing where it is not a pathway of protection."""
    return pathway.record_kind_of.get(REPORT) if pathway.purpose == Purpose.PROTECTION else None


def report_danger(file: UUID, *, new: NewReport, to: Competent, actor: Actor, now: datetime) -> UUID:
    """Open what the youth office must know for the protection of a child, and give it the task to confirm.

    Without anybody there who reads it in this house: NotYours; the page says so before, with the number to ring.
    """
    if to.organization is None or to.owner is None or not new.subjects:
        raise NotYours
    with acting_as(actor), judged():
        case = case_row(file)
        kind = report_kind(ways.parsed(case.pathway))
        if kind is not None:
            _write(file, kind=kind, new=new, actor=actor, now=now)
        lead = min(
            (
                privacy.record_protection_step(
                    file,
                    new=privacy.NewStep(
                        organization=to.organization,
                        subject=subject,
                        legal_basis=new.legal_basis,
                        reason=new.reason,
                        categories=new.categories,
                        until=new.until,
                        second_person=new.second_person,
                        late_reason=new.late_reason,
                    ),
                    actor=actor,
                    now=now,
                )
                for subject in sorted(new.subjects)
            ),
            key=str,
        )
        _tell_office(lead, to=to, by=case.organization_id, now=now)
        if kind is None:
            _remember(lead, file=file, actor=actor, now=now)
    return lead


def confirm_receipt(key: UUID, *, actor: Actor, now: datetime) -> None:
    """The youth office has the report; whoever made it need no longer ask, and sees when it was confirmed."""
    with acting_as(actor), judged():
        found = _found(actor, key)
        if found.received_at is not None:
            return
        ReportReceipt.objects.create(
            file_id=found.file,
            step_id=key,
            organization_id=found.organization,
            confirmed_by=person_of(actor),
            confirmed_at=now,
        )
        name = directory.organization_names([found.organization]).get(found.organization, "")
        said = f"Eingang bestätigt: {name}"
        tasks.end_of_record(key, end=TaskEnd.DONE, answer=said, by=MESSENGER, now=now)
        tasks.end_of_kind(
            found.file, record_kind=RECEIPT, end=TaskEnd.DONE, answer=said, by=MESSENGER, now=now
        )
        audit.record(
            "cases.report.received", subject=f"file/{found.file}", details={"step": str(key)}
        )  # fmt: skip


def give_feedback(key: UUID, *, is_confirmed: bool, is_acting: bool, actor: Actor, now: datetime) -> None:
    """Give the two answers of § 64 (4) SGB VIII, once; only to who reported under § 4 (1) KKG."""
    with acting_as(actor), judged():
        found = _found(actor, key)
        if not found.may_be_answered or found.feedback is not None:
            raise NotYours
        ReportFeedback.objects.create(
            file_id=found.file,
            step_id=key,
            organization_id=found.organization,
            is_confirmed=is_confirmed,
            is_acting=is_acting,
            given_by=person_of(actor),
            given_at=now,
        )
        _tell_reporter(found, actor=actor, now=now)
        audit.record(
            "cases.report.answered", subject=f"file/{found.file}", details={"step": str(key)}
        )  # fmt: skip


def _found(actor: Actor, key: UUID) -> ReportView:
    found = report(actor, key)
    if found is None or found.organization != actor.organization:
        raise NoSuchCase
    return found


def _write(file: UUID, *, kind: RecordKind, new: NewReport, actor: Actor, now: datetime) -> None:
    """The report stands in the file as its pathway asks; that begins the promise to ask for the receipt."""
    write_record(
        file,
        new=NewRecord(
            kind=kind.key,
            category=Category(kind.category),
            about=new.about or file,
            happened_at=now,
            data=new.data,
            is_held_back=True,
        ),
        actor=actor,
        now=now,
    )


def _remember(step: UUID, *, file: UUID, actor: Actor, now: datetime) -> None:
    """Where no pathway promises it: whoever reported asks for the receipt."""
    tasks.create(
        NewTask(
            organization=actor.organization,
            owner=Owner.of_person(person_of(actor)),
            what="Nachfragen, ob das Jugendamt die Mitteilung hat",
            kind=TaskKind.OTHER,
            due_at=calendar().due(CONFIRM_WITHIN, now),
            file=file,
            record=step,
            record_kind=RECEIPT,
        ),
        by=actor,
        now=now,
    )


def _tell_office(step: UUID, *, to: Competent, by: UUID, now: datetime) -> None:
    """The task names who reports, and nothing of the child: it stands on the desk of a whole team."""
    if to.owner is None:
        return
    reporter = directory.organization_names([by]).get(by, "")
    with acting_as(MESSENGER):
        tasks.create(
            NewTask(
                organization=to.organization,
                owner=to.owner,
                what=f"Mitteilung zum Schutz eines Kindes ansehen und den Eingang bestätigen: {reporter}"[
                    :300
                ],
                kind=TaskKind.ANSWER,
                due_at=calendar().due(CONFIRM_WITHIN, now),
                record=step,
                record_kind=STEP_TASK,
            ),
            by=MESSENGER,
            now=now,
        )


def _tell_reporter(found: ReportView, *, actor: Actor, now: datetime) -> None:
    file = privacy_known.file(actor, found.file)
    if file is None:
        return
    with acting_as(MESSENGER):
        tasks.create(
            NewTask(
                organization=file.organization,
                owner=Owner.of_person(found.recorded_by),
                what="Rückmeldung des Jugendamts ansehen (§ 64 Absatz 4 SGB VIII)",
                kind=TaskKind.OTHER,
                due_at=now + READ_WITHIN,
                file=found.file,
                record=found.file,
                record_kind=FEEDBACK_TASK,
            ),
            by=MESSENGER,
            now=now,
        )
