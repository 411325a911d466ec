"""The day before: who comes is reminded once, with the link to give the time back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db.models import F

from lueckenlos.core.actor import job
from lueckenlos.core.context import acting_as
from lueckenlos.offers.bookings.models import Booking
from lueckenlos.offers.bookings.services import letters
from lueckenlos.offers.bookings.types import BookingState

TELLS: Final = job("bookings-tell")
AHEAD: Final = timedelta(hours=24)


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
        ).exclude(email="")
        for row in due.select_related("resource"):
            # Whoever marks it first sends it: two workers do not send twice.
            if Booking.objects.filter(id=row.id, reminded_at__isnull=True).update(reminded_at=now):
                letters.remind(row.resource, row, now=now)
                sent += 1
    return sent
