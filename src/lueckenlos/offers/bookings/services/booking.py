"""Booking a free time, answering a request, moving, giving back."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import F, Q

from lueckenlos.commons.signals import services as signals
from lueckenlos.commons.signals.types import SignalReason, SignalSource
from lueckenlos.core import clock
from lueckenlos.core.actor import Actor
from lueckenlos.core.context import acting_as
from lueckenlos.kernels.slots import Span
from lueckenlos.offers.bookings import offered, selectors
from lueckenlos.offers.bookings.errors import NoSuchBooking, NoSuchResource, SlotTaken, TooMany
from lueckenlos.offers.bookings.models import Booking, Resource
from lueckenlos.offers.bookings.selectors import SLOTS
from lueckenlos.offers.bookings.services import along, earlier, keeping, letters
from lueckenlos.offers.bookings.services.offering import held
from lueckenlos.offers.bookings.types import HELD, BookingState, Entry, NewBooking

MOST_AHEAD: Final = 3


@dataclass(frozen=True, slots=True)
class Booked:
    """What came of it, and the code that leads back."""

    id: UUID
    state: BookingState
    code: str


def book(new: NewBooking, *, now: datetime) -> Booked:
    """Take a free time without an account; raises SlotTaken, TooMany or NoSuchResource."""
    with acting_as(SLOTS):
        row = held(new.resource)
        if not row.is_public or not row.is_open:
            raise NoSuchResource
        _demand_few(row, new, now=now)
        span = _offered(row, new.starts_at, now=now)
        state = _first_state(row)
        made = keeping.lay(
            row,
            span,
            lane=keeping.lane_for(row, span),
            state=state,
            now=now,
            name=new.name,
            email=new.email,
            phone=new.phone,
            language=new.language,
            interpreter=new.interpreter,
            gender=new.gender.value,
            way=new.way.value,
            title=new.title,
            by_sms=new.by_sms,
            street=new.street,
            postcode=new.postcode,
            city=new.city,
            consent_version=new.consent_version,
            account=new.account,
        )
        if new.interpreter and not along.book_along(row, made, now=now):
            _count_nobody(row, now=now)
        code = letters.tell_booked(row, made, now=now)
        if state is BookingState.REQUESTED:
            letters.tell_office(row, span)
        keeping.note("made", made)
    return Booked(made.id, state, code)


def enter(resource: UUID, span: Span, entry: Entry, *, actor: Actor, now: datetime) -> UUID:
    """Enter a booking at work: of the own organization for anybody, or as a guest of another; raises SlotTaken."""
    with acting_as(actor):
        with acting_as(SLOTS):
            row, guest, state = place_of(resource, actor)
            if keeping.closed_to(guest, row, [span]):
                raise SlotTaken
            lane = keeping.lane_for(row, span)
            made = keeping.lay(row, span, lane=lane, state=state, now=now, guest=guest, **asdict(entry))
            letters.tell_booked(row, made, now=now)
            if state is BookingState.REQUESTED:
                letters.tell_office(row, span)
        keeping.note("entered", made)
    return made.id


def place_of(resource: UUID, actor: Actor) -> tuple[Resource, UUID | None, BookingState]:
    """The resource under its lock, who is the guest there, and whether a guest has to wait for an answer."""
    row = held(resource)
    if actor.organization is None:
        raise NoSuchResource
    if row.organization_id == actor.organization:
        return row, None, BookingState.BOOKED
    if not row.is_open:
        raise NoSuchResource
    return row, actor.organization, _first_state(row)


def open_again(key: UUID, *, actor: Actor, now: datetime) -> str:
    """A fresh code for what the account that asks has booked; raises NoSuchBooking for everything else."""
    with acting_as(actor):
        row = keeping.seen(key)
    if actor.person_id is None or row.account != actor.person_id:
        raise NoSuchBooking
    with acting_as(SLOTS):
        return letters.slip_code(row, now=now)


def approve(key: UUID, *, actor: Actor, now: datetime) -> None:
    """Say yes to a request, and to all dates of its series."""
    _answer(key, BookingState.BOOKED, reason="", actor=actor, now=now)


def decline(key: UUID, *, reason: str, actor: Actor, now: datetime) -> None:
    """Say no to a request and all dates of its series, and why."""
    _answer(key, BookingState.DECLINED, reason=reason, actor=actor, now=now)


def cancel(key: UUID, *, actor: Actor, now: datetime, reason: str = "") -> None:
    """Give a time back; where the organization does, whoever booked it is told."""
    with acting_as(actor):
        found = keeping.seen(key)
        with acting_as(SLOTS):
            row = held(found.resource_id)
            changes = {"state": BookingState.CANCELLED.value, "reason": reason}
            rows = Booking.objects.filter(id=key, state__in=HELD)
            # What waits for the printer says no longer what is true.
            if not rows.update(**changes, letter="", sequence=F("sequence") + 1):
                return
            along.let_go(found)
            earlier.tell_freed(row, Span(found.starts_at, found.ends_at), now=now)
            if actor.organization == found.organization:
                letters.tell_cancelled(row, Booking.objects.get(id=key))
        keeping.note("cancelled", found)


def rebook(key: UUID, *, starts_at: datetime, actor: Actor, now: datetime) -> None:
    """Change to another free time, by the link; raises SlotTaken. Where it needs a yes, it needs one again."""
    with acting_as(actor):
        found = keeping.seen(key)
        with acting_as(SLOTS):
            row = held(found.resource_id)
            current = Booking.objects.get(id=key)
            if not BookingState(current.state).is_held or current.starts_at <= now:
                raise NoSuchBooking
            span = _offered(row, starts_at, now=now, leaving_out=frozenset({key}))
            lane = keeping.lane_for(row, span, leaving_out=frozenset({key}))
            keeping.shift(row, key, span, lane=lane, state=_first_state(row).value)
            _follow(row, current, now=now)
        keeping.note("rebooked", found)


def move(key: UUID, span: Span, *, actor: Actor, now: datetime) -> None:
    """The organization moves a booking to any time that is free, and tells whoever booked it; raises SlotTaken."""
    with acting_as(actor):
        found = _served(key, actor=actor)
        with acting_as(SLOTS):
            row = held(found.resource_id)
            current = Booking.objects.get(id=key)
            if not BookingState(current.state).is_held:
                raise NoSuchBooking
            lane = keeping.lane_for(row, span, leaving_out=frozenset({key}))
            keeping.shift(row, key, span, lane=lane)
            _follow(row, current, now=now)
            before = (current.starts_at, current.ends_at)
            letters.tell_moved(row, Booking.objects.get(id=key), before=before)
        keeping.note("moved", found)


def _follow(row: Resource, before: Booking, *, now: datetime) -> None:
    """What comes after another time: somebody who translates then, and those who wanted the old one."""
    along.let_go(before)
    if before.interpreter and before.along is None:
        along.book_along(row, Booking.objects.get(id=before.id), now=now)
    earlier.tell_freed(row, Span(before.starts_at, before.ends_at), now=now)


def _answer(key: UUID, state: BookingState, *, reason: str, actor: Actor, now: datetime) -> None:
    with acting_as(actor):
        found = _served(key, actor=actor)
        with acting_as(SLOTS):
            row = held(found.resource_id)
            together = Q(id=key) if found.series is None else Q(series=found.series)
            rows = Booking.objects.filter(together, state=BookingState.REQUESTED.value)
            if not rows.update(state=state.value, reason=reason, sequence=F("sequence") + 1):
                return
            letters.tell_answered(row, Booking.objects.get(id=key))
            if state is BookingState.DECLINED:
                along.let_go(found)
                earlier.tell_freed(row, Span(found.starts_at, found.ends_at), now=now)
        keeping.note(state.value, found)


def _count_nobody(row: Resource, *, now: datetime) -> None:
    """Somebody needed a language that nobody could come with."""
    signals.count(
        signals.Count(
            source=SignalSource.REFUSAL,
            reason=SignalReason.LANGUAGE,
            on=clock.day_of(now),
            ags=row.municipality_id,
        )
    )


def _served(key: UUID, *, actor: Actor) -> Booking:
    found = keeping.seen(key)
    if actor.organization is None or found.organization != actor.organization:
        raise NoSuchBooking
    return found


def _first_state(row: Resource) -> BookingState:
    return BookingState.REQUESTED if row.needs_approval else BookingState.BOOKED


def _demand_few(row: Resource, new: NewBooking, *, now: datetime) -> None:
    same = Q(email__iexact=new.email) if new.email else Q(street__iexact=new.street, postcode=new.postcode)
    ahead = Booking.objects.filter(same, resource=row, state__in=HELD, starts_at__gt=now)
    if ahead.count() >= MOST_AHEAD:
        raise TooMany


def _offered(
    row: Resource, starts_at: datetime, *, now: datetime, leaving_out: frozenset[UUID] = frozenset()
) -> Span:
    """The free slot that begins then; raises SlotTaken where there is none."""
    window = Span(starts_at, starts_at + timedelta(microseconds=1))
    kept = keeping.kept_around(row, [window], leaving_out=leaving_out)
    found = offered.free(selectors.view_of(row), kept=kept, window=window, now=now)
    if not found:
        raise SlotTaken
    return found[0].span
