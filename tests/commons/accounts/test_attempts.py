"""Whoever guesses at codes is stopped; whoever has one is not."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import HttpRequest
from django.test import RequestFactory

from lueckenlos.commons.accounts.attempts import FORMS, TooManyAttempts, counted, is_free
from lueckenlos.commons.accounts.limits import count
from lueckenlos.core import clock

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


def test_whoever_knocks_in_vain_does_not_make_the_day_worse(monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(5):
        guess("192.0.2.1")
    for _ in range(40):
        with pytest.raises(TooManyAttempts), counted(request_from("192.0.2.1")):
            pytest.fail("it was tried")
    later = clock.real_now() + timedelta(minutes=11)
    monkeypatch.setattr(clock, "real_now", lambda: later)
    guess("192.0.2.1")


def test_forty_forms_an_hour_come_from_one_address_and_the_table_names_nobody() -> None:
    answers = [is_free(request_from("192.0.2.1")) for _ in range(41)]
    assert answers == [True] * 40 + [False]
    assert is_free(request_from("192.0.2.2"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM accounts_limits")
        assert all(re.fullmatch("[0-9a-f]{64}", key) for (key,) in cursor.fetchall())


def test_many_at_once_are_counted_each(own_database: str) -> None:
    now = clock.real_now()

    def one(_: int) -> bool:
        try:
            return count("one address", FORMS, now=now)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(one, range(60))) == 40
