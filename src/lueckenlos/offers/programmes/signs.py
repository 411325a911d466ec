"""A sign for whoever comes to a programme: the same person gives the same sign, and no sign leads back to anybody.

Whoever decides on places may not read names, and still must not seat a child twice.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import date
from uuid import UUID

from django.conf import settings


def sign_of(programme: UUID, first_name: str, family_name: str, born_on: date | None, *, email: str) -> str:
    """Keyed and for this programme alone; without a birthday the address says who is meant."""
    who = born_on.isoformat() if born_on else email.casefold()
    words = "|".join(
        (str(programme), *(" ".join(each.casefold().split()) for each in (first_name, family_name)), who)
    )
    key = hashlib.sha256(b"lueckenlos programmes\0" + settings.CONTEXT_KEY.encode()).digest()
    return hmac.new(key, words.encode(), hashlib.sha256).hexdigest()
