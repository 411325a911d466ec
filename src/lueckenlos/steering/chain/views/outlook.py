"""Looking ahead: how many children there will be, and where the chain turns."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from lueckenlos.commons.places import selectors as places
from lueckenlos.core.failure import StatedFailure
from lueckenlos.core.guards import actor_of, requires
from lueckenlos.kernels.chain.ahead import KNOWN_YEARS
from lueckenlos.kernels.chain.types import Cell, Verdict
from lueckenlos.steering.chain import wording
from lueckenlos.steering.chain.forms.outlook import OutlookForm, OutlookRequest
from lueckenlos.steering.chain.selectors import drawn
from lueckenlos.steering.chain.selectors.drawing import county_of
from lueckenlos.steering.chain.selectors.outlook import (
    Children,
    Turn,
    base_year,
    chain_in,
    children_ahead,
    growth_aim,
    known_years,
    turns,
)
from lueckenlos.steering.chain.selectors.standing import Sight, sight_of, visible
from lueckenlos.steering.chain.telling import interval, number
from lueckenlos.steering.chain.types import Labels
from lueckenlos.steering.chain.views.outlook_lines import Lines, lines, scale_of
from lueckenlos.steering.chain.views.shell import PLANNERS, show

SHOWN = 60
JUDGED = (Verdict.GAP, Verdict.CHECK, Verdict.CLOSED)


@dataclass(frozen=True, slots=True)
class PhaseRow:
    """Children of a phase, now and then, with their line."""

    label: str
    now: Children
    then: Children
    change: float
    lines: Lines
    rows: list[Children]


@dataclass(frozen=True, slots=True)
class TurnRow:
    """A cell that turns, in words."""

    turn: Turn
    area: str
    phase: str
    field: str
    before: str | Promise
    steps: list[tuple[int, Verdict, str | Promise]]
    reach: str
    target: str


@requires(*PLANNERS)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The years to come under one assumption."""
    sight = sight_of(actor_of(request))
    now = drawn()
    labels, aim = now.labels, growth_aim()
    seen = visible(now.chain.cells, sight=sight)
    areas = [(key, labels.areas[key]) for key in dict.fromkeys(cell.area for cell in seen)]
    form = OutlookForm(request.GET, areas=areas, aim=aim)
    context: dict[str, Any] = {"form": form, "aim": aim, "trend": _trend()}
    status = 200
    if form.is_valid():
        asked = form.to_request()
        try:
            context |= _result(asked, labels=labels, seen=seen, sight=sight)
        except StatedFailure as failure:
            context["failure"] = str(failure)
    else:
        status = 422
    return show(request, "chain/outlook.html", context, section="chain:outlook", status=status)


def _trend() -> str:
    known = known_years()
    if len(known) >= KNOWN_YEARS:
        return ""
    return ngettext(
        "Ein Trend lässt sich noch nicht rechnen: Bekannt ist nur das Jahr %(years)s, nötig sind drei Jahre hintereinander.",
        "Ein Trend lässt sich noch nicht rechnen: Bekannt sind nur die Jahre %(years)s, nötig sind drei hintereinander.",
        len(known),
    ) % {"years": ", ".join(map(str, known)) or "–"}


def _result(asked: OutlookRequest, *, labels: Labels, seen: list[Cell], sight: Sight) -> dict[str, Any]:
    scenario = asked.scenario()
    base = base_year(county_of()[1])
    year = base + asked.years
    every = children_ahead(area=asked.area, scenario=scenario)
    shown = {phase: rows[: asked.years + 1] for phase, rows in every.items()}
    scale = scale_of(shown.values())
    phases = [
        PhaseRow(
            labels.phases.get(phase, phase), rows[0], rows[-1], rows[-1].likely - rows[0].likely,
            lines(rows, scale=scale), rows,
        )
        for phase, rows in shown.items()
    ]  # fmt: skip
    found = turns(asked.years, sight=sight, area=asked.area, scenario=scenario)
    return {
        "asked": asked,
        "base": base,
        "year": year,
        "place": labels.areas.get(asked.area, places.county().name),
        "phases": phases,
        "lead": _lead(phases, found, year=year, place=labels.areas.get(asked.area, "")),
        "turns": [_turn(each, labels) for each in found[:SHOWN]],
        "more": max(len(found) - SHOWN, 0),
        "counts": _counts(asked, seen=seen, year=year),
    }


def _lead(phases: list[PhaseRow], found: list[Turn], *, year: int, place: str) -> str:
    now = sum(each.now.likely for each in phases)
    fewest, most = sum(each.then.fewest for each in phases), sum(each.then.most for each in phases)
    people = _(
        "%(year)s leben %(place)s zwischen %(fewest)s und %(most)s Kinder und junge Menschen; %(base)s waren es %(now)s."
    ) % {
        "year": year,
        "base": phases[0].now.year if phases else "",
        "place": _("in %(place)s") % {"place": place} if place else _("im Kreis"),
        "fewest": number(fewest, places=0),
        "most": number(most, places=0),
        "now": number(now),
    }
    count = len(found)
    turn = ngettext(
        "In %(count)s Feld der Kette ändert sich bis dahin der Befund.",
        "In %(count)s Feldern der Kette ändert sich bis dahin der Befund.",
        count,
    ) % {"count": number(count)}
    return f"{people} {turn if count else _('Am Befund der Kette ändert das nichts.')}"


def _counts(
    asked: OutlookRequest, *, seen: list[Cell], year: int
) -> list[tuple[Verdict, str | Promise, int, int]]:
    """How many cells have which verdict, today and then."""
    there = chain_in(year, scenario=asked.scenario()).chain.by_place
    cells = [cell for cell in seen if cell.target is not None and asked.area in {"", cell.area}]
    then = [there[cell.area, cell.phase, cell.field].verdict for cell in cells]
    return [
        (
            verdict,
            wording.VERDICTS[verdict],
            sum(cell.verdict is verdict for cell in cells),
            sum(each is verdict for each in then),
        )
        for verdict in JUDGED
    ]


def _turn(turn: Turn, labels: Labels) -> TurnRow:
    return TurnRow(
        turn=turn,
        area=labels.areas.get(turn.area, turn.area),
        phase=labels.phases.get(turn.phase, turn.phase),
        field=labels.fields.get(turn.field, turn.field),
        before=wording.VERDICTS[turn.before],
        steps=[(year, verdict, wording.VERDICTS[verdict]) for year, verdict in turn.steps],
        reach=interval(turn.last.reach_lo, turn.last.reach_hi),
        target=number(turn.last.target or 0.0, places=1),
    )
