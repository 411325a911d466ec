"""A family takes the dates of a service into its own calendar."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from lueckenlos.commons.directory import selectors as directory
from lueckenlos.commons.directory.models import Service
from lueckenlos.core import clock

pytestmark = pytest.mark.django_db


def test_the_dates_of_a_service_can_be_read_by_every_calendar() -> None:
    ids = list(Service.objects.filter(status="active", schedules__isnull=False).values_list("id", flat=True))
    service = next(each for each in directory.services(ids, now=clock.now()) if each.next_dates)
    answer = Client().get(reverse("finder:calendar", args=[service.key]))
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/calendar")
    # A time zone that is named must be described; we name none.
    assert b"TZID" not in answer.content
    events = list(Calendar.from_ical(answer.content).walk("VEVENT"))
    assert len(events) == len(service.next_dates)
    for event in events:
        assert str(event["summary"]) == service.name
        assert event.decoded("dtstamp").utcoffset() == timedelta(0)
