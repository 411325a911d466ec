"""Small numbers are withheld, and whoever knows every total finds none of them again."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lueckenlos.kernels.suppression import (
    MinimumBetrays,
    NotCounts,
    Published,
    PublishedContradicts,
    Reason,
    Table,
    Total,
    TotalDisagrees,
    Zeros,
    recoverable,
    suppress,
    table_of,
)

BOTH = (0, 1)


def without(table: Table, *hidden: int) -> Published:
    """A table in which somebody has withheld just these cells."""
    values = tuple(None if at in hidden else count for at, count in enumerate(table.counts))
    return Published(values, (None,) * len(values), table.shape, Zeros.SHOWN)


def test_margins_are_added_along_each_axis() -> None:
    table = table_of([[1, 2], [3, 4]], summed_over=BOTH)
    assert table.shape == (3, 3)
    assert table.counts == (1, 2, 3, 3, 4, 7, 4, 6, 10)
    assert Total(total=8, parts=(6, 7)) in table.totals
    assert table_of([[1, 2], [3, 4]], summed_over=(1,)).counts == (1, 2, 3, 3, 4, 7)


def test_without_totals_only_the_small_ones_go() -> None:
    published = suppress(table_of([[1, 20], [0, 5]], summed_over=()))
    assert published.lines == ((None, 20), (0, 5))
    assert published.reasons == (Reason.PRIMARY, None, None, None)


def test_one_small_number_takes_a_rectangle_with_it() -> None:
    """1 alone in its row and column: 6 in the row, 7 in the column and 8 across from it are the cheapest."""
    published = suppress(table_of([[1, 6, 30], [7, 8, 10], [11, 12, 13]], summed_over=BOTH))
    assert published.lines == (
        (None, None, 30, 37),
        (None, None, 10, 25),
        (11, 12, 13, 36),
        (19, 26, 53, 98),
    )
    assert published.at(0, 0) is None
    assert published.reasons[0] is Reason.PRIMARY
    assert published.reasons[1] is published.reasons[4] is published.reasons[5] is Reason.SECONDARY


def test_with_row_totals_alone_one_neighbor_is_enough() -> None:
    published = suppress(table_of([[1, 6, 30], [7, 8, 10]], summed_over=(1,)))
    assert published.lines == ((None, None, 30, 37), (7, 8, 10, 25))


def test_a_small_total_is_withheld_too() -> None:
    published = suppress(table_of([[1, 2], [30, 40]], summed_over=(1,)))
    assert published.lines == ((None, None, None), (30, 40, 70))


def test_two_ones_are_not_safe_with_each_other_alone() -> None:
    """1 + 1 = 2 with zeros shown: both are at least 1, so both would be known. A third has to go."""
    table = table_of([[1, 1, 20, 30]], summed_over=(1,))
    assert recoverable(table, without(table, 0, 1)) == {0: 1, 1: 1}
    assert suppress(table).lines == ((None, None, None, 30, 52),)


def test_what_is_left_of_a_total_is_no_small_number_either() -> None:
    """1 + 2 could be split in two ways, but "3 in both together" is a small number as well."""
    table = table_of([[1, 2, 20, 30]], summed_over=(1,))
    assert recoverable(table, without(table, 0, 1)) == {}
    assert suppress(table).lines == ((None, None, None, 30, 53),)


def test_zeros_stay_unless_none_is_news_too() -> None:
    table = table_of([[0, 9, 20]], summed_over=(1,))
    assert suppress(table).lines == ((0, 9, 20, 29),)
    assert suppress(table, zeros=Zeros.WITHHELD).lines == ((None, None, 20, 29),)


def test_at_the_minimum_nothing_is_small() -> None:
    table = table_of([[5, 5]], summed_over=BOTH)
    assert suppress(table).withheld == ()
    assert suppress(table, minimum=6).withheld == (0, 1, 3, 4)
    assert suppress(table_of([[1, 1]], summed_over=BOTH), minimum=1).withheld == ()


def test_a_minimum_that_leaves_one_possible_value_is_refused() -> None:
    table = table_of([[1, 6]], summed_over=(1,))
    with pytest.raises(MinimumBetrays) as raised:
        suppress(table, minimum=2)
    assert (raised.value.minimum, raised.value.zeros) == (2, Zeros.SHOWN)
    with pytest.raises(MinimumBetrays):
        suppress(table, minimum=1, zeros=Zeros.WITHHELD)


def test_three_dimensions_and_a_hierarchy_made_by_hand() -> None:
    cube = table_of(np.full((2, 2, 2), 7) - 4 * np.eye(2, dtype=int)[0], summed_over=(0, 1, 2))
    published = suppress(cube)
    assert published.shape == (3, 3, 3)
    assert recoverable(cube, published) == {}
    # Quarters 3 + 9 make a town of 12, towns 12 + 40 the county: a lone quarter is found through its town.
    towns = Table((3, 9, 12, 40, 52), (Total(2, (0, 1)), Total(4, (2, 3))))
    assert suppress(towns).values == (None, None, 12, 40, 52)


def test_what_is_no_table_is_refused_with_its_data() -> None:
    with pytest.raises(NotCounts) as counts:
        table_of([[1.5, -2.0]], summed_over=())
    assert counts.value.values == (1.5, -2.0)
    with pytest.raises(NotCounts):
        Table((-1,))
    with pytest.raises(TotalDisagrees) as total:
        Table((1, 2, 4), (Total(2, (0, 1)),))
    assert (total.value.stands, total.value.adds_up_to) == (4, 3)
    with pytest.raises(TotalDisagrees):
        Table((1, 2), (Total(5, (0, 1)),))


def test_the_attacker_finds_what_primary_suppression_alone_would_give_away() -> None:
    table = table_of([[1, 6, 30], [7, 8, 10]], summed_over=BOTH)
    assert recoverable(table, without(table, 0)) == {0: 1}
    assert recoverable(table, without(table, 0, 1)) == {0: 1, 1: 6}
    assert recoverable(table, without(table)) == {}


def test_the_attacker_uses_that_nobody_is_negative() -> None:
    """A total of 0 says that all its parts are 0."""
    table = table_of([[0, 6], [0, 7]], summed_over=(0,))
    published = Published((None, 6, None, 7, 0, 13), (None,) * 6, table.shape, Zeros.WITHHELD)
    assert recoverable(table, published) == {0: 0, 2: 0}


def test_numbers_that_contradict_each_other_are_no_publication() -> None:
    table = table_of([[9, 9]], summed_over=(1,))
    published = Published((None, 9, 3), (None,) * 3, table.shape, Zeros.SHOWN)
    with pytest.raises(PublishedContradicts) as raised:
        recoverable(table, published)
    assert raised.value.published is published


@st.composite
def tables(draw: st.DrawFn, *, most: int = 12, side: int = 4) -> Table:
    shape = draw(st.sampled_from([(2, 2), (2, side), (3, side), (side, 3), (2, 2, 3), (1, side), (side,)]))
    size = int(np.prod(shape))
    counts = draw(st.lists(st.integers(0, most), min_size=size, max_size=size))
    axes = draw(st.sets(st.integers(0, len(shape) - 1)))
    return table_of(np.array(counts).reshape(shape), summed_over=sorted(axes))


@settings(max_examples=60)
@given(tables(), st.sampled_from([3, 5]), st.sampled_from(Zeros))
def test_an_attacker_with_all_totals_recovers_no_cell(table: Table, minimum: int, zeros: Zeros) -> None:
    published = suppress(table, minimum=minimum, zeros=zeros)
    assert recoverable(table, published) == {}


@settings(max_examples=60)
@given(tables(), st.sampled_from([3, 5]), st.sampled_from(Zeros))
def test_nothing_small_is_shown_nor_left_over(table: Table, minimum: int, zeros: Zeros) -> None:
    published = suppress(table, minimum=minimum, zeros=zeros)
    for count, value, reason in zip(table.counts, published.values, published.reasons, strict=True):
        small = count < minimum and (count > 0 or zeros is Zeros.WITHHELD)
        assert value in {None, count}
        assert (reason is Reason.PRIMARY) == small
        assert (value is None) == (reason is not None)
    for total in table.totals:
        rest = [table.counts[at] for at in total.parts if published.values[at] is None]
        assert published.values[total.total] is None or not rest or sum(rest) >= minimum


MARGINS = np.array(
    [
        [1, 0, 0, 0], [0, 1, 0, 0], [1, 1, 0, 0],
        [0, 0, 1, 0], [0, 0, 0, 1], [0, 0, 1, 1],
        [1, 0, 1, 0], [0, 1, 0, 1], [1, 1, 1, 1],
    ]
)  # fmt: skip
"""Two by two inner cells to the whole table with both margins."""


@settings(max_examples=60)
@given(st.lists(st.integers(0, 3), min_size=4, max_size=4), st.sets(st.integers(0, 8), min_size=1))
def test_the_attacker_is_as_clever_as_trying_everything(counts: list[int], hidden: set[int]) -> None:
    """Two by two with both margins: every table of numbers up to the grand total is tried."""
    table = table_of(np.array(counts).reshape(2, 2), summed_over=BOTH)
    assert table.counts == tuple((MARGINS @ counts).tolist())
    hidden = {at for at in hidden if table.counts[at] > 0}  # a zero that is shown is not withheld
    shown = [at for at in range(9) if at not in hidden]
    worlds = MARGINS @ np.indices((sum(counts) + 2,) * 4).reshape(4, -1)
    fits = (worlds[shown] == np.array(table.counts)[shown, None]).all(axis=0)
    worlds = worlds[:, fits & (worlds[sorted(hidden)] >= 1).all(axis=0)]
    known = {at: table.counts[at] for at in hidden if len(np.unique(worlds[at])) == 1}
    assert recoverable(table, without(table, *hidden)) == known


def test_every_secondary_cell_of_a_rectangle_is_needed() -> None:
    """Showing any one of the four again gives the small one away."""
    table = table_of([[1, 6, 30], [7, 8, 10], [11, 12, 13]], summed_over=BOTH)
    hidden = suppress(table).withheld
    for shown in hidden:
        if shown != 0:
            assert 0 in recoverable(table, without(table, *(set(hidden) - {shown})))
