"""The Merkliste without an account: keys of services in the visitor's own cookie, handed on by a signed link."""

from collections.abc import Iterable

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

COOKIE = "merkliste"
MOST = 40
DAYS = 180
SALT = "finder.merkliste"


def keys_in(request: HttpRequest) -> tuple[str, ...]:
    """The keys that this browser keeps, in the order in which they were kept."""
    return _plain(request.COOKIES.get(COOKIE, "").split("."))


def keep(response: HttpResponse, keys: Iterable[str]) -> None:
    """Write the list into the visitor's cookie; an empty one is taken away."""
    kept = ".".join(_plain(keys))
    if not kept:
        response.delete_cookie(COOKIE)
        return
    response.set_cookie(
        COOKIE, kept, max_age=DAYS * 86_400, httponly=True, samesite="Lax", secure=settings.SECURE
    )


def link_of(keys: Iterable[str]) -> str:
    """A token that carries the list itself, signed, so that nothing is stored here."""
    return signing.dumps(list(_plain(keys)), salt=SALT, compress=True)


def keys_of(link: str) -> tuple[str, ...] | None:
    """The list that a token carries; nothing if somebody changed it."""
    try:
        return _plain(signing.loads(link, salt=SALT))
    except signing.BadSignature:
        return None


def _plain(keys: Iterable[str]) -> tuple[str, ...]:
    seen: dict[str, None] = {}
    for key in keys:
        if key and len(key) <= 120 and key.replace("-", "").replace("_", "").isalnum():
            seen.setdefault(key)
    return tuple(seen)[:MOST]
