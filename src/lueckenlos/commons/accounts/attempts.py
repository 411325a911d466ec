"""Counts what comes without an account: wrong attempts at a letter's code, and forms that anybody may send."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Final
from uuid import UUID

from allauth.core.internal import ratelimit
from django.http import HttpRequest

from lueckenlos.commons.accounts import limits
from lueckenlos.commons.accounts.limits import Limit
from lueckenlos.core import clock, codes
from lueckenlos.core.actor import NOBODY
from lueckenlos.core.context import acting_as
from lueckenlos.kernels.codes import NotACode

# A school or a family centre shares one address, so many may write from there in an hour.
FORMS: Final = (Limit(40, timedelta(hours=1)),)
# A code with a slip never comes so far (core/code_field.py), so an honest person seldom needs the second.
CODES: Final = (Limit(5, timedelta(minutes=10)), Limit(30, timedelta(days=1)))


class TooManyAttempts(Exception):
    """So many wrong attempts came from one address that the next must wait."""


def is_free(request: HttpRequest) -> bool:
    """Whether this address may send one more form that needs no account; each one counts."""
    return limits.count(f"form:{ratelimit.get_ip(request)}", FORMS, now=clock.real_now())


@contextmanager
def counted(request: HttpRequest) -> Iterator[None]:
    """Try something around which wrong attempts are counted: one that raises counts, one that succeeds does not.

    Raises TooManyAttempts before anything is tried. The counts lie where those of the sign-in lie, under
    keys that name nobody; addresses opened by link (GET) count like forms.
    """
    key, now = f"code:{ratelimit.get_ip(request)}", clock.real_now()
    if not limits.count(key, CODES, now=now):
        limits.take_back(key, CODES, now=now)
        raise TooManyAttempts
    yield
    limits.take_back(key, CODES, now=now)


def opened(request: HttpRequest, code: str, *, purpose: str) -> UUID:
    """The record that a code in an address opens; wrong ones are counted. Raises CodeNotValid or TooManyAttempts."""
    with counted(request), acting_as(NOBODY):
        try:
            return codes.look(code, purpose=purpose).record
        except NotACode as error:
            raise codes.CodeNotValid from error
