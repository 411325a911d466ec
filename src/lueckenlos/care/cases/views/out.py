"""What leaves: the case as a document for the specialist system, and times without anybody in them."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lueckenlos.care.cases.out import documents, times
from lueckenlos.care.cases.views.doors import found_page
from lueckenlos.commons.accounts.doors import at_work_only, worker
from lueckenlos.commons.places import selectors as places
from lueckenlos.core import audit, clock
from lueckenlos.core.actor import Actor
from lueckenlos.core.context import acting_as


@at_work_only
@require_safe
def pdf(request: HttpRequest, file: UUID) -> HttpResponse:
    """The case as PDF/A with its data attached."""
    actor, page = found_page(request, file)
    _note(file, actor=actor, kind="pdf")
    answer = HttpResponse(documents.case_pdf(page, now=clock.real_now()), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="{_name(page.case.pseudonym)}.pdf"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


@at_work_only
@require_safe
def data(request: HttpRequest, file: UUID) -> HttpResponse:
    """The same as JSON."""
    actor, page = found_page(request, file)
    _note(file, actor=actor, kind="json")
    answer = JsonResponse(
        documents.case_data(page, now=clock.real_now()),
        json_dumps_params={"ensure_ascii": False, "indent": 1},
    )
    answer.headers["Content-Disposition"] = f'attachment; filename="{_name(page.case.pseudonym)}.json"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


@at_work_only
@require_safe
def kept_promises(request: HttpRequest) -> HttpResponse:
    """How fast promises were kept, as median and range, never by worker."""
    actor = worker(request)
    minimum = int(places.county().settings.get("minimum_cell", 5))
    found = times.promises(actor, now=clock.real_now(), minimum=minimum)
    return render(request, "cases/times.html", {"promises": found, "minimum": minimum})


def _note(file: UUID, *, actor: Actor, kind: str) -> None:
    with acting_as(actor):
        audit.record("cases.case.handed_out", subject=f"file/{file}", details={"as": kind})


def _name(pseudonym: str) -> str:
    return pseudonym.replace(" ", "-")
