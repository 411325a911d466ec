"""After signing in or out nobody is led to another house, whatever the link said."""

from typing import Any

import pytest
from django.core.cache import cache

from lueckenlos.core.actor import Role
from tests.commons.accounts.conftest import PASSWORD, entered, stranger

ADDRESS = "kollegin@example.org"
ELSEWHERE = [
    "https://evil.example.org/",
    "//evil.example.org/",
    "///evil.example.org",
    "/\\evil.example.org",
    "https:evil.example.org",
    "javascript:alert(1)",
    "http://testserver@evil.example.org/",
    "\thttps://evil.example.org",
]


@pytest.mark.parametrize("target", ELSEWHERE)
def test_signing_in_stays_in_the_house(person: Any, target: str) -> None:
    person()
    for given in ({"next": target}, {}):
        client = stranger()
        cache.clear()
        answer = client.post(
            "/anmelden/", {"login": ADDRESS, "password": PASSWORD, **given}, query_params={"next": target}
        )
        assert answer.status_code == 302
        assert answer.url == "/schreibtisch/"


def test_signing_in_leads_back_to_the_page_that_was_asked_for(person: Any) -> None:
    person(role=Role.FAMILY)
    client = stranger()
    asked = client.get("/konto/sitzungen/")
    assert (asked.status_code, asked.url) == (302, "/anmelden/?next=/konto/sitzungen/")
    answer = client.post(asked.url, {"login": ADDRESS, "password": PASSWORD})
    assert answer.url == "/konto/sitzungen/"


@pytest.mark.parametrize("target", ELSEWHERE)
def test_the_second_factor_a_code_and_signing_out_stay_in_the_house(person: Any, target: str) -> None:
    person()
    code = stranger().post(
        "/anmelden/code/", {"email": ADDRESS, "next": target}, query_params={"next": target}
    )
    client = entered(ADDRESS)
    out = client.post("/abmelden/", {"next": target}, query_params={"next": target})
    for answer in (code, out):
        assert answer.status_code == 302
        assert "evil" not in answer.url.partition("?")[0]
        assert answer.url.startswith("/") and not answer.url.startswith(("//", "/\\"))
