"""Services that look like the same thing twice: side by side, with a decision."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.dates import WEEKDAYS
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from lueckenlos.commons.directory.wording import language_name
from lueckenlos.core import clock
from lueckenlos.core.actor import Role
from lueckenlos.core.components import LinkItem
from lueckenlos.core.guards import actor_of, requires
from lueckenlos.kernels.chain.duplicates import SAME_DAY
from lueckenlos.steering.chain import wording
from lueckenlos.steering.chain.forms.duplicates import DuplicateForm
from lueckenlos.steering.chain.life_story import listed
from lueckenlos.steering.chain.selectors.duplicates import (
    Aspect,
    Double,
    Evidence,
    double,
    doubles,
    labels,
    past_decisions,
)
from lueckenlos.steering.chain.services.duplicates import decide_duplicate
from lueckenlos.steering.chain.telling import number
from lueckenlos.steering.chain.types import DuplicateVerdict, Labels
from lueckenlos.steering.chain.views.shell import show

OPEN = "offen"
FILTERS: dict[str, DuplicateVerdict | None] = {
    OPEN: None,
    "gespraech": DuplicateVerdict.TALK,
    "gewollt": DuplicateVerdict.INTENDED,
    "zusammengelegt": DuplicateVerdict.MERGED,
}
ASPECTS: dict[Aspect, str | Promise] = {
    Aspect.ORGANIZATION: gettext_lazy("Träger"),
    Aspect.KIND: gettext_lazy("Art"),
    Aspect.TOWN: gettext_lazy("Ort"),
    Aspect.STREET: gettext_lazy("Straße"),
    Aspect.WEEKDAYS: gettext_lazy("Wochentag"),
    Aspect.PHASES: gettext_lazy("Lebensphasen"),
    Aspect.FIELDS: gettext_lazy("Handlungsfelder"),
    Aspect.AGES: gettext_lazy("Alter"),
    Aspect.CATCHMENT: gettext_lazy("Einzugsgebiet"),
    Aspect.CAPACITY: gettext_lazy("Plätze im Jahr"),
    Aspect.LANGUAGES: gettext_lazy("Sprachen"),
}


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One aspect in words, service by service."""

    label: str | Promise
    values: list[str]
    is_same: bool


@dataclass(frozen=True, slots=True)
class Card:
    """A group as the list shows it."""

    double: Double
    title: str
    same: str
    surplus: str
    state: str | Promise


@requires(Role.COORDINATION)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The groups of one state, those that nobody has decided first."""
    every, words = doubles(), labels()
    chosen = request.GET.get("stand", OPEN)
    chosen = chosen if chosen in FILTERS else OPEN
    tabs = [
        LinkItem(_label(name), f"?stand={name}", name == chosen, sum(each.state is state for each in every))
        for name, state in FILTERS.items()
    ]
    past = [
        (listed([words.services.get(key, key) for key in keys]), decision, wording.DUPLICATE_VERDICTS[decision.decision])
        for keys, decision in past_decisions(without=[each.key for each in every])
    ]  # fmt: skip
    context = {
        "cards": [_card(each, words) for each in every if each.state is FILTERS[chosen]],
        "tabs": tabs,
        "open": sum(each.state is None for each in every),
        "count": len(every),
        "past": past,
        "is_open": chosen == OPEN,
    }
    return show(request, "chain/duplicates.html", context, section="chain:duplicates")


@requires(Role.COORDINATION)
@require_http_methods(["GET", "HEAD", "POST"])
def group(request: HttpRequest, key: str) -> HttpResponse:
    """One group side by side, with what was decided and the next decision."""
    found = double(key)
    if found is None:
        raise Http404
    form = DuplicateForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        decision, note = form.to_decision()
        decide_duplicate(
            found.group.services, decision=decision, note=note, actor=actor_of(request), now=clock.now()
        )
        messages.success(
            request,
            _("Entschieden. Es steht jetzt unter „%(state)s“.")
            % {"state": wording.DUPLICATE_VERDICTS[decision]},
        )
        return redirect("chain:duplicates")
    words = labels()
    context = {
        "double": found,
        "card": _card(found, words),
        "rows": [_row(each, words) for each in found.evidence],
        "form": form,
        "history": [(each, wording.DUPLICATE_VERDICTS[each.decision]) for each in found.decisions],
    }
    status = 422 if form.errors else 200
    return show(request, "chain/duplicate.html", context, section="chain:duplicates", status=status)


def _label(name: str) -> str:
    state = FILTERS[name]
    return _("noch offen") if state is None else str(wording.DUPLICATE_VERDICTS[state])


def _card(each: Double, words: Labels) -> Card:
    kind = words.kinds.get(each.services[0].kind or "", "")
    return Card(
        double=each,
        title=_("%(count)s Angebote: %(kind)s")
        % {"count": len(each.services), "kind": kind or _("gleiche Art")},
        same=_same(each),
        surplus=_surplus(each),
        state=wording.DUPLICATE_VERDICTS[each.state] if each.state else "",
    )


def _same(each: Double) -> str:
    if each.group.rule == SAME_DAY:
        town = next((row.values[0] for row in each.evidence if row.aspect is Aspect.TOWN), ())
        days = _weekdays(each.services[0].weekdays)
        place = listed([str(part) for part in town]) if isinstance(town, tuple) else ""
        return _("Gleiche Art, gleicher Ort (%(place)s), gleicher Tag (%(days)s).") % {
            "place": place,
            "days": days,
        }
    return _("Gleiche Art, und die Texte sagen fast dasselbe.")


def _surplus(each: Double) -> str:
    surplus = each.group.surplus
    if surplus is None:
        return _("Ob es zu viel ist, lässt sich nicht sagen: Hier hat niemand ein Ziel gesetzt.")
    if surplus > 0:
        return _(
            "Zusammen bis zu %(places)s Plätze im Jahr mehr, als das Ziel für ihre gemeinsamen Kinder verlangt."
        ) % {"places": number(surplus)}
    return _("Zu viel ist es nicht: Zusammen sind es höchstens so viele Plätze, wie das Ziel verlangt.")


def _row(each: Evidence, words: Labels) -> EvidenceRow:
    return EvidenceRow(
        ASPECTS[each.aspect], [_value(each.aspect, value, words) for value in each.values], each.is_same
    )


def _value(aspect: Aspect, value: Any, words: Labels) -> str:
    """A value in German; a dash where nobody knows."""
    if value in (None, "", ()):
        return "–"
    known = {Aspect.PHASES: words.phases, Aspect.FIELDS: words.fields, Aspect.CATCHMENT: words.areas}
    if aspect is Aspect.CATCHMENT and value == "kreis":
        return _("ganzer Kreis")
    if aspect in known:
        order = list(known[aspect])
        keys = sorted(value, key=lambda key: order.index(key) if key in order else len(order))
        return ", ".join(known[aspect].get(key, key) for key in keys)
    if aspect is Aspect.KIND:
        return words.kinds.get(str(value), str(value))
    if aspect is Aspect.CAPACITY:
        return number(value)
    return READERS[aspect](value) if aspect in READERS else str(value)


def _weekdays(days: frozenset[int]) -> str:
    return listed([str(WEEKDAYS[day]) for day in sorted(days)]) or "–"


def _ages(youngest: float | None, oldest: float | None) -> str:
    if youngest is None:
        return _("bis %(oldest)s") % {"oldest": number(oldest or 0.0)}
    if oldest is None:
        return _("ab %(youngest)s") % {"youngest": number(youngest)}
    return _("%(youngest)s bis %(oldest)s") % {"youngest": number(youngest), "oldest": number(oldest)}


def _languages(codes: tuple[str, ...]) -> str:
    return ", ".join(language_name(code) for code in codes)


READERS: dict[Aspect, Callable[[Any], str]] = {
    Aspect.WEEKDAYS: lambda days: _weekdays(frozenset(days)),
    Aspect.AGES: lambda ages: _ages(*ages),
    Aspect.LANGUAGES: _languages,
    Aspect.TOWN: ", ".join,
    Aspect.STREET: ", ".join,
}
