"""The desk of those who belong to a centre: its page, its members."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lueckenlos.commons.accounts.doors import at_work
from lueckenlos.core import clock
from lueckenlos.core.actor import Actor
from lueckenlos.core.editing import saved
from lueckenlos.offers.centres import selectors, services
from lueckenlos.offers.centres.errors import (
    AlreadyThere,
    LeadStays,
    NoSuchCentre,
    NotAsked,
    NotMember,
    NotOffered,
)
from lueckenlos.offers.centres.forms.desk import AskForm, CentreForm, LeadForm
from lueckenlos.offers.centres.types import CentreView, MemberState, MemberView
from lueckenlos.offers.centres.wording import MEMBERS

at_desk = at_work(NoSuchCentre, NotAsked, NotOffered, LeadStays)


@at_desk
@require_safe
def home(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The centres of the organization, and those that ask it."""
    found = selectors.of_actor(actor)
    page = {
        "own": [(each, each.lead == actor.organization) for each in found if _belongs(each, actor)],
        "asked": [each for each in found if not _belongs(each, actor)],
        "offered": {each.id for each in found if each.offered_to == actor.organization},
    }
    return render(request, "centres/desk/home.html", page)


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Begin a centre that the organization leads."""
    form = CentreForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        key = services.found_centre(form.to_new(), actor=actor, now=clock.real_now())
        messages.success(request, _("Angelegt. Fragen Sie jetzt, wer dazugehören möchte."))
        return redirect("centres:manage", key)
    return render(request, "centres/desk/new.html", {"form": form}, status=422 if form.errors else 200)


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def manage(request: HttpRequest, actor: Actor, centre: UUID) -> HttpResponse:
    """One centre: who belongs to it, whom to ask, where to go on."""
    view = own_centre(actor, centre)
    leads = view.lead == actor.organization
    there = {each.organization for each in view.members if each.state is not MemberState.LEFT}
    form = AskForm(request.POST or None, there=there)
    if request.method == "POST":
        if not leads:
            raise Http404
        if form.is_valid() and _asked(request, actor, view, form):
            return redirect("centres:manage", view.id)
    page = {
        "view": view,
        "leads": leads,
        "form": form,
        "lead_form": LeadForm(members=_others(view), auto_id="leitung_%s")
        if leads and _others(view)
        else None,
        "offered_to": next((each.name for each in view.members if each.organization == view.offered_to), ""),
        "is_offered": view.offered_to is not None and view.offered_to == actor.organization,
        "members": [
            (each, MEMBERS[each.state]) for each in view.members if each.state is not MemberState.LEFT
        ],
    }
    return render(request, "centres/desk/centre.html", page, status=422 if form.errors else 200)


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, actor: Actor, centre: UUID) -> HttpResponse:
    """Change what stands on the page; nobody's work is lost."""
    view = own_centre(actor, centre)
    if view.lead != actor.organization:
        raise Http404
    form = CentreForm(request.POST or None, initial=CentreForm.initial_of(view))
    if saved(
        request,
        form,
        version=view.version,
        deed=lambda expected: services.change_centre(view.id, form.to_new(), expected=expected, actor=actor),
    ):
        messages.success(request, _("Gespeichert."))
        return redirect("centres:manage", view.id)
    page = {"form": form, "view": view}
    return render(request, "centres/desk/change.html", page, status=422 if form.errors else 200)


@at_desk
@require_POST
def part(request: HttpRequest, actor: Actor, centre: UUID, organization: UUID) -> HttpResponse:
    """Take somebody out, or take the question back."""
    services.part_from(own_centre(actor, centre).id, organization=organization, actor=actor)
    messages.success(request, _("Nicht mehr dabei. Die Stelle bekommt eine E-Mail."))
    return redirect("centres:manage", centre)


@at_desk
@require_POST
def answer(request: HttpRequest, actor: Actor, centre: UUID) -> HttpResponse:
    """Say yes or no for one's own organization, or leave."""
    if request.POST.get("tun") == "ja":
        services.join(centre, actor=actor, now=clock.real_now())
        messages.success(request, _("Willkommen. Ihre Angebote stehen jetzt auf der gemeinsamen Seite."))
        return redirect("centres:manage", centre)
    services.leave(centre, actor=actor)
    messages.success(request, _("Ihre Stelle ist nicht dabei. Die anderen Stellen erfahren es."))
    return redirect("centres:desk")


@at_desk
@require_POST
def lead(request: HttpRequest, actor: Actor, centre: UUID) -> HttpResponse:
    """Offer the lead or take the question back; or, for the member that is asked, say yes or no."""
    view, deed = own_centre(actor, centre), request.POST.get("tun", "")
    if deed == "anbieten":
        return _lead_offered(request, actor, view)
    if deed == "behalten":
        services.keep_lead(view.id, actor=actor)
        messages.success(request, _("Die Leitung bleibt bei Ihrer Stelle."))
    elif deed == "ja":
        services.take_lead(view.id, actor=actor)
        messages.success(request, _("Ihre Stelle leitet ab jetzt. Seite, Kalender und Plan gehen weiter."))
    elif deed == "nein":
        services.refuse_lead(view.id, actor=actor)
        messages.success(request, _("Die Leitung bleibt, wo sie ist."))
    else:
        raise Http404
    return redirect("centres:manage", view.id)


def own_centre(actor: Actor, key: UUID) -> CentreView:
    """A centre to which the actor's organization belongs; every other answers 404."""
    view = selectors.by_id(key)
    if view is None or not _belongs(view, actor):
        raise Http404
    return view


def _belongs(view: CentreView, actor: Actor) -> bool:
    member = view.member(actor.organization)
    return member is not None and member.is_in


def _lead_offered(request: HttpRequest, actor: Actor, view: CentreView) -> HttpResponse:
    form = LeadForm(request.POST, members=_others(view))
    if not form.is_valid():
        messages.error(request, _("Bitte wählen Sie eine Stelle, die dazugehört."))
        return redirect("centres:manage", view.id)
    try:
        services.offer_lead(view.id, organization=form.cleaned_data["organization"], actor=actor)
    except NotMember:
        messages.error(request, _("Diese Stelle gehört nicht mehr dazu. Bitte wählen Sie eine andere."))
    else:
        messages.success(request, _("Gefragt. Bis die Stelle Ja sagt, leitet Ihre Stelle weiter."))
    return redirect("centres:manage", view.id)


def _others(view: CentreView) -> list[MemberView]:
    """The members that could lead instead."""
    return [each for each in view.joined if each.organization != view.lead]


def _asked(request: HttpRequest, actor: Actor, view: CentreView, form: AskForm) -> bool:
    try:
        services.ask(view.id, organization=form.cleaned_data["organization"], actor=actor)
    except AlreadyThere:
        form.add_error("organization", _("Diese Stelle gehört schon dazu oder ist schon gefragt."))
        return False
    messages.success(request, _("Gefragt. Sobald die Stelle antwortet, bekommen Sie eine E-Mail."))
    return True
