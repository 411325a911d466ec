"""Signs and seals: a household and a code are known again without being read, and a code is read on one page alone.

Whoever hands codes out may not compare addresses, and still must not give one household two.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from typing import Final
from uuid import UUID

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_NONCE: Final = 12


def household_of(course: UUID, email: str) -> str:
    """Keyed and for this course alone; what follows a plus in front of the @ is the same mailbox."""
    local, _at, host = email.strip().casefold().rpartition("@")
    return _sign("household", course, f"{local.partition('+')[0]}@{host}")


def code_sign(course: UUID, text: str) -> str:
    """The same code of the same course gives the same sign; vendors tell capital from small letters, so case counts."""
    return _sign("code", course, text.strip())


def seal(content: bytes, *, key: UUID) -> bytes:
    """Encrypt something under a key of its own, which the database does not hold."""
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(_key(key)).encrypt(nonce, content, key.bytes)


def unseal(sealed: bytes, *, key: UUID) -> bytes:
    """What was sealed; raises cryptography's InvalidTag where it was changed or belongs to another key."""
    return AESGCM(_key(key)).decrypt(sealed[:_NONCE], sealed[_NONCE:], key.bytes)


def _sign(kind: str, course: UUID, words: str) -> str:
    key = hashlib.sha256(b"lueckenlos courses\0" + settings.CONTEXT_KEY.encode()).digest()
    return hmac.new(key, f"{kind}|{course}|{words}".encode(), hashlib.sha256).hexdigest()


def _key(key: UUID) -> bytes:
    derived = HKDF(algorithm=hashes.SHA256(), length=32, salt=key.bytes, info=b"lueckenlos access code")
    return derived.derive(settings.DOCUMENT_KEY.encode())
