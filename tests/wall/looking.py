"""Look as the application's role: what each actor sees of every table, in few round trips, with any kind of context."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from typing import Any

import psycopg
from django.conf import settings
from psycopg import sql

from lueckenlos.core.actor import NOBODY, Actor
from lueckenlos.core.context import SETTING, key_bytes, sign_context
from tests.wall.seeing import TABLES

# What makes a row of the two derived tables; their numbers are new at each deed.
_MADE_OF = {
    "privacy_release": "concat_ws('|', file_id, subject, category, organization_id, purpose)",
    "privacy_access": "concat_ws('|', file_id, ground, subject, category, CASE WHEN writes THEN 'true' ELSE 'false' END)",
}
_SEEN = " UNION ALL ".join(
    f"SELECT {number}, {_MADE_OF.get(table, 'id::text')} FROM public.{table}"
    for number, table in enumerate(TABLES)
).encode()
_COUNTED = "SELECT {}".format(
    ", ".join(f"(SELECT count(*) FROM public.{table})" for table in TABLES)
).encode()
_BEGIN = b"BEGIN; SELECT statement_timestamp(), pg_backend_pid(), (extract(epoch FROM transaction_timestamp()) * 1000000)::bigint"


class Context(StrEnum):
    """How the database is told who asks; only a genuine one counts."""

    GENUINE = "genuine"
    UNSET = "unset"
    OTHER_KEY = "signed with another key"
    OTHER_BACKEND = "of another connection"
    OLDER = "of an earlier transaction"
    LONGER = "with one field more"
    BROADER = "with a role added"
    UNSIGNED = "without a signature"


class Eyes:
    """One connection of the application's role, kept open, so that its statements are planned once."""

    def __init__(self, app_url: str) -> None:
        # Prepared by hand: psycopg forgets its own at each rollback, and planning so much takes longest.
        self.connection = psycopg.connect(app_url, autocommit=True, prepare_threshold=None)
        self.connection.execute("SET jit = off")
        self.connection.execute(b"PREPARE look AS " + _SEEN)
        self.connection.execute(b"PREPARE counted AS " + _COUNTED)
        self.at = datetime.now().astimezone()

    def close(self) -> None:
        """Hang up."""
        self.connection.close()

    @contextmanager
    def acting_as(
        self, actor: Actor, context: Context = Context.GENUINE
    ) -> Iterator[psycopg.Connection[Any]]:
        """A transaction of this actor that is undone at its end; `at` is its moment."""
        value = self._begin(actor, context)
        try:
            if value is not None:
                self.connection.execute("SELECT set_config(%s, %s, true)", [SETTING, value])
            yield self.connection
        finally:
            self.connection.execute("ROLLBACK")

    def sees(self, actor: Actor, context: Context = Context.GENUINE) -> dict[str, set[str]]:
        """The ids of the rows that the actor sees, by table."""
        found: dict[str, set[str]] = {table: set() for table in TABLES}
        for number, key in self._ask(actor, context, b"EXECUTE look"):
            found[TABLES[number]].add(key)
        return found

    def counts(self, actor: Actor, context: Context = Context.GENUINE) -> dict[str, int]:
        """How many rows of each table the actor can count."""
        return dict(zip(TABLES, self._ask(actor, context, b"EXECUTE counted")[0], strict=True))

    def _begin(self, actor: Actor, context: Context) -> str | None:
        cursor = self.connection.execute(_BEGIN)
        cursor.nextset()
        row = cursor.fetchone()
        assert row is not None
        self.at = row[0]
        return _context(actor, context, backend=row[1], began=row[2])

    def _ask(self, actor: Actor, context: Context, question: bytes) -> list[Any]:
        """Two journeys to the server: begin, and all the rest."""
        value = self._begin(actor, context)
        told = sql.SQL("SELECT set_config({}, {}, true); ").format(SETTING, value or "")
        cursor = self.connection.execute(told.as_bytes(self.connection) + question + b"; ROLLBACK")
        cursor.nextset()
        return cursor.fetchall()

    def exist(self, actor: Actor, table: str, keys: Sequence[str]) -> set[str]:
        """Those of the ids that the actor is told to exist."""
        statement = f"SELECT k::text FROM unnest(%s::uuid[]) k WHERE EXISTS (SELECT FROM public.{table} t WHERE t.id = k)"
        with self.acting_as(actor) as connection:
            return {row[0] for row in connection.execute(statement.encode(), [list(keys)])}


def _context(actor: Actor, context: Context, *, backend: int, began: int) -> str | None:
    key = key_bytes(settings.CONTEXT_KEY)
    if context is Context.UNSET or (actor == NOBODY and context is Context.GENUINE):
        return None
    if context is Context.OTHER_KEY:
        key = key_bytes("somebody else's secret")
    if context is Context.OTHER_BACKEND:
        backend += 1
    if context is Context.OLDER:
        began -= 1
    value = sign_context(actor, backend=backend, began=began, key=key)
    message, _, signature = value.rpartition("|")
    if context is Context.LONGER:
        return f"{message}||{signature}"
    if context is Context.BROADER:
        parts = message.split("|")
        parts[6] = ",".join(filter(None, [parts[6], "data_protection@county/05358"]))
        return "|".join([*parts, signature])
    if context is Context.UNSIGNED:
        return message
    return value
