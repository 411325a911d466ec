"""Appointments as iCalendar (RFC 5545), each laid out by itself.

Moments are written in UTC: a named time zone would have to bring its whole table of summer times along, and
calendars show every moment in the zone of whoever looks.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from icalendar import Calendar, Event

NO_END: Final = timedelta(hours=1)
ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Appointment:
    """One date; without `starts` it takes the whole day, without `ends` an hour. Moments know their zone.

    `sequence` grows with each change, so that a calendar that has the date takes the newer one.
    """

    uid: str
    title: str
    day: date
    starts: datetime | None = None
    ends: datetime | None = None
    place: str = ""
    contact: str = ""
    sequence: int = 0
    is_cancelled: bool = False


def calendar(appointments: Iterable[Appointment], *, name: str, room: str, stamp: datetime) -> bytes:
    """A calendar with these dates; `room` says which part of the house made it, `stamp` when."""
    book = Calendar()
    book.add("prodid", f"-//lückenlos//{room}//DE")
    book.add("version", "2.0")
    book.add("x-wr-calname", name)
    for appointment in appointments:
        book.add_component(_event(appointment, stamp=stamp))
    return bytes(book.to_ical())


def _event(appointment: Appointment, *, stamp: datetime) -> Event:
    event = Event()
    event.add("uid", f"{appointment.uid}@lueckenlos")
    event.add("dtstamp", stamp.astimezone(UTC))
    event.add("summary", appointment.title)
    if appointment.starts is None:
        event.add("dtstart", appointment.day)
    else:
        event.add("dtstart", appointment.starts.astimezone(UTC))
        event.add("dtend", _end(appointment.starts, appointment.ends).astimezone(UTC))
    if appointment.sequence:
        event.add("sequence", appointment.sequence)
    if appointment.is_cancelled:
        event.add("status", "CANCELLED")
    for field, text in (("location", appointment.place), ("contact", appointment.contact)):
        if text:
            event.add(field, text)
    return event


def _end(starts: datetime, ends: datetime | None) -> datetime:
    """What ends before it began goes on after midnight."""
    if ends is None:
        return starts + NO_END
    return ends if ends > starts else ends + ONE_DAY
