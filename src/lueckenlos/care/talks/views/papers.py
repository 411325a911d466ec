"""Preparing the next talk, the letters to the parents, and the record."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lueckenlos.care.talks import papers
from lueckenlos.care.talks.types import TalkState
from lueckenlos.care.talks.views.doors import at_table, found_item, found_talk
from lueckenlos.core import clock
from lueckenlos.core.actor import Actor
from lueckenlos.core.letters import UnfitLetter


@at_table
@require_safe
def prepare(request: HttpRequest, talk_id: UUID) -> HttpResponse:
    """Everything for the next talk on one page: agenda, missing consents, what is open from last time."""
    actor, page = found_talk(request, talk_id)
    if not page.talk.state.is_ahead or actor.organization is None:
        raise Http404
    found = papers.preparation(actor, page.talk, page.series, now=clock.real_now())
    return render(request, "talks/prepare.html", {"page": page, "found": found})


@at_table
@require_POST
def letters(request: HttpRequest, talk_id: UUID) -> HttpResponse:
    """All letters that are missing, in one file, each to one person; every print makes fresh codes."""
    actor, page = found_talk(request, talk_id)
    found = papers.preparation(actor, page.talk, page.series, now=clock.real_now())
    return _letters(request, actor, found.drafts, page_talk=talk_id, back="talks:prepare")


@at_table
@require_POST
def letter(request: HttpRequest, item_id: UUID, draft_id: UUID) -> HttpResponse:
    """One letter to one person."""
    actor, page = found_item(request, item_id)
    if draft_id not in {each.draft for each in page.consents if not each.no_letter}:
        raise Http404
    return _letters(request, actor, [draft_id], page_talk=page.talk.id, back="talks:prepare")


@at_table
@require_safe
def record(request: HttpRequest, talk_id: UUID) -> HttpResponse:
    """The record of a talk, without names."""
    actor, page = found_talk(request, talk_id)
    if page.talk.state is not TalkState.HELD:
        raise Http404
    found = papers.minutes(actor, page.talk, page.series, now=clock.real_now())
    return render(request, "talks/record.html", {"page": page, "found": found})


@at_table
@require_safe
def record_pdf(request: HttpRequest, talk_id: UUID) -> HttpResponse:
    """The record as a paper."""
    actor, page = found_talk(request, talk_id)
    if page.talk.state is not TalkState.HELD:
        raise Http404
    now = clock.real_now()
    found = papers.minutes(actor, page.talk, page.series, now=now)
    return _file(papers.minutes_pdf(found, now=now), f"protokoll-{page.talk.starts_at:%Y-%m-%d}.pdf")


def _letters(
    request: HttpRequest, actor: Actor, drafts: list[UUID], *, page_talk: UUID, back: str
) -> HttpResponse:
    _actor, page = found_talk(request, page_talk)
    if not drafts:
        messages.info(
            request,
            _("Es gibt keinen Brief zu schreiben: Niemand ist gefragt, der noch nicht geantwortet hat."),
        )
        return redirect(back, page_talk)
    try:
        made = papers.letters_pdf(replace(actor, purpose=None), drafts, talk=page.talk, now=clock.real_now())
    except UnfitLetter:
        messages.error(
            request,
            _(
                "Eine Adresse passt nicht in das Fenster des Umschlags. Bitte prüfen Sie die Adressen in den Fällen."
            ),
        )
        return redirect(back, page_talk)
    return _file(made, f"briefe-einwilligung-{clock.real_now():%Y-%m-%d}.pdf")


def _file(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/pdf")
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=name) or ""
    )
    return answer
