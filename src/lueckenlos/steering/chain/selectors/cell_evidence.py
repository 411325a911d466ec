"""What a cell's page shows beside its services: where the target comes from, what was missed, indicators."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from lueckenlos.commons.signals import selectors as signals
from lueckenlos.commons.signals.types import SignalReason
from lueckenlos.kernels.chain.people import people
from lueckenlos.kernels.chain.types import Cell, County, Seam
from lueckenlos.steering.chain.selectors.evidence import ONE_YEAR, latest_values
from lueckenlos.steering.chain.selectors.targets import targets_at
from lueckenlos.steering.chain.types import CellKey, Knowledge, TargetOrigin, TargetView


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """One indicator of the area beside the county, whose value is weighted by children."""

    key: str
    label: str
    about: str
    direction: str
    value: float | None
    county: float | None
    year: int | None
    unit: str
    source: str

    @property
    def is_worse(self) -> bool:
        """Whether the area stands worse than the county."""
        if self.value is None or self.county is None or self.value == self.county:
            return False
        return (self.value > self.county) == (self.direction == "lower_is_better")


@dataclass(frozen=True, slots=True)
class TargetStory:
    """The target of a cell and how it came to be: whose, on what basis, weighted by which need."""

    view: TargetView
    origin: TargetOrigin
    value: float
    weight: float
    indicator: IndicatorLine | None


@dataclass(frozen=True, slots=True)
class Missed:
    """How often something was missed in a cell within a year, by reason; small counts are withheld."""

    counts: tuple[tuple[SignalReason, int], ...] = ()
    has_withheld: bool = False
    minimum: int = 0


def target_story(
    piece: Cell | Seam, *, county: County, knowledge: Knowledge, day: date | None
) -> TargetStory | None:
    """Where the target comes from; nothing where there is none."""
    if piece.target is None:
        return None
    view = effective_target(piece, targets=targets_at(day), county=str(knowledge.content["county"]))
    if view is None or not view.places_per_100:
        return None
    line = None
    if view.need_indicator:
        lines = indicator_lines(piece, county=county, knowledge=knowledge)
        line = next((each for each in lines if each.key == view.need_indicator), None)
    origin = TargetOrigin.MUNICIPALITY if view.area == piece.area else TargetOrigin.COUNTY
    return TargetStory(view, origin, piece.target, piece.target / view.places_per_100, line)


def effective_target(piece: Cell | Seam, *, targets: list[TargetView], county: str) -> TargetView | None:
    """The target that counts: the municipality's own before the county's."""
    to, field = (piece.to, "") if isinstance(piece, Seam) else ("", piece.field)
    by_key = {each.key: each for each in targets}
    own = by_key.get(CellKey(piece.area, piece.phase, field, to))
    return own or by_key.get(CellKey(county, piece.phase, field, to))


def missed_here(piece: Cell | Seam | None, *, day: date, minimum: int) -> Missed:
    """What was looked for in this cell in the year before a day and not found.

    A reason whose count is under the county's minimum is withheld, and no sum is given from which it could be told.
    """
    if not isinstance(piece, Cell):
        return Missed(minimum=minimum)
    counts: dict[SignalReason, int] = defaultdict(int)
    for each in signals.by_cell(since=day - ONE_YEAR):
        if (each.ags, each.phase, each.field) == (piece.area, piece.phase, piece.field):
            counts[each.reason] += each.count
    shown = sorted(
        ((reason, count) for reason, count in counts.items() if count >= minimum),
        key=lambda pair: (-pair[1], pair[0].value),
    )
    return Missed(tuple(shown), any(count < minimum for count in counts.values()), minimum)


def indicator_lines(piece: Cell | Seam, *, county: County, knowledge: Knowledge) -> tuple[IndicatorLine, ...]:
    """The indicators of need, and those of use that are about this phase and field, the area beside the county."""
    field = "" if isinstance(piece, Seam) else piece.field
    weights = _children(county, phase=piece.phase)
    found = [
        _line(each, area=piece.area, weights=weights)
        for each in knowledge.content["indicators"]
        if each["about"] != "use" or (each["phase"], each["field"]) == (piece.phase, field)
    ]
    return tuple(line for line in found if line.value is not None or line.county is not None)


def _children(county: County, *, phase: str) -> dict[str, float]:
    chosen = [each for each in county.phases if each.key == phase]
    numbers = people(county.areas, phases=chosen).children[:, 0]
    return dict(zip(county.areas.keys, np.nan_to_num(numbers).tolist(), strict=True))


def _line(indicator: Mapping[str, Any], *, area: str, weights: Mapping[str, float]) -> IndicatorLine:
    values = latest_values(indicator)
    total = sum(weights.get(key, 0.0) for key in values)
    mean = sum(value * weights.get(key, 0.0) for key, value in values.items()) / total if total else None
    years = indicator["values"]
    return IndicatorLine(
        key=indicator["key"],
        label=indicator["label"],
        about=indicator["about"],
        direction=indicator["direction"],
        value=values.get(area),
        county=mean,
        year=int(max(years, key=int)) if years else None,
        unit=indicator["unit"],
        source=indicator["source"],
    )
