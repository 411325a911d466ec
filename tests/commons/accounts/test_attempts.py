"""Whoever guesses at codes is stopped; whoever has one is not."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.test import RequestFactory

from lueckenlos.commons.accounts.attempts import TooManyAttempts, counted

pytestmark = pytest.mark.django_db


class Wrong(Exception):
    """A code that opens nothing."""


def request_from(address: str, *, method: str = "post") -> HttpRequest:
    make: Any = getattr(RequestFactory(), method)
    request: HttpRequest = make("/code/", REMOTE_ADDR=address)
    request.user = AnonymousUser()
    return request


def guess(address: str, *, method: str = "post") -> None:
    with pytest.raises(Wrong), counted(request_from(address, method=method)):
        raise Wrong


@pytest.mark.parametrize("method", ["get", "post"])
def test_after_five_wrong_codes_the_next_must_wait(method: str) -> None:
    for _ in range(5):
        guess("192.0.2.1", method=method)
    with pytest.raises(TooManyAttempts), counted(request_from("192.0.2.1", method=method)):
        pytest.fail("the sixth was tried")


def test_somebody_at_another_address_does_not_wait() -> None:
    for _ in range(5):
        guess("192.0.2.1")
    with counted(request_from("192.0.2.2")):
        pass


def test_right_codes_do_not_count_so_that_a_whole_office_can_share_an_address() -> None:
    for _ in range(12):
        with counted(request_from("192.0.2.1")):
            pass
    guess("192.0.2.1")
