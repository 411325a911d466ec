"""The finder's tables: the search index and thesaurus, lists of counsellors, and who waits for news."""

from lueckenlos.offers.finder.models.alerts import Alert
from lueckenlos.offers.finder.models.lists import CounsellorList

__all__ = ["Alert", "CounsellorList"]
