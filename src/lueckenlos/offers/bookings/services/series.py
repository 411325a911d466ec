"""Dates that repeat, and times that are blocked: all of them are written, or none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, time, timedelta
from uuid import UUID, uuid4

from django.db.models import F

from lueckenlos.core import audit, clock
from lueckenlos.core.actor import Actor
from lueckenlos.core.context import acting_as
from lueckenlos.kernels import slots
from lueckenlos.kernels.slots import Series, Span
from lueckenlos.offers.bookings import offered
from lueckenlos.offers.bookings.errors import Clashes, NoSuchBooking, SlotTaken
from lueckenlos.offers.bookings.models import Booking, Resource
from lueckenlos.offers.bookings.selectors import SLOTS
from lueckenlos.offers.bookings.services import along, keeping, letters
from lueckenlos.offers.bookings.services.booking import place_of
from lueckenlos.offers.bookings.services.offering import held, own_resource
from lueckenlos.offers.bookings.types import HELD, BookingState, Entry


def enter_series(resource: UUID, series: Series, entry: Entry, *, actor: Actor, now: datetime) -> int:
    """Enter every date of a series; raises Clashes with all dates that do not fit. Gives how many were written."""
    spans = list(slots.spans_of(series, zone=clock.zone()))
    with acting_as(actor):
        with acting_as(SLOTS):
            row, guest, state = place_of(resource, actor)
            lanes = _lanes(row, spans, closed=keeping.closed_to(guest, row, spans))
            key = uuid4()
            made = [
                keeping.lay(
                    row, span, lane=lane, state=state, now=now, guest=guest, series=key, **asdict(entry)
                )
                for span, lane in zip(spans, lanes, strict=True)
            ]
            if made:
                letters.tell_booked(row, made[0], more=len(made) - 1, now=now)
        if made:
            keeping.note("series_entered", made[0], dates=len(made))
    return len(made)


def change_from(key: UUID, *, begins: time, ends: time, actor: Actor) -> int:
    """Give this date and all after it in its series other hours, on the same days; raises Clashes."""
    with acting_as(actor):
        found = _own(key, actor=actor)
        with acting_as(SLOTS):
            row = held(found.resource_id)
            dates = _from(found)
            spans = [_on_the_day(each, begins, ends) for each in dates]
            lanes = _lanes(row, spans, leaving_out=frozenset(each.id for each in dates))
            # Out of each other's way first: the new hour of one may be the old one of the next.
            states = {each.id: each.state for each in dates}
            Booking.objects.filter(id__in=states).update(state=BookingState.CANCELLED.value)
            for each, span, lane in zip(dates, spans, lanes, strict=True):
                keeping.shift(row, each.id, span, lane=lane, state=states[each.id])
            before = (found.starts_at, found.ends_at)
            letters.tell_moved(row, Booking.objects.get(id=key), before=before, more=len(dates) - 1)
        keeping.note("series_changed", found, dates=len(dates))
    return len(dates)


def cancel_from(key: UUID, *, reason: str, actor: Actor) -> int:
    """Give this date and all after it in its series back."""
    with acting_as(actor):
        found = keeping.seen(key)
        if actor.organization not in {found.organization, found.guest}:
            raise NoSuchBooking
        with acting_as(SLOTS):
            row = held(found.resource_id)
            dates = _from(found)
            Booking.objects.filter(id__in=[each.id for each in dates]).update(
                state=BookingState.CANCELLED.value, reason=reason, sequence=F("sequence") + 1
            )
            if actor.organization == found.organization:
                letters.tell_cancelled(row, Booking.objects.get(id=key), more=len(dates) - 1)
        keeping.note("series_cancelled", found, dates=len(dates))
    return len(dates)


def give_up(key: UUID, *, reason: str, actor: Actor, now: datetime) -> int:
    """A room or a thing is there no more: nobody books it, and all dates ahead fall out, each told once."""
    with acting_as(actor):
        row = own_resource(key, actor)
        Resource.objects.filter(id=key).update(is_open=False)
        with acting_as(SLOTS):
            ahead = list(
                Booking.objects.filter(resource=key, state__in=HELD, ends_at__gt=now).order_by("starts_at")
            )
            Booking.objects.filter(id__in=[each.id for each in ahead]).update(
                state=BookingState.CANCELLED.value, reason=reason, sequence=F("sequence") + 1
            )
            together: dict[UUID, list[Booking]] = defaultdict(list)
            for each in ahead:
                along.let_go(each)
                together[each.series or each.id].append(each)
            for first, *rest in together.values():
                letters.tell_cancelled(row, Booking.objects.get(id=first.id), more=len(rest))
        audit.record(
            "bookings.resource.given_up",
            subject=f"resource/{key}",
            details={"dates": len(ahead)},
            chain=audit.chain_of(row.organization_id),
        )
    return len(ahead)


def block(resource: UUID, span: Span, *, title: str, actor: Actor, now: datetime) -> UUID:
    """Keep everybody away for a time, on all places; raises SlotTaken where somebody is there already."""
    with acting_as(actor):
        row = own_resource(resource, actor)
        with acting_as(SLOTS):
            wide = keeping.busy(row, span)
            if any(kept.overlaps(wide) for _lane, kept in keeping.kept_around(row, [span])):
                raise SlotTaken
            key = uuid4()
            made = [
                keeping.lay(
                    row,
                    span,
                    lane=lane,
                    state=BookingState.BOOKED,
                    now=now,
                    series=key,
                    is_block=True,
                    title=title,
                )
                for lane in range(row.parallel)
            ]
        keeping.note("blocked", made[0])
    return made[0].id


def _own(key: UUID, *, actor: Actor) -> Booking:
    found = keeping.seen(key)
    if found.series is None or found.organization != actor.organization:
        raise NoSuchBooking
    return found


def _from(found: Booking) -> list[Booking]:
    """This date and what follows it in the series, as far as it stands."""
    if found.series is None:
        raise NoSuchBooking
    rows = Booking.objects.filter(series=found.series, starts_at__gte=found.starts_at, state__in=HELD)
    return list(rows.order_by("starts_at", "lane"))


def _lanes(
    row: Resource,
    spans: Sequence[Span],
    *,
    leaving_out: frozenset[UUID] = frozenset(),
    closed: Sequence[Span] = (),
) -> list[int]:
    """A free place for every date; raises Clashes with those that have none."""
    if not spans:
        return []
    kept = keeping.kept_around(row, list(spans), leaving_out=leaving_out)
    lanes: list[int] = []
    taken: list[Span] = []
    for span in spans:
        wide = keeping.busy(row, span)
        lane = offered.free_lane(wide, kept=kept, parallel=row.parallel)
        if lane is None or span in closed:
            taken.append(span)
        else:
            lanes.append(lane)
            kept.append((lane, wide))
    if taken:
        raise Clashes(taken)
    return lanes


def _on_the_day(row: Booking, begins: time, ends: time) -> Span:
    """Other hours of the local clock on the day of a booking."""
    day = clock.day_of(row.starts_at)
    starts = datetime.combine(day, begins, tzinfo=clock.zone())
    until = datetime.combine(day, ends, tzinfo=clock.zone())
    return Span(starts, until if until > starts else until + timedelta(days=1))
