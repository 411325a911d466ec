"""Reads of centres (open) and of what their members plan (closed, for the actor who asks)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from lueckenlos.commons.directory import selectors as directory
from lueckenlos.commons.directory.types import ServiceView
from lueckenlos.commons.places import selectors as places
from lueckenlos.core import clock
from lueckenlos.core.actor import Actor
from lueckenlos.core.context import acting_as
from lueckenlos.offers.bookings import selectors as bookings
from lueckenlos.offers.centres.models import Centre, Member, PlanNote
from lueckenlos.offers.centres.types import (
    CalendarDate,
    CentreView,
    MemberState,
    MemberView,
    NoteState,
    NoteView,
    Offered,
    dates_of,
)
from lueckenlos.offers.programmes import selectors as programmes
from lueckenlos.offers.programmes.types import Filters, ProgrammeView

MOST_LISTED: Final = 200
IN_CALENDAR: Final = timedelta(days=366)


def centres() -> list[CentreView]:
    """All centres that families see, by municipality and name."""
    found = _views(Centre.objects.filter(is_public=True).order_by("name", "id"))
    return sorted(found, key=lambda each: (each.municipality, each.name))


def centre(key: str) -> CentreView | None:
    """One centre that families see."""
    return next(iter(_views(Centre.objects.filter(key=key, is_public=True))), None)


def by_id(key: UUID) -> CentreView | None:
    """One centre, shown or not, for those who already know of it."""
    return next(iter(_views(Centre.objects.filter(id=key))), None)


def of_actor(actor: Actor) -> list[CentreView]:
    """The centres to which the actor's organization belongs, or of which it was asked to be a part."""
    if actor.organization is None:
        return []
    states = (MemberState.JOINED.value, MemberState.INVITED.value)
    own = Member.objects.filter(organization=actor.organization, state__in=states).values("centre")
    return _views(Centre.objects.filter(id__in=own).order_by("name", "id"))


def offered(view: CentreView, *, now: datetime) -> Offered:
    """What the members offer to families: services, programmes ahead, times to book."""
    members = {each.organization for each in view.joined}
    return Offered(
        services=tuple(_services(members, now=now)),
        programmes=tuple(programmes.upcoming(Filters(organizations=frozenset(members)), now=now)),
        resources=tuple(bookings.public_resources(organizations=members)),
    )


def calendar(view: CentreView, *, now: datetime, ahead: timedelta = IN_CALENDAR) -> tuple[CalendarDate, ...]:
    """The dates of all members for families, from now on."""
    members = frozenset(each.organization for each in view.joined)
    found = programmes.upcoming(Filters(organizations=members), now=now)
    return dates_of(found, begins=now, ends=now + ahead)


def planned_dates(view: CentreView, *, begins: datetime, ends: datetime) -> tuple[CalendarDate, ...]:
    """The dates of all members in a time, those for professionals too; for the members' own plan."""
    members = Filters(organizations=frozenset(each.organization for each in view.joined))
    found: list[ProgrammeView] = []
    for filters in (members, replace(members, for_professionals=True)):
        found += programmes.upcoming(filters, now=begins)
    held = dates_of(found, begins=begins, ends=ends)
    return tuple(each for each in held if not each.session.is_cancelled)


def plan(actor: Actor, key: UUID, *, month: date) -> list[NoteView]:
    """What the members noted for a month, what is open first; nothing for whom it is not."""
    with acting_as(actor):
        rows = list(PlanNote.objects.filter(centre=key, month=month))
    return _notes(
        sorted(
            rows, key=lambda row: (row.state != NoteState.OPEN.value, row.day or row.month, row.created_at)
        )
    )


def open_before(actor: Actor, key: UUID, *, month: date) -> list[NoteView]:
    """What is still open from earlier months."""
    with acting_as(actor):
        rows = PlanNote.objects.filter(centre=key, month__lt=month, state=NoteState.OPEN.value)
        return _notes(list(rows.order_by("month", "created_at", "id")[:MOST_LISTED]))


def note(actor: Actor, key: UUID) -> NoteView | None:
    """One note, or nothing."""
    with acting_as(actor):
        return next(iter(_notes(list(PlanNote.objects.filter(id=key)))), None)


def _services(members: Iterable[UUID], *, now: datetime) -> list[ServiceView]:
    shown = directory.shown_services(today=clock.day_of(now)).filter(organization_id__in=list(members))
    keys = list(shown.order_by("name", "id").values_list("id", flat=True)[:MOST_LISTED])
    return directory.services(keys, now=now)


def _views(rows: QuerySet[Centre]) -> list[CentreView]:
    found = list(rows[:MOST_LISTED])
    members: dict[UUID, list[Member]] = defaultdict(list)
    for member in Member.objects.filter(centre__in=found):
        members[member.centre_id].append(member)
    keys = {row.organization_id for row in found}
    keys |= {each.organization_id for many in members.values() for each in many}
    names = directory.organization_names(keys)
    areas = {area.key: area.name for area in places.social_areas()} if found else {}
    return [_view(row, members=members[row.id], names=names, areas=areas) for row in found]


def _view(
    row: Centre, *, members: Iterable[Member], names: dict[UUID, str], areas: dict[str, str]
) -> CentreView:
    known = (
        MemberView(
            each.organization_id, names.get(each.organization_id, ""), MemberState(each.state), each.since
        )
        for each in members
    )
    town = places.municipality(row.municipality_id) if row.municipality_id else None
    return CentreView(
        id=row.id,
        key=row.key,
        name=row.name,
        lead=row.organization_id,
        lead_name=names.get(row.organization_id, ""),
        ags=row.municipality_id,
        municipality=town.name if town else "",
        social_area=areas.get(row.social_area, ""),
        social_area_key=row.social_area if row.social_area in areas else "",
        place=row.place,
        description=row.description,
        phone=row.phone,
        email=row.email,
        is_public=row.is_public,
        offered_to=row.offered_to_id,
        version=row.version,
        members=tuple(sorted(known, key=lambda each: (each.organization != row.organization_id, each.name))),
    )


def _notes(rows: list[PlanNote]) -> list[NoteView]:
    keys = {row.organization for row in rows} | {row.care for row in rows if row.care}
    names = directory.organization_names(keys) if keys else {}
    return [
        NoteView(
            id=row.id,
            centre=row.centre_id,
            month=row.month,
            day=row.day,
            what=row.what,
            care_name=names.get(row.care, "") if row.care else "",
            by_name=names.get(row.organization, ""),
            state=NoteState(row.state),
        )
        for row in rows
    ]
