"""When tasks are forgotten; those of a file go with the file (`services.erase_of_file`)."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from lueckenlos.commons.tasks.models import Task
from lueckenlos.commons.tasks.services import RETENTION
from lueckenlos.core.context import acting_as
from lueckenlos.core.retention import RetentionRule

ENDED = timedelta(days=365)


def _old(now: datetime) -> "QuerySet[Task]":
    return Task.objects.filter(file_id__isnull=True, done_at__lt=now - ENDED)


def _count(now: datetime) -> int:
    with acting_as(RETENTION):
        return _old(now).count()


def _erase(now: datetime) -> int:
    with acting_as(RETENTION):
        return _old(now).delete()[0]


RULES = (
    RetentionRule(
        table="Task",
        records="beendete Aufgaben, die zu keiner Akte gehören",
        reason="ein Jahr nach dem Ende: solange wird nach der Antwort gefragt (Art. 5 DSGVO)",
        due=_count,
        erase=_erase,
    ),
)
