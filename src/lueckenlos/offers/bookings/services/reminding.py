"""The day before: who comes is reminded once, with the link to give the time back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import F

from lueckenlos.core.actor import Actor, job
from lueckenlos.core.context import acting_as
from lueckenlos.offers.bookings.errors import NoSuchBooking
from lueckenlos.offers.bookings.models import Booking
from lueckenlos.offers.bookings.services import keeping, letters
from lueckenlos.offers.bookings.types import BookingState

TELLS: Final = job("bookings-tell")
AHEAD: Final = timedelta(hours=24)


def issue_slip(key: UUID, *, actor: Actor, now: datetime) -> str:
    """A code for a slip of paper that the organization hands out or sends by post."""
    with acting_as(actor):
        row = keeping.seen(key)
        if row.organization != actor.organization:
            raise NoSuchBooking
        keeping.note("slip_printed", row)
        return letters.slip_code(row, now=now)


def remind_everybody(*, now: datetime) -> int:
    """Write to everybody who comes within a day; who booked within that day knows it anyway."""
    sent = 0
    with acting_as(TELLS):
        due = Booking.objects.filter(
            state=BookingState.BOOKED.value,
            starts_at__gt=now,
            starts_at__lte=now + AHEAD,
            created_at__lt=F("starts_at") - AHEAD,
            reminded_at__isnull=True,
        ).exclude(email="", by_sms=False)
        for row in due.select_related("resource"):
            # Whoever marks it first sends it: two workers do not send twice.
            if Booking.objects.filter(id=row.id, reminded_at__isnull=True).update(reminded_at=now):
                letters.remind(row.resource, row, now=now)
                sent += 1
    return sent
