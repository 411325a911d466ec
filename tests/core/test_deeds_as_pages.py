"""Whoever asks for the address of a deed as a page reads where the form is, and never sees a white page."""

import re
from uuid import UUID

import pytest
from django.test import Client

from tests.house.fences import bad_skeleton

pytestmark = pytest.mark.django_db
KEY = UUID(int=7, version=4)


@pytest.mark.parametrize(
    ("deed", "above"),
    [
        ("/farben/", "/"),
        ("/tr/meine-daten/schliessen/", "/tr/meine-daten/"),
        ("/demo/rollen/anmelden/", "/demo/rollen/"),
        ("/meine-daten/schliessen/", "/meine-daten/"),
        ("/angebot/krabbelgruppe-arnoldsweiler/merken/", "/angebot/krabbelgruppe-arnoldsweiler/"),
        # At /anliegen/antwort/<…>/ a code is read, and a wrong one counts as an attempt.
        (f"/anliegen/antwort/{KEY}/geholfen/", "/anliegen/antwort/"),
    ],
)
def test_a_deed_asked_for_as_a_page_says_where_its_form_is(deed: str, above: str) -> None:
    answer = Client().get(deed)
    page = answer.content.decode()
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert bad_skeleton(page) == []
    assert re.search(rf'<a class="kern-btn[^>]* href="{re.escape(above)}"', page)


def test_what_is_no_page_for_people_says_what_it_takes() -> None:
    assert not Client().put("/farben/").content
    assert Client().get(f"/{KEY}/").status_code == 404
