"""Interim until the engine's room stands: browse and search by name alone."""

from uuid import UUID

from lueckenlos.commons.directory import selectors as directory
from lueckenlos.core import clock
from lueckenlos.offers.finder.types import Hit, SearchAnswer, SearchRequest


def search(request: SearchRequest) -> SearchAnswer:
    rows = directory.public_services(today=clock.today())
    for word in request.text.split():
        rows = rows.filter(description__icontains=word)
    if request.phase:
        rows = rows.filter(phases=request.phase)
    total = rows.count()
    begin = (request.page - 1) * request.limit
    hits = tuple(Hit(service_id=r.pk, key=r.key, score=1, why=()) for r in rows[begin : begin + request.limit])
    return SearchAnswer(hits=hits, total=total, page=request.page, limit=request.limit, found_good=bool(total), ags=request.ags)


def related(service_id: UUID) -> list[UUID]:
    return []
