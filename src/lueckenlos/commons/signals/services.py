"""Deeds on signals: counting one, and answering them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from lueckenlos.commons.signals.models import Signal
from lueckenlos.commons.signals.types import SignalAnswer, SignalReason, SignalSource

MOST_TERMS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """One event to be counted; whoever makes it hands in known terms alone, never what was typed."""

    source: SignalSource
    reason: SignalReason
    on: date
    ags: str | None = None
    phase: str | None = None
    field: str | None = None
    kind: str | None = None
    service_id: UUID | None = None
    terms: Iterable[str] = ()
    language: str = ""


@transaction.atomic
def count(event: Count) -> None:
    """Add one to the month's count of events alike; makes the row when it is the first."""
    nullable: dict[str, Any] = {"service_id": event.service_id}
    signal, made = Signal.objects.select_for_update().get_or_create(
        source=event.source,
        reason=event.reason,
        month=event.on.replace(day=1),
        municipality_id=event.ags,
        phase_id=event.phase,
        field_id=event.field,
        kind_id=event.kind,
        terms=_terms(event),
        language=event.language,
        **nullable,
        defaults={"count": 1},
    )
    if not made:
        Signal.objects.filter(pk=signal.pk).update(count=F("count") + 1)


@transaction.atomic
def take_back(event: Count) -> bool:
    """Take one event back that was counted by mistake; tell whether it was still there to be taken."""
    nullable: dict[str, Any] = {"service_id": event.service_id}
    found = Signal.objects.select_for_update().filter(
        source=event.source,
        reason=event.reason,
        month=event.on.replace(day=1),
        municipality_id=event.ags,
        phase_id=event.phase,
        field_id=event.field,
        kind_id=event.kind,
        terms=_terms(event),
        language=event.language,
        **nullable,
    )
    signal = found.first()
    if signal is None:
        return False
    if signal.count > 1:
        Signal.objects.filter(pk=signal.pk).update(count=F("count") - 1)
    else:
        signal.delete()
    return True


def _terms(event: Count) -> list[str]:
    return sorted({term[:80] for term in event.terms})[:MOST_TERMS]


@transaction.atomic
def answer(ids: Iterable[int], *, answer: SignalAnswer, text: str, on: date) -> int:
    """Say what became of these signals; how many were answered."""
    return Signal.objects.filter(pk__in=list(ids)).update(
        answer=answer, answer_text=text[:500], answered_on=on
    )
