"""Reads of what can be booked (open) and of who has which time (closed, for the actor who asks)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from lueckenlos.commons.directory import selectors as directory
from lueckenlos.core import clock
from lueckenlos.core.actor import Actor, job
from lueckenlos.core.context import acting_as
from lueckenlos.core.postal import DueLetter, recipient_of
from lueckenlos.core.times import time_words
from lueckenlos.kernels.slots import Slot, Span
from lueckenlos.offers.bookings import offered
from lueckenlos.offers.bookings.models import Booking, Resource
from lueckenlos.offers.bookings.offered import Kept
from lueckenlos.offers.bookings.types import (
    HELD,
    BookingState,
    BookingView,
    Gender,
    Interpreting,
    ResourceKind,
    ResourceView,
    Taken,
    Way,
)

SLOTS: Final = job("bookings-slots")
MOST_LISTED: Final = 200
IN_CALENDAR: Final = timedelta(days=366)
FORTNIGHT: Final = timedelta(days=14)


def public_resources(*, organizations: Collection[UUID] | None = None) -> list[ResourceView]:
    """What families may book, of some organizations or of all, by name."""
    found = Resource.objects.filter(is_public=True, is_open=True)
    if organizations is not None:
        found = found.filter(organization__in=organizations)
    return _resources(found.order_by("title", "id"))


def shared_resources(actor: Actor) -> list[ResourceView]:
    """What other organizations share with the one for which the actor works, by name."""
    others = Resource.objects.filter(is_open=True).exclude(organization=actor.organization)
    return _resources(others.order_by("title", "id"))


def resources_of(actor: Actor) -> list[ResourceView]:
    """What the organization for which the actor works gives, for its own desk."""
    return _resources(Resource.objects.filter(organization=actor.organization).order_by("title", "id"))


def resource(key: UUID) -> ResourceView | None:
    """One resource in whatever state."""
    return next(iter(_resources(Resource.objects.filter(id=key))), None)


def public_resource(key: UUID) -> ResourceView | None:
    """One that families may book."""
    found = resource(key)
    return found if found is not None and found.is_public and found.is_open else None


def free_slots(
    view: ResourceView, *, window: Span, now: datetime, leaving_out: UUID | None = None
) -> list[Slot]:
    """The free times that begin in a window; `leaving_out` is a booking that would move."""
    kept = kept_times([view.id], window=window, leaving_out=leaving_out)[view.id]
    return offered.free(view, kept=kept, window=window, now=now)


def first_free(views: Collection[ResourceView], *, now: datetime) -> dict[UUID, Slot]:
    """The next free time of each, where there is one."""
    if not views:
        return {}
    longest = timedelta(days=max(view.most_days for view in views) + 1)
    kept = kept_times([view.id for view in views], window=Span(now, now + longest))
    soonest = {view.id: _soonest(view, kept=kept[view.id], now=now) for view in views}
    return {key: slot for key, slot in soonest.items() if slot is not None}


def _soonest(view: ResourceView, *, kept: list[Kept], now: datetime) -> Slot | None:
    """Looked for fortnight by fortnight: most have one in the first."""
    for number in range(view.most_days // FORTNIGHT.days + 1):
        window = Span(now + number * FORTNIGHT, now + (number + 1) * FORTNIGHT)
        found = offered.free(view, kept=kept, window=window, now=now)
        if found:
            return found[0]
    return None


def kept_times(
    resources: Collection[UUID], *, window: Span, leaving_out: UUID | None = None
) -> dict[UUID, list[Kept]]:
    """What is taken around a window, with buffers; the time alone is read, not whose it is."""
    day = timedelta(days=2)
    with acting_as(SLOTS):
        rows = Booking.objects.filter(
            resource__in=resources,
            state__in=HELD,
            busy_until__gt=window.begins - day,
            busy_from__lt=window.ends + day,
        )
        if leaving_out is not None:
            rows = rows.exclude(id=leaving_out)
        found: dict[UUID, list[Kept]] = defaultdict(list)
        for key, lane, begins, ends in rows.values_list("resource", "lane", "busy_from", "busy_until"):
            found[key].append((lane, Span(begins, ends)))
    return found


def taken(view: ResourceView, *, now: datetime) -> list[Taken]:
    """What a calendar shows of a resource: times, and the organization's own titles where it shows them."""
    with acting_as(SLOTS):
        rows = Booking.objects.filter(
            resource=view.id,
            state__in=HELD,
            starts_at__gt=now - IN_CALENDAR,
            starts_at__lt=now + IN_CALENDAR,
        ).order_by("starts_at", "lane")
        found = list(rows.values_list("id", "starts_at", "ends_at", "title", "sequence", "name", "guest"))
    return [
        Taken(
            key,
            starts,
            ends,
            # A title beside somebody's name speaks of that person.
            title if view.shows_titles and not name and guest is None else "",
            sequence,
        )
        for key, starts, ends, title, sequence, name, guest in found
    ]


def bookings(actor: Actor, key: UUID, *, window: Span) -> list[BookingView]:
    """Who has which time of a resource; nothing for whom it is not."""
    with acting_as(actor):
        rows = Booking.objects.filter(
            resource=key, starts_at__lt=window.ends, ends_at__gt=window.begins
        ).order_by("starts_at", "lane", "id")
        return _bookings(rows)


def mine(actor: Actor) -> list[tuple[BookingView, ResourceView]]:
    """What the account that asks booked while it was signed in, newest first; nothing for a visitor."""
    if actor.person_id is None:
        return []
    with acting_as(actor):
        rows = Booking.objects.filter(account=actor.person_id).order_by("-starts_at", "id")
        found = _bookings(rows[:MOST_LISTED])
    there = {
        each.id: each for each in _resources(Resource.objects.filter(id__in={b.resource for b in found}))
    }
    return [(each, there[each.resource]) for each in found]


def requests(actor: Actor, *, now: datetime) -> list[BookingView]:
    """What waits for an answer of the actor's organization, soonest first."""
    if actor.organization is None:
        return []
    with acting_as(actor):
        rows = Booking.objects.filter(
            organization=actor.organization, state=BookingState.REQUESTED.value, ends_at__gt=now
        ).order_by("starts_at", "id")
        return _bookings(rows[:MOST_LISTED])


def due_letters(actor: Actor, *, now: datetime) -> list[DueLetter]:
    """What is to be printed for the actor's organization, by the day of the appointment."""
    if actor.organization is None:
        return []
    with acting_as(actor):
        rows = Booking.objects.filter(organization=actor.organization, ends_at__gt=now).exclude(letter="")
        found = list(rows.select_related("resource").order_by("starts_at", "id")[:MOST_LISTED])
    return [
        DueLetter(
            row.id,
            row.letter,
            " · ".join((row.resource.title, time_words(row.starts_at, row.ends_at))),
            recipient_of(row.name, row.street, row.postcode, row.city),
            row.phone,
        )
        for row in found
    ]


def as_guest(actor: Actor, *, now: datetime) -> list[BookingView]:
    """What the actor's organization has booked elsewhere."""
    with acting_as(actor):
        rows = Booking.objects.filter(guest=actor.organization, state__in=HELD, ends_at__gt=now).order_by(
            "starts_at", "id"
        )
        return _bookings(rows[:MOST_LISTED])


def booking(actor: Actor, key: UUID) -> BookingView | None:
    """One booking, or nothing."""
    with acting_as(actor):
        return next(iter(_bookings(Booking.objects.filter(id=key))), None)


def interpreting(actor: Actor, key: UUID) -> Interpreting | None:
    """Who translates at a booking, for those who see it; nobody where nobody was found."""
    with acting_as(actor):
        row = Booking.objects.filter(along=key, state__in=HELD).first()
    if row is None:
        return None
    name = directory.organization_names([row.organization]).get(row.organization, "")
    return Interpreting(name, BookingState(row.state))


def in_series(actor: Actor, series: UUID, *, now: datetime) -> int:
    """How many dates of a series lie ahead."""
    with acting_as(actor):
        ahead = Count("id", filter=Q(starts_at__gt=now, state__in=HELD))
        found: int = Booking.objects.filter(series=series).aggregate(ahead=ahead)["ahead"]
    return found


def _resources(rows: QuerySet[Resource]) -> list[ResourceView]:
    found = list(rows[:MOST_LISTED])
    names = directory.organization_names({row.organization_id for row in found})
    return [view_of(row, organization=names.get(row.organization_id, "")) for row in found]


def view_of(row: Resource, *, organization: str = "") -> ResourceView:
    """A resource as it is shown."""
    return ResourceView(
        id=row.id,
        organization=row.organization_id,
        organization_name=organization,
        kind=ResourceKind(row.kind),
        title=row.title,
        description=row.description,
        place=row.place,
        ags=row.municipality_id,
        minutes=row.minutes,
        before=row.before,
        after=row.after,
        least_hours=row.least_hours,
        most_days=row.most_days,
        parallel=row.parallel,
        needs_approval=row.needs_approval,
        is_public=row.is_public,
        is_open=row.is_open,
        shows_titles=row.shows_titles,
        languages=tuple(row.languages),
        gender=Gender(row.gender),
        hours=tuple(row.hours.splitlines()),
        closed_on=tuple(row.closed_on),
        since=clock.day_of(row.created_at),
        version=row.version,
    )


def _bookings(rows: QuerySet[Booking]) -> list[BookingView]:
    found = list(rows)
    guests = {row.guest for row in found if row.guest is not None}
    names = directory.organization_names(guests) if guests else {}
    return [_booking(row, guest=names.get(row.guest, "") if row.guest else "") for row in found]


def _booking(row: Booking, *, guest: str) -> BookingView:
    return BookingView(
        id=row.id,
        resource=row.resource_id,
        organization=row.organization,
        guest=row.guest,
        guest_name=guest,
        state=BookingState(row.state),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        lane=row.lane,
        is_block=row.is_block,
        series=row.series,
        title=row.title,
        name=row.name,
        email=row.email,
        phone=row.phone,
        language=row.language,
        interpreter=row.interpreter,
        gender=Gender(row.gender),
        way=Way(row.way),
        reason=row.reason,
        sequence=row.sequence,
        along=row.along,
        wants_earlier=row.wants_earlier,
        by_sms=row.by_sms,
        street=row.street,
        postcode=row.postcode,
        city=row.city,
    )
