"""Who is on duty in a team."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from lueckenlos.care.cases.models import Duty


def on_duty(unit: UUID, *, days: Sequence[date]) -> dict[date, UUID]:
    """Who is on duty on these days."""
    return dict(Duty.objects.filter(unit=unit, on_day__in=days).values_list("on_day", "person"))
