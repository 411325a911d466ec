"""Koordination's desk for the directory: proposals, freshness, organizations."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lueckenlos.commons.directory import selectors, services
from lueckenlos.commons.directory.errors import AlreadyDecided, EditConflict
from lueckenlos.commons.directory.forms import DecisionForm, NewOrganizationForm, RenameForm
from lueckenlos.commons.directory.types import Freshness, ProposalState
from lueckenlos.commons.directory.wording import FRESHNESSES, ORGANIZATION_KINDS, PROPOSAL_STATES, STATUSES
from lueckenlos.core import clock
from lueckenlos.core.actor import Role
from lueckenlos.core.addresses import words_in
from lueckenlos.core.components import LinkItem
from lueckenlos.core.guards import actor_of, requires

PAGE = 50
coordination_only = requires(Role.COORDINATION)


@coordination_only
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Entries by freshness, the most urgent first, and what else waits."""
    actor, today = actor_of(request), clock.today()
    wanted = request.GET.get("stand", "")
    states = (
        [Freshness(wanted)]
        if wanted in set(Freshness)
        else [Freshness.NEVER, Freshness.OVERDUE, Freshness.DUE]
    )
    entries = selectors.entries_for_coordination(actor, states=states, today=today)
    count = selectors.freshness_count(today=today)
    tabs = [LinkItem(_("Zu prüfen"), "?", wanted == "", count.due + count.overdue + count.never)]
    tabs += [
        LinkItem(str(word), f"?stand={key}", wanted == key, getattr(count, str(key)))
        for key, word in FRESHNESSES.items()
    ]
    page = {
        "page": Paginator(entries, PAGE).get_page(request.GET.get("seite")),
        "tabs": tabs,
        "proposals": selectors.open_proposal_count(actor),
        "inquiries": selectors.inquiries_for(actor, today=today),
        "words": {"freshness": FRESHNESSES, "status": STATUSES},
    }
    return render(request, "directory/coordination.html", page)


@coordination_only
@require_safe
def proposals(request: HttpRequest) -> HttpResponse:
    """What providers have proposed, oldest first."""
    return render(
        request, "directory/proposals.html", {"proposals": selectors.open_proposals(actor_of(request))}
    )


@requires(Role.COORDINATION, Role.PROVIDER)
@require_http_methods(["GET", "POST"])
def proposal(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """One proposal with its differences; Koordination decides, the provider reads."""
    actor = actor_of(request)
    view = selectors.proposal(proposal_id, actor=actor)
    if view is None:
        raise Http404
    decides = actor.may(Role.COORDINATION) and view.state is ProposalState.OPEN
    form = DecisionForm(request.POST or None)
    if request.method == "POST":
        if not decides:
            raise Http404
        if form.is_valid() and _decide(request, view.id, form=form):
            return redirect("directory:proposals")
        view = selectors.proposal(proposal_id, actor=actor)
    page = {"proposal": view, "form": form, "decides": decides, "words": PROPOSAL_STATES}
    return render(request, "directory/proposal.html", page, status=422 if form.errors else 200)


@coordination_only
@require_safe
def organizations(request: HttpRequest) -> HttpResponse:
    """All providers: who is trusted, who can be reached, who became whom."""
    name = words_in(request.GET, "name", longest=100)
    lines = selectors.all_organizations(actor_of(request), name=name)
    page = Paginator(lines, PAGE).get_page(request.GET.get("seite"))
    shown = {"page": page, "name": name, "kinds": ORGANIZATION_KINDS, "form": NewOrganizationForm()}
    return render(request, "directory/organizations.html", shown)


@coordination_only
@require_http_methods(["GET", "POST"])
def new_organization(request: HttpRequest) -> HttpResponse:
    """A provider that is not there yet."""
    form = NewOrganizationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        services.add_organization(
            given["name"], kind=form.to_kind(), email=given["email"], actor=actor_of(request), now=clock.now()
        )
        messages.success(request, _("„%(name)s“ ist angelegt.") % {"name": given["name"]})
        return redirect("directory:organizations")
    return render(
        request, "directory/new_organization.html", {"form": form}, status=422 if form.errors else 200
    )


@coordination_only
@require_POST
def trust(request: HttpRequest, organization_id: UUID) -> HttpResponse:
    """Let an organization's edits appear at once, or wait again."""
    actor, now = actor_of(request), clock.now()
    view = selectors.organization_for(actor, organization_id)
    if view is None:
        raise Http404
    if request.POST.get("vertrauen") == "ja":
        services.trust_organization(view.id, actor=actor, now=now)
        messages.success(
            request, _("Änderungen von „%(name)s“ erscheinen ab jetzt sofort.") % {"name": view.name}
        )
    else:
        services.distrust_organization(view.id, actor=actor, now=now)
        messages.success(
            request, _("Änderungen von „%(name)s“ warten ab jetzt auf Sie.") % {"name": view.name}
        )
    return redirect("directory:organizations")


@coordination_only
@require_http_methods(["GET", "POST"])
def rename(request: HttpRequest, organization_id: UUID) -> HttpResponse:
    """A new name from a day on; history stays whole."""
    actor = actor_of(request)
    view = selectors.organization_for(actor, organization_id)
    if view is None:
        raise Http404
    form = RenameForm(request.POST or None, initial={"from_day": clock.today()})
    if request.method == "POST" and form.is_valid():
        services.rename_organization(view.id, **form.cleaned_data, actor=actor, now=clock.now())
        messages.success(request, _("Umbenannt. Die Angebote gehören jetzt zum neuen Namen."))
        return redirect("directory:organizations")
    page = {"organization": view, "form": form}
    return render(request, "directory/rename.html", page, status=422 if form.errors else 200)


def _decide(request: HttpRequest, proposal_id: UUID, *, form: DecisionForm) -> bool:
    given, actor, now = form.cleaned_data, actor_of(request), clock.now()
    try:
        if given["decision"] == "accept":
            seen = given["seen_version"] or 0
            services.accept_proposal(
                proposal_id, seen_version=seen, answer=given["answer"], actor=actor, now=now
            )
            messages.success(request, _("Übernommen. Familien sehen es jetzt."))
        else:
            services.reject_proposal(proposal_id, answer=given["answer"], actor=actor, now=now)
            messages.success(request, _("Nicht übernommen. Der Träger bekommt Ihre Antwort."))
    except EditConflict:
        messages.warning(
            request, _("Der Eintrag wurde eben geändert. Bitte sehen Sie die Unterschiede noch einmal an.")
        )
        return False
    except AlreadyDecided:
        messages.info(request, _("Der Vorschlag war schon entschieden."))
    return True
