"""Guessing ends at the sixth try, whatever process or address it comes from."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection

from lueckenlos.commons.accounts import services
from tests.commons.accounts.conftest import PASSWORD, stranger

ROOT = Path(__file__).resolve().parents[3]
ADDRESS = "kollegin@example.org"
TOO_MANY = "Das waren zu viele Versuche. Bitte warten Sie zehn Minuten"
GUESSER = """
import sys
import lueckenlos.config.wsgi
from django.test import Client
from django.test.utils import setup_test_environment
setup_test_environment()
for number in range(int(sys.argv[2])):
    client = Client(REMOTE_ADDR=f"198.51.100.{number + 1}")
    page = client.post("/anmelden/", {"login": "kollegin@example.org", "password": sys.argv[1]})
    print(page.status_code, "zu viele Versuche" in page.content.decode())
"""


def guess(password: str, *, address: str = "203.0.113.9") -> str:
    client = stranger(REMOTE_ADDR=address)
    return str(client.post("/anmelden/", {"login": ADDRESS, "password": password}).content.decode())


def test_the_sixth_wrong_password_is_refused_kindly_even_if_the_next_is_right(person: Any) -> None:
    person()
    pages = [guess("falsch falsch falsch", address=f"203.0.113.{number}") for number in range(6)]

    assert [TOO_MANY in page for page in pages] == [False] * 5 + [True]
    assert TOO_MANY in guess(PASSWORD)
    assert "einem Code per E-Mail" in pages[5]


def test_an_unknown_address_is_locked_just_the_same(db: Any) -> None:
    pages = [guess("falsch falsch falsch", address=f"203.0.113.{number}") for number in range(6)]

    assert [TOO_MANY in page for page in pages] == [False] * 5 + [True]


def test_one_address_cannot_try_many_mailboxes(db: Any) -> None:
    pages = []
    for number in range(11):
        client = stranger(REMOTE_ADDR="203.0.113.9")
        pages.append(client.post("/anmelden/", {"login": f"a{number}@example.org", "password": "falsch"}))

    assert [TOO_MANY in page.content.decode() for page in pages] == [False] * 10 + [True]


def test_attempts_in_another_process_count(own_database: Any) -> None:
    services.welcome(ADDRESS, name="Kollegin", password=PASSWORD)
    environment = {**os.environ, "DATABASE_URL": own_database, "LUECKENLOS_TESTS": "1"}
    done = subprocess.run(
        [sys.executable, "-c", GUESSER, "falsch falsch falsch", "5"],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert done.stdout.split("\n")[:5] == ["200 False"] * 5
    assert TOO_MANY in guess(PASSWORD)


def test_the_table_of_counts_names_neither_mailbox_nor_address(person: Any) -> None:
    person()
    guess("falsch falsch falsch")
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key || value FROM accounts_limits")
        written = " ".join(row[0] for row in cursor.fetchall())

    assert written
    assert ADDRESS not in written and "203.0.113.9" not in written and "login" not in written


def test_three_hundred_other_counts_do_not_wash_one_away(person: Any) -> None:
    person()
    for number in range(5):
        guess("falsch falsch falsch", address=f"203.0.113.{number}")
    for number in range(320):
        cache.set(f"noise{number}", [1.0], 600)

    assert TOO_MANY in guess(PASSWORD)


@pytest.mark.parametrize(("secure", "counted"), [(True, "198.51.100.4"), (False, "127.0.0.1")])
def test_only_the_own_proxy_is_believed(db: Any, rf: Any, settings: Any, secure: Any, counted: Any) -> None:
    from lueckenlos.commons.accounts.adapter import AccountAdapter

    settings.SECURE = secure
    request = rf.get("/", headers={"X-Forwarded-For": "10.0.0.1, 198.51.100.4"})

    assert AccountAdapter(request).get_client_ip(request) == counted
