"""Locks by name, and the check that nobody's work is lost when two people save the same thing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import connection
from django.db.models import F, Model

from lueckenlos.core.models import VersionedModel

_Row = TypeVar("_Row", bound=Model)


class NotInTransaction(RuntimeError):
    """A lock was asked for outside a transaction, where it would be gone at once."""

    def __init__(self, name: str) -> None:
        super().__init__(f"the lock {name!r} needs a transaction around it")
        self.name = name


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that both have changed or that one of them would overwrite."""

    field: str
    yours: Any
    theirs: Any


class StaleVersion(Exception):
    """Somebody else saved in between; carries both versions, so that the second can see the difference."""

    def __init__(
        self, *, expected: int, current: int, yours: Mapping[str, Any], theirs: Mapping[str, Any]
    ) -> None:
        super().__init__(f"version {expected} was edited, but version {current} is stored")
        self.expected = expected
        self.current = current
        self.yours = dict(yours)
        self.theirs = dict(theirs)

    @property
    def differences(self) -> tuple[Difference, ...]:
        """The fields in which the two versions differ."""
        return tuple(
            Difference(field, value, self.theirs[field])
            for field, value in self.yours.items()
            if self.theirs[field] != value
        )


def hold(name: str) -> None:
    """Wait for the lock of this name and hold it until the transaction ends."""
    _demand_transaction(name)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])


def hold_if_free(name: str) -> bool:
    """Take the lock of this name if nobody holds it, and tell whether it was taken."""
    _demand_transaction(name)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [name])
        row = cursor.fetchone()
    return bool(row and row[0])


def hold_row(model: type[_Row], pk: Any) -> _Row:
    """Read one row and hold it until the transaction ends; others that only refer to it do not wait."""
    return model._default_manager.select_for_update(of=("self",), no_key=True).get(pk=pk)


def save_unless_stale(row: VersionedModel, *, expected: int, changes: Mapping[str, Any]) -> int:
    """Write the changes if the row still has the version that was edited; give the new version.

    One UPDATE decides, so there is no moment between the look and the write. Otherwise StaleVersion is
    raised with both versions, or DoesNotExist if the row is gone. `row` itself takes the new values.
    """
    rows = type(row)._default_manager.filter(pk=row.pk)
    if rows.filter(version=expected).update(**changes, version=F("version") + 1):
        for field, value in changes.items():
            setattr(row, field, value)
        row.version = expected + 1
        return row.version
    stored = rows.get()
    theirs = {field: getattr(stored, field) for field in changes}
    raise StaleVersion(expected=expected, current=stored.version, yours=changes, theirs=theirs)


def _demand_transaction(name: str) -> None:
    if not connection.in_atomic_block:
        raise NotInTransaction(name)


def take_time() -> None:
    """Let this transaction think for long between two statements, as reading a folder does on a busy machine.

    The application's role otherwise loses a transaction that says nothing for a minute.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = '30min'")
