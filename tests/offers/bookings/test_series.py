"""Dates that repeat: all of them or none, changed from here on, and times that are blocked."""

from __future__ import annotations

from datetime import time, timedelta

import pytest

from lueckenlos.core import clock
from lueckenlos.core.actor import NOBODY
from lueckenlos.kernels.slots import Series, Span
from lueckenlos.offers.bookings import selectors, services
from lueckenlos.offers.bookings.errors import Clashes, NoSuchBooking, NoSuchResource, SlotTaken
from lueckenlos.offers.bookings.types import BookingView, Entry
from tests.offers.bookings.house import Office, ahead, mine, on
from tests.wall.world import now

EVERY_SECOND_WEEK = "FREQ=WEEKLY;INTERVAL=2;COUNT=5"


def series(*, rule: str = EVERY_SECOND_WEEK, hour: int = 14, minutes: int = 60) -> Series:
    """Dates from the day after tomorrow on."""
    first = clock.day_of(on(2, hour).begins)
    return Series(rule, first, time(hour), timedelta(minutes=minutes))


def laid(office: Office) -> list[BookingView]:
    """What stands, in order."""
    return [
        each for each in selectors.bookings(office.actor, office.key, window=ahead(365)) if each.state.is_held
    ]


def test_every_second_week_is_entered_at_the_same_hour(office: Office) -> None:
    office.change(hours=())
    count = services.enter_series(
        office.key, series(), Entry(title="Lesekinder"), actor=office.guest, now=now()
    )
    found = laid(office)
    assert count == len(found) == 5
    assert {each.starts_at.astimezone(clock.zone()).hour for each in found} == {14}
    assert {each.guest for each in found} == {office.stranger.organization}
    assert selectors.in_series(office.guest, found[0].series, now=now()) == 5  # type: ignore[arg-type]


def test_a_clash_is_told_with_its_dates_and_nothing_is_written(office: Office) -> None:
    office.change(hours=())
    third = on(2 + 28, 14, minutes=90)
    services.enter(office.key, third, Entry(title="Sitzung"), actor=office.actor, now=now())
    with pytest.raises(Clashes) as refused:
        services.enter_series(office.key, series(), Entry(title="Lesekinder"), actor=office.guest, now=now())
    assert [each.begins for each in refused.value.spans] == [third.begins]
    assert [each.title for each in laid(office)] == ["Sitzung"]


def test_a_guest_comes_within_the_hours_and_the_organization_at_any(office: Office) -> None:
    evening = series(hour=20)
    with pytest.raises(Clashes) as refused:
        services.enter_series(office.key, evening, Entry(), actor=office.guest, now=now())
    assert len(refused.value.spans) == 5
    with pytest.raises(SlotTaken):
        services.enter(office.key, on(3, 17, minutes=90), Entry(), actor=office.guest, now=now())
    assert services.enter_series(office.key, evening, Entry(), actor=office.actor, now=now()) == 5


def test_from_here_on_at_another_hour(office: Office) -> None:
    services.enter_series(office.key, series(), Entry(), actor=office.actor, now=now())
    third = laid(office)[2]
    assert services.change_from(third.id, begins=time(14, 30), ends=time(16), actor=office.actor) == 3
    hours = [f"{each.starts_at.astimezone(clock.zone()):%H:%M}" for each in laid(office)]
    assert hours == ["14:00", "14:00", "14:30", "14:30", "14:30"]
    services.enter(office.key, on(2 + 56, 18), Entry(title="Sitzung"), actor=office.actor, now=now())
    with pytest.raises(Clashes):
        services.change_from(third.id, begins=time(18), ends=time(19), actor=office.actor)
    assert [f"{each.starts_at.astimezone(clock.zone()):%H:%M}" for each in laid(office)][2:] == [
        "14:30", "14:30", "14:30", "18:00",
    ]  # fmt: skip
    with pytest.raises(NoSuchBooking):
        services.change_from(third.id, begins=time(9), ends=time(10), actor=office.guest)


def test_dates_one_after_the_other_may_move_into_each_other(office: Office) -> None:
    daily = series(rule="FREQ=DAILY;COUNT=3", hour=8, minutes=23 * 60)
    services.enter_series(office.key, daily, Entry(), actor=office.actor, now=now())
    first = laid(office)[0]
    assert services.change_from(first.id, begins=time(9), ends=time(8, 30), actor=office.actor) == 3


def test_the_rest_is_given_back_by_the_guest_but_not_by_strangers(office: Office) -> None:
    office.change(hours=())
    services.enter_series(office.key, series(), Entry(), actor=office.guest, now=now())
    second = laid(office)[1]
    with pytest.raises(NoSuchBooking):
        services.cancel_from(second.id, reason="", actor=NOBODY)
    assert services.cancel_from(second.id, reason="", actor=office.guest) == 4
    assert len(laid(office)) == 1


def test_the_answer_to_a_request_is_for_the_whole_series(office: Office) -> None:
    office.change(needs_approval=True, hours=())
    services.enter_series(office.key, series(), Entry(), actor=office.guest, now=now())
    services.approve(laid(office)[0].id, actor=office.actor, now=now())
    assert selectors.requests(office.actor, now=now()) == []
    assert len(laid(office)) == 5


def test_a_blocked_time_is_taken_on_all_places(office: Office) -> None:
    office.change(parallel=3)
    first = office.free()[0].span
    span = Span(first.begins, first.begins + timedelta(hours=2))
    key = services.block(office.key, span, title="Betriebsausflug", actor=office.actor, now=now())
    assert first.begins not in {each.span.begins for each in office.free()}
    services.cancel_from(key, reason="", actor=office.actor)
    assert (office.free()[0].span, office.free()[0].free) == (first, 3)


def test_nobody_is_thrown_out_by_a_block(office: Office) -> None:
    slot = office.free()[0]
    office.book(slot)
    with pytest.raises(SlotTaken):
        services.block(office.key, slot.span, title="", actor=office.actor, now=now())


def test_a_room_that_is_given_up_takes_its_series_with_it_and_tells_each_once(office: Office) -> None:
    alone = office.book()
    office.change(hours=())
    services.enter_series(office.key, series(), Entry(title="Lesekinder"), actor=office.guest, now=now())
    before = len(laid(office))
    assert before > 1
    with pytest.raises(NoSuchResource):
        services.give_up(office.key, reason="", actor=office.guest, now=now())
    count = services.give_up(office.key, reason="Wasserschaden", actor=office.actor, now=now())
    assert count == before
    assert not any(each.state.is_held for each in laid(office))
    assert mine(alone).reason == "Wasserschaden"
    assert services.give_up(office.key, reason="", actor=office.actor, now=now()) == 0
