"""What the finder proposes for a family's own words and place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from lueckenlos.commons.directory import selectors as directory
from lueckenlos.core import clock
from lueckenlos.offers.finder import selectors as finder
from lueckenlos.offers.finder.types import LONGEST_TEXT, SearchRequest

MOST: Final = 5
LISTED: Final = 8


def proposed(words: str, *, ags: str | None) -> list[finder.Card]:
    """The services that fit best, each with why; the finder reads any of the house's languages."""
    return _found(SearchRequest(text=words[:LONGEST_TEXT], ags=ags, on=clock.today(), limit=MOST))


def searched(text: str, *, ags: str | None) -> list[finder.Card]:
    """What a counsellor looks for while somebody is on the telephone."""
    if not text.strip():
        return []
    return _found(SearchRequest(text=text[:LONGEST_TEXT], ags=ags, on=clock.today(), limit=LISTED))


def cards_of(keys: Sequence[str], *, language: str, now: datetime) -> list[finder.Card]:
    """Services by key as cards, in a family's language."""
    found = directory.glances_by_key(keys, language=language, now=now)
    return [finder.card(service) for service in found]


def _found(asked: SearchRequest) -> list[finder.Card]:
    answer = finder.search(asked)
    # The directory lives on the county's own day, which a demo holds.
    ids = [hit.service_id for hit in answer.hits]
    return finder.cards(answer.hits, services=directory.glances(ids, language="de", now=clock.now()))
