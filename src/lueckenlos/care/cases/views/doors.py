"""Who may pass to the pages of cases, and as whom they act."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest

from lueckenlos.care.cases.page import CasePage, case_page
from lueckenlos.commons.accounts.doors import worker
from lueckenlos.core import clock
from lueckenlos.core.actor import Actor


def found_page(request: HttpRequest, file: UUID) -> tuple[Actor, CasePage]:
    """The case's page for who works in it; 404 for everybody else, whether it exists or not."""
    actor = worker(request)
    page = case_page(actor, file, now=clock.real_now())
    if page is None:
        raise Http404
    return actor, page


def named_page(request: HttpRequest, file: UUID) -> tuple[Actor, CasePage]:
    """As `found_page`; 404 where the case runs with a pseudonym and has no place for people, goals and documents."""
    actor, page = found_page(request, file)
    if page.is_nameless:
        raise Http404
    return actor, page
