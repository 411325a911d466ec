"""Somebody who translates, booked along in the same breath: who speaks the language and is free at this time.

Whoever translates learns when, where, and from which language, and not for whom.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F

from lueckenlos.commons.directory.wording import language_name
from lueckenlos.core.actor import Actor
from lueckenlos.core.context import acting_as
from lueckenlos.kernels.slots import Span
from lueckenlos.offers.bookings import offered, selectors
from lueckenlos.offers.bookings.errors import NobodyTranslates, NoSuchBooking, SlotTaken
from lueckenlos.offers.bookings.models import Booking, Resource
from lueckenlos.offers.bookings.selectors import SLOTS
from lueckenlos.offers.bookings.services import keeping, letters
from lueckenlos.offers.bookings.services.offering import held
from lueckenlos.offers.bookings.types import HELD, BookingState, Gender, ResourceKind, Way


def book_along(row: Resource, made: Booking, *, now: datetime) -> bool:
    """Take the first who translates and is free; whether there was one. Inside `acting_as(SLOTS)`."""
    span = Span(made.starts_at, made.ends_at)
    for key in _candidates(made, now=now):
        interpreter = held(key)
        if not offered.is_open(selectors.view_of(interpreter), span):
            continue
        try:
            keeping.lay(
                interpreter,
                span,
                lane=keeping.lane_for(interpreter, span),
                state=BookingState.REQUESTED if interpreter.needs_approval else BookingState.BOOKED,
                now=now,
                guest=row.organization_id,
                title=_title(row, made),
                interpreter=made.interpreter,
                way=made.way,
                along=made.id,
            )
        except SlotTaken:
            continue
        letters.tell_office(interpreter, span)
        return True
    return False


def let_go(made: Booking) -> None:
    """Whoever translates at this booking has the time back. Inside `acting_as(SLOTS)`."""
    rows = Booking.objects.filter(along=made.id, state__in=HELD)
    rows.update(state=BookingState.CANCELLED.value, sequence=F("sequence") + 1)


def look_again(key: UUID, *, actor: Actor, now: datetime) -> None:
    """The organization looks once more for somebody who translates; raises NobodyTranslates."""
    with acting_as(actor):
        found = keeping.seen(key)
        if found.organization != actor.organization or not found.interpreter:
            raise NoSuchBooking
        with acting_as(SLOTS):
            row = held(found.resource_id)
            let_go(found)
            if not book_along(row, found, now=now):
                raise NobodyTranslates
        keeping.note("interpreter_found", found)


def _candidates(made: Booking, *, now: datetime) -> Iterator[UUID]:
    """Who translates this language and may be asked so late; whoever was wished for first, by name."""
    found = Resource.objects.filter(
        kind=ResourceKind.PERSON.value, is_open=True, languages__contains=[made.interpreter]
    )
    if made.gender != Gender.ANY.value:
        found = found.filter(gender=made.gender)
    for row in found.order_by("title", "id"):
        if made.starts_at - now >= timedelta(hours=row.least_hours):
            yield row.id


def _title(row: Resource, made: Booking) -> str:
    where = "am Telefon" if made.way == Way.PHONE.value else row.place
    words = (f"Übersetzen: {language_name(made.interpreter)}", row.title, where)
    return " · ".join(filter(None, words))[:160]
