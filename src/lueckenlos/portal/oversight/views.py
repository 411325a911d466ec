"""Data protection's desk: consents in numbers, disclosures without content, wishes with dates, log, erasing, documents."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lueckenlos.commons.accounts import work
from lueckenlos.commons.directory import selectors as directory
from lueckenlos.commons.privacy import selectors as privacy
from lueckenlos.commons.privacy import services
from lueckenlos.commons.privacy.errors import NotYours
from lueckenlos.commons.privacy.rights import RightOutcome
from lueckenlos.commons.privacy.types import CoverKind
from lueckenlos.core import audit, clock
from lueckenlos.core.actor import Role
from lueckenlos.core.context import acting_as
from lueckenlos.core.guards import actor_of, requires
from lueckenlos.portal.oversight import ledger_state
from lueckenlos.portal.oversight.forms import AnswerForm, SeenForm
from lueckenlos.portal.oversight.parts import Document, parts

officer = requires(Role.DATA_PROTECTION)
REPORT: Final = "retention_report"


@officer
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Everything at a glance; no name and no content of any family."""
    actor, now = actor_of(request), clock.real_now()
    titles = {text.code: text.title for text in privacy.texts(language="de")}
    covers = privacy.covers_running(actor, now=now)
    notices = privacy.notices(actor)[:20]
    names = work.names_of({cover.person for cover in covers} | {cover.granted_by for cover in covers})
    offices = directory.organization_names(
        {cover.organization for cover in covers}
        | {notice.organization for notice in notices}
        | {notice.recipient for notice in notices}
    )
    counts = privacy.consent_counts(actor, now=now)
    return render(
        request,
        "oversight/overview.html",
        {
            "counts": counts,
            "texts": [(titles.get(each.code, each.code), each) for each in counts.texts],
            "covers": [
                (
                    names.get(each.person, ""),
                    names.get(each.granted_by, ""),
                    offices.get(each.organization, ""),
                    each,
                )
                for each in covers
            ],
            "support": sum(cover.kind is CoverKind.SUPPORT for cover in covers),
            "notices": [
                (offices.get(each.organization, ""), offices.get(each.recipient, ""), each)
                for each in notices
            ],
            "rights": [right for right in privacy.rights(actor) if right.is_open],
            "verified": ledger_state.last(),
            "now": now,
        },
    )


@officer
@require_safe
def disclosures(request: HttpRequest) -> HttpResponse:
    """Who saw which kind of data when and on which ground, of all families, without saying of whom."""
    form = SeenForm(request.GET or None)
    given = form.cleaned_data if form.is_bound and form.is_valid() else {}
    number = given.get("page") or 1
    found = privacy.disclosures(actor_of(request), day=given.get("day"), page=number)
    offices = directory.organization_names({each.organization for each in found.rows})
    return render(
        request,
        "oversight/disclosures.html",
        {
            "form": form,
            "rows": [(offices.get(each.organization, ""), each) for each in found.rows],
            "number": number,
            "before": number - 1,
            "after": number + 1 if found.has_more else 0,
            "day": given.get("day"),
        },
        status=422 if form.errors else 200,
    )


@officer
@require_safe
def rights(request: HttpRequest) -> HttpResponse:
    """What people ask for their own data, with their days."""
    return render(
        request,
        "oversight/rights.html",
        {"rights": privacy.rights(actor_of(request)), "now": clock.real_now()},
    )


@officer
@require_http_methods(["GET", "HEAD", "POST"])
def right(request: HttpRequest, right: UUID) -> HttpResponse:
    """One wish and its answer."""
    actor, now = actor_of(request), clock.real_now()
    view = privacy.right(actor, right)
    if view is None:
        raise Http404
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.answer_right(
                view.id,
                outcome=RightOutcome(form.cleaned_data["outcome"]),
                text=form.cleaned_data["text"],
                actor=actor,
                now=now,
            )
            messages.success(request, _("Beantwortet. Die Person liest es auf ihrer Seite."))
        except NotYours:
            messages.warning(request, _("Da war jemand schneller. So steht es jetzt."))
        return redirect("oversight:rights")
    return render(
        request,
        "oversight/right.html",
        {"right": view, "form": form, "now": now},
        status=422 if form.errors else 200,
    )


@officer
@require_POST
def verify(request: HttpRequest) -> HttpResponse:
    """Read the audit chains from their start."""
    found = ledger_state.verify(now=clock.real_now())
    if found.holds:
        messages.success(
            request, _("Das Protokoll hält: %(entries)s Einträge gelesen.") % {"entries": found.entries}
        )
    else:
        messages.error(request, _("Das Protokoll ist gebrochen. Bitte sehen Sie unten nach, wo."))
    return redirect("oversight:overview")


@officer
@require_http_methods(["GET", "HEAD", "POST"])
def retention(request: HttpRequest) -> HttpResponse:
    """What would be erased now; then it goes, and a second look proves it."""
    now = clock.real_now()
    if request.method == "POST":
        with acting_as(actor_of(request)):
            audit.record("oversight.retention.run", subject="retention", chain=audit.COUNTY)
        done = [report.as_dict() for report in parts().erase_due(now)]
        request.session[REPORT] = done
        if sum(report["left"] for report in done):
            messages.error(
                request, _("Manches ist noch da, obwohl es weg sein sollte. Bitte der Verwaltung sagen.")
            )
        else:
            messages.success(request, _("Gelöscht und nachgesehen: Nichts Fälliges ist mehr da."))
        return redirect("oversight:retention")
    reports = parts().show_due(now)
    page: dict[str, Any] = {
        "reports": reports,
        "due": sum(report.due for report in reports),
        "done": request.session.pop(REPORT, None),
    }
    return render(request, "oversight/retention.html", page)


@officer
@require_safe
def documents(request: HttpRequest) -> HttpResponse:
    """The record of processing and the draft impact assessment, as the house is set up at this moment."""
    return render(request, "oversight/documents.html", {"documents": parts().documents(clock.real_now())})


@officer
@require_safe
def document(request: HttpRequest, key: str) -> HttpResponse:
    """One of them to read."""
    return render(request, "oversight/document.html", {"document": _document(key)})


@officer
@require_safe
def document_pdf(request: HttpRequest, key: str) -> HttpResponse:
    """The same on paper."""
    found = _document(key)
    headers = {"Content-Disposition": content_disposition_header(True, f"{found.key}.pdf") or ""}
    return HttpResponse(
        parts().as_pdf(found, clock.real_now()), content_type="application/pdf", headers=headers
    )


def _document(key: str) -> Document:
    found = next((each for each in parts().documents(clock.real_now()) if each.key == key), None)
    if found is None:
        raise Http404
    return found
