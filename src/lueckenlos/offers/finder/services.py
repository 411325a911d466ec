"""What changes the finder's index and thesaurus, and the list that a browser keeps."""

from pathlib import Path

from lueckenlos.core import clock
from lueckenlos.offers.finder import engine, indexing, vectors
from lueckenlos.offers.finder.bookmarks import keep, keys_in, link_of
from lueckenlos.offers.finder.thesaurus import (
    add_synonym,
    change_synonym,
    load_thesaurus,
    retire_synonym,
)

__all__ = [
    "add_synonym",
    "change_synonym",
    "keep",
    "keys_in",
    "link_of",
    "load_thesaurus",
    "load_vectors",
    "make_vectors",
    "refresh_index",
    "retire_synonym",
    "warm_up",
]


def warm_up() -> None:
    """Read what every search needs, before the first one comes."""
    engine.warm_up()


def refresh_index(*, limit: int) -> int:
    """Index up to `limit` services that changed; how many were done."""
    return indexing.refresh(limit=limit, today=clock.today())


def make_vectors(*, limit: int) -> int:
    """Encode up to `limit` texts that have no vector yet; how many were done."""
    return vectors.make(limit=limit)


def load_vectors(path: Path) -> int:
    """Take the vectors of a county's compact file for texts that are the same; how many fitted."""
    return vectors.load(path)
