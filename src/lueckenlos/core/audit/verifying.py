"""Read every chain from its start and compare it with the heads that left the house."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.db import connection

from lueckenlos.core.audit.sealing import VERIFIER, SealNotGenuine, kept_seals, read_seal
from lueckenlos.core.context import acting_as
from lueckenlos.kernels import ledger

_PAGE: Final = 20_000

_ENTRIES: Final = """
SELECT e.sequence, to_char(e.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), e.body,
  e.payload_hash, e.previous, e.hash, p.salt, p.content, p.blackened_at IS NOT NULL
FROM core_auditentry e LEFT JOIN core_auditpayload p ON p.chain = e.chain AND p.sequence = e.sequence
WHERE e.chain = %s AND e.sequence > %s ORDER BY e.sequence LIMIT %s
"""

# One statement is one view of the chain, so that entries appended meanwhile are on both sides or on none.
_ENDS: Final = """
SELECT c.sequence, c.hash, (SELECT max(e.sequence) FROM core_auditentry e WHERE e.chain = c.name)
FROM core_auditchain c WHERE c.name = %s
"""


@dataclass(frozen=True, slots=True)
class AuditResult:
    """What was read, what broke, and which seals are not ours."""

    verdicts: tuple[ledger.Verdict, ...]
    false_seals: tuple[str, ...]
    seals: int

    @property
    def holds(self) -> bool:
        """Nothing was found."""
        return not self.false_seals and all(verdict.holds for verdict in self.verdicts)

    @property
    def breaks(self) -> tuple[ledger.Break, ...]:
        """The first broken entry of each chain that is broken."""
        return tuple(verdict.broken for verdict in self.verdicts if verdict.broken is not None)

    @property
    def entries(self) -> int:
        """How many entries were read and hold."""
        return sum(verdict.head.sequence for verdict in self.verdicts)


def verify_audit(*, mailed_seals: Sequence[str] = ()) -> AuditResult:
    """Verify all chains against their head rows, the seals in the home and those that came back by mail."""
    texts = [(str(path), path.read_text(encoding="utf-8")) for path in kept_seals()]
    texts += [(f"mail {place}", text) for place, text in enumerate(mailed_seals, start=1)]
    heads: list[ledger.Head] = []
    false: list[str] = []
    for source, text in texts:
        try:
            heads += read_seal(text, source=source)
        except SealNotGenuine:
            false.append(source)
    with acting_as(VERIFIER):
        verdicts = tuple(_verify_chain(chain, seals=heads) for chain in _chains(heads))
    return AuditResult(verdicts=verdicts, false_seals=tuple(false), seals=len(texts) - len(false))


def _chains(seals: Sequence[ledger.Head]) -> list[str]:
    """All chains, also one that has vanished from the database and is known from a seal alone."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM core_auditchain")
        known = {name for (name,) in cursor.fetchall()}
    return sorted(known | {seal.chain for seal in seals})


def _verify_chain(chain: str, *, seals: Sequence[ledger.Head]) -> ledger.Verdict:
    """Read up to the head of this moment; what is appended while we read is for the next time."""
    with connection.cursor() as cursor:
        cursor.execute(_ENDS, [chain])
        row = cursor.fetchone()
    head = ledger.Head(chain, row[0], row[1]) if row else ledger.Head(chain, 0, ledger.GENESIS)
    last = max(head.sequence, row[2] or 0) if row else head.sequence
    ours = [seal for seal in seals if seal.chain == chain]
    return ledger.verify(chain, _entries(chain, last=last), head=head, seals=ours)


def _entries(chain: str, *, last: int) -> Iterator[ledger.Entry]:
    seen = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(_ENTRIES, [chain, seen, _PAGE])
            page = cursor.fetchall()
        for row in page:
            if row[0] > last:
                return
            yield ledger.Entry._make(row)
        if len(page) < _PAGE:
            return
        seen = page[-1][0]
