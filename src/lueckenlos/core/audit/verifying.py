"""Read every chain from its start and compare it with the heads that left the house."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final, NamedTuple

from django.db import connection

from lueckenlos.core.audit.sealing import VERIFIER, SealNotGenuine, kept_seals, read_seal
from lueckenlos.core.context import acting_as
from lueckenlos.core.locking import take_time
from lueckenlos.kernels import ledger

_PAGE: Final = 2_000
_STRETCH: Final = 20 * _PAGE
_AT_ONCE: Final = 2  # as many as the smallest machine has cores

# Both ends of a page are named: with a LIMIT instead the planner sorts the whole chain for every page.
_ENTRIES: Final = """
SELECT e.sequence, to_char(e.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), e.body,
  e.payload_hash, e.previous, e.hash, p.salt, p.content, p.blackened_at IS NOT NULL
FROM core_auditentry e LEFT JOIN core_auditpayload p ON p.chain = e.chain AND p.sequence = e.sequence
  AND p.sequence BETWEEN %(first)s AND %(last)s
WHERE e.chain = %(chain)s AND e.sequence BETWEEN %(first)s AND %(last)s ORDER BY e.sequence
"""

# How many entries plainly hold, whether each follows the one before, and the hash of the last. The hash is that of
# kernels.ledger.entry_text; where all hold, each hash has its 64 letters, so that all in one line are compared as each
# alone, for a fifth of what a window costs. What is blackened, tells of blackening or does not hold is left to the
# kernel, which says what it is.
_PLAIN: Final = """
SELECT count(*) FILTER (WHERE position(%(blackened)s IN e.body) = 0
  AND (e.payload_hash IS NULL OR EXISTS (
    SELECT FROM core_auditpayload p WHERE p.chain = e.chain AND p.sequence = e.sequence AND p.blackened_at IS NULL
      AND encode(sha256(p.salt || convert_to(p.content, 'UTF8')), 'hex') = e.payload_hash))
  AND e.hash = encode(sha256(convert_to(
    '{"body":' || e.body || ',"chain":"' || e.chain || '","payload":' || coalesce('"' || e.payload_hash || '"', 'null')
    || ',"previous":"' || e.previous || '","sequence":' || e.sequence || ',"time":"'
    || to_char(e.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '"}', 'UTF8')), 'hex')),
  string_agg(e.previous, '' ORDER BY e.sequence) = coalesce(%(before)s, (
    SELECT b.hash FROM core_auditentry b WHERE b.chain = %(chain)s AND b.sequence = %(first)s - 1))
    || left(string_agg(e.hash, '' ORDER BY e.sequence), -64),
  right(string_agg(e.hash, '' ORDER BY e.sequence), 64)
FROM core_auditentry e WHERE e.chain = %(chain)s AND e.sequence BETWEEN %(first)s AND %(last)s
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


class _Piece(NamedTuple):
    """A stretch of a chain: the numbers of its first and last entry, and whether a seal names one between them."""

    chain: str
    first: int
    last: int
    sealed: bool


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
        # It stands idle while other connections look through a long chain.
        take_time()
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
    stretches = _stretches(head, sealed=sealed)
    for piece, end in zip(stretches, _looked_through(stretches), strict=True):
        if end:
            yield ledger.Stretch(piece.last, end)
        else:
            yield from _one_by_one(piece)
    if surplus is not None:
        yield from _page(head.chain, first=surplus, last=surplus)


def _stretches(head: ledger.Head, *, sealed: Sequence[int]) -> list[_Piece]:
    pieces = []
    for first in range(1, head.sequence + 1, _STRETCH):
        last = min(first + _STRETCH - 1, head.sequence)
        pieces.append(_Piece(head.chain, first, last, any(first <= number <= last for number in sealed)))
    return pieces


def _looked_through(stretches: Sequence[_Piece]) -> Iterator[str]:
    """For each stretch in order the hash of its last entry, or nothing where the kernel must read every entry."""
    if len(stretches) < _AT_ONCE:
        yield from ("" if piece.sealed else _plain_end(piece) for piece in stretches)
        return
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        yield from pool.map(_plain_end_beside, stretches)


def _plain_end_beside(piece: _Piece) -> str:
    """Look through a stretch on a connection of its own, so that two cores work."""
    if piece.sealed:
        return ""
    try:
        with acting_as(VERIFIER):
            _read_in_order()
            return _plain_end(piece)
    finally:
        connection.close()


def _plain_end(piece: _Piece) -> str:
    values: dict[str, str | int | None] = {
        "chain": piece.chain,
        "first": piece.first,
        "last": piece.last,
        "before": ledger.GENESIS if piece.first == 1 else None,
        "blackened": ledger.BLACKENED_DEED,
    }
    with connection.cursor() as cursor:
        cursor.execute(_PLAIN, values)
        plain, follow, end = cursor.fetchone() or (0, None, None)
    return str(end) if follow and plain == piece.last - piece.first + 1 else ""


def _one_by_one(piece: _Piece) -> Iterator[ledger.Row]:
    for begin in range(piece.first, piece.last + 1, _PAGE):
        yield from _page(piece.chain, first=begin, last=min(begin + _PAGE - 1, piece.last))


def _page(chain: str, *, first: int, last: int) -> list[ledger.Row]:
    with connection.cursor() as cursor:
        cursor.execute(_ENTRIES, {"chain": chain, "first": first, "last": last})
        rows: list[ledger.Row] = cursor.fetchall()
    return rows
