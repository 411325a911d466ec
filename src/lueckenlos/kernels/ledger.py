"""A tamper-evident log: canonical JSON, a chain of SHA-256 hashes, and the search for the first break.

Source of the method: kernels.md, section 12; canonical JSON after RFC 8785, restricted to what an
entry may hold (no fractions). The database writes the same bytes in SQL (`wall.audit_append`), so
`entry_text` is the one description of what is hashed; a test compares the two.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, NamedTuple

GENESIS: Final = "0" * 64
BLACKENED_DEED: Final = "audit.blackened"
_LARGEST_INTEGER: Final = 2**53 - 1


class NotCanonical(TypeError):
    """A value has no single canonical form: a fraction, a huge number, a broken text, or a foreign type."""

    def __init__(self, path: str, value: object) -> None:
        super().__init__(f"{path or 'the value'} has no canonical form: {value!r}")
        self.path = path
        self.value = value


def canonical(value: Any) -> str:
    """Write a value as the one JSON text that stands for it; raise NotCanonical where there is none."""
    return json.dumps(_ordered(value, path=""), ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _ordered(value: Any, *, path: str) -> Any:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return _text(value, path=path)
    if isinstance(value, int):
        if abs(value) > _LARGEST_INTEGER:
            raise NotCanonical(path, value)
        return int(value)
    if isinstance(value, Mapping):
        return _ordered_mapping(value, path=path)
    if isinstance(value, (list, tuple)):
        return [_ordered(item, path=f"{path}[{place}]") for place, item in enumerate(value)]
    raise NotCanonical(path, value)


def _text(value: str, *, path: str) -> str:
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise NotCanonical(path, value) from error
    return str(value)


def _ordered_mapping(value: Mapping[Any, Any], *, path: str) -> dict[str, Any]:
    for key in value:
        if not isinstance(key, str):
            raise NotCanonical(path, key)
        _text(key, path=path)
    keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
    return {str(key): _ordered(value[key], path=f"{path}.{key}") for key in keys}


class Entry(NamedTuple):
    """One entry as the database keeps it; hashes in hex, the time as ISO text in UTC with microseconds."""

    sequence: int
    time: str
    body: str
    payload_hash: str | None
    previous: str
    hash: str
    salt: bytes | None = None
    payload: str | None = None
    blackened: bool = False


Row = tuple[int, str, str, str | None, str, str, bytes | None, str | None, bool]
"""An entry as the database gives it; a million of them need no names."""


class Stretch(NamedTuple):
    """Entries that the database has looked through already: they follow what was read before, and each plainly holds."""

    last: int
    hash: str


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a chain at some moment: the number and hash of its last entry."""

    chain: str
    sequence: int
    hash: str


class Fault(StrEnum):
    """What is wrong with an entry."""

    EDITED = "edited"
    MISSING = "missing"
    DETACHED = "detached"
    SURPLUS = "surplus"
    CUT_OFF = "cut_off"
    NOT_AS_SEALED = "not_as_sealed"
    PAYLOAD_EDITED = "payload_edited"
    PAYLOAD_MISSING = "payload_missing"
    PAYLOAD_BLACKENED_UNRECORDED = "payload_blackened_unrecorded"


@dataclass(frozen=True, slots=True)
class Break:
    """The first entry of a chain that does not hold."""

    chain: str
    sequence: int
    fault: Fault


@dataclass(frozen=True, slots=True)
class Verdict:
    """How far a chain was read, and where it breaks first, if it does."""

    head: Head
    broken: Break | None

    @property
    def holds(self) -> bool:
        """No entry is broken."""
        return self.broken is None


def payload_hash(salt: bytes, payload: str) -> str:
    """Hash the personal part with its salt, so that without both nobody can guess it back."""
    return hashlib.sha256(salt + payload.encode()).hexdigest()


def entry_text(chain: str, entry: Entry) -> str:
    """The canonical JSON whose SHA-256 is the entry's hash; `body` is canonical JSON already."""
    payload = "null" if entry.payload_hash is None else f'"{entry.payload_hash}"'
    return (
        f'{{"body":{entry.body},"chain":"{chain}","payload":{payload},"previous":"{entry.previous}"'
        f',"sequence":{entry.sequence},"time":"{entry.time}"}}'
    )


def entry_hash(chain: str, entry: Entry) -> str:
    """The hash that the entry must carry."""
    return hashlib.sha256(entry_text(chain, entry).encode()).hexdigest()


@dataclass(slots=True)
class _Reading:
    """What is known while a chain is read from its first entry to its last."""

    chain: str
    seals: dict[int, set[str]]
    sequence: int
    hash: str
    explained: set[int]
    blackened: set[int]

    def fault(self, entry: Entry) -> Fault | None:
        """Find what is wrong with the next entry, in the order in which a reader would ask."""
        if entry.sequence != self.sequence + 1:
            return Fault.MISSING if entry.sequence > self.sequence + 1 else Fault.SURPLUS
        if entry_hash(self.chain, entry) != entry.hash:
            return Fault.EDITED
        if entry.previous != self.hash:
            return Fault.DETACHED
        if entry.sequence in self.seals and self.seals[entry.sequence] != {entry.hash}:
            return Fault.NOT_AS_SEALED
        return None if entry.payload_hash is None else self._payload_fault(entry)

    def _payload_fault(self, entry: Entry) -> Fault | None:
        if entry.blackened:
            self.blackened.add(entry.sequence)
            return None if entry.payload is None and entry.salt is None else Fault.PAYLOAD_EDITED
        if entry.payload is None or entry.salt is None:
            return Fault.PAYLOAD_MISSING
        if payload_hash(entry.salt, entry.payload) != entry.payload_hash:
            return Fault.PAYLOAD_EDITED
        return None


def verify(
    chain: str, entries: Iterable[Row | Stretch], *, head: Head | None = None, seals: Sequence[Head] = ()
) -> Verdict:
    """Read a chain from its start and name the first entry that does not hold.

    `entries` in the order of their numbers, none of a stretch sealed or blackened; `head` is the head row of the database, `seals` are heads
    that left the house earlier. A deleted entry is named by its own number; an entry whose content was
    changed together with its hash is found at the entry after it, which no longer follows.
    """
    reading = _Reading(chain, _by_sequence(chain, seals), 0, GENESIS, set(), set())
    for entry in _unusual(entries, reading):
        fault = reading.fault(entry)
        if fault is not None:
            number = reading.sequence + 1 if fault is Fault.MISSING else entry.sequence
            return _broken(reading, number, fault)
        if BLACKENED_DEED in entry.body:
            reading.explained |= _blackened_by(entry.body)
        reading.sequence, reading.hash = entry.sequence, entry.hash
    return _end(reading, head)


def _unusual(entries: Iterable[Row | Stretch], reading: _Reading) -> Iterator[Entry]:
    """Pass over entries that plainly hold, and give the others; a million go by here, so nothing is done twice.

    The text is that of `entry_text`, with the number and the previous hash that belong here.
    """
    chain, seals, number, before = reading.chain, reading.seals, reading.sequence, reading.hash
    for entry in entries:
        if isinstance(entry, Stretch):
            number, before = entry
            continue
        sequence, time, body, payload, previous, given, salt, content, blackened = entry
        part = "null" if payload is None else _quoted(payload, salt=salt, content=content)
        text = (
            f'{{"body":{body},"chain":"{chain}","payload":{part},"previous":"{before}"'
            f',"sequence":{number + 1},"time":"{time}"}}'
        )
        if (
            hashlib.sha256(text.encode()).hexdigest() == given
            and (sequence, previous, blackened) == (number + 1, before, False)
            and sequence not in seals
            and BLACKENED_DEED not in body
        ):
            number, before = sequence, given
        else:
            reading.sequence, reading.hash = number, before
            yield Entry._make(entry)
            number, before = reading.sequence, reading.hash
    reading.sequence, reading.hash = number, before


def _quoted(payload: str, *, salt: bytes | None, content: str | None) -> str:
    """The payload's hash as it stands in the entry's text; nothing, which no entry holds, where it is not its own."""
    if salt is None or content is None or payload_hash(salt, content) != payload:
        return ""
    return f'"{payload}"'


def _by_sequence(chain: str, seals: Sequence[Head]) -> dict[int, set[str]]:
    known: dict[int, set[str]] = {}
    for seal in seals:
        if seal.chain == chain and seal.sequence > 0:
            known.setdefault(seal.sequence, set()).add(seal.hash)
    return known


def _blackened_by(body: str) -> set[int]:
    content = json.loads(body)
    if content.get("deed") != BLACKENED_DEED:
        return set()
    return set(content.get("details", {}).get("sequences", ()))


def _broken(reading: _Reading, sequence: int, fault: Fault) -> Verdict:
    return Verdict(
        head=Head(reading.chain, reading.sequence, reading.hash),
        broken=Break(reading.chain, sequence, fault),
    )


def _end(reading: _Reading, head: Head | None) -> Verdict:
    """Ask at the end of the chain for what only the whole can show."""
    unexplained = reading.blackened - reading.explained
    if unexplained:
        return _broken(reading, min(unexplained), Fault.PAYLOAD_BLACKENED_UNRECORDED)
    promised = max([*reading.seals, head.sequence if head else 0])
    if promised > reading.sequence:
        return _broken(reading, reading.sequence + 1, Fault.CUT_OFF)
    if head is not None and head.sequence < reading.sequence:
        return _broken(reading, head.sequence + 1, Fault.SURPLUS)
    if head is not None and head.sequence == reading.sequence and head.hash != reading.hash:
        return _broken(reading, reading.sequence, Fault.EDITED)
    return Verdict(head=Head(reading.chain, reading.sequence, reading.hash), broken=None)


def sign(text: str, key: bytes) -> str:
    """Sign a text with HMAC-SHA-256, in hex."""
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def is_signed(text: str, signature: str, key: bytes) -> bool:
    """Tell whether the signature belongs to the text and the key, in constant time."""
    return hmac.compare_digest(sign(text, key), signature)
