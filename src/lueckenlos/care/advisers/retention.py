"""What this room forgets: advisers three years after their contract, meetings after five."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from dateutil.relativedelta import relativedelta
from django.db.models import QuerySet

from lueckenlos.care.advisers.models import Adviser, YearlyMeeting
from lueckenlos.core import clock
from lueckenlos.core.actor import job
from lueckenlos.core.context import acting_as
from lueckenlos.core.retention import RetentionRule

RETENTION: Final = job("retention")
ADVISERS_KEPT: Final = relativedelta(years=3)
MEETINGS_KEPT: Final = relativedelta(years=5)


def _over(now: datetime) -> QuerySet[Adviser]:
    return Adviser.objects.filter(contract_until__lt=clock.day_of(now - ADVISERS_KEPT))


def _old(now: datetime) -> QuerySet[YearlyMeeting]:
    return YearlyMeeting.objects.filter(starts_at__lt=now - MEETINGS_KEPT)


def _due_advisers(now: datetime) -> int:
    with acting_as(RETENTION):
        return _over(now).count()


def _erase_advisers(now: datetime) -> int:
    """With whom they advised, and for whom they stood in."""
    with acting_as(RETENTION):
        erased = _over(now).count()
        _over(now).delete()
        return erased


def _due_meetings(now: datetime) -> int:
    with acting_as(RETENTION):
        return _old(now).count()


def _erase_meetings(now: datetime) -> int:
    with acting_as(RETENTION):
        erased = _old(now).count()
        _old(now).delete()
        return erased


RULES = (
    RetentionRule(
        table="Adviser Deputy AdviserFor",
        records="Kinderschutzfachkräfte, deren Vertrag beendet ist, und wen sie beraten haben",
        reason="drei Jahre nach dem Ende des Vertrags (§ 195 BGB)",
        due=_due_advisers,
        erase=_erase_advisers,
    ),
    RetentionRule(
        table="YearlyMeeting",
        records="Jährliche Treffen der Kinderschutzfachkräfte",
        reason="fünf Jahre nach dem Treffen",
        due=_due_meetings,
        erase=_erase_meetings,
    ),
)
