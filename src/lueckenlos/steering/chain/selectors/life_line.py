"""The chain as a child of a place and a birth year walks through it; no person is involved.

Each phase has the years in which such a child is in it, taken as born in the middle of the year. A past phase rests on
what was known at its end, a present one on today, a future one on the people of its first year and the services that
still exist then. A village is looked at by itself: a point of the county at which next to nobody lives (so that it
takes nobody's places), with the targets and catchments of its municipality.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache

import numpy as np

from lueckenlos.core import clock
from lueckenlos.kernels.chain.ahead import FARTHEST
from lueckenlos.kernels.chain.flows import network
from lueckenlos.kernels.chain.people import limits
from lueckenlos.kernels.chain.seams import in_order
from lueckenlos.kernels.chain.supply import is_offered
from lueckenlos.kernels.chain.types import (
    Areas,
    Basis,
    Cell,
    Chain,
    County,
    Phase,
    Seam,
    Service,
    Verdict,
)
from lueckenlos.steering.chain.models import Basis as KnownBasis
from lueckenlos.steering.chain.selectors.drawing import chain_version, county_of
from lueckenlos.steering.chain.selectors.outlook import ahead_of, base_year
from lueckenlos.steering.chain.selectors.standing import Sight, visible
from lueckenlos.steering.chain.widening import outlined

MIDDLE = 0.5
NEXT_TO_NOBODY = 1e-9
BORN_AT_THE_LATEST = 10
"""Years from today; who is born later walks through years that nobody can reckon."""

Metres = tuple[float, float]


class Tense(StrEnum):
    """Where a phase lies from today."""

    PAST = "past"
    PRESENT = "present"
    FUTURE = "future"


class Rests(StrEnum):
    """On which knowledge a phase rests."""

    ITS_TIME = "its_time"
    EARLIEST = "earliest"
    """Its years lie before the first day that the house knows."""
    FARTHEST = "farthest"
    """Its years lie beyond what is looked ahead to."""


@dataclass(frozen=True, slots=True)
class Passing:
    """A service that reaches the child in a phase, with the years in which it is open to it."""

    key: str
    name: str
    organization: str
    kind: str
    fields: tuple[str, ...]
    year_from: int
    year_to: int


@dataclass(frozen=True, eq=False)
class Stage:
    """One phase of the life: its years, what stands there, and the way over to the next."""

    phase: Phase
    year_from: int
    year_to: int
    tense: Tense
    rests: Rests
    reckoned: int
    """The year whose people and services stand there."""
    cells: tuple[Cell, ...]
    seam: Seam | None
    services: tuple[Passing, ...]

    def having(self, *verdicts: Verdict) -> list[Cell]:
        """The cells with one of these verdicts, essential ones first, then those that fall farthest short."""
        found = [cell for cell in self.cells if cell.verdict in verdicts]
        return sorted(
            found, key=lambda cell: (not cell.is_essential, cell.reach_hi / (cell.target or math.inf))
        )

    @property
    def worst(self) -> Verdict:
        """What the station on the path shows: a gap before a question before closed."""
        order = (Verdict.GAP, Verdict.CHECK, Verdict.CLOSED)
        return next((each for each in order if self.having(each)), Verdict.NO_TARGET)


@dataclass(frozen=True, eq=False)
class LifeLine:
    """The walk through the chain of a place by those born in a year."""

    ags: str
    born: int
    stages: tuple[Stage, ...]

    @property
    def broken(self) -> list[Stage]:
        """The phases after which the chain breaks."""
        return [stage for stage in self.stages if stage.seam and stage.seam.verdict is Verdict.GAP]

    @property
    def lacking(self) -> list[Stage]:
        """The phases in which something is missing."""
        return [stage for stage in self.stages if stage.worst is Verdict.GAP]


def birth_years(today: date) -> range:
    """The years of birth that a life line can be drawn for: whoever is still in a phase, and those to be born soon."""
    county, _knowledge = county_of()
    oldest = max((phase.age_to for phase in county.phases), default=0.0)
    return range(today.year - math.ceil(oldest) + 1, today.year + BORN_AT_THE_LATEST + 1)


def life_line(ags: str, *, born: int, point: Metres | None = None, sight: Sight) -> LifeLine | None:
    """The life line of a municipality (or of one of its places), of what the sight holds; None where that is nothing.

    Raises the failures of looking ahead where the population does not allow it.
    """
    line = _life_line(chain_version(), clock.today(), ags, born, point)
    cells = {
        (each.phase, each.field)
        for each in visible((cell for stage in line.stages for cell in stage.cells), sight=sight)
    }
    sewn = (stage.seam for stage in line.stages if stage.seam is not None)
    seams = {(each.phase, each.to) for each in visible(sewn, sight=sight)}
    stages = tuple(
        replace(
            stage,
            cells=tuple(each for each in stage.cells if (each.phase, each.field) in cells),
            seam=stage.seam if stage.seam and (stage.seam.phase, stage.seam.to) in seams else None,
        )
        for stage in line.stages
    )
    return replace(line, stages=stages) if any(stage.cells for stage in stages) else None


@lru_cache(maxsize=64)
def _life_line(_version: str, today: date, ags: str, born: int, point: Metres | None) -> LifeLine:
    county, knowledge = county_of()
    base, first = base_year(knowledge), _first_day() or today
    order = [county.phases[row] for row in in_order(county.phases)]
    stages = []
    for number, phase in enumerate(order):
        begin, end = year_at(born, phase.age_from), year_at(born, phase.age_to)
        to = order[number + 1].key if number + 1 < len(order) else ""
        stages.append(
            _stage(_when(begin, end, today=today, first=first, base=base), phase, born, to=to, ags=ags, point=point)
        )  # fmt: skip
    return LifeLine(ags, born, tuple(stages))


def year_at(born: int, age: float) -> int:
    """The year in which somebody born in the middle of a year reaches an age."""
    return math.floor(born + MIDDLE + age)


@dataclass(frozen=True, slots=True)
class _When:
    begin: int
    end: int
    tense: Tense
    rests: Rests
    day: date
    """Whose knowledge counts."""
    year: int | None
    """The year that is looked ahead to, None for what is known."""


def _when(begin: int, end: int, *, today: date, first: date, base: int) -> _When:
    if end < today.year:
        at_end = date(end, 12, 31)
        rests = Rests.EARLIEST if at_end < first else Rests.ITS_TIME
        return _When(begin, end, Tense.PAST, rests, max(at_end, first), None)
    if begin <= today.year or begin <= base:
        return _When(begin, end, Tense.PRESENT, Rests.ITS_TIME, today, None)
    year = min(begin, base + FARTHEST)
    rests = Rests.ITS_TIME if year == begin else Rests.FARTHEST
    return _When(begin, end, Tense.FUTURE, rests, today, year)


def _stage(when: _When, phase: Phase, born: int, *, to: str, ags: str, point: Metres | None) -> Stage:
    county, chain, key = _reckoned(when, ags=ags, point=point)
    cells = (each for each in chain.cells if each.area == key and each.phase == phase.key)
    seams = (each for each in chain.seams if (each.area, each.phase, each.to) == (key, phase.key, to))
    seam = next(seams, None)
    return Stage(
        phase=phase,
        year_from=when.begin,
        year_to=when.end,
        tense=when.tense,
        rests=when.rests,
        reckoned=when.year or when.day.year,
        cells=tuple(replace(each, area=ags) for each in cells),
        seam=None if seam is None else replace(seam, area=ags),
        services=tuple(_passing(county, key, phase, born=born, when=when)),
    )


def _reckoned(when: _When, *, ags: str, point: Metres | None) -> tuple[County, Chain, str]:
    """The county and the chain of a time, and the key of the area that is looked at."""
    return _reckoned_at(chain_version(), when.day, when.year, ags, point)


@lru_cache(maxsize=32)
def _reckoned_at(
    _version: str, day: date, year: int | None, ags: str, point: Metres | None
) -> tuple[County, Chain, str]:
    key = ags if point is None else f"{ags}@"
    known = county_of(day)[0]
    ways = (known,) if year is None else ahead_of(year, day=day).ways
    there = [with_place(each, ags, key=key, point=point) for each in ways]
    return there[0], outlined(there, as_of=day), key


def with_place(county: County, ags: str, *, key: str, point: Metres | None) -> County:
    """The county with one of its places as an area of its own, in which next to nobody lives."""
    if point is None:
        return county
    areas = county.areas
    row = areas.index[ags]
    return replace(
        county,
        areas=Areas(
            keys=(*areas.keys, key),
            persons=np.vstack([areas.persons, areas.persons[row] * NEXT_TO_NOBODY]),
            point_area=np.append(areas.point_area, len(areas.keys)),
            points=np.vstack([areas.points, np.array([point])]),
            sizes=np.append(areas.sizes, 1.0),
            basis=(*areas.basis, Basis.VILLAGES),
        ),
        services=tuple(_open_to(each, ags, key=key) for each in county.services),
        targets=(
            *county.targets,
            *(replace(each, area=key) for each in county.targets if each.area == ags),
        ),
        indicators={
            name: {**values, key: values[ags]} if ags in values else values
            for name, values in county.indicators.items()
        },
    )


def _open_to(service: Service, ags: str, *, key: str) -> Service:
    if service.catchment is None or ags not in service.catchment:
        return service
    return replace(service, catchment=service.catchment | {key})


def _passing(county: County, key: str, phase: Phase, *, born: int, when: _When) -> Iterable[Passing]:
    """Whoever is there, open to the child, and near enough."""
    offered = [each for each in county.services if is_offered(each, as_of=when.day)]
    flows = network(county, offered).flows
    area = county.areas.index[key]
    row = next(at for at, each in enumerate(county.phases) if each.key == phase.key)
    near = (flows.area == area) & (flows.phase == row) & (flows.children > 0)
    for service in sorted((offered[at] for at in flows.service[near].tolist()), key=lambda each: each.name):
        youngest, oldest = limits(service)
        begin = when.begin if youngest < phase.age_from else year_at(born, min(youngest, phase.age_to))
        end = when.end if oldest > phase.age_to else year_at(born, max(oldest, phase.age_from))
        if service.valid_to is not None:
            end = min(end, service.valid_to.year)
        yield Passing(
            service.key, service.name, service.organization, service.kind or "", service.fields,
            max(begin, when.begin), max(end, begin),
        )  # fmt: skip


def _first_day() -> date | None:
    first = KnownBasis.objects.order_by("known_at").values_list("known_at", flat=True).first()
    return None if first is None else clock.day_of(first)
