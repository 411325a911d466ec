"""Documents at rest: encrypted on the disk, each under a key of its own that the database does not hold.

The master key lies in the home's secrets; a copy of the database or of the folder alone opens nothing.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_NONCE: Final = 12
_FOLDER: Final = "documents"


class Damaged(Exception):
    """A stored document is missing, was changed, or belongs to another key."""


def store(content: bytes, *, key: UUID) -> str:
    """Write a document encrypted, and give the SHA-256 of what it was."""
    nonce = os.urandom(_NONCE)
    sealed = nonce + AESGCM(_key(key)).encrypt(nonce, content, key.bytes)
    path = _path(key)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(sealed)
    return hashlib.sha256(content).hexdigest()


def read(key: UUID) -> bytes:
    """Give a document as it was; raises Damaged."""
    try:
        sealed = _path(key).read_bytes()
        return AESGCM(_key(key)).decrypt(sealed[:_NONCE], sealed[_NONCE:], key.bytes)
    except (OSError, InvalidTag) as error:
        raise Damaged from error


def forget(key: UUID) -> None:
    """Delete a document from the disk; its key is derived, so nothing of it is left."""
    _path(key).unlink(missing_ok=True)


def _path(key: UUID) -> Path:
    return Path(settings.HOME) / _FOLDER / key.hex[:2] / key.hex


def _key(key: UUID) -> bytes:
    derived = HKDF(algorithm=hashes.SHA256(), length=32, salt=key.bytes, info=b"lueckenlos document")
    return derived.derive(settings.DOCUMENT_KEY.encode())
