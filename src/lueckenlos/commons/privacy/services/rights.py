"""What a person asks for their own data: taken in with its day, owned by the office and by data protection."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from dateutil.relativedelta import relativedelta

from lueckenlos.commons.accounts import selectors as accounts
from lueckenlos.commons.privacy.errors import NotYours, judged, person_of
from lueckenlos.commons.privacy.models import RightsRequest
from lueckenlos.commons.privacy.rights import RightKind, RightOutcome
from lueckenlos.commons.privacy.selectors import own_offices
from lueckenlos.commons.privacy.wording import RIGHT_TASKS
from lueckenlos.commons.tasks import services as tasks
from lueckenlos.commons.tasks.types import NewTask, Owner, TaskEnd, TaskKind
from lueckenlos.core import audit, clock
from lueckenlos.core.actor import Actor, Role, job
from lueckenlos.core.context import acting_as

TELLER: Final = job("privacy-rights")
IN_A_MONTH: Final = relativedelta(months=1)  # Art. 12 (3) GDPR
RECORD_KIND: Final = "right"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRight:
    """Whose data, what they ask for, and in which language they want to be answered."""

    person: UUID
    kind: RightKind
    text: str = ""
    language: str = "de"


def ask_right(new: NewRight, *, actor: Actor, now: datetime) -> UUID:
    """Take in what somebody asks for their own data; each office that keeps something, and data protection, own it."""
    due = now + IN_A_MONTH
    with acting_as(actor), judged():
        row = RightsRequest.objects.create(
            person=new.person,
            kind=new.kind,
            text=new.text,
            language=new.language,
            asked_at=now,
            due_at=due,
        )
        for task in _tasks(row, actor=actor, now=now):
            tasks.create(task, by=TELLER, now=now)
        audit.record(
            "privacy.right.asked",
            subject=f"right/{row.id}",
            details={"kind": new.kind.value},
            chain=audit.COUNTY,
        )
    return row.id


def answer_right(right: UUID, *, outcome: RightOutcome, text: str, actor: Actor, now: datetime) -> None:
    """Answer it once, with the reason where it is a no; its tasks end with the answer."""
    person = person_of(actor)
    with acting_as(actor), judged():
        rows = RightsRequest.objects.filter(id=right, outcome="")
        if not rows.update(outcome=outcome, answer=text, answered_at=now, answered_by=person):
            raise NotYours
        # The tasks lie with several offices: that they are answered is this room's own deed.
        tasks.end_of_record(
            right, end=TaskEnd.DONE, answer="Beantwortet; die Antwort steht beim Wunsch.", by=TELLER, now=now
        )
        audit.record(
            "privacy.right.answered",
            subject=f"right/{right}",
            details={"outcome": outcome.value},
            chain=audit.COUNTY,
        )


def _tasks(row: RightsRequest, *, actor: Actor, now: datetime) -> list[NewTask]:
    what = str(RIGHT_TASKS[RightKind(row.kind)])
    officer = next(iter(accounts.people_with(Role.DATA_PROTECTION, today=clock.day_of(now))), None)
    owners: dict[tuple[UUID | None, Owner], UUID | None] = {}
    for office in own_offices(actor):
        owner = Owner.of_person(office.person) if office.person else Owner(unit=office.unit)
        owners.setdefault((office.organization, owner), office.file)
    if officer is not None:
        owners[None, Owner.of_person(officer)] = None
    return [
        NewTask(
            organization=organization,
            owner=owner,
            what=what,
            kind=TaskKind.CORRECTION if row.kind == RightKind.CORRECTION else TaskKind.ANSWER,
            due_at=row.due_at,
            record=row.id,
            record_kind=RECORD_KIND,
            file=file,
        )
        for (organization, owner), file in owners.items()
    ]
