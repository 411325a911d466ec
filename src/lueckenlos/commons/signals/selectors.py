"""Reads of signals: always counts, small ones rolled up."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from lueckenlos.commons.signals.models import Signal
from lueckenlos.commons.signals.types import SignalAnswer, SignalReason, SignalSource
from lueckenlos.kernels.rollup import Rollup, Trace, roll_up


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmet:
    """What was looked for in the same known words and not found, added up over places and months."""

    ids: tuple[int, ...]
    terms: tuple[str, ...]
    reason: SignalReason
    source: SignalSource
    count: int
    is_small: bool
    latest: date
    places: tuple[str, ...]
    answer: SignalAnswer | None
    answer_text: str


def unmet(*, since: date, minimum: int, sources: Sequence[SignalSource]) -> list[Unmet]:
    """Unmet needs by their words, the most frequent first; places are named only from the minimum on."""
    groups: dict[tuple[tuple[str, ...], str, str, str], list[Signal]] = defaultdict(list)
    rows = Signal.objects.filter(month__gte=since.replace(day=1), source__in=sources).select_related(
        "municipality"
    )
    for row in rows:
        groups[tuple(row.terms), row.source, row.reason, row.answer].append(row)
    found = [_unmet(members, minimum=minimum) for members in groups.values()]
    return sorted(found, key=lambda each: (each.answer is not None, -each.count, each.terms))


def _unmet(members: list[Signal], *, minimum: int) -> Unmet:
    by_place: dict[str, int] = defaultdict(int)
    for row in members:
        if row.municipality is not None:
            by_place[row.municipality.name] += row.count
    total = sum(row.count for row in members)
    first = members[0]
    return Unmet(
        ids=tuple(row.pk for row in members),
        terms=tuple(first.terms),
        reason=SignalReason(first.reason),
        source=SignalSource(first.source),
        count=total,
        is_small=total < minimum,
        latest=max(row.month for row in members),
        places=tuple(sorted(name for name, count in by_place.items() if count >= minimum)),
        answer=SignalAnswer(first.answer) if first.answer else None,
        answer_text=first.answer_text,
    )


def rolled_up(*, since: date, minimum: int, neighbors: Mapping[str, Sequence[str]]) -> Rollup:
    """All signals since a day for planning: by place, time, kind and field, none under the minimum."""
    rows = Signal.objects.filter(month__gte=since.replace(day=1))
    traces = [
        Trace(
            place=row.municipality_id or "",
            month=row.month,
            kind=row.kind_id or "",
            field=row.field_id or "",
            count=row.count,
            group=f"{row.source}:{row.reason}",
        )
        for row in rows
    ]
    return roll_up(traces, neighbors=neighbors, minimum=minimum)
