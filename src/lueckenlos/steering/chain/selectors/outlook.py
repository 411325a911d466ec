"""The chain of a year to come: the people of then, the services of now, and an interval that grows with the years.

Three runs: the most likely population, the smallest and the largest. Many children share the places of a service, so
the largest population gives the least reach and the smallest the most; a cell's interval spans all three. The data's
age is not counted forward: what is verified today counts as verified then, else every cell would end as "check".
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache

from lueckenlos.core import clock
from lueckenlos.core.failure import StatedFailure
from lueckenlos.kernels.chain.ahead import (
    FARTHEST,
    KNOWN_YEARS,
    BadPopulation,
    Constant,
    Outlook,
    Scenario,
    TooFewYears,
    Trend,
    UnreachableTotal,
    ahead,
)
from lueckenlos.kernels.chain.people import people
from lueckenlos.kernels.chain.types import Cell, Chain, County, Floats, Service, Verdict
from lueckenlos.steering.chain.selectors.assembling import persons_of
from lueckenlos.steering.chain.selectors.drawing import chain_version, county_of, drawn, drawn_of
from lueckenlos.steering.chain.selectors.standing import Sight, visible
from lueckenlos.steering.chain.types import Drawn, Knowledge
from lueckenlos.steering.chain.widening import Span, widened


class NotAhead(StatedFailure):
    """The year lies outside of what can be looked ahead to."""

    def __init__(self, year: int, *, base: int) -> None:
        super().__init__(
            f"Das Jahr {year} lässt sich nicht vorausrechnen. Möglich sind {base + 1} bis {base + FARTHEST}."
        )
        self.year, self.base = year, base


class PeopleUnknown(StatedFailure):
    """The population has no number, or a negative one, where the years to come need one."""

    def __init__(self, place: str, *, age: int, persons: float) -> None:
        said = "steht keine Zahl" if persons != persons else f"steht {persons:.0f}"
        super().__init__(
            f"In der Bevölkerung von {place} {said} im Alter {age}. "
            "Bitte in population.csv ergänzen; ohne sie lässt sich nicht vorausrechnen."
        )


class NobodyKnown(StatedFailure):
    """There is no population at all."""

    def __init__(self) -> None:
        super().__init__(
            "Es ist keine Bevölkerung bekannt, die man fortschreiben könnte. Bitte population.csv einlesen."
        )


class TrendUnknown(StatedFailure):
    """Too few years are known for a trend."""

    def __init__(self, known: Sequence[int], *, needed: int) -> None:
        years = ", ".join(map(str, known)) or "keins"
        super().__init__(
            f"Für einen Trend braucht es mindestens {needed} Jahre Bevölkerung hintereinander. Bekannt: {years}."
        )


class GrowthImpossible(StatedFailure):
    """The population cannot grow to this number by this year."""

    def __init__(self, *, total: float, by: int, base: int) -> None:
        super().__init__(
            f"Auf {total:.0f} Menschen bis {by} lässt sich nicht rechnen. "
            f"Das Jahr muss nach {base} liegen, die Zahl darf nicht unter null sein."
        )


@dataclass(frozen=True, eq=False)
class Ahead:
    """A county in a year to come: as it most likely is, with the fewest people, with the most."""

    year: int
    likely: County
    fewest: County
    most: County

    @property
    def ways(self) -> tuple[County, County, County]:
        """All three, the most likely first."""
        return self.likely, self.fewest, self.most

    def chain(self, *, as_of: date) -> Chain:
        """One chain over all three; reasons are those of the most likely."""
        return widened(self.likely, others=(self.fewest, self.most), as_of=as_of)


def chain_in(year: int, *, day: date | None = None, scenario: Scenario = Constant()) -> Drawn:
    """The chain as it would be for the people of that year, with the services as known on the day."""
    return _chain_in(chain_version(), year, day or clock.today(), scenario)


@lru_cache(maxsize=64)
def _chain_in(_version: str, year: int, day: date, scenario: Scenario) -> Drawn:
    there = ahead_of(year, day=day, scenario=scenario)
    _county, knowledge = county_of(day)
    drawn = drawn_of(there.likely, knowledge=knowledge, day=day, chain=there.chain(as_of=day))
    return replace(drawn, year=year)


def ahead_of(year: int, *, day: date | None = None, scenario: Scenario = Constant()) -> Ahead:
    """What the chain of that year rests on. Raises the failures of `outlooks` and `NotAhead`."""
    county, knowledge = county_of(day)
    base = base_year(knowledge)
    if not base < year <= base + FARTHEST:
        raise NotAhead(year, base=base)
    outlook = outlooks(day=day, scenario=scenario)[year - base - 1]
    services = tuple(each for each in (_then(service, year=year) for service in county.services) if each)
    there = replace(county, services=services)
    return Ahead(
        year, *(_with(there, persons) for persons in (outlook.persons, outlook.lower, outlook.upper))
    )


def outlooks(*, day: date | None = None, scenario: Scenario = Constant()) -> tuple[Outlook, ...]:
    """The people of each year that can be looked ahead to, the next first.

    Raises `NobodyKnown`, `PeopleUnknown`, `TrendUnknown`, `GrowthImpossible`: each a sentence.
    """
    county, knowledge = county_of(day)
    base = base_year(knowledge)
    try:
        return ahead(county.areas.persons, base=base, years=FARTHEST, scenario=scenario)
    except BadPopulation as bad:
        ags = county.areas.keys[bad.area]
        names = {each["ags"]: each["name"] for each in knowledge.content["areas"]}
        raise PeopleUnknown(names.get(ags, ags), age=bad.age, persons=bad.persons) from bad
    except TooFewYears as few:
        raise TrendUnknown(few.known, needed=few.needed) from few
    except UnreachableTotal as lost:
        raise GrowthImpossible(total=lost.total, by=lost.by, base=lost.base) from lost


def base_year(knowledge: Knowledge) -> int:
    """The latest year whose population is known. Raises `NobodyKnown`."""
    years = [int(year) for year in knowledge.content["population"]]
    if not years:
        raise NobodyKnown
    return max(years)


class ScenarioKind(StrEnum):
    """How the population may go on, as the page's address says it."""

    CONSTANT = "gleich"
    GROWTH = "wachstum"
    TREND = "trend"


@dataclass(frozen=True, slots=True)
class GrowthAim:
    """A number of people that the county wants (or expects) to have by a year."""

    label: str
    total: int
    by: int


def growth_aim(day: date | None = None) -> GrowthAim | None:
    """The aim that the county's folder names under [chain.growth], if it does."""
    given = county_of(day)[1].content["thresholds"].get("growth") or {}
    try:
        return GrowthAim(str(given.get("label", "")), int(given["total"]), int(given["by"]))
    except (KeyError, TypeError, ValueError):
        return None


def known_years(day: date | None = None) -> list[int]:
    """The years whose population is known, the first first."""
    return sorted(int(year) for year in county_of(day)[1].content["population"])


def trend(day: date | None = None) -> Trend:
    """Net migration as it was between the known years. Raises `TrendUnknown` where those are too few."""
    return _trend(chain_version(), day)


@lru_cache(maxsize=4)
def _trend(_version: str, day: date | None) -> Trend:
    known = county_of(day)[1].content
    years = known_years(day)
    if len(years) < KNOWN_YEARS:
        raise TrendUnknown(years, needed=KNOWN_YEARS)
    return Trend({year: persons_of(known, year=year) for year in years})


@dataclass(frozen=True, slots=True)
class Turn:
    """A cell whose verdict is another in years to come: what it was, and what it becomes when."""

    area: str
    phase: str
    field: str
    before: Verdict
    steps: tuple[tuple[int, Verdict], ...]
    last: Cell
    """The cell in the last year that is looked at."""

    @property
    def first_year(self) -> int:
        """The year of the first change."""
        return self.steps[0][0]


def turns(
    years: int, *, sight: Sight, area: str = "", day: date | None = None, scenario: Scenario = Constant()
) -> list[Turn]:
    """The cells with a target whose verdict changes within so many years, those that become gaps first."""
    now = drawn(day)
    base = base_year(county_of(day)[1])
    shown = {
        (cell.area, cell.phase, cell.field)
        for cell in visible(now.chain.cells, sight=sight)
        if cell.target is not None and area in {"", cell.area}
    }
    version, on = chain_version(), day or clock.today()
    to_come = [
        (base + year, _verdicts_in(version, base + year, on, scenario)) for year in range(1, years + 1)
    ]
    last = chain_in(base + years, day=day, scenario=scenario).chain
    found = []
    for row, cell in enumerate(now.chain.cells):
        key = (cell.area, cell.phase, cell.field)
        steps = _changes(cell.verdict, ((year, verdicts[row]) for year, verdicts in to_come))
        if steps and key in shown:
            found.append(Turn(*key, cell.verdict, steps, last.by_place[key]))
    return sorted(found, key=_urgency)


@lru_cache(maxsize=64)
def _verdicts_in(_version: str, year: int, day: date, scenario: Scenario) -> list[Verdict]:
    there = ahead_of(year, day=day, scenario=scenario)
    return Span.over(there.ways, as_of=day).verdicts()


def _changes(before: Verdict, to_come: Iterable[tuple[int, Verdict]]) -> tuple[tuple[int, Verdict], ...]:
    steps = []
    for year, verdict in to_come:
        if verdict is not before:
            steps.append((year, verdict))
        before = verdict
    return tuple(steps)


def _urgency(turn: Turn) -> tuple[bool, int, float]:
    return turn.last.verdict is not Verdict.GAP, turn.first_year, -turn.last.missing_hi


@dataclass(frozen=True, slots=True)
class Children:
    """Children of a phase in a year: most likely, at least and at most."""

    year: int
    likely: float
    fewest: float
    most: float


def children_ahead(
    *, area: str = "", day: date | None = None, scenario: Scenario = Constant()
) -> dict[str, list[Children]]:
    """Children of each phase from the latest known year on, of one area or of all.

    The ends add up what every age and area has at least (at most): as if all errors went the same way.
    """
    county, knowledge = county_of(day)
    base = base_year(knowledge)
    now = _by_phase(county, county.areas.persons, area=area)
    found = {phase: [Children(base, persons, persons, persons)] for phase, persons in now.items()}
    for outlook in outlooks(day=day, scenario=scenario):
        tables = (outlook.persons, outlook.lower, outlook.upper)
        likely, fewest, most = (_by_phase(county, persons, area=area) for persons in tables)
        for phase, rows in found.items():
            rows.append(Children(outlook.year, likely[phase], fewest[phase], most[phase]))
    return found


def _by_phase(county: County, persons: Floats, *, area: str) -> dict[str, float]:
    children = people(replace(county.areas, persons=persons), phases=county.phases).children
    rows = children[[county.areas.index[area]]] if area else children
    return dict(zip((phase.key for phase in county.phases), rows.sum(axis=0).tolist(), strict=True))


def _with(county: County, persons: Floats) -> County:
    return replace(county, areas=replace(county.areas, persons=persons))


def _then(service: Service, *, year: int) -> Service | None:
    """A service in a later year: gone where it ends before, there where it begins by then."""
    if service.valid_to is not None and service.valid_to < date(year, 1, 1):
        return None
    begins = service.valid_from
    return replace(service, valid_from=None) if begins is not None and begins.year <= year else service
