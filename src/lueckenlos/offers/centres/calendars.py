"""The dates of all members as one iCalendar; each keeps the name that its programme's own calendar gives it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from lueckenlos.core import clock
from lueckenlos.kernels import appointments
from lueckenlos.kernels.appointments import Appointment
from lueckenlos.offers.centres.types import CalendarDate, CentreView


def of_centre(view: CentreView, dates: Iterable[CalendarDate], *, now: datetime) -> bytes:
    """All dates ahead, those too that were cancelled, so that calendars follow."""
    events = (
        Appointment(
            uid=f"session-{each.session.id}",
            title=each.programme.title,
            day=clock.day_of(each.session.starts_at),
            starts=each.session.starts_at,
            ends=each.session.ends_at,
            place=each.session.place,
            contact=each.programme.organization_name,
            sequence=each.session.sequence,
            is_cancelled=each.session.is_cancelled,
        )
        for each in dates
    )
    return appointments.calendar(events, name=view.name, room="Familienzentren", stamp=now)
