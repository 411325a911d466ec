"""Whoever rings or stands at the counter: registered by the desk, answered for, written to on paper."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from lueckenlos.core import clock
from lueckenlos.core.actor import Actor
from lueckenlos.core.letters_desk import LettersDesk, letters_page
from lueckenlos.offers.programmes import selectors, services
from lueckenlos.offers.programmes.errors import NotOffered
from lueckenlos.offers.programmes.forms.entry import TakeDownForm
from lueckenlos.offers.programmes.forms.public import PeopleForm
from lueckenlos.offers.programmes.page import shown
from lueckenlos.offers.programmes.types import ProgrammeState
from lueckenlos.offers.programmes.views.desk import at_desk, own_programme
from lueckenlos.offers.programmes.views.public import tried
from lueckenlos.offers.programmes.wording import LETTERS, registered_words


@at_desk
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def take_down(request: HttpRequest, actor: Actor, programme: UUID) -> HttpResponse:
    """Register somebody, on one page: who comes and how to reach them."""
    view = own_programme(actor, programme)
    if view.state is not ProgrammeState.PUBLISHED:
        raise Http404
    people = PeopleForm(request.POST or None, programme=view)
    form = TakeDownForm(request.POST or None, programme=view)
    if request.method == "POST" and all((people.is_valid(), form.is_valid())):
        new = form.to_registration(people.to_seats(), referred=False)
        made = tried(form, view, lambda: services.take_down(new, actor=actor, now=clock.real_now()))
        if made is not None:
            messages.success(request, registered_words(made.rank))
            return redirect("programmes:manage", view.id)
    page = {"view": view, "shown": shown(view, now=clock.real_now()), "people": people, "form": form}
    status = 422 if people.errors or form.errors else 200
    return render(request, "programmes/desk/take_down.html", page, status=status)


@at_desk
@require_POST
def answer(request: HttpRequest, actor: Actor, registration: UUID) -> HttpResponse:
    """Somebody says by telephone whether they take the place that was offered."""
    found = selectors.registration(actor, registration)
    if found is None:
        raise Http404
    own_programme(actor, found.programme)
    now = clock.real_now()
    try:
        if request.POST.get("tun") == "ja":
            services.accept(found.id, actor=actor, now=now)
            messages.success(request, _("Eingetragen: Die Familie nimmt den Platz."))
        elif request.POST.get("tun") == "nein":
            services.decline(found.id, actor=actor, now=now)
            messages.success(request, _("Eingetragen. Der Platz geht an die Nächsten."))
    except NotOffered:
        messages.error(request, _("Die Frist ist vorbei. Der Platz wurde weitergegeben."))
    return redirect("programmes:manage", found.programme)


@at_desk
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def letters(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Today's letters."""
    now = clock.real_now()
    desk = LettersDesk(
        waiting=selectors.due_letters(actor, now=now),
        kinds=LETTERS,
        set_as_pdf=partial(services.print_letters, actor=actor, now=now),
        tick_off=partial(services.tick_letters, actor=actor),
        back=_("Programme und Termine"),
        back_url=reverse("programmes:desk"),
    )
    return letters_page(request, desk)
