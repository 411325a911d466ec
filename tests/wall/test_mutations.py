"""The comparison can fail: a wall with one stone taken out is found, each time."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random

import psycopg
import pytest
from django.db.migrations import RunSQL

from lueckenlos.commons.privacy import policies
from lueckenlos.core import rls
from tests import servers
from tests.wall import deeds_consents
from tests.wall.machine import check
from tests.wall.play import Play

RECORDS = policies.sees_content("cases_record")
HOLDER = f"privacy_access.holder = ANY {policies.HOLDERS}"
TIMES = f" AND a.since <= {policies.NOW} AND a.until > {policies.NOW}"


def records(select: str) -> RunSQL:
    """The policies of records with another rule for reading."""
    return rls.protect(
        "cases_record",
        select=select,
        insert=rls.all_of(
            policies.writes_content("cases_record"), f"cases_record.organization_id = {policies.SERVES}"
        ),
        update=policies.writes_content("cases_record"),
        delete=policies.RETENTION,
    )


def without(stone: str, *, instead: str) -> str:
    """The rule for reading records with one condition replaced."""
    assert stone in RECORDS
    return RECORDS.replace(stone, instead)


MUTATIONS = {
    "what was confided is everybody's": [
        records(without("cases_record.confided_to IS NULL", instead="true"))
    ],
    "one category opens all": [records(without("a.category = cases_record.category AND ", instead=""))],
    "consent about one opens what is written about another": [
        records(
            without(
                "a.category = cases_record.category AND a.subject = cases_record.about",
                instead="a.category = cases_record.category",
            )
        )
    ],
    "what is held back stands on one's own page": [
        records(without("NOT cases_record.held_back", instead="true"))
    ],
    "a colleague reads in another's name": [
        records(
            without(
                f"cases_record.confided_to = {rls.PERSON}", instead="cases_record.confided_to IS NOT NULL"
            )
        )
    ],
    "data protection reads content": [records(rls.any_of(RECORDS, policies.OVERSIGHT))],
    "an end is no end": [
        rls.protect("privacy_access", select=HOLDER),
        records(RECORDS.replace(TIMES, "")),
    ],
}


@contextmanager
def taken_out(play: Play, operations: list[RunSQL]) -> Iterator[None]:
    """Break the wall, and build it up again."""

    def run(operations: list[RunSQL]) -> None:
        for operation in operations:
            for statement in [operation.sql] if isinstance(operation.sql, str) else operation.sql:
                owner.execute(str(statement).encode())

    whole = [*policies.TABLES, policies.content("cases_record")]
    address = servers.with_database(os.environ["TEST_OWNER_URL"], play.past.info.dbname)
    with psycopg.connect(address, autocommit=True) as owner:
        run(operations)
        try:
            yield
        finally:
            run(whole)


@pytest.fixture(scope="module", autouse=True)
def time_passes(play: Play) -> None:
    """Some of what was agreed has come to its end."""
    for pick in range(6):
        deeds_consents.pass_time(play, Random(pick))


@pytest.mark.parametrize("what", MUTATIONS)
def test_a_broken_wall_is_found(play: Play, what: str) -> None:
    with taken_out(play, MUTATIONS[what]), pytest.raises(AssertionError):
        check(play)


def test_the_whole_wall_stands_afterwards(play: Play) -> None:
    check(play)
