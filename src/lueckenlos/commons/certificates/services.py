"""Deeds in the register: seen, seen again, ended, not begun; each keeps its task to look again."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any, Final
from uuid import UUID

from dateutil.relativedelta import relativedelta
from django.utils.translation import gettext

from lueckenlos.commons.accounts import work
from lueckenlos.commons.certificates.errors import HasEnded, NoSuchCertificate, NotTheKeeper
from lueckenlos.commons.certificates.models import Certificate
from lueckenlos.commons.certificates.types import RECORD_KIND, Look, NewCertificate
from lueckenlos.commons.tasks import services as tasks
from lueckenlos.commons.tasks.types import NewTask, Owner, TaskEnd, TaskKind
from lueckenlos.core import audit, clock
from lueckenlos.core.actor import Actor, Role
from lueckenlos.core.context import acting_as
from lueckenlos.core.locking import save_unless_stale

# A registration office needs its weeks.
BEFORE: Final = relativedelta(weeks=6)
AT_LEAST: Final = relativedelta(weeks=1)
END_OF_DAY: Final = time(23, 59)


def record_seen(seen: NewCertificate, *, by: Actor, now: datetime) -> UUID:
    """Note that a certificate was seen, and give somebody the task to look again in time."""
    if not keeps(by, seen.organization) or by.person_id is None:
        raise NotTheKeeper
    with acting_as(by):
        row = Certificate(
            organization=seen.organization,
            person=seen.person,
            person_name=seen.person_name,
            activity=seen.activity,
            dated_on=seen.look.dated_on,
            seen_on=seen.look.seen_on,
            look_again_on=seen.look.look_again_on,
            recorded_by=by.person_id,
            recorded_at=now,
        )
        row.save(force_insert=True)
        _remember(row, by=by, now=now)
        _note("seen", row)
    return row.pk


def look_again(
    certificate_id: UUID, *, look: Look, by: Actor, now: datetime, expected: int | None = None
) -> None:
    """Note that a new certificate was seen; the old dates go, and the next task takes the old one's place."""
    with acting_as(by):
        row = _held(certificate_id)
        _write(
            row,
            expected=expected,
            dated_on=look.dated_on,
            seen_on=look.seen_on,
            look_again_on=look.look_again_on,
        )
        _forget(row, end=TaskEnd.DONE, answer=gettext("Neu angesehen"), by=by, now=now)
        _remember(row, by=by, now=now)
        _note("seen_again", row)


def end(
    certificate_id: UUID, *, last_day: date, by: Actor, now: datetime, expected: int | None = None
) -> None:
    """Note the last day of the activity; three months later the entry is erased."""
    with acting_as(by):
        row = _held(certificate_id)
        _write(row, expected=expected, ended_on=last_day)
        _forget(row, end=TaskEnd.NOT_NEEDED, answer=gettext("Tätigkeit beendet"), by=by, now=now)
        _note("ended", row)


def did_not_start(certificate_id: UUID, *, by: Actor, now: datetime) -> None:
    """Erase the entry of somebody who did not begin: at once, § 72a (5) SGB VIII."""
    with acting_as(by):
        row = _held(certificate_id)
        _forget(row, end=TaskEnd.NOT_NEEDED, answer=gettext("Tätigkeit nicht begonnen"), by=by, now=now)
        Certificate.objects.filter(pk=row.pk).delete()
        _note("erased", row)


def keeps(by: Actor, organization: UUID | None) -> bool:
    """Whether the actor keeps this register: as professional of the organization, or for the county itself."""
    if organization is None:
        return by.may(Role.COORDINATION)
    return by.organization == organization and by.may(Role.PROFESSIONAL, organization=organization)


def _remember(row: Certificate, *, by: Actor, now: datetime) -> None:
    """The task names nobody: who it is about stands in the register, and goes with it."""
    soonest = clock.day_of(now) + AT_LEAST
    due = datetime.combine(max(row.look_again_on - BEFORE, soonest), END_OF_DAY, tzinfo=clock.zone())
    tasks.create(
        NewTask(
            organization=row.organization,
            owner=_owner(by, now=now),
            what=gettext("Ein neues Führungszeugnis ansehen"),
            kind=TaskKind.LOOK_AGAIN,
            due_at=due,
            record=row.pk,
            record_kind=RECORD_KIND,
        ),
        by=by,
        now=now,
    )


def _owner(by: Actor, *, now: datetime) -> Owner:
    """The team of whoever writes, since five years are long; the person where there is no team."""
    units = work.my_units(by, now=now)
    if units:
        return Owner.of_unit(units[0].id)
    if by.person_id is None:
        raise NotTheKeeper
    return Owner.of_person(by.person_id)


def _forget(row: Certificate, *, end: TaskEnd, answer: str, by: Actor, now: datetime) -> None:
    tasks.end_of_record(row.pk, end=end, answer=answer, by=by, now=now)


def _held(certificate_id: UUID) -> Certificate:
    row = Certificate.objects.select_for_update(of=("self",), no_key=True).filter(pk=certificate_id).first()
    if row is None:
        raise NoSuchCertificate(certificate_id)
    if row.ended_on is not None:
        raise HasEnded
    return row


def _write(row: Certificate, *, expected: int | None, **changes: Any) -> None:
    save_unless_stale(row, expected=row.version if expected is None else expected, changes=changes)


def _note(deed: str, row: Certificate) -> None:
    audit.record(
        f"certificates.certificate.{deed}",
        subject=f"certificate/{row.pk}",
        chain=audit.chain_of(row.organization),
    )
