"""When entries of the register go: the law leaves no choice."""

from datetime import datetime

from django.db.models import DateField, F, Func, QuerySet

from lueckenlos.commons.certificates.models import Certificate
from lueckenlos.core import clock
from lueckenlos.core.actor import job
from lueckenlos.core.context import acting_as
from lueckenlos.core.retention import RetentionRule

ACTOR = job("retention")


def _ended(now: datetime) -> "QuerySet[Certificate]":
    # Reckoned forwards: three months before 28 February is not 30 November.
    ends = Func(F("ended_on"), template="(%(expressions)s + interval '3 months')", output_field=DateField())
    return Certificate.objects.alias(erased_on=ends).filter(erased_on__lte=clock.day_of(now))


def _count(now: datetime) -> int:
    with acting_as(ACTOR):
        return _ended(now).count()


def _erase(now: datetime) -> int:
    with acting_as(ACTOR):
        return _ended(now).delete()[0]


RULES = (
    RetentionRule(
        table="Certificate",
        records="Einträge über Führungszeugnisse, deren Tätigkeit beendet ist",
        reason="drei Monate nach dem Ende der Tätigkeit (§ 72a Abs. 5 SGB VIII)",
        due=_count,
        erase=_erase,
    ),
)
