"""Codes for letters and links: issued once, known afterwards by their digest alone, opened through the wall.

The code itself is nowhere in the database, so that neither a backup nor whoever reads the tables can open
anything with it. The page layer counts wrong attempts (`commons/accounts/attempts.py`).
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db import connection

from lueckenlos.core import audit
from lueckenlos.core.actor import job
from lueckenlos.core.context import acting_as
from lueckenlos.core.retention import RetentionRule
from lueckenlos.kernels import codes as kernel

ONCE: Final = 1
_RETENTION: Final = job("retention")


class CodeNotValid(Exception):
    """Unknown, expired, used or meant for something else: which of them is nobody's business."""


@dataclass(frozen=True, slots=True)
class IssuedCode:
    """A fresh code as it is printed; this is the only time that anybody here knows it."""

    text: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class OpenedCode:
    """What a code opens, and the language in which its letter was written."""

    record: UUID
    language: str


def issue(
    record: UUID,
    *,
    purpose: str,
    language: str,
    now: datetime,
    until: datetime,
    uses: int | None = ONCE,
    chain: str | None = None,
) -> IssuedCode:
    """Make a code that opens a record for a purpose until a time; without `uses` it opens again and again.

    Only a person at work or a job may, inside `acting_as`. A job that acts for an organization names its audit chain:
    else all codes of the county wait for one another.
    """
    while True:
        code = kernel.compose([secrets.randbelow(len(kernel.ALPHABET)) for _ in range(kernel.DRAWN)])
        values = [_digest(code), purpose, record, language, until - now, uses]
        if _ask("SELECT wall.code_issue(%s, %s, %s, %s, %s, %s)", values) == (True,):
            break
    audit.record(
        "core.code.issued",
        subject=f"{purpose}/{record}",
        details={"until": until.isoformat(), "uses": uses, "language": language},
        chain=chain,
    )
    return IssuedCode(text=kernel.grouped(code), expires_at=until)


def redeem(typed: str, *, purpose: str) -> OpenedCode:
    """Use a code up once and give what it opens; raise CodeNotValid or the kernel's NotACode."""
    opened = _opened("SELECT * FROM wall.code_redeem(%s, %s)", typed, purpose=purpose)
    audit.record("core.code.used", subject=f"{purpose}/{opened.record}")
    return opened


def look(typed: str, *, purpose: str) -> OpenedCode:
    """Give what a code would open without using it up: programs that read mail ahead open every link."""
    return _opened("SELECT * FROM wall.code_look(%s, %s)", typed, purpose=purpose)


def revoke(record: UUID, *, purpose: str) -> int:
    """Let no code of this record and purpose open anything any more; how many there were."""
    answer = _ask("SELECT wall.code_revoke(%s, %s)", [record, purpose])
    gone = int(answer[0]) if answer else 0
    if gone:
        audit.record("core.code.revoked", subject=f"{purpose}/{record}", details={"codes": gone})
    return gone


def forget_expired(now: datetime) -> int:
    """Erase the codes that have expired; how many."""
    with acting_as(_RETENTION):
        return _count("SELECT wall.codes_forget_expired(%s)", now=now)


def count_expired(now: datetime) -> int:
    """How many codes have expired and still lie there."""
    with acting_as(_RETENTION):
        return _count("SELECT wall.codes_expired(%s)", now=now)


def _opened(statement: str, typed: str, *, purpose: str) -> OpenedCode:
    answer = _ask(statement, [_digest(kernel.read(typed)), purpose])
    if answer is None:
        raise CodeNotValid
    return OpenedCode(record=answer[0], language=answer[1])


def _digest(code: str) -> str:
    key = hashlib.sha256(b"lueckenlos one-time codes\0" + settings.CONTEXT_KEY.encode()).digest()
    return hmac.new(key, code.encode(), hashlib.sha256).hexdigest()


def _ask(statement: str, values: list[Any]) -> tuple[Any, ...] | None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        row: tuple[Any, ...] | None = cursor.fetchone()
    return row


def _count(statement: str, *, now: datetime) -> int:
    answer = _ask(statement, [now])
    return int(answer[0]) if answer else 0


RULES: Final = (
    RetentionRule(
        table="OneTimeCode",
        records="abgelaufene Codes aus Briefen und Links",
        reason="öffnen nichts mehr (Art. 5 DSGVO)",
        due=count_expired,
        erase=forget_expired,
    ),
)
