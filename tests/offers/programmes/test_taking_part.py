"""Registering: never more than there are, nobody forgotten, and nobody sees who comes but who must."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail as outbox
from django.db import connection

from lueckenlos.core.actor import NOBODY, Actor, job, link_to
from lueckenlos.core.context import acting_as
from lueckenlos.kernels.places import Reason
from lueckenlos.offers.programmes import selectors, services
from lueckenlos.offers.programmes.errors import (
    NoSuchProgramme,
    NoSuchRegistration,
    NotFit,
    NotOffered,
    Refused,
    SameChildTwice,
)
from lueckenlos.offers.programmes.models import Feedback, Registration, Seat
from lueckenlos.offers.programmes.types import AccessView, ProgrammeState, QuotaValue, RegistrationState
from tests.offers.programmes.house import Centre, wish
from tests.wall.world import now

S = RegistrationState


def link(registered: services.Registered) -> Actor:
    """Whoever holds the link of a registration."""
    return link_to(registered.id, purpose="registration")


def come(centre: Centre, *children: str, **more: Any) -> services.Registered:
    """Register children."""
    return services.register(wish(centre.programme.id, *children, **more), now=now())


def state(registered: services.Registered) -> RegistrationState:
    """Where a registration stands."""
    found = selectors.registration(link(registered), registered.id)
    assert found is not None
    return found.state


def test_places_go_until_none_is_left_then_there_is_a_line(centre: Centre) -> None:
    first, second = come(centre, "Mia", "Ben"), come(centre, "Ida")
    third, fourth = come(centre, "Leo"), come(centre, "Tom")
    assert [first.state, second.state, third.state, fourth.state] == [
        S.PLACED,
        S.PLACED,
        S.WAITING,
        S.WAITING,
    ]
    assert (third.rank, fourth.rank) == (1, 2)
    places = centre.look().places
    assert (places.taken, places.promised, places.waiting, places.free) == (3, 0, 2, 0)


def test_a_free_place_is_offered_to_the_first_whom_it_fits_and_counts_as_taken(centre: Centre) -> None:
    come(centre, "Mia", "Ben")
    alone = come(centre, "Ida")
    pair, single = come(centre, "Leo", "Tom"), come(centre, "Eva")
    services.cancel(alone.id, actor=link(alone), now=now())
    assert (state(pair), state(single)) == (S.WAITING, S.OFFERED)
    assert centre.look().places.free == 0
    services.accept(single.id, actor=link(single), now=now())
    assert state(single) is S.PLACED
    assert selectors.rank_of(link(pair), pair.id) == 1


def test_an_offer_nobody_answers_goes_to_the_next(centre: Centre) -> None:
    first = come(centre, "Mia", "Ben", "Ida")
    second, third = come(centre, "Leo", "Eva", "Ada"), come(centre, "Tom", "Kai", "Zoe")
    services.cancel(first.id, actor=link(first), now=now())
    late = now() + timedelta(hours=49)
    assert services.move_up_everywhere(now=late) == 1
    assert (state(second), state(third)) == (S.LAPSED, S.OFFERED)
    with pytest.raises(NotOffered):
        services.accept(second.id, actor=link(second), now=late)


def test_a_declined_place_goes_on_and_more_places_go_to_those_who_wait(centre: Centre) -> None:
    first = come(centre, "Mia", "Ben", "Ida")
    second, third = come(centre, "Leo"), come(centre, "Tom")
    services.leave_out(first.id, seat=_seat(first, "Ida"), actor=link(first), now=now())
    assert state(second) is S.OFFERED
    services.decline(second.id, actor=link(second), now=now())
    assert (state(second), state(third)) == (S.DECLINED, S.OFFERED)
    fourth = come(centre, "Eva")
    centre.change(capacity=4)
    assert state(fourth) is S.OFFERED


def test_places_kept_for_a_municipality_and_for_referred_families(centre: Centre) -> None:
    centre.change(quotas=(QuotaValue("05358008", 1), QuotaValue("referred", 1)))
    elsewhere, second = come(centre, "Mia"), come(centre, "Ben")
    here = come(centre, "Ida", ags="05358008")
    referred = come(centre, "Leo", referred=True)
    assert [each.state for each in (elsewhere, second, here, referred)] == [
        S.PLACED,
        S.WAITING,
        S.PLACED,
        S.PLACED,
    ]


def test_who_is_too_young_or_too_old_is_told_so_and_counted_without_a_name(centre: Centre) -> None:
    with pytest.raises(NotFit) as refused:
        come(centre, "Mia", age=2)
    assert (refused.value.name, refused.value.age) == ("Mia", 2)
    assert _signals() == {("refusal", "age")}


def test_the_same_child_does_not_come_twice(centre: Centre) -> None:
    come(centre, "Mia")
    with pytest.raises(SameChildTwice):
        come(centre, "Mia", email="other@example.org")
    with pytest.raises(SameChildTwice):
        come(centre, "Ben", "Ben")
    assert centre.look().places.taken == 1


def test_a_child_that_was_taken_out_may_come_again(centre: Centre) -> None:
    both = come(centre, "Mia", "Ben")
    services.leave_out(both.id, seat=_seat(both, "Ben"), actor=link(both), now=now())
    assert come(centre, "Ben").state is S.PLACED
    assert centre.look().places.taken == 2


def test_a_group_larger_than_the_programme_and_a_late_one_are_refused(centre: Centre) -> None:
    with pytest.raises(Refused) as refused:
        come(centre, "Mia", "Ben", "Ida", "Leo")
    assert refused.value.reason is Reason.NEVER_FITS
    centre.change(closes_at=now() - timedelta(seconds=1))
    with pytest.raises(Refused) as refused:
        come(centre, "Mia")
    assert refused.value.reason is Reason.CLOSED


def test_a_draft_takes_nobody(centre: Centre) -> None:
    services.cancel_programme(centre.programme.id, actor=centre.actor)
    with pytest.raises(NoSuchProgramme):
        come(centre, "Mia")


def test_only_the_organization_and_the_link_see_who_comes(centre: Centre) -> None:
    mine, other = come(centre, "Mia"), come(centre, "Ben")
    key = centre.programme.id
    assert [each.name for each in selectors.registrations(centre.actor, key)] == ["Eltern", "Eltern"]
    assert [each.id for each in selectors.registrations(link(mine), key)] == [mine.id]
    assert selectors.registration(link(mine), other.id) is None
    for outsider in (NOBODY, centre.stranger.acting(), link_to(mine.id, purpose="consent"), job("index")):
        assert selectors.registrations(outsider, key) == []
        with acting_as(outsider):
            assert Registration.objects.count() == Seat.objects.count() == 0
        with pytest.raises(NoSuchRegistration):
            services.cancel(mine.id, actor=outsider, now=now())
    with acting_as(job("programmes-places")):
        assert Seat.objects.count() == 0


def test_nobody_else_plans_it(centre: Centre) -> None:
    stranger = centre.stranger.acting()
    with pytest.raises(NoSuchProgramme):
        services.cancel_programme(centre.programme.id, actor=stranger)
    with pytest.raises(NoSuchProgramme):
        services.cancel_session(centre.programme.sessions[0].id, actor=stranger)
    with pytest.raises(NoSuchProgramme):
        services.set_access(
            centre.programme.id, AccessView("https://v.example.org/1", "", 24, ""), actor=stranger
        )


def test_the_way_in_reaches_the_registered_only_shortly_before_and_once(centre: Centre) -> None:
    placed = come(centre, "Mia", "Ben", "Ida")
    waiting = come(centre, "Leo")
    secret = "https://video.example.org/raum"
    services.set_access(centre.programme.id, AccessView(secret, "", 24, ""), actor=centre.actor)
    key = centre.programme.id
    found = selectors.access(link(placed), key)
    assert found is not None
    assert found.address == secret
    for other in (link(waiting), NOBODY, centre.stranger.acting()):
        assert selectors.access(other, key) is None
    starts = centre.programme.sessions[0].starts_at
    outbox.outbox.clear()
    assert services.send_links(now=starts - timedelta(hours=25)) == 0
    assert services.send_links(now=starts - timedelta(hours=23)) == 1
    assert services.send_links(now=starts - timedelta(hours=22)) == 0
    assert [(each.to, secret in str(each.body)) for each in outbox.outbox] == [(["mia@example.org"], True)]


def test_feedback_is_given_once_and_leads_back_to_nobody(centre: Centre) -> None:
    one = come(centre, "Mia")
    services.give_feedback(one.id, helped=5, again=True, words="Schön.", actor=link(one), now=now())
    with pytest.raises(NoSuchRegistration):
        services.give_feedback(one.id, helped=1, again=False, words="", actor=link(one), now=now())
    assert selectors.feedback(centre.actor, centre.programme.id).count == 1
    assert selectors.feedback(centre.actor, centre.programme.id).words == ()
    with acting_as(centre.actor):
        assert {field.name for field in Feedback._meta.fields} == {
            "id", "programme", "organization", "month", "helped", "again", "words",
        }  # fmt: skip


def test_two_hundred_who_want_the_last_places_get_exactly_those(centre: Centre) -> None:
    centre.change(capacity=20)

    def one(number: int) -> RegistrationState:
        try:
            return come(centre, f"Kind{number}").state
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        states = list(pool.map(one, range(200)))
    assert states.count(S.PLACED) == 20
    assert states.count(S.WAITING) == 180
    places = centre.look().places
    assert (places.taken, places.waiting) == (20, 180)


def test_after_three_months_nobody_is_known_any_more(centre: Centre) -> None:
    from lueckenlos.offers.programmes.retention import RULES

    come(centre, "Mia")
    over = centre.programme.sessions[0].ends_at + timedelta(days=93)
    assert {rule.due(now()) for rule in RULES} == {0}
    assert {rule.table: rule.erase(over) for rule in RULES if rule.due(over)} == {
        "Seat": 1,
        "Registration": 1,
    }
    assert selectors.registrations(centre.actor, centre.programme.id) == []
    assert centre.look().places.taken == 0
    assert centre.look().state is ProgrammeState.PUBLISHED


def _seat(registered: services.Registered, name: str) -> Any:
    found = selectors.registration(link(registered), registered.id)
    assert found is not None
    return next(seat.id for seat in found.seats if seat.first_name == name)


def _signals() -> set[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT source, reason FROM signals_signal")
        return {(row[0], row[1]) for row in cursor.fetchall()}


def test_ages_count_in_completed_years() -> None:
    from lueckenlos.core.ages import age_on

    assert age_on(date(2020, 2, 29), date(2026, 2, 28)) == 5
    assert age_on(date(2020, 2, 29), date(2026, 3, 1)) == 6
