"""What somebody registered for or booked while they were signed in; each of them opens by a link of its own."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from lueckenlos.core import clock
from lueckenlos.core.guards import actor_of, signed_in
from lueckenlos.core.times import time_words
from lueckenlos.offers.bookings import selectors as bookings
from lueckenlos.offers.bookings.wording import STATES as BOOKED
from lueckenlos.offers.programmes import selectors, services
from lueckenlos.offers.programmes.page import card
from lueckenlos.offers.programmes.types import ProgrammeState, ProgrammeView, RegistrationView
from lueckenlos.offers.programmes.wording import MINE, STATES


@signed_in
@never_cache
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """All of them, with what became of each."""
    actor, now = actor_of(request), clock.real_now()
    page = {
        "registrations": [
            (each, card(view, now=now), _standing(each, view)) for each, view in selectors.mine(actor)
        ],
        "bookings": [
            (each, view, time_words(each.starts_at, each.ends_at), BOOKED[each.state])
            for each, view in bookings.mine(actor)
        ],
    }
    return render(request, "programmes/public/mine.html", page)


@signed_in
@require_POST
def open_again(request: HttpRequest, registration: UUID) -> HttpResponse:
    """A fresh link to one of them, for whoever has the mail no more."""
    known = {each.id for each, _view in selectors.mine(actor_of(request))}
    if registration not in known:
        raise Http404
    return redirect("programmes:own", services.way_back(registration, now=clock.real_now()).code)


def _standing(mine: RegistrationView, view: ProgrammeView) -> Promise:
    """What became of it, or that nothing takes place."""
    return STATES[view.state] if view.state is ProgrammeState.CANCELLED else MINE[mine.state]
