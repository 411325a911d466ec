"""Which services answer at an instant, by their schedules."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from lueckenlos.commons.directory import selectors as directory
from lueckenlos.core import clock
from lueckenlos.kernels.schedule import Openness, open_at


def open_services(ids: Sequence[UUID], *, instant: datetime) -> set[UUID]:
    """Return those whose schedule surely holds the instant; one that nobody can read is not promised."""
    plans = directory.plans_of(ids, today=clock.day_of(instant))
    return {pk for pk, plan in plans.items() if open_at(plan, instant) is Openness.OPEN}
