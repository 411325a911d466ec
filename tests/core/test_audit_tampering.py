"""Whoever changes the past with the keys of the machine is found, and the first broken entry is named."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from lueckenlos.core import audit
from lueckenlos.core.audit import verify_audit, verifying
from lueckenlos.kernels import ledger
from lueckenlos.kernels.ledger import Break, Fault
from tests.core.audit_deeds import (
    CHAIN,
    NOW,
    empty_chains,
    write,
)
from tests.core.databases import past_the_wall


@pytest.fixture(autouse=True)
def _database(
    empty_database: str, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    settings.HOME = tmp_path
    # Six entries are two stretches for the database: what is done to one of them may show in the other.
    monkeypatch.setattr(verifying, "_STRETCH", 3)
    empty_chains(empty_database)
    yield empty_database


def first_break(*mails: str) -> Break:
    result = verify_audit(mailed_seals=mails)
    assert not result.holds
    assert len(result.breaks) == 1
    return result.breaks[0]


# Tampering, as somebody with the keys of the machine


def rehash(superuser: psycopg.Connection[Any], sequence: int, **changes: object) -> None:
    """Change an entry together with its hash, as a careful forger would."""
    row = superuser.execute(
        "SELECT sequence, to_char(recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"'), body, payload_hash,"
        " previous, hash FROM core_auditentry WHERE chain = %s AND sequence = %s",
        [CHAIN, sequence],
    ).fetchone()
    assert row is not None
    entry = ledger.Entry._make((*row, None, None, False))._replace(**changes)  # type: ignore[arg-type]
    superuser.execute(
        "UPDATE core_auditentry SET body = %s, previous = %s, hash = %s WHERE chain = %s AND sequence = %s",
        [entry.body, entry.previous, ledger.entry_hash(CHAIN, entry), CHAIN, sequence],
    )


def delete(superuser: psycopg.Connection[Any]) -> None:
    superuser.execute("DELETE FROM core_auditentry WHERE sequence = 3")


def edit(superuser: psycopg.Connection[Any]) -> None:
    superuser.execute("UPDATE core_auditentry SET body = '{}' WHERE sequence = 3")


def edit_time(superuser: psycopg.Connection[Any]) -> None:
    superuser.execute(
        "UPDATE core_auditentry SET recorded_at = recorded_at - interval '1 microsecond' WHERE sequence = 3"
    )


def edit_with_hash(superuser: psycopg.Connection[Any]) -> None:
    rehash(superuser, 3, body="{}")


def edit_last_with_hash(superuser: psycopg.Connection[Any]) -> None:
    rehash(superuser, 6, body="{}")


def reorder(superuser: psycopg.Connection[Any]) -> None:
    for old, new in ((3, 99), (4, 3), (99, 4)):
        superuser.execute("UPDATE core_auditentry SET sequence = %s WHERE sequence = %s", [new, old])


def delete_and_close_up(superuser: psycopg.Connection[Any]) -> None:
    delete(superuser)
    for number in (4, 5, 6):
        superuser.execute(
            "UPDATE core_auditentry SET sequence = %s WHERE sequence = %s", [number - 1, number]
        )


def insert(superuser: psycopg.Connection[Any]) -> None:
    superuser.execute(
        "INSERT INTO core_auditentry SELECT chain, 7, recorded_at, body, NULL, hash, hash FROM core_auditentry"
        " WHERE sequence = 6"
    )
    rehash(superuser, 7)


def cut_off(superuser: psycopg.Connection[Any]) -> None:
    superuser.execute("DELETE FROM core_auditentry WHERE sequence > 4")


def turn_back(superuser: psycopg.Connection[Any]) -> None:
    cut_off(superuser)
    superuser.execute(
        "UPDATE core_auditchain c SET sequence = 4, hash = e.hash FROM core_auditentry e WHERE e.sequence = 4"
    )


def behead(superuser: psycopg.Connection[Any]) -> None:
    superuser.execute("DELETE FROM core_auditchain")


def vanish(superuser: psycopg.Connection[Any]) -> None:
    superuser.execute("TRUNCATE core_auditentry, core_auditchain, core_auditpayload")


def edit_payload(superuser: psycopg.Connection[Any]) -> None:
    superuser.execute('UPDATE core_auditpayload SET content = \'{"name":"X"}\' WHERE sequence = 3')


def delete_payload(superuser: psycopg.Connection[Any]) -> None:
    superuser.execute("DELETE FROM core_auditpayload WHERE sequence = 3")


def blacken_unrecorded(superuser: psycopg.Connection[Any]) -> None:
    superuser.execute(
        "UPDATE core_auditpayload SET content = NULL, salt = NULL, blackened_at = now() WHERE sequence = 3"
    )


@pytest.mark.parametrize(
    ("tamper", "sequence", "fault"),
    [
        (edit, 3, Fault.EDITED),
        (edit_time, 3, Fault.EDITED),
        (edit_with_hash, 4, Fault.DETACHED),
        (edit_last_with_hash, 6, Fault.EDITED),
        (delete, 3, Fault.MISSING),
        (delete_and_close_up, 3, Fault.EDITED),
        (reorder, 3, Fault.EDITED),
        (insert, 7, Fault.SURPLUS),
        (cut_off, 5, Fault.CUT_OFF),
        (behead, 1, Fault.SURPLUS),
        (edit_payload, 3, Fault.PAYLOAD_EDITED),
        (delete_payload, 3, Fault.PAYLOAD_MISSING),
        (blacken_unrecorded, 3, Fault.PAYLOAD_BLACKENED_UNRECORDED),
    ],
)
def test_every_change_of_the_past_is_found_and_named(
    _database: str, tamper: Callable[[psycopg.Connection[Any]], None], sequence: int, fault: Fault
) -> None:
    write(6, personal=True)
    assert verify_audit().holds
    with past_the_wall(_database) as superuser:
        tamper(superuser)
    assert first_break() == Break(CHAIN, sequence, fault)


@pytest.mark.parametrize(
    ("tamper", "sequence", "fault"), [(turn_back, 5, Fault.CUT_OFF), (vanish, 1, Fault.CUT_OFF)]
)
def test_a_seal_shows_what_the_database_alone_cannot(
    _database: str, tamper: Callable[[psycopg.Connection[Any]], None], sequence: int, fault: Fault
) -> None:
    write(6)
    seal = audit.seal_heads(now=NOW)
    write(2)
    assert verify_audit().holds
    with past_the_wall(_database) as superuser:
        superuser.execute("DELETE FROM core_auditentry WHERE sequence > 6")
        tamper(superuser)
    assert first_break() == Break(CHAIN, sequence, fault)
    # The one who deletes the file as well is found by the mail.
    seal.path.unlink()
    assert verify_audit().holds
    assert first_break(seal.text) == Break(CHAIN, sequence, fault)


def test_a_whole_chain_written_anew_differs_from_its_seal(_database: str) -> None:
    write(6)
    audit.seal_heads(now=NOW)
    with past_the_wall(_database) as superuser:
        vanish(superuser)
    write(6)
    assert first_break() == Break(CHAIN, 6, Fault.NOT_AS_SEALED)
