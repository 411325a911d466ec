"""Bookings as iCalendar: one's own, and a resource's, which says no more than that a time is taken."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from lueckenlos.core import clock
from lueckenlos.kernels import appointments
from lueckenlos.kernels.appointments import Appointment
from lueckenlos.offers.bookings.types import BookingView, ResourceView, Taken


def of_resource(view: ResourceView, times: Iterable[Taken], *, now: datetime) -> bytes:
    """All times that are taken."""
    events = (
        Appointment(
            uid=f"booking-{each.id}",
            title=each.title or _("belegt"),
            day=clock.day_of(each.starts_at),
            starts=each.starts_at,
            ends=each.ends_at,
            sequence=each.sequence,
        )
        for each in times
    )
    return appointments.calendar(events, name=view.title, room="Buchungen", stamp=now)


def of_booking(view: ResourceView, mine: BookingView, *, now: datetime) -> bytes:
    """The one date of whoever booked it."""
    event = Appointment(
        uid=f"booking-{mine.id}",
        title=view.title,
        day=clock.day_of(mine.starts_at),
        starts=mine.starts_at,
        ends=mine.ends_at,
        place=view.place,
        sequence=mine.sequence,
        is_cancelled=not mine.state.is_held,
    )
    return appointments.calendar([event], name=view.title, room="Buchungen", stamp=now)
