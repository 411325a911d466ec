"""The dates of a service as iCalendar."""

from datetime import date, datetime, time

from lueckenlos.commons.directory.types import DateView, ServiceView
from lueckenlos.kernels import appointments
from lueckenlos.kernels.appointments import Appointment
from lueckenlos.offers.finder import wording


def calendar_of(service: ServiceView, *, now: datetime) -> bytes:
    """One event for each coming date; recurrence is laid out, so that holidays are left out everywhere."""
    found = {
        each.uid: each for each in (_appointment(service, when=when, now=now) for when in service.next_dates)
    }
    return appointments.calendar(found.values(), name=service.name, room="Finder", stamp=now)


def _appointment(service: ServiceView, *, when: DateView, now: datetime) -> Appointment:
    begins = when.starts.strftime("T%H%M") if when.starts else ""
    return Appointment(
        uid=f"{service.key}-{when.day:%Y%m%d}{begins}",
        title=service.name,
        day=when.day,
        starts=_moment(when.day, when.starts, now=now),
        ends=_moment(when.day, when.ends, now=now),
        place=wording.where(service.locations[0]) if service.locations else "",
        contact=service.all_phones[0].number if service.all_phones else "",
    )


def _moment(day: date, hour: time | None, *, now: datetime) -> datetime | None:
    return None if hour is None else datetime.combine(day, hour, tzinfo=now.tzinfo)
