"""Write entries: collected while the transaction runs, appended last, so that the head row is held shortly."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Final
from uuid import UUID

from django.db import connection, transaction

from lueckenlos.core import disk
from lueckenlos.core.actor import Actor, ActorKind
from lueckenlos.core.context import current_actor, last_in_transaction
from lueckenlos.kernels import ledger

COUNTY: Final = "county"
_CHAIN: Final = re.compile(r"[a-z0-9:-]{1,80}")
_SALT: Final = 16

# Whoever waits for the disk while holding the head of a chain lets all other writers wait, too, one after the other.
# So the transaction commits without the disk; it is waited for afterwards, by many at once (decision 0036).
_APPEND: Final = (
    "SELECT wall.audit_append(%s, %s::text[], %s::bytea[], %s::text[]),"
    " set_config('synchronous_commit', 'off', true)"
)


class NotAChain(ValueError):
    """A chain is named by small letters, digits, colon and hyphen."""

    def __init__(self, chain: str) -> None:
        super().__init__(f"{chain!r} is no name for a chain: use chain_of(organization) or COUNTY")
        self.chain = chain


@dataclass(frozen=True, slots=True)
class _Pending:
    """One entry on its way; `survives` is Django's to forget if the savepoint of the deed is rolled back."""

    chain: str
    body: str
    salt: bytes | None
    content: str | None
    survives: Callable[[], None]


@dataclass(slots=True)
class _Queue:
    """What the running transaction will append to the chains."""

    pending: list[_Pending] = field(default_factory=list)

    def finish(self) -> None:
        """Append everything whose deed was not rolled back, chain by chain in one order for all writers."""
        kept = {id(registered[1]) for registered in connection.run_on_commit}
        lasting = [entry for entry in self.pending if id(entry.survives) in kept]
        self.pending.clear()
        lasting.sort(key=lambda entry: entry.chain)
        for chain, entries in groupby(lasting, key=lambda entry: entry.chain):
            _append(chain, list(entries))


def chain_of(organization: UUID | None) -> str:
    """The chain of an organization; deeds of nobody's organization are the county's."""
    return COUNTY if organization is None else f"organization:{organization}"


def record(
    deed: str,
    *,
    subject: str,
    details: Mapping[str, Any] | None = None,
    personal: Mapping[str, Any] | None = None,
    chain: str | None = None,
) -> None:
    """Note a deed of the current actor; it is appended last in the transaction and undone with it.

    `deed` is "room.thing.happened", `subject` names the record ("service/…"). `details` must not hold
    personal data: they stay for good. What does goes into `personal`, which can be blackened. Without
    `chain` the entry goes to the acting organization's chain, else to the county's.
    """
    actor = current_actor()
    chosen = chain_of(actor.organization) if chain is None else chain
    if not _CHAIN.fullmatch(chosen):
        raise NotAChain(chosen)
    body = ledger.canonical(
        {"actor": _who(actor), "deed": deed, "subject": subject, "details": dict(details or {})}
    )
    content = None if personal is None else ledger.canonical(dict(personal))

    def survives() -> None:
        """Be forgotten by Django if the savepoint is rolled back; that is all it is for."""

    transaction.on_commit(survives)
    salt = None if content is None else secrets.token_bytes(_SALT)
    last_in_transaction(_Queue, _Queue).pending.append(_Pending(chosen, body, salt, content, survives))


def flush() -> None:
    """Append now what was recorded so far; the heads of its chains stay locked until the transaction ends."""
    last_in_transaction(_Queue, _Queue).finish()


def blacken(chain: str, *, sequences: Iterable[int], reason: str) -> tuple[int, ...]:
    """Erase the personal part of entries, and record that it was done and why; give what was blackened.

    Only data protection and the job "retention" may. The chain holds afterwards as before.
    """
    flush()
    with connection.cursor() as cursor:
        cursor.execute("SELECT wall.audit_blacken(%s, %s)", [chain, sorted(set(sequences))])
        row = cursor.fetchone()
    done = tuple(row[0]) if row else ()
    if done:
        record(
            ledger.BLACKENED_DEED,
            subject=f"audit/{chain}",
            details={"sequences": list(done), "reason": reason},
            chain=chain,
        )
    return done


def _who(actor: Actor) -> dict[str, str]:
    """The actor by uuid; a name would be personal data that nobody could erase from the chain."""
    known = {
        "kind": actor.kind.value,
        "person": str(actor.person_id or ""),
        "organization": str(actor.organization or ""),
        "purpose": actor.purpose or "",
        "job": actor.name if actor.kind is ActorKind.JOB else "",
        "record": str(actor.record or ""),
    }
    return {name: value for name, value in known.items() if value}


def _append(chain: str, entries: list[_Pending]) -> None:
    disk.wait_after_commit()
    with connection.cursor() as cursor:
        cursor.execute(
            _APPEND,
            [
                chain,
                [entry.body for entry in entries],
                [entry.salt for entry in entries],
                [entry.content for entry in entries],
            ],
        )
