"""Places given by a round: under the one lock, never more than there are, and closed to the ordinary line until then."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail as outbox

from lueckenlos.core import codes
from lueckenlos.core.actor import NOBODY
from lueckenlos.core.context import acting_as
from lueckenlos.kernels.places import Reason
from lueckenlos.offers.programmes import selectors, services
from lueckenlos.offers.programmes.errors import Refused
from lueckenlos.offers.programmes.types import QuotaValue
from tests.offers.programmes.house import Centre, wish
from tests.wall.world import now


def test_held_back_it_takes_nobody_but_those_who_were_allocated(centre: Centre) -> None:
    key, until = centre.programme.id, now() + timedelta(days=7)
    services.hold_back(key, until=until)
    with pytest.raises(Refused) as refused:
        services.register(wish(key, "Tom"), now=now())
    assert refused.value.reason is Reason.NOT_YET_OPEN
    outbox.outbox.clear()
    given = services.seat_allocated(key, [wish(key, "Mia", "Ben"), wish(key, "Ida", "Leo")], now=now())
    assert [each is not None for each in given] == [True, False]
    assert centre.look().places.taken == 2
    assert outbox.outbox == []
    assert services.register(wish(key, "Tom"), now=until).rank is None


def test_the_same_child_is_not_seated_twice_and_kept_places_stay_kept(centre: Centre) -> None:
    key = centre.programme.id
    centre.change(quotas=(QuotaValue("referred", 1),))
    given = services.seat_allocated(
        key, [wish(key, "Mia"), wish(key, "Mia"), wish(key, "Ben"), wish(key, "Ida")], now=now()
    )
    assert [each is not None for each in given] == [True, False, True, False]


def test_what_is_cancelled_gives_nothing(centre: Centre) -> None:
    services.cancel_programme(centre.programme.id, actor=centre.actor)
    key = centre.programme.id
    assert services.seat_allocated(key, [wish(key, "Mia")], now=now()) == (None,)


def test_registration_that_ends_before_opens_at_its_very_end(centre: Centre) -> None:
    closes = now() + timedelta(days=3)
    centre.change(closes_at=closes)
    services.hold_back(centre.programme.id, until=now() + timedelta(days=7))
    assert centre.look().opens_at == closes - timedelta(seconds=1)


def test_the_way_back_opens_the_registration(centre: Centre) -> None:
    key = centre.programme.id
    (given,) = services.seat_allocated(key, [wish(key, "Mia")], now=now())
    assert given is not None
    way = services.way_back(given, now=now())
    assert way.asked_until is None
    with acting_as(NOBODY):
        assert codes.look(way.code, purpose="registration").record == given
    assert selectors.registrations(centre.actor, key)[0].seats[0].first_name == "Mia"
