"""Which services answer at an instant, by their schedules."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from lueckenlos.commons.directory import selectors as directory
from lueckenlos.kernels.schedule import Openness, open_at, read_german


def open_services(ids: Sequence[UUID], *, instant: datetime) -> set[UUID]:
    """Return those whose schedule surely holds the instant; one that nobody can read is not promised."""
    rows = (
        directory.public_services(today=instant.date()).filter(pk__in=ids).values_list("pk", "schedule_text")
    )
    return {pk for pk, text in rows if text and open_at([read_german(text)], instant) is Openness.OPEN}
