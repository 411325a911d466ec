"""At the door: the code on a visitor's phone, scanned by whoever receives them."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lueckenlos.core import clock
from lueckenlos.core.actor import Actor
from lueckenlos.offers.programmes import selectors, services
from lueckenlos.offers.programmes.types import ProgrammeView, RegistrationState, SessionView
from lueckenlos.offers.programmes.views.desk import at_desk, own_programme
from lueckenlos.offers.programmes.wording import REGISTRATIONS, session_words


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def door(request: HttpRequest, actor: Actor, registration: UUID) -> HttpResponse:
    """Who stands there, and whether they are in: one touch for all of a registration."""
    found = selectors.registration(actor, registration)
    if found is None:
        raise Http404
    view = own_programme(actor, found.programme)
    date = _nearest(view)
    if request.method == "POST" and date is not None and found.state is RegistrationState.PLACED:
        here = set(request.POST.getlist("da"))
        for seat in found.seats:
            services.mark(date.id, seat=seat.id, came=str(seat.id) in here, actor=actor, now=clock.real_now())
        messages.success(request, _("Gespeichert: %(count)s waren da.") % {"count": len(here)})
        return redirect("programmes:door", registration)
    came = selectors.came(actor, date.id) if date else {}
    page = {
        "view": view,
        "date": date,
        "when": session_words(date) if date else "",
        "state": REGISTRATIONS[found.state],
        "is_placed": found.state is RegistrationState.PLACED,
        "is_in": any(came.get(seat.id) for seat in found.seats),
        "seats": [(seat, came.get(seat.id, True)) for seat in found.seats],
    }
    return render(request, "programmes/desk/door.html", page)


def _nearest(view: ProgrammeView) -> SessionView | None:
    """The date that is on or next; when all are over, the last one."""
    held = [each for each in view.sessions if not each.is_cancelled]
    now = clock.real_now()
    return next((each for each in held if each.ends_at > now), held[-1] if held else None)
