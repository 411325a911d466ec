"""Somebody's own booking by the link in their mail, and a resource's calendar by its secret address."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lueckenlos.commons.accounts import attempts
from lueckenlos.commons.directory.wording import language_name
from lueckenlos.core import clock, codes
from lueckenlos.core.actor import Actor, link_to
from lueckenlos.core.code_field import CodeForm
from lueckenlos.core.guards import actor_of, by_link, public, signed_in
from lueckenlos.core.times import time_words
from lueckenlos.kernels.slots import Span
from lueckenlos.offers.bookings import calendars, selectors, services
from lueckenlos.offers.bookings.errors import NoSuchBooking, SlotTaken
from lueckenlos.offers.bookings.forms.public import OtherTimeForm
from lueckenlos.offers.bookings.page import facts, said
from lueckenlos.offers.bookings.services.letters import CODE
from lueckenlos.offers.bookings.services.offering import FEED
from lueckenlos.offers.bookings.types import BookingState, BookingView, ResourceView
from lueckenlos.offers.bookings.wording import STATES

MOST_OFFERED: Final = 60


@by_link
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest, code: str) -> HttpResponse:
    """The booking that this link opens."""
    try:
        actor, mine, view = _opened(request, code)
    except attempts.TooManyAttempts:
        return render(request, "bookings/public/closed.html", {"too_many": True}, status=429)
    except codes.CodeNotValid:
        return render(request, "bookings/public/closed.html", status=404)
    form = _other_times(request, mine, view)
    if request.method == "POST" and _done(request, actor, mine, form=form):
        return redirect("bookings:own", code)
    page = {**_page(mine, view), "interpreting": _interpreting(actor, mine), "code": code, "form": form}
    return render(request, "bookings/public/own.html", page, status=422 if form.errors else 200)


@signed_in
@require_POST
def open_again(request: HttpRequest, booking: UUID) -> HttpResponse:
    """A fresh link to what this account has booked, for whoever has the mail no more."""
    try:
        code = services.open_again(booking, actor=actor_of(request), now=clock.real_now())
    except NoSuchBooking as error:
        raise Http404 from error
    return redirect("bookings:own", code)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_code(request: HttpRequest) -> HttpResponse:
    """Type the code of a letter; whether it opens anything is told where it leads."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect("bookings:own", form.cleaned_data["code"])
    page = {"form": form, "heading": _("Ihr Termin")}
    return render(request, "core/type_code.html", page, status=422 if form.errors else 200)


@by_link
@require_safe
def calendar(request: HttpRequest, code: str) -> HttpResponse:
    """The date for one's own calendar."""
    try:
        _actor, mine, view = _opened(request, code)
    except (attempts.TooManyAttempts, codes.CodeNotValid) as error:
        raise Http404 from error
    return _file(calendars.of_booking(view, mine, now=clock.real_now()))


@by_link
@require_safe
def feed(request: HttpRequest, code: str) -> HttpResponse:
    """When a resource is taken, for a calendar that subscribes to it."""
    try:
        view = selectors.resource(attempts.opened(request, code, purpose=FEED))
    except (attempts.TooManyAttempts, codes.CodeNotValid) as error:
        raise Http404 from error
    if view is None:
        raise Http404
    now = clock.real_now()
    return _file(calendars.of_resource(view, selectors.taken(view, now=now), now=now))


def _opened(request: HttpRequest, code: str) -> tuple[Actor, BookingView, ResourceView]:
    record = attempts.opened(request, code, purpose=CODE)
    actor = link_to(record, purpose=CODE)
    mine = selectors.booking(actor, record)
    view = selectors.resource(mine.resource) if mine else None
    if mine is None or view is None:
        raise codes.CodeNotValid
    return actor, mine, view


def _done(request: HttpRequest, actor: Actor, mine: BookingView, *, form: OtherTimeForm) -> bool:
    """Do what was asked for; False where the form must be shown again."""
    now = clock.real_now()
    try:
        if request.POST.get("tun") == "absagen":
            services.cancel(mine.id, actor=actor, now=now)
            messages.success(request, _("Abgesagt. Danke, dass Sie Bescheid geben."))
        elif request.POST.get("tun") == "verlegen":
            if not form.is_valid():
                return False
            services.rebook(mine.id, starts_at=form.cleaned_data["slot"], actor=actor, now=now)
            messages.success(request, _("Verlegt. Die alte Zeit ist wieder frei."))
        elif request.POST.get("tun") == "frueher":
            wanted = request.POST.get("ja") == "1"
            services.ask_earlier(mine.id, wanted=wanted, actor=actor)
            messages.success(request, _("Gespeichert."))
    except SlotTaken:
        form.add_error("slot", _("Diese Zeit ist gerade vergeben worden. Bitte wählen Sie eine andere."))
        return False
    except NoSuchBooking as error:
        raise Http404 from error
    return True


def _other_times(request: HttpRequest, mine: BookingView, view: ResourceView) -> OtherTimeForm:
    now = clock.real_now()
    slots = []
    if _can_change(mine, view):
        window = Span(now, now + timedelta(days=view.most_days + 1))
        slots = selectors.free_slots(view, window=window, now=now, leaving_out=mine.id)
    slots = [each for each in slots if each.span.begins != mine.starts_at][:MOST_OFFERED]
    return OtherTimeForm(request.POST if request.POST.get("tun") == "verlegen" else None, slots=slots)


def _can_change(mine: BookingView, view: ResourceView) -> bool:
    return _is_ahead(mine) and mine.series is None and view.is_public and view.is_open


def _is_ahead(mine: BookingView) -> bool:
    return mine.state.is_held and mine.starts_at > clock.real_now()


def _interpreting(actor: Actor, mine: BookingView) -> str:
    """Whether somebody translates, in a sentence; empty where nobody is needed."""
    if not mine.interpreter or not mine.state.is_held:
        return ""
    told = {"language": language_name(mine.interpreter)}
    found = selectors.interpreting(actor, mine.id)
    if found is None:
        return _("Wir suchen noch jemanden, der übersetzt (%(language)s). Wir melden uns bei Ihnen.") % told
    if found.state is BookingState.REQUESTED:
        return _("Jemand zum Übersetzen ist angefragt (%(language)s).") % told
    return _("Es kommt jemand und übersetzt (%(language)s).") % told


def _page(mine: BookingView, view: ResourceView) -> dict[str, Any]:
    return {
        "mine": mine,
        "view": view,
        "when": time_words(mine.starts_at, mine.ends_at),
        "state": STATES[mine.state],
        "facts": (*facts(view), *said(mine, view)),
        "is_booked": mine.state is BookingState.BOOKED,
        "is_requested": mine.state is BookingState.REQUESTED,
        "is_ahead": _is_ahead(mine),
        "can_change": _can_change(mine, view),
    }


def _file(content: bytes) -> HttpResponse:
    headers = {"Content-Disposition": content_disposition_header(True, "termine.ics") or ""}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)
