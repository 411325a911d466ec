"""Certificates of who was there. None is kept: a code of its own proves name, programme and hours.

So a certificate can be checked for years, while the names of those who came are erased after three months.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.conf import settings

from lueckenlos.offers.programmes.models import Programme
from lueckenlos.offers.programmes.types import ProgrammeView, SessionView

PARTS: Final = 3
PART: Final = 4


@dataclass(frozen=True, slots=True)
class Proof:
    """What a certificate says beside the name: which programme, and how many minutes of it."""

    programme: UUID
    minutes: int


def code_of(view: ProgrammeView, name: str, *, minutes: int) -> str:
    """The code on the paper: which programme, how many minutes, and the proof for this name."""
    return "-".join((_end_of(view.key), f"{minutes:04}", _proof(view.id, name, minutes=minutes)))


def check(code: str, name: str) -> Proof | None:
    """What the code proves for this name; nothing where it proves nothing."""
    parts = code.strip().upper().split("-")
    if len(parts) != PARTS + 2 or not parts[1].isdecimal():
        return None
    minutes, given = int(parts[1]), "-".join(parts[2:])
    for key in Programme.objects.filter(key__endswith=f"-{parts[0].lower()}").values_list("id", flat=True):
        if hmac.compare_digest(_proof(key, name, minutes=minutes), given):
            return Proof(key, minutes)
    return None


def minutes_of(sessions: list[SessionView]) -> int:
    """How long all of these took."""
    return sum(int((each.ends_at - each.starts_at).total_seconds()) // 60 for each in sessions)


def _proof(programme: UUID, name: str, *, minutes: int) -> str:
    key = hashlib.sha256(b"lueckenlos certificates\0" + settings.CONTEXT_KEY.encode()).digest()
    words = f"{programme}|{minutes}|{' '.join(name.casefold().split())}"
    made = base64.b32encode(hmac.new(key, words.encode(), hashlib.sha256).digest()).decode()
    return "-".join(made[PART * number : PART * (number + 1)] for number in range(PARTS))


def _end_of(key: str) -> str:
    return key.rpartition("-")[2].upper()
