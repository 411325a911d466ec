"""What the finder remembers between the tests of one process."""

from collections.abc import Iterator
from contextlib import contextmanager

from lueckenlos.offers.finder import engine, retrieval


@contextmanager
def only_what_lasts() -> Iterator[None]:
    """Forget what a test made that is rolled back: its revisions come again, with other words behind them."""
    before = engine.state()
    for read in (engine.phrase_book, engine.service_vectors, engine.speller):
        read(before)
    remembered = [(each, each._kept) for each in (engine._BOOK, engine._VECTORS, engine._SPELLER)]
    try:
        yield
    finally:
        if engine.state() != before:
            retrieval._remembered.cache_clear()
            for each, kept in remembered:
                each._kept = kept
