"""The desk of those who give times: their resources, what waits for an answer, the week."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lueckenlos.commons.accounts.doors import at_work
from lueckenlos.core import clock
from lueckenlos.core.actor import Actor
from lueckenlos.core.addresses import day_in, words_in
from lueckenlos.core.editing import saved
from lueckenlos.kernels.slots import Span
from lueckenlos.offers.bookings import selectors, services
from lueckenlos.offers.bookings.errors import NoSuchBooking, NoSuchResource
from lueckenlos.offers.bookings.forms.desk import ResourceForm
from lueckenlos.offers.bookings.offered import hours_in_german
from lueckenlos.offers.bookings.page import by_day, midnight, row
from lueckenlos.offers.bookings.types import ResourceView
from lueckenlos.offers.bookings.views.public import WEEK
from lueckenlos.offers.bookings.wording import KINDS

REASON: Final = 300
at_desk = at_work(NoSuchResource, NoSuchBooking)


@at_desk
@require_safe
def home(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The organization's own resources, what waits, and what others share."""
    now = clock.real_now()
    own, shared = selectors.resources_of(actor), selectors.shared_resources(actor)
    titles = {each.id: each.title for each in (*own, *shared)}
    page = {
        "letters": len(selectors.due_letters(actor, now=now)),
        "own": [(each, KINDS[each.kind]) for each in own],
        "shared": [(each, KINDS[each.kind]) for each in shared],
        "requests": [
            (row(each), titles.get(each.resource, "")) for each in selectors.requests(actor, now=now)
        ],
        "as_guest": [
            (row(each), titles.get(each.resource, "")) for each in selectors.as_guest(actor, now=now)
        ],
    }
    return render(request, "bookings/desk/home.html", page)


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Give something new to be booked."""
    form = ResourceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        key = services.found_resource(form.to_new(), actor=actor, now=clock.real_now())
        messages.success(request, _("Angelegt."))
        return redirect("bookings:manage", key)
    return render(request, "bookings/desk/new.html", {"form": form}, status=422 if form.errors else 200)


@at_desk
@require_safe
def resource(request: HttpRequest, actor: Actor, resource: UUID) -> HttpResponse:
    """One resource and its week."""
    return week(request, actor, own_resource(actor, resource))


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, actor: Actor, resource: UUID) -> HttpResponse:
    """Change what is said; bookings that stand stay."""
    view = own_resource(actor, resource)
    form = ResourceForm(request.POST or None, initial=ResourceForm.initial_of(view))
    if saved(
        request,
        form,
        version=view.version,
        deed=lambda expected: services.change_resource(
            view.id, form.to_new(), expected=expected, actor=actor
        ),
    ):
        messages.success(request, _("Gespeichert. Was schon gebucht ist, bleibt bei seiner Zeit."))
        return redirect("bookings:manage", view.id)
    page = {"form": form, "view": view}
    return render(request, "bookings/desk/change.html", page, status=422 if form.errors else 200)


@at_desk
@require_POST
def give_up(request: HttpRequest, actor: Actor, resource: UUID) -> HttpResponse:
    """It is there no more: everything ahead falls out, and whoever booked is told."""
    view = own_resource(actor, resource)
    reason = words_in(request.POST, "grund", longest=REASON)
    count = services.give_up(view.id, reason=reason, actor=actor, now=clock.real_now())
    told = ngettext("Aufgegeben. Ein Termin fällt aus.", "Aufgegeben. %(count)s Termine fallen aus.", count)
    messages.success(request, told % {"count": count})
    return redirect("bookings:desk")


@at_desk
@never_cache
@require_POST
def issue_feed(request: HttpRequest, actor: Actor, resource: UUID) -> HttpResponse:
    """Make a new secret address of the calendar; it is shown this once."""
    view = own_resource(actor, resource)
    code = services.issue_feed(view.id, actor=actor, now=clock.real_now())
    address = request.build_absolute_uri(reverse("bookings:feed", args=[code]))
    return week(request, actor, view, feed=address)


def week(request: HttpRequest, actor: Actor, view: ResourceView, *, feed: str = "") -> HttpResponse:
    """The page of a resource: seven days with who has which time."""
    today = clock.real_today()
    first = monday(day_in(request.GET.get("woche")) or today)
    window = Span(midnight(first), midnight(first + WEEK))
    found = selectors.bookings(actor, view.id, window=window)
    # A block lies on all places and is one thing to people.
    rows = [row(each) for each in found if each.state.is_held and not (each.is_block and each.lane)]
    page = {
        "view": view,
        "kind": KINDS[view.kind],
        "hours": hours_in_german(view.hours),
        "days": by_day(rows, first=first),
        "first": first,
        "last": first + WEEK - timedelta(days=1),
        "earlier": first - WEEK,
        "later": first + WEEK,
        "today": today,
        "feed": feed,
    }
    return render(request, "bookings/desk/resource.html", page)


def own_resource(actor: Actor, key: UUID) -> ResourceView:
    """A resource of the actor's organization, else nothing is found."""
    view = selectors.resource(key)
    if view is None or view.organization != actor.organization:
        raise Http404
    return view


def monday(day: date) -> date:
    """The first day of a week."""
    return day - timedelta(days=day.weekday())
