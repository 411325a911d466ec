"""Small counts are not silenced and not shown: they move up until enough of them stand together."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

MINIMUM = 5


class Span(StrEnum):
    """How long the time of a published count is."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Trace:
    """So many events of one kind in one place and month; `group` keeps unlike things apart (source, reason)."""

    place: str
    month: date
    kind: str
    field: str
    count: int
    group: str = ""


@dataclass(frozen=True, slots=True)
class Published:
    """A count that may be shown; an empty `kind` means the whole field, no `places` the whole county."""

    places: tuple[str, ...]
    begins: date
    span: Span
    kind: str
    field: str
    group: str
    count: int


@dataclass(frozen=True, slots=True)
class Rollup:
    """What may be shown, and how much stays withheld even for the whole county and year."""

    published: tuple[Published, ...]
    withheld: int


Key = tuple[str, date, str, str, str]


def begin_of(month: date, *, span: Span) -> date:
    """The first day of the month, quarter or year that holds a month."""
    if span is Span.YEAR:
        return date(month.year, 1, 1)
    if span is Span.QUARTER:
        return date(month.year, 3 * ((month.month - 1) // 3) + 1, 1)
    return date(month.year, month.month, 1)


def roll_up(
    traces: Iterable[Trace], *, neighbors: Mapping[str, Sequence[str]], minimum: int = MINIMUM
) -> Rollup:
    """Publish each trace as finely as `minimum` allows; every event is counted exactly once.

    The place is held longest, so that a village keeps its voice: month → quarter → year, kind → field,
    then place → place with its neighbors → county. What does not reach the minimum even there is withheld.

    `neighbors` names for each place those that touch it. Counts are whole events, never persons.
    """
    rest = [trace for trace in traces if trace.count > 0]
    published: list[Published] = []
    for span, by_kind in ((Span.MONTH, True), (Span.QUARTER, True), (Span.YEAR, True), (Span.YEAR, False)):
        rest = _publish(rest, key=_at(span, by_kind=by_kind), span=span, minimum=minimum, into=published)
    rest = _with_neighbors(rest, neighbors=neighbors, minimum=minimum, into=published)
    county = _publish(
        rest,
        key=lambda trace: ("", begin_of(trace.month, span=Span.YEAR), "", trace.field, trace.group),
        span=Span.YEAR, minimum=minimum, into=published,
    )  # fmt: skip
    return Rollup(published=tuple(published), withheld=sum(trace.count for trace in county))


def _at(span: Span, *, by_kind: bool) -> Callable[[Trace], Key]:
    def key(trace: Trace) -> Key:
        kind = trace.kind if by_kind else ""
        return trace.place, begin_of(trace.month, span=span), kind, trace.field, trace.group

    return key


def _publish(
    traces: list[Trace], *, key: Callable[[Trace], Key], span: Span, minimum: int, into: list[Published]
) -> list[Trace]:
    groups: dict[Key, list[Trace]] = defaultdict(list)
    for trace in traces:
        groups[key(trace)].append(trace)
    rest: list[Trace] = []
    for (place, begins, kind, field, group), members in sorted(groups.items()):
        count = sum(trace.count for trace in members)
        if count >= minimum:
            into.append(Published((place,) if place else (), begins, span, kind, field, group, count))
        else:
            rest.extend(members)
    return rest


def _with_neighbors(
    traces: list[Trace], *, neighbors: Mapping[str, Sequence[str]], minimum: int, into: list[Published]
) -> list[Trace]:
    groups: dict[tuple[date, str, str], dict[str, list[Trace]]] = defaultdict(lambda: defaultdict(list))
    for trace in traces:
        groups[begin_of(trace.month, span=Span.YEAR), trace.field, trace.group][trace.place].append(trace)
    rest: list[Trace] = []
    for (begins, field, group), by_place in sorted(groups.items(), key=lambda item: item[0]):
        left = dict(by_place)
        for place in sorted(by_place, key=lambda name: (-_total(by_place[name]), name)):
            around = [name for name in (place, *neighbors.get(place, ())) if name in left]
            count = sum(_total(left[name]) for name in around)
            if place in left and len(around) > 1 and count >= minimum:
                into.append(Published(tuple(sorted(around)), begins, Span.YEAR, "", field, group, count))
                for name in around:
                    del left[name]
        rest.extend(trace for members in left.values() for trace in members)
    return rest


def _total(traces: Iterable[Trace]) -> int:
    return sum(trace.count for trace in traces)
