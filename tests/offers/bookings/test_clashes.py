"""One time, one booking: the service decides under its lock, and the database by itself."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection

from lueckenlos.core.context import acting_as
from lueckenlos.kernels.slots import Span
from lueckenlos.offers.bookings import services
from lueckenlos.offers.bookings.errors import SlotTaken
from lueckenlos.offers.bookings.models import Booking
from lueckenlos.offers.bookings.selectors import SLOTS
from lueckenlos.offers.bookings.types import BookingState, Entry
from tests.offers.bookings.house import Office, on, wish
from tests.wall.world import now


def write(office: Office, span: Span, *, resource: UUID | None = None, **more: Any) -> None:
    """A row past every service, as whoever decides on times."""
    row = {
        "resource_id": resource or office.key,
        "organization": office.worker.organization,
        "state": BookingState.BOOKED.value,
        "starts_at": span.begins,
        "ends_at": span.ends,
        "busy_from": span.begins,
        "busy_until": span.ends,
        "created_at": now(),
    }
    with acting_as(SLOTS):
        Booking(**{**row, **more}).save(force_insert=True)


def at_once(deed: Callable[[int], None], count: int) -> list[bool]:
    """Whether each of so many at the same moment succeeded."""

    def one(number: int) -> bool:
        try:
            deed(number)
        except (SlotTaken, IntegrityError):
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(one, range(count)))


def test_of_many_who_want_one_time_exactly_one_gets_it(office: Office) -> None:
    slot = office.free()[0]
    won = at_once(lambda number: _quiet(office.book(slot, name=f"Person{number}")), 24)
    assert won.count(True) == 1


def test_the_database_refuses_a_clash_that_no_service_has_seen(office: Office) -> None:
    span = on(3, 10)
    assert at_once(lambda _number: write(office, span), 16).count(True) == 1
    with pytest.raises(IntegrityError, match="booking_alone"):
        write(office, Span(span.begins + timedelta(minutes=59), span.ends + timedelta(minutes=59)))


def test_what_only_follows_or_lies_beside_it_is_no_clash(office: Office) -> None:
    span = on(3, 10)
    write(office, span)
    write(office, Span(span.ends, span.ends + timedelta(hours=1)))
    write(office, span, lane=1)
    write(office, span, state=BookingState.CANCELLED.value)
    other = services.found_resource(
        services.NewResource(kind=office.look().kind, title="Nebenan"), actor=office.actor, now=now()
    )
    write(office, span, resource=other)


def test_keys_that_differ_in_their_last_place_do_not_meet(office: Office) -> None:
    key = uuid4()
    with acting_as(SLOTS), connection.cursor() as cursor:
        for bit in range(128):
            other = UUID(int=key.int ^ (1 << bit))
            cursor.execute(
                "SELECT bookings_which(%s) && bookings_which(%s) "
                "AND bookings_when(%s, 0, now(), now() + interval '1 hour') "
                "&& bookings_when(%s, 0, now(), now() + interval '1 hour')",
                [key, other, key, other],
            )
            assert cursor.fetchone() == (False,), bit


def test_of_two_who_move_to_one_time_one_stays_where_it_was(office: Office) -> None:
    first, second, wanted = office.free()[0:6:2]
    bookings = [office.book(first, name="Eins"), office.book(second, name="Zwei")]

    def move(number: int) -> None:
        services.move(bookings[number].id, wanted.span, actor=office.actor, now=now())

    assert at_once(move, 2).count(True) == 1


def test_buffers_keep_others_away_also_when_the_terms_change_later(office: Office) -> None:
    office.change(after=30)
    span = on(3, 9, minutes=30)
    services.enter(office.key, span, Entry(title="Team"), actor=office.actor, now=now())
    office.change(after=0)
    with pytest.raises(SlotTaken):
        services.book(wish(office.key, span.ends), now=now())


def test_so_many_at_a_time_as_there_are_places(office: Office) -> None:
    office.change(parallel=3)
    slot = office.free()[0]
    assert slot.free == 3
    won = at_once(lambda number: _quiet(office.book(slot, name=f"Person{number}")), 12)
    assert won.count(True) == 3


def test_fewer_places_throw_nobody_out_and_let_nobody_more_in(office: Office) -> None:
    office.change(parallel=2)
    slot = office.free()[0]
    first, _second = office.book(slot, name="Eins"), office.book(slot, name="Zwei")
    office.change(parallel=1)
    services.cancel(first.id, actor=office.actor, now=now())
    with pytest.raises(SlotTaken):
        office.book(slot, name="Drei")


def _quiet(_booked: services.Booked) -> None:
    return None
