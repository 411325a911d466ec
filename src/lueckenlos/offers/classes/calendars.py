"""The mornings of a class as iCalendar, for a family's own calendar: without its name."""

from __future__ import annotations

from datetime import datetime

from lueckenlos.core import clock
from lueckenlos.kernels import appointments
from lueckenlos.kernels.appointments import Appointment
from lueckenlos.offers.classes.types import ClassView


def of_class(view: ClassView, *, now: datetime) -> bytes:
    """All mornings; those that are cancelled say so."""
    events = (
        Appointment(
            uid=f"morning-{each.id}",
            title=view.title,
            day=clock.day_of(each.starts_at),
            starts=each.starts_at,
            ends=each.ends_at,
            place=view.place,
            sequence=each.sequence,
            is_cancelled=each.is_cancelled,
        )
        for each in view.mornings
    )
    return appointments.calendar(events, name=view.title, room="Familienklasse", stamp=now)
