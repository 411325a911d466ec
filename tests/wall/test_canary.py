"""Nothing of a closed room gets out by a public way: pages, interfaces, files, feeds, jobs and logs, tried with a word."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lueckenlos.commons.directory.models import Service
from lueckenlos.commons.tasks import services as tasks
from lueckenlos.config import jobs as jobs_of_the_house
from lueckenlos.core import clock, codes
from lueckenlos.core.audit.sealing import kept_seals
from lueckenlos.core.logs import LineFormatter
from tests import servers
from tests.config.houses import run
from tests.conftest import _own
from tests.core.databases import past_the_wall
from tests.house.pages import SERVICE
from tests.wall import canaries, paths
from tests.wall.canaries import CANARY, CLOSED, plant, public_addresses, said, text_columns
from tests.wall.paths import Trail

# What a talk leaves behind is only there when it is over; see tests/care/talks.
EMPTY_HERE = {"talks_agreement", "talks_result"}
FILES = ("daten:csv", "daten:xlsx", "daten:geojson", "daten:calendar", "hsds:services", "oruk:services")


@pytest.fixture(scope="module")
def county(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[str, Trail, dict[str, int]]]:
    """A county with a family's whole trail, and the word wherever somebody's words are kept."""
    with contextmanager(_own)(servers.TEMPLATE, django_db_blocker) as url, django_db_blocker.unblock():
        trail = paths.lay_trail(url)
        with past_the_wall(url) as superuser:
            planted = plant(superuser, CLOSED)
        yield url, trail, planted


def test_the_word_stands_in_every_closed_table_that_holds_words(
    county: tuple[str, Trail, dict[str, int]],
) -> None:
    _url, _trail, planted = county
    bare = [
        table._meta.db_table
        for table in CLOSED
        if table._meta.app_label not in paths.WALKED_ELSEWHERE
        and list(text_columns(table))
        and not any(planted[f"{table._meta.db_table}.{field.column}"] for field in text_columns(table))
    ]
    assert set(bare) == EMPTY_HERE


def test_no_public_address_says_a_word_of_a_closed_room(county: tuple[str, Trail, dict[str, int]]) -> None:
    _url, trail, _planted = county
    client, found, opened = Client(), [], 0
    walked = public_addresses(trail.household.file)
    for page in ("services", "organizations", "service_at_locations", "taxonomies", "taxonomy_terms"):
        walked += canaries.listed(client, reverse(f"hsds:{page}"))
    for address in walked:
        # Files and interfaces have no partials.
        for headers in ({},) if address.startswith("/api/") else ({}, {"HX-Request": "true"}):
            answer = client.get(address, headers=headers)
            opened += answer.status_code == 200
            text = said(answer)
            found += [f"{address}: {word}" for word in (CANARY, *trail.names) if word.lower() in text]
    assert found == []
    assert opened > 80


@pytest.mark.parametrize("name", [*FILES, "finder:service", "finder:search", "finder:calendar"])
def test_the_search_reads_every_kind_of_answer(own_database: str, name: str) -> None:
    """The same word in an open table is found in each file, packed or not."""
    with past_the_wall(own_database) as superuser:
        superuser.execute("UPDATE directory_service SET name = name || %s", [f" {CANARY}"])
    assert Service.objects.filter(name__contains=CANARY).exists()
    arguments = [SERVICE] if name in {"finder:service", "finder:calendar"} else []
    query = {"q": "Alleinerziehende"} if name == "finder:search" else {"per_page": "50"}
    assert CANARY in said(Client().get(reverse(name, args=arguments), query))


def test_no_job_carries_a_word_of_a_closed_room(county: tuple[str, Trail, dict[str, int]]) -> None:
    url, trail, _planted = county
    with past_the_wall(url) as superuser:
        superuser.execute("UPDATE tasks_task SET due_at = now() - interval '9 days' WHERE done_at IS NULL")
        assert tasks.climb_overdue(clock.real_now()) > 0
        before = set(kept_seals())
        jobs_of_the_house.seal(0)
        for seal in set(kept_seals()) - before:
            seal.unlink()  # the home is shared: a seal of this log would accuse every other
        jobs = superuser.execute("SELECT task_name, args::text FROM procrastinate_jobs").fetchall()
    assert "core.send_letter" in {name for name, _arguments in jobs}
    for name, arguments in jobs:
        told = json.dumps(json.loads(arguments), ensure_ascii=False)
        assert [word for word in (CANARY, *trail.names) if word in told] == [], name


def test_a_job_that_fails_for_good_is_told_by_its_name_and_not_by_its_letter(own_database: str) -> None:
    letter = {"to": f"{CANARY}@example.org", "subject": CANARY, "text": f"{CANARY} (Mara)"}
    with past_the_wall(own_database) as superuser:
        superuser.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status, attempts) "
            "VALUES ('default', 'core.send_letter', %s, 'todo', 8)",
            [json.dumps(letter)],
        )
    told = run("worker", "--once", url=own_database)
    lines = [json.loads(line) for line in told.stderr.splitlines() if line.startswith("{")]
    (failed,) = [
        line for line in lines if line["level"] == "error" and line["from"].startswith("procrastinate")
    ]
    assert re.match(r"Job core\.send_letter\[\d+\] ended with status: Error", failed["says"])
    assert CANARY not in told.stdout + told.stderr


def test_what_goes_wrong_is_logged_by_its_route_and_never_with_the_code_that_opens_it(
    own_database: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = reverse("own:by_code", args=["CCCCCCCCCCCC"])
    assert Client(enforce_csrf_checks=True).post(address).status_code == 403

    def broken(*_given: Any, **_more: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(codes, "look", broken)
    assert Client(raise_request_exception=False).get(address).status_code == 500
    lines = [LineFormatter().format(record) for record in caplog.records]
    assert [line for line in lines if "own:by_code" in line and "Forbidden" in line]
    assert [line for line in lines if "own:by_code" in line and "Internal Server Error" in line]
    assert [line for line in lines if "CCCCCCCCCCCC" in line] == []
