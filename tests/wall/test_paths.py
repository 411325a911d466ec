"""What one may not see answers like what does not exist: every address with a key, every stranger, every way to ask."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.test import Client
from django.urls import reverse

from lueckenlos.core.guards import public
from tests import servers
from tests.conftest import _own
from tests.journeys.households import SCHOOL, WORKER, acting
from tests.wall import paths
from tests.wall.paths import Address, Trail, at_home, entered

ADDRESSES = list(paths.addresses())
# A door that leads to signing in or to typing a code says the same to everybody.
DOORS = re.compile(r"^/(anmelden/\?next=|meine-daten/code/$|anliegen/antwort/$)")
REFUSED = {404, 405}
CHANGES = re.compile(
    r"""(csrfmiddlewaretoken" value=|X-CSRFToken": |nonce=)["'][^"']*["']|\bhx-headers='[^']*'"""
)
Way = tuple[str, dict[str, str]]
WAYS: tuple[Way, ...] = (
    ("get", {}),
    ("get", {"HX-Request": "true"}),
    ("post", {}),
)
STRANGERS = ("nobody", "another office", "provider", "coordination", "administration", "another parent")


@pytest.fixture(scope="module")
def trail(django_db_setup: None, django_db_blocker: Any) -> Iterator[Trail]:
    """The family in a county of its own, for all probes of this file: strangers change nothing."""
    with contextmanager(_own)(servers.TEMPLATE, django_db_blocker) as url, django_db_blocker.unblock():
        yield paths.lay_trail(url)


def stranger(who: str, trail: Trail) -> Client:
    """A browser of somebody who has no business with the family."""
    match who:
        case "nobody":
            return Client()
        case "another office":
            return entered(paths.OTHER_OFFICE)
        case "another parent":
            return at_home(
                trail.other_family, by=acting(paths.OTHER_OFFICE), client=entered("familie@example.org")
            )
        case "provider":
            return entered("anbieter@example.org")
        case "coordination":
            return entered("koordination@example.org")
        case _:
            return entered("verwaltung@example.org")


def words(answer: Any) -> str:
    """What an answer says, without the tokens that chance makes anew."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return CHANGES.sub("", body.decode("utf-8", "replace"))


def giveaways(answer: Any, trail: Trail) -> list[str]:
    text = words(answer)
    return [name for name in trail.names if name in text]


def told(answer: Any, url: str, keys: Iterable[object]) -> tuple[object, ...]:
    """All that an answer carries, apart from where and with which key it was asked."""
    text, place = words(answer), answer.headers.get("Location", "")
    for asked, name in ((url, "HERE"), *((str(key), "KEY") for key in keys)):
        text, place = text.replace(asked, name), place.replace(asked, name)
    headers = tuple(sorted(name for name in answer.headers if name != "Set-Cookie"))
    return answer.status_code, place, answer.headers.get("Content-Type"), headers, text


@dataclass
class Walk:
    """One browser that tries addresses with the family's keys, and remembers how nobody's keys are answered."""

    client: Client
    trail: Trail
    nothing: set[tuple[object, ...]] = field(default_factory=set)
    found: list[str] = field(default_factory=list)

    def tries(self, address: Address, keys: dict[str, UUID], *, own: Iterable[str] = ()) -> None:
        """Ask in every way; note where it shows that there is something, or says what it is."""
        nobodys = {each: key if each in own else uuid4() for each, key in keys.items()}
        for way in WAYS:
            answer, said = self._asked(address, keys, way)
            if said not in self.nothing:
                other, same = self._asked(address, nobodys, way)
                self.nothing.add(same)
                if said != same:
                    self._note(
                        address, way, f"{answer.status_code}, but {other.status_code} for nobody's key"
                    )
            if answer.status_code not in REFUSED and not DOORS.match(answer.headers.get("Location", "")):
                self._note(address, way, str(answer.status_code))
            for word in giveaways(answer, self.trail):
                self._note(address, way, f"says {word}")

    def _asked(self, address: Address, keys: dict[str, UUID], way: Way) -> tuple[Any, tuple[object, ...]]:
        url = address.url(keys)
        answer = getattr(self.client, way[0])(url, headers=way[1])
        return answer, (way[0], *told(answer, url, keys.values()))

    def _note(self, address: Address, way: Way, told: str) -> None:
        self.found.append(f"{address.name} {way[0]}{' partial' if way[1] else ''}: {told}")


def is_theirs(who: str, address: Address) -> bool:
    """Who keeps the series of talks may open it: the cases on it are as closed to them as to others."""
    on_the_series = {"key", "talk_id", "delegate_id"}
    return who == "coordination" and address.room == "talks" and bool(on_the_series & set(address.parameters))


def test_the_walk_knows_every_room_with_closed_rows() -> None:
    rooms = {address.room for address in ADDRESSES}
    assert rooms >= {
        "cases",
        "certificates",
        "finder",
        "frontdoor",
        "oversight",
        "own",
        "privacy",
        "talks",
        "tasks",
    }
    assert len(ADDRESSES) > 110


@pytest.mark.parametrize("who", STRANGERS)
def test_no_list_no_count_and_no_desk_of_a_stranger_says_a_word_of_the_family(who: str, trail: Trail) -> None:
    client = stranger(who, trail)
    for name in paths.without_keys():
        assert giveaways(client.get(reverse(name)), trail) == [], name


@pytest.mark.parametrize("who", STRANGERS)
def test_a_stranger_cannot_tell_the_familys_keys_from_keys_of_nobody(who: str, trail: Trail) -> None:
    walk = Walk(stranger(who, trail), trail)
    for address in ADDRESSES:
        if not is_theirs(who, address):
            walk.tries(address, address.keys(trail))
    assert walk.found == []


def test_who_keeps_the_series_reads_no_name_on_any_of_its_pages(trail: Trail) -> None:
    client, opened = entered("koordination@example.org"), 0
    for address in ADDRESSES:
        if is_theirs("coordination", address):
            answer = client.get(address.url(address.keys(trail)))
            opened += answer.status_code == 200
            assert giveaways(answer, trail) == [], address.name
    assert opened >= 2


def test_within_a_file_of_ones_own_the_keys_of_another_are_keys_of_nobody(trail: Trail) -> None:
    """Whoever has a case may not reach through its address into somebody else's."""
    own, walked = {"file": trail.other_file, "item_id": trail.other_item}, 0
    for who, room in ((paths.OTHER_OFFICE, "cases"), (SCHOOL, "talks")):
        walk = Walk(entered(who), trail)
        for address in ADDRESSES:
            mine = {each: own[each] for each in address.parameters if each in own}
            if address.room == room and mine and len(mine) < len(address.parameters):
                walked += 1
                walk.tries(address, {**address.keys(trail), **mine}, own=mine)
        assert walk.found == []
    assert walked > 12


def test_another_sites_form_is_refused_whatever_the_key(trail: Trail) -> None:
    client = Client(enforce_csrf_checks=True)
    for address in ADDRESSES:
        answer = client.post(address.url(address.keys(trail)))
        assert answer.status_code == 403, address.name
        assert giveaways(answer, trail) == []


def insiders(trail: Trail) -> list[Client]:
    """Everybody who has some business with the family."""
    mother = at_home(trail.household.mother, by=trail.household.worker)
    mother.post(f"/meine-daten/frage/{trail.keys['own', 'draft']}/")
    people = (WORKER, SCHOOL, paths.FAMILY_OFFICE, "datenschutz@example.org", "koordination@example.org",
              "praevention-soziales@example.org", "kinderschutz@example.org")  # fmt: skip
    return [mother, *map(entered, people)]


def test_behind_every_key_there_is_something_for_somebody(trail: Trail) -> None:
    """Else the strangers' 404 would prove nothing. Keys that only deeds take are found by what lies behind them."""
    clients = insiders(trail)
    looked, opened = set(), set()
    for address in ADDRESSES:
        keys, answers = {(address.room, each) for each in address.parameters}, set[int]()
        for client in clients:
            answer = client.get(address.url(address.keys(trail)))
            answers.add(0 if DOORS.match(answer.headers.get("Location", "")) else answer.status_code)
            if answers & {200, 302, 405}:
                break
        looked |= set() if 405 in answers else keys
        opened |= keys if answers & {200, 302} else set()
    assert looked - opened == set()
    assert len(opened) > 15


def slip(*, trail: Trail, telling: str) -> Any:
    """A page of the kind that somebody could write tomorrow."""

    @public
    def page(request: HttpRequest, file: UUID) -> HttpResponse:
        is_there = file == trail.household.file
        if telling == "status":
            return HttpResponse(status=403 if is_there else 404)
        if telling == "count":
            return JsonResponse({"found": int(is_there)}, status=404)
        if telling == "name" and request.method == "POST":
            return HttpResponse("Mara Muster", status=404)
        if telling == "partial" and "HX-Request" in request.headers:
            return HttpResponse("ja" if is_there else "", status=404)
        if telling == "redirect":
            return HttpResponseRedirect("/fall/" if is_there else "/")
        return HttpResponse(status=404)

    return page


@pytest.mark.parametrize("telling", ["status", "count", "name", "partial", "redirect", "nothing"])
def test_the_walk_finds_a_page_that_tells_of_a_row(
    trail: Trail, monkeypatch: pytest.MonkeyPatch, telling: str
) -> None:
    address = next(each for each in ADDRESSES if each.name == "cases:case")
    monkeypatch.setattr(address.pattern, "callback", slip(trail=trail, telling=telling))
    walk = Walk(Client(), trail)
    walk.tries(address, address.keys(trail))
    assert bool(walk.found) is (telling != "nothing")
