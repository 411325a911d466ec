"""Somebody would rather come earlier: when a time falls free, those who said so are told, first come, first served."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Q

from lueckenlos.core.actor import Actor, job
from lueckenlos.core.context import acting_as
from lueckenlos.kernels.slots import Span
from lueckenlos.offers.bookings.models import Booking, Resource
from lueckenlos.offers.bookings.selectors import SLOTS
from lueckenlos.offers.bookings.services import keeping, letters
from lueckenlos.offers.bookings.types import HELD

TELLS: Final = job("bookings-tell")
# Nobody gets a letter for every time that falls free on a busy day.
REST: Final = timedelta(hours=20)
MOST_TOLD: Final = 5


def ask_earlier(key: UUID, *, wanted: bool, actor: Actor) -> None:
    """Whoever holds the link wants to hear of earlier times, or no more."""
    with acting_as(actor):
        found = keeping.seen(key)
        with acting_as(SLOTS):
            Booking.objects.filter(id=key).update(wants_earlier=wanted)
        keeping.note("earlier_wanted" if wanted else "earlier_not_wanted", found)


def tell_freed(row: Resource, freed: Span, *, now: datetime) -> None:
    """A time fell free: tell those who come later and would rather come then, who have waited longest first."""
    if not row.is_public or not row.is_open or freed.begins - now < timedelta(hours=row.least_hours):
        return
    with acting_as(TELLS):
        waiting = Booking.objects.filter(
            Q(told_earlier_at__isnull=True) | Q(told_earlier_at__lt=now - REST),
            resource=row,
            state__in=HELD,
            wants_earlier=True,
            series__isnull=True,
            starts_at__gt=freed.begins,
        ).exclude(email="")
        for each in waiting.order_by("created_at", "id")[:MOST_TOLD]:
            Booking.objects.filter(id=each.id).update(told_earlier_at=now)
            letters.tell_earlier(row, each, freed=freed, now=now)
