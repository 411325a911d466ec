"""Series with their offices and people, and their dates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection

from lueckenlos.care.talks.models import Attendance, Delegate, Seat, Series, StandIn, Talk
from lueckenlos.care.talks.types import (
    AttendanceView,
    DelegateView,
    OfficeView,
    SeriesView,
    TalkState,
    TalkView,
)
from lueckenlos.care.talks.wording import short_name
from lueckenlos.commons.accounts import work
from lueckenlos.commons.directory import selectors as directory
from lueckenlos.core import clock
from lueckenlos.core.actor import Actor, Role
from lueckenlos.core.context import acting_as
from lueckenlos.kernels.sortkey import sort_key


def all_series(actor: Actor) -> list[SeriesView]:
    """The series of the actor's office, or all for the coordination; running ones first, by name."""
    with acting_as(actor):
        return _series(Series.objects.order_by("ended_at", "name", "id"))


def series(actor: Actor, key: UUID) -> SeriesView | None:
    """One series, or nothing."""
    with acting_as(actor):
        found = _series(Series.objects.filter(id=key))
    return found[0] if found else None


def talk(actor: Actor, key: UUID) -> TalkView | None:
    """One talk, or nothing."""
    with acting_as(actor):
        row = Talk.objects.filter(id=key).first()
    return None if row is None else view_of(row)


def talks(actor: Actor, of_series: UUID) -> list[TalkView]:
    """The dates of a series, the earliest first."""
    with acting_as(actor):
        return [view_of(row) for row in Talk.objects.filter(series=of_series).order_by("starts_at")]


def next_talks(actor: Actor, *, now: datetime) -> list[TalkView]:
    """The dates ahead in all series of the actor, the nearest first; one that runs is the nearest."""
    ahead = [state.value for state in TalkState if state.is_ahead]
    with acting_as(actor):
        rows = Talk.objects.filter(state__in=ahead, series__ended_at__isnull=True).order_by("starts_at")
        return [view_of(row) for row in rows if row.ends_at > now or row.state == TalkState.RUNNING]


def speaks_in(actor: Actor) -> frozenset[UUID]:
    """The talks in which the actor speaks for their office."""
    with acting_as(actor), connection.cursor() as cursor:
        cursor.execute("SELECT wall.talks_heard()")
        row = cursor.fetchone()
    return frozenset(row[0]) if row else frozenset()


def stands_in(actor: Actor, key: UUID) -> bool:
    """Whether the actor, a substitute, has said that they step in for this talk."""
    if actor.person_id is None or actor.organization is None:
        return False
    with acting_as(actor):
        rows = StandIn.objects.filter(talk=key, person=actor.person_id, organization=actor.organization)
        return rows.exists()


def hosts(actor: Actor, view: SeriesView) -> bool:
    """Whether the actor sets up this series: for the coordination, or as its host's Präventionskraft."""
    if actor.may(Role.COORDINATION):
        return True
    return actor.organization == view.host and actor.may(Role.PREVENTION_OFFICER, organization=view.host)


def attendances(actor: Actor, key: UUID) -> list[AttendanceView]:
    """Who was and is in the room, by when they came."""
    with acting_as(actor):
        rows = list(Attendance.objects.filter(talk=key).order_by("came_at", "id"))
    names = work.names_of(row.person for row in rows)
    return [
        AttendanceView(
            row.id, row.person, names.get(row.person, ""), row.organization_id, row.came_at, row.left_at
        )
        for row in rows
    ]


def view_of(row: Talk) -> TalkView:
    """Turn a row into the view."""
    return TalkView(
        id=row.id,
        series=row.series_id,
        starts_at=row.starts_at.astimezone(clock.zone()),
        ends_at=row.ends_at.astimezone(clock.zone()),
        place=row.place,
        state=TalkState(row.state),
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        erase_after=row.erase_after.astimezone(clock.zone()),
        remarks=row.remarks,
        version=row.version,
    )


def _series(rows: Iterable[Series]) -> list[SeriesView]:
    found = list(rows)
    seats = list(Seat.objects.filter(series__in=found, left_at__isnull=True))
    people = list(Delegate.objects.filter(series__in=found, until__isnull=True))
    called = directory.organization_names({seat.organization_id for seat in seats})
    names = work.names_of(each.person for each in people)
    delegates: dict[tuple[UUID, UUID], list[DelegateView]] = defaultdict(list)
    for each in people:
        delegates[each.series_id, each.organization_id].append(
            DelegateView(
                each.id, each.organization_id, each.person, names.get(each.person, ""), each.is_substitute
            )
        )
    offices: dict[UUID, list[OfficeView]] = defaultdict(list)
    for seat in seats:
        name = called.get(seat.organization_id, "")
        members = sorted(
            delegates[seat.series_id, seat.organization_id],
            key=lambda each: (each.is_substitute, sort_key(each.name)),
        )
        offices[seat.series_id].append(
            OfficeView(seat.organization_id, name, short_name(name), tuple(members))
        )
    return [_view(row, offices[row.id]) for row in found]


def _view(row: Series, offices: list[OfficeView]) -> SeriesView:
    return SeriesView(
        id=row.id,
        name=row.name,
        host=row.host_id,
        place=row.place,
        week=row.week,
        weekday=row.weekday,
        begins=row.begins,
        minutes=row.minutes,
        ended_at=row.ended_at,
        version=row.version,
        offices=tuple(sorted(offices, key=lambda each: sort_key(each.short))),
    )
