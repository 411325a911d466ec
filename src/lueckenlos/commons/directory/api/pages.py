"""Pages of records as Open Referral answers them."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Model, QuerySet
from django.http import HttpResponse, JsonResponse

from lueckenlos.commons.directory.exchange.records import Row


def cut(found: QuerySet[Any] | Sequence[Any], *, page: int, per_page: int) -> tuple[list[Any], Row]:
    """The rows of one page and the page object without its contents."""
    total = found.count() if isinstance(found, QuerySet) else len(found)
    pages = max(1, -(-total // per_page))
    start = (page - 1) * per_page
    rows = list(found[start : start + per_page]) if start < total else []
    return rows, {
        "total_items": total,
        "total_pages": pages,
        "page_number": page,
        "size": len(rows),
        "first_page": page == 1,
        "last_page": page >= pages,
        "empty": not rows,
    }


def answer(document: Any, *, status: int = 200) -> HttpResponse:
    """A document as JSON, readable as it is."""
    return JsonResponse(document, status=status, safe=False, json_dumps_params={"ensure_ascii": False})


def ids_of(rows: Sequence[Model]) -> list[Any]:
    """The ids of rows, in their order."""
    return [row.pk for row in rows]
