"""Deeds on series: setting one up, who sits in it, its dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from lueckenlos.care.cases.calendar import Calendar, calendar
from lueckenlos.care.talks.errors import NoSuchTalk, SeriesUnfit
from lueckenlos.care.talks.models import Delegate, Seat, Series, StandIn, Talk
from lueckenlos.care.talks.retention import erase_after
from lueckenlos.care.talks.types import TalkState
from lueckenlos.commons.accounts import work
from lueckenlos.commons.directory import selectors as directory
from lueckenlos.commons.privacy.errors import NotYours, judged, person_of
from lueckenlos.core import audit, clock
from lueckenlos.core.actor import Actor, Role
from lueckenlos.core.context import acting_as
from lueckenlos.core.locking import hold, save_unless_stale
from lueckenlos.kernels import deadlines

LAST_WEEK: Final = 5
DATES_AHEAD: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSeries:
    """Which offices meet, who invites, when in the month and where."""

    name: str
    host: UUID
    offices: tuple[UUID, ...]
    week: int
    weekday: int
    begins: time
    minutes: int = 120
    place: str = ""


def found_series(new: NewSeries, *, actor: Actor, now: datetime) -> UUID:
    """Set up a series with its offices, their Präventionskräfte, and its next dates."""
    _demand_offices(new.offices, host=new.host)
    with acting_as(actor), judged():
        row = Series.objects.create(
            name=new.name,
            host_id=new.host,
            place=new.place,
            week=new.week,
            weekday=new.weekday,
            begins=new.begins,
            minutes=new.minutes,
            created_at=now,
            created_by=person_of(actor),
        )
        _seat(row.id, offices=new.offices, now=now)
        _plan(row, first=now, count=DATES_AHEAD)
        _note("founded", row.id, details={"offices": len(new.offices)})
    return row.id


def change_series(
    series: UUID, *, changes: dict[str, Any], expected: int, actor: Actor, now: datetime
) -> None:
    """Change when, where and under which name a series meets; dates that are laid keep their day."""
    with acting_as(actor), judged():
        row = _held(series)
        before = row.place
        save_unless_stale(row, expected=expected, changes=changes)
        ahead = Talk.objects.filter(series=row, starts_at__gt=now, state=TalkState.PLANNED, place=before)
        ahead.update(place=row.place)
        _note("changed", series, details={"fields": sorted(changes)})


def seat_offices(series: UUID, *, offices: Iterable[UUID], actor: Actor, now: datetime) -> None:
    """Say anew which offices sit in a series; who comes brings its Präventionskräfte, who leaves sees no more."""
    wanted = tuple(dict.fromkeys(offices))
    with acting_as(actor), judged():
        row = _held(series)
        _demand_offices(wanted, host=row.host_id)
        seated = set(
            Seat.objects.filter(series=row, left_at__isnull=True).values_list("organization", flat=True)
        )
        gone = seated - set(wanted)
        Seat.objects.filter(series=row, organization__in=gone, left_at__isnull=True).update(left_at=now)
        Delegate.objects.filter(series=row, organization__in=gone, until__isnull=True).update(until=now)
        _seat(row.id, offices=[each for each in wanted if each not in seated], now=now)
        _note("seated", series, details={"offices": len(wanted), "gone": len(gone)})


@dataclass(frozen=True, slots=True)
class NewDelegate:
    """Who speaks for an office: every time, or as a substitute."""

    organization: UUID
    person: UUID
    is_substitute: bool


def name_delegate(series: UUID, *, new: NewDelegate, actor: Actor, now: datetime) -> None:
    """Let somebody speak for their office in a series; raises SeriesUnfit where they do not work there."""
    colleagues = work.serving([new.organization], today=clock.real_today()).get(new.organization, [])
    if new.person not in {each.person for each in colleagues}:
        raise SeriesUnfit("not_in_office")
    with acting_as(actor), judged():
        hold(f"talks/{series}")
        rows = Delegate.objects.filter(
            series=series, organization=new.organization, person=new.person, until__isnull=True
        )
        if not rows.exists():
            Delegate.objects.create(
                series_id=series,
                organization_id=new.organization,
                person=new.person,
                is_substitute=new.is_substitute,
                since=now,
            )
        else:
            rows.update(is_substitute=new.is_substitute)
        _note("delegate_named", series, details={"person": str(new.person), "substitute": new.is_substitute})


def release_delegate(delegate: UUID, *, actor: Actor, now: datetime) -> None:
    """Let somebody speak for their office no longer: from the next statement on they see nothing more."""
    with acting_as(actor), judged():
        row = Delegate.objects.filter(id=delegate, until__isnull=True).first()
        if row is None or not Delegate.objects.filter(id=delegate).update(until=now):
            raise NotYours
        _note("delegate_released", row.series_id, details={"person": str(row.person)})


def step_in(talk: UUID, *, actor: Actor, now: datetime) -> None:
    """A substitute speaks for their office in this one talk; nobody has to allow it, and it stays written."""
    if actor.organization is None:
        raise NotYours
    with acting_as(actor), judged():
        hold(f"talks/{talk}")
        rows = StandIn.objects.filter(talk=talk, person=person_of(actor), organization=actor.organization)
        if not rows.exists():
            StandIn.objects.create(
                talk_id=talk, organization_id=actor.organization, person=person_of(actor), since=now
            )
            audit.record("talks.talk.stepped_in", subject=f"talk/{talk}")


def plan_dates(series: UUID, *, actor: Actor, now: datetime, count: int = DATES_AHEAD) -> int:
    """Lay the next dates of a series by its rule, never on a holiday; how many were new."""
    with acting_as(actor), judged():
        made = _plan(_held(series), first=now, count=count)
        _note("planned", series, details={"dates": made})
    return made


def move_talk(
    talk: UUID, *, starts_at: datetime, minutes: int, place: str, actor: Actor, now: datetime
) -> None:
    """Put a talk to another day or place; items and people stay with it."""
    if starts_at <= now:
        raise SeriesUnfit("date_past")
    with acting_as(actor), judged():
        row = _planned(talk)
        if Talk.objects.filter(series=row.series_id, starts_at=starts_at).exclude(id=talk).exists():
            raise SeriesUnfit("date_taken")
        ends_at = starts_at + timedelta(minutes=minutes)
        changes = {"starts_at": starts_at, "ends_at": ends_at, "place": place}
        save_unless_stale(row, expected=row.version, changes={**changes, "erase_after": erase_after(ends_at)})
        audit.record("talks.talk.moved", subject=f"talk/{talk}", details={"to": starts_at.isoformat()})


def cancel_talk(talk: UUID, *, actor: Actor) -> None:
    """Call a talk off; its items wait for whoever brought them to take them along."""
    with acting_as(actor), judged():
        row = _planned(talk)
        save_unless_stale(row, expected=row.version, changes={"state": TalkState.CANCELLED})
        audit.record("talks.talk.cancelled", subject=f"talk/{talk}")


def end_series(series: UUID, *, actor: Actor, now: datetime) -> None:
    """Let a series meet no more; its dates ahead are called off."""
    with acting_as(actor), judged():
        row = _held(series)
        save_unless_stale(row, expected=row.version, changes={"ended_at": now})
        Talk.objects.filter(series=row, state=TalkState.PLANNED).update(state=TalkState.CANCELLED)
        _note("ended", series)


def dates(row: Series, *, first: date, of: Calendar) -> Iterator[date]:
    """The days of a series from a day on, month by month; one on a holiday goes to the next working day."""
    year, month = first.year, first.month
    while True:
        day = _day_in_month(year, month, week=row.week, weekday=row.weekday)
        while not deadlines.is_working_day(day, state=of.state, closed_days=of.closed_days):
            day += timedelta(days=1)
        if day >= first:
            yield day
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)


def _day_in_month(year: int, month: int, *, week: int, weekday: int) -> date:
    start = date(year, month, 1)
    day = start + timedelta(days=(weekday - start.weekday()) % 7 + 7 * (min(week, LAST_WEEK) - 1))
    return day if day.month == month else day - timedelta(days=7)


def _plan(row: Series, *, first: datetime, count: int) -> int:
    """Dates until so many lie ahead; what is there stays, also where somebody moved it within its month."""
    ahead = Talk.objects.filter(series=row, starts_at__gt=first).exclude(state=TalkState.CANCELLED)
    taken = {_month(moment) for moment in Talk.objects.filter(series=row).values_list("starts_at", flat=True)}
    made, missing = 0, count - ahead.count()
    for day in dates(row, first=clock.day_of(first) + timedelta(days=1), of=calendar()):
        if made >= missing:
            break
        starts_at = datetime.combine(day, row.begins, tzinfo=clock.zone())
        if _month(starts_at) in taken:
            continue
        ends_at = starts_at + timedelta(minutes=row.minutes)
        Talk.objects.create(
            series=row,
            starts_at=starts_at,
            ends_at=ends_at,
            place=row.place,
            state=TalkState.PLANNED,
            erase_after=erase_after(ends_at),
        )
        made += 1
    return made


def _month(moment: datetime) -> tuple[int, int]:
    here = moment.astimezone(clock.zone())
    return here.year, here.month


def _seat(series: UUID, *, offices: Iterable[UUID], now: datetime) -> None:
    """Give offices a seat, and let those who are their Präventionskräfte speak for them."""
    wanted = list(offices)
    Seat.objects.bulk_create(
        [Seat(series_id=series, organization_id=office, joined_at=now) for office in wanted]
    )
    colleagues = work.serving(wanted, today=clock.real_today())
    Delegate.objects.bulk_create(
        [
            Delegate(series_id=series, organization_id=office, person=each.person, since=now)
            for office in wanted
            for each in colleagues.get(office, [])
            if Role.PREVENTION_OFFICER in each.roles
        ]
    )


def _demand_offices(offices: Iterable[UUID], *, host: UUID) -> None:
    wanted = set(offices)
    if len(wanted) < 2:
        raise SeriesUnfit("two_offices")
    if host not in wanted:
        raise SeriesUnfit("host_is_seated")
    if wanted - {each.id for each in directory.own_organizations()}:
        raise SeriesUnfit("closed_office")


def _held(series: UUID) -> Series:
    row = Series.objects.select_for_update(of=("self",), no_key=True).filter(id=series).first()
    if row is None:
        raise NoSuchTalk
    return row


def _planned(talk: UUID) -> Talk:
    row = Talk.objects.select_for_update(of=("self",), no_key=True).filter(id=talk).first()
    if row is None:
        raise NoSuchTalk
    if row.state != TalkState.PLANNED:
        raise SeriesUnfit("already_held")
    return row


def _note(deed: str, series: UUID, *, details: dict[str, Any] | None = None) -> None:
    audit.record(f"talks.series.{deed}", subject=f"series/{series}", details=details)
