"""Compare what a table's policies let each actor do with what a plain Python rule says they may.

Later rooms hand over their table, rows, actors and rule; the kit tries every command as the application's
role, with genuine, missing, forged and replayed contexts, and gives every difference.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import psycopg
from psycopg import sql

from lueckenlos.core.actor import NOBODY, Actor
from lueckenlos.core.context import SETTING, key_bytes, sign_context

Row = Mapping[str, Any]
Rule = Callable[[Actor, Row], bool]


def never(_actor: Actor, _row: Row) -> bool:
    """Nobody may."""
    return False


class Command(StrEnum):
    """What was tried."""

    SELECT = "select"
    COUNT = "count"
    INSERT = "insert"
    UPDATE = "update"
    DELETE = "delete"


class Context(StrEnum):
    """How the actor was told to the database; only a genuine one counts."""

    GENUINE = "genuine"
    UNSET = "unset"
    FORGED = "forged"
    REPLAYED = "replayed"


@dataclass(frozen=True)
class Expectation:
    """A table, its rows, who asks, and the rule in Python that the policies must equal.

    `change` is a harmless change for UPDATE; `fresh` makes a row's twin that can be inserted beside it.
    """

    table: str
    rows: Sequence[Row]
    actors: Sequence[Actor]
    may_select: Rule
    may_insert: Rule = never
    may_update: Rule = never
    may_delete: Rule = never
    key: str = "id"
    change: Row = field(default_factory=dict)
    fresh: Callable[[Row], Row] | None = None


@dataclass(frozen=True)
class Difference:
    """One thing that the wall lets happen and the rule does not, or the other way round."""

    actor: Actor
    context: Context
    command: Command
    key: Any
    expected: object
    seen: object


def differences(
    expectation: Expectation, *, app_url: str, superuser_url: str, secret: str
) -> list[Difference]:
    """Lay the rows past the wall, then try everything as the application; nothing stays changed but the rows."""
    _lay(expectation, superuser_url)
    found: list[Difference] = []
    with psycopg.connect(app_url, autocommit=True) as connection:
        for actor in expectation.actors:
            for context in Context:
                believed = actor if context is Context.GENUINE else NOBODY
                with _as(connection, actor, context=context, secret=secret):
                    found += _reads(connection, expectation, actor=believed, context=context)
                    if context is not Context.UNSET:
                        found += _writes(connection, expectation, actor=believed, context=context)
    return found


def lay(connection: psycopg.Connection[Any], table: str, row: Row) -> None:
    """Insert one row."""
    connection.execute(_insert(table, row), list(row.values()))


def _lay(expectation: Expectation, superuser_url: str) -> None:
    with psycopg.connect(superuser_url) as connection:
        for row in expectation.rows:
            lay(connection, expectation.table, row)


@contextmanager
def _as(
    connection: psycopg.Connection[Any], actor: Actor, *, context: Context, secret: str
) -> Iterator[None]:
    value = None
    if context is Context.REPLAYED:
        with connection.transaction():
            value = _signed(connection, actor, secret=secret)
    with connection.transaction(force_rollback=True):
        if context is Context.GENUINE:
            value = _signed(connection, actor, secret=secret)
        elif context is Context.FORGED:
            value = _signed(connection, actor, secret=f"not {secret}")
        if value is not None:
            connection.execute("SELECT set_config(%s, %s, true)", [SETTING, value])
        yield


def _signed(connection: psycopg.Connection[Any], actor: Actor, *, secret: str) -> str:
    row = connection.execute(
        "SELECT pg_backend_pid(), (extract(epoch FROM transaction_timestamp()) * 1000000)::bigint"
    ).fetchone()
    assert row is not None
    return sign_context(actor, backend=row[0], began=row[1], key=key_bytes(secret))


def _reads(
    connection: psycopg.Connection[Any], expectation: Expectation, *, actor: Actor, context: Context
) -> Iterator[Difference]:
    table, key = sql.Identifier(expectation.table), sql.Identifier(expectation.key)
    ours = {row[expectation.key]: row for row in expectation.rows}
    expected = {name for name, row in ours.items() if expectation.may_select(actor, row)}
    try:
        with connection.transaction():
            seen = {row[0] for row in connection.execute(sql.SQL("SELECT {} FROM {}").format(key, table))}
            counted = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(table)).fetchone()
    except psycopg.errors.InsufficientPrivilege:
        seen, counted = set(), (0,)
    for name in (seen & ours.keys()) ^ expected:
        yield Difference(actor, context, Command.SELECT, name, name in expected, name in seen)
    assert counted is not None
    if counted[0] != len(seen):
        yield Difference(actor, context, Command.COUNT, None, len(seen), counted[0])


def _writes(
    connection: psycopg.Connection[Any], expectation: Expectation, *, actor: Actor, context: Context
) -> Iterator[Difference]:
    table, key = sql.Identifier(expectation.table), sql.Identifier(expectation.key)
    where = sql.SQL(" WHERE {} = %s").format(key)
    change = sql.SQL(", ").join(
        sql.SQL("{} = %s").format(sql.Identifier(name)) for name in expectation.change
    )
    update = sql.SQL("UPDATE {} SET ").format(table) + change + where
    delete = sql.SQL("DELETE FROM {}").format(table) + where
    for row in expectation.rows:
        name = row[expectation.key]
        # A row that is not seen cannot be named in WHERE either.
        seen = expectation.may_select(actor, row)
        tries: list[tuple[Command, bool, sql.Composed, list[Any]]] = [
            (Command.DELETE, seen and expectation.may_delete(actor, row), delete, [name])
        ]
        if expectation.change:
            values = [*expectation.change.values(), name]
            tries.append((Command.UPDATE, seen and expectation.may_update(actor, row), update, values))
        if expectation.fresh is not None:
            twin = expectation.fresh(row)
            allowed = expectation.may_insert(actor, twin)
            tries.append((Command.INSERT, allowed, _insert(expectation.table, twin), list(twin.values())))
        for command, expected, statement, values in tries:
            happened = _try(connection, statement, values)
            if happened != expected:
                yield Difference(actor, context, command, name, expected, happened)


def _try(connection: psycopg.Connection[Any], statement: sql.Composed, values: list[Any]) -> bool:
    """Tell whether the statement touched a row; it is undone at once."""
    try:
        with connection.transaction(force_rollback=True):
            return bool(connection.execute(statement, values).rowcount)
    except psycopg.errors.InsufficientPrivilege:
        return False


def _insert(table: str, row: Row) -> sql.Composed:
    columns = sql.SQL(", ").join(sql.Identifier(name) for name in row)
    values = sql.SQL(", ").join(sql.Placeholder() for _ in row)
    return sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(sql.Identifier(table), columns, values)
