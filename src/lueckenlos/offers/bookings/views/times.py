"""Single times at the desk: entering, blocking, answering, moving, the sheet for the door."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lueckenlos.core import clock
from lueckenlos.core.actor import Actor
from lueckenlos.core.addresses import day_in, words_in
from lueckenlos.core.hours_form import HoursForm
from lueckenlos.core.times import time_words
from lueckenlos.kernels.slots import SlotsError
from lueckenlos.offers.bookings import papers, selectors, services
from lueckenlos.offers.bookings.errors import Clashes, NobodyTranslates, SlotTaken
from lueckenlos.offers.bookings.forms.desk import BlockForm, EntryForm, TimeForm
from lueckenlos.offers.bookings.offered import hours_in_german
from lueckenlos.offers.bookings.page import details, hours, midnight, row
from lueckenlos.offers.bookings.types import BookingState, BookingView, ResourceView
from lueckenlos.offers.bookings.views.desk import REASON, at_desk, own_resource
from lueckenlos.offers.bookings.wording import KINDS

MOST_SHOWN: Final = 60


@at_desk
@require_safe
def day(request: HttpRequest, actor: Actor, resource: UUID) -> HttpResponse:
    """The sheet for the door: one day, what everybody who passes may read."""
    view = own_resource(actor, resource)
    shown = day_in(request.GET.get("tag")) or clock.real_today()
    begins, ends = midnight(shown), midnight(shown + timedelta(days=1))
    taken = selectors.taken(view, now=begins)
    rows = [(hours(each), each.title) for each in taken if each.starts_at < ends and each.ends_at > begins]
    page = {"view": view, "day": shown, "rows": rows}
    return render(request, "bookings/desk/day.html", page)


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, actor: Actor, resource: UUID) -> HttpResponse:
    """Enter a time oneself, once or again and again: in an own resource, or as a guest in another's."""
    view = selectors.resource(resource)
    if view is None or (view.organization != actor.organization and not view.is_open):
        raise Http404
    form = EntryForm(request.POST or None, initial={"day": request.GET.get("tag", "")})
    if request.method == "POST" and form.is_valid() and _entered(request, actor, view, form):
        is_own = view.organization == actor.organization
        return redirect("bookings:manage", view.id) if is_own else redirect("bookings:desk")
    now = clock.real_now()
    ahead = [each for each in selectors.taken(view, now=now) if each.ends_at > now]
    page = {
        "view": view,
        "kind": KINDS[view.kind],
        "form": form,
        "hours": hours_in_german(view.hours),
        "is_own": view.organization == actor.organization,
        "taken": [(time_words(each.starts_at, each.ends_at), each.title) for each in ahead[:MOST_SHOWN]],
    }
    return render(request, "bookings/desk/enter.html", page, status=422 if form.errors else 200)


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def block(request: HttpRequest, actor: Actor, resource: UUID) -> HttpResponse:
    """Keep everybody away for a time."""
    view = own_resource(actor, resource)
    form = BlockForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        title = form.cleaned_data["title"].strip()
        if _tried(
            form,
            lambda: services.block(view.id, form.to_span(), title=title, actor=actor, now=clock.real_now()),
        ):
            messages.success(request, _("Gesperrt. In dieser Zeit bucht niemand."))
            return redirect("bookings:manage", view.id)
    page = {"view": view, "form": form}
    return render(request, "bookings/desk/block.html", page, status=422 if form.errors else 200)


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def booking(request: HttpRequest, actor: Actor, booking: UUID) -> HttpResponse:
    """One booking: who it is for, and what can be done."""
    found = selectors.booking(actor, booking)
    view = selectors.resource(found.resource) if found else None
    if found is None or view is None:
        raise Http404
    deed = request.POST.get("tun", "")
    local = [each.astimezone(clock.zone()) for each in (found.starts_at, found.ends_at)]
    known = {"begins": local[0].time(), "ends": local[1].time()}
    move = TimeForm(
        request.POST if deed == "verlegen" else None, initial={**known, "day": clock.day_of(local[0])}
    )
    later = HoursForm(request.POST if deed == "ab-hier" else None, initial=known)
    if request.method == "POST" and _done(request, actor, found, deed=deed, forms=(move, later)):
        return redirect("bookings:booking", found.id)
    page = {
        **_page(actor, found, view),
        "move": move,
        "later": later,
    }
    is_wrong = bool(move.errors or later.errors)
    return render(request, "bookings/desk/booking.html", page, status=422 if is_wrong else 200)


@at_desk
@require_POST
def slip(request: HttpRequest, actor: Actor, booking: UUID) -> HttpResponse:
    """The date on paper, for whoever has no mail: with a code that leads back to it."""
    found = selectors.booking(actor, booking)
    view = selectors.resource(found.resource) if found else None
    if found is None or view is None or found.organization != actor.organization:
        raise Http404
    made = papers.slip(found, view, code=services.issue_slip(found.id, actor=actor, now=clock.real_now()))
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="termin.pdf"'
    return response


def _page(actor: Actor, found: BookingView, view: ResourceView) -> dict[str, Any]:
    now = clock.real_now()
    is_ahead = found.state.is_held and found.ends_at > now
    ahead = 0
    if found.series and not found.is_block:
        ahead = selectors.in_series(actor, found.series, now=now)
    is_own = found.organization == actor.organization
    return {
        "view": view,
        "row": row(found),
        "facts": details(found, view),
        "is_own": is_own,
        "needs_interpreter": is_own and is_ahead and bool(found.interpreter) and found.along is None,
        "interpreting": selectors.interpreting(actor, found.id) if found.interpreter else None,
        "has_slip": is_own and is_ahead and not found.is_block and found.along is None,
        "is_ahead": is_ahead,
        "waits": is_own and is_ahead and found.state is BookingState.REQUESTED,
        "can_move": is_own and is_ahead and not found.is_block,
        "ahead": ahead,
        "in_series": is_ahead and ahead > 1,
        "can_change_series": is_own and is_ahead and ahead > 1,
    }


def _done(
    request: HttpRequest, actor: Actor, found: BookingView, *, deed: str, forms: tuple[TimeForm, HoursForm]
) -> bool:
    """Do what was asked for; False where a form must be shown again."""
    move, later = forms
    now = clock.real_now()
    reason = words_in(request.POST, "grund", longest=REASON)
    if deed == "ja":
        services.approve(found.id, actor=actor, now=now)
        messages.success(request, _("Zugesagt. Wer gebucht hat, bekommt eine E-Mail."))
    elif deed == "nein":
        services.decline(found.id, reason=reason, actor=actor, now=now)
        messages.success(request, _("Abgelehnt. Die Zeit ist wieder frei."))
    elif deed == "absagen":
        _cancel(actor, found, reason=reason)
        messages.success(request, _("Abgesagt. Die Zeit ist wieder frei."))
    elif deed == "alle-absagen":
        count = services.cancel_from(found.id, reason=reason, actor=actor)
        messages.success(request, _("%(count)s Termine abgesagt.") % {"count": count})
    elif deed == "verlegen":
        if not move.is_valid() or not _tried(
            move, lambda: services.move(found.id, move.to_span(), actor=actor, now=now)
        ):
            return False
        messages.success(request, _("Verlegt. Wer gebucht hat, bekommt eine E-Mail."))
    elif deed == "uebersetzen":
        _look_again(request, actor, found)
    elif deed == "ab-hier":
        return _changed_from(request, actor, found, later)
    return True


def _look_again(request: HttpRequest, actor: Actor, found: BookingView) -> None:
    try:
        services.look_again(found.id, actor=actor, now=clock.real_now())
    except NobodyTranslates:
        messages.error(request, _("Zu dieser Zeit ist niemand frei, der diese Sprache spricht."))
    else:
        messages.success(request, _("Gefunden. Die Zeit ist mitgebucht."))


def _cancel(actor: Actor, found: BookingView, *, reason: str) -> None:
    """A block goes from all places at once."""
    if found.is_block:
        services.cancel_from(found.id, reason=reason, actor=actor)
    else:
        services.cancel(found.id, reason=reason, actor=actor, now=clock.real_now())


def _changed_from(request: HttpRequest, actor: Actor, found: BookingView, form: HoursForm) -> bool:
    if not form.is_valid():
        return False
    given = form.cleaned_data
    if not _tried(
        form,
        lambda: services.change_from(found.id, begins=given["begins"], ends=given["ends"], actor=actor),
    ):
        return False
    messages.success(request, _("Geändert. Alle Termine ab hier haben die neue Zeit."))
    return True


def _entered(request: HttpRequest, actor: Actor, view: ResourceView, form: EntryForm) -> bool:
    now, entry = clock.real_now(), form.to_entry()
    try:
        series = form.to_series()
    except SlotsError:
        form.add_error(
            "repeat", _("So viele Termine hat keine Reihe. Bitte wählen Sie einen früheren letzten Tag.")
        )
        return False
    counted = 1
    if series is None:
        if not _tried(form, lambda: services.enter(view.id, form.to_span(), entry, actor=actor, now=now)):
            return False
    else:
        made: list[int] = []
        if not _tried(
            form,
            lambda: made.append(services.enter_series(view.id, series, entry, actor=actor, now=now)),
        ):
            return False
        counted = made[0]
    told = ngettext("Eingetragen: ein Termin.", "Eingetragen: %(count)s Termine.", counted)
    messages.success(request, told % {"count": counted})
    return True


def _tried(form: forms.Form, deed: Callable[[], object]) -> bool:
    """Do it; what is taken is told in the form, and nothing of it was written."""
    try:
        deed()
    except SlotTaken:
        form.add_error("begins", _("Diese Zeit ist nicht frei. Bitte wählen Sie eine andere."))
        return False
    except Clashes as clashes:
        for span in clashes.spans:
            form.add_error(None, _("Nicht frei: %(when)s") % {"when": time_words(span.begins, span.ends)})
        form.add_error(
            None,
            _("Es wurde nichts eingetragen. Lassen Sie diese Tage aus oder wählen Sie eine andere Zeit."),
        )
        return False
    return True
