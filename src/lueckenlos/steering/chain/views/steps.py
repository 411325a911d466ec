"""The next best step: a budget, what it closes, and the catalogue that it chooses from."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lueckenlos.core import clock
from lueckenlos.core.actor import Role
from lueckenlos.core.guards import actor_of, requires
from lueckenlos.kernels.chain.types import AreaChange, Choice, Why
from lueckenlos.steering.chain import step_wording, wording
from lueckenlos.steering.chain.forms.steps import CatalogStepForm, StepsForm
from lueckenlos.steering.chain.selectors import drawn
from lueckenlos.steering.chain.selectors.candidates import Candidate, LanguageStep, StepView
from lueckenlos.steering.chain.selectors.standing import Sight, sight_of, visible
from lueckenlos.steering.chain.selectors.steps import (
    NextSteps,
    catalog,
    catalog_step,
    next_steps,
)
from lueckenlos.steering.chain.services.steps import NoSuchStep, change_step, end_step
from lueckenlos.steering.chain.telling import number
from lueckenlos.steering.chain.types import Labels
from lueckenlos.steering.chain.views.bars import part
from lueckenlos.steering.chain.views.shell import PLANNERS, show

USUAL_BUDGETS = (25_000, 50_000, 100_000, 250_000)
TINY = 1e-9


class Way(StrEnum):
    """Which of the three choices the page opens, as its address says it."""

    LEAST = "wirkung"
    FAIREST = "fair"
    GREEDY = "eins-nach-dem-andern"


WAYS: dict[Way, str | Promise] = {
    Way.LEAST: gettext_lazy("Am meisten Plätze"),
    Way.FAIREST: gettext_lazy("Am gerechtesten"),
    Way.GREEDY: gettext_lazy("Eins nach dem andern"),
}


@dataclass(frozen=True, slots=True)
class StepRow:
    """One chosen step."""

    candidate: Candidate
    label: str
    kind: str | Promise
    where: str
    cost: int
    places: float
    cost_per_place: float | None
    why: str


@dataclass(frozen=True, slots=True)
class AreaRow:
    """A municipality before and after, with the lengths of its bars."""

    label: str
    change: AreaChange
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class WayRow:
    """One of the three choices beside the others."""

    way: Way
    label: str | Promise
    choice: Choice
    won: float
    cost_per_place: float | None
    proof: str
    url: str
    current: bool


@requires(*PLANNERS)
@require_safe
def steps(request: HttpRequest) -> HttpResponse:
    """What a budget closes, and which steps to take first."""
    sight = sight_of(actor_of(request))
    now = drawn()
    shown, labels = visible(now.chain.cells, sight=sight), now.labels
    with_target = [cell for cell in shown if cell.target is not None]
    form = StepsForm(
        request.GET if "budget" in request.GET else None,
        phases=[(key, labels.phases[key]) for key in now.phases],
        fields=[(key, labels.fields[key]) for key in now.fields],
        areas=[(key, labels.areas[key]) for key in dict.fromkeys(cell.area for cell in with_target)],
    )
    context: dict[str, Any] = {
        "form": form,
        "missing": sum(cell.missing_lo for cell in with_target),
        "gaps": sum(cell.missing_lo > TINY for cell in with_target),
        "budgets": [(each, f"{reverse('chain:steps')}?{urlencode({'budget': each})}") for each in USUAL_BUDGETS],
        "has_targets": bool(with_target),
        "may_edit": sight.is_coordination,
        "catalog_size": len(catalog()),
    }  # fmt: skip
    status = 422 if form.is_bound and not form.is_valid() else 200
    if form.is_bound and form.is_valid():
        context |= _result(request, form, sight=sight)
    return show(request, "chain/steps.html", context, section="chain:steps", status=status)


def _result(request: HttpRequest, form: StepsForm, *, sight: Sight) -> dict[str, Any]:
    found = next_steps(form.to_request(), sight=sight)
    labels = found.drawn.labels
    chosen = request.GET.get("plan", Way.LEAST)
    way = Way(chosen) if chosen in set(Way) else Way.LEAST
    choice = _choices(found)[way]
    areas = sorted(choice.areas, key=lambda each: -each.missing_before)
    longest = max((each.missing_before for each in areas), default=0.0) or 1.0
    return {
        "found": found,
        "plan": found.plan,
        "choice": choice,
        "way": WAYS[way],
        "lead": step_wording.lead(found, choice),
        "ways": _ways(request, found, way),
        "rows": [_row(why, found, labels) for why in choice.why],
        "areas": [
            AreaRow(
                labels.areas.get(each.area, each.area),
                each,
                part(each.missing_before / longest),
                part(each.missing_after / longest),
            )
            for each in areas
            if each.missing_before > TINY
        ],
        "beyond": [labels.areas.get(area, area) for area in found.plan.beyond_help]
        if found.request.budget
        else [],
        "languages": [_language(each, found, labels) for each in found.languages],
        "left": found.left,
    }


def _choices(found: NextSteps) -> dict[Way, Choice]:
    return {Way.LEAST: found.plan.least, Way.FAIREST: found.plan.fairest, Way.GREEDY: found.plan.greedy}


def _ways(request: HttpRequest, found: NextSteps, chosen: Way) -> list[WayRow]:
    rows = []
    for way, choice in _choices(found).items():
        query = request.GET.copy()
        query["plan"] = way.value
        won = choice.missing_before - choice.missing_after
        rows.append(
            WayRow(
                way,
                WAYS[way],
                choice,
                won,
                choice.cost / won if won > TINY else None,
                step_wording.proof(choice, is_fairest=way is Way.FAIREST),
                f"?{query.urlencode()}",
                way is chosen,
            )
        )
    return rows


def _row(why: Why, found: NextSteps, labels: Labels) -> StepRow:
    candidate = found.candidates[why.measure]
    return StepRow(
        candidate=candidate,
        label=candidate.step.label,
        kind=wording.STEPS[why.step],
        where=step_wording.where(candidate, labels=labels),
        cost=why.cost,
        places=why.places,
        cost_per_place=why.cost / why.places if why.places > TINY else None,
        why=step_wording.why(why, labels=labels),
    )


def _language(each: LanguageStep, found: NextSteps, labels: Labels) -> dict[str, Any]:
    return {
        "label": each.step.label,
        "service": labels.services.get(each.service, each.service),
        "key": each.service,
        "cost": each.step.cost,
        "children": each.children,
        "cells": each.cells,
        "fits": each.step.cost <= found.left,
    }


@requires(*PLANNERS)
@require_safe
def catalog_page(request: HttpRequest) -> HttpResponse:
    """Every step that a plan may choose, with what it costs and gives."""
    labels = drawn().labels
    rows = [_catalog_row(step, labels) for step in catalog()]
    context = {"rows": rows, "may_edit": actor_of(request).has_role(Role.COORDINATION)}
    return show(request, "chain/steps_catalog.html", context, section="chain:steps")


@requires(Role.COORDINATION)
@require_http_methods(["GET", "HEAD", "POST"])
def catalog_edit(request: HttpRequest, key: str) -> HttpResponse:
    """Change what a step costs and gives."""
    step = catalog_step(key)
    if step is None:
        raise Http404
    form = CatalogStepForm(
        request.POST if request.method == "POST" else None, initial=CatalogStepForm.initial_of(step)
    )
    if request.method == "POST" and form.is_valid():
        try:
            change_step(form.to_step(step), actor=actor_of(request))
        except NoSuchStep as gone:
            raise Http404 from gone
        messages.success(request, _("Gespeichert. Der nächste Plan rechnet damit."))
        return redirect("chain:step-catalog")
    context = {"form": form, "row": _catalog_row(step, drawn().labels)}
    return show(
        request, "chain/step_edit.html", context, section="chain:steps", status=422 if form.errors else 200
    )


@requires(Role.COORDINATION)
@require_POST
def catalog_end(request: HttpRequest, key: str) -> HttpResponse:
    """Take a step out of the catalogue."""
    try:
        end_step(key, actor=actor_of(request), now=clock.now())
    except NoSuchStep as gone:
        raise Http404 from gone
    messages.success(request, _("Der Schritt steht nicht mehr im Katalog."))
    return redirect("chain:step-catalog")


def _catalog_row(step: StepView, labels: Labels) -> dict[str, Any]:
    return {
        "step": step,
        "kind": wording.STEPS[step.step],
        "phases": ", ".join(labels.phases.get(key, key) for key in step.phases),
        "fields": ", ".join(labels.fields.get(key, key) for key in step.fields),
        "cost": number(step.cost),
        "places": number(step.places) if step.places else "–",
    }
