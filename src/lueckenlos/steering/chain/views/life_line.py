"""A life line: the chain as a child of one place and one year walks through it."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lueckenlos.commons.places import selectors as places
from lueckenlos.commons.places.types import PlaceKind, PlaceMatch
from lueckenlos.core import clock
from lueckenlos.core.failure import StatedFailure
from lueckenlos.core.guards import actor_of, requires
from lueckenlos.kernels.chain.types import Cell, Verdict
from lueckenlos.steering.chain import wording
from lueckenlos.steering.chain.forms.life_line import LifeLineForm, LifeRequest
from lueckenlos.steering.chain.life_story import (
    Told,
    fields_listed,
    in_one_sentence,
    rests_on,
    seam_told,
    told,
)
from lueckenlos.steering.chain.selectors import drawn
from lueckenlos.steering.chain.selectors.life_line import LifeLine, Passing, Stage, birth_years, life_line
from lueckenlos.steering.chain.selectors.standing import Sight, sight_of
from lueckenlos.steering.chain.types import Labels
from lueckenlos.steering.chain.views.bars import IntervalBar, interval_bar
from lueckenlos.steering.chain.views.life_way import Way, way
from lueckenlos.steering.chain.views.shell import READERS, show

EXAMPLES = 6
SCHOOL_STARTS = 2


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field of a phase: what reaches a hundred children, against what shall."""

    label: str
    cell: Cell
    bar: IntervalBar
    word: str | Promise


@dataclass(frozen=True, slots=True)
class StageView:
    """A phase as the page shows it."""

    stage: Stage
    label: str
    years: str
    told: Told
    rests: str
    rows: list[FieldRow]
    without_target: str
    services: list[tuple[Passing, str]]
    seam: str


@requires(*READERS)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The story of one place and one year, as a picture and in sentences."""
    today, county = clock.today(), places.county()
    given = request.GET if "ort" in request.GET or "jahr" in request.GET else None
    form = LifeLineForm(given, years=birth_years(today), county=county.name)
    sight = sight_of(actor_of(request))
    context = {"form": form, "examples": _examples(sight, year=today.year - SCHOOL_STARTS)}
    if not form.is_valid():
        similar = [
            (each.label, _address(each, given.get("jahr", "") if given else "")) for each in form.similar
        ]
        status = 422 if form.is_bound else 200
        return show(
            request, "chain/life_line.html", {**context, "similar": similar}, section="chain:life-line", status=status
        )  # fmt: skip
    asked = form.to_request()
    try:
        line = life_line(asked.place.ags, born=asked.born, point=asked.point, sight=sight)
    except StatedFailure as failure:
        context["failure"] = str(failure)
    else:
        context |= _context(asked, line, year=today.year)
    return show(request, "chain/life_line.html", context, section="chain:life-line")


def _context(asked: LifeRequest, line: LifeLine | None, *, year: int) -> dict[str, object]:
    place = asked.place.label
    common = {
        "place": place,
        "asked": asked,
        "others": [(each.label, _address(each, asked.born)) for each in asked.others],
        "is_village": asked.point is not None,
    }
    if line is None:
        return common
    labels = drawn().labels
    stages = [_stage(stage, labels) for stage in line.stages]
    return {
        **common,
        "line": line,
        "lead": in_one_sentence(line, place=place, year=year),
        "stages": stages,
        "way": _way(stages),
        "address": _address(asked.place, asked.born),
        "today": clock.today(),
    }


def _way(stages: list[StageView]) -> Way:
    return way(
        [each.stage.worst for each in stages],
        [each.stage.seam.verdict if each.stage.seam else Verdict.NO_TARGET for each in stages[:-1]],
    )


def _stage(stage: Stage, labels: Labels) -> StageView:
    judged = stage.having(Verdict.GAP) + stage.having(Verdict.CHECK) + stage.having(Verdict.CLOSED)
    rows = [
        FieldRow(
            labels.fields.get(cell.field, cell.field),
            cell,
            interval_bar(cell.reach_lo, cell.reach_hi, target=cell.target),
            wording.VERDICTS[cell.verdict],
        )
        for cell in judged
    ]
    without = [
        labels.fields.get(cell.field, cell.field) for cell in stage.having(Verdict.NO_TARGET) if cell.services
    ]
    years = str(stage.year_from) if stage.year_from == stage.year_to else f"{stage.year_from}–{stage.year_to}"
    return StageView(
        stage=stage,
        label=labels.phases.get(stage.phase.key, stage.phase.key),
        years=years,
        told=told(stage, labels=labels),
        rests=rests_on(stage),
        rows=rows,
        without_target=fields_listed(without),
        services=[(each, _open_in(each, stage)) for each in stage.services],
        seam=seam_told(stage, labels=labels),
    )


def _open_in(service: Passing, stage: Stage) -> str:
    begins, ends = service.year_from > stage.year_from, service.year_to < stage.year_to
    if begins and ends:
        return _("%(begin)s bis %(end)s") % {"begin": service.year_from, "end": service.year_to}
    if begins:
        return _("ab %(year)s") % {"year": service.year_from}
    return _("bis %(year)s") % {"year": service.year_to} if ends else ""


def _address(place: PlaceMatch, born: str | int) -> str:
    return f"{reverse('chain:life-line')}?{urlencode({'ort': place.label, 'jahr': born})}"


def _examples(sight: Sight, *, year: int) -> list[tuple[str, str]]:
    """A few lines to begin with: of one's own municipality, else of the first ones."""
    towns = places.municipalities()
    own = [town for town in towns if town.ags in sight.areas] or towns
    matches = [PlaceMatch(PlaceKind.MUNICIPALITY, town.name, town.ags, town.name, None, 100) for town in own]
    return [(f"{each.name}, {year}", _address(each, year)) for each in matches[:EXAMPLES]]
