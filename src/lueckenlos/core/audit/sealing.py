"""Write the heads of all chains out of the house, signed, so that cutting off the end is seen too."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from lueckenlos.core import disk
from lueckenlos.core.actor import job
from lueckenlos.core.context import acting_as
from lueckenlos.core.models import AuditChain
from lueckenlos.kernels import ledger

VERIFIER: Final = job("verify-audit")
_FOLDER: Final = "audit-seals"


@dataclass(frozen=True, slots=True)
class Seal:
    """The heads of all chains at one moment; `text` is what is kept, mailed, and handed back to verify."""

    sealed_at: datetime
    heads: tuple[ledger.Head, ...]
    text: str
    path: Path


class SealNotGenuine(ValueError):
    """A seal was not signed by this house, or was changed since."""

    def __init__(self, source: str) -> None:
        super().__init__(f"{source} was not sealed by this house, or was changed since")
        self.source = source


def seal_folder() -> Path:
    """Where the seals of this home lie, beside its backups."""
    return Path(settings.HOME) / _FOLDER


def seal_heads(*, now: datetime) -> Seal:
    """Seal the heads of all chains into a new file of the home; give it with the text for the mail."""
    with acting_as(VERIFIER):
        heads = tuple(
            ledger.Head(row.name, row.sequence, row.hash) for row in AuditChain.objects.order_by("name")
        )
    # One reads what others have just committed, while they still wait for the disk: a crash must not belie the seal.
    disk.wait()
    moment = now.astimezone(UTC)
    content = {
        "heads": [{"chain": head.chain, "sequence": head.sequence, "hash": head.hash} for head in heads],
        "sealed_at": moment.isoformat(timespec="microseconds"),
    }
    signature = ledger.sign(ledger.canonical(content), _key())
    text = ledger.canonical({**content, "signature": signature}) + "\n"
    path = seal_folder() / f"seal-{moment:%Y%m%dT%H%M%S%fZ}.json"
    _write(path, text)
    return Seal(sealed_at=moment, heads=heads, text=text, path=path)


def read_seal(text: str, *, source: str) -> tuple[ledger.Head, ...]:
    """Give the heads of a seal, from a file or a mail; raise SealNotGenuine where the signature is not ours."""
    try:
        content: Any = json.loads(text)
        signature = content.pop("signature")
        heads = tuple(ledger.Head(head["chain"], head["sequence"], head["hash"]) for head in content["heads"])
        genuine = ledger.is_signed(ledger.canonical(content), signature, _key())
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise SealNotGenuine(source) from error
    if not genuine:
        raise SealNotGenuine(source)
    return heads


def kept_seals() -> Sequence[Path]:
    """The seals that lie in the home, oldest first."""
    return sorted(seal_folder().glob("seal-*.json"))


def _key() -> bytes:
    return hashlib.sha256(b"lueckenlos audit seal\0" + settings.CONTEXT_KEY.encode()).digest()


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = path.with_suffix(".unfinished")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
