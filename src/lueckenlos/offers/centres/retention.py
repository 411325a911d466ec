"""When plans go: a year after their month they help nobody any more."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from lueckenlos.core import clock
from lueckenlos.core.actor import job
from lueckenlos.core.context import acting_as
from lueckenlos.core.retention import RetentionRule
from lueckenlos.offers.centres.models import PlanNote

ACTOR: Final = job("retention")
# The same month of the next year is planned with the last one at hand.
KEPT: Final = timedelta(days=400)


def _count(now: datetime) -> int:
    with acting_as(ACTOR):
        return PlanNote.objects.filter(month__lte=clock.day_of(now - KEPT)).count()


def _erase(now: datetime) -> int:
    with acting_as(ACTOR):
        return PlanNote.objects.filter(month__lte=clock.day_of(now - KEPT)).delete()[0]


RULES = (
    RetentionRule(
        table="PlanNote",
        records="Was Familienzentren zusammen planen",
        reason="ein Jahr nach dem Monat",
        due=_count,
        erase=_erase,
    ),
)
