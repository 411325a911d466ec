"""Referral and handover: proposed, answered, followed until arrived or not; what did not arrive leaves a signal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection

from lueckenlos.care.cases.errors import NoConsent, ReferralClosed
from lueckenlos.care.cases.models import Case, Referral
from lueckenlos.care.cases.services.asking import Sent, ask_by_mail
from lueckenlos.care.cases.types import ReferralMode, ReferralState
from lueckenlos.commons.privacy import selectors as privacy
from lueckenlos.commons.privacy.errors import NotYours, judged, person_of
from lueckenlos.commons.privacy.types import Category, Mode, Purpose
from lueckenlos.commons.signals import services as signals
from lueckenlos.commons.signals.types import SignalReason, SignalSource
from lueckenlos.commons.tasks import services as tasks
from lueckenlos.commons.tasks.types import NewTask, Owner, TaskEnd, TaskKind
from lueckenlos.core import audit, clock
from lueckenlos.core.actor import Actor, job
from lueckenlos.core.context import acting_as

ARRIVED_TASK: Final = "arrived"
FOLLOWER: Final = job("case-follow")
# What the sender's task is answered with once somebody has confirmed how a referral ended.
_ENDS: Final = {
    ReferralState.ARRIVED: "Angekommen",
    ReferralState.NOT_ARRIVED: "Nicht angekommen",
    ReferralState.REFUSED: "Abgelehnt",
    ReferralState.RETURNED: "Zurückgegeben",
    ReferralState.WITHDRAWN: "Zurückgezogen",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReferral:
    """Where a part of a matter goes, what for, with which data about whom; without data no consent is needed."""

    to_organization: UUID
    mode: ReferralMode
    purpose: Purpose
    about: UUID
    due_at: datetime
    categories: frozenset[Category] = frozenset()
    service: UUID | None = None
    message: str = ""


def propose(file: UUID, *, new: NewReferral, actor: Actor, now: datetime) -> UUID:
    """Send a part of a matter, or all of it, to another organization; raises NoConsent with what is not covered.

    A task asks the sender on the day whether the family has arrived: nothing is without an owner.
    """
    person, organization = person_of(actor), actor.organization
    if organization is None:
        raise NotYours
    with acting_as(actor), judged():
        lacking = _lacking(file, new=new, actor=actor, now=now)
        if lacking:
            raise NoConsent(lacking)
        row = Referral.objects.create(
            file_id=file,
            organization_id=organization,
            to_organization_id=new.to_organization,
            service=new.service,
            mode=new.mode,
            state=ReferralState.PROPOSED,
            purpose=new.purpose,
            categories=sorted(category.value for category in new.categories),
            about=new.about,
            message=new.message,
            due_at=new.due_at,
            proposed_by=person,
            proposed_at=now,
        )
        tasks.create(
            NewTask(
                organization=organization,
                owner=Owner.of_person(person),
                what="Nachfragen, ob die Familie angekommen ist",
                kind=TaskKind.LOOK_AGAIN,
                due_at=new.due_at,
                file=file,
                record=row.id,
                record_kind=ARRIVED_TASK,
            ),
            by=actor,
            now=now,
        )
        audit.record(
            "cases.referral.proposed",
            subject=f"file/{file}",
            details={"referral": str(row.id), "to": str(new.to_organization), "mode": new.mode.value},
        )
        ask_by_mail(Sent(row.id, new.to_organization, new.service, organization, new.due_at), now=now)
    return row.id


def answer(
    referral: UUID,
    *,
    state: ReferralState,
    text: str,
    actor: Actor,
    now: datetime,
    reason: SignalReason | None = None,
) -> None:
    """Accept, refuse or return a referral as its receiver; a refusal with its reason leaves a signal."""
    with acting_as(actor), judged():
        row = _open(referral)
        changes: dict[str, Any] = {
            "state": state,
            "answer": text,
            "answered_by": person_of(actor),
            "answered_at": now,
            "reason": reason.value if reason else "",
        }
        if not state.is_open:
            changes["ended_at"] = now
        _write(row, changes)
        if reason is not None and not state.is_open:
            _signal(row, reason=reason, now=now)
        _note("answered", row, state=state)


def accept_handover(referral: UUID, *, unit: UUID, actor: Actor) -> None:
    """Take over the whole task for one of the receiver's teams: from now on the file is theirs."""
    with acting_as(actor), judged(), connection.cursor() as cursor:
        cursor.execute("SELECT wall.handover_accept(%s, %s)", [referral, unit])
        audit.record("cases.handover.accepted", subject=f"referral/{referral}", details={"unit": str(unit)})


def confirm(
    referral: UUID, *, arrived: ReferralState, actor: Actor, now: datetime, reason: SignalReason | None = None
) -> None:
    """Say whether the family arrived; if not, why: that reason is counted, without the family."""
    with acting_as(actor), judged():
        row = _open(referral)
        _write(row, {"state": arrived, "ended_at": now, "reason": reason.value if reason else ""})
        if arrived is ReferralState.NOT_ARRIVED:
            _signal(row, reason=reason or SignalReason.NOT_KNOWN, now=now)
        _end_task(row.id, state=arrived, now=now)
        _note("confirmed", row, state=arrived)


def withdraw_referral(referral: UUID, *, actor: Actor, now: datetime) -> None:
    """Take a referral back, as long as nobody has arrived."""
    with acting_as(actor), judged():
        row = _open(referral)
        _write(row, {"state": ReferralState.WITHDRAWN, "ended_at": now})
        _end_task(row.id, state=ReferralState.WITHDRAWN, now=now)
        _note("withdrawn", row, state=ReferralState.WITHDRAWN)


def confirm_by_link(
    *, arrived: ReferralState, reason: SignalReason | None, actor: Actor, now: datetime
) -> None:
    """The receiver's one tap in a mail: the link knows one referral and shows nothing of it."""
    with acting_as(actor), judged():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT municipality, service FROM wall.referral_confirm(%s, %s)",
                [arrived.value, reason.value if reason else ""],
            )
            found = cursor.fetchone()
        if found is None:
            raise ReferralClosed
        if arrived is ReferralState.NOT_ARRIVED:
            signals.count(
                signals.Count(
                    source=SignalSource.HANDOVER,
                    reason=reason or SignalReason.NOT_KNOWN,
                    on=clock.day_of(now),
                    ags=found[0],
                    service_id=found[1],
                )
            )
        if actor.record is not None:
            _end_task(actor.record, state=arrived, now=now)
        audit.record("cases.referral.confirmed_by_link", subject=f"referral/{actor.record}")


def _lacking(file: UUID, *, new: NewReferral, actor: Actor, now: datetime) -> frozenset[str]:
    covered = {
        row.category
        for row in privacy.releases(actor, file, now=now)
        if row.organization == new.to_organization
        and row.purpose is new.purpose
        and row.subject in {new.about, file}
        and (new.mode is ReferralMode.VIEW or row.mode is Mode.EDIT)
    }
    wanted = new.categories or (
        {Category.SITUATION} if new.mode is ReferralMode.HAND_OVER else frozenset[Category]()
    )
    return frozenset(category.value for category in wanted if category not in covered)


def _open(referral: UUID) -> Referral:
    row = Referral.objects.select_for_update().filter(id=referral).first()
    if row is None:
        raise NotYours
    if not ReferralState(row.state).is_open:
        raise ReferralClosed
    return row


def _write(row: Referral, changes: dict[str, Any]) -> None:
    if not Referral.objects.filter(id=row.id).update(**changes, version=row.version + 1):
        raise NotYours


def _signal(row: Referral, *, reason: SignalReason, now: datetime) -> None:
    """Place, service and reason are counted; the case is not."""
    ags = Case.objects.filter(file=row.file_id).values_list("municipality_id", flat=True).first()
    signals.count(
        signals.Count(
            source=SignalSource.HANDOVER, reason=reason, on=clock.day_of(now), ags=ags, service_id=row.service
        )
    )


def _end_task(referral: UUID, *, state: ReferralState, now: datetime) -> None:
    """Nobody asks any more what somebody has told; the sender finds the answer in the task."""
    end = TaskEnd.DONE if state is ReferralState.ARRIVED else TaskEnd.NOT_NEEDED
    tasks.end_of_record(referral, end=end, answer=_ENDS[state], by=FOLLOWER, now=now)


def _note(deed: str, row: Referral, *, state: ReferralState) -> None:
    audit.record(
        f"cases.referral.{deed}",
        subject=f"file/{row.file_id}",
        details={"referral": str(row.id), "state": state.value},
    )
