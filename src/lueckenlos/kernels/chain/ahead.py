"""The people of each age in the years to come: everybody a year older, births, those who come and go.

Cohort-component method (Cannan 1895, Whelpton 1928; Preston, Heuveline and Guillot, Demography, 2001), by area and
single year of age, a year at a time: those of age x become x + 1 (the last age keeps its own), times survival; then
net migration by scenario; then births: age 0 = the rate of today (age 0 per persons of 20 to 39) times those who
are 20 to 39 then. Age 0 therefore has no migrants of its own.

Survival below 50 is taken as 1 (under 0.3 % a year die), so a child is counted on exactly; from 50 on by Gompertz'
law, since a scenario for the whole population would otherwise count the dead. Hand in another with `survival`.

The interval is what experience says of such figures, not a forecast of its own: errors grow with the years, with
births not yet born, and for small numbers (Smith, Tayman and Swanson, State and Local Population Projections,
2001). Relative half width = z · sqrt(migration² · y + births² · (y − x) for ages x < y + turnover · y / n), so
that it widens with every year for those born in the same one. Adding up lower ends (or upper ends) over ages is
wider than need be: errors are then taken as all in one direction.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from lueckenlos.kernels.chain.types import OLDEST, Floats

FERTILE: Final = slice(20, 40)
FARTHEST: Final = 15
KNOWN_YEARS: Final = 3


class BadPopulation(ValueError):
    """A population cannot be reckoned with: row of the area, age, and the number that stands there.

    The number is nan where it is not known, below 0 where it is negative.
    """

    def __init__(self, *, area: int, age: int, persons: float) -> None:
        super().__init__(f"area {area}, age {age}: {persons} persons")
        self.area, self.age, self.persons = area, age, persons


class WrongShape(ValueError):
    """An array has another shape than areas x 100."""

    def __init__(self, *, expected: tuple[int, ...], given: tuple[int, ...]) -> None:
        super().__init__(f"{given} instead of {expected}")
        self.expected, self.given = expected, given


class YearsOutOfRange(ValueError):
    """It is looked ahead from 1 to 15 years."""

    def __init__(self, years: int) -> None:
        super().__init__(f"{years} years")
        self.years = years


class TooFewYears(ValueError):
    """A trend needs at least three known years that follow one another up to the newest."""

    def __init__(self, known: tuple[int, ...]) -> None:
        super().__init__(f"known: {known}")
        self.known = known
        self.needed = KNOWN_YEARS


class UnreachableTotal(ValueError):
    """A population cannot grow to this total by this year: the year is past, or nobody is there who could grow."""

    def __init__(self, *, total: float, by: int, base: int) -> None:
        super().__init__(f"{total} by {by}, from {base}")
        self.total, self.by, self.base = total, by, base


@dataclass(frozen=True, slots=True)
class Constant:
    """So many persons come (or, below 0, leave) in net each year over all areas; 0: nobody."""

    persons_a_year: float = 0.0


@dataclass(frozen=True, slots=True)
class Growth:
    """The whole population moves in equal steps to a total by a year, and stays there; migration makes up for it."""

    total: float
    by: int


@dataclass(frozen=True, eq=False)
class Trend:
    """Net migration by area and age stays what it was on average between the known years.

    `known` maps years to populations (areas x 100); the newest must be the base year. Estimated as what is there a
    year later beyond those who only grew older.
    """

    known: Mapping[int, Floats]


Scenario = Constant | Growth | Trend


@dataclass(frozen=True, slots=True)
class Spread:
    """How the interval widens: yearly errors (standard deviations, shares) of net migration and of births,
    the share of persons exchanged in a year by moving in and out, and how many standard deviations."""

    migration: float = 0.01
    births: float = 0.03
    turnover: float = 0.1
    z: float = 1.645
    """1.645: nine times of ten."""


@dataclass(frozen=True, eq=False)
class Outlook:
    """The population of one year (each areas x 100, persons), most likely, at least and at most."""

    year: int
    persons: Floats
    lower: Floats
    upper: Floats


def gompertz(*, modal_age: float = 86.0, slope: float = 0.105, from_age: int = 50) -> Floats:
    """Share of each age (100) that lives a year longer; 1 below `from_age`.

    Gompertz' law with the age at which most die: hazard = slope · exp(slope · (age − modal_age)). The defaults
    give a life expectancy at birth of about 80 years.
    """
    ages = np.arange(OLDEST, dtype=np.float64) + 0.5
    living: Floats = np.exp(-slope * np.exp(slope * (ages - modal_age)))
    living[:from_age] = 1.0
    return living


def ahead(
    persons: Floats,
    *,
    base: int,
    years: int,
    scenario: Scenario,
    survival: Floats | None = None,
    birth_rate: Floats | None = None,
    newcomers: Floats | None = None,
    spread: Spread = Spread(),
) -> tuple[Outlook, ...]:
    """Give the outlook for each of the next `years` (1 to 15) after the `base` year; the first is base + 1.

    `persons` areas x 100 of the base year. `survival` (100) defaults to `gompertz()`. `birth_rate` (areas) is
    age 0 per person of 20 to 39; by default the area's own today, the county's where nobody is of that age.
    `newcomers` (100) says how much likelier an age moves than another for constant and growth; by default those
    who come are like those who live there. Raises `BadPopulation`, `WrongShape`, `YearsOutOfRange`,
    `TooFewYears`, `UnreachableTotal`.
    """
    now = checked(persons)
    if not 1 <= years <= FARTHEST:
        raise YearsOutOfRange(years)
    living = gompertz() if survival is None else _vector(survival, length=OLDEST)
    rate = births_per_person(now) if birth_rate is None else _vector(birth_rate, length=len(now))
    mover = np.ones(OLDEST) if newcomers is None else _vector(newcomers, length=OLDEST)
    move = _moves(scenario, now, base=base, living=living, rate=rate, mover=mover)
    outlooks: list[Outlook] = []
    for year in range(1, years + 1):
        now = move.next(now, year=base + year)
        around = _relative_half_width(now, year=year, spread=spread) * np.maximum(now, 1.0)
        outlooks.append(Outlook(base + year, now, np.maximum(now - around, 0.0), now + around))
    return tuple(outlooks)


def checked(persons: Floats) -> Floats:
    """Give the population as float64 areas x 100, or say which number is missing or negative."""
    given = np.asarray(persons, dtype=np.float64)
    if given.ndim != 2 or given.shape[1] != OLDEST:
        raise WrongShape(expected=(len(given) if given.ndim else 0, OLDEST), given=given.shape)
    bad = np.argwhere(~np.isfinite(given) | (given < 0))
    if len(bad):
        area, age = (int(each) for each in bad[0])
        raise BadPopulation(area=area, age=age, persons=float(given[area, age]))
    return given


def births_per_person(persons: Floats) -> Floats:
    """Children of age 0 per person of 20 to 39, by area; the county's where nobody there is of that age."""
    adults = persons[:, FERTILE].sum(axis=1)
    everywhere = float(adults.sum())
    county = float(persons[:, 0].sum()) / everywhere if everywhere > 0 else 0.0
    rates: Floats = np.full(len(persons), county)
    np.divide(persons[:, 0], adults, out=rates, where=adults > 0)
    return rates


def aged(persons: Floats, *, survival: Floats) -> Floats:
    """Everybody a year older: age 0 empty, the last age keeps its own beside those who reach it."""
    living = persons * survival
    older: Floats = np.zeros_like(living)
    older[:, 1:] = living[:, :-1]
    older[:, -1] += living[:, -1]
    return older


def _vector(given: Floats, *, length: int) -> Floats:
    values = np.asarray(given, dtype=np.float64)
    if values.shape != (length,):
        raise WrongShape(expected=(length,), given=values.shape)
    return values


def _relative_half_width(persons: Floats, *, year: int, spread: Spread) -> Floats:
    unborn = np.maximum(year - np.arange(OLDEST, dtype=np.float64), 0.0)
    small = spread.turnover * year / np.maximum(persons, 1.0)
    width: Floats = spread.z * np.sqrt(spread.migration**2 * year + spread.births**2 * unborn + small)
    return width


@dataclass(frozen=True, eq=False)
class _Moves:
    """A year of any scenario: `net` is added by area and age; `yearly` or `totals` set how many come in all."""

    living: Floats
    rate: Floats
    mover: Floats
    net: Floats
    yearly: float = 0.0
    growth: Growth | None = None
    start: float = 0.0
    base: int = 0

    def next(self, persons: Floats, *, year: int) -> Floats:
        """The population a year later."""
        older = np.maximum(aged(persons, survival=self.living) + self.net, 0.0)
        wanted = older * self.mover
        everybody = float(wanted.sum())
        if everybody > 0:
            share = wanted / everybody
            older = np.maximum(older + self._coming(older, share, year=year) * share, 0.0)
        older[:, 0] = self.rate * older[:, FERTILE].sum(axis=1)
        return older

    def _coming(self, older: Floats, share: Floats, *, year: int) -> float:
        if self.growth is None:
            return self.yearly
        part = min((year - self.base) / (self.growth.by - self.base), 1.0)
        total = self.start + part * (self.growth.total - self.start)
        # Each who comes brings births along: both together must make up for what is missing.
        born = float(self.rate @ older[:, FERTILE].sum(axis=1))
        brought = float(self.rate @ share[:, FERTILE].sum(axis=1))
        return (total - float(older.sum()) - born) / (1.0 + brought)


def _moves(
    scenario: Scenario, persons: Floats, *, base: int, living: Floats, rate: Floats, mover: Floats
) -> _Moves:
    still = np.zeros_like(persons)
    if isinstance(scenario, Constant):
        return _Moves(living, rate, mover, still, yearly=scenario.persons_a_year)
    if isinstance(scenario, Trend):
        net = _net_migration(scenario, persons, base=base, living=living)
        return _Moves(living, rate, mover, net)
    start = float(persons.sum())
    if scenario.by <= base or scenario.total < 0 or start <= 0:
        raise UnreachableTotal(total=scenario.total, by=scenario.by, base=base)
    return _Moves(living, rate, mover, still, growth=scenario, start=start, base=base)


def _net_migration(scenario: Trend, persons: Floats, *, base: int, living: Floats) -> Floats:
    """Mean over pairs of consecutive years up to the base: what is there beyond those who grew older."""
    known = tuple(sorted(scenario.known))
    run = [year for year in known if all(between in scenario.known for between in range(year, base + 1))]
    if len(run) < KNOWN_YEARS or known[-1] != base:
        raise TooFewYears(known)
    tables = [checked(scenario.known[year]) for year in run]
    for table in tables:
        if table.shape != persons.shape:
            raise WrongShape(expected=persons.shape, given=table.shape)
    rests = [later - aged(earlier, survival=living) for earlier, later in pairwise(tables)]
    net: Floats = np.mean(rests, axis=0)
    net[:, 0] = 0.0
    return net
