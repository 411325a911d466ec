"""Deeds in the register of advisers: contract and qualification, whom they advise, absence, the yearly meeting."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any, Final
from uuid import UUID

from dateutil.relativedelta import relativedelta
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lueckenlos.care.advisers import selectors
from lueckenlos.care.advisers.errors import NoSuchAdviser, NoSuchMeeting, NotTheKeeper, OwnDeputy
from lueckenlos.care.advisers.models import Adviser, AdviserFor, Deputy, YearlyMeeting
from lueckenlos.care.advisers.types import (
    ADVISER_TASK,
    AHEAD,
    MEETING_TASK,
    NewAdviser,
    NewMeeting,
    Period,
)
from lueckenlos.commons.tasks import services as tasks
from lueckenlos.commons.tasks.types import NewTask, Owner, TaskEnd, TaskKind
from lueckenlos.core import audit, clock
from lueckenlos.core.actor import Actor, Role, job
from lueckenlos.core.context import acting_as
from lueckenlos.core.locking import hold, save_unless_stale

# Coordination keeps advisers of every organization, and may make no tasks there itself.
REMINDER: Final = job("advisers-remind")
END_OF_DAY: Final = time(23, 59)
# What is late already when it is written down is not overdue in the same minute.
SOON: Final = relativedelta(days=7)
# The next meeting is planned in time for the year to be kept.
NEXT_MEETING: Final = relativedelta(months=10)


def register(new: NewAdviser, *, by: Actor, now: datetime) -> UUID:
    """Enter an adviser with contract and qualification; whoever keeps them is reminded before either ends."""
    _demand_keeper(by, organization=new.organization, now=now)
    with acting_as(by):
        row = Adviser(organization_id=new.organization, **_changes(new))
        row.save(force_insert=True)
        _set_deputies(row, new.deputies)
        _remember(row, by=by, now=now)
        _note("registered", row)
    return row.pk


def change(
    key: UUID, *, new: NewAdviser, by: Actor, now: datetime, expected: int | None = None
) -> int:  # fmt: skip
    """Write an adviser anew, within their organization; where a day has changed, the reminders follow."""
    with acting_as(by):
        row = _kept(key, by=by, now=now)
        before = (row.qualified_until, row.contract_until, row.unit)
        version = save_unless_stale(
            row, expected=row.version if expected is None else expected, changes=_changes(new)
        )
        _set_deputies(row, new.deputies)
        if before != (new.qualified.until, new.contract.until, new.unit):
            tasks.end_of_record(
                row.pk, end=TaskEnd.DONE, answer=_("Neu eingetragen"), by=REMINDER, now=now
            )  # fmt: skip
            _remember(row, by=by, now=now)
        _note("changed", row)
    return version


def be_away(key: UUID, *, absence: Period | None, by: Actor, now: datetime) -> None:
    """Say when an adviser is away, or that they are back: themselves, or whoever keeps them."""
    with acting_as(by):
        row = Adviser.objects.filter(pk=key).first()
        if row is None:
            raise NoSuchAdviser(key)
        is_own = row.person is not None and row.person == by.person_id
        if not is_own:
            _demand_keeper(by, organization=row.organization_id, now=now)
        changes = {
            "absent_from": absence.since if absence else None,
            "absent_until": absence.until if absence else None,
        }
        save_unless_stale(row, expected=row.version, changes=changes)
        _note("away" if absence else "back", row)


def advise(key: UUID, *, organization: UUID | None, by: Actor, now: datetime) -> None:
    """Say that an adviser advises an organization from today; who had another before has this one now.

    Without an organization: every place that has no adviser of its own.
    """
    today = clock.day_of(now)
    with acting_as(by):
        row = _kept(key, by=by, now=now)
        if organization is None and not by.may(Role.COORDINATION):
            raise NotTheKeeper
        hold("advisers-for")
        held = _held(organization)
        if held is not None and held.adviser_id == row.pk:
            return
        if held is not None:
            # Heads of one organization do not take what coordination gave to another.
            _demand_keeper(by, organization=held.adviser.organization_id, now=now)
            _end(held, today=today)
        AdviserFor.objects.create(organization_id=organization, adviser=row, since=today)
        _note("advises", row, details={"organization": str(organization or "others")})


def advise_no_longer(key: UUID, *, organization: UUID | None, by: Actor, now: datetime) -> None:
    """Say that an adviser no longer advises an organization; it then rings whoever advises all others."""
    with acting_as(by):
        row = _kept(key, by=by, now=now)
        hold("advisers-for")
        held = _held(organization)
        if held is not None and held.adviser_id == row.pk:
            _end(held, today=clock.day_of(now))
            _note("advises_no_longer", row, details={"organization": str(organization or "others")})


def plan_meeting(new: NewMeeting, *, by: Actor, now: datetime) -> UUID:
    """Set the day of a yearly meeting and who is invited; what waited to be planned is done."""
    _demand_keeper(by, organization=new.organization, now=now)
    with acting_as(by):
        row = YearlyMeeting(organization_id=new.organization, starts_at=new.starts_at, place=new.place)
        row.save(force_insert=True)
        row.invited.add(*new.invited)  # type: ignore[arg-type]  # keys, as Django takes them, too
        for earlier in YearlyMeeting.objects.filter(organization=new.organization, held_on__isnull=False):
            tasks.end_of_record(
                earlier.pk,
                end=TaskEnd.DONE,
                answer=_("Geplant für den %(day)s")
                % {"day": date_format(new.starts_at.astimezone(clock.zone()), "j. F Y")},
                by=REMINDER,
                now=now,
            )
        audit.record(
            "advisers.meeting.planned",
            subject=f"meeting/{row.pk}",
            details={"invited": len(new.invited)},
            chain=audit.chain_of(new.organization),
        )
    return row.pk


def hold_meeting(
    key: UUID, *, held_on: date, minutes: str, by: Actor, now: datetime, expected: int | None = None
) -> None:
    """Note that a meeting was held and what was agreed, without any case; the next one gets its reminder."""
    with acting_as(by):
        row = YearlyMeeting.objects.filter(pk=key).first()
        if row is None or not selectors.keeps(by, row.organization_id, now=now):
            raise NoSuchMeeting(key)
        was_held = row.held_on is not None
        save_unless_stale(
            row,
            expected=row.version if expected is None else expected,
            changes={"held_on": held_on, "minutes": minutes},
        )
        if not was_held:
            _give(
                organization=row.organization_id,
                unit=_unit_of(row.organization_id),
                what=_("Das nächste jährliche Treffen der Kinderschutzfachkräfte planen"),
                due=_end_of(held_on + NEXT_MEETING),
                record=(row.pk, MEETING_TASK),
                by=by,
                now=now,
            )
        audit.record(
            "advisers.meeting.held", subject=f"meeting/{row.pk}", chain=audit.chain_of(row.organization_id)
        )


def _changes(new: NewAdviser) -> dict[str, Any]:
    return {
        "person": new.person,
        "name": new.name,
        "unit": new.unit,
        "phone": new.phone,
        "qualification": new.qualification,
        "qualified_on": new.qualified.since,
        "qualified_until": new.qualified.until,
        "contract_from": new.contract.since,
        "contract_until": new.contract.until,
    }


def _kept(key: UUID, *, by: Actor, now: datetime) -> Adviser:
    row = Adviser.objects.select_for_update(of=("self",), no_key=True).filter(pk=key).first()
    if row is None:
        raise NoSuchAdviser(key)
    _demand_keeper(by, organization=row.organization_id, now=now)
    return row


def _held(organization: UUID | None) -> AdviserFor | None:
    rows = AdviserFor.objects.select_related("adviser").filter(until__isnull=True)
    return rows.filter(organization=organization).first()


def _demand_keeper(by: Actor, *, organization: UUID, now: datetime) -> None:
    if not selectors.keeps(by, organization, now=now):
        raise NotTheKeeper


def _set_deputies(row: Adviser, deputies: Iterable[UUID]) -> None:
    ordered = list(dict.fromkeys(deputies))
    if row.pk in ordered:
        raise OwnDeputy
    Deputy.objects.filter(adviser=row).delete()
    Deputy.objects.bulk_create(
        Deputy(adviser=row, deputy_id=deputy, place=place) for place, deputy in enumerate(ordered, start=1)
    )


def _end(row: AdviserFor, *, today: date) -> None:
    """What began today and ends today has never been."""
    if row.since >= today:
        row.delete()
    else:
        row.until = today - relativedelta(days=1)
        row.save(update_fields=["until"])


def _remember(row: Adviser, *, by: Actor, now: datetime) -> None:
    """One task before the contract ends, one before the proof of qualification does."""
    ends = (
        (row.contract_until, _("Vertrag von %(name)s verlängern oder ersetzen: Er endet am %(day)s")),
        (row.qualified_until, _("Nachweis von %(name)s erneuern: Er gilt bis %(day)s")),
    )
    for day, words in ends:
        if day is not None:
            _give(
                organization=row.organization_id,
                unit=row.unit,
                what=words % {"name": row.name, "day": date_format(day, "j. F Y")},
                due=_end_of(day - AHEAD),
                record=(row.pk, ADVISER_TASK),
                by=by,
                now=now,
            )


def _give(
    *,
    organization: UUID,
    unit: UUID | None,
    what: str,
    due: datetime,
    record: tuple[UUID, str],
    by: Actor,
    now: datetime,
) -> None:
    """A task for the advisers' team; where there is none, for coordination, who wrote it."""
    is_teams = unit is not None
    if not is_teams and by.person_id is None:
        return
    with acting_as(REMINDER):
        tasks.create(
            NewTask(
                organization=organization if is_teams else by.organization,
                owner=Owner(unit=unit) if is_teams else Owner(person=by.person_id),
                what=what,
                kind=TaskKind.OTHER,
                due_at=max(due, now + SOON),
                record=record[0],
                record_kind=record[1],
            ),
            by=REMINDER,
            now=now,
        )


def _unit_of(organization: UUID) -> UUID | None:
    rows = Adviser.objects.filter(organization=organization, unit__isnull=False).order_by("name")
    return rows.values_list("unit", flat=True).first()


def _end_of(day: date) -> datetime:
    return datetime.combine(day, END_OF_DAY, tzinfo=clock.zone())


def _note(deed: str, row: Adviser, *, details: Mapping[str, Any] | None = None) -> None:
    audit.record(
        f"advisers.adviser.{deed}",
        subject=f"adviser/{row.pk}",
        details=details,
        chain=audit.chain_of(row.organization_id),
    )
