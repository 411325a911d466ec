"""Nobody hears of a deed before the disk has it, though nobody waits for the disk while others wait for him."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from lueckenlos.config.house import connect_to
from lueckenlos.core import audit, disk
from lueckenlos.core.actor import job
from lueckenlos.core.audit import verify_audit
from lueckenlos.core.context import acting_as, install_context_key
from lueckenlos.core.embedded import Cluster
from lueckenlos.core.models import AuditEntry
from tests.core.audit_deeds import NOW
from tests.core.embedded_homes import NewHome

WRITER = job("bench")
WRITERS = 8


@contextmanager
def pointing_at(url: str) -> Iterator[None]:
    """Django is connected to another database for as long as the block lasts."""
    before = dict(connection.settings_dict)
    connect_to(url)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(before)
        settings.DATABASES["default"].update(before)


@pytest.fixture
def chain_home(new_home: NewHome, django_db_blocker: Any) -> Iterator[Callable[[int], Path]]:
    """Gives a home of this version whose database has the tables of the chain, and nothing else of the house."""

    def give(version: int) -> Path:
        home = new_home(version=version)
        with Cluster(home).running() as server, pointing_at(server.owner_url):
            call_command("migrate", "core", verbosity=0, interactive=False)
            install_context_key(connection, settings.CONTEXT_KEY)
        return home

    with django_db_blocker.unblock():
        yield give


def write(subject: str) -> None:
    with acting_as(WRITER):
        audit.record("a.deed", subject=subject, chain="bench")


def ask(question: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {question}")
        row = cursor.fetchone()
    return row[0] if row else None


def subjects() -> set[str]:
    with acting_as(job("verify-audit")), connection.cursor() as cursor:
        cursor.execute("SELECT body::json ->> 'subject' FROM core_auditentry WHERE chain = 'bench'")
        return {subject for (subject,) in cursor.fetchall()}


@pytest.mark.server
@pytest.mark.parametrize("version", [16, 18])
def test_no_acknowledged_deed_is_lost_when_the_server_is_killed(
    chain_home: Callable[[int], Path], version: int
) -> None:
    home = chain_home(version)
    acknowledged: set[str] = set()
    for turn in range(3):
        server = Cluster(home).start()
        with pointing_at(server.app_url), ThreadPoolExecutor(WRITERS) as pool:
            killer = threading.Timer(0.5, os.kill, (server.pid, signal.SIGKILL))
            killer.start()
            done = [pool.submit(_write_until_it_dies, f"{turn}/{writer}") for writer in range(WRITERS)]
            heard = {subject for each in done for subject in each.result()}
            killer.join()
        server.stop()
        assert heard
        acknowledged |= heard
        with Cluster(home).running() as again, pointing_at(again.app_url):
            kept = subjects()
            assert acknowledged <= kept
            # What was on its way when the server died may have been kept or not.
            assert len(kept) <= len(acknowledged) + WRITERS
            assert verify_audit().holds
            acknowledged = kept


def _write_until_it_dies(name: str) -> list[str]:
    heard: list[str] = []
    try:
        while True:
            subject = f"{name}/{len(heard)}"
            write(subject)
            heard.append(subject)
    except DatabaseError:
        return heard
    finally:
        connection.close()


@pytest.mark.server
@pytest.mark.parametrize("version", [16, 18])
def test_a_letter_that_tells_of_a_deed_waits_for_the_disk_too(
    chain_home: Callable[[int], Path], version: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    committed: list[str] = []

    def wait() -> None:
        committed.append(ask("pg_current_wal_insert_lsn()"))
        told.append("not yet" if ask(f"pg_current_wal_flush_lsn() < '{committed[-1]}'") else "too early")
        unpatched()

    def letter() -> None:
        told.append("on disk" if ask(f"pg_current_wal_flush_lsn() >= '{committed[-1]}'") else "may be lost")

    unpatched = disk.wait
    monkeypatch.setattr(disk, "wait", wait)
    with Cluster(chain_home(version)).running() as server, pointing_at(server.app_url):
        for number in range(5):
            with acting_as(WRITER):
                transaction.on_commit(letter)
                audit.record("a.deed", subject=f"{number}", chain="bench")
                audit.record("another.deed", subject=f"{number}", chain="other")
    # The writer of the log may have come first once, by chance.
    assert "not yet" in told
    assert told[1::2] == ["on disk"] * 5


def test_what_was_undone_waits_for_nothing(empty_database: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = on")
    with acting_as(WRITER):
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            audit.record("a.deed", subject="1", chain="bench")
            audit.flush()
            assert ask("current_setting('synchronous_commit')") == "off"
            assert len(waits()) == 1
            raise ZeroDivisionError
        assert ask("current_setting('synchronous_commit')") == "on"
        assert waits() == []
        audit.record("a.deed", subject="2", chain="bench")
        audit.flush()
        audit.record("a.deed", subject="3", chain="other")
        audit.flush()
        assert len(waits()) == 1
    assert ask("current_setting('synchronous_commit')") == "on"


def waits() -> list[Any]:
    return [registered for registered in connection.run_on_commit if registered[1] is disk.wait]


def test_a_deed_that_leaves_no_entry_waits_for_the_disk_as_ever(empty_database: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = on")
    with acting_as(WRITER):
        assert ask("current_setting('synchronous_commit')") == "on"
        assert AuditEntry.objects.count() == 0
        assert waits() == []


def test_a_seal_tells_of_nothing_that_the_disk_may_still_lose(
    empty_database: str, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.HOME = tmp_path
    write("1")
    sealed_before: list[bool] = []
    monkeypatch.setattr(disk, "wait", lambda: sealed_before.append(any(tmp_path.rglob("seal-*"))))
    audit.seal_heads(now=NOW)
    assert sealed_before == [False]
