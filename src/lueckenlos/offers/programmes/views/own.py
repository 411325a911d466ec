"""Somebody's own registration, by the link in their mail: look, answer an offer, take somebody out, leave."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lueckenlos.commons.accounts import attempts
from lueckenlos.core import clock, codes
from lueckenlos.core.actor import Actor, link_to
from lueckenlos.core.guards import by_link
from lueckenlos.offers.programmes import calendars, selectors, services
from lueckenlos.offers.programmes.errors import NoSuchRegistration, NotOffered
from lueckenlos.offers.programmes.forms.public import FeedbackForm
from lueckenlos.offers.programmes.page import shown
from lueckenlos.offers.programmes.services.letters import CODE
from lueckenlos.offers.programmes.types import (
    AccessView,
    ProgrammeView,
    RegistrationState,
    RegistrationView,
)
from lueckenlos.offers.programmes.views.public import calendar_file
from lueckenlos.offers.programmes.wording import REGISTRATIONS, moment_words


@by_link
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest, code: str) -> HttpResponse:
    """The registration that this link opens."""
    try:
        actor, mine, view = _opened(request, code)
    except attempts.TooManyAttempts:
        return render(request, "programmes/public/closed.html", {"too_many": True}, status=429)
    except codes.CodeNotValid:
        return render(request, "programmes/public/closed.html", status=404)
    form = FeedbackForm(request.POST if request.POST.get("tun") == "rueckmeldung" else None)
    if request.method == "POST" and _done(request, actor, mine, form=form):
        return redirect("programmes:own", code)
    page = {
        **_page(actor, mine, view),
        "code": code,
        "form": form,
    }
    return render(request, "programmes/public/own.html", page, status=422 if form.errors else 200)


@by_link
@require_safe
def calendar(request: HttpRequest, code: str) -> HttpResponse:
    """The dates with the way in, as far as it is known by now."""
    try:
        actor, mine, view = _opened(request, code)
    except (attempts.TooManyAttempts, codes.CodeNotValid) as error:
        raise Http404 from error
    way = _way_in(actor, mine, view)
    file = calendars.of_programme(view, now=clock.real_now(), access=way.address if way else "")
    return calendar_file(file)


def _opened(request: HttpRequest, code: str) -> tuple[Actor, RegistrationView, ProgrammeView]:
    """What the link opens; wrong ones are counted. Raises CodeNotValid or TooManyAttempts."""
    record = attempts.opened(request, code, purpose=CODE)
    actor = link_to(record, purpose=CODE)
    mine = selectors.registration(actor, record)
    view = selectors.by_id(mine.programme) if mine else None
    if mine is None or view is None:
        raise codes.CodeNotValid
    return actor, mine, view


def _done(request: HttpRequest, actor: Actor, mine: RegistrationView, *, form: FeedbackForm) -> bool:
    """Do what was asked for; False where the form must be shown again."""
    deed, now = request.POST.get("tun", ""), clock.real_now()
    try:
        if deed == "rueckmeldung":
            return _fed_back(request, actor, mine, form=form)
        if deed == "ja":
            services.accept(mine.id, actor=actor, now=now)
            messages.success(request, _("Schön! Der Platz gehört Ihnen."))
        elif deed == "nein":
            services.decline(mine.id, actor=actor, now=now)
            messages.success(request, _("Danke. Der Platz geht an die nächste Familie."))
        elif deed == "absagen":
            services.cancel(mine.id, actor=actor, now=now)
            messages.success(
                request, _("Abgesagt. Danke, dass Sie Bescheid geben: So kann jemand anderes kommen.")
            )
        elif deed == "ohne":
            services.leave_out(mine.id, seat=UUID(request.POST.get("platz", "")), actor=actor, now=now)
            messages.success(request, _("Geändert. Die anderen behalten ihren Platz."))
    except NotOffered:
        messages.error(request, _("Die Frist ist vorbei. Der Platz wurde weitergegeben."))
    except (NoSuchRegistration, ValueError) as error:
        raise Http404 from error
    return True


def _fed_back(request: HttpRequest, actor: Actor, mine: RegistrationView, *, form: FeedbackForm) -> bool:
    if not form.is_valid():
        return False
    given = form.cleaned_data
    services.give_feedback(
        mine.id,
        helped=given["helped"],
        again=given["again"],
        words=given["words"],
        actor=actor,
        now=clock.real_now(),
    )
    messages.success(request, _("Danke für Ihre Rückmeldung. Niemand sieht, von wem sie ist."))
    return True


def _page(actor: Actor, mine: RegistrationView, view: ProgrammeView) -> dict[str, Any]:
    now = clock.real_now()
    ends = view.ends_at
    is_over = ends is not None and ends <= now
    access = selectors.access(actor, view.id) if is_over else None
    return {
        "mine": mine,
        "state": REGISTRATIONS[mine.state],
        "shown": shown(view, now=now),
        "rank": selectors.rank_of(actor, mine.id),
        "is_placed": mine.state is RegistrationState.PLACED,
        "is_offered": mine.state is RegistrationState.OFFERED,
        "until": moment_words(mine.offered_until) if mine.offered_until else "",
        "is_open": mine.state.is_open and not is_over,
        "way_in": _way_in(actor, mine, view),
        "asks_back": is_over and mine.state is RegistrationState.PLACED and not mine.has_fed_back,
        "materials": access.materials if access else "",
    }


def _way_in(actor: Actor, mine: RegistrationView, view: ProgrammeView) -> AccessView | None:
    """The way in, for whoever has a place, from so many hours before the next date on."""
    if mine.state is not RegistrationState.PLACED:
        return None
    found = selectors.access(actor, view.id)
    now = clock.real_now()
    ahead = min(
        (each.starts_at for each in view.sessions if each.ends_at > now and not each.is_cancelled),
        default=None,
    )
    if found is None or not found.address or ahead is None:
        return None
    return found if ahead - timedelta(hours=found.hours_before) <= now else None
