"""The social-area analysis: which municipality stands where, why, and how sure that is."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from lueckenlos.commons.places import selectors as places
from lueckenlos.core import clock
from lueckenlos.core.guards import requires
from lueckenlos.kernels.social_areas import Role
from lueckenlos.steering.chain.forms.analysis import AnalysisForm
from lueckenlos.steering.chain.selectors.analysis import analyse, indicator_cards
from lueckenlos.steering.chain.social_types import Analysis, Flaw, IndicatorCard
from lueckenlos.steering.chain.social_wording import (
    DIRECTIONS,
    FLAWS,
    LEFT_OUT,
    MISSING,
    STANDARDS,
    unit_sign,
)
from lueckenlos.steering.chain.views.analysis_pictures import (
    Legend,
    bars,
    first_zone,
    legend,
    rank_map,
    whiskers,
)
from lueckenlos.steering.chain.views.shell import PLANNERS
from lueckenlos.steering.chain.views.social import show_social

SURE = 0.9
DOUBTFUL = 0.7
WARNED = (Flaw.AREAS_MISSING, Flaw.OLD, Flaw.SMALL, Flaw.NO_COUNTS)


@requires(*PLANNERS)
@require_safe
def analysis(request: HttpRequest) -> HttpResponse:
    """Choose indicators, weigh them, and see the ranking with its robustness."""
    cards = indicator_cards(this_year=clock.today().year)
    areas = places.municipalities()
    form = AnalysisForm(request.GET, cards=cards, areas=max(len(areas), 1))
    if not form.is_valid():
        context = {"form": form, "cards": cards, "views": _views(form.role)}
        return show_social(request, "chain/analysis.html", context, tab="chain:analysis", status=422)
    found = analyse(form.to_wish())
    context = {
        "form": form,
        "cards": cards,
        "views": _views(form.role),
        **pictures_of(found),
        "map": rank_map(found, geojson=places.areas_geojson()),
        "left_out": [(label, LEFT_OUT[why]) for label, why in found.left_out],
        "warnings": _warnings(found, cards=form.cards),
        "choose_url": f"{reverse('chain:site-new')}?{found.wish.query}",
    }
    return show_social(request, "chain/analysis.html", context, tab="chain:analysis")


def pictures_of(found: Analysis) -> dict[str, Any]:
    """What the pages of a ranking and of a document show of an analysis."""
    signs = legend(found.parts)
    return {
        "found": found,
        "sentences": sentences(found),
        "bars": bars(found),
        "whiskers": whiskers(found),
        "zone": first_zone(found),
        "legend": [_legend_line(sign, found) for sign in signs],
        "standard": STANDARDS[found.wish.standard],
        "missing": MISSING[found.wish.missing],
        "units": [unit_sign(part.unit) for part in found.parts],
        "tables_state": "closed",
    }


def sentences(found: Analysis) -> list[str]:
    """What is the case, in one sentence, and how sure in a second."""
    leader = found.leader
    if leader is None:
        return [_("So lässt sich keine Rangfolge bilden: Kein gewählter Indikator zählt mit.")]
    count = len(found.parts)
    by = ngettext("einem Indikator", "%(count)s Indikatoren", count) % {"count": count}
    words = (
        _("Nach %(by)s ist der Bedarf in %(name)s am größten.")
        if found.wish.role is Role.NEED
        else _("Nach %(by)s ist die Nutzung in %(name)s am höchsten.")
    )
    return [words % {"by": by, "name": leader.name}, _how_sure(found)]


def _how_sure(found: Analysis) -> str:
    leader = found.lines[0]
    share = leader.together.among_first
    words = {
        "name": leader.name,
        "times": round(100 * share),
        "first": found.first,
        "low": leader.together.low,
        "high": leader.together.high,
    }
    if share >= SURE:
        return _("Das ist recht sicher: In %(times)s von 100 Nachrechnungen bleibt %(name)s unter den ersten %(first)s.") % words  # fmt: skip
    if share >= DOUBTFUL:
        return _("Das gilt meistens: In %(times)s von 100 Nachrechnungen bleibt %(name)s unter den ersten %(first)s.") % words  # fmt: skip
    return _("Sicher ist das nicht: Nur in %(times)s von 100 Nachrechnungen bleibt %(name)s unter den ersten %(first)s; meist liegt der Rang zwischen %(low)s und %(high)s.") % words  # fmt: skip


def _legend_line(sign: Legend, found: Analysis) -> dict[str, Any]:
    return {
        "letter": sign.letter,
        "color": sign.color,
        "part": sign.part,
        "percent": round(100 * sign.part.share),
        "unit": unit_sign(sign.part.unit),
        "direction": DIRECTIONS[found.wish.role][sign.part.direction],
    }


def _warnings(
    found: Analysis, *, cards: Sequence[IndicatorCard]
) -> list[tuple[str, str | Promise, tuple[str, ...]]]:
    used = {part.key for part in found.parts}
    return [
        (card.info.label, FLAWS[each.flaw], each.about)
        for card in cards
        if card.info.key in used
        for each in card.findings
        if each.flaw in WARNED
    ]


def _views(role: Role) -> list[dict[str, Any]]:
    words = {Role.NEED: _("Wo ist der Bedarf?"), Role.USE: _("Wo wird Hilfe genutzt?")}
    url = reverse("chain:analysis")
    return [
        {"label": label, "url": url if each is Role.NEED else f"{url}?sicht={each}", "current": each is role}
        for each, label in words.items()
    ]
