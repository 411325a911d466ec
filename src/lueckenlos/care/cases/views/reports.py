"""The youth office's side of a report: what it may see, that it arrived, and the two answers of § 64 (4) SGB VIII."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lueckenlos.care.cases import page as pages
from lueckenlos.care.cases import selectors, services
from lueckenlos.care.cases.forms_protection import FeedbackForm
from lueckenlos.care.cases.types import ReportView
from lueckenlos.commons.accounts import work
from lueckenlos.commons.accounts.doors import at_work_only, worker
from lueckenlos.commons.directory import selectors as directory
from lueckenlos.commons.privacy import services as privacy
from lueckenlos.commons.privacy.errors import NotYours
from lueckenlos.commons.privacy.types import Ground, Purpose
from lueckenlos.core import clock
from lueckenlos.core.actor import Actor


@at_work_only
@require_safe
def report(request: HttpRequest, key: UUID) -> HttpResponse:
    """A report to one's own office, with everything that it opens; reading it leaves its trace."""
    actor, found = _received(request, key)
    now = clock.real_now()
    page = pages.case_page(actor, found.file, now=now)
    if page is None:
        raise Http404
    seen = {(line.record.about, line.record.category) for line in page.records}
    privacy.disclose(found.file, seen=seen, ground=Ground.PROTECTION, actor=actor, now=now)
    reporter = page.case.organization
    people = {found.recorded_by, *([found.second_person] if found.second_person else [])}
    shown = {
        "report": found,
        "page": page,
        "reporter": directory.organization_names([reporter]).get(reporter, ""),
        "phone": directory.organization_phones([reporter]).get(reporter, ""),
        "names": work.names_of(people),
    }
    return render(request, "cases/report.html", shown)


@at_work_only
@require_POST
def receive(request: HttpRequest, key: UUID) -> HttpResponse:
    """Confirm that the report arrived."""
    actor, found = _received(request, key)
    services.confirm_receipt(found.id, actor=actor, now=clock.real_now())
    messages.success(request, _("Bestätigt. Wer gemeldet hat, sieht das jetzt."))
    return redirect("cases:report", found.id)


@at_work_only
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, key: UUID) -> HttpResponse:
    """Give the two answers, where the law lets one give them; once, and never a word more."""
    actor, found = _received(request, key)
    if not found.may_be_answered:
        raise Http404
    if found.feedback is not None:
        return redirect("cases:report", found.id)
    form = FeedbackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.give_feedback(
                found.id,
                is_confirmed=form.answered("is_confirmed"),
                is_acting=form.answered("is_acting"),
                actor=actor,
                now=clock.real_now(),
            )
        except NotYours:
            messages.info(request, _("Diese Rückmeldung hat schon jemand gegeben."))
        else:
            messages.success(request, _("Die Rückmeldung ist gegeben."))
        return redirect("cases:report", found.id)
    return render(
        request, "cases/answer.html", {"report": found, "form": form}, status=422 if form.errors else 200
    )


def _received(request: HttpRequest, key: UUID) -> tuple[Actor, ReportView]:
    """A report to the office for which the person works; 404 for everybody else, also for who made it."""
    actor = worker(request, purpose=Purpose.PROTECTION.value)
    found = selectors.report(actor, key)
    if found is None or found.organization != actor.organization:
        raise Http404
    return actor, found
