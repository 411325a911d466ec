"""Counts what comes without an account: wrong attempts at a letter's code, and forms that anybody may send."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from allauth.core.internal import ratelimit
from django.http import HttpRequest

from lueckenlos.core import codes
from lueckenlos.core.actor import NOBODY
from lueckenlos.core.context import acting_as
from lueckenlos.kernels.codes import NotACode

# A school or a family centre shares one address, so many may write from there in an hour.
REQUESTS = {"request": "40/h/ip"}
# A code with a slip never comes so far (core/code_field.py), so an honest person seldom needs the second.
LIMITS = {"code": "5/10m/ip,30/d/ip"}


class TooManyAttempts(Exception):
    """So many wrong attempts came from one address that the next must wait."""


def is_free(request: HttpRequest) -> bool:
    """Whether this address may send one more form that needs no account; each one counts."""
    usage = ratelimit.consume(request, app="allauth.account", action="request", config=REQUESTS)
    return usage is not None


@contextmanager
def counted(request: HttpRequest, *, action: str = "code") -> Iterator[None]:
    """Try something around which wrong attempts are counted: one that raises counts, one that succeeds does not.

    Raises TooManyAttempts before anything is tried. The counts lie where those of the sign-in lie, under
    keys that name nobody; addresses opened by link (GET) count like forms.
    """
    usage = ratelimit.consume(request, app="allauth.account", action=action, config=LIMITS, limit_get=True)
    if usage is None:
        raise TooManyAttempts
    yield
    usage.rollback()


def opened(request: HttpRequest, code: str, *, purpose: str) -> UUID:
    """The record that a code in an address opens; wrong ones are counted. Raises CodeNotValid or TooManyAttempts."""
    with counted(request), acting_as(NOBODY):
        try:
            return codes.look(code, purpose=purpose).record
        except NotACode as error:
            raise codes.CodeNotValid from error
