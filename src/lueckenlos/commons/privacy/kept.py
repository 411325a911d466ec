"""Which questions this device may answer: a link works once, on the device that opened it first.

So a link that was forwarded, or opened twice, opens nothing. The cookie names drafts and is signed; it is no code, and
on another device it can be made by nobody.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase

NAME: Final = "einwilligung"
MOST: Final = 6
LONGEST: Final = timedelta(days=60)
_SALT: Final = "lueckenlos.privacy.kept"


def drafts_on(request: HttpRequest) -> tuple[UUID, ...]:
    """The drafts that this device has opened, newest first."""
    try:
        told = signing.loads(request.COOKIES.get(NAME, ""), salt=_SALT, max_age=LONGEST)
        return tuple(UUID(each) for each in told)
    except (signing.BadSignature, ValueError, TypeError):
        return ()


def keep(response: HttpResponseBase, drafts: tuple[UUID, ...], *, until: datetime, now: datetime) -> None:
    """Let this device answer these drafts until a moment, two months at most."""
    life = min(until - now, LONGEST)
    response.set_cookie(
        NAME,
        signing.dumps([str(each) for each in drafts[:MOST]], salt=_SALT),
        max_age=max(int(life.total_seconds()), 0),
        httponly=True,
        secure=settings.SECURE,
        samesite="Lax",
    )


def forget(response: HttpResponseBase) -> None:
    """Let this device answer nothing any more."""
    response.delete_cookie(NAME, samesite="Lax")
