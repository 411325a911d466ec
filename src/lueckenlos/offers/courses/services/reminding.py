"""Gentle reminders: after two weeks without a tick, three at most, each with a way to stop them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db.models import F, Q

from lueckenlos.core.actor import job
from lueckenlos.core.context import acting_as
from lueckenlos.offers.courses.models import Enrollment
from lueckenlos.offers.courses.services import letters
from lueckenlos.offers.courses.types import REMINDERS_MOST, EnrollmentState

TELLS: Final = job("courses-tell")
QUIET: Final = timedelta(days=14)


def remind_everybody(*, now: datetime) -> int:
    """Write to those who wanted it and have not gone on for two weeks; how many mails."""
    sent = 0
    with acting_as(TELLS):
        due = Enrollment.objects.filter(
            Q(reminded_at__isnull=True) | Q(reminded_at__lte=now - QUIET),
            state=EnrollmentState.OPEN.value,
            wants_reminders=True,
            finished_at__isnull=True,
            reminders__lt=REMINDERS_MOST,
            last_active_at__lte=now - QUIET,
        )
        for row in due.select_related("course"):
            # Whoever marks it first sends it: two workers do not send twice.
            mine = Enrollment.objects.filter(id=row.id, reminders=row.reminders, wants_reminders=True)
            if mine.update(reminders=F("reminders") + 1, reminded_at=now):
                letters.remind(row.course, row, now=now)
                sent += 1
    return sent
