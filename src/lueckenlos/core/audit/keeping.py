"""How long the personal part of entries is kept, and how what is about erased people goes with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import connection

from lueckenlos.core.actor import job
from lueckenlos.core.audit.recording import blacken
from lueckenlos.core.context import acting_as
from lueckenlos.core.retention import RetentionRule

RETENTION: Final = job("retention")
KEPT: Final = timedelta(days=3 * 365)

_ABOUT: Final = """
SELECT e.chain, e.sequence FROM core_auditentry e
JOIN core_auditpayload p ON p.chain = e.chain AND p.sequence = e.sequence
WHERE p.blackened_at IS NULL AND EXISTS (
  SELECT FROM unnest(%s::text[]) n(needle)
  WHERE position(n.needle in p.content) > 0 OR position(n.needle in e.body) > 0)
"""
_OLD: Final = """
SELECT e.chain, e.sequence FROM core_auditentry e
JOIN core_auditpayload p ON p.chain = e.chain AND p.sequence = e.sequence
WHERE p.blackened_at IS NULL AND e.recorded_at < %s
"""


def blacken_about(needles: Iterable[str], *, reason: str) -> int:
    """Erase the personal part of every entry that names one of these (a uuid, or words as canonical JSON has them).

    For the retention job inside its transaction. Give how many; the chains hold afterwards as before.
    """
    wanted = sorted({needle for needle in needles if needle})
    return _blacken(_found(_ABOUT, wanted), reason=reason) if wanted else 0


def _found(statement: str, value: Any) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(statement, [value])
        for chain, sequence in cursor.fetchall():
            found[chain].append(sequence)
    return found


def _blacken(found: dict[str, list[int]], *, reason: str) -> int:
    return sum(
        len(blacken(chain, sequences=numbers, reason=reason)) for chain, numbers in sorted(found.items())
    )


def _count_old(now: datetime) -> int:
    with acting_as(RETENTION):
        return sum(len(numbers) for numbers in _found(_OLD, now - KEPT).values())


def _blacken_old(now: datetime) -> int:
    with acting_as(RETENTION):
        return _blacken(_found(_OLD, now - KEPT), reason="retention")


RULES: Final = (
    RetentionRule(
        table="AuditPayload",
        records="der persönliche Teil des Protokolls; die Kette selbst bleibt und hält",
        reason="drei Jahre: so lange wird einer Frage nachgegangen (Art. 5 DSGVO)",
        due=_count_old,
        erase=_blacken_old,
    ),
)
