"""The audit chain: every deed in one line that cannot fork, and every later change of it is found and named."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import InternalError, ProgrammingError, connection, transaction
from django.db.utils import DatabaseError

from lueckenlos.core import audit
from lueckenlos.core.actor import NOBODY, Actor, Grant, Role, ScopeKind, job
from lueckenlos.core.audit import verify_audit
from lueckenlos.core.context import NoTransactionContext, acting_as
from lueckenlos.core.models import AuditChain, AuditEntry, AuditPayload
from lueckenlos.kernels import ledger
from tests.core.audit_deeds import (
    CHAIN,
    NEIGHBOR,
    NOW,
    OFFICE,
    OFFICER,
    OTHER_CHAIN,
    OWN_OFFICER,
    WORKER,
    empty_chains,
    person,
    write,
)
from tests.core.databases import past_the_wall


@pytest.fixture(autouse=True)
def _database(empty_database: str, settings: Any, tmp_path: Path) -> Iterator[str]:
    settings.HOME = tmp_path
    empty_chains(empty_database)
    yield empty_database


def entries() -> list[AuditEntry]:
    with acting_as(OFFICER):
        return list(AuditEntry.objects.order_by("chain", "sequence"))


# Recording


def test_a_deed_is_recorded_with_who_what_and_when() -> None:
    write(1)
    (entry,) = entries()
    assert (entry.chain, entry.sequence, entry.previous) == (CHAIN, 1, ledger.GENESIS)
    assert json.loads(entry.body) == {
        "actor": {"kind": "person", "person": str(WORKER.person_id), "organization": str(OFFICE)},
        "deed": "directory.service.saved",
        "subject": "service/0",
        "details": {"fields": ["fee"], "x": 'ü"\\'},
    }
    assert entry.payload_hash is None
    assert verify_audit().holds


def test_each_organization_has_its_chain_and_the_county_its_own() -> None:
    write(2)
    write(1, actor=NEIGHBOR)
    write(1, actor=job("import"))
    assert [(entry.chain, entry.sequence) for entry in entries()] == sorted(
        [(CHAIN, 1), (CHAIN, 2), (OTHER_CHAIN, 1), (audit.COUNTY, 1)]
    )


def test_what_was_undone_was_not_done() -> None:
    with pytest.raises(ZeroDivisionError), acting_as(WORKER):
        audit.record("whole.transaction.failed", subject="service/1")
        raise ZeroDivisionError
    with acting_as(WORKER):
        audit.record("first.stays", subject="service/1")
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            audit.record("savepoint.failed", subject="service/1")
            raise ZeroDivisionError
        with pytest.raises(ZeroDivisionError), acting_as(job("inner")):
            audit.record("inner.failed", subject="service/1")
            raise ZeroDivisionError
        with acting_as(job("inner")):
            audit.record("inner.stays", subject="service/1")
        with transaction.atomic():
            audit.record("last.stays", subject="service/1")
    assert sorted(json.loads(entry.body)["deed"] for entry in entries()) == [
        "first.stays",
        "inner.stays",
        "last.stays",
    ]


def test_what_was_flushed_and_then_undone_leaves_no_gap() -> None:
    with acting_as(WORKER):
        audit.record("first.stays", subject="service/1")
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            audit.record("flushed.and.undone", subject="service/1")
            audit.flush()
            raise ZeroDivisionError
        audit.record("last.stays", subject="service/1")
    assert [entry.sequence for entry in entries()] == [1]
    assert verify_audit().holds


def test_outside_a_transaction_of_somebody_nothing_can_be_recorded() -> None:
    with pytest.raises(NoTransactionContext):
        audit.record("nobody.knows.who", subject="service/1")


def test_a_name_that_is_no_chain_is_refused() -> None:
    with acting_as(WORKER), pytest.raises(audit.NotAChain):
        audit.record("a.deed", subject="service/1", chain='county","x":"')


def test_sixteen_writers_make_one_line_without_forks() -> None:
    def writer(number: int) -> None:
        try:
            for deed in range(8):
                with acting_as(WORKER if (number + deed) % 3 else NEIGHBOR):
                    for part in range(3):
                        audit.record("a.deed", subject=f"{number}/{deed}/{part}")
                    audit.record("a.county.deed", subject=f"{number}/{deed}", chain=audit.COUNTY)
        finally:
            connection.close()

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(writer, range(16)))
    found = entries()
    assert len(found) == 16 * 8 * 4
    for chain in {entry.chain for entry in found}:
        line = [entry for entry in found if entry.chain == chain]
        assert [entry.sequence for entry in line] == list(range(1, len(line) + 1))
        assert len({entry.previous for entry in line}) == len(line)
        assert [entry.recorded_at for entry in line] == sorted(entry.recorded_at for entry in line)
    assert verify_audit().holds


# Who may do what


@pytest.mark.parametrize("table", ["core_auditentry", "core_auditpayload", "core_auditchain"])
@pytest.mark.parametrize(
    "statement", ["UPDATE {} SET {}", "DELETE FROM {}", "INSERT INTO {} DEFAULT VALUES", "TRUNCATE {}"]
)
def test_the_application_changes_nothing_in_the_chain(table: str, statement: str) -> None:
    change = "name = name" if table == "core_auditchain" else "chain = chain"
    for actor in (WORKER, OFFICER, job("retention")):
        with (
            pytest.raises(ProgrammingError, match=r"permission denied"),
            acting_as(actor),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement.format(table, change))


def test_only_data_protection_reads_the_chain_and_each_only_its_own() -> None:
    write(2, personal=True)
    write(1, actor=NEIGHBOR, personal=True)
    seen = {}
    for name, actor in {
        "worker": WORKER,
        "nobody": NOBODY,
        "administration": person(Grant(Role.ADMINISTRATION, ScopeKind.COUNTY, "05358")),
        "own officer": OWN_OFFICER,
        "officer": OFFICER,
        "verifier": job("verify-audit"),
        "other job": job("reminders"),
    }.items():
        with acting_as(actor):
            seen[name] = (
                AuditEntry.objects.count(),
                AuditPayload.objects.count(),
                AuditChain.objects.count(),
            )
    assert seen == {
        "worker": (0, 0, 0),
        "nobody": (0, 0, 0),
        "administration": (0, 0, 0),
        "own officer": (2, 2, 1),
        "officer": (3, 3, 2),
        "verifier": (3, 3, 2),
        "other job": (0, 0, 0),
    }


@pytest.mark.parametrize(
    "arguments",
    [
        ("a chain", ["{}"], [None], [None]),
        ("county", ["no json"], [None], [None]),
        ("county", ["[]"], [None], [None]),
        ("county", [None], [None], [None]),
        ("county", ["{}"], [], [None]),
        ("county", ["{}"], [None], ["name without salt"]),
    ],
)
def test_the_function_of_the_chain_takes_nothing_malformed(arguments: tuple[Any, ...]) -> None:
    with pytest.raises(DatabaseError), acting_as(WORKER), connection.cursor() as cursor:
        cursor.execute("SELECT wall.audit_append(%s, %s::text[], %s::bytea[], %s::text[])", arguments)
    assert entries() == []


# Seals


def test_a_seal_is_kept_for_its_owner_alone_and_is_readable() -> None:
    write(2)
    write(1, actor=NEIGHBOR)
    seal = audit.seal_heads(now=NOW)
    assert seal.path.stat().st_mode & 0o777 == 0o600
    assert seal.path.parent.stat().st_mode & 0o777 == 0o700
    assert seal.path.read_text(encoding="utf-8") == seal.text
    assert {(head.chain, head.sequence) for head in seal.heads} == {(CHAIN, 2), (OTHER_CHAIN, 1)}
    assert verify_audit(mailed_seals=[seal.text]).seals == 2


@pytest.mark.parametrize(
    "change", [lambda text: text.replace('"sequence":2', '"sequence":1'), lambda _: "Unsinn", lambda _: "[]"]
)
def test_a_seal_that_is_not_ours_is_named(change: Callable[[str], str]) -> None:
    write(2)
    seal = audit.seal_heads(now=NOW)
    seal.path.write_text(change(seal.text), encoding="utf-8")
    result = verify_audit()
    assert not result.holds
    assert result.false_seals == (str(seal.path),)


# Erasing


def test_blackened_content_is_gone_and_the_chain_holds(_database: str) -> None:
    write(6, personal=True)
    with acting_as(job("retention")):
        assert audit.blacken(CHAIN, sequences=[2, 3, 99], reason="§ 84 SGB X") == (2, 3)
    with acting_as(OWN_OFFICER):
        assert audit.blacken(CHAIN, sequences=[3, 4], reason="Antrag") == (4,)
    with past_the_wall(_database) as superuser:
        kept = superuser.execute(
            "SELECT sequence, salt, content FROM core_auditpayload WHERE content IS NULL ORDER BY 1"
        ).fetchall()
    assert kept == [(2, None, None), (3, None, None), (4, None, None)]
    last = json.loads(entries()[-1].body)
    assert (last["deed"], last["details"]) == ("audit.blackened", {"sequences": [4], "reason": "Antrag"})
    assert verify_audit().holds


@pytest.mark.parametrize(
    "actor", [WORKER, NOBODY, job("reminders"), person(Grant(Role.ADMINISTRATION, ScopeKind.COUNTY))]
)
def test_nobody_else_blackens(actor: Actor) -> None:
    write(1, personal=True)
    with pytest.raises((ProgrammingError, InternalError), match=r"only data protection"), acting_as(actor):
        audit.blacken(CHAIN, sequences=[1], reason="Spuren")


def test_an_officer_of_one_organization_does_not_blacken_another_chain() -> None:
    write(1, actor=NEIGHBOR, personal=True)
    with (
        pytest.raises((ProgrammingError, InternalError), match=r"only data protection"),
        acting_as(OWN_OFFICER),
    ):
        audit.blacken(OTHER_CHAIN, sequences=[1], reason="Spuren")


def test_two_equal_contents_have_different_hashes() -> None:
    write(1, personal=True)
    write(1, personal=True)
    assert len({entry.payload_hash for entry in entries()}) == 2
