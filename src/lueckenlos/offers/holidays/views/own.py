"""Somebody's own wish list, by the link in their mail: look, change wishes, take it back, read what became of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lueckenlos.commons.accounts import attempts
from lueckenlos.core import clock, codes
from lueckenlos.core.actor import Actor, link_to
from lueckenlos.core.guards import by_link
from lueckenlos.offers.holidays import selectors, services
from lueckenlos.offers.holidays.errors import NoSuchList, NotFit, NothingWished, NotNow, TooLate
from lueckenlos.offers.holidays.forms.public import WishesForm
from lueckenlos.offers.holidays.page import before, line, results, same_time, shown, sorted_out
from lueckenlos.offers.holidays.services.letters import CODE
from lueckenlos.offers.holidays.types import OfferView, RoundState, RoundView, Stage, WishListView


@by_link
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest, code: str) -> HttpResponse:
    """The list that this link opens."""
    try:
        actor, mine, view = _opened(request, code)
    except attempts.TooManyAttempts:
        return render(request, "holidays/public/closed.html", {"too_many": True}, status=429)
    except codes.CodeNotValid:
        return render(request, "holidays/public/closed.html", status=404)
    offers = selectors.offers(view)
    form = _form(request, mine, offers=offers)
    if request.method == "POST":
        answer = _done(request, actor, mine, view, code=code, form=form)
        if answer is not None:
            return redirect(answer)
    page = {**_page(actor, mine, view, offers=offers), "code": code, "form": form}
    return render(request, "holidays/public/own.html", page, status=422 if form.errors else 200)


def _opened(request: HttpRequest, code: str) -> tuple[Actor, WishListView, RoundView]:
    """What the link opens; wrong ones are counted. Raises CodeNotValid or TooManyAttempts."""
    record = attempts.opened(request, code, purpose=CODE)
    actor = link_to(record, purpose=CODE)
    mine = selectors.wish_list(actor, record)
    view = selectors.round_by_id(mine.round) if mine else None
    if mine is None or view is None:
        raise codes.CodeNotValid
    return actor, mine, view


def _form(request: HttpRequest, mine: WishListView, *, offers: list[OfferView]) -> WishesForm:
    fitting, _others = sorted_out(offers, mine.children)
    given = request.POST if request.POST.get("tun") == "aendern" else None
    return WishesForm(given, offers=fitting, initial=WishesForm.initial_of(mine.wishes))


def _done(
    request: HttpRequest, actor: Actor, mine: WishListView, view: RoundView, *, code: str, form: WishesForm
) -> str | None:
    """Do what was asked for, and say where to go; nothing where the form must be shown again."""
    deed, now = request.POST.get("tun", ""), clock.real_now()
    try:
        if deed == "zuruecknehmen":
            services.take_back(mine.id, actor=actor)
            messages.success(request, _("Ihr Wunschzettel ist gelöscht."))
            return reverse("holidays:round", args=[view.key])
        if deed == "platz":
            return _way(actor, mine, offer=UUID(request.POST.get("angebot", "")), now=now)
        if deed == "aendern":
            if not form.is_valid():
                return None
            services.change_wishes(mine.id, form.to_wishes(), actor=actor, now=now)
            messages.success(request, _("Geändert. Es gilt, was jetzt hier steht."))
    except TooLate:
        messages.error(request, _("Die Frist ist vorbei. Es gilt, was vorher da stand."))
    except NotNow:
        messages.error(request, _("Die Plätze sind schon verteilt. Der Zettel bleibt, wie er ist."))
    except (NotFit, NothingWished):
        messages.error(
            request, _("Ein Wunsch passt nicht mehr zu Ihren Kindern. Bitte prüfen Sie Ihre Wünsche.")
        )
    except (NoSuchList, ValueError) as error:
        raise Http404 from error
    return reverse("holidays:own", args=[code])


def _way(actor: Actor, mine: WishListView, *, offer: UUID, now: datetime) -> str:
    """To the place that came of a wish, without looking for its letter."""
    return reverse("programmes:own", args=[services.way_to_place(mine.id, offer, actor=actor, now=now)])


def _page(actor: Actor, mine: WishListView, view: RoundView, *, offers: list[OfferView]) -> dict[str, Any]:
    now = clock.real_now()
    by_id = {each.id: each for each in offers}
    wished = [by_id[each] for each in mine.wishes if each in by_id]
    found = results(mine.wishes, selectors.decisions(actor, mine.id), offers)
    numbers = selectors.lots(view)
    return {
        "mine": mine,
        "shown": shown(view, now=now),
        "can_change": view.stage(now) is Stage.WISHING,
        "can_take_back": view.state in {RoundState.OPEN, RoundState.ABORTED},
        "called_off": [each.programme.title for each in wished if not each.takes_place],
        "extensions": [before(each) for each in selectors.extensions(view)],
        "is_told": view.state is RoundState.PUBLISHED,
        "lines": [line(each) for each in wished],
        "same_time": same_time(wished),
        "results": found,
        "has_place": any(each.has_place for each in found),
        "lot": numbers.index(mine.number) + 1 if mine.number in numbers else None,
        "lots": len(numbers),
    }
