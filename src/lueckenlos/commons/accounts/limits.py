"""Counts of attempts lie in one table for all processes, under keys that name nobody."""

import hashlib
import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import connection

# Rows of Django's cache lie beside these; both are erased once they have expired.
_COUNT = """
INSERT INTO accounts_limits AS l (cache_key, value, expires) VALUES {rows}
ON CONFLICT (cache_key) DO UPDATE SET value = (l.value::bigint + 1)::text RETURNING l.value::bigint
"""


@dataclass(frozen=True, slots=True)
class Limit:
    """So many in each period; periods follow the clock, so that at their border it can be twice as many."""

    most: int
    each: timedelta

    def name(self, key: str, *, now: datetime) -> str:
        """What is counted, in the period of this moment."""
        return f"{key}:{self.each}:{now.timestamp() // self.each.total_seconds():.0f}"


def hidden_key(key: str, key_prefix: str, version: int) -> str:
    """The name of a count: whoever reads the table finds neither an address nor a mailbox in it."""
    message = f"{key_prefix}:{version}:{key}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), message, hashlib.sha256).hexdigest()


def count(key: str, limits: Sequence[Limit], *, now: datetime) -> bool:
    """Count one more under this key, at once for all processes; whether no limit is exceeded by it."""
    rows = ", ".join(["(%s, '1', %s)"] * len(limits))
    values = [
        value
        for limit, name in zip(limits, _names(key, limits, now=now), strict=True)
        for value in (name, now.astimezone(UTC) + limit.each)
    ]
    with connection.cursor() as cursor:
        cursor.execute(_COUNT.format(rows=rows), values)
        counts = [number for (number,) in cursor.fetchall()]
    return all(number <= limit.most for number, limit in zip(counts, limits, strict=True))


def take_back(key: str, limits: Sequence[Limit], *, now: datetime) -> None:
    """Undo what was counted at this moment."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE accounts_limits SET value = (value::bigint - 1)::text WHERE cache_key = ANY(%s)",
            [list(_names(key, limits, now=now))],
        )


def _names(key: str, limits: Iterable[Limit], *, now: datetime) -> Iterable[str]:
    return (hidden_key(limit.name(key, now=now), "limit", 1) for limit in limits)
