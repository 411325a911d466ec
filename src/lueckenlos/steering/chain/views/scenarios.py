"""Was wäre, wenn: what-ifs are begun, changed, held against today, kept or thrown away."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lueckenlos.commons.directory.wording import language_name
from lueckenlos.commons.places import selectors as places
from lueckenlos.core import clock, printing
from lueckenlos.core.actor import Role, ScopeKind
from lueckenlos.core.guards import actor_of, requires
from lueckenlos.steering.chain import selectors
from lueckenlos.steering.chain.forms.scenarios import FORMS, ChangeForm, ScenarioForm, Stock
from lueckenlos.steering.chain.out.papers import scenario_data
from lueckenlos.steering.chain.scenario_changes import deed_of
from lueckenlos.steering.chain.scenario_words import (
    change_words,
    gone_words,
    headline,
    rows_of,
)
from lueckenlos.steering.chain.selectors.scenarios import (
    ChangeLine,
    ScenarioView,
    comparison,
    scenario_for,
    scenarios_for,
)
from lueckenlos.steering.chain.selectors.standing import sight_of
from lueckenlos.steering.chain.selectors.trying import services_for
from lueckenlos.steering.chain.services import scenarios as services
from lueckenlos.steering.chain.types import ScenarioDeed, ScenarioState
from lueckenlos.steering.chain.views.out import PRINTED, as_file
from lueckenlos.steering.chain.views.shell import PLANNERS, show
from lueckenlos.steering.chain.wording import SCENARIO_DEEDS, SCENARIO_STATES, VERDICTS

SECTION = "chain:scenarios"
SLUGS: dict[str, ScenarioDeed] = {
    "ziel": ScenarioDeed.TARGET,
    "plaetze": ScenarioDeed.CAPACITY,
    "neues-angebot": ScenarioDeed.ADD_SERVICE,
    "wegfall": ScenarioDeed.REMOVE_SERVICE,
    "einzugsgebiet": ScenarioDeed.CATCHMENT,
    "sprache": ScenarioDeed.LANGUAGE,
}
LONG = 40
"""Cells that change; more of them are one tap away."""


@dataclass(frozen=True, slots=True)
class Told:
    """One change as the page tells it."""

    line: ChangeLine
    deed: str | Promise
    words: str
    gone: str


@requires(*PLANNERS)
@require_http_methods(["GET", "POST"])
def scenarios(request: HttpRequest) -> HttpResponse:
    """The what-ifs of the house that the reader may see, and the beginning of a new one."""
    actor = actor_of(request)
    areas = _areas_of(request)
    if not areas:
        raise Http404
    form = ScenarioForm(
        request.POST if request.method == "POST" else None,
        areas=areas,
        initial={"name": request.GET.get("name", "")[:120]},
    )
    if form.is_valid():
        given = form.cleaned_data
        area = form.to_area()
        made = services.create_scenario(
            given["name"], area=area, note=given["note"], actor=actor, now=clock.now()
        )
        return redirect("chain:scenario", scenario_id=made)
    all_ = scenarios_for(actor)
    page = {
        "form": form,
        "open": [each for each in all_ if each.is_open],
        "kept": [each for each in all_ if each.state is ScenarioState.KEPT],
        "discarded": [each for each in all_ if each.state is ScenarioState.DISCARDED],
        "names": {each.ags: each.name for each in places.municipalities()},
        "county": places.county().name,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return show(request, "chain/scenarios.html", page, section=SECTION, status=status)


@requires(*PLANNERS)
@require_http_methods(["GET"])
def scenario(request: HttpRequest, scenario_id: UUID) -> HttpResponse:
    """One what-if: what it changes, and what comes of it."""
    view = _scenario(request, scenario_id)
    found = comparison(view, sight=sight_of(actor_of(request)))
    labels = selectors.drawn().labels
    rows = rows_of(found, labels=labels)
    page = {
        "scenario": view,
        "where": labels.areas.get(view.area) or places.county().name,
        "headline": headline(found, view=view),
        "found": found,
        "changes": [
            Told(line, SCENARIO_DEEDS[deed_of(line.change)], change_words(line.change, labels=labels), gone_words(line))
            for line in view.lines
        ],
        "turned": [row for row in rows if row.piece.turns],
        "moved": [row for row in rows if not row.piece.turns][:LONG],
        "moved_more": max(len(found.moved) - LONG, 0),
        "areas": [(labels.areas.get(each.area, each.area), each) for each in found.areas],
        "deeds": [(SCENARIO_DEEDS[deed], reverse("chain:scenario_change", args=[view.id, slug])) for slug, deed in SLUGS.items()],
        "verdicts": VERDICTS,
        "state": SCENARIO_STATES[view.state],
    }  # fmt: skip
    return show(request, "chain/scenario.html", page, section=SECTION)


@requires(*PLANNERS)
@require_http_methods(["GET"])
def scenario_paper(request: HttpRequest, scenario_id: UUID) -> HttpResponse:
    """The same as PDF for a committee."""
    view = _scenario(request, scenario_id)
    found = comparison(view, sight=sight_of(actor_of(request)))
    labels = selectors.drawn().labels
    data = scenario_data(
        name=view.name,
        where=labels.areas.get(view.area) or places.county().name,
        note=view.note,
        stand=date_format(clock.today(), "j. F Y"),
        headline=headline(found, view=view),
        changes=[
            (str(SCENARIO_DEEDS[deed_of(line.change)]), change_words(line.change, labels=labels))
            for line in view.lines
            if line.is_on
        ],
        rows=rows_of(found, labels=labels),
        found=found,
        labels=labels,
    )
    made = printing.pdf(PRINTED / "scenario.typ", data, now=clock.now())
    return as_file(made, "application/pdf", name=f"{slugify(view.name) or 'was-waere-wenn'}.pdf")


@requires(*PLANNERS)
@require_http_methods(["GET", "POST"])
def scenario_change(request: HttpRequest, scenario_id: UUID, deed: str) -> HttpResponse:
    """The form of one change."""
    view = _scenario(request, scenario_id)
    kind = FORMS.get(SLUGS[deed]) if deed in SLUGS else None
    if kind is None:
        raise Http404
    if not view.is_open:
        messages.info(
            request, _("Nehmen Sie es erst wieder auf: Verworfenes und Aufgehobenes ändert sich nicht.")
        )
        return redirect("chain:scenario", scenario_id=view.id)
    form = _change_form(request, kind, view=view)
    if form.is_valid():
        return _deed(
            request, view.id, lambda: services.add_change(view.id, form.to_change(), actor=actor_of(request))
        )
    page = {"scenario": view, "form": form, "deed": SCENARIO_DEEDS[kind.deed], "slug": deed}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return show(request, "chain/scenario_change.html", page, section=SECTION, status=status)


@requires(*PLANNERS)
@require_POST
def scenario_line(request: HttpRequest, scenario_id: UUID, change_id: int) -> HttpResponse:
    """Leave one change out, take it in again, or take it away for good."""
    view, actor = _scenario(request, scenario_id), actor_of(request)
    deeds: dict[str, Callable[..., None]] = {
        "out": services.leave_out,
        "in": services.take_in,
        "drop": services.drop_change,
    }
    deed = deeds.get(request.POST.get("deed", ""))
    if deed is None:
        raise Http404
    return _deed(request, view.id, lambda: deed(view.id, change_id, actor=actor))


@requires(*PLANNERS)
@require_POST
def scenario_state(request: HttpRequest, scenario_id: UUID) -> HttpResponse:
    """Keep a what-if, throw it away, or take it up again."""
    view, actor, now = _scenario(request, scenario_id), actor_of(request), clock.now()
    deed = request.POST.get("deed", "")
    if deed == "keep":
        text = _("Aufgehoben, mit dem Ergebnis von heute.")
        return _deed(
            request, view.id, lambda: services.keep_scenario(view.id, actor=actor, now=now), text=text
        )
    if deed == "discard":
        text = _("Verworfen. Sie können es jederzeit wieder aufnehmen.")
        return _deed(
            request, view.id, lambda: services.discard_scenario(view.id, actor=actor, now=now), text=text
        )
    if deed == "reopen":
        text = _("Wieder aufgenommen.")
        return _deed(request, view.id, lambda: services.reopen_scenario(view.id, actor=actor), text=text)
    raise Http404


def _deed(
    request: HttpRequest, scenario_id: UUID, deed: Callable[[], object], *, text: str = ""
) -> HttpResponse:
    """Do it, and say what stood in the way."""
    try:
        deed()
    except services.NotYourScenario as stranger:
        raise Http404 from stranger
    except services.NotOpen:
        messages.info(
            request,
            _(
                "Eben hat jemand dieses „Was wäre, wenn“ aufgehoben oder verworfen. Nehmen Sie es erst wieder auf."
            ),
        )
    except services.NoSuchChange:
        messages.info(request, _("Diese Änderung ist schon weg."))
    except services.TooManyChanges as many:
        messages.warning(
            request,
            _("Mehr als %(most)s Änderungen lassen sich nicht mehr deuten. Beginnen Sie ein zweites.")
            % {"most": many.most},
        )
    else:
        if text:
            messages.success(request, text)
    return redirect("chain:scenario", scenario_id=scenario_id)


def _scenario(request: HttpRequest, scenario_id: UUID) -> ScenarioView:
    view = scenario_for(actor_of(request), scenario_id)
    if view is None:
        raise Http404
    return view


def _areas_of(request: HttpRequest) -> list[tuple[str, str]]:
    """For whom the reader may begin a what-if: Koordination for all, a municipality for itself."""
    towns = [(each.ags, each.name) for each in places.municipalities()]
    actor = actor_of(request)
    if actor.may(Role.COORDINATION):
        return [("", places.county().name), *towns]
    own = {scope.key for scope in actor.scopes(Role.MUNICIPALITY) if scope.kind is ScopeKind.MUNICIPALITY}
    return [each for each in towns if each[0] in own]


def _change_form(request: HttpRequest, kind: type[ChangeForm], *, view: ScenarioView) -> ChangeForm:
    county, knowledge = selectors.county_of()
    there = selectors.drawn()
    labels = selectors.labels_of(knowledge)
    settings = places.county()
    stock = Stock(
        county=settings.name,
        own=view.area,
        areas=[(key, labels.areas[key]) for key in county.areas.keys],
        phases=county.phases,
        phase_labels=[(phase.key, labels.phases[phase.key]) for phase in county.phases],
        fields=[(key, labels.fields[key]) for key in county.fields],
        kinds=sorted(labels.kinds.items(), key=lambda each: each[1].casefold()),
        languages=[(code, language_name(code)) for code in settings.spoken_languages],
        services=services_for(view.area, county=county, chain=there.chain),
    )
    return kind(
        request.POST if request.method == "POST" else None, stock=stock, initial=_initial(request, view)
    )


def _initial(request: HttpRequest, view: ScenarioView) -> dict[str, Any]:
    """What a link from elsewhere has filled in already, else what is likely."""
    names = {"angebot": "service", "gemeinde": "area", "phase": "phase", "feld": "field"}
    given = {name: request.GET[word] for word, name in names.items() if request.GET.get(word)}
    return {"area": view.area, "languages": ["de"], **given}
