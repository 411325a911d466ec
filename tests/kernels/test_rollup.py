"""Small counts move up; nothing under the minimum is shown, nothing is lost or counted twice."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from lueckenlos.kernels.rollup import Span, Trace, begin_of, roll_up

NEIGHBORS = {"titz": ["jülich"], "jülich": ["titz", "inden"], "inden": ["jülich"], "heimbach": []}


def trace(place: str, month: int, kind: str, count: int, *, field: str = "gesundheit") -> Trace:
    return Trace(place=place, month=date(2026, month, 1), kind=kind, field=field, count=count)


def test_five_in_one_month_are_shown_as_they_are() -> None:
    (shown,) = roll_up([trace("titz", 3, "schreiambulanz", 5)], neighbors=NEIGHBORS).published
    assert (shown.places, shown.begins, shown.span, shown.kind) == (
        ("titz",), date(2026, 3, 1), Span.MONTH, "schreiambulanz",
    )  # fmt: skip


def test_a_village_keeps_its_voice_by_waiting_for_the_quarter() -> None:
    (shown,) = roll_up([trace("titz", 1, "a", 2), trace("titz", 3, "a", 3)], neighbors=NEIGHBORS).published
    assert (shown.places, shown.span, shown.count) == (("titz",), Span.QUARTER, 5)


def test_kinds_join_to_their_field_before_places_join() -> None:
    (shown,) = roll_up([trace("titz", 1, "a", 2), trace("titz", 9, "b", 3)], neighbors=NEIGHBORS).published
    assert (shown.places, shown.kind, shown.field, shown.count) == (("titz",), "", "gesundheit", 5)


def test_neighbors_speak_together() -> None:
    (shown,) = roll_up([trace("titz", 1, "a", 2), trace("jülich", 9, "b", 3)], neighbors=NEIGHBORS).published
    assert shown.places == ("jülich", "titz")


def test_what_is_small_in_the_whole_county_is_withheld() -> None:
    outcome = roll_up([trace("heimbach", 1, "a", 2), trace("titz", 1, "a", 2)], neighbors=NEIGHBORS)
    assert outcome.published == ()
    assert outcome.withheld == 4


def test_unlike_fields_are_never_added_up() -> None:
    outcome = roll_up(
        [trace("titz", 1, "a", 4), trace("titz", 1, "a", 4, field="kultur")], neighbors=NEIGHBORS
    )
    assert outcome.published == ()


traces = st.lists(
    st.builds(
        Trace,
        place=st.sampled_from(sorted(NEIGHBORS)),
        month=st.dates(date(2025, 1, 1), date(2026, 12, 31)).map(lambda day: day.replace(day=1)),
        kind=st.sampled_from(["a", "b", "c"]),
        field=st.sampled_from(["gesundheit", "kultur"]),
        count=st.integers(0, 7),
        group=st.sampled_from(["search", "waitlist"]),
    ),
    max_size=40,
)


@given(traces)
def test_every_event_is_shown_once_or_withheld(given_traces: list[Trace]) -> None:
    outcome = roll_up(given_traces, neighbors=NEIGHBORS)
    assert sum(shown.count for shown in outcome.published) + outcome.withheld == sum(
        each.count for each in given_traces
    )


@given(traces, st.integers(1, 12))
def test_nothing_under_the_minimum_is_shown(given_traces: list[Trace], minimum: int) -> None:
    assert all(
        shown.count >= minimum
        for shown in roll_up(given_traces, neighbors=NEIGHBORS, minimum=minimum).published
    )


@given(traces, st.randoms())
def test_the_order_of_events_does_not_matter(given_traces: list[Trace], chance: object) -> None:
    shuffled = list(given_traces)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert roll_up(shuffled, neighbors=NEIGHBORS) == roll_up(given_traces, neighbors=NEIGHBORS)


def test_the_begin_of_a_quarter() -> None:
    assert begin_of(date(2026, 8, 1), span=Span.QUARTER) == date(2026, 7, 1)
