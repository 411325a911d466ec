"""Appends whole columns to a table by COPY.

Tables hold the same words again and again: a column is written with one look at each different value, and
rows are joined from columns, which is several times faster than handing the driver one row after the other.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from itertools import groupby, repeat
from operator import itemgetter
from queue import SimpleQueue
from typing import Any, Final
from uuid import UUID

from django.db import connection, models
from psycopg import sql

BATCH: Final = 1_000
_NULL: Final = "\\N"
_ESCAPES: Final = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
_ARRAY_ESCAPES: Final = str.maketrans({"\\": "\\\\", '"': '\\"'})


@dataclass(frozen=True, slots=True)
class Always:
    """A column in which every row says the same."""

    value: Any


Columns = Mapping[str, Sequence[Any] | Always]
"""Of equal length; every column without a default in the database must be named."""
Appended = tuple[type[models.Model], Columns]
_Piece = tuple[sql.Composed, str]


def copy_columns(model: type[models.Model], columns: Columns) -> None:
    """Append rows to one table."""
    _send(_pieces(model, columns))


def copy_tables(tables: Iterable[Appended]) -> None:
    """Append to several tables in turn, inside a transaction: what fails half-way is for the caller to undo.

    PostgreSQL takes in one piece while the next ones are worded in another thread; that runs through `tables`,
    which must not ask the database themselves.
    """
    worded: SimpleQueue[_Piece | None] = SimpleQueue()

    def word() -> None:
        try:
            for model, columns in tables:
                for piece in _pieces(model, columns):
                    worded.put(piece)
        finally:
            worded.put(None)

    with ThreadPoolExecutor(max_workers=1) as aside:
        wording = aside.submit(word)
        _send(iter(worded.get, None))
        wording.result()


def _send(pieces: Iterable[_Piece]) -> None:
    for statement, texts in groupby(pieces, key=itemgetter(0)):
        with connection.cursor() as cursor, cursor.copy(statement) as copy:
            for _statement, text in texts:
                copy.write(text)


def _pieces(model: type[models.Model], columns: Columns) -> Iterator[_Piece]:
    lengths = {len(column) for column in columns.values() if not isinstance(column, Always)}
    if len(lengths) != 1:
        raise ValueError(f"columns of different lengths: {sorted(lengths)}")
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(model._meta.db_table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    for begin in range(0, lengths.pop(), BATCH):
        piece = [_written(_piece(column, begin)) for column in columns.values()]
        yield statement, "\n".join(map("\t".join, zip(*piece, strict=False))) + "\n"


def _piece(column: Sequence[Any] | Always, begin: int) -> Sequence[Any] | Always:
    return column if isinstance(column, Always) else column[begin : begin + BATCH]


def _written(column: Sequence[Any] | Always) -> "Sequence[str] | repeat[str]":
    if isinstance(column, Always):
        return repeat(_text(column.value))
    kinds = set(map(type, column))
    if kinds == {str}:
        # One look at all of it: hardly any column holds a sign that COPY reads otherwise.
        whole = "".join(column)
        plain = not any(sign in whole for sign in "\\\t\n\r")
        return column if plain else [each.translate(_ESCAPES) for each in column]
    if kinds <= _SIMPLE:
        return [_WRITERS[type(each)](each) for each in column]
    return [_text(each) for each in column]


def _text(value: Any) -> str:
    writer = _WRITERS.get(type(value))
    if writer is not None:
        return writer(value)
    if isinstance(value, StrEnum):
        return str(value).translate(_ESCAPES)
    if isinstance(value, list | tuple):
        return ("{" + ",".join(_element(each) for each in value) + "}").translate(_ESCAPES)
    raise TypeError(f"COPY does not know {type(value).__name__}")


def _element(value: Any) -> str:
    return '"' + str(value).translate(_ARRAY_ESCAPES) + '"'


_WRITERS: Final[Mapping[type, Callable[[Any], str]]] = {
    str: lambda value: value.translate(_ESCAPES),
    type(None): lambda _value: _NULL,
    bool: lambda value: "t" if value else "f",
    int: str,
    float: repr,
    Decimal: str,
    UUID: str,
    date: date.isoformat,
    datetime: datetime.isoformat,
    time: time.isoformat,
}
_SIMPLE: Final = frozenset(_WRITERS)
