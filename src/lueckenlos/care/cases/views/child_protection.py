"""Worried about a child: the number in danger, one's adviser's number, and advice with a pseudonym."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lueckenlos.care.advisers import selectors as advisers
from lueckenlos.care.advisers.types import AdviserView, Reach
from lueckenlos.care.cases import calendar, selectors, services
from lueckenlos.care.cases.forms_protection import AdviceForm
from lueckenlos.care.cases.services.advice import ADVICE, ASSESSMENT, reads_requests
from lueckenlos.care.cases.views.first import first_question, open_to
from lueckenlos.commons.accounts import work
from lueckenlos.commons.accounts.doors import at_work_only, worker
from lueckenlos.commons.directory import selectors as directory
from lueckenlos.commons.places import selectors as places
from lueckenlos.core import clock
from lueckenlos.core.actor import Actor
from lueckenlos.core.guards import actor_of
from lueckenlos.kernels.crisis import CrisisKind
from lueckenlos.kernels.pathways import Pathway
from lueckenlos.offers.finder import crisis

DANGER = (CrisisKind.DANGER_NOW,)


@at_work_only
@require_safe
def child_protection(request: HttpRequest) -> HttpResponse:
    """Who answers now, what the law asks of whom, and one's own cases of advice."""
    actor, now = worker(request), clock.real_now()
    reach = _reach(actor, now=now)
    shown = {
        "crisis": crisis.help_for(DANGER, language="de", now=now),
        "offices": places.youth_offices(),
        "reach": reach,
        "is_reachable": reach is not None and reach.on_the_phone.answers(today=clock.day_of(now)),
        "advice": open_to(actor, ADVICE),
        "assessment": open_to(actor, ASSESSMENT),
        "cases": [case for case in selectors.cases(actor) if case.pathway in {ADVICE, ASSESSMENT}],
        "meetings": advisers.meetings_for(actor.organization, now=now) if actor.organization else [],
        "keeps": bool(advisers.organizations_kept(actor_of(request), now=now)),
        "own": advisers.own(actor),
        "now": now,
    }
    return render(request, "cases/child_protection.html", shown)


@at_work_only
@require_http_methods(["GET", "HEAD", "POST"])
def advice(request: HttpRequest) -> HttpResponse:
    """Begin advice with a pseudonym: first the danger, then the question without a name, then the call."""
    actor, now = worker(request), clock.real_now()
    pathway = open_to(actor, ADVICE)
    if pathway is None:
        raise Http404
    asked = first_question(request, pathway, now=now)
    if asked is not None:
        return asked
    reach = _reach(actor, now=now)
    adviser = reach.on_the_phone if reach else None
    form = AdviceForm(
        request.POST or None,
        kind=pathway.record_kinds[0],
        asks_back=_call_back(adviser, pathway=pathway, now=now),
        initial={"phone": _own_phone(actor)},
    )
    if request.method == "POST" and form.is_valid():
        units = work.my_units(actor, now=now)
        new = form.to_advice(unit=units[0].id if units else None)
        opened = services.begin_advice(new, adviser=adviser, actor=actor, now=now)
        messages.success(request, _begun(opened.pseudonym, adviser=adviser, called=bool(new.phone)))
        return redirect("cases:case", opened.file)
    shown = {"pathway": pathway, "form": form, "reach": reach}
    return render(request, "cases/advice.html", shown, status=422 if form.errors else 200)


def _reach(actor: Actor, *, now: datetime) -> Reach | None:
    return advisers.reach(actor.organization, today=clock.day_of(now)) if actor.organization else None


def _call_back(adviser: AdviserView | None, *, pathway: Pathway, now: datetime) -> str:
    """What one is promised who wants to be called; empty where nobody would read the request."""
    if reads_requests(adviser) is None:
        return ""
    told = calendar.promises(pathway, now=now)
    return " ".join([_("Bitte rufen Sie uns zurück."), *told])


def _own_phone(actor: Actor) -> str:
    if actor.organization is None:
        return ""
    return directory.organization_phones([actor.organization]).get(actor.organization, "")


def _begun(pseudonym: str, *, adviser: AdviserView | None, called: bool) -> str:
    if called:
        return _("Die Beratung ist um Rückruf gebeten. Sie fragt nach „%(name)s“.") % {"name": pseudonym}
    if adviser is not None:
        return _("Bitte rufen Sie an: %(who)s, %(phone)s. Das Kind heißt am Telefon „%(name)s“.") % {
            "who": adviser.name,
            "phone": adviser.phone,
            "name": pseudonym,
        }
    return _("Das Kind heißt in der Beratung „%(name)s“.") % {"name": pseudonym}
