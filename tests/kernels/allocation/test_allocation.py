"""Holiday offers by wish and lot: fair, explained, and not to be had by being clever or quick."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lueckenlos.kernels.allocation import (
    Allocation,
    AllocationError,
    Answer,
    Applicant,
    Code,
    Offer,
    allocate,
    draw,
    sentence,
)
from lueckenlos.kernels.allocation.choice import Candidate, Room, choose
from tests.kernels.allocation.markets import (
    MONDAY,
    OFFERS,
    SEED,
    applicants,
    child,
    half_day,
    held,
    lot_of,
    offers,
    preferred,
    sitting,
    together,
)

groups = applicants(largest=3)
everybody = applicants(largest=3, most=3)


def run(given_offers: list[Offer], lists: list[Applicant]) -> Allocation:
    return allocate(given_offers, lists, seed=SEED)


def by_lot(*names: str) -> list[str]:
    return list(draw(names, seed=SEED))


@given(offers(), everybody)
def test_no_seat_is_given_twice_and_no_child_is_in_two_places_at_once(
    given_offers: list[Offer], lists: list[Applicant]
) -> None:
    outcome = run(given_offers, lists)
    of = {offer.key: offer for offer in given_offers}
    for key, offer in of.items():
        assert sum(each.size for each in sitting(outcome, lists, key)) <= offer.seats
    for each in lists:
        has = held(outcome).get(each.key, [])
        assert len(has) <= each.limit
        assert set(has) <= set(each.wishes)
        assert len({of[key].times for key in has}) == len(has)


@given(offers(), everybody)
def test_every_wish_has_an_answer_and_the_answers_agree_with_the_places(
    given_offers: list[Offer], lists: list[Applicant]
) -> None:
    outcome = run(given_offers, lists)
    wished = [(each.key, wish) for each in sorted(lists, key=lambda each: each.key) for wish in each.wishes]
    assert [(answer.applicant, answer.offer) for answer in outcome.answers] == wished
    granted = {(answer.applicant, answer.offer) for answer in outcome.answers if answer.code is Code.PLACE}
    assert granted == {(place.applicant, place.offer) for place in outcome.places}
    unsettled = {
        (answer.applicant, answer.offer) for answer in outcome.answers if answer.code is Code.UNSETTLED
    }
    assert unsettled <= {(pair.applicant, pair.offer) for pair in outcome.blocking}
    assert all(sentence(answer).startswith(f"{answer.wish}. Wunsch: ") for answer in outcome.answers)


@given(offers(), everybody, st.randoms(use_true_random=False))
def test_who_applied_first_is_irrelevant(given_offers: list[Offer], lists: list[Applicant], shuffler) -> None:
    outcome = run(given_offers, lists)
    shuffler.shuffle(given_offers)
    shuffler.shuffle(lists)
    assert run(given_offers, lists) == outcome


@given(offers(), applicants())
def test_no_child_and_no_offer_prefer_one_another(given_offers: list[Offer], lists: list[Applicant]) -> None:
    outcome = run(given_offers, lists)
    lots, of = lot_of(lists), {offer.key: offer for offer in given_offers}
    assert outcome.blocking == ()
    for each in lists:
        for wish in preferred(each, outcome):
            there = sitting(outcome, lists, wish)
            with_needs = sum(len(one.needs) for one in there)
            assert len(there) == of[wish].seats
            for later in (one for one in there if lots[one.key] > lots[each.key]):
                assert later.needs
                assert not each.needs
                assert with_needs <= of[wish].kept
            assert not each.needs or with_needs >= of[wish].kept


@given(offers(most_seats=2), applicants(fewest=4, shortest=2), st.data())
def test_no_child_gains_by_another_list_than_the_true_one(
    given_offers: list[Offer], lists: list[Applicant], data: st.DataObject
) -> None:
    liar = data.draw(st.sampled_from(lists))
    order: tuple[str | None, ...] = (*liar.wishes, None)
    honest = order.index(placed(given_offers, lists, liar=liar, wishes=liar.wishes))
    drawn = tuple(data.draw(st.lists(st.sampled_from(OFFERS), unique=True)))
    others_first = [
        (first, *(wish for wish in liar.wishes if wish != first))
        for first in liar.wishes
    ]  # fmt: skip
    for false in (drawn, *others_first):
        place = placed(given_offers, lists, liar=liar, wishes=false)
        assert place not in order or honest <= order.index(place)


def placed(
    given_offers: list[Offer], lists: list[Applicant], *, liar: Applicant, wishes: tuple[str, ...]
) -> str | None:
    told = [replace(each, wishes=wishes) if each is liar else each for each in lists]
    has = held(run(given_offers, told)).get(liar.key)
    return has[0] if has else None


@given(offers(most_kept=0), groups)
def test_without_kept_seats_everybody_chooses_in_the_order_of_the_lots_groups_too(
    given_offers: list[Offer], lists: list[Applicant]
) -> None:
    outcome = run(given_offers, lists)
    lots = lot_of(lists)
    left = {offer.key: offer.seats for offer in given_offers}
    expected: dict[str, list[str]] = {}
    for each in sorted((each for each in lists if each.wishes), key=lambda each: lots[each.key]):
        first = next((wish for wish in each.wishes if left[wish] >= each.size), None)
        if first is not None:
            left[first] -= each.size
            expected[each.key] = [first]
    assert held(outcome) == expected
    assert outcome.blocking == ()


@given(offers(), groups)
def test_among_groups_no_seat_stays_free_that_somebody_could_use_and_what_blocks_is_named(
    given_offers: list[Offer], lists: list[Applicant]
) -> None:
    outcome = run(given_offers, lists)
    lots, of = lot_of(lists), {offer.key: offer for offer in given_offers}
    blocked = set()
    for each in lists:
        for wish in preferred(each, outcome):
            there = sitting(outcome, lists, wish)
            assert sum(one.size for one in there) + each.size > of[wish].seats
            asking = [Candidate(one.key, lots[one.key], one.size, len(one.needs)) for one in (*there, each)]
            if asking[-1] in choose(Room(of[wish].seats, of[wish].kept), asking):
                blocked.add((each.key, wish))
    assert {(pair.applicant, pair.offer) for pair in outcome.blocking} == blocked


candidates = st.lists(
    st.integers(1, 3).flatmap(lambda size: st.tuples(st.just(size), st.integers(0, size))), max_size=8
).map(lambda sizes: [Candidate(str(rank), rank, *each) for rank, each in enumerate(sizes)])
rooms = st.integers(0, 8).flatmap(lambda seats: st.builds(Room, st.just(seats), st.integers(0, seats)))


@given(rooms, candidates)
def test_an_offer_is_never_too_full_and_keeps_whom_it_took(room: Room, asking: list[Candidate]) -> None:
    taken = choose(room, asking)
    assert sum(each.size for each in taken) <= room.seats
    assert set(choose(room, taken)) == set(taken)
    free = room.seats - sum(each.size for each in taken)
    assert all(each.size > free for each in asking if each not in taken)


@given(rooms, candidates, st.data())
def test_for_single_children_the_choice_has_what_deferred_acceptance_needs(
    room: Room, asking: list[Candidate], data: st.DataObject
) -> None:
    singles = [Candidate(each.key, each.rank, 1, min(each.needs, 1)) for each in asking]
    fewer = data.draw(st.lists(st.sampled_from(singles), unique=True)) if singles else []
    of_all, of_fewer = choose(room, singles), choose(room, fewer)
    assert set(of_all) & set(fewer) <= set(of_fewer)
    assert len(of_fewer) <= len(of_all)


def test_the_lot_follows_from_the_seed_and_the_key_alone() -> None:
    assert draw("abc", seed="x") == draw("cab", seed="x")
    orders = {draw("abcd", seed=str(number)) for number in range(200)}
    assert len(orders) == 24
    assert draw("abcdef", seed="x", round_number=1) != draw("abcdef", seed="x", round_number=2)


def test_kept_seats_go_to_children_with_needs_and_are_released_where_too_few_want_them() -> None:
    names = by_lot("a", "b", "c", "d")
    zoo = Offer("zoo", 3, 2)
    last_needs = [child(name, "zoo", needs=name == names[-1]) for name in names]
    assert set(held(run([zoo], last_needs))) == {names[0], names[1], names[3]}
    nobody_needs = [child(name, "zoo") for name in names]
    assert set(held(run([zoo], nobody_needs))) == set(names[:3])


def test_siblings_go_together_or_not_at_all_and_the_one_behind_them_takes_the_last_seat() -> None:
    first, second, third = by_lot("a", "b", "c")
    lists = [child(first, "zoo"), together(second, 2, "zoo", "bad"), child(third, "zoo")]
    outcome = run([Offer("zoo", 2), Offer("bad", 2)], lists)
    assert held(outcome) == {first: ["zoo"], second: ["bad"], third: ["zoo"]}
    answer = next(one for one in outcome.answers if one.applicant == second)
    assert (answer.code, answer.left, answer.lot, answer.lots) == (Code.GROUP, 1, 2, 3)
    assert sentence(answer) == (
        "1. Wunsch: Als euer Los (2 von 3) an der Reihe war, war für 2 Kinder zusammen nicht mehr genug frei: noch 1 Platz."
    )


def test_a_place_that_comes_free_late_goes_to_the_better_lot_and_not_to_who_asked_last() -> None:
    first, three, two, last = by_lot("a", "b", "c", "d")
    lists = [
        child(first, "voll", "zoo"),
        together(three, 3, "zoo", "bad"),
        together(two, 2, "zoo", "bad"),
        child(last, "voll", "auch voll", "zoo"),
    ]
    outcome = run([Offer("voll", 0), Offer("auch voll", 0), Offer("zoo", 3), Offer("bad", 9)], lists)
    assert held(outcome) == {first: ["zoo"], three: ["bad"], two: ["zoo"]}
    assert outcome.blocking == ()


def test_a_sibling_with_needs_brings_the_other_only_to_an_open_seat() -> None:
    first, second = by_lot("a", "b")
    lists = [child(first, "zoo"), together(second, 2, "zoo", needs=1)]
    assert held(run([Offer("zoo", 2, 1)], lists)) == {first: ["zoo"]}
    assert held(run([Offer("zoo", 3, 1)], lists)) == {first: ["zoo"], second: ["zoo"]}


def test_the_answer_says_how_many_seats_there_were_and_which_lot_it_was() -> None:
    names = by_lot(*(f"kind-{number}" for number in range(40)))
    lists = [child(name, "zoo", "bad") for name in names]
    outcome = run([Offer("zoo", 12), Offer("bad", 40)], lists)
    (first, second) = (answer for answer in outcome.answers if answer.applicant == names[18])
    assert sentence(first) == "1. Wunsch: Es waren 12 Plätze, dein Los war 19 von 40."
    assert sentence(second) == "2. Wunsch: Platz bekommen."


def test_whoever_is_passed_because_of_kept_seats_is_told_so() -> None:
    first, second, third = by_lot("a", "b", "c")
    lists = [child(first, "zoo"), child(second, "zoo"), child(third, "zoo", needs=True)]
    outcome = run([Offer("zoo", 2, 1)], lists)
    answer = next(one for one in outcome.answers if one.applicant == second)
    assert sentence(answer) == (
        "1. Wunsch: Es waren 2 Plätze, dein Los war 2 von 3; 1 Platz war für Kinder mit Unterstützungsbedarf vorbehalten."
    )


def test_in_the_second_round_nothing_overlaps_and_the_answers_say_what_stood_in_the_way() -> None:
    given_offers = [
        Offer("am", 5, 0, half_day(0)),
        Offer("auch", 5, 0, half_day(0)),
        Offer("pm", 1, 0, half_day(1)),
    ]
    first, second = by_lot("a", "b")
    lists = [
        child(first, "pm", "am", "auch", limit=3),
        child(second, "am", "auch", "pm", limit=2),
    ]
    outcome = run(given_offers, lists)
    assert held(outcome) == {first: ["pm", "am"], second: ["am"]}
    assert {
        (one.applicant, one.offer): one.code for one in outcome.answers if one.code is not Code.PLACE
    } == {
        (first, "auch"): Code.CLASH,
        (second, "auch"): Code.CLASH,
        (second, "pm"): Code.FULL_BEFORE,
    }
    one_each = run(given_offers, [child(first, "pm", "am")])
    assert [one.code for one in one_each.answers] == [Code.PLACE, Code.LIMIT]


def test_times_that_only_touch_do_not_overlap() -> None:
    ((begins, ends),) = half_day(0)
    touching = [Offer("a", 1, 0, ((begins, ends),)), Offer("b", 1, 0, ((ends, ends + (ends - begins)),))]
    assert held(run(touching, [child("k", "a", "b", limit=2)])) == {"k": ["a", "b"]}


def test_with_several_offers_a_child_cleverness_can_pay_as_the_docstring_admits() -> None:
    clever, other = by_lot("a", "b")
    given_offers = [Offer("leer", 9, 0, half_day(0)), Offer("begehrt", 1, 0, half_day(1))]
    rival = child(other, "begehrt")
    true = run(given_offers, [child(clever, "leer", "begehrt", limit=2), rival])
    false = run(given_offers, [child(clever, "begehrt", "leer", limit=2), rival])
    assert held(true)[clever] == ["leer"]
    assert sorted(held(false)[clever]) == ["begehrt", "leer"]


def test_who_has_less_comes_first_in_the_next_round() -> None:
    names = by_lot("a", "b", "c", "d", "e", "f")
    given_offers = [
        Offer("eins", 3, 0, half_day(0)),
        Offer("zwei", 1, 0, half_day(1)),
        Offer("drei", 9, 0, half_day(2)),
    ]
    lists = [child(name, "eins", "drei", "zwei", limit=3) for name in names]
    outcome = run(given_offers, lists)
    winner = next(place.applicant for place in outcome.places if place.offer == "zwei")
    second_round = draw(names, seed=SEED, round_number=2)
    assert winner == next(name for name in second_round if name in names[3:])


@pytest.mark.parametrize(
    "impossible",
    [
        lambda: Offer("zoo", 1, 2),
        lambda: Offer("zoo", 1, 0, ((MONDAY.replace(tzinfo=None), MONDAY),)),
        lambda: Applicant("a", frozenset(), ()),
        lambda: Applicant("a", frozenset("k"), (), frozenset("x")),
        lambda: child("a", "zoo", "zoo"),
        lambda: child("a", limit=0),
        lambda: run([Offer("zoo", 1), Offer("zoo", 1)], []),
        lambda: run([Offer("zoo", 1)], [child("a", "bad")]),
        lambda: run([], [Applicant("a", frozenset("k"), ()), Applicant("b", frozenset("k"), ())]),
    ],
)
def test_what_cannot_be_allocated_is_refused(impossible) -> None:
    with pytest.raises(AllocationError):
        impossible()


def test_an_answer_that_nobody_can_settle_asks_to_come_back() -> None:
    answer = Answer("a", "zoo", 1, Code.UNSETTLED, 1, 1, seats=3, lot=2, lots=9, left=1)
    assert "Dein Los (2 von 9) hätte gereicht" in sentence(answer)
