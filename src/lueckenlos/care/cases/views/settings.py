"""Which pathways a county works with, and how much of each stands here."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lueckenlos.care.cases import services
from lueckenlos.care.cases.selectors import pathways as ways
from lueckenlos.core.actor import Role
from lueckenlos.core.guards import actor_of, requires

for_administration = requires(Role.ADMINISTRATION)


@for_administration
@require_http_methods(["GET", "HEAD", "POST"])
def pathways(request: HttpRequest) -> HttpResponse:
    """Every pathway with its version: on or off for new cases, whole or only what crosses a seam."""
    actor = actor_of(request)
    if not actor.may(Role.ADMINISTRATION):
        raise Http404
    found = ways.all_newest()
    if request.method != "POST":
        return render(request, "cases/pathways.html", {"pathways": found})
    key, deed = request.POST.get("weg", ""), request.POST.get("was", "")
    if key not in {row.key for row, _pathway in found}:
        raise Http404
    deeds = {
        "ein": lambda: services.switch(key, on=True, actor=actor),
        "aus": lambda: services.switch(key, on=False, actor=actor),
        "naht": lambda: services.hold_seam_only(key, only=True, actor=actor),
        "ganz": lambda: services.hold_seam_only(key, only=False, actor=actor),
    }
    if deed in deeds:
        deeds[deed]()
        messages.success(request, _("Gespeichert. Laufende Fälle gehen weiter wie bisher."))
    return redirect("cases:pathways")
