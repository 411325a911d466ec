"""The dates of programmes as iCalendar, with changes and cancellations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final

from lueckenlos.core import clock
from lueckenlos.kernels import appointments
from lueckenlos.kernels.appointments import Appointment
from lueckenlos.offers.programmes.types import ProgrammeView

ROOM: Final = "Mitmachen"


def of_programme(view: ProgrammeView, *, now: datetime, access: str = "") -> bytes:
    """Each date as an event of its own; `access` is for those who are registered alone."""
    return appointments.calendar(_appointments(view, access=access), name=view.title, room=ROOM, stamp=now)


def of_all(views: Iterable[ProgrammeView], *, name: str, now: datetime) -> bytes:
    """The dates of several programmes in one calendar to subscribe."""
    return appointments.calendar(
        (each for view in views for each in _appointments(view)), name=name, room=ROOM, stamp=now
    )


def _appointments(view: ProgrammeView, *, access: str = "") -> Iterator[Appointment]:
    for each in view.sessions:
        yield Appointment(
            uid=f"session-{each.id}",
            title=view.title,
            day=clock.day_of(each.starts_at),
            starts=each.starts_at,
            ends=each.ends_at,
            place=access or each.place,
            sequence=each.sequence,
            is_cancelled=each.is_cancelled,
        )
