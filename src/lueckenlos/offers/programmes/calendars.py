"""The dates of programmes as iCalendar, with changes and cancellations."""

from __future__ import annotations

from datetime import datetime

from lueckenlos.core import clock
from lueckenlos.kernels import appointments
from lueckenlos.kernels.appointments import Appointment
from lueckenlos.offers.programmes.types import ProgrammeView


def of_programme(view: ProgrammeView, *, now: datetime, access: str = "") -> bytes:
    """Each date as an event of its own; `access` is for those who are registered alone."""
    return appointments.calendar(
        (
            Appointment(
                uid=f"session-{each.id}",
                title=view.title,
                day=each.starts_at.astimezone(clock.zone()).date(),
                starts=each.starts_at,
                ends=each.ends_at,
                place=access or each.place,
                sequence=each.sequence,
                is_cancelled=each.is_cancelled,
            )
            for each in view.sessions
        ),
        name=view.title,
        room="Mitmachen",
        stamp=now,
    )
