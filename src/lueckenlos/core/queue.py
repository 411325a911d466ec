"""Looks into the job queue: how long it is, what failed, and what must not lie there for good."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import connection

from lueckenlos.core.retention import RetentionRule

KEPT: Final = timedelta(days=30)

_LENGTHS: Final = """
SELECT count(*) FILTER (WHERE status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= now())),
  count(*) FILTER (WHERE status = 'todo' AND scheduled_at > now()),
  count(*) FILTER (WHERE status = 'doing'),
  count(*) FILTER (WHERE status IN ('failed', 'aborted'))
FROM procrastinate_jobs WHERE status IN ('todo', 'doing', 'failed', 'aborted')
"""

_WORKERS: Final = """
SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - interval '1 minute'
"""

_OLD: Final = """
FROM procrastinate_jobs j WHERE j.status IN ('failed', 'aborted', 'cancelled', 'succeeded')
  AND (SELECT max(e.at) FROM procrastinate_events e WHERE e.job_id = j.id) < %s
"""


@dataclass(frozen=True, slots=True)
class QueueLengths:
    """How many jobs wait, wait for a later time, are being done, and failed; and how many workers are there."""

    waiting: int
    later: int
    doing: int
    failed: int
    workers: int


def lengths() -> QueueLengths:
    """Count the queue."""
    with connection.cursor() as cursor:
        cursor.execute(_LENGTHS)
        waiting, later, doing, failed = cursor.fetchone() or (0, 0, 0, 0)
        cursor.execute(_WORKERS)
        workers = (cursor.fetchone() or (0,))[0]
    return QueueLengths(waiting, later, doing, failed, workers)


def _count_old(now: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) {_OLD}", [now - KEPT])
        return int((cursor.fetchone() or (0,))[0])


def _erase_old(now: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE {_OLD}", [now - KEPT])
        return int(cursor.rowcount)


RULES: Final = (
    RetentionRule(
        table="procrastinate_jobs",
        records="Aufträge, die zu Ende oder gescheitert sind (darin Mailadressen)",
        reason="30 Tage, damit jemand dem Grund nachgehen kann (Art. 5 DSGVO)",
        due=_count_old,
        erase=_erase_old,
    ),
)
