"""When households and codes go: once an access is over nobody needs to know whose it was."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from lueckenlos.core import clock
from lueckenlos.core.actor import job
from lueckenlos.core.context import acting_as
from lueckenlos.core.retention import RetentionRule
from lueckenlos.kernels.codestock import CodeState
from lueckenlos.offers.courses.models import HELD_STATES, AccessCode, CodeShown, CourseFeedback, Enrollment
from lueckenlos.offers.courses.types import EnrollmentState

ACTOR: Final = job("retention")
# A question about an access comes within weeks: three months, as the registration form says.
KEPT: Final = timedelta(days=92)
# Whoever has waited for a year no longer waits.
WAITED: Final = timedelta(days=365)
# The seller may ask about a code, and the same file may be read in again.
CODES_KEPT: Final = timedelta(days=184)
FEEDBACK_KEPT: Final = timedelta(days=730)


def _enrollments(now: datetime) -> QuerySet[Enrollment]:
    """What is over, unless the household still holds its code: it must not get a second one."""
    return Enrollment.objects.filter(
        Q(ended_at__lte=now - KEPT) | Q(state=EnrollmentState.WAITING.value, created_at__lte=now - WAITED)
    ).exclude(code__state__in=HELD_STATES)


def _shown(now: datetime) -> QuerySet[CodeShown]:
    return CodeShown.objects.filter(enrollment__in=_enrollments(now))


def _codes(now: datetime) -> QuerySet[AccessCode]:
    known = Enrollment.objects.filter(code=OuterRef("pk"))
    over = [CodeState.EXPIRED.value, CodeState.RETURNED.value]
    return AccessCode.objects.filter(~Exists(known), state__in=over, changed_at__lte=now - CODES_KEPT)


def _feedback(now: datetime) -> QuerySet[CourseFeedback]:
    return CourseFeedback.objects.filter(month__lte=clock.day_of(now - FEEDBACK_KEPT))


def _counting(found: Callable[[datetime], QuerySet[Any]]) -> Callable[[datetime], int]:
    def count(now: datetime) -> int:
        with acting_as(ACTOR):
            return found(now).count()

    return count


def _erasing(found: Callable[[datetime], QuerySet[Any]]) -> Callable[[datetime], int]:
    def erase(now: datetime) -> int:
        with acting_as(ACTOR):
            keys = list(found(now).values_list("pk", flat=True))
            found(now).model._default_manager.filter(pk__in=keys).delete()
        return len(keys)

    return erase


def _rule(
    table: str, *, records: str, reason: str, found: Callable[[datetime], QuerySet[Any]]
) -> RetentionRule:
    return RetentionRule(table, records, reason, _counting(found), _erasing(found))


RULES = (
    _rule(
        "CodeShown",
        records="Wann ein Zugangscode angezeigt wurde",
        reason="drei Monate nach dem Ende des Zugangs",
        found=_shown,
    ),
    _rule(
        "Enrollment",
        records="Anmeldungen zu Online-Kursen",
        reason="drei Monate nach dem Ende des Zugangs, wer wartet nach einem Jahr; danach bleiben nur Zahlen ohne Personen",
        found=_enrollments,
    ),
    _rule(
        "AccessCode",
        records="Abgelaufene und zurückgegebene Zugangscodes (verschlüsselt)",
        reason="sechs Monate, falls der Verkäufer nachfragt",
        found=_codes,
    ),
    _rule(
        "CourseFeedback",
        records="Rückmeldungen zu Online-Kursen ohne Namen",
        reason="nach zwei Jahren",
        found=_feedback,
    ),
)
