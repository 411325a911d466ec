"""Dealing and giving places: the seed alone decides, nothing is half-written, and every family reads why."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from django.core import mail as outbox
from django.db import connection

from lueckenlos.core.actor import Actor, job, link_to
from lueckenlos.core.context import acting_as
from lueckenlos.kernels.allocation import Code, draw
from lueckenlos.kernels.places import Reason
from lueckenlos.offers.holidays import selectors, services
from lueckenlos.offers.holidays.errors import CannotJoin, NoSuchRound, NotNow, SeedFixed
from lueckenlos.offers.holidays.models import Decision, Round
from lueckenlos.offers.holidays.types import RoundState
from lueckenlos.offers.holidays.wording import decision_words
from lueckenlos.offers.programmes import selectors as programmes
from lueckenlos.offers.programmes import services as programme_deeds
from lueckenlos.offers.programmes.errors import Refused
from lueckenlos.offers.programmes.types import RegistrationState
from tests.core.databases import past_the_wall
from tests.offers.holidays.house import HOLIDAY, SEED, Town, born, decisions, found, lay, link, new_round
from tests.offers.phases import counted, lay_phases
from tests.offers.programmes.house import wish as registration
from tests.wall.world import now


def ordered(town: Town) -> list[str]:
    """The numbers in the order of their lots."""
    return list(selectors.lots(town.view))


def number(sent: services.Sent) -> str:
    """The number of a list."""
    mine = selectors.wish_list(link(sent), sent.id)
    assert mine is not None
    return mine.number


def test_the_lot_alone_decides_and_everybody_reads_the_figures(town: Town) -> None:
    sent = [town.send(name) for name in ("Mia", "Ben", "Ida", "Leo")]
    assert town.publish() == 2
    numbers = [number(each) for each in sent]
    best = draw(numbers, seed=SEED)[:2]
    for each, own in zip(sent, numbers, strict=True):
        (told,) = decisions(each)
        assert told.has_place == (own in best)
        if not told.has_place:
            lot = ordered(town).index(own) + 1
            assert (told.code, told.seats, told.lot, told.lots) == (Code.LOT, 2, lot, 4)
            assert decision_words(told) == f"Es gab 2 Plätze. Ihr Los war Nummer {lot} von 4."
    names = {
        each.seats[0].first_name for each in programmes.registrations(town.actor, town.programme("Zirkus").id)
    }
    assert len(names) == 2
    assert town.programme("Zirkus").places.free == 0
    assert _signals() == {("refusal", "no_place", 2)}


def test_who_gets_nothing_is_counted_in_the_phase_of_its_children(town: Town) -> None:
    lay_phases()
    for name in ("Mia", "Ben", "Ida", "Leo"):
        town.send(name)
    assert town.publish() == 2
    services.nothing_fits([born(1), born(2)], now=now())
    services.nothing_fits([born(1), born(12)], now=now())
    assert set(counted()) == {
        ("refusal", "no_place", "grundschule"), ("refusal", "age", "u3"), ("refusal", "age", None),
    }  # fmt: skip


def test_siblings_go_together_or_not_at_all(town: Town) -> None:
    town.send("Mia")
    pair = town.send("Ben", "Ida", wishes=("Zirkus", "Wald"))
    town.publish()
    placed = [each for each in decisions(pair) if each.has_place]
    assert len(placed) == 1
    key = town.programme("Zirkus" if placed[0].offer == town.offers["Zirkus"] else "Wald").id
    seats = [len(each.seats) for each in programmes.registrations(_planner(town, key), key)]
    assert 2 in seats


def _planner(town: Town, key: UUID) -> Actor:
    return town.actor if key == town.programme("Zirkus").id else town.partner.acting()


def test_kept_seats_go_to_children_with_support_need_first(town: Town) -> None:
    services.keep(town.offers["Zirkus"], seats=1, actor=town.actor)
    for child in ("Ben", "Ida", "Leo", "Tom", "Eva"):
        town.send(child)
    with_need = town.send("Mia", need="Mia")
    town.publish()
    assert decisions(with_need)[0].has_place


def test_a_child_gets_one_at_a_time_and_no_more_than_the_limit(empty_database: str) -> None:
    with past_the_wall(empty_database) as past:
        town = lay(past, most_each=3)
        mia = town.send("Mia", wishes=("Zirkus", "Kochen", "Wald"))
        town.publish()
        told = {each.offer: each for each in decisions(mia)}
        assert told[town.offers["Zirkus"]].has_place
        assert told[town.offers["Kochen"]].code is Code.CLASH
        assert told[town.offers["Wald"]].has_place


def test_the_same_seed_gives_the_same_and_another_is_refused(town: Town) -> None:
    sent = [town.send(name, wishes=("Zirkus", "Wald")) for name in ("Mia", "Ben", "Ida", "Leo", "Tom")]
    town.deal()
    first = _dealt()
    town.deal()
    assert _dealt() == first
    with pytest.raises(SeedFixed):
        services.deal(town.key, seed="1 2 3 4 5 6", actor=town.actor, now=town.after)
    assert _dealt() == first
    assert len(first) == 2 * len(sent)


def test_nothing_is_dealt_before_the_deadline_nor_told_before_it_is_dealt(town: Town) -> None:
    town.send("Mia")
    with pytest.raises(NotNow):
        services.deal(
            town.key, seed=SEED, actor=town.actor, now=town.view.wishes_until - timedelta(seconds=1)
        )
    with pytest.raises(NotNow):
        services.publish(town.key, actor=town.actor, now=town.after)
    assert town.view.seed == ""


def test_what_was_dealt_is_seen_as_figures_alone_until_it_is_told(town: Town) -> None:
    sent = town.send("Mia")
    town.deal()
    figures = selectors.figures(town.key)
    assert figures is not None
    assert (figures.lists, figures.with_place, figures.first_wish, figures.without) == (1, 1, 1, 0)
    assert decisions(sent) == []
    assert selectors.lots(town.view) == ()
    for outsider in (town.actor, link(sent), town.partner.acting()):
        with acting_as(outsider):
            assert Decision.objects.count() == 0
    services.publish(town.key, actor=town.actor, now=town.after)
    with pytest.raises(NotNow):
        services.publish(town.key, actor=town.actor, now=town.after)
    assert decisions(sent)[0].has_place


def test_afterwards_who_ran_it_sees_who_got_nothing_and_others_do_not(town: Town) -> None:
    for child in ("Mia", "Ben", "Ida"):
        town.send(child)
    town.publish()
    assert len(selectors.without_place(town.actor, town.key)) == 1
    for outsider in (town.partner.acting(), town.stranger.acting(), job("index")):
        assert selectors.without_place(outsider, town.key) == []


def test_a_family_gets_one_letter_with_every_reason_and_the_way_to_its_place(town: Town) -> None:
    sent = town.send("Mia", wishes=("Wald", "Zirkus"))
    town.publish()
    outbox.outbox.clear()
    services.tell_decided(sent.id, now=town.after)
    (letter,) = outbox.outbox
    body = str(letter.body)
    assert letter.to == ["mia@example.org"]
    assert "1. Wald\nIhr Kind hat einen Platz." in body
    assert "/mitmachen/anmeldung/" in body
    assert "/ferien/wunschzettel/" in body
    assert _waiting_jobs() == 1


def test_a_letter_speaks_the_language_of_the_family_and_so_do_its_links(town: Town) -> None:
    sent = town.send("Mia", wishes=("Wald",), language="en")
    town.publish()
    outbox.outbox.clear()
    services.tell_decided(sent.id, now=town.after)
    (letter,) = outbox.outbox
    assert "/en/mitmachen/anmeldung/" in str(letter.body)
    assert "/en/ferien/wunschzettel/" in str(letter.body)


def test_a_place_that_is_gone_is_not_given_and_said(town: Town) -> None:
    kept, gone = town.send("Mia", wishes=("Wald",)), town.send("Ben", wishes=("Zirkus",))
    town.deal()
    circus = town.programme("Zirkus")
    programme_deeds.change_programme(
        circus.id,
        replace(HOLIDAY, title="Zirkus", capacity=0),
        expected=circus.version,
        actor=town.actor,
        now=now(),
    )
    assert services.publish(town.key, actor=town.actor, now=town.after) == 1
    assert decisions(kept)[0].has_place
    assert decisions(gone)[0].is_lost
    assert "nicht mehr" in decision_words(decisions(gone)[0])
    figures = selectors.figures(town.key)
    assert figures is not None and figures.lost == 1


def test_if_writing_fails_nothing_is_written(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = town.send("Mia", wishes=("Wald",))
    town.deal()

    def fails(*_arguments: object, **_named: object) -> None:
        raise RuntimeError("the queue is away")

    monkeypatch.setattr("lueckenlos.offers.holidays.services.letters.tell_all", fails)
    with pytest.raises(RuntimeError):
        services.publish(town.key, actor=town.actor, now=town.after)
    assert town.view.state is RoundState.ALLOCATED
    assert town.programme("Wald").places.taken == 0
    assert decisions(sent) == []
    monkeypatch.undo()
    assert services.publish(town.key, actor=town.actor, now=town.after) == 1


def test_programmes_of_a_round_stay_closed_until_remaining_places_are_open(town: Town) -> None:
    key = town.programme("Wald").id
    with pytest.raises(Refused) as refused:
        programme_deeds.register(registration(key, "Eva", age=8), now=now())
    assert refused.value.reason is Reason.NOT_YET_OPEN
    town.send("Mia", wishes=("Wald",))
    town.publish()
    with pytest.raises(Refused):
        programme_deeds.register(
            registration(key, "Eva", age=8), now=town.view.rest_from - timedelta(seconds=1)
        )
    made = programme_deeds.register(registration(key, "Eva", age=8), now=town.view.rest_from)
    assert made.state is RegistrationState.PLACED


def test_remaining_places_wait_until_the_others_are_told(town: Town) -> None:
    rest = town.view.rest_from
    assert services.hold_back_everywhere(now=rest - timedelta(days=1)) == 0
    assert services.hold_back_everywhere(now=rest - timedelta(minutes=30)) == 1
    assert town.view.rest_from == rest + timedelta(days=1)
    assert town.programme("Wald").opens_at == rest + timedelta(days=1)


def test_a_programme_that_its_organization_opened_again_is_closed_again(town: Town) -> None:
    key = town.programme("Zirkus").id
    view = programmes.by_id(key)
    assert view is not None
    programme_deeds.change_programme(
        key, replace(HOLIDAY, title="Zirkus"), expected=view.version, actor=town.actor, now=now()
    )
    assert town.programme("Zirkus").opens_at is None
    services.hold_back_everywhere(now=now())
    assert town.programme("Zirkus").opens_at == town.view.rest_from


def test_partners_agree_before_their_programme_takes_part(town: Town) -> None:
    key = services.found_round(new_round(), actor=town.actor, now=now())
    other = found(town.stranger, "Segeln")
    assert services.ask(key, [other], actor=town.actor, now=now()) == 1
    with pytest.raises(NotNow):
        services.open_round(key, actor=town.actor, now=now())


def test_a_programme_is_in_one_round_alone_and_must_be_fit_for_it(town: Town) -> None:
    key = services.found_round(new_round(), actor=town.actor, now=now())
    with pytest.raises(CannotJoin) as refused:
        services.ask(key, [town.programme("Zirkus").id], actor=town.actor, now=now())
    assert refused.value.titles == ("Zirkus",)
    early = found(town.worker, "Gleich", days=10)
    services.ask(key, [early], actor=town.actor, now=now())
    with pytest.raises(CannotJoin):
        services.open_round(key, actor=town.actor, now=now())


def test_nobody_else_runs_a_round(town: Town) -> None:
    draft = services.found_round(new_round(), actor=town.actor, now=now())
    offer = town.offers["Wald"]
    for outsider in (town.partner.acting(), town.stranger.acting()):
        for deed in (
            lambda: services.open_round(draft, actor=outsider, now=now()),  # noqa: B023
            lambda: services.deal(town.key, seed=SEED, actor=outsider, now=town.after),  # noqa: B023
            lambda: services.publish(town.key, actor=outsider, now=town.after),  # noqa: B023
            lambda: services.keep(offer, seats=1, actor=outsider),  # noqa: B023
            lambda: services.ask(draft, [], actor=outsider, now=now()),  # noqa: B023
        ):
            with pytest.raises(NoSuchRound):
                deed()
    assert Round.objects.get(id=draft).state == RoundState.DRAFT.value


def test_the_link_in_the_letter_opens_the_place(town: Town) -> None:
    sent = town.send("Mia", wishes=("Wald",))
    town.publish()
    with acting_as(job("holidays-tell")):
        key = Decision.objects.get(list=sent.id).registration
    assert key is not None
    mine = programmes.registration(link_to(key, purpose="registration"), key)
    assert mine is not None
    assert (mine.state, mine.seats[0].first_name) == (RegistrationState.PLACED, "Mia")


def _dealt() -> set[tuple[object, ...]]:
    with acting_as(job("holidays-lists")):
        return set(Decision.objects.values_list("list", "offer", "code", "lot", "lots", "left"))


def _signals() -> set[tuple[str, str, int]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT source, reason, count FROM signals_signal")
        return {(row[0], row[1], row[2]) for row in cursor.fetchall()}


def _waiting_jobs() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'holidays.tell_family'")
        row = cursor.fetchone()
    return int(row[0]) if row else 0
