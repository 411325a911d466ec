"""Whoever signs in walks through every door that their pages show: each opens, and no link is dead."""

import re
from urllib.parse import urldefrag, urlsplit

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from lueckenlos.config.demo_people import read_people
from tests.house import fences
from tests.servers import COUNTY

pytestmark = pytest.mark.django_db
LINK = re.compile(r"""<a\b[^>]*\shref="([^"]*)\"""")
ANCHOR = re.compile(r"""\sid="([^"]+)\"""")
MOST_OF_A_KIND = 2
"""Of pages that differ in their key alone, so many are opened."""
DEPTH = 2
# The first of each role: colleagues of the same role have the same doors.
PEOPLE = list(
    {person.role: person.email for person in reversed(read_people(COUNTY / "people.toml"))}.values()
)


def shape(path: str) -> str:
    """An address without what differs from entry to entry."""
    parts = urlsplit(path).path.strip("/").split("/")
    if parts[:1] in (["angebot"], ["bescheid"]) or parts[:2] == ["angebote-pflegen", "angebot"]:
        parts[-1 if len(parts) < 3 else parts.index("angebot") + 1] = "*"
    if parts[:1] == ["kette"] and parts[1:2] and parts[1] in {"zelle", "naht", "ziele", "doppelt"}:
        # A cell of the chain differs from the next in place, phase and field alone.
        parts[2:] = ["end" if part == "beenden" else "*" for part in parts[2:]]
    return "/".join("*" if re.search(r"\d", part) else part for part in parts)


def links_of(page: str, *, at: str) -> set[str]:
    """The addresses of this house that a page links to, in German; other languages have tests of their own."""
    found = set()
    anchors = set(ANCHOR.findall(page))
    for href in LINK.findall(page):
        address, anchor = urldefrag(href.replace("&amp;", "&"))
        assert href, f"{at} has a link that leads nowhere"
        if not address:
            assert anchor in anchors, f"{at} links to #{anchor}, which is not there"
        elif address.startswith("?"):
            found.add(urlsplit(at).path + address)
        elif address.startswith("/") and not re.match(r"/(de-x-plain|en|tr|ar|uk)/", address):
            found.add(address)
    return found


def walk(client: Client, begin: list[str]) -> int:
    waiting, seen, of_shape = [(path, 0) for path in begin], set(begin), dict[str, int]()
    opened = 0
    while waiting:
        path, depth = waiting.pop(0)
        form = shape(path)
        of_shape[form] = of_shape.get(form, 0) + 1
        if of_shape[form] > MOST_OF_A_KIND:
            continue
        answer = client.get(path)
        if answer.status_code == 302:
            # Only to say who one is again, or where one is already.
            assert answer["Location"].startswith(("/konto/", "/schreibtisch/", "/suche/", "/")), path
            continue
        assert answer.status_code == 200, f"{path} answers {answer.status_code}"
        opened += 1
        if not answer["Content-Type"].startswith("text/html"):
            continue
        page = answer.content.decode()
        assert len(re.findall(r"<h1\b", page)) == 1, f"{path} has not exactly one h1"
        assert fences.bad_skeleton(page) == [], path
        if depth < DEPTH:
            new = sorted(links_of(page, at=path) - seen)
            seen.update(new)
            waiting += [(each, depth + 1) for each in new]
    return opened


def test_without_an_account_every_link_opens() -> None:
    assert walk(Client(), ["/"]) > 15


@pytest.mark.parametrize("email", PEOPLE)
def test_every_role_finds_every_door_open(email: str) -> None:
    client = Client()
    assert get_user_model().objects.filter(email=email).exists()
    assert client.post(reverse("portal:demo-enter"), {"email": email}).status_code == 302

    assert walk(client, ["/schreibtisch/"]) > 15
