"""The audit chain: many writers at once without a fork, and a million entries verified."""

import hashlib
import threading
from itertools import pairwise
from unittest.mock import patch

from django.db import connection, transaction

from benchmarks.figures import Figure, Size, Table, main, rate, times, took
from benchmarks.house import bare
from lueckenlos.core import audit, disk
from lueckenlos.core.actor import job
from lueckenlos.core.audit import recording, verify_audit
from lueckenlos.core.audit.sealing import VERIFIER
from lueckenlos.core.context import acting_as
from lueckenlos.core.models import AuditEntry
from lueckenlos.kernels import ledger

WRITERS = 16
BODY = '{"actor":{"kind":"job","job":"bench"},"deed":"directory.service.saved","details":{},"subject":"service/1"}'
BATCH = 10_000
# As every other transaction commits, and as entries were written before decision 0036.
UNDER_THE_LOCK = "SELECT wall.audit_append(%s, %s::text[], %s::bytea[], %s::text[])"


def run(size: Size = Size.FULL) -> Table:
    """Measure writing through the product's own front door, and verification with and without the database."""
    each, entries = (20, 20_000) if size is Size.QUICK else (250, 1_000_000)
    with bare():
        written, forks = _write("bench", each=each)
        with patch.object(recording, "_APPEND", UNDER_THE_LOCK), patch.object(disk, "wait_after_commit"):
            waiting, _ = _write("bench-before", each=each // 4)
        _fill(entries)
        with_database, there = _verify()
    kernel, limit = _kernel(min(entries, 200_000))
    million = 1_000_000 / there
    return Table(
        title="Audit chain",
        claim="Sixteen writers make no fork, and a million entries are verified in moments.",
        figures=(
            Figure(
                f"{WRITERS} writers on one chain, a transaction an entry", rate(written, unit="entries"),
                "2,000 entries/s", "", times(written / 2_000), "≥ 1 ×",
            ),
            Figure(
                "the same", rate(written, unit="entries"), "waiting for the disk while the head is locked",
                rate(waiting, unit="entries"), times(written / waiting), "",
            ),
            Figure("forks among them", str(forks), "0", "", "", "0"),
            Figure(
                f"verification with database ({there:,} entries)", f"{with_database * million:.1f} s a million",
                "2 s a million", "", times(with_database * million / 2), "≤ 1 ×",
            ),
            Figure(
                "the same", f"{with_database * million:.1f} s a million", "SHA-256 of the same texts in one thread",
                f"{limit:.2f} s a million", times(with_database * million / limit), "",
            ),
            Figure(
                "verification, kernel alone", f"{kernel:.2f} s a million", "SHA-256 of the same texts",
                f"{limit:.2f} s a million", times(kernel / limit), "",
            ),
        ),
        note="Both rows named the same are held against what ran beside them in the same run; "
        "the numbers themselves follow the machine.",
    )  # fmt: skip


def _write(chain: str, *, each: int) -> tuple[float, int]:
    def deeds() -> None:
        for number in range(each):
            with acting_as(job("bench")):
                audit.record("directory.service.saved", subject=f"service/{number}", chain=chain)
        connection.close()

    threads = [threading.Thread(target=deeds) for _ in range(WRITERS)]

    def all_of_them() -> None:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    seconds = took(all_of_them)
    with acting_as(VERIFIER):
        rows = list(
            AuditEntry.objects.filter(chain=chain).order_by("sequence").values_list("previous", "hash")
        )
    if len(rows) != each * WRITERS:
        raise RuntimeError(f"{len(rows)} of {each * WRITERS} entries were written")
    return len(rows) / seconds, sum(before[1] != after[0] for before, after in pairwise(rows))


def _fill(entries: int) -> None:
    for start in range(0, entries, BATCH):
        count = min(BATCH, entries - start)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT wall.audit_append('bench-long', array_fill(%s::text, ARRAY[%s]),"
                " array_fill(NULL::bytea, ARRAY[%s]), array_fill(NULL::text, ARRAY[%s]))",
                [BODY, count, count, count],
            )


def _verify() -> tuple[float, int]:
    found = []
    seconds = took(lambda: found.append(verify_audit()))
    if not found[0].holds:
        raise RuntimeError(f"the chain does not hold: {found[0].breaks}")
    return seconds, found[0].entries


def _kernel(entries: int) -> tuple[float, float]:
    chain, before, made = "bench", ledger.GENESIS, []
    for sequence in range(1, entries + 1):
        entry = ledger.Entry(sequence, "2026-11-01T00:00:00.000000Z", BODY, None, before, "")
        before = ledger.entry_hash(chain, entry)
        made.append(entry._replace(hash=before))
    texts = [ledger.entry_text(chain, entry).encode() for entry in made]
    head = ledger.Head(chain, entries, before)
    seconds = took(lambda: ledger.verify(chain, iter(made), head=head, seals=[]))
    limit = took(lambda: [hashlib.sha256(text).hexdigest() for text in texts])
    return seconds * 1_000_000 / entries, limit * 1_000_000 / entries


if __name__ == "__main__":
    main(run)
