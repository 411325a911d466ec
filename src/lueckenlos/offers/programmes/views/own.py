"""Somebody's own registration, by the link in their mail: look, answer an offer, take somebody out, leave."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lueckenlos.commons.accounts import attempts
from lueckenlos.core import bounces, clock, codes, letters
from lueckenlos.core.actor import Actor, link_to
from lueckenlos.core.code_field import CodeForm
from lueckenlos.core.feedback_form import FeedbackForm
from lueckenlos.core.guards import by_link, public
from lueckenlos.core.times import moment_words
from lueckenlos.offers.programmes import calendars, papers, selectors, services
from lueckenlos.offers.programmes.errors import NoSuchRegistration, NothingAsked, NotOffered
from lueckenlos.offers.programmes.forms.public import AddressForm, LaterForm
from lueckenlos.offers.programmes.page import shown
from lueckenlos.offers.programmes.services.letters import CODE
from lueckenlos.offers.programmes.types import (
    AccessView,
    Format,
    ProgrammeView,
    RegistrationState,
    RegistrationView,
    SessionView,
)
from lueckenlos.offers.programmes.views.papers import pdf_file
from lueckenlos.offers.programmes.views.public import calendar_file
from lueckenlos.offers.programmes.wording import REGISTRATIONS, money, size_words


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
    reach = AddressForm(
        request.POST if request.POST.get("tun") == "kontakt" else None,
        mine=mine,
    )
    later = LaterForm(
        request.POST if request.POST.get("tun") == "angaben" else None, programme=view, mine=mine
    )
    if request.method == "POST" and _done(request, actor, mine, form=form, reach=reach, later=later):
        return redirect("programmes:own", code)
    page = {**_page(actor, mine, view), "code": code, "form": form, "reach": reach, "later": later}
    status = 422 if form.errors or reach.errors or later.errors else 200
    return render(request, "programmes/public/own.html", page, status=status)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_code(request: HttpRequest) -> HttpResponse:
    """Type the code of a letter; whether it opens anything is told where it leads."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect("programmes:own", form.cleaned_data["code"])
    page = {"form": form, "heading": _("Ihre Anmeldung")}
    return render(request, "core/type_code.html", page, status=422 if form.errors else 200)


@by_link
@require_safe
def calendar(request: HttpRequest, code: str) -> HttpResponse:
    """The dates with the way in, as far as it is known by now."""
    actor, mine, view = opened_or_404(request, code)
    way = _way_in(actor, mine, view)
    file = calendars.of_programme(view, now=clock.real_now(), access=way.address if way else "")
    return calendar_file(file)


@by_link
@never_cache
@require_safe
def ticket(request: HttpRequest, code: str) -> HttpResponse:
    """The code for the door; who is not at the programme's desk learns nothing from it."""
    _actor, mine, _view = opened_or_404(request, code)
    address = settings.BASE_URL + reverse("programmes:door", args=[mine.id])
    return HttpResponse(letters.qr_svg(address), content_type="image/svg+xml")


@by_link
@never_cache
@require_safe
def certificate(request: HttpRequest, code: str, seat: UUID) -> HttpResponse:
    """That somebody of this registration was there."""
    actor, mine, view = opened_or_404(request, code)
    person = next((each for each in mine.seats if each.id == seat), None)
    dates = _attended(actor, mine, view).get(seat)
    if person is None or not dates:
        raise Http404
    made = papers.certificate(view, person, dates, now=clock.real_now())
    return pdf_file(made, name="teilnahme.pdf")


def opened_or_404(request: HttpRequest, code: str) -> tuple[Actor, RegistrationView, ProgrammeView]:
    """What the link opens; what it does not answers like what is not there."""
    try:
        return _opened(request, code)
    except (attempts.TooManyAttempts, codes.CodeNotValid) as error:
        raise Http404 from error


def _opened(request: HttpRequest, code: str) -> tuple[Actor, RegistrationView, ProgrammeView]:
    """What the link opens; wrong ones are counted. Raises CodeNotValid or TooManyAttempts."""
    record = attempts.opened(request, code, purpose=CODE)
    actor = link_to(record, purpose=CODE)
    mine = selectors.registration(actor, record)
    view = selectors.by_id(mine.programme) if mine else None
    if mine is None or view is None:
        raise codes.CodeNotValid
    return actor, mine, view


def _done(
    request: HttpRequest,
    actor: Actor,
    mine: RegistrationView,
    *,
    form: FeedbackForm,
    reach: AddressForm,
    later: LaterForm,
) -> bool:
    """Do what was asked for; False where the form must be shown again."""
    deed, now = request.POST.get("tun", ""), clock.real_now()
    if deed == "angaben":
        return _answered(request, actor, mine, later=later)
    if deed == "rueckmeldung":
        return _fed_back(request, actor, mine, form=form)
    if deed == "kontakt":
        return _reached_anew(request, actor, mine, reach=reach)
    try:
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


def _reached_anew(request: HttpRequest, actor: Actor, mine: RegistrationView, *, reach: AddressForm) -> bool:
    if not reach.is_valid():
        return False
    services.change_contact(mine.id, reach=reach.to_reach(), actor=actor, now=clock.real_now())
    messages.success(request, _("Gespeichert. Ab jetzt schreiben wir an diese Adresse."))
    return True


def _answered(request: HttpRequest, actor: Actor, mine: RegistrationView, *, later: LaterForm) -> bool:
    if not later.is_valid():
        return False
    try:
        services.answer(mine.id, later.to_answers(), actor=actor, now=clock.real_now())
    except NothingAsked:
        messages.error(request, _("Das haben Sie schon gesagt. Es gilt, was Sie zuerst geschickt haben."))
    except NoSuchRegistration as error:
        raise Http404 from error
    else:
        messages.success(request, _("Danke. Der Veranstalter weiß jetzt alles."))
    return True


def _attended(actor: Actor, mine: RegistrationView, view: ProgrammeView) -> dict[UUID, list[SessionView]]:
    """To which dates each of them came; a certificate is for professionals, when the last date is over."""
    ends = view.ends_at
    if not view.for_professionals or ends is None or ends > clock.real_now():
        return {}
    came = selectors.attended(actor, mine.id)
    return {seat: [each for each in view.sessions if each.id in dates] for seat, dates in came.items()}


def _page(actor: Actor, mine: RegistrationView, view: ProgrammeView) -> dict[str, Any]:
    now = clock.real_now()
    ends = view.ends_at
    is_over = ends is not None and ends <= now
    access = selectors.access(actor, view.id) if is_over else None
    attended = _attended(actor, mine, view)
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
        "asks_more": mine.state is RegistrationState.PLACED and not is_over and mine.asked_until is not None,
        "answer_by": moment_words(mine.asked_until) if mine.asked_until else "",
        "is_late": mine.asked_until is not None and mine.asked_until <= now,
        "asks_back": is_over and mine.state is RegistrationState.PLACED and not mine.has_fed_back,
        "shows_ticket": mine.state is RegistrationState.PLACED
        and not is_over
        and view.format is not Format.ONLINE,
        "certificates": [seat for seat in mine.seats if attended.get(seat.id)],
        "is_unreachable": bool(bounces.unreachable([mine.email])),
        "cost": money(mine.cents) if mine.cents else "",
        "materials": access.materials if access else "",
        "files": [(each, size_words(each)) for each in selectors.materials(actor, view.id)],
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
