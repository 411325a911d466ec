"""The register: whose certificate was seen, whom to ask again, whose activity is over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lueckenlos.commons.accounts import work
from lueckenlos.commons.certificates import selectors, services
from lueckenlos.commons.certificates.errors import HasEnded
from lueckenlos.commons.certificates.forms import EndForm, LookForm, NewCertificateForm
from lueckenlos.commons.certificates.types import CertificateView
from lueckenlos.core import clock
from lueckenlos.core.actor import Actor, Role
from lueckenlos.core.guards import actor_of, requires
from lueckenlos.core.locking import StaleVersion

keepers = requires(Role.PROFESSIONAL, Role.COORDINATION)


@keepers
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """All entries of the organization, those to look at again first."""
    actor = _actor(request)
    page = {
        "register": selectors.register(actor, today=clock.real_today()),
        "keeps": services.keeps(actor, actor.organization),
    }
    return render(request, "certificates/register.html", page)


@keepers
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Note that a certificate was seen."""
    actor = _actor(request)
    if not services.keeps(actor, actor.organization):
        raise Http404
    form = NewCertificateForm(request.POST or None, today=clock.real_today())
    if request.method == "POST" and form.is_valid():
        seen = form.to_certificate(organization=actor.organization)
        services.record_seen(seen, by=actor, now=clock.real_now())
        messages.success(request, _("Eingetragen. Das Zeugnis selbst geben Sie bitte zurück."))
        return redirect("certificates:register")
    return render(request, "certificates/new.html", {"form": form}, status=422 if form.errors else 200)


@keepers
@require_safe
def certificate(request: HttpRequest, certificate_id: UUID) -> HttpResponse:
    """One entry and all that can be done with it."""
    return _page(request, _found(_actor(request), certificate_id))


@keepers
@require_POST
def look_again(request: HttpRequest, certificate_id: UUID) -> HttpResponse:
    """Note that a new certificate was seen."""
    actor = _actor(request)
    view = _found(actor, certificate_id)
    form = LookForm(request.POST, today=clock.real_today())
    if not form.is_valid():
        return _page(request, view, status=422, look_form=form)

    def write() -> None:
        services.look_again(
            view.id, look=form.to_look(), by=actor, now=clock.real_now(), expected=form.expected
        )

    return _written(request, view, write=write, told=_("Das neue Führungszeugnis ist eingetragen."))


@keepers
@require_POST
def end(request: HttpRequest, certificate_id: UUID) -> HttpResponse:
    """Note the last day of the activity."""
    actor = _actor(request)
    view = _found(actor, certificate_id)
    form = EndForm(request.POST, certificate=view, today=clock.real_today())
    if not form.is_valid():
        return _page(request, view, status=422, end_form=form)

    def write() -> None:
        day = form.cleaned_data["last_day"]
        services.end(view.id, last_day=day, by=actor, now=clock.real_now(), expected=form.expected)

    told = _("Das Ende ist eingetragen. Drei Monate danach wird der Eintrag gelöscht.")
    return _written(request, view, write=write, told=told)


@keepers
@require_POST
def did_not_start(request: HttpRequest, certificate_id: UUID) -> HttpResponse:
    """Erase the entry of somebody who did not begin."""
    actor = _actor(request)
    view = _found(actor, certificate_id)

    def write() -> None:
        services.did_not_start(view.id, by=actor, now=clock.real_now())

    return _written(request, view, write=write, told=_("Der Eintrag ist gelöscht."))


def _actor(request: HttpRequest) -> Actor:
    """Whoever asks, acting for the organization that was chosen, else for the first that they serve."""
    actor = actor_of(request)
    return work.at_work(actor, organization=actor.organization, purpose=actor.purpose)


def _found(actor: Actor, certificate_id: UUID) -> CertificateView:
    view = selectors.certificate(actor, certificate_id, today=clock.real_today())
    if view is None:
        raise Http404
    return view


def _page(request: HttpRequest, view: CertificateView, *, status: int = 200, **bound: Any) -> HttpResponse:
    today = clock.real_today()
    page = {
        "certificate": view,
        "look_form": LookForm(today=today, version=view.version),
        "end_form": EndForm(certificate=view, today=today),
    }
    return render(request, "certificates/certificate.html", {**page, **bound}, status=status)


def _written(
    request: HttpRequest, view: CertificateView, *, write: Callable[[], None], told: str
) -> HttpResponse:
    """Do it and say so; where a colleague was faster, show how it stands."""
    try:
        write()
    except (StaleVersion, HasEnded):
        messages.warning(request, _("Jemand hat den Eintrag inzwischen geändert. So steht er jetzt."))
        return redirect("certificates:certificate", view.id)
    messages.success(request, told)
    return redirect("certificates:register")
