"""A morning at the desk: who came, how goals went, who came to look; the tablet for a child; one more, one less."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from lueckenlos.core import clock
from lueckenlos.core.actor import Actor
from lueckenlos.core.times import time_words
from lueckenlos.offers.classes import selectors, services
from lueckenlos.offers.classes.errors import MorningThere, NotBegun
from lueckenlos.offers.classes.forms.desk import MorningForm, noted_from
from lueckenlos.offers.classes.page import family_lines, latest_begun, row
from lueckenlos.offers.classes.types import ClassView, InvitationState, InvitationView, MorningView
from lueckenlos.offers.classes.views.desk import at_desk, class_page, own_class


@at_desk
@require_POST
def add(request: HttpRequest, actor: Actor, family_class: UUID) -> HttpResponse:
    """Add one morning."""
    view = own_class(actor, family_class)
    form = MorningForm(request.POST)
    if not form.is_valid():
        return class_page(request, actor, view, morning=form)
    starts, ends = form.times_on(form.cleaned_data["day"])
    try:
        services.add_morning(view.id, starts_at=starts, ends_at=ends, actor=actor)
    except MorningThere:
        form.add_error("day", _("Zu dieser Zeit ist schon ein Vormittag, oder es sind zu viele."))
        return class_page(request, actor, view, morning=form)
    messages.success(request, _("Der Vormittag steht."))
    return redirect("classes:manage", view.id)


@at_desk
@require_POST
def cancel(request: HttpRequest, actor: Actor, morning: UUID) -> HttpResponse:
    """One morning does not take place."""
    view, date = _own_morning(actor, morning)
    services.cancel_morning(date.id, actor=actor, now=clock.real_now())
    messages.success(request, _("Abgesagt. Familien mit E-Mail-Adresse bekommen Bescheid."))
    return redirect("classes:manage", view.id)


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def morning(request: HttpRequest, actor: Actor, morning: UUID) -> HttpResponse:
    """The page for the phone: tick who is there, give faces, say who came to look."""
    view, date = _own_morning(actor, morning)
    families, visits = selectors.members(actor, view.id), _visits(actor, date)
    now = clock.real_now()
    if request.method == "POST":
        noted = noted_from(request.POST, members=families, visits=visits)
        try:
            services.note_morning(date.id, noted, actor=actor, now=now)
        except NotBegun:
            messages.error(request, _("Dieser Vormittag kommt erst noch."))
        else:
            here = sum(each.child for each in noted.presences)
            told = ngettext("Gespeichert: ein Kind war da.", "Gespeichert: %(count)s Kinder waren da.", here)
            messages.success(request, told % {"count": here})
        return redirect("classes:morning", date.id)
    present = selectors.presences(actor, date.id)
    page = {
        "view": view,
        "date": date,
        "words": time_words(date.starts_at, date.ends_at),
        "has_begun": date.starts_at <= now and not date.is_cancelled,
        "families": family_lines(families, present=present, morning=date.id),
        "visits": [(row(each), each.state is InvitationState.VISITED) for each in visits],
        "is_noted": bool(present),
        "is_latest": _is_latest(view, date),
    }
    return render(request, "classes/desk/morning.html", page)


@at_desk
@never_cache
@require_POST
def hand_over(request: HttpRequest, actor: Actor, morning: UUID) -> HttpResponse:
    """Open the page of one child, to hand the tablet over."""
    view, date = _own_morning(actor, morning)
    if not _is_latest(view, date):
        raise Http404
    chosen = request.POST.get("kind", "")
    member = next((each for each in selectors.members(actor, view.id) if str(each.id) == chosen), None)
    if member is None:
        raise Http404
    code = services.open_for_child(member.id, actor=actor, now=clock.real_now())
    return redirect("classes:child", code)


def _is_latest(view: ClassView, date: MorningView) -> bool:
    """Whether this is the morning to which a child's faces belong now."""
    return latest_begun(view, now=clock.real_now()) == date


def _visits(actor: Actor, date: MorningView) -> list[InvitationView]:
    """Who comes or came to look at this morning and has not answered yet."""
    found = selectors.invitations(actor, date.family_class)
    return [
        each
        for each in found
        if each.visit is not None and each.visit.id == date.id and each.state.is_undecided
    ]


def _own_morning(actor: Actor, key: UUID) -> tuple[ClassView, MorningView]:
    found = selectors.class_of_morning(key)
    view = own_class(actor, found) if found else None
    date = next((each for each in view.mornings if each.id == key), None) if view else None
    if view is None or date is None:
        raise Http404
    return view, date
