"""Few questions settle most; what a question may settle and what it settles are two things."""

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lueckenlos.kernels.chain.questions import NothingOpen, OpenCell, open_cells, questions
from lueckenlos.kernels.chain.types import Cell, Seam, Share, Verdict


def hangs_on(name: str, *services: str) -> OpenCell:
    return OpenCell((name, "kita", "gesundheit"), dict.fromkeys(services, 1.0))


def needs(name: str, needed: float, **widths: float) -> OpenCell:
    return OpenCell((name, "kita", "gesundheit"), widths, needed)


def names(keys: tuple[tuple[str, str, str], ...]) -> list[str]:
    return [area for area, _, _ in keys]


def test_one_question_that_touches_all_comes_first() -> None:
    asked = questions([hangs_on("titz", "hebamme", "a"), hangs_on("inden", "hebamme", "b")])
    assert asked.enough == 1
    assert asked.questions[0].service == "hebamme"
    assert names(asked.questions[0].may_settle) == ["inden", "titz"]
    assert asked.questions[0].settles == ()


def test_a_cell_is_settled_for_certain_with_its_last_open_service() -> None:
    asked = questions([hangs_on("titz", "hebamme", "lotse")])
    assert [(q.service, names(q.settles), q.settled_so_far) for q in asked.questions] == [
        ("hebamme", [], 0),
        ("lotse", ["titz"], 1),
    ]


def test_a_small_service_alone_cannot_settle_what_is_far_away() -> None:
    """Three of the ten open places are needed: the two small ones may do it together, neither alone."""
    asked = questions([needs("titz", 3.0, small=2.0, other=1.5)])
    assert [names(q.may_settle) for q in asked.questions] == [[], ["titz"]]
    assert asked.enough == 2


def test_the_wide_service_is_asked_before_the_small_one() -> None:
    asked = questions([needs("titz", 3.0, a_small=2.0, wide=8.0)])
    assert [q.service for q in asked.questions] == ["wide", "a_small"]
    assert asked.enough == 1


def test_who_was_asked_lately_is_left_alone_and_its_cells_wait() -> None:
    asked = questions(
        [hangs_on("titz", "hebamme"), hangs_on("inden", "hebamme", "lotse")], asked=["hebamme", "nobody"]
    )
    assert [q.service for q in asked.questions] == ["lotse"]
    assert names(asked.waiting) == ["titz"]
    assert asked.asked == ("hebamme",)
    # Inden still hangs on the midwife: nothing is settled for certain.
    assert asked.questions[0].settles == ()
    assert names(asked.questions[0].may_settle) == ["inden"]


def test_a_short_list_says_that_it_is_short() -> None:
    asked = questions([hangs_on("titz", "a"), hangs_on("inden", "b")], at_most=1)
    assert (len(asked.questions), asked.is_complete, asked.bound) == (1, False, None)


def test_nothing_to_check_asks_nothing() -> None:
    asked = questions([])
    assert (asked.questions, asked.cells, asked.enough, asked.is_complete) == ((), 0, 0, True)


def test_a_cell_that_hangs_on_nobody_is_refused_by_name() -> None:
    with pytest.raises(NothingOpen) as caught:
        questions([hangs_on("titz")])
    assert caught.value.cell == ("titz", "kita", "gesundheit")


def test_greedy_misses_the_smallest_cover_within_its_bound() -> None:
    """The classic trap: the widest row (four cells) is taken first, though two columns of three would do."""
    top, low = ["1", "2", "3"], ["4", "5", "6"]
    cells = [
        hangs_on(cell, *(["wide"] if cell in "1245" else []), "top" if cell in top else "low")
        for cell in top + low
    ]
    asked = questions(cells)
    assert [q.service for q in asked.questions[: asked.enough]] == ["wide", "low", "top"]
    assert asked.bound == pytest.approx(1 + 1 / 2 + 1 / 3 + 1 / 4)
    assert asked.at_least == 2


def test_open_cells_are_those_under_check_with_the_nearer_way_out() -> None:
    shares = (Share("known", 4.0, 4.0), Share("open", 1.0, 9.0))
    cell = Cell("titz", "kita", "kultur", 100.0, 6.0, False, 5.0, 13.0, Verdict.CHECK, 0.0, 1.0, shares)
    gap = Cell("titz", "kita", "sport", 100.0, 60.0, False, 5.0, 13.0, Verdict.GAP, 47.0, 55.0, shares)
    seam = Seam("titz", "kita", "grundschule", 100.0, 12.0, False, 5.0, 13.0, Verdict.CHECK, shares)
    first, second = open_cells([cell, gap, seam])
    assert (first.key, first.services, first.needed) == (("titz", "kita", "kultur"), {"open": 8.0}, 1.0)
    assert (second.key, second.needed) == (("titz", "kita", "grundschule"), 1.0)


def test_a_target_met_exactly_at_most_is_still_a_question() -> None:
    shares = (Share("open", 0.0, 6.0),)
    cell = Cell("titz", "kita", "kultur", 100.0, 6.0, False, 0.0, 6.0, Verdict.CHECK, 0.0, 6.0, shares)
    (question,) = questions(open_cells([cell])).questions
    assert names(question.may_settle) == ["titz"] == names(question.settles)


SERVICES = ["a", "b", "c", "d", "e"]
plain = st.lists(st.sets(st.sampled_from(SERVICES), min_size=1), min_size=1, max_size=8).map(
    lambda sets: [hangs_on(str(row), *sorted(members)) for row, members in enumerate(sets)]
)
weighed = st.lists(
    st.tuples(
        st.dictionaries(st.sampled_from(SERVICES), st.integers(1, 9).map(float), min_size=1),
        st.integers(1, 20).map(float),
    ),
    min_size=1,
    max_size=8,
).map(lambda rows: [OpenCell((str(row), "p", "f"), *each) for row, each in enumerate(rows)])


def decidable(cell: OpenCell, asked: set[str]) -> bool:
    widths = [width for service, width in cell.services.items() if service in asked]
    return bool(widths) and (cell.needed is None or sum(widths) >= cell.needed)


def smallest(cells: list[OpenCell]) -> int:
    """The fewest questions, by trying every set."""
    wanted = [cell for cell in cells if decidable(cell, set(SERVICES))]
    return next(
        size
        for size in range(len(SERVICES) + 1)
        for chosen in itertools.combinations(SERVICES, size)
        if all(decidable(cell, set(chosen)) for cell in wanted)
    )


@given(plain | weighed)
def test_the_cover_is_within_its_bound_of_the_smallest(cells: list[OpenCell]) -> None:
    asked = questions(cells)
    fewest = smallest(cells)
    assert asked.bound is not None
    assert asked.at_least is not None
    assert fewest <= asked.enough <= asked.bound * fewest + 1e-9
    assert asked.at_least <= fewest


@given(plain)
def test_where_any_service_does_the_bound_is_harmonic(cells: list[OpenCell]) -> None:
    asked = questions(cells)
    largest = max(sum(service in cell.services for cell in cells) for service in SERVICES)
    assert asked.bound is not None
    assert asked.bound <= math.fsum(1 / number for number in range(1, largest + 1)) + 1e-12


@given(weighed, st.sets(st.sampled_from(SERVICES)))
def test_what_the_list_says_is_so(cells: list[OpenCell], lately: set[str]) -> None:
    asked = questions(cells, asked=lately)
    answered: set[str] = set()
    for question in asked.questions:
        before = set(answered)
        answered.add(question.service)
        assert question.service not in lately
        now = {cell.key for cell in cells if decidable(cell, answered) and not decidable(cell, before)}
        done = {
            cell.key
            for cell in cells
            if cell.services.keys() <= answered and question.service in cell.services
        }
        assert set(question.may_settle) == now
        assert set(question.settles) == done
        assert question.may_settle_so_far == sum(decidable(cell, answered) for cell in cells)
        assert question.settled_so_far == sum(cell.services.keys() <= answered for cell in cells)
    cover = {question.service for question in asked.questions[: asked.enough]}
    open_to = set(SERVICES) - lately
    waiting = {cell.key for cell in cells if not decidable(cell, open_to)}
    assert set(asked.waiting) == waiting
    assert all(decidable(cell, cover) for cell in cells if cell.key not in waiting)


@given(weighed, st.randoms(use_true_random=False))
def test_order_changes_nothing(cells: list[OpenCell], random) -> None:
    shuffled = [
        OpenCell(cell.key, dict(random.sample(list(cell.services.items()), len(cell.services))), cell.needed)
        for cell in random.sample(cells, len(cells))
    ]
    assert questions(shuffled) == questions(cells)
