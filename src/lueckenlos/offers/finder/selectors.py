"""Reads of the finder: the search, its cards and help lines, what is near to a service, and the thesaurus."""

from uuid import UUID

import numpy as np

from lueckenlos.offers.finder import engine
from lueckenlos.offers.finder.cards import Card, card, cards
from lueckenlos.offers.finder.crisis import HelpLine, all_lines, help_for
from lueckenlos.offers.finder.models import IndexedService
from lueckenlos.offers.finder.searching import search
from lueckenlos.offers.finder.thesaurus import synonym, synonym_history, synonyms

__all__ = [
    "Card",
    "HelpLine",
    "all_lines",
    "card",
    "cards",
    "help_for",
    "related",
    "search",
    "synonym",
    "synonym_history",
    "synonyms",
]

RELATED = 6


def related(service_id: UUID) -> list[UUID]:
    """Return services that may stand in for one: same kind first and nearest in meaning, in a common catchment."""
    own = IndexedService.objects.filter(pk=service_id).first()
    if own is None:
        return []
    rows = IndexedService.objects.exclude(pk=service_id).filter(kind=own.kind)
    if not own.everywhere:
        rows = rows.filter(everywhere=True) | rows.filter(catchment__overlap=own.catchment)
    same = list(rows.values_list("pk", flat=True)[:200])
    vectors = engine.service_vectors(engine.state())
    if vectors is None or service_id not in vectors.rows:
        return same[:RELATED]
    similarity = vectors.text @ vectors.text[vectors.rows[service_id]]
    known = [pk for pk in same if pk in vectors.rows]
    order = np.argsort([-similarity[vectors.rows[pk]] for pk in known], kind="stable")
    return [known[row] for row in order][:RELATED]
