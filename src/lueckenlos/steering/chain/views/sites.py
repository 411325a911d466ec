"""The choice of a site: out of a ranking into a dated document that a committee can decide on."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lueckenlos.commons.places import selectors as places
from lueckenlos.core import clock, printing
from lueckenlos.core.actor import Role
from lueckenlos.core.guards import actor_of, requires
from lueckenlos.core.locking import StaleVersion
from lueckenlos.steering.chain.forms.analysis import AnalysisForm
from lueckenlos.steering.chain.forms.sites import DecideForm, SiteForm
from lueckenlos.steering.chain.out.papers import site_data
from lueckenlos.steering.chain.selectors import sites as selectors
from lueckenlos.steering.chain.selectors.analysis import analyse, indicator_cards
from lueckenlos.steering.chain.services.sites import (
    AlreadyDecided,
    NotComplete,
    begin_site,
    decide_site,
    edit_site,
    throw_away_site,
)
from lueckenlos.steering.chain.social_types import Analysis, SiteDocument
from lueckenlos.steering.chain.social_wording import LACKS, LEFT_OUT
from lueckenlos.steering.chain.types import SiteState
from lueckenlos.steering.chain.views.analysis import pictures_of
from lueckenlos.steering.chain.views.out import PRINTED, as_file
from lueckenlos.steering.chain.views.shell import PLANNERS
from lueckenlos.steering.chain.views.social import show_social
from lueckenlos.steering.chain.wording import SITE_STATES

TAB = "chain:sites"
writes = requires(Role.COORDINATION)


@requires(*PLANNERS)
@require_safe
def sites(request: HttpRequest) -> HttpResponse:
    """Every choice, drafts first."""
    lines = [(line, SITE_STATES[line.state]) for line in selectors.sites()]
    drafts = sum(line.state is SiteState.DRAFT for line, _words in lines)
    context = {"lines": lines, "drafts": drafts, "decided": len(lines) - drafts}
    return show_social(request, "chain/sites.html", context, tab=TAB)


@writes
@require_http_methods(["GET", "HEAD", "POST"])
def site_new(request: HttpRequest) -> HttpResponse:
    """Begin a choice out of the ranking that the address names."""
    found = _ranking(request)
    if found is None:
        messages.info(request, _("Zuerst braucht es eine Rangfolge. Bitte wählen Sie Indikatoren."))
        return redirect("chain:analysis")
    form = SiteForm(request.POST or None, lines=found.lines)
    if request.method == "POST" and form.is_valid():
        id_ = begin_site(form.to_values(), analysis=found, actor=actor_of(request), now=clock.now())
        messages.success(request, _("Der Entwurf ist gespeichert, mit der Rangfolge von heute."))
        return redirect("chain:site", id_=id_)
    context = {"form": form, "found": found, "back": f"{reverse('chain:analysis')}?{found.wish.query}"}
    return show_social(request, "chain/site_form.html", context, tab=TAB, status=422 if form.errors else 200)


@requires(*PLANNERS)
@require_safe
def site(request: HttpRequest, id_: UUID) -> HttpResponse:
    """The document, to read and to print."""
    return _page(request, _document(id_))


@requires(*PLANNERS)
@require_safe
def site_paper(request: HttpRequest, id_: UUID) -> HttpResponse:
    """The same as PDF for the committee."""
    document = _document(id_)
    made = printing.pdf(PRINTED / "site.typ", site_data(document), now=clock.now())
    return as_file(made, "application/pdf", name=f"{slugify(document.title) or 'standort'}.pdf")


@writes
@require_http_methods(["GET", "HEAD", "POST"])
def site_edit(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Write a draft on; whoever comes second sees what the first wrote, and loses nothing."""
    document = _document(id_)
    if document.is_decided:
        return _fixed(request, id_)
    lines, version = document.analysis.lines, document.version
    form = SiteForm(request.POST or None, lines=lines, values=document.values, version=version)
    theirs = None
    if request.method == "POST" and form.is_valid():
        try:
            edit_site(
                id_,
                form.to_values(),
                expected=form.cleaned_data["version"] or 0,
                actor=actor_of(request),
            )
        except StaleVersion as stale:
            theirs = document
            form = SiteForm(_with_version(request, stale.current), lines=lines)
            form.is_valid()
        except AlreadyDecided:
            return _fixed(request, id_)
        else:
            messages.success(request, _("Gespeichert."))
            return redirect("chain:site", id_=id_)
    context = {
        "form": form,
        "found": document.analysis,
        "document": document,
        "theirs": theirs,
        "back": reverse("chain:site", args=[id_]),
    }
    status = 409 if theirs else 422 if form.errors else 200
    return show_social(request, "chain/site_form.html", context, tab=TAB, status=status)


@writes
@require_POST
def site_decide(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Fix the document as decided on a day."""
    document = _document(id_)
    form = DecideForm(request.POST)
    if not form.is_valid():
        return _page(request, document, decide=form, status=422)
    on: date = form.cleaned_data["on"]
    if on > clock.today():
        form.add_error("on", _("Der Tag liegt in der Zukunft. Entschieden wird erst, wenn entschieden ist."))
        return _page(request, document, decide=form, status=422)
    try:
        decide_site(id_, on=on, expected=form.cleaned_data["version"], actor=actor_of(request))
    except StaleVersion:
        messages.warning(
            request, _("Inzwischen hat jemand anderes den Entwurf geändert. Bitte lesen Sie ihn noch einmal.")
        )
    except NotComplete:
        messages.warning(request, _("Zum Entscheiden fehlt noch etwas; es steht unten."))
    except AlreadyDecided:
        return _fixed(request, id_)
    else:
        messages.success(request, _("Entschieden. Das Dokument ändert sich nicht mehr."))
    return redirect("chain:site", id_=id_)


@writes
@require_POST
def site_drop(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Throw a draft away."""
    document = _document(id_)
    try:
        throw_away_site(id_, actor=actor_of(request))
    except AlreadyDecided:
        return _fixed(request, id_)
    messages.success(request, _("Der Entwurf „%(title)s“ ist verworfen.") % {"title": document.title})
    return redirect("chain:sites")


def _page(
    request: HttpRequest, document: SiteDocument, *, decide: DecideForm | None = None, status: int = 200
) -> HttpResponse:
    first = {"on": clock.today(), "version": document.version}
    context: dict[str, Any] = {
        "document": document,
        "state": SITE_STATES[document.state],
        "lacks": [LACKS[lack] for lack in document.lacks],
        "decide": decide or DecideForm(initial=first),
        "left_out": [(label, LEFT_OUT[why]) for label, why in document.analysis.left_out],
        **pictures_of(document.analysis),
        "tables_state": "open",
    }
    return show_social(request, "chain/site.html", context, tab=TAB, status=status)


def _ranking(request: HttpRequest) -> Analysis | None:
    cards = indicator_cards(this_year=clock.today().year)
    form = AnalysisForm(request.GET, cards=cards, areas=max(len(places.municipalities()), 1))
    found = analyse(form.to_wish()) if form.is_valid() else None
    return found if found is not None and found.lines else None


def _document(id_: UUID) -> SiteDocument:
    found = selectors.site(id_)
    if found is None:
        raise Http404
    return found


def _fixed(request: HttpRequest, id_: UUID) -> HttpResponse:
    messages.info(request, _("Dieses Dokument ist entschieden und ändert sich nicht mehr."))
    return redirect("chain:site", id_=id_)


def _with_version(request: HttpRequest, version: int) -> Any:
    given = request.POST.copy()
    given["version"] = str(version)
    return given
