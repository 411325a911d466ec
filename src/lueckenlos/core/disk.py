"""Let go of what a transaction has locked before the disk has it, and wait for the disk before anybody hears of it."""

from __future__ import annotations

from typing import Final

from django.db import connection, transaction

# The smallest thing to write: a message in the database's log that nobody reads and no table keeps. A transaction
# that has written returns once the log is on disk up to its end, and so is all that was committed before it.
_MESSAGE: Final = "SELECT pg_logical_emit_message(true, 'lueckenlos', '')"


def wait_after_commit() -> None:
    """Wait once for the disk when the running transaction is through, before all else that was put off until then.

    For a transaction that says `synchronous_commit = off` of itself. Both are undone with its savepoint.
    """
    if any(registered[1] is wait for registered in connection.run_on_commit):
        return
    transaction.on_commit(wait)
    # A letter must not tell what the disk may still lose, so that it waits, too, if it was written first.
    connection.run_on_commit.insert(0, connection.run_on_commit.pop())


def wait() -> None:
    """Return when all that was committed before is on disk, whoever did it; outside a transaction only."""
    with connection.cursor() as cursor:
        cursor.execute(_MESSAGE)
