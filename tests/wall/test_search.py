"""By words every actor finds exactly the records that they see, and a search with a stone taken out is noticed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random

import psycopg
import pytest

from lueckenlos.care.cases.wall.search import RECORDS_SEARCH
from lueckenlos.core.actor import NOBODY, Actor, job
from tests import servers
from tests.wall import deeds_consents, deeds_files, deeds_rooms
from tests.wall.looking import Context
from tests.wall.play import Play

WORD = "Wolkenkuckucksheim"
EVERYTHING = 1_000


@pytest.fixture(autouse=True)
def word_in_every_record(play: Play) -> None:
    """Whoever may read a record can find it by this word."""
    with play.past.transaction():
        play.past.execute("SET LOCAL session_replication_role = replica")
        play.past.execute(
            f"UPDATE cases_record SET text = text || ' {WORD}' WHERE text NOT LIKE '%{WORD}%'".encode()
        )


def by_words(play: Play, actor: Actor, words: str, context: Context = Context.GENUINE) -> set[str]:
    with play.eyes.acting_as(actor, context) as connection:
        rows = connection.execute("SELECT wall.records_search(%s, %s)::text", [words, EVERYTHING]).fetchall()
    return {row[0] for row in rows}


def differences(play: Play) -> list[tuple[Actor, set[str]]]:
    """Everybody for whom what is found is not what is seen; the job that erases seeks nothing."""
    found = []
    for actor in play.everybody():
        seen = set() if actor == job("retention") else play.eyes.sees(actor)["cases_record"]
        if apart := by_words(play, actor, WORD) ^ seen:
            found.append((actor, apart))
    return found


@contextmanager
def taken_out(play: Play, stone: str, *, instead: str) -> Iterator[None]:
    """The search with one condition replaced, and built up again."""
    whole = str(RECORDS_SEARCH.sql)
    assert stone in whole
    address = servers.with_database(os.environ["TEST_OWNER_URL"], play.past.info.dbname)
    with psycopg.connect(address, autocommit=True) as owner:
        owner.execute(whole.replace(stone, instead).encode())
        try:
            yield
        finally:
            owner.execute(whole.encode())


def test_what_can_be_found_is_what_can_be_seen(play: Play) -> None:
    assert differences(play) == []
    assert sum(bool(by_words(play, actor, WORD)) for actor in play.everybody()) > 10


def test_it_stays_so_whatever_is_done(play: Play) -> None:
    rnd = Random(11)
    deeds = (
        deeds_consents.consent,
        deeds_consents.withdraw,
        deeds_files.protect,
        deeds_files.cover,
        deeds_rooms.open_confided,
        deeds_consents.pass_time,
    )
    for _ in range(3):
        for deed in deeds:
            deed(play, rnd)
        assert differences(play) == []


def test_a_word_of_others_is_a_word_that_stands_nowhere(play: Play) -> None:
    for actor in play.everybody():
        for words in ("Zauberwort", "", "und", "'", "!", '"'):
            assert by_words(play, actor, words) == set()
    assert by_words(play, NOBODY, f"-{WORD}") == by_words(play, NOBODY, "-Zauberwort") == set()


@pytest.mark.parametrize("context", [each for each in Context if each is not Context.GENUINE])
def test_a_context_that_is_not_genuine_finds_nothing(play: Play, context: Context) -> None:
    for worker in play.workers:
        assert by_words(play, worker.acting("case_talk"), WORD, context) == set()


@pytest.mark.parametrize(
    ("stone", "instead"),
    [
        ("r.confided_to IS NULL", "true"),
        ("a.category = r.category AND a.subject = r.about", "true"),
        ("NOT r.held_back", "true"),
        ("x.holder = ANY ((SELECT wall.actor_holders())::uuid[])", "true"),
    ],
)
def test_a_search_without_one_of_its_conditions_is_noticed(play: Play, stone: str, instead: str) -> None:
    with taken_out(play, stone, instead=instead):
        assert differences(play) != []
    assert differences(play) == []
