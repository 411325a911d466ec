"""Targets: what holds where, in one page; and one target with its wording, what it comes to, and how it came about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lueckenlos.commons.places import selectors as places
from lueckenlos.core import clock
from lueckenlos.core.guards import actor_of, requires
from lueckenlos.steering.chain import selectors
from lueckenlos.steering.chain.forms.targets import TargetForm
from lueckenlos.steering.chain.scenario_changes import with_target
from lueckenlos.steering.chain.selectors.target_board import (
    Line,
    PhaseTargets,
    Result,
    Wording,
    area_words,
    is_place,
    latest_wording,
    place_words,
    results_of,
    target_board,
    target_of,
    wordings,
)
from lueckenlos.steering.chain.services.targets import TargetConflict, end_target, may_set, set_target
from lueckenlos.steering.chain.telling import number_shortly
from lueckenlos.steering.chain.types import CellKey, Drawn, Labels, TargetView, TargetWords
from lueckenlos.steering.chain.views.places import Place, own_place
from lueckenlos.steering.chain.views.shell import PLANNERS, show
from lueckenlos.steering.chain.wording import INTENSITIES, VERDICTS

SECTION = "chain:targets"
SCALE = 200
"""Units of the drawing that shows where municipalities' targets lie."""


@dataclass(frozen=True, slots=True)
class Dot:
    """One municipality's target on the scale of its phase."""

    x: float
    label: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One cell or seam in the overview: where it leads, and how its targets lie."""

    line: Line
    url: str
    here: Result | None
    tick: float | None
    dots: tuple[Dot, ...]
    own: str


@dataclass(frozen=True, slots=True)
class Group:
    """One phase in the overview: cells with a target, and links to those without."""

    phase: PhaseTargets
    rows: tuple[Row, ...]
    open: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """One field in which two wordings differ."""

    label: str | Promise
    theirs: str
    mine: str


@requires(*PLANNERS)
@require_safe
def targets(request: HttpRequest) -> HttpResponse:
    """Every target of the county and its municipalities, phase by phase."""
    place = own_place(request)
    board = target_board(only=place.own)
    names = selectors.drawn().labels.areas
    groups = [_group(phase, place=place, names=names) for phase in board]
    lines = [line for phase in board for line in (*phase.lines, *([phase.seam] if phase.seam else []))]
    set_here = [own for line in lines for own in line.own if place.area in {"", own.area}]
    page = {
        "groups": groups,
        "place": place,
        "scale": SCALE,
        "cells": sum(line.is_set for line in lines if not line.key.to),
        "of_cells": sum(not line.key.to for line in lines),
        "seams": sum(line.is_set for line in lines if line.key.to),
        "of_seams": sum(bool(line.key.to) for line in lines),
        "own": len(set_here),
        "own_areas": len({own.area for own in set_here}),
    }
    return show(request, "chain/targets.html", page, section=SECTION)


@requires(*PLANNERS)
@require_http_methods(["GET", "POST"])
def target(request: HttpRequest, area: str, phase: str, *, field: str = "", to: str = "") -> HttpResponse:
    """One target: read by those concerned, followed by a new wording by whoever sets it."""
    key, place = CellKey(area, phase, field, to), own_place(request, wanted=area)
    there = selectors.drawn()
    if not is_place(key, drawn_=there) or not _may_read(key, place=place):
        raise Http404
    if request.method == "POST" and not may_set(actor_of(request), area=area):
        raise Http404
    standing = latest_wording(key)
    form = _form(request, key=key, standing=standing, labels=there.labels)
    page = _page(request, key=key, drawn_=there, place=place)
    page |= {
        "form": form,
        "standing": standing,
        "base": request.POST.get("base", standing.id if standing else ""),
    }
    if not form.is_bound:
        return show(request, "chain/target.html", page, section=SECTION)
    if not form.is_valid():
        return show(request, "chain/target.html", page, section=SECTION, status=422)
    words = form.to_words()
    if request.POST.get("deed") == "preview":
        page["preview"] = _preview(key, words, place=place, now=there)
        return show(request, "chain/target.html", page, section=SECTION)
    try:
        saved = set_target(key, words, base=_base(request), actor=actor_of(request), now=clock.now())
    except TargetConflict as conflict:
        differences = _differences(conflict.theirs.view, words, labels=there.labels)
        page |= {"theirs": conflict.theirs, "differences": differences, "base": conflict.theirs.id}
        return show(request, "chain/target.html", page, section=SECTION, status=409)
    text = _("Gespeichert. Die Kette rechnet ab jetzt mit %(number)s Plätzen je 100 Kinder.")
    messages.success(
        request,
        text % {"number": number_shortly(words.places_per_100)} if saved else _("So stand es schon da."),
    )
    return redirect(_url(key))


@requires(*PLANNERS)
@require_POST
def target_end(request: HttpRequest, area: str, phase: str, *, field: str = "", to: str = "") -> HttpResponse:
    """End a target; its wordings stay, and each can be taken up again."""
    key = CellKey(area, phase, field, to)
    if not is_place(key, drawn_=selectors.drawn()) or not may_set(actor_of(request), area=area):
        raise Http404
    try:
        ended = end_target(key, base=_base(request), actor=actor_of(request), now=clock.now())
    except TargetConflict:
        messages.warning(
            request, _("Eben hat jemand dieses Ziel geändert. Bitte sehen Sie es an, bevor Sie es beenden.")
        )
        return redirect(_url(key))
    if ended and area != places.county().key:
        messages.success(request, _("Das eigene Ziel ist beendet. Es gilt wieder, was im Kreis gilt."))
    elif ended:
        messages.success(
            request, _("Das Ziel ist beendet. Unten können Sie jeden früheren Wortlaut wieder aufnehmen.")
        )
    return redirect(_url(key))


def _may_read(key: CellKey, *, place: Place) -> bool:
    """A municipality reads the county's targets and its own, not those of its neighbours."""
    return place.own in {None, key.area} or key.area == places.county().key


def _group(phase: PhaseTargets, *, place: Place, names: Mapping[str, str]) -> Group:
    lines = [*phase.lines, *([phase.seam] if phase.seam else [])]
    most = max((line.span[1] for line in lines if line.span), default=1.0)
    rows = [_row(line, place=place, most=most, names=names) for line in lines]
    return Group(
        phase,
        tuple(row for row in rows if row.line.is_set),
        tuple(row for row in rows if not row.line.is_set),
    )


def _row(line: Line, *, place: Place, most: float, names: Mapping[str, str]) -> Row:
    def at(value: float) -> float:
        return round(value / most * (SCALE - 12) + 6, 1)

    dots = tuple(
        Dot(at(each.piece.target), f"{each.name}: {number_shortly(round(each.piece.target, 1))}", each.is_own)
        for each in line.results
        if each.piece.target is not None
    )
    county = line.county.places_per_100 if line.county else None
    area = place.area or line.key.area
    key = CellKey(area, line.key.phase, line.key.field, line.key.to)
    tick = None if county is None or county > most else at(county)
    own = ", ".join(
        f"{names.get(each.area, each.area)} {number_shortly(each.places_per_100)}"
        for each in line.own
        if each.places_per_100 is not None
    )
    return Row(line, _url(key), line.result_in(place.area), tick, dots, own)


def _form(request: HttpRequest, *, key: CellKey, standing: Wording | None, labels: Labels) -> TargetForm:
    """The form with what was sent, else with what holds: a wording chosen from the history, the own, the county's."""
    taken = request.GET.get("wie", "")
    chosen = next((each for each in wordings(key) if str(each.id) == taken), standing)
    if chosen is None or chosen.view.places_per_100 is None:
        county = CellKey(places.county().key, key.phase, key.field, key.to)
        chosen = latest_wording(county) or chosen
    return TargetForm(
        request.POST if request.method == "POST" else None,
        indicators=list(labels.indicators.items()),
        standing=chosen.view if chosen else None,
        today=clock.today(),
    )


def _page(request: HttpRequest, *, key: CellKey, drawn_: Drawn, place: Place) -> dict[str, object]:
    county = places.county()
    is_county = key.area == county.key
    only = place.own if is_county else key.area
    results = results_of(key, drawn_=drawn_, only=only)
    standing = next(
        (each.view for each in wordings(CellKey(county.key, key.phase, key.field, key.to), limit=1)), None
    )
    may = may_set(actor_of(request), area=key.area)
    own = place.own or ""
    return {
        "key": key,
        "place_words": place_words(key, labels=drawn_.labels),
        "area_words": area_words(key.area, labels=drawn_.labels),
        "is_county": is_county,
        "county_words": county.name,
        "county_target": standing if standing and standing.places_per_100 is not None else None,
        "results": results,
        "may_set": may,
        "end_url": _url(key, name="target_end"),
        "county_url": _url(CellKey(county.key, key.phase, key.field, key.to)),
        "own_url": _url(CellKey(own, key.phase, key.field, key.to)) if own and is_county else "",
        "own_words": drawn_.labels.areas.get(own, ""),
        "area_links": [
            (each.name, _url(CellKey(each.area, key.phase, key.field, key.to))) for each in results
        ],
        "history": wordings(key),
        "labels": drawn_.labels,
        "verdicts": VERDICTS,
        "intensities": INTENSITIES,
    }


def _preview(
    key: CellKey, words: TargetWords, *, place: Place, now: Drawn
) -> Sequence[tuple[Result, Result]]:
    """What the target would come to, beside what holds now."""
    county, knowledge = selectors.county_of()
    changed = with_target(county, target_of(key, words))
    then = selectors.drawn_of(changed, knowledge=knowledge, day=clock.today())
    only = place.own if key.area == places.county().key else key.area
    pairs = zip(results_of(key, drawn_=now, only=only), results_of(key, drawn_=then, only=only), strict=True)
    return list(pairs)


def _differences(theirs: TargetView, mine: TargetWords, *, labels: Labels) -> list[Difference]:
    """What the other editor has written, beside this one's words."""
    other = TargetWords(
        places_per_100=theirs.places_per_100 or 0.0,
        is_essential=theirs.is_essential,
        need_indicator=theirs.need_indicator,
        intensities=theirs.intensities,
        basis=theirs.basis,
        resolution=theirs.resolution,
        resolved_on=theirs.resolved_on,
    )
    told = [_told(each, labels=labels) for each in (other, mine)]
    if theirs.places_per_100 is None:
        told[0]["places_per_100"] = _("beendet")
    names = TargetForm.base_fields
    words = {"places_per_100": "places"}
    return [
        Difference(names[words.get(name, name)].label or name, told[0][name], told[1][name])
        for name in told[0]
        if told[0][name] != told[1][name]
    ]


def _told(words: TargetWords, *, labels: Labels) -> dict[str, str]:
    kinds = ", ".join(str(INTENSITIES.get(each, each)) for each in words.intensities)
    return {
        "places_per_100": number_shortly(words.places_per_100),
        "is_essential": _("ja") if words.is_essential else _("nein"),
        "need_indicator": labels.indicators.get(words.need_indicator, words.need_indicator)
        or _("nicht gewichtet"),
        "intensities": kinds or _("alles, was hilft"),
        "basis": words.basis or "–",
        "resolution": words.resolution or "–",
        "resolved_on": words.resolved_on.strftime("%d.%m.%Y") if words.resolved_on else "–",
    }


def _base(request: HttpRequest) -> int | None:
    given = request.POST.get("base", "")
    return int(given) if given.isdigit() else None


def _url(key: CellKey, *, name: str = "target") -> str:
    if key.to:
        return reverse(f"chain:seam_{name}", args=[key.area, key.phase, key.to])
    return reverse(f"chain:{name}", args=[key.area, key.phase, key.field])
