"""Agreeing, as the professional sees it: who agreed to what, who still has to, and asking somebody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lueckenlos.care.cases import consents as pages
from lueckenlos.care.cases.consent_forms import YEAR, OfficeChoice, ScopesForm, WhatForm, end_of
from lueckenlos.care.cases.consent_ways import ways_of
from lueckenlos.care.cases.consents import ConsentsPage, consents_page
from lueckenlos.commons.accounts.doors import at_work_only, worker
from lueckenlos.commons.directory import selectors as directory
from lueckenlos.commons.privacy import agreeing, services
from lueckenlos.commons.privacy import selectors as privacy
from lueckenlos.commons.privacy.errors import EmptyConsent, NotYours, Unfit
from lueckenlos.commons.privacy.types import DraftView, TextView
from lueckenlos.commons.privacy.wording import refusal
from lueckenlos.core import clock
from lueckenlos.core.actor import Actor

# A sheet of paper may come back late; the code in a letter opens for a shorter time.
DRAFT_LASTS: Final = timedelta(days=60)


def found_consents(request: HttpRequest, file: UUID) -> tuple[Actor, ConsentsPage]:
    """The consents of a case for who has it as their task; 404 for everybody else, whether it exists or not."""
    actor = worker(request)
    page = consents_page(actor, file, now=clock.real_now())
    if page is None:
        raise Http404
    return actor, page


def found_draft(request: HttpRequest, file: UUID, draft: UUID) -> tuple[Actor, ConsentsPage, DraftView]:
    """One question of a case."""
    actor, page = found_consents(request, file)
    found = next((line.draft for line in page.drafts if line.draft.id == draft), None)
    if found is None:
        raise Http404
    return actor, page, found


@at_work_only
@require_safe
def consents(request: HttpRequest, file: UUID) -> HttpResponse:
    """Who may know what, by whose word, and who is still to be asked."""
    _actor, page = found_consents(request, file)
    return render(request, "cases/consents.html", {"page": page})


@at_work_only
@require_safe
def by_draft(request: HttpRequest, draft: UUID) -> HttpResponse:
    """From a task to the question it is about."""
    view = privacy.draft(worker(request), draft)
    if view is None:
        raise Http404
    return redirect("cases:consent_draft", view.file, view.id)


@at_work_only
@require_safe
def what(request: HttpRequest, file: UUID) -> HttpResponse:
    """First step: on which text, about whom, which offices."""
    actor, page = found_consents(request, file)
    form = _what_form(request, page, actor=actor)
    if request.GET and form.is_valid():
        return _scopes_page(request, page, form=form)
    return render(
        request,
        "cases/consent_what.html",
        {"page": page, "form": form, "names": sorted(form.known)},
        status=422 if request.GET and form.errors else 200,
    )


@at_work_only
@require_POST
def ask(request: HttpRequest, file: UUID) -> HttpResponse:
    """Second step: what each office may know, whom to ask, until when."""
    actor, page = found_consents(request, file)
    what_form = _what_form(request, page, actor=actor)
    if not what_form.is_valid():
        return redirect("cases:consent_what", file)
    form = _scopes_form(request, page, what=what_form)
    if not form.is_valid():
        return _scopes_page(request, page, form=what_form, scopes=form)
    now = clock.real_now()
    subject = UUID(what_form.cleaned_data["about"])
    asked = [who for who in form.to_asked if not _is_there(page, form, who=who, subject=subject, now=now)]
    if not asked:
        form.add_error(None, refusal("consent_is_there"))
        return _scopes_page(request, page, form=what_form, scopes=form)
    try:
        drafts = [_ask(page, form, who=who, subject=subject, actor=actor, now=now) for who in asked]
    except (EmptyConsent, Unfit) as error:
        form.add_error(None, refusal(error.name))
        return _scopes_page(request, page, form=what_form, scopes=form)
    except NotYours as error:
        raise Http404 from error
    messages.success(request, _("Die Frage steht bereit. Wählen Sie jetzt, auf welchem Weg."))
    return (
        redirect("cases:consent_draft", file, drafts[0])
        if len(drafts) == 1
        else redirect("cases:consents", file)
    )


@at_work_only
@require_safe
def draft(request: HttpRequest, file: UUID, draft: UUID) -> HttpResponse:
    """One question with every way to ask it."""
    actor, page, view = found_draft(request, file, draft)
    return draft_page(request, actor=actor, page=page, view=view)


@at_work_only
@require_http_methods(["POST"])
def revoke(request: HttpRequest, file: UUID, draft: UUID) -> HttpResponse:
    """Take a question back; its link opens nothing any more."""
    actor, _page, view = found_draft(request, file, draft)
    try:
        services.revoke_draft(view.id, actor=actor)
        messages.success(request, _("Die Frage ist zurückgenommen."))
    except NotYours:
        messages.warning(request, _("Da war jemand schneller: Es gibt schon eine Antwort."))
    return redirect("cases:consents", file)


def draft_page(
    request: HttpRequest,
    *,
    actor: Actor,
    page: ConsentsPage,
    view: DraftView,
    status: int = 200,
    **bound: object,
) -> HttpResponse:
    """The page of one question, with whatever form was filled in."""
    now = clock.real_now()
    line = next(each for each in page.drafts if each.draft.id == view.id)
    return render(
        request,
        "cases/consent_draft.html",
        {
            "page": page,
            "line": line,
            "draft": view,
            "picture": pages.foreseen(page, view, now=now),
            "missing": [
                name
                for name in pages.missing_names(page, view.subject, view.scopes, now=now)
                if name != line.who
            ],
            "ways": ways_of(actor, view),
            "groups": pages.groups_of(view.scopes),
            **bound,
        },
        status=status,
    )


def _what_form(request: HttpRequest, page: ConsentsPage, *, actor: Actor) -> WhatForm:
    known = {
        each.name: each.id for each in directory.own_organizations() if each.id != page.case.organization
    }
    subjects = [(str(line.party.person), line.name) for line in page.people if line.party.is_subject]
    return WhatForm(
        request.GET or None,
        texts=pages.consent_texts(),
        people=subjects,
        usual=pages.usual_offices(page, actor, now=clock.real_now()),
        known=known,
    )


def _text(code: str) -> TextView:
    return next(text for text in pages.consent_texts() if text.code == code)


def _scopes_form(request: HttpRequest, page: ConsentsPage, *, what: WhatForm) -> ScopesForm:
    now = clock.real_now()
    subject = UUID(what.cleaned_data["about"])
    people = pages.who_can_be_asked(page, subject, now=now)
    return ScopesForm(
        request.POST or None,
        text=_text(what.cleaned_data["text"]),
        offices=_offices(what.cleaned_data["organizations"]),
        asked=[(str(line.party.person), f"{line.name} ({line.role})") for line in people],
        now=now,
        initial={"valid_until": clock.day_of(now + YEAR - timedelta(days=1))},
    )


def _offices(organizations: Sequence[UUID]) -> list[OfficeChoice]:
    names = directory.organization_names(organizations)
    return sorted((OfficeChoice(key, name) for key, name in names.items()), key=lambda each: each.name)


def _scopes_page(
    request: HttpRequest, page: ConsentsPage, *, form: WhatForm, scopes: ScopesForm | None = None
) -> HttpResponse:
    """The second step; an office that the text does not name, or a child whose custody nobody knows, is told here."""
    text = _text(form.cleaned_data["text"])
    kinds = directory.organization_kinds(form.cleaned_data["organizations"])
    names = directory.organization_names(form.cleaned_data["organizations"])
    outside = sorted(
        name for key, name in names.items() if key in kinds and kinds[key].value not in text.recipient_kinds
    )
    closed = sorted(name for key, name in names.items() if key not in kinds)
    subject = UUID(form.cleaned_data["about"])
    shown = scopes or _scopes_form(request, page, what=form)
    return render(
        request,
        "cases/consent_scopes.html",
        {
            "page": page,
            "form": shown,
            "text": text,
            "about": page.names.get(subject, ""),
            "outside": outside,
            "closed": closed,
            "nobody": not pages.who_can_be_asked(page, subject, now=clock.real_now()),
            "query": request.GET.urlencode(),
        },
        status=422 if shown.errors or outside or closed else 200,
    )


def _is_there(page: ConsentsPage, form: ScopesForm, *, who: UUID, subject: UUID, now: datetime) -> bool:
    return agreeing.already_given(
        page.facts,
        subject,
        given_by=who,
        scopes=form.to_scopes(),
        until=end_of(form.cleaned_data["valid_until"]),
        at=now,
    )


def _ask(
    page: ConsentsPage, form: ScopesForm, *, who: UUID, subject: UUID, actor: Actor, now: datetime
) -> UUID:
    return services.ask_for_consent(
        page.case.file,
        new=services.NewDraft(
            text=form.text.id,
            asked=who,
            asked_label=page.names.get(who, "")[:120],
            subject=subject,
            subject_label=page.names.get(subject, "")[:120],
            scopes=form.to_scopes(),
            valid_until=end_of(form.cleaned_data["valid_until"]),
            end_named=form.cleaned_data["end_named"],
            expires_at=now + DRAFT_LASTS,
        ),
        actor=actor,
        now=now,
    )
