"""The register of indicators: what is known, how good it is, and one indicator with all its values."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lueckenlos.commons.directory import selectors as directory
from lueckenlos.commons.places import selectors as places
from lueckenlos.commons.places.services import UnknownIndicator
from lueckenlos.commons.places.types import IndicatorAbout, IndicatorDirection
from lueckenlos.core import clock
from lueckenlos.core.actor import Role
from lueckenlos.core.guards import actor_of, requires
from lueckenlos.steering.chain.forms.indicators import IndicatorForm
from lueckenlos.steering.chain.selectors.analysis import indicator_cards
from lueckenlos.steering.chain.services.indicators import mend_indicator, take_back_values
from lueckenlos.steering.chain.social_types import IndicatorCard
from lueckenlos.steering.chain.social_wording import FLAW_SHORT, FLAWS, GOOD, unit_sign
from lueckenlos.steering.chain.views.shell import PLANNERS
from lueckenlos.steering.chain.views.social import show_social

TAB = "chain:indicators"
YEARS = 6


@requires(*PLANNERS)
@require_safe
def indicators(request: HttpRequest) -> HttpResponse:
    """Every indicator with its year, its source and what is weak about it; need and use apart."""
    cards = indicator_cards(this_year=clock.today().year)
    groups = [(about, [_row(card) for card in cards if card.info.about is about]) for about in IndicatorAbout]
    context = {"groups": groups, "count": len(cards), "flawed": sum(not card.is_usable for card in cards)}
    return show_social(request, "chain/indicators.html", context, tab=TAB)


@requires(*PLANNERS)
@require_http_methods(["GET", "HEAD", "POST"])
def indicator(request: HttpRequest, key: str) -> HttpResponse:
    """One indicator: its values by municipality and year; Koordination mends what it means."""
    actor = actor_of(request)
    may_write = actor.has_role(Role.COORDINATION)
    if request.method == "POST" and not may_write:
        raise Http404
    card = _card(key)
    infos = places.indicators()
    form = IndicatorForm(request.POST or None, info=card.info, infos=infos, catalog=directory.catalog())
    if request.method == "POST" and form.is_valid():
        try:
            mend_indicator(form.to_definition(), actor=actor, now=clock.now())
        except UnknownIndicator as gone:
            raise Http404 from gone
        messages.success(request, _("Gespeichert. Die Kette rechnet ab jetzt so."))
        return redirect("chain:indicator", key=key)
    years = sorted(card.info.values)[-YEARS:]
    context = {
        "card": card,
        "row": _row(card),
        "findings": [(FLAWS[each.flaw], ", ".join(each.about)) for each in card.findings],
        "years": years,
        "rows": _values(card, years),
        "sources": [(year, ", ".join(card.info.sources.get(year, ()))) for year in reversed(years)],
        "own_years": sorted(card.info.own_years, reverse=True),
        "form": form,
    }
    return show_social(request, "chain/indicator.html", context, tab=TAB, status=422 if form.errors else 200)


@requires(Role.COORDINATION)
@require_POST
def indicator_forget(request: HttpRequest, key: str) -> HttpResponse:
    """Take back what was read in for a year."""
    card = _card(key)
    year = request.POST.get("jahr", "")
    if not year.isdecimal() or int(year) not in card.info.own_years:
        raise Http404
    gone = take_back_values(key, year=int(year), actor=actor_of(request), now=clock.now())
    words = ngettext("Ein Wert ist zurückgenommen.", "%(count)s Werte sind zurückgenommen.", gone)
    messages.success(request, words % {"count": gone})
    there = any(info.key == key for info in places.indicators())
    return redirect("chain:indicator", key=key) if there else redirect("chain:indicators")


def _card(key: str) -> IndicatorCard:
    cards = indicator_cards(this_year=clock.today().year)
    card = next((each for each in cards if each.info.key == key), None)
    if card is None:
        raise Http404
    return card


def _row(card: IndicatorCard) -> dict[str, Any]:
    values = card.info.values.get(card.latest or 0, {})
    return {
        "card": card,
        "unit": unit_sign(card.info.unit),
        "good": GOOD[IndicatorDirection(card.info.direction or IndicatorDirection.NEUTRAL)],
        "least": min(values.values(), default=None),
        "most": max(values.values(), default=None),
        "flaws": [(each.flaw.excludes, FLAW_SHORT[each.flaw]) for each in card.findings],
        "sources": ", ".join(card.info.sources.get(card.latest or 0, ())),
    }


def _values(card: IndicatorCard, years: list[int]) -> list[dict[str, Any]]:
    latest = card.latest or 0
    counts = card.info.counts.get(latest, {})
    return [
        {
            "name": place.name,
            "values": [card.info.values[year].get(place.ags) for year in years],
            "counts": counts.get(place.ags, (None, None)),
        }
        for place in places.municipalities()
    ]
