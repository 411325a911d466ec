"""Every page has its skeleton, says nothing inline, and asks the database no more often than was agreed."""

import json
import os

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.house import fences
from tests.house.pages import COUNTS, DESKS, PUBLIC, Page

pytestmark = pytest.mark.django_db


def visitor(page: Page) -> Client:
    client = Client()
    if page.role is not None:
        person = get_user_model().objects.filter(grants__role=page.role.value).order_by("email").first()
        assert person is not None, f"nobody in people.toml has the role {page.role}"
        # The demo's own door: whoever comes by another needs a second factor first.
        assert client.post(reverse("portal:demo-enter"), {"email": person.email}).status_code == 302
    return client


def key(page: Page) -> str:
    return f"{page.name}{page.query}{f' as {page.role}' if page.role else ''}"


@pytest.mark.parametrize("language", ["", "de-x-plain", "en", "tr", "ar", "uk"])
@pytest.mark.parametrize("page", PUBLIC, ids=key)
def test_a_public_page_has_its_skeleton_in_every_language(page: Page, language: str) -> None:
    answer = visitor(page).get(f"/{language}{page.url}" if language else page.url)
    assert answer.status_code == 200
    assert fences.bad_skeleton(answer.content.decode()) == []
    direction = "rtl" if language == "ar" else "ltr"
    assert f'dir="{direction}"' in answer.content.decode()


@pytest.mark.parametrize("page", DESKS, ids=key)
def test_a_desk_has_its_skeleton(page: Page) -> None:
    answer = visitor(page).get(page.url)
    assert answer.status_code == 200
    assert fences.bad_skeleton(answer.content.decode()) == []


@pytest.mark.parametrize(
    "page",
    [page for page in DESKS if page.name not in {"portal:desk", "finder:service", "programmes:mine"}],
    ids=key,
)
def test_an_outsider_is_not_told_that_a_desk_exists(page: Page) -> None:
    anonymous = Client().get(page.url)
    assert anonymous.status_code == 302
    assert "/anmelden/" in anonymous["Location"]
    stranger = get_user_model().objects.create_user("fremd@example.org", name="Fremd")
    client = Client()
    client.force_login(stranger, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(page.url).status_code == 404


@pytest.mark.parametrize("page", [*PUBLIC, *DESKS], ids=key)
def test_a_page_asks_the_database_no_more_often_than_agreed(page: Page) -> None:
    """`LUECKENLOS_WRITE_COUNTS=1` writes the counts anew; the difference stands in the commit."""
    client = visitor(page)
    client.get(page.url)  # what is cached for the process is read once
    with CaptureQueriesContext(connection) as queries:
        assert client.get(page.url).status_code == 200
    agreed = json.loads(COUNTS.read_text(encoding="utf-8")) if COUNTS.exists() else {}
    if os.environ.get("LUECKENLOS_WRITE_COUNTS"):
        agreed[key(page)] = len(queries)
        COUNTS.write_text(
            json.dumps(dict(sorted(agreed.items())), indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
        )
    assert len(queries) <= agreed.get(key(page), 0), "\n".join(query["sql"][:200] for query in queries)
