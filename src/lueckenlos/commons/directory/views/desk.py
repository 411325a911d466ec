"""A provider's desk: own entries, own proposals, reports, how to be reached."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lueckenlos.commons.directory import selectors, services
from lueckenlos.commons.directory.errors import AlreadyDecided
from lueckenlos.commons.directory.forms import AnswerForm, OrganizationForm
from lueckenlos.commons.directory.types import Freshness
from lueckenlos.commons.directory.wording import FRESHNESSES, INQUIRY_REASONS, PROPOSAL_STATES, STATUSES
from lueckenlos.core import clock
from lueckenlos.core.actor import Role
from lueckenlos.core.guards import actor_of, requires

SHOWN_DECISIONS = timedelta(days=60)


@requires(Role.PROVIDER)
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What a provider looks after, the most urgent first."""
    actor, today = actor_of(request), clock.today()
    entries = selectors.entries_of(actor, today=today)
    page = {
        "organizations": selectors.organizations_of(actor),
        "entries": entries,
        "waiting": sum(entry.freshness is not Freshness.FRESH for entry in entries),
        "proposals": selectors.proposals_of(actor, since=today - SHOWN_DECISIONS),
        "inquiries": selectors.inquiries_for(actor, today=today),
        "words": {
            "freshness": FRESHNESSES,
            "status": STATUSES,
            "proposal": PROPOSAL_STATES,
            "reason": INQUIRY_REASONS,
        },
    }
    return render(request, "directory/desk.html", page)


@requires(Role.PROVIDER, Role.COORDINATION)
@require_safe
def inquiries(request: HttpRequest) -> HttpResponse:
    """Reports that entries are no longer true."""
    actor = actor_of(request)
    page = {"inquiries": selectors.inquiries_for(actor, today=clock.today()), "reasons": INQUIRY_REASONS}
    return render(request, "directory/inquiries.html", page)


@requires(Role.PROVIDER, Role.COORDINATION)
@require_http_methods(["GET", "POST"])
def inquiry(request: HttpRequest, inquiry_id: UUID) -> HttpResponse:
    """One report and its answer."""
    actor = actor_of(request)
    report = selectors.inquiry_for(actor, inquiry_id, today=clock.today())
    if report is None:
        raise Http404
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer = form.cleaned_data["answer"]
        try:
            services.answer_inquiry(
                report.id, state=form.to_state(), answer=answer, actor=actor, now=clock.now()
            )
            messages.success(request, _("Danke. Der Hinweis ist beantwortet."))
        except AlreadyDecided:
            messages.info(request, _("Der Hinweis war schon beantwortet."))
        return redirect("directory:inquiries")
    page = {"inquiry": report, "form": form, "reasons": INQUIRY_REASONS}
    return render(request, "directory/inquiry.html", page, status=422 if form.errors else 200)


@requires(Role.PROVIDER, Role.COORDINATION)
@require_http_methods(["GET", "POST"])
def organization(request: HttpRequest, organization_id: UUID) -> HttpResponse:
    """How to reach an organization."""
    actor = actor_of(request)
    view = selectors.organization_for(actor, organization_id)
    if view is None:
        raise Http404
    form = OrganizationForm(request.POST or None, initial={"email": view.email, "website": view.website})
    if request.method == "POST" and form.is_valid():
        services.reach_organization(view.id, **form.cleaned_data, actor=actor, now=clock.now())
        messages.success(request, _("Gespeichert."))
        return redirect("directory:desk" if actor.has_role(Role.PROVIDER) else "directory:organizations")
    page = {"organization": view, "form": form}
    return render(request, "directory/organization.html", page, status=422 if form.errors else 200)
