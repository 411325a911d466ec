"""Wish lists: until the deadline and not a second longer, each child once, and no names for whoever deals."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail as outbox
from django.db import ProgrammingError, connection

from lueckenlos.core.actor import NOBODY, job, link_to
from lueckenlos.core.context import acting_as
from lueckenlos.offers.holidays import selectors, services
from lueckenlos.offers.holidays.errors import (
    NoSuchList,
    NoSuchRound,
    NotFit,
    NothingWished,
    NotNow,
    NotYet,
    SameChildTwice,
    TooLate,
)
from lueckenlos.offers.holidays.models import Decision, Wish, WishChild, WishContact, WishList
from lueckenlos.offers.holidays.retention import RULES
from tests.offers.holidays.house import Town, link, new_round
from tests.wall.world import now

CLOSED = (WishList, WishContact, WishChild, Wish, Decision)


def test_a_list_is_confirmed_by_a_letter_with_a_link(town: Town) -> None:
    outbox.outbox.clear()
    sent = town.send("Mia", "Ben", wishes=("Wald", "Zirkus"))
    (letter,) = outbox.outbox
    assert letter.to == ["mia@example.org"]
    body = str(letter.body)
    assert sent.code in body
    assert "1. Wald\n2. Zirkus" in body
    mine = selectors.wish_list(link(sent), sent.id)
    assert mine is not None
    assert [each.first_name for each in mine.children] == ["Mia", "Ben"]
    assert mine.wishes == (town.offers["Wald"], town.offers["Zirkus"])


def test_a_second_after_the_deadline_is_late_and_before_the_beginning_is_early(town: Town) -> None:
    new, view = town.wish("Mia"), town.view
    with pytest.raises(NotYet):
        services.send(new, now=view.wishes_from - timedelta(seconds=1))
    with pytest.raises(TooLate):
        services.send(new, now=view.wishes_until)
    with pytest.raises(TooLate):
        services.send(new, now=view.wishes_until + timedelta(seconds=1))
    sent = services.send(new, now=view.wishes_until - timedelta(seconds=1))
    with pytest.raises(TooLate):
        services.change_wishes(sent.id, new.wishes, actor=link(sent), now=view.wishes_until)


def test_the_same_child_has_one_lot(town: Town) -> None:
    town.send("Mia")
    for again in (("Mia",), ("Ben", "mia "), ("Ida", "Ida")):
        with pytest.raises(SameChildTwice):
            town.send(*again, email="other@example.org")
    assert selectors.counts(town.key) == (1, 1)


def test_clicks_at_the_same_time_do_not_send_a_child_twice(town: Town) -> None:
    def one(_number: int) -> bool:
        try:
            town.send("Mia")
        except SameChildTwice:
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(one, range(12))) == 1
    assert selectors.counts(town.key) == (1, 1)


def test_only_what_fits_all_children_may_be_wished_for(town: Town) -> None:
    with pytest.raises(NotFit) as refused:
        town.send("Mia", wishes=("Kochen",), age=6)
    assert refused.value.title == "Kochen"
    with pytest.raises(NotFit):
        town.send("Mia", "Ben", "Ida")
    with pytest.raises(NotFit):
        town.send("Mia", wishes=("Zirkus", "Zirkus"))
    with pytest.raises(NothingWished):
        town.send("Mia", wishes=())
    town.offers["Zoo"] = uuid4()
    with pytest.raises(NotFit):
        town.send("Mia", wishes=("Zoo",))
    assert selectors.counts(town.key) == (0, 0)


def test_wishes_may_change_until_the_end_and_a_list_may_be_taken_back(town: Town) -> None:
    sent = town.send("Mia", wishes=("Zirkus", "Wald"))
    services.change_wishes(sent.id, [town.offers["Wald"]], actor=link(sent), now=now())
    mine = selectors.wish_list(link(sent), sent.id)
    assert mine is not None
    assert mine.wishes == (town.offers["Wald"],)
    services.take_back(sent.id, actor=link(sent))
    assert selectors.counts(town.key) == (0, 0)
    town.send("Mia")
    with acting_as(job("retention")):
        assert [WishChild.objects.count(), WishContact.objects.count(), Wish.objects.count()] == [1, 1, 1]


def test_what_was_dealt_is_not_taken_back(town: Town) -> None:
    sent = town.send("Mia")
    town.deal()
    with pytest.raises(NotNow):
        services.take_back(sent.id, actor=link(sent))
    with acting_as(link(sent)):
        assert WishList.objects.filter(id=sent.id).delete()[0] == 0


def test_a_draft_takes_no_wishes(town: Town) -> None:
    key = services.found_round(new_round(), actor=town.actor, now=now())
    town.key = key
    with pytest.raises(NoSuchRound):
        town.send("Mia")


def test_nobody_but_the_link_sees_a_list_before_the_outcome_is_told(town: Town) -> None:
    mine, other = town.send("Mia"), town.send("Ben")
    assert selectors.wish_list(link(mine), other.id) is None
    outsiders = (
        NOBODY,
        town.actor,
        town.partner.acting(),
        town.stranger.acting(),
        link_to(mine.id, purpose="registration"),
        job("index"),
    )
    for outsider in outsiders:
        assert selectors.wish_list(outsider, mine.id) is None
        assert selectors.without_place(outsider, town.key) == []
        with acting_as(outsider):
            assert [table.objects.count() for table in CLOSED] == [0] * 5
        with pytest.raises(NoSuchList):
            services.change_wishes(mine.id, [town.offers["Wald"]], actor=outsider, now=now())
        with pytest.raises(NoSuchList):
            services.take_back(mine.id, actor=outsider)
    with acting_as(link(mine)):
        assert [table.objects.count() for table in CLOSED] == [1, 1, 1, 1, 0]


def test_whoever_deals_reads_no_names_and_others_write_nothing(town: Town) -> None:
    sent = town.send("Mia")
    with acting_as(job("holidays-lists")):
        assert [table.objects.count() for table in CLOSED] == [1, 0, 0, 1, 0]
    with acting_as(job("holidays-tell")):
        assert WishChild.objects.count() == 0
    for table, change in ((Wish, {"position": 9}), (WishContact, {"email": "x@example.org"})):
        with pytest.raises(ProgrammingError), acting_as(link(sent)):
            table.objects.update(**change)
    with acting_as(town.stranger.acting()):
        assert WishList.objects.all().delete()[0] == 0


def test_after_three_months_no_wish_is_left(town: Town) -> None:
    town.send("Mia", "Ben")
    town.publish()
    over = town.view.over_at
    assert over is not None
    assert [rule.due(over + timedelta(days=91)) for rule in RULES] == [0] * 5
    assert [rule.erase(over + timedelta(days=93)) for rule in RULES] == [1, 1, 2, 1, 1]
    assert selectors.counts(town.key) == (0, 0)
    assert selectors.figures(town.key) is not None
