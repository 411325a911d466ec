"""The dates of a service as iCalendar (RFC 5545)."""

from datetime import datetime, timedelta

from icalendar import Calendar, Event

from lueckenlos.commons.directory.types import DateView, ServiceView
from lueckenlos.offers.finder import wording

NO_END = timedelta(hours=1)


def calendar_of(service: ServiceView, *, now: datetime) -> bytes:
    """One event for each coming date; recurrence is laid out, so that holidays are left out everywhere."""
    calendar = Calendar()
    calendar.add("prodid", "-//lückenlos//Finder//DE")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", service.name)
    for date in service.next_dates:
        calendar.add_component(_event(service, date=date, now=now))
    return bytes(calendar.to_ical())


def _event(service: ServiceView, *, date: DateView, now: datetime) -> Event:
    event = Event()
    event.add("uid", f"{service.key}-{date.day:%Y%m%d}@lueckenlos")
    event.add("dtstamp", now)
    event.add("summary", service.name)
    if date.starts is None:
        event.add("dtstart", date.day)
    else:
        begins = datetime.combine(date.day, date.starts, tzinfo=now.tzinfo)
        event.add("dtstart", begins)
        event.add(
            "dtend",
            datetime.combine(date.day, date.ends, tzinfo=now.tzinfo) if date.ends else begins + NO_END,
        )
    if service.locations:
        event.add("location", wording.where(service.locations[0]))
    if service.all_phones:
        event.add("contact", service.all_phones[0].number)
    return event
