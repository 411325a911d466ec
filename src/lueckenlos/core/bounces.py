"""Addresses at which letters do not arrive: refused by the mail server at once, or reported back later.

What is kept is a keyed digest and the day, never the address: a desk that knows an address can ask about it, and
nobody can read from the table whom it is about.
"""

from __future__ import annotations

import email
import hashlib
import hmac
import smtplib
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from email.message import Message
from typing import Final

from django.conf import settings

from lueckenlos.core import clock
from lueckenlos.core.models import Unreachable
from lueckenlos.core.retention import RetentionRule

# A full mailbox is emptied, an address is set up again: half a year later we try anew.
KEPT: Final = timedelta(days=183)
PERMANENT: Final = "5"
LONGEST_REPORT: Final = 1_000_000


class NoReport(ValueError):
    """That is no report of a mail server about a letter that did not arrive."""


def note(address: str, *, now: datetime) -> None:
    """Remember that nothing arrives at an address."""
    Unreachable.objects.update_or_create(digest=_digest(address), defaults={"noted_at": now})


def note_refused(error: smtplib.SMTPRecipientsRefused) -> None:
    """Remember whom the server refused for good."""
    for address in _refused(error):
        note(address, now=clock.real_now())


def is_final(error: smtplib.SMTPRecipientsRefused) -> bool:
    """Whether trying again is of no use."""
    return len(_refused(error)) == len(error.recipients)


def unreachable(addresses: Iterable[str]) -> frozenset[str]:
    """Those of the addresses at which letters do not arrive."""
    by_digest = {_digest(each): each for each in addresses if each}
    found = Unreachable.objects.filter(digest__in=by_digest).values_list("digest", flat=True)
    return frozenset(by_digest[digest] for digest in found)


def take_report(raw: bytes, *, now: datetime) -> int:
    """Read a report (RFC 3464) and remember the addresses that failed for good; how many. Raises NoReport."""
    message = email.message_from_bytes(raw[:LONGEST_REPORT])
    parts = [part for part in message.walk() if part.get_content_type() == "message/delivery-status"]
    if not parts:
        raise NoReport
    failed = {address for part in parts for address in _failed(part)}
    for address in failed:
        note(address, now=now)
    return len(failed)


def _refused(error: smtplib.SMTPRecipientsRefused) -> list[str]:
    return [address for address, (code, _words) in error.recipients.items() if 500 <= code < 600]


def _failed(report: Message) -> Iterator[str]:
    blocks = report.get_payload()
    for block in blocks if isinstance(blocks, list) else ():
        if not isinstance(block, Message):
            continue
        action = str(block.get("Action", "")).strip().casefold()
        status = str(block.get("Status", "")).strip()
        _kind, _, address = str(block.get("Final-Recipient", "")).partition(";")
        if action == "failed" and status.startswith(PERMANENT) and "@" in address:
            yield address.strip().strip("<>")


def _digest(address: str) -> str:
    key = hashlib.sha256(b"lueckenlos bounces\0" + settings.CONTEXT_KEY.encode()).digest()
    return hmac.new(key, address.strip().casefold().encode(), hashlib.sha256).hexdigest()


def _count(now: datetime) -> int:
    return Unreachable.objects.filter(noted_at__lte=now - KEPT).count()


def _erase(now: datetime) -> int:
    return Unreachable.objects.filter(noted_at__lte=now - KEPT).delete()[0]


RULES: Final = (
    RetentionRule(
        table="Unreachable",
        records="Zeichen für Adressen, an denen keine Post ankommt",
        reason="nach einem halben Jahr wird es wieder versucht",
        due=_count,
        erase=_erase,
    ),
)
