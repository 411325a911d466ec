"""Where a family or a young person writes to the Familienbüro, without an account."""

from __future__ import annotations

import logging
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lueckenlos.care.frontdoor import services
from lueckenlos.care.frontdoor.errors import NoReceivingTeam
from lueckenlos.care.frontdoor.forms.public import RequestForm, YoungForm
from lueckenlos.care.frontdoor.selectors import conversations, receiving_team, whereabouts
from lueckenlos.care.frontdoor.services.incoming import CODE_LIVES
from lueckenlos.care.frontdoor.types import Conversation, Receiver, Side
from lueckenlos.care.frontdoor.views.doors import keep_code, own_of, visitor
from lueckenlos.care.frontdoor.wording import until_words
from lueckenlos.commons.accounts import attempts
from lueckenlos.commons.places import selectors as places
from lueckenlos.core import clock
from lueckenlos.core.actor import NOBODY, Role
from lueckenlos.core.guards import actor_of, public
from lueckenlos.kernels import crisis
from lueckenlos.kernels.crisis import CrisisKind
from lueckenlos.offers.finder import selectors as finder

LOG: Final = logging.getLogger(__name__)
FIRST_LINES: Final = (CrisisKind.DANGER_NOW, CrisisKind.CHILD_AT_RISK)
MOST_FIRST: Final = 2
ANYWAY: Final = "trotzdem"


@public
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """An adult writes in their own words and language."""
    return _page(request, form=RequestForm(request.POST or None, speaks=_language()), name="write")


@public
@require_http_methods(["GET", "HEAD", "POST"])
def young(request: HttpRequest) -> HttpResponse:
    """A child or a young person writes alone."""
    return _page(request, form=YoungForm(request.POST or None, speaks=_language()), name="young")


@public
@require_safe
def place(request: HttpRequest) -> HttpResponse:
    """What a typed place means, and which youth office is competent there: a part of the form."""
    where = whereabouts(request.GET.get("place", ""))
    return render(request, "frontdoor/partials/place.html", {"where": where})


@public
@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """It has arrived: by when an answer comes, and the way back to it."""
    own = own_of(request)
    found = conversations(own.actor) if own else []
    if own is None or not found:
        return redirect("frontdoor:own")
    newest = max(found, key=lambda each: each.case.opened_at)
    now = clock.real_now()
    context = {
        "code": own.code,
        "code_until": newest.case.opened_at + CODE_LIVES,
        "promise": until_words(newest.due_at, now=now) if newest.due_at else "",
        "office": places.youth_office_for(newest.case.ags) if newest.case.ags else None,
        "crisis": _help_for(newest),
        "is_young": newest.is_own,
        "own_address": settings.BASE_URL + reverse("frontdoor:own"),
        **_shell(),
    }
    return render(request, "frontdoor/public/thanks.html", context)


def _page(request: HttpRequest, *, form: RequestForm, name: str) -> HttpResponse:
    try:
        receiver = receiving_team(now=clock.real_now())
    except NoReceivingTeam as error:
        LOG.exception("Nobody takes requests.")
        may_know = any(actor_of(request).has_role(role) for role in (Role.ADMINISTRATION, Role.FAMILY_OFFICE))
        context = {"reason": str(error) if may_know else "", **_shell()}
        return render(request, "frontdoor/public/closed.html", context, status=503)
    if request.method == "POST" and form.is_valid():
        if form.is_a_program:
            return redirect(f"frontdoor:{name}")
        if form.says_danger and ANYWAY not in request.POST:
            return _shown(request, form=form, name=name, stops=True)
        if attempts.is_free(request):
            return _sent(request, form=form, receiver=receiver)
        form.add_error(
            None,
            _(
                "Von diesem Anschluss kamen gerade sehr viele Nachrichten. Bitte versuchen Sie es in einer Stunde."
            ),
        )
    return _shown(request, form=form, name=name)


def _sent(request: HttpRequest, *, form: RequestForm, receiver: Receiver) -> HttpResponse:
    new = form.to_incoming()
    # A young person's own advice never hangs on an account that parents may know.
    actor = NOBODY if new.is_own else visitor(request)
    sent = services.send_in(new, receiver=receiver, actor=actor, now=clock.real_now())
    response = redirect("frontdoor:thanks")
    if sent.code:
        keep_code(response, sent.code)
    return response


def _shown(request: HttpRequest, *, form: RequestForm, name: str, stops: bool = False) -> HttpResponse:
    lines = finder.help_for(FIRST_LINES, language=_language(), now=clock.real_now())
    context = {
        "form": form,
        "name": name,
        "lines": lines,
        "first_lines": lines[:MOST_FIRST],
        "stops": stops,
        "where": form.where,
        **_shell(),
    }
    return render(request, f"frontdoor/public/{name}.html", context, status=422 if form.errors else 200)


def _help_for(shown: Conversation) -> list[finder.HelpLine]:
    """The numbers that fit what was written, as the finder shows them: before everything else."""
    words = " ".join(each.words for each in shown.messages if each.side is Side.FAMILY)
    return finder.help_for(crisis.detect(words), language=_language(), now=clock.real_now())


def _language() -> str:
    return get_language() or "de"


def _shell() -> dict[str, Any]:
    """How else the Familienbüro is reached."""
    county = places.county()
    names = ("name", "phone", "hours")
    return {"family_office": {name: county.office(name, language=_language()) for name in names}}
