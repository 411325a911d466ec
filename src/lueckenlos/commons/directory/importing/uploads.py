"""Uploaded tables between the steps of an import: kept in the home for a day, each under a random name."""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from django.conf import settings

KEPT: Final = timedelta(days=1)
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{20,40}")


class UploadGone(Exception):
    """The table was taken over already, or lay there for more than a day."""


def keep(content: bytes) -> str:
    """Store a table and give its token."""
    token = secrets.token_urlsafe(18)
    _folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    path = _folder() / token
    path.touch(mode=0o600)
    path.write_bytes(content)
    return token


def content_of(token: str) -> bytes:
    """The stored table."""
    try:
        return _path(token).read_bytes()
    except FileNotFoundError as error:
        raise UploadGone from error


@contextmanager
def taken(token: str) -> Iterator[bytes]:
    """Take a table over once: whoever comes second finds it gone; if the taking over fails it is back."""
    path = _path(token)
    held = path.with_suffix(".taken")
    try:
        path.rename(held)
    except FileNotFoundError as error:
        raise UploadGone from error
    try:
        yield held.read_bytes()
    except BaseException:
        held.rename(path)
        raise
    held.unlink()


def forget_old(*, now: datetime) -> int:
    """Delete tables that nobody took over; give how many."""
    forgotten = _old(now)
    for path in forgotten:
        path.unlink(missing_ok=True)
    return len(forgotten)


def old(*, now: datetime) -> int:
    """How many tables nobody took over."""
    return len(_old(now))


def _old(now: datetime) -> list[Path]:
    if not _folder().is_dir():
        return []
    return [path for path in _folder().iterdir() if path.stat().st_mtime < (now - KEPT).timestamp()]


def _path(token: str) -> Path:
    if not _TOKEN.fullmatch(token):
        raise UploadGone
    return _folder() / token


def _folder() -> Path:
    return Path(settings.HOME) / "uploads" / "imports"
