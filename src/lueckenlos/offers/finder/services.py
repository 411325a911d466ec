"""What changes the finder's index and thesaurus, and the list that a browser keeps."""

from pathlib import Path

from lueckenlos.core import clock
from lueckenlos.offers.finder import engine, indexing, searching, vectors
from lueckenlos.offers.finder.bookmarks import keep, keys_in, link_of
from lueckenlos.offers.finder.thesaurus import (
    add_synonym,
    change_synonym,
    load_thesaurus,
    retire_synonym,
)
from lueckenlos.offers.finder.types import SearchRequest

__all__ = [
    "add_synonym",
    "change_synonym",
    "keep",
    "keys_in",
    "link_of",
    "load_thesaurus",
    "load_vectors",
    "make_vectors",
    "read_models",
    "refresh_index",
    "retire_synonym",
    "search_once",
]


def read_models() -> None:
    """Read what every process needs that searches, before its first page."""
    engine.read_models()


def search_once() -> None:
    """Read vectors, words and thesaurus as the first search would; they stay."""
    searching.search(SearchRequest(text="Hilfe"))
    engine.set_aside()


def refresh_index(*, limit: int) -> int:
    """Index up to `limit` services that changed; how many were done."""
    return indexing.refresh(limit=limit, today=clock.today())


def make_vectors(*, limit: int) -> int:
    """Encode up to `limit` texts that have no vector yet; how many were done."""
    return vectors.make(limit=limit)


def load_vectors(path: Path) -> int:
    """Take the vectors of a county's compact file for texts that are the same; how many fitted."""
    return vectors.load(path)
