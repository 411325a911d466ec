"""Booking a time: free ones only, answered, moved, given back; and nobody sees who comes but who must."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import icalendar
import pytest
from django.core import mail as outbox
from django.db import DatabaseError
from django.test import Client

from lueckenlos.core import clock
from lueckenlos.core.actor import NOBODY, job, link_to
from lueckenlos.core.context import acting_as
from lueckenlos.kernels.schedule import is_public_holiday
from lueckenlos.kernels.slots import Span
from lueckenlos.offers.bookings import selectors, services
from lueckenlos.offers.bookings.errors import NoSuchBooking, NoSuchResource, SlotTaken, TooMany
from lueckenlos.offers.bookings.models import Booking
from lueckenlos.offers.bookings.offered import HoursNotUnderstood, hours_from, hours_in_german
from lueckenlos.offers.bookings.retention import RULES
from lueckenlos.offers.bookings.types import BookingState, Entry
from tests.offers.bookings.house import DAILY, Office, ahead, link, mine, on, wish
from tests.wall.world import now

S = BookingState


def test_only_what_is_offered_can_be_booked(office: Office) -> None:
    slot = office.free()[0]
    for moment in (
        slot.span.begins + timedelta(minutes=10),
        now() + timedelta(hours=1),
        slot.span.begins.replace(hour=3),
    ):
        with pytest.raises(SlotTaken):
            services.book(wish(office.key, moment), now=now())
    assert office.book(slot).state is S.BOOKED
    assert slot.span not in [each.span for each in office.free()]


def test_what_is_not_for_families_or_closed_is_not_there(office: Office) -> None:
    slot = office.free()[0]
    for change in ({"is_public": False}, {"is_open": False}):
        office.change(**change)
        assert selectors.public_resource(office.key) is None
        with pytest.raises(NoSuchResource):
            services.book(wish(office.key, slot.span.begins), now=now())


def test_one_address_has_three_times_ahead_and_no_more(office: Office) -> None:
    booked = [office.book(slot) for slot in office.free()[:3]]
    with pytest.raises(TooMany):
        office.book()
    office.book(name="Olga Sommer")
    services.cancel(booked[0].id, actor=link(booked[0]), now=now())
    office.book()


def test_days_that_are_closed_have_no_times(office: Office) -> None:
    day = clock.day_of(office.free()[0].span.begins)
    office.change(closed_on=(day,))
    assert day not in {clock.day_of(each.span.begins) for each in office.free()}


def test_a_request_holds_its_time_until_it_is_answered(office: Office) -> None:
    office.change(needs_approval=True)
    slot = office.free()[0]
    asked = office.book(slot)
    assert asked.state is S.REQUESTED
    with pytest.raises(SlotTaken):
        office.book(slot, name="Zweite")
    assert [each.id for each in selectors.requests(office.actor, now=now())] == [asked.id]
    services.decline(asked.id, reason="Wir sind im Urlaub.", actor=office.actor, now=now())
    assert (mine(asked).state, mine(asked).reason) == (S.DECLINED, "Wir sind im Urlaub.")
    again = office.book(slot)
    services.approve(again.id, actor=office.actor, now=now())
    assert mine(again).state is S.BOOKED


def test_a_link_gives_the_time_back_or_takes_another(office: Office) -> None:
    first, second, third = office.free()[:3]
    booked = office.book(first)
    office.book(second, name="Zweite")
    with pytest.raises(SlotTaken):
        services.rebook(booked.id, starts_at=second.span.begins, actor=link(booked), now=now())
    assert mine(booked).starts_at == first.span.begins
    services.rebook(booked.id, starts_at=third.span.begins, actor=link(booked), now=now())
    assert (mine(booked).starts_at, mine(booked).sequence) == (third.span.begins, 1)
    services.cancel(booked.id, actor=link(booked), now=now())
    assert {first.span, third.span} <= {each.span for each in office.free()}


def test_whoever_booked_is_told_with_a_link_and_reminded_once(office: Office) -> None:
    outbox.outbox.clear()
    booked = office.book()
    assert booked.code in str(outbox.outbox[0].body)
    starts = mine(booked).starts_at
    outbox.outbox.clear()
    assert services.remind_everybody(now=starts - timedelta(hours=25)) == 0
    with acting_as(job("bookings-slots")):
        Booking.objects.update(created_at=now() - timedelta(days=9))
    assert services.remind_everybody(now=starts - timedelta(hours=23)) == 1
    assert services.remind_everybody(now=starts - timedelta(hours=22)) == 0
    assert [(each.to, each.subject) for each in outbox.outbox] == [
        (["ayse@example.org"], "Morgen: Sprechstunde")
    ]


def test_who_comes_is_seen_by_the_organization_and_the_link_alone(office: Office) -> None:
    booked, other = office.book(), office.book(name="Olga Sommer")
    assert {each.name for each in selectors.bookings(office.actor, office.key, window=ahead())} == {
        "Ayşe Yılmaz",
        "Olga Sommer",
    }
    assert [each.id for each in selectors.bookings(link(booked), office.key, window=ahead())] == [booked.id]
    assert selectors.booking(link(booked), other.id) is None
    outsiders = (
        NOBODY, office.guest, link_to(booked.id, purpose="registration"),
        link_to(office.key, purpose="booking-feed"), job("index"),
    )  # fmt: skip
    for outsider in outsiders:
        assert selectors.bookings(outsider, office.key, window=ahead()) == []
        with acting_as(outsider):
            assert Booking.objects.count() == 0
        with pytest.raises(NoSuchBooking):
            services.cancel(booked.id, actor=outsider, now=now())
        with pytest.raises(NoSuchBooking):
            services.move(booked.id, on(5, 9), actor=outsider, now=now())
    with pytest.raises(NoSuchBooking):
        services.approve(booked.id, actor=link(booked), now=now())


def test_nobody_but_the_job_writes_and_it_writes_no_false_organization(office: Office) -> None:
    booked = office.book()
    for actor in (NOBODY, office.actor, link(booked), office.guest):
        with acting_as(actor):
            assert Booking.objects.filter(id=booked.id).update(title="x") == 0
            assert Booking.objects.filter(id=booked.id).delete()[0] == 0
    with pytest.raises(DatabaseError), acting_as(job("bookings-slots")):
        Booking.objects.filter(id=booked.id).update(organization=office.stranger.organization)


def test_a_guest_sees_its_own_bookings_and_nobody_elses(office: Office) -> None:
    office.book()
    office.change(hours=())
    key = services.enter(office.key, on(4, 15), Entry(title="Netzwerk"), actor=office.guest, now=now())
    assert [each.id for each in selectors.as_guest(office.guest, now=now())] == [key]
    assert [each.id for each in selectors.bookings(office.guest, office.key, window=ahead())] == [key]
    with pytest.raises(NoSuchBooking):
        services.move(key, on(4, 16), actor=office.guest, now=now())
    services.cancel(key, actor=office.guest, now=now())
    assert selectors.as_guest(office.guest, now=now()) == []


def test_others_read_no_more_than_that_it_is_taken(office: Office) -> None:
    services.enter(office.key, on(4, 15), Entry(title="Begleiteter Umgang"), actor=office.actor, now=now())
    services.enter(
        office.key, on(5, 15), Entry(title="Umgang", name="Familie Beispiel"), actor=office.actor, now=now()
    )
    feed = services.issue_feed(office.key, actor=office.actor, now=now())

    def summaries() -> list[str]:
        found = Client().get(f"/termine-buchen/kalender/{feed}/belegt.ics")
        assert found.status_code == 200
        return [str(each["SUMMARY"]) for each in icalendar.Calendar.from_ical(found.content).walk("VEVENT")]

    assert summaries() == ["belegt", "belegt"]
    office.change(shows_titles=True)
    assert summaries() == ["Begleiteter Umgang", "belegt"]
    services.issue_feed(office.key, actor=office.actor, now=now())
    assert Client().get(f"/termine-buchen/kalender/{feed}/belegt.ics").status_code == 404
    with pytest.raises(NoSuchResource):
        services.issue_feed(office.key, actor=office.guest, now=now())


def test_hours_stand_on_the_clock_of_the_wall_also_when_it_changes(office: Office) -> None:
    office.change(hours=("FREQ=WEEKLY;BYDAY=SU 01:00-04:00",), minutes=60, least_hours=0)
    zone = clock.zone()

    def begins(month: int) -> list[datetime]:
        """The slots of the next last Sunday of a month that is no holiday."""
        days = (last_sunday(year, month) for year in range(now().year + 1, now().year + 9))
        before = datetime.combine(
            next(each for each in days if not is_public_holiday(each)), time(), tzinfo=zone
        )
        window = Span(before, before + timedelta(days=1))
        found = selectors.free_slots(office.look(), window=window, now=before - timedelta(days=3))
        return [each.span.begins for each in found]

    spring, autumn = begins(3), begins(10)
    assert [f"{each.astimezone(zone):%H:%M}" for each in spring] == ["01:00", "03:00"]
    assert spring[1] - spring[0] == timedelta(hours=1)
    assert [f"{each.astimezone(zone):%H:%M}" for each in autumn] == ["01:00", "02:00", "03:00"]
    assert autumn[2] - autumn[1] == timedelta(hours=2)


def last_sunday(year: int, month: int) -> date:
    """When the clocks change."""
    last = date(year, month, 31)
    return last - timedelta(days=last.isoweekday() % 7)


def test_hours_are_read_as_people_write_them() -> None:
    read = hours_from("Mo-Fr 9-12 Uhr\ndienstags 14-17.30 Uhr")
    assert read == ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR 09:00-12:00", "FREQ=WEEKLY;BYDAY=TU 14:00-17:30")
    assert hours_from("\n".join(hours_in_german(read))) == read
    for wrong in ("nach Vereinbarung", "dienstags", "Dienstag vormittags"):
        with pytest.raises(HoursNotUnderstood):
            hours_from(wrong)
    assert hours_in_german((DAILY,)) == ["täglich 9–18 Uhr"]


def test_after_three_months_nobody_is_known_any_more(office: Office) -> None:
    booked = office.book()
    over = mine(booked).ends_at + timedelta(days=93)
    assert [rule.due(now()) for rule in RULES] == [0]
    assert [rule.erase(over) for rule in RULES] == [1]
    assert selectors.booking(office.actor, booked.id) is None
