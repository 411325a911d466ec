"""A server reads beside its first pages what the first search would wait for."""

from collections.abc import Iterator
from threading import Event

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from lueckenlos.core import warming
from lueckenlos.offers.finder import engine, selectors, services
from lueckenlos.offers.finder.types import SearchRequest

READ_ONCE = ("finder_textvector", "finder_indexedword", "finder_synonym", "places_village")


@pytest.fixture
def just_started(own_database: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A process that has not searched yet."""
    for each in (engine._BOOK, engine._VECTORS, engine._SPELLER):
        monkeypatch.setattr(each, "_kept", None)
    monkeypatch.setattr(engine, "_packed", {})
    engine._named_places.cache_clear()
    yield


def read_by_a_search() -> set[str]:
    with CaptureQueriesContext(connection) as asked:
        selectors.search(SearchRequest(text="Schulden"))
    return {table for table in READ_ONCE if any(table in each["sql"] for each in asked.captured_queries)}


def test_the_first_search_after_the_start_reads_neither_vectors_nor_words(just_started: None) -> None:
    warming.warm_up(services.search_once).join()

    assert read_by_a_search() == set()


def test_without_it_the_first_search_reads_them_all(just_started: None) -> None:
    assert read_by_a_search() == set(READ_ONCE)


def test_the_start_does_not_wait_for_it(own_database: str) -> None:
    may_end = Event()

    beside = warming.warm_up(lambda: may_end.wait(timeout=60))

    assert beside.is_alive()
    may_end.set()
    beside.join()


def test_a_database_without_tables_is_left_to_the_first_page(own_database: str) -> None:
    def read() -> None:
        raise DatabaseError

    warming.warm_up(read).join()
