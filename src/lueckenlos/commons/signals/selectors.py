"""Reads of signals: always counts, small ones rolled up."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, Sum

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


@dataclass(frozen=True, slots=True, kw_only=True)
class CellCount:
    """How often something was missing in one place, phase and field; empty where it was not said."""

    ags: str
    phase: str
    field: str
    source: SignalSource
    reason: SignalReason
    answer: SignalAnswer | None
    count: int


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


def version() -> str:
    """A word that changes with every signal and answer."""
    seen = Signal.objects.aggregate(rows=Count("id"), total=Sum("count"), answered=Count("answered_on"))
    return f"{seen['rows']}/{seen['total']}/{seen['answered']}"


def by_cell(*, since: date, until: date | None = None) -> list[CellCount]:
    """Signals from a day's month (to another's) by place, phase and field, source, reason and answer; for the chain's evidence.

    Small counts are in it: whoever shows them withholds those under the county's minimum.
    """
    within = Q(month__gte=since.replace(day=1))
    if until is not None:
        within &= Q(month__lte=until)
    rows = (
        Signal.objects.filter(within, municipality__isnull=False)
        .values("municipality_id", "phase_id", "field_id", "source", "reason", "answer")
        .annotate(total=Sum("count"))
        .order_by("municipality_id", "phase_id", "field_id", "source", "reason", "answer")
    )
    return [
        CellCount(
            ags=row["municipality_id"],
            phase=row["phase_id"] or "",
            field=row["field_id"] or "",
            source=SignalSource(row["source"]),
            reason=SignalReason(row["reason"]),
            answer=SignalAnswer(row["answer"]) if row["answer"] else None,
            count=row["total"],
        )
        for row in rows
    ]


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
