"""Brings whole tables to a wanted state in a few statements, and says what that changed.

Rows go in by COPY. A merge compares them with what is there, so that a second load changes nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.db import connection, models
from psycopg import sql


@dataclass(frozen=True, slots=True)
class FileReport:
    """What one file of a folder changed in the house."""

    file: str
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    gone: int = 0
    held: tuple[str, ...] = ()
    """Keys that the folder wanted otherwise, left as they are because they were edited here."""

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self) | {"held": list(self.held)}


def copy_rows(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Append rows by COPY; every column without a default in the database must be named."""
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(model._meta.db_table), _names(columns)
    )
    _copy(statement, rows)


@dataclass(frozen=True, slots=True)
class Merge:
    """How many rows of a table are new, changed, as they were, and gone."""

    added: int
    changed: int
    unchanged: int
    gone: int = 0

    def report(self, file: str) -> FileReport:
        """The same, under the name of the file it came from."""
        return FileReport(file, self.added, self.changed, self.unchanged, self.gone)


def merge_rows(
    model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]], *, key: Sequence[str]
) -> Merge:
    """Insert new rows and update those that differ; rows that are not among the given ones stay."""
    stage = _stage(model, columns=columns, rows=rows)
    merge = _merge(model, stage, columns=columns, key=key)
    _drop(stage)
    return merge


def mirror_rows(
    model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]], *, key: Sequence[str]
) -> Merge:
    """The same, and delete the rows that are not among the given ones; nothing may refer to them."""
    stage = _stage(model, columns=columns, rows=rows)
    merge = _merge(model, stage, columns=columns, key=key)
    with connection.cursor() as cursor:
        cursor.execute(
            sql.SQL("DELETE FROM {} t WHERE NOT EXISTS (SELECT FROM {} s WHERE {})").format(
                sql.Identifier(model._meta.db_table), stage, _same(key)
            )
        )
        gone = cursor.rowcount
    _drop(stage)
    return replace(merge, gone=gone)


def _merge(
    model: type[models.Model], stage: sql.Identifier, *, columns: Sequence[str], key: Sequence[str]
) -> Merge:
    table = sql.Identifier(model._meta.db_table)
    others = [column for column in columns if column not in key]
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(stage))
        total = int(cursor.fetchone()[0])
        changed = 0
        if others:
            cursor.execute(_update(table, stage, key=key, others=_cast(model, others)))
            changed = cursor.rowcount
        cursor.execute(_insert(table, stage, columns=columns, key=key))
        added = cursor.rowcount
    return Merge(added, changed, total - added - changed)


def _drop(stage: sql.Identifier) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("DROP TABLE {}").format(stage))


def _stage(
    model: type[models.Model], *, columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> sql.Identifier:
    stage = sql.Identifier("wanted_" + model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            sql.SQL("CREATE TEMP TABLE {} ON COMMIT DROP AS SELECT {} FROM {} WITH NO DATA").format(
                stage, _names(columns), sql.Identifier(model._meta.db_table)
            )
        )
    _copy(sql.SQL("COPY {} ({}) FROM STDIN").format(stage, _names(columns)), rows)
    return stage


def _copy(statement: sql.Composed, rows: Iterable[Sequence[Any]]) -> None:
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def _names(columns: Sequence[str]) -> sql.Composed:
    return sql.SQL(", ").join(sql.Identifier(column) for column in columns)


def _cast(model: type[models.Model], columns: Sequence[str]) -> list[tuple[str, bool]]:
    """Each column with whether it must be compared as text: PostgreSQL's points know no equality."""
    kinds = {field.column: field.db_type(connection) for field in model._meta.local_fields}
    return [(column, kinds.get(column) == "point") for column in columns]


def _update(
    table: sql.Identifier, stage: sql.Identifier, *, key: Sequence[str], others: list[tuple[str, bool]]
) -> sql.Composed:
    settings = [sql.SQL("{0} = s.{0}").format(sql.Identifier(column)) for column, _as_text in others]
    differs = [
        sql.SQL(
            "t.{0}::text IS DISTINCT FROM s.{0}::text" if as_text else "t.{0} IS DISTINCT FROM s.{0}"
        ).format(sql.Identifier(column))
        for column, as_text in others
    ]
    return sql.SQL("UPDATE {} t SET {} FROM {} s WHERE {} AND ({})").format(
        table, sql.SQL(", ").join(settings), stage, _same(key), sql.SQL(" OR ").join(differs)
    )


def _insert(
    table: sql.Identifier, stage: sql.Identifier, *, columns: Sequence[str], key: Sequence[str]
) -> sql.Composed:
    return sql.SQL(
        "INSERT INTO {0} ({1}) SELECT {1} FROM {2} s WHERE NOT EXISTS (SELECT FROM {0} t WHERE {3})"
    ).format(table, _names(columns), stage, _same(key))


def _same(key: Sequence[str]) -> sql.Composed:
    return sql.SQL(" AND ").join(
        sql.SQL("t.{0} IS NOT DISTINCT FROM s.{0}").format(sql.Identifier(column)) for column in key
    )
