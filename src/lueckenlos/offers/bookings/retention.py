"""When bookings go: once the time is long past nobody needs to know who had it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from lueckenlos.core.actor import job
from lueckenlos.core.context import acting_as
from lueckenlos.core.retention import RetentionRule
from lueckenlos.offers.bookings.models import Booking

ACTOR: Final = job("retention")
# A question about an appointment comes within weeks: three months, as the form says.
KEPT: Final = timedelta(days=92)


def _count(now: datetime) -> int:
    with acting_as(ACTOR):
        return Booking.objects.filter(ends_at__lte=now - KEPT).count()


def _erase(now: datetime) -> int:
    with acting_as(ACTOR):
        return Booking.objects.filter(ends_at__lte=now - KEPT).delete()[0]


RULES = (
    RetentionRule(
        table="Booking",
        records="Buchungen von Gesprächen, Räumen und Dingen",
        reason="drei Monate nach dem Termin",
        due=_count,
        erase=_erase,
    ),
)
