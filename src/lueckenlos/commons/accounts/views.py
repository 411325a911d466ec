"""Pages of one's own access, and of those who give roles."""

from datetime import timedelta
from typing import cast
from uuid import UUID

from allauth.account.internal.flows.login import get_authentication_records
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lueckenlos.commons.accounts import selectors, services
from lueckenlos.commons.accounts.errors import LastAdministration
from lueckenlos.commons.accounts.forms import EndForm, GrantForm, InvitationForm
from lueckenlos.commons.accounts.types import GrantView, PersonView
from lueckenlos.core import clock
from lueckenlos.core.actor import Actor, Role
from lueckenlos.core.addresses import words_in
from lueckenlos.core.guards import actor_of, requires, signed_in

PAGE = 50
ONE_DAY = timedelta(days=1)
administration_only = requires(Role.ADMINISTRATION)


@signed_in
@require_safe
def second_factor(request: HttpRequest) -> HttpResponse:
    """Ask kindly for a second factor, and offer both ways."""
    if not request.lacks_second_factor:  # type: ignore[attr-defined]
        return redirect("portal:desk")
    records = get_authentication_records(request, request.user)
    return render(
        request, "accounts/second_factor.html", {"came_by": records[-1]["method"] if records else ""}
    )


@signed_in
@require_POST
def end_session(request: HttpRequest, session_id: int) -> HttpResponse:
    """End one of one's own sessions."""
    if not services.end_session(cast("UUID", actor_of(request).person_id), session_id=session_id):
        raise Http404
    messages.success(request, _("Dieses Gerät ist abgemeldet."))
    return redirect("usersessions_list")


@administration_only
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Everybody with an account and their roles."""
    actor, text = _administration(request), words_in(request.GET, "name", longest=120)
    found = selectors.people(actor, text=text, today=clock.today())
    page = Paginator(found, PAGE).get_page(request.GET.get("seite"))
    return render(request, "accounts/people.html", {"page": page, "text": text})


@administration_only
@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Invite a person by mail into a role."""
    actor = _administration(request)
    form = InvitationForm(request.POST or None, scopes=selectors.scope_choices(), today=clock.today())
    if request.method == "POST" and form.is_valid():
        invitation = form.to_invitation()
        address = invitation.email.lower()
        there = selectors.people(actor, text=address, today=clock.today())
        known = next((each for each in there if each.email == address), None)
        person_id = services.invite(invitation, by=actor)
        messages.success(request, _("Die Einladung ist unterwegs."))
        if known is not None:
            # A slip in the address gives a role to somebody else: the name that stands there shows it.
            told = _("Unter dieser Adresse gibt es schon einen Zugang: %(name)s. Dort steht jetzt die Rolle.")
            messages.warning(request, told % {"name": known.name})
        return redirect("accounts:person", person_id)
    return render(request, "accounts/invite.html", {"form": form}, status=422 if form.errors else 200)


@administration_only
@require_http_methods(["GET", "POST"])
def person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """One person: roles that hold, roles that ended, and a form for one more."""
    actor, today = _administration(request), clock.today()
    view = _person(actor, person_id)
    form = GrantForm(request.POST or None, scopes=selectors.scope_choices(), today=today)
    if request.method == "POST" and form.is_valid():
        services.grant_role(view.id, grant=form.to_grant(), ends_on=form.cleaned_data["ends_on"], by=actor)
        messages.success(request, _("Die Rolle ist vergeben."))
        return redirect("accounts:person", view.id)
    page = {"person": view, "form": form, "today": today}
    return render(request, "accounts/person.html", page, status=422 if form.errors else 200)


@administration_only
@require_POST
def end_grant(request: HttpRequest, person_id: UUID, grant_id: int) -> HttpResponse:
    """Let a role end on a day, or at once."""
    actor = _administration(request)
    held = _grant(_person(actor, person_id), grant_id)
    form = EndForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Bitte geben Sie einen Tag an, zum Beispiel 31.12.2026."))
        return redirect("accounts:person", person_id)
    # Somebody's last day lasts until midnight; "at once" is therefore yesterday.
    last_day = form.cleaned_data["last_day"] or clock.today() - ONE_DAY
    try:
        services.end_grant(person_id, grant=held.grant, last_day=last_day, by=actor)
    except LastAdministration:
        messages.error(
            request,
            _("Das ist die letzte Verwaltung des Hauses. Vergeben Sie die Rolle zuerst an jemand anderen."),
        )
    else:
        messages.success(request, _("Das Ende der Rolle ist eingetragen."))
    return redirect("accounts:person", person_id)


@administration_only
@require_POST
def reset_second_factor(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Help somebody who lost phone and recovery codes."""
    actor = _administration(request)
    services.reset_second_factor(_person(actor, person_id).id, by=actor)
    messages.success(
        request, _("Der zweite Faktor ist zurückgesetzt. Beim nächsten Anmelden wird ein neuer eingerichtet.")
    )
    return redirect("accounts:person", person_id)


def _administration(request: HttpRequest) -> Actor:
    """The actor, if they administer the whole county; a smaller scope gives nobody roles."""
    actor = actor_of(request)
    if not actor.may(Role.ADMINISTRATION):
        raise Http404
    return actor


def _person(actor: Actor, person_id: UUID) -> PersonView:
    view = selectors.person(actor, person_id, today=clock.today())
    if view is None:
        raise Http404
    return view


def _grant(view: PersonView, grant_id: int) -> GrantView:
    for each in view.grants:
        if each.id == grant_id:
            return each
    raise Http404
