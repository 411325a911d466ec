"""The finder's tables: the search index and thesaurus, lists of counsellors, and who waits for news."""

from lueckenlos.offers.finder.models.alerts import Alert
from lueckenlos.offers.finder.models.index import (
    IndexedService,
    IndexedTerm,
    IndexedWord,
    IndexState,
    TextVector,
    WaitingService,
)
from lueckenlos.offers.finder.models.lists import CounsellorList
from lueckenlos.offers.finder.models.thesaurus import Synonym, SynonymChange

__all__ = [
    "Alert",
    "CounsellorList",
    "IndexState",
    "IndexedService",
    "IndexedTerm",
    "IndexedWord",
    "Synonym",
    "SynonymChange",
    "TextVector",
    "WaitingService",
]
