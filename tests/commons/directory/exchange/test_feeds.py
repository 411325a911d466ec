"""A neighbour's entries are shown as theirs: they come, change and go with the neighbour alone."""

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid5

import pytest
from django.test import Client

from lueckenlos.commons.directory.exchange import (
    ImportReport,
    Neighbour,
    deliver,
    export_folder,
    import_delivery,
)
from lueckenlos.commons.directory.exchange.codes import NAMESPACE
from lueckenlos.commons.directory.exchange.fetching import Gate, Unreadable, is_public
from lueckenlos.commons.directory.exchange.troubles import Trouble
from lueckenlos.commons.directory.models import Feed, Location, Organization, Service
from lueckenlos.core.failure import StatedFailure
from lueckenlos.kernels.openreferral import Profile
from tests.commons.directory.exchange.snapshots import SENDER, snapshot

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 1, 10, tzinfo=UTC)
AACHEN = Neighbour("aachen", "Städteregion Aachen")


def entry(number: int, **more: Any) -> dict[str, Any]:
    own_id = str(uuid5(NAMESPACE, f"test/{number}"))
    return {
        "id": own_id,
        "name": f"Angebot {number}",
        "status": "active",
        "organization": {"id": str(uuid5(NAMESPACE, f"test/o{number % 3}")), "name": f"Träger {number % 3}", "description": ""},
        "service_at_locations": [
            {"id": own_id, "location": {"id": own_id, "location_type": "physical", "latitude": 50.77, "longitude": 6.08}}
        ],
        **more,
    }  # fmt: skip


def take(tmp_path: Path, documents: Any, neighbour: Neighbour | None = AACHEN) -> ImportReport:
    path = tmp_path / "services.json"
    path.write_text(documents if isinstance(documents, str) else json.dumps(documents), encoding="utf-8")
    return import_delivery(deliver(str(path)), actor=SENDER, now=NOW, neighbour=neighbour)


def test_a_feed_comes_changes_and_goes(tmp_path: Path) -> None:
    before = snapshot()
    assert take(tmp_path, [entry(1), entry(2), entry(3)]).written.services.added == 3
    assert {row.feed.name for row in Service.objects.filter(feed__isnull=False) if row.feed} == {AACHEN.name}
    report = take(tmp_path, [entry(1), entry(2, name="Neuer Name")])
    counts = report.written.services
    assert (counts.added, counts.changed, counts.unchanged, counts.gone) == (0, 1, 1, 1)
    assert not Organization.objects.filter(name="Träger 0").exists()
    take(tmp_path, [])
    assert not Service.objects.filter(feed__key="aachen").exists()
    assert not Organization.objects.filter(feed__key="aachen").exists()
    own = {name: value for name, value in snapshot().items() if name in before}
    assert own == before
    assert Location.objects.count() == len([name for name in before if name.startswith("location")])


def test_a_broken_delivery_takes_nothing_away(tmp_path: Path) -> None:
    take(tmp_path, [entry(1), entry(2)])
    report = take(tmp_path, "[{")
    assert not report.is_complete
    assert [note.trouble for note in report.notes.kept] == [Trouble.UNREADABLE, Trouble.KEPT_THERE]
    assert Service.objects.filter(feed__key="aachen").count() == 2


def test_a_neighbour_never_overwrites_ours(tmp_path: Path) -> None:
    export_folder(tmp_path / "out", profile=Profile.DE)
    before = snapshot()
    services = json.loads((tmp_path / "out" / "services.json").read_text(encoding="utf-8"))[:5]
    stolen = [each | {"name": "Übernommen"} for each in services]
    report = take(
        tmp_path, [*stolen, entry(1, organization={**services[0]["organization"], "name": "Falsch"})]
    )
    assert [note.trouble for note in report.notes.kept] == [Trouble.NOT_OURS] * 5
    assert {name: value for name, value in snapshot().items() if name in before} == before
    organization = Service.objects.get(name="Angebot 1").organization
    assert str(organization.id) != services[0]["organization"]["id"]
    assert organization.feed == Feed.objects.get(key="aachen")


def test_two_neighbours_do_not_meet(tmp_path: Path) -> None:
    take(tmp_path, [entry(1)])
    report = take(tmp_path, [entry(1), entry(2)], Neighbour("euskirchen", "Kreis Euskirchen"))
    assert [note.trouble for note in report.notes.kept] == [Trouble.NOT_OURS]
    assert Service.objects.get(name="Angebot 1").feed == Feed.objects.get(key="aachen")
    assert Service.objects.get(name="Angebot 2").feed == Feed.objects.get(key="euskirchen")


def test_a_neighbours_entries_are_not_published_as_ours(tmp_path: Path) -> None:
    take(tmp_path, [entry(1)])
    assert Client().get(f"/api/hsds/services/{entry(1)['id']}").status_code == 404
    export_folder(tmp_path / "out", profile=Profile.HSDS)
    assert "Angebot 1" not in (tmp_path / "out" / "services.json").read_text(encoding="utf-8")


class Neighbourhood:
    """A small interface of a neighbour: pages of services, of which some may be broken."""

    def __init__(self) -> None:
        self.services = [entry(number) for number in range(1, 8)]
        self.per_page = 2
        self.broken: set[int] = set()
        self.thin = False
        self.stuck = False
        self.version = "3.0"
        self.asked: list[str] = []
        self.elsewhere: dict[str, str] = {}
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.asked.append(self.path)
                if self.path in outer.elsewhere:
                    self.send_response(302)
                    self.send_header("Location", outer.elsewhere[self.path])
                    self.end_headers()
                    return
                content = outer.answer(self.path)
                self.send_response(200 if content is not None else 500)
                self.end_headers()
                self.wfile.write(content or b"oops")

            def log_message(self, *args: Any) -> None:
                """Stay silent."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"

    def answer(self, path: str) -> bytes | None:
        parts = urlsplit(path)
        if parts.path == "/":
            return json.dumps(
                {
                    "version": self.version,
                    "profile": "https://example.org",
                    "openapi_url": "https://example.org/o",
                }
            ).encode()
        if parts.path == "/endless":
            return b'{"contents": [' + b" " * (65 * 1024 * 1024)
        if parts.path.startswith("/services/"):
            found = [each for each in self.services if each["id"] == parts.path.rpartition("/")[2]]
            return json.dumps(found[0]).encode() if found else None
        number = int(parse_qs(parts.query).get("page", ["1"])[0])
        if number in self.broken:
            return b'{"contents": [{"id"'
        start = 0 if self.stuck else (number - 1) * self.per_page
        items = self.services[start : start + self.per_page]
        if self.thin:
            items = [
                {name: value for name, value in each.items() if not isinstance(value, list)} for each in items
            ]
        pages = -(-len(self.services) // self.per_page)
        return json.dumps({"total_pages": pages, "last_page": number >= pages, "contents": items}).encode()


@pytest.fixture
def neighbourhood() -> Iterator[Neighbourhood]:
    made = Neighbourhood()
    thread = threading.Thread(target=made.server.serve_forever, args=(0.05,))
    thread.start()
    yield made
    made.server.shutdown()
    thread.join()
    made.server.server_close()


def harvest(address: str) -> ImportReport:
    return import_delivery(deliver(address), actor=SENDER, now=NOW, neighbour=AACHEN)


@pytest.mark.parametrize("path", ["/", "/services"])
def test_a_feed_is_read_page_by_page(neighbourhood: Neighbourhood, path: str) -> None:
    assert harvest(neighbourhood.address + path).written.services.added == 7
    assert Location.objects.filter(organization__feed__key="aachen").count() == 7


def test_a_broken_page_is_said_and_skipped_and_nothing_is_taken_away(neighbourhood: Neighbourhood) -> None:
    harvest(neighbourhood.address + "/services")
    neighbourhood.broken = {2}
    report = harvest(neighbourhood.address + "/services")
    assert (report.written.services.unchanged, report.written.services.gone) == (5, 0)
    assert [note.trouble for note in report.notes.kept] == [Trouble.UNREADABLE, Trouble.KEPT_THERE]
    assert "page=2" in report.notes.kept[0].where
    assert Service.objects.filter(feed__key="aachen").count() == 7


def test_a_feed_that_only_breaks_ends(neighbourhood: Neighbourhood) -> None:
    neighbourhood.broken = set(range(2, 10_000))
    report = harvest(neighbourhood.address + "/services")
    assert Trouble.INCOMPLETE in [note.trouble for note in report.notes.kept]
    assert len(neighbourhood.asked) < 20


@pytest.mark.parametrize("version", ["3.0", "3.0.1", "3.1", "3.2", "HSDS-UK-3.0"])
def test_feeds_of_every_third_version_come_in_with_what_we_do_not_know(
    neighbourhood: Neighbourhood, version: str
) -> None:
    neighbourhood.version = version
    neighbourhood.services[0] |= {"new_in_later_versions": {"a": [1]}}
    harvest(neighbourhood.address + "/")
    assert Service.objects.get(name="Angebot 1").unknown["new_in_later_versions"] == {"a": [1]}
    assert Service.objects.filter(feed__key="aachen").count() == 7


def test_an_interface_that_repeats_its_page_is_said_to_be_incomplete(neighbourhood: Neighbourhood) -> None:
    harvest(neighbourhood.address + "/services")
    neighbourhood.stuck = True
    report = harvest(neighbourhood.address + "/services")
    assert not report.is_complete
    assert (report.written.services.gone, len(neighbourhood.asked) < 12) == (0, True)
    assert "wiederholt dieselbe Seite" in report.notes.kept[0].sentence


def test_thin_lists_are_completed_by_asking_for_each(neighbourhood: Neighbourhood) -> None:
    neighbourhood.thin = True
    harvest(neighbourhood.address + "/services")
    assert Location.objects.filter(organization__feed__key="aachen").count() == 7


def test_an_answer_without_end_is_refused(neighbourhood: Neighbourhood) -> None:
    with pytest.raises(StatedFailure, match="64 MB"):
        deliver(neighbourhood.address + "/endless")


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:1/services", "https://127.0.0.1:1/", "/gibt/es/nicht", "ftp://127.0.0.1/x"]
)
def test_what_cannot_be_had_is_said_in_a_sentence(address: str) -> None:
    with pytest.raises(StatedFailure):
        deliver(address)


def test_a_redirect_at_the_same_host_is_followed(neighbourhood: Neighbourhood) -> None:
    neighbourhood.elsewhere = {"/alt": "/services"}
    assert len(deliver(neighbourhood.address + "/alt").services) == 7


@pytest.mark.parametrize(
    "target", ["http://localhost:{port}/services", "file:///etc/passwd", "ftp://127.0.0.1/x"]
)
def test_a_neighbour_does_not_lead_into_our_own_network(neighbourhood: Neighbourhood, target: str) -> None:
    neighbourhood.elsewhere = {"/": target.format(port=neighbourhood.server.server_port)}
    with pytest.raises(StatedFailure):
        deliver(neighbourhood.address + "/")
    assert neighbourhood.asked == ["/"]


def test_a_page_that_leads_inside_is_skipped_and_said(neighbourhood: Neighbourhood) -> None:
    port = neighbourhood.server.server_port
    neighbourhood.elsewhere = {"/services?page=2&per_page=100": f"http://localhost:{port}/services?page=2"}
    delivery = deliver(neighbourhood.address + "/services")
    assert [note.trouble for note in delivery.notes.kept] == [Trouble.UNREADABLE]
    assert "in das eigene Netz (localhost)" in delivery.notes.kept[0].sentence
    assert len(delivery.services) == 5


def test_a_name_that_suddenly_stands_for_an_inner_address_is_refused() -> None:
    gate = Gate("https://feed.example.org/services")
    gate.admit("feed.example.org", peer="93.184.215.14")
    with pytest.raises(Unreadable):
        gate.admit("feed.example.org", peer="10.0.0.7")


PUBLIC = ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "::ffff:93.184.215.14"]
INNER = [
    "127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "100.64.0.1", "::1", "fe80::1%eth0", "fd00::1",
    "::ffff:127.0.0.1",
]  # fmt: skip


def test_inner_addresses_are_known_however_they_are_written() -> None:
    assert [peer for peer in [*PUBLIC, *INNER] if is_public(peer)] == PUBLIC
