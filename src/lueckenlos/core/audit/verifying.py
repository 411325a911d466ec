"""Read every chain from its start and compare it with the heads that left the house."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.db import connection

from lueckenlos.core.audit.sealing import VERIFIER, SealNotGenuine, kept_seals, read_seal
from lueckenlos.core.context import acting_as
from lueckenlos.core.models import AuditEntry
from lueckenlos.kernels import ledger

_PAGE: Final = 2_000
_STRETCH: Final = 20 * _PAGE

# Both ends of a page are named: with a LIMIT instead the planner sorts the whole chain for every page.
_ENTRIES: Final = """
SELECT e.sequence, to_char(e.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), e.body,
  e.payload_hash, e.previous, e.hash, p.salt, p.content, p.blackened_at IS NOT NULL
FROM core_auditentry e LEFT JOIN core_auditpayload p ON p.chain = e.chain AND p.sequence = e.sequence
  AND p.sequence BETWEEN %(first)s AND %(last)s
WHERE e.chain = %(chain)s AND e.sequence BETWEEN %(first)s AND %(last)s ORDER BY e.sequence
"""

# How many entries plainly hold: the number follows, the hash before too, and the hash is that of kernels.ledger.entry_text.
# What is blackened, tells of blackening or does not hold is left to the kernel, which says what it is.
_PLAIN: Final = """
SELECT count(*) FROM (
  SELECT e.*, lag(e.hash, 1, %(before)s) OVER (ORDER BY e.sequence) AS hash_before
  FROM core_auditentry e WHERE e.chain = %(chain)s AND e.sequence BETWEEN %(first)s AND %(last)s
) e
WHERE e.previous = e.hash_before AND position(%(blackened)s IN e.body) = 0
  AND (e.payload_hash IS NULL OR EXISTS (
    SELECT FROM core_auditpayload p WHERE p.chain = e.chain AND p.sequence = e.sequence AND p.blackened_at IS NULL
      AND encode(sha256(p.salt || convert_to(p.content, 'UTF8')), 'hex') = e.payload_hash))
  AND e.hash = encode(sha256(convert_to(
    '{"body":' || e.body || ',"chain":"' || e.chain || '","payload":' || coalesce('"' || e.payload_hash || '"', 'null')
    || ',"previous":"' || e.previous || '","sequence":' || e.sequence || ',"time":"'
    || to_char(e.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '"}', 'UTF8')), 'hex')
"""

# One statement is one view of the chain, so that an entry appended meanwhile is not taken for a surplus.
_HEAD: Final = """
SELECT coalesce(c.sequence, 0), coalesce(c.hash, %(genesis)s),
  (SELECT min(e.sequence) FROM core_auditentry e WHERE e.chain = n.name AND e.sequence > coalesce(c.sequence, 0))
FROM (SELECT %(chain)s::text) n(name) LEFT JOIN core_auditchain c ON c.name = n.name
"""

# A chain whose head row was taken away is known by its entries; the index is walked from name to name.
_NAMES: Final = """
WITH RECURSIVE names(name) AS (
  SELECT min(chain)::text FROM core_auditentry
  UNION ALL
  SELECT (SELECT min(e.chain)::text FROM core_auditentry e WHERE e.chain > n.name) FROM names n WHERE n.name IS NOT NULL
)
SELECT name FROM names WHERE name IS NOT NULL UNION SELECT name FROM core_auditchain
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
        _read_in_order()
        verdicts = tuple(_verify_settled(chain, seals=heads) for chain in _chains(heads))
    return AuditResult(verdicts=verdicts, false_seals=tuple(false), seals=len(texts) - len(false))


def _read_in_order() -> None:
    """Let the index give the order: to sort each page takes as long as to read it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('enable_bitmapscan', 'off', true)")


def _chains(seals: Sequence[ledger.Head]) -> list[str]:
    """All chains, also one that has vanished from the database and is known from a seal alone."""
    with connection.cursor() as cursor:
        cursor.execute(_NAMES)
        known = {name for (name,) in cursor.fetchall()}
    return sorted(known | {seal.chain for seal in seals})


def _verify_settled(chain: str, *, seals: Sequence[ledger.Head]) -> ledger.Verdict:
    """Read once more where somebody may have blackened while we read: the deed then stands behind our end."""
    verdict = _verify_chain(chain, seals=seals)
    if verdict.broken is not None and verdict.broken.fault is ledger.Fault.PAYLOAD_BLACKENED_UNRECORDED:
        return _verify_chain(chain, seals=seals)
    return verdict


def _verify_chain(chain: str, *, seals: Sequence[ledger.Head]) -> ledger.Verdict:
    """Read up to the head of this moment; what is appended while we read is for the next time."""
    with connection.cursor() as cursor:
        cursor.execute(_HEAD, {"chain": chain, "genesis": ledger.GENESIS})
        row = cursor.fetchone() or (0, ledger.GENESIS, None)
    head = ledger.Head(chain, row[0], row[1])
    ours = [seal for seal in seals if seal.chain == chain]
    sealed = [seal.sequence for seal in ours]
    entries = _entries(head, sealed=sealed, surplus=row[2])
    return ledger.verify(chain, entries, head=head, seals=ours)


def _entries(
    head: ledger.Head, *, sealed: Sequence[int], surplus: int | None
) -> Iterator[ledger.Row | ledger.Stretch]:
    """Give the entries up to the head, and the first beyond it if somebody has put one there.

    The database looks through long stretches by itself; only where it finds anything but what plainly holds does
    every entry come here.
    """
    before = ledger.GENESIS
    for first in range(1, head.sequence + 1, _STRETCH):
        last = min(first + _STRETCH - 1, head.sequence)
        plain = not any(first <= number <= last for number in sealed)
        if plain and _plainly_hold(head.chain, first=first, last=last, before=before):
            before = _hash(head.chain, last)
            yield ledger.Stretch(last, before)
        else:
            yield from _one_by_one(head.chain, first=first, last=last)
            before = _hash(head.chain, last)
    if surplus is not None:
        yield from _page(head.chain, first=surplus, last=surplus)


def _one_by_one(chain: str, *, first: int, last: int) -> Iterator[ledger.Row]:
    for begin in range(first, last + 1, _PAGE):
        yield from _page(chain, first=begin, last=min(begin + _PAGE - 1, last))


def _plainly_hold(chain: str, *, first: int, last: int, before: str) -> bool:
    values: dict[str, str | int] = {
        "chain": chain,
        "first": first,
        "last": last,
        "before": before,
        "blackened": ledger.BLACKENED_DEED,
    }
    with connection.cursor() as cursor:
        cursor.execute(_PLAIN, values)
        row = cursor.fetchone()
    return row is not None and row[0] == last - first + 1


def _hash(chain: str, sequence: int) -> str:
    """The hash that an entry carries; nothing, which no entry follows, where there is none."""
    found = AuditEntry.objects.filter(chain=chain, sequence=sequence).values_list("hash", flat=True).first()
    return found or ""


def _page(chain: str, *, first: int, last: int) -> list[ledger.Row]:
    with connection.cursor() as cursor:
        cursor.execute(_ENTRIES, {"chain": chain, "first": first, "last": last})
        rows: list[ledger.Row] = cursor.fetchall()
    return rows
