"""A sign for whoever comes to a programme: the same person gives the same sign, and no sign leads back to anybody.

Whoever decides on places may not read names, and still must not seat a child twice.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import date
from uuid import UUID

from django.conf import settings


def reach_of(*, email: str, phone: str, street: str) -> str:
    """By what somebody without a birthday is known again: the mail address, else the number, else the house."""
    return email.casefold() or "".join(each for each in phone if each.isdigit()) or street.casefold()


def sign_of(programme: UUID, first_name: str, family_name: str, born_on: date | None, *, reach: str) -> str:
    """Keyed and for this programme alone; without a birthday `reach` says who is meant, see `reach_of`."""
    who = born_on.isoformat() if born_on else reach.casefold()
    words = "|".join(
        (str(programme), *(" ".join(each.casefold().split()) for each in (first_name, family_name)), who)
    )
    key = hashlib.sha256(b"lueckenlos programmes\0" + settings.CONTEXT_KEY.encode()).digest()
    return hmac.new(key, words.encode(), hashlib.sha256).hexdigest()
