"""A pathway as boxes and lines: forward to the right, back underneath, nothing on top of each other."""

from dataclasses import replace
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from lueckenlos.kernels.pathways import Edge, Measures, Next, Pathway, Picture, Stage, layout
from tests.kernels.pathways.house import sound

SIZES = Measures(box_width=100, box_height=40, gap_x=40, gap_y=20, lane=10)


def with_ways(ways: dict[str, list[str]], back: tuple[tuple[str, str], ...] = ()) -> Pathway:
    stages = tuple(
        Stage(
            key,
            key.upper(),
            frozenset({"family"}),
            next=(
                *(Next(other) for other in ends),
                *(Next(end, is_again=True) for start, end in back if start == key),
            ),
            is_final=not ends,
        )
        for key, ends in ways.items()
    )
    return replace(sound(), stages=stages)


def places(picture: Picture) -> dict[str, tuple[float, float]]:
    return {node.key: (node.x, node.y) for node in picture.nodes}


def test_a_straight_way_lies_in_one_row() -> None:
    picture = layout(with_ways({"a": ["b"], "b": ["c"], "c": []}), measures=SIZES)
    assert places(picture) == {"a": (20, 0), "b": (160, 0), "c": (300, 0)}
    assert (picture.width, picture.height) == (420, 40)
    assert picture.edges[0] == Edge("a", "b", is_again=False, points=((120, 20), (160, 20)))
    assert [(node.is_first, node.is_final) for node in picture.nodes] == [
        (True, False),
        (False, False),
        (False, True),
    ]


def test_a_fork_lies_around_the_middle() -> None:
    picture = layout(with_ways({"a": ["b", "c"], "b": ["d"], "c": ["d"], "d": []}), measures=SIZES)
    assert places(picture) == {"a": (20, 30), "b": (160, 0), "c": (160, 60), "d": (300, 30)}


def test_the_longest_way_counts_and_the_short_one_goes_around() -> None:
    picture = layout(with_ways({"a": ["b", "c"], "b": ["c"], "c": []}), measures=SIZES)
    assert [node.layer for node in picture.nodes] == [0, 1, 2]
    (short,) = [edge for edge in picture.edges if (edge.start, edge.end) == ("a", "c")]
    # Past b in a row of its own: b is at y 0, the line passes at 80.
    assert places(picture)["b"] == (160, 0)
    assert short.points == ((120, 50), (160, 80), (260, 80), (300, 50))


def test_ways_that_would_cross_change_places() -> None:
    picture = layout(with_ways({"a": ["x", "y"], "x": ["q"], "y": ["p"], "p": [], "q": []}), measures=SIZES)
    at = places(picture)
    assert (at["x"][1] < at["y"][1]) == (at["q"][1] < at["p"][1])


def test_the_way_back_runs_below_everything_in_its_own_lane() -> None:
    ways = {"a": ["b"], "b": ["c"], "c": []}
    picture = layout(with_ways(ways, back=(("b", "a"), ("c", "a"))), measures=SIZES)
    first, second = (edge for edge in picture.edges if edge.is_again)
    assert first == Edge("b", "a", is_again=True, points=((260, 30), (270, 50), (10, 50), (20, 30)))
    assert {y for _, y in second.points} == {30, 60}
    assert picture.height == 70


@st.composite
def pathways(draw: st.DrawFn) -> Pathway:
    """Stages in an order; ways lead to later ones, ways back to earlier ones or to itself."""
    keys = "abcdefgh"[: draw(st.integers(1, 8))]
    ways = {
        key: sorted(draw(st.sets(st.sampled_from(keys[at + 1 :])))) if at + 1 < len(keys) else []
        for at, key in enumerate(keys)
    }
    pairs = [(start, end) for at, start in enumerate(keys) for end in keys[: at + 1]]
    return with_ways(ways, back=tuple(sorted(draw(st.sets(st.sampled_from(pairs), max_size=4)))))


@given(pathways())
def test_boxes_never_cover_each_other_and_stay_inside(pathway: Pathway) -> None:
    picture = layout(pathway, measures=SIZES)
    for node in picture.nodes:
        assert 0 <= node.x <= picture.width - SIZES.box_width
        assert 0 <= node.y <= picture.height - SIZES.box_height
    for one, other in combinations(picture.nodes, 2):
        assert abs(one.x - other.x) >= SIZES.box_width or abs(one.y - other.y) >= SIZES.box_height
    for edge in picture.edges:
        assert all(0 <= x <= picture.width and 0 <= y <= picture.height for x, y in edge.points)


@given(pathways())
def test_every_way_is_drawn_once_forward_to_the_right(pathway: Pathway) -> None:
    picture = layout(pathway, measures=SIZES)
    layer = {node.key: node.layer for node in picture.nodes}
    ways = [(stage.key, step.stage, step.is_again) for stage in pathway.stages for step in stage.next]
    assert sorted((edge.start, edge.end, edge.is_again) for edge in picture.edges) == sorted(ways)
    for edge in picture.edges:
        if not edge.is_again:
            assert layer[edge.start] < layer[edge.end]
            assert [x for x, _ in edge.points] == sorted(x for x, _ in edge.points)


@given(pathways())
def test_no_line_runs_through_a_box(pathway: Pathway) -> None:
    """Within the width of a layer, lines forward are level, and none is at the height of a box there."""
    picture = layout(pathway, measures=SIZES)
    for edge in picture.edges:
        if edge.is_again:
            continue
        for (x, y), (_, level) in zip(edge.points[1:-1:2], edge.points[2:-1:2], strict=True):
            assert y == level
            column = [node for node in picture.nodes if node.x == x]
            assert all(not node.y <= y <= node.y + SIZES.box_height for node in column)
