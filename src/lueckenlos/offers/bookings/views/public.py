"""What everybody sees: what can be booked, when it is free, and taking a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lueckenlos.commons.accounts import attempts
from lueckenlos.core import clock
from lueckenlos.core.addresses import day_in
from lueckenlos.core.contact_form import known_contact
from lueckenlos.core.guards import actor_of, public
from lueckenlos.kernels.slots import Span
from lueckenlos.offers.bookings import selectors, services
from lueckenlos.offers.bookings.errors import NoSuchResource, SlotTaken, TooMany
from lueckenlos.offers.bookings.forms.public import BookForm
from lueckenlos.offers.bookings.page import card, days, facts, midnight
from lueckenlos.offers.bookings.types import ResourceView
from lueckenlos.offers.bookings.wording import KINDS

WEEK: Final = timedelta(days=7)


@public
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """What families can book, with the next free time."""
    views = selectors.public_resources()
    soonest = selectors.first_free(views, now=clock.real_now())
    cards = [card(each, soonest.get(each.id)) for each in views]
    return render(request, "bookings/public/listing.html", {"cards": cards})


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def resource(request: HttpRequest, resource: UUID) -> HttpResponse:
    """Free times, and taking one of them, on one page."""
    view = selectors.public_resource(resource)
    if view is None:
        raise Http404
    account = actor_of(request).account_of_family
    form = BookForm(request.POST or None, view=view, initial=known_contact(request) if account else {})
    if request.method != "POST" or not form.is_valid():
        return _page(request, view, form)
    if form.is_a_program:
        return redirect("bookings:resource", view.id)
    if not attempts.is_free(request):
        form.add_error(
            None,
            _(
                "Von diesem Anschluss kamen gerade sehr viele Buchungen. Bitte versuchen Sie es in einer Stunde."
            ),
        )
        return _page(request, view, form)
    try:
        made = services.book(replace(form.to_booking(), account=account), now=clock.real_now())
    except NoSuchResource as error:
        raise Http404 from error
    except TooMany:
        form.add_error(
            "email",
            _(
                "Mit dieser Adresse sind hier schon drei Termine gebucht. Bitte sagen Sie erst einen davon ab."
            ),
        )
        return _page(request, view, form)
    except SlotTaken:
        form.add_error("slot", _("Diese Zeit ist gerade vergeben worden. Bitte wählen Sie eine andere."))
        return _page(request, view, form)
    return redirect("bookings:own", made.code)


def _page(request: HttpRequest, view: ResourceView, form: BookForm) -> HttpResponse:
    now = clock.real_now()
    today = clock.day_of(now)
    first = day_in(request.GET.get("ab")) or _first_free(view)
    first = min(max(first, today), today + timedelta(days=view.most_days))
    window = Span(midnight(first), midnight(first + WEEK))
    page: dict[str, Any] = {
        "view": view,
        "kind": KINDS[view.kind],
        "facts": facts(view),
        "form": form,
        "days": days(selectors.free_slots(view, window=window, now=now)),
        "first": first,
        "last": first + WEEK - timedelta(days=1),
        "earlier": first - WEEK if first > today else None,
        "later": first + WEEK if (first + WEEK - today).days <= view.most_days else None,
        "chosen": form["slot"].value(),
    }
    return render(request, "bookings/public/resource.html", page, status=422 if form.errors else 200)


def _first_free(view: ResourceView) -> date:
    now = clock.real_now()
    slot = selectors.first_free([view], now=now).get(view.id)
    return clock.day_of(slot.span.begins if slot else now)
