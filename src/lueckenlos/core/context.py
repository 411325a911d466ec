"""Tell PostgreSQL who asks, for one transaction, in a form that the application alone can sign.

Row-level security asks `wall.actor_…()`; these functions believe only what was signed for this very
transaction of this very connection. A setting that was forged, copied from elsewhere or left out is nobody.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Final, Protocol, TypeVar

from django.conf import settings
from django.db import connection, transaction

from lueckenlos.core.actor import NOBODY, Actor, ActorKind, job

SETTING: Final = "lueckenlos.actor"
_VERSION: Final = "1"
_BLOCK: Final = 64  # the block of SHA-256, in bytes


class NoTransactionContext(RuntimeError):
    """Something that needs to know who asks ran outside `acting_as`."""

    def __init__(self) -> None:
        super().__init__("this needs `with acting_as(actor):` around it")


class Finishing(Protocol):
    """What has to be done last in a transaction, before it commits."""

    def finish(self) -> None:
        """Do it."""


_Last = TypeVar("_Last", bound=Finishing)


@dataclass(slots=True)
class _Frame:
    """One `acting_as` block; `last` belongs to the outermost and is shared by those inside it."""

    actor: Actor
    signed: str
    last: dict[type[Any], Finishing] = field(default_factory=dict)


_current: ContextVar[_Frame | None] = ContextVar("acting_as", default=None)


def key_bytes(secret: str) -> bytes:
    """Make the signing key from the secret of the home."""
    return hashlib.sha256(b"lueckenlos transaction context\0" + secret.encode()).digest()


def sign_context(actor: Actor, *, backend: int, began: int, key: bytes) -> str:
    """Write the actor as the database reads it, signed for one transaction of one connection.

    `backend` is the process id of the connection, `began` the transaction's time in microseconds since
    1970: together they name one transaction, so that the value is worth nothing in any other.
    """
    fields = (
        _VERSION,
        actor.kind.value,
        str(actor.person_id or ""),
        str(actor.organization or ""),
        actor.purpose or "",
        actor.name if actor.kind is ActorKind.JOB else str(actor.record or ""),
        ",".join(sorted(str(grant) for grant in actor.grants)),
        str(backend),
        str(began),
    )
    message = "|".join(fields)
    return f"{message}|{hmac.new(key, message.encode(), hashlib.sha256).hexdigest()}"


@contextmanager
def acting_as(actor: Actor) -> Iterator[Actor]:
    """Open a transaction in which the database knows the actor; what must come last runs before its end.

    Inside another `acting_as` the inner actor holds until the inner block ends, then the outer again.
    """
    outer = _current.get()
    nested = connection.in_atomic_block
    with transaction.atomic():
        before = _setting() if nested else ""
        frame = _Frame(actor, _signed_for_this_transaction(actor))
        if outer is not None:
            frame.last = outer.last
        _set(frame.signed)
        token = _current.set(frame)
        try:
            yield actor
            if outer is None:
                _finish(frame)
        finally:
            _current.reset(token)
        if nested:
            _set(before)


def current_actor() -> Actor:
    """The actor of the transaction; raise NoTransactionContext outside one."""
    return _frame().actor


def last_in_transaction(kind: type[_Last], make: Callable[[], _Last]) -> _Last:
    """Give the one object of this kind whose `finish()` runs last in the running transaction."""
    last = _frame().last
    if kind not in last:
        last[kind] = make()
    found = last[kind]
    if not isinstance(found, kind):
        raise TypeError(f"{found!r} is not a {kind!r}")
    return found


def install_context_key(connection: Any, key: str) -> None:
    """Write the signing key into the database; run by the owner's migration step, with the home's secret.

    The two blocks of HMAC are stored, not the key, so that the check in SQL is two calls of sha256().
    """
    blocks = key_bytes(key).ljust(_BLOCK, b"\0")
    inner = bytes(byte ^ 0x36 for byte in blocks)
    outer = bytes(byte ^ 0x5C for byte in blocks)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO public.core_contextkey (id, inner_block, outer_block) VALUES (1, %s, %s) "
            "ON CONFLICT (id) DO UPDATE SET inner_block = excluded.inner_block, outer_block = excluded.outer_block",
            [inner, outer],
        )


def context_is_believed() -> bool:
    """Tell whether the database believes what this process signs; false where the keys differ."""
    with acting_as(job("context-check")), connection.cursor() as cursor:
        cursor.execute("SELECT wall.actor_kind()")
        row = cursor.fetchone()
    return row is not None and row[0] == ActorKind.JOB.value


def _frame() -> _Frame:
    frame = _current.get()
    if frame is None:
        raise NoTransactionContext
    return frame


def _finish(frame: _Frame) -> None:
    for last in frame.last.values():
        last.finish()


def _signed_for_this_transaction(actor: Actor) -> str:
    if actor == NOBODY:
        return ""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_backend_pid(), (extract(epoch FROM transaction_timestamp()) * 1000000)::bigint"
        )
        row = cursor.fetchone()
    if row is None:
        raise NoTransactionContext
    return sign_context(actor, backend=row[0], began=row[1], key=key_bytes(settings.CONTEXT_KEY))


def _setting() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting(%s, true), '')", [SETTING])
        row = cursor.fetchone()
    return str(row[0]) if row else ""


def _set(value: str) -> None:
    # `true`: for this transaction only. A session's setting would meet the next user of the connection.
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [SETTING, value])
