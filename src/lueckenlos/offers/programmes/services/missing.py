"""What could not be given is counted for planning, without the family: why, in which month, where, in which phase of life."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import get_language

from lueckenlos.commons.directory import selectors as directory
from lueckenlos.commons.signals import services as signals
from lueckenlos.commons.signals.types import SignalReason, SignalSource
from lueckenlos.core import clock
from lueckenlos.offers.programmes.models import Programme
from lueckenlos.offers.programmes.types import ComesWith, ProgrammeView

GERMAN = "de"


def count_why_not(view: ProgrammeView, *, reason: SignalReason, ags: str | None, now: datetime) -> None:
    """Count that a programme does not suit somebody; `ags` is where they live, if they said it.

    Who lives too far away lives elsewhere: then the programme's own municipality says nothing. Who is of another age
    is of another phase, and nobody said which.
    """
    here = None if reason is SignalReason.TOO_FAR else view.ags
    count(
        reason,
        programme=view.id,
        source=SignalSource.REFUSAL,
        ags=ags or here,
        language=_read_in() if reason is SignalReason.LANGUAGE else "",
        now=now,
    )


def count_of_other_ages(view: ProgrammeView, births: Sequence[date], *, now: datetime) -> None:
    """Count that a programme is for other ages than these children have; where they live was not asked yet."""
    count(
        SignalReason.AGE,
        programme=view.id,
        source=SignalSource.REFUSAL,
        ags=view.ags,
        births=births,
        now=now,
    )


def count(
    reason: SignalReason,
    *,
    programme: UUID,
    source: SignalSource,
    ags: str | None,
    now: datetime,
    births: Sequence[date] = (),
    language: str = "",
) -> None:
    """Count one event in the one record of signals; `births` are those of the children it is about."""
    row = Programme.objects.filter(id=programme).first()
    about = _about(row, now=now) if row else {}
    phase = _phase(row, births=births, reason=reason, on=clock.day_of(now)) if row else None
    counted = {**about, "phase": phase or about.get("phase")}
    if reason is SignalReason.AGE:
        # What the entry is for is not what this child is.
        counted["phase"] = phase
    day = clock.day_of(now)
    signals.count(signals.Count(source=source, reason=reason, on=day, ags=ags, language=language, **counted))


def _phase(row: Programme, *, births: Sequence[date], reason: SignalReason, on: date) -> str | None:
    """The one phase of the children, else the one that the programme is for; nothing where it is not clear."""
    if births:
        return directory.phase_of(births, on=on)
    if reason is SignalReason.AGE or row.comes == ComesWith.ADULT.value:
        return None
    if row.age_min is None or row.age_max is None:
        return None
    return directory.phase_of_years(row.age_min, row.age_max)


def _about(row: Programme, *, now: datetime) -> dict[str, Any]:
    """What the entry of the directory says, where the programme belongs to one that families see."""
    found = directory.services([row.service_id], now=now) if row.service_id else []
    if not found:
        return {}
    (entry,) = found
    return {
        "phase": entry.phases[0].key if len(entry.phases) == 1 else None,
        "field": entry.fields[0].key if entry.fields else None,
        "kind": entry.kind.key if entry.kind else None,
        "service_id": entry.id,
    }


def _read_in() -> str:
    """The language in which the page was read, where it is another than German."""
    read = (get_language() or GERMAN).partition("-")[0]
    return "" if read == GERMAN else read
