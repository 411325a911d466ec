"""Turns the catalogue of steps into concrete ones: this step, at this place or for this service, wins these places.

A catalogue step is a form ("a course at a new place, 7,000 euros, 50 places"). It becomes a candidate for each
municipality (new place: where most of its people live; transfer likewise), for each service of its kind (more places,
wider catchment), or for each municipality and group of them (outreach comes to the family: no distance counts).
What each wins follows from whom it reaches, by the same weights as the chain itself.

A further language makes no place: see `languages`, and docs/decisions/0024.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from lueckenlos.kernels.chain.flows import network
from lueckenlos.kernels.chain.judging import counting, is_usable
from lueckenlos.kernels.chain.measures import Measure, difference, spread
from lueckenlos.kernels.chain.supply import is_offered, supplies
from lueckenlos.kernels.chain.types import Areas, CellKey, County, Service, Serving, Site, Step

Reached = dict[tuple[str, str], float]
"""Weighted children by (area, phase)."""


@dataclass(frozen=True, slots=True)
class StepView:
    """A step of the catalogue: what it usually costs (euros a year) and gives (places a year)."""

    key: str
    label: str
    step: Step
    cost: int
    places: int
    kind: str
    phases: tuple[str, ...]
    fields: tuple[str, ...]
    language: str = ""
    basis: str = ""
    from_folder: bool = False


@dataclass(frozen=True, slots=True)
class Where:
    """What a candidate is about: areas (a municipality, or a group under its name), or a service that exists."""

    areas: tuple[str, ...] = ()
    group: str = ""
    service: str = ""


@dataclass(frozen=True, eq=False)
class Candidate:
    """One concrete step with what it wins, by cell."""

    step: StepView
    where: Where
    measure: Measure


@dataclass(frozen=True, slots=True)
class LanguageStep:
    """What a further language opens: children whose families speak it, and cells closed to them so far.

    `children` is None where the county has not said how many speak it.
    """

    step: StepView
    service: str
    children: float | None
    cells: int


@dataclass(frozen=True, eq=False)
class Surroundings:
    """Who borders on whom, and which municipalities plan together (name to keys)."""

    neighbours: Mapping[str, tuple[str, ...]]
    groups: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, eq=False)
class _Draft:
    """A step before it is reckoned: the service as it would be, beside what it is now (None: not there yet)."""

    step: StepView
    where: Where
    after: Service
    places: float
    before: Service | None = None
    group: str | None = None


def candidates(
    county: County, steps: Iterable[StepView], *, around: Surroundings, as_of: date
) -> list[Candidate]:
    """Every concrete step of the catalogue but languages, with its gains in cells whose target counts its kind."""
    drafts = [draft for step in steps for draft in _drafts(county, step, around=around, as_of=as_of)]
    whom = reached_by(county, [each.after for each in drafts])
    so_far = iter(reached_by(county, [each.before for each in drafts if each.before is not None]))
    counts = Counting(county)
    found = []
    for draft, shares in zip(drafts, whom, strict=True):
        after = spread(draft.places, shares=shares, fields=draft.after.fields)
        before: dict[CellKey, float] = {}
        if draft.before is not None:
            before = spread(draft.places, shares=next(so_far), fields=draft.before.fields)
        gains = {
            key: places
            for key, places in difference(before, after).items()
            if counts.holds(key, service=draft.after)
        }
        where = draft.where
        name = f"{draft.step.key}@{where.service or where.group or '+'.join(where.areas)}"
        measure = Measure(name, draft.step.step, draft.step.cost, gains, draft.group)
        found.append(Candidate(draft.step, where, measure))
    return found


def languages(
    county: County,
    steps: Iterable[StepView],
    *,
    closed: Collection[CellKey],
    areas: Collection[str],
    as_of: date,
) -> list[LanguageStep]:
    """What each language step opens in these areas; `closed` are the cells that are closed to speakers so far."""
    pairs = [
        (step, service)
        for step in steps
        if step.step is Step.NEW_LANGUAGE and step.language
        for service in _existing(county, step, as_of=as_of)
        if step.language not in service.languages
    ]
    found = []
    for (step, service), shares in zip(
        pairs, reached_by(county, [service for _step, service in pairs]), strict=True
    ):
        here = {(area, phase): many for (area, phase), many in shares.items() if area in areas}
        share = county.settings.group_languages.get(step.language)
        children = None if share is None else share * sum(here.values())
        cells = {(*place, field) for place in here for field in service.fields} & set(closed)
        found.append(LanguageStep(step, service.key, children, len(cells)))
    return found


class Counting:
    """Which kinds of services fill the target of a cell."""

    def __init__(self, county: County) -> None:
        self._kinds = county.kinds
        self._named: dict[tuple[str | None, str, str], frozenset[str]] = {
            (each.area, each.phase, each.field): each.intensities
            for each in county.targets
            if each.to is None and is_usable(each)
        }
        self._known: dict[tuple[str | None, frozenset[str]], bool] = {}

    def holds(self, key: CellKey, *, service: Service) -> bool:
        """Whether places of this service count in the cell; nowhere without a target."""
        area, phase, field = key
        named = self._named.get((area, phase, field), self._named.get((None, phase, field)))
        if named is None:
            return False
        asked = (service.kind, named)
        if asked not in self._known:
            self._known[asked] = bool(counting([service], kinds=self._kinds, intensities=named)[0])
        return self._known[asked]


def reached_by(county: County, services: Sequence[Service]) -> list[Reached]:
    """Whom each of many services reaches: `calculation.reached` for all of them at once."""
    if not services:
        return []
    flows = network(county, services).flows
    found: list[Reached] = [{} for _ in services]
    phases = [phase.key for phase in county.phases]
    for service, area, phase, children in zip(
        flows.service.tolist(),
        flows.area.tolist(),
        flows.phase.tolist(),
        flows.children.tolist(),
        strict=True,
    ):
        if children > 0:
            found[service][county.areas.keys[area], phases[phase]] = children
    return found


def heart(areas: Areas, area: str) -> Site | None:
    """Where most people of an area live: its largest point, the first where sizes are alike or unknown."""
    rows = np.flatnonzero(areas.point_area == areas.index[area])
    if not len(rows):
        return None
    row = rows[int(np.argmax(np.nan_to_num(areas.sizes[rows])))]
    x, y = areas.points[row].tolist()
    return Site(x, y, area)


def _drafts(county: County, step: StepView, *, around: Surroundings, as_of: date) -> Iterator[_Draft]:
    if step.step in {Step.NEW_PLACE, Step.TRANSFER}:
        yield from _new(county, step)
    elif step.step is Step.OUTREACH:
        yield from _outreach(county, step, around=around)
    elif step.step is Step.MORE_PLACES:
        for service in _existing(county, step, as_of=as_of):
            where = Where(service=service.key)
            yield _Draft(step, where, service, step.places, group=f"service:{service.key}")
    elif step.step is Step.WIDER_CATCHMENT:
        yield from _wider(county, step, around=around, as_of=as_of)


def _new(county: County, step: StepView) -> Iterator[_Draft]:
    for area in county.areas.keys:
        site = heart(county.areas, area)
        if site is not None:
            # A small place is for its municipality, as those that exist are: else a plan sends the town's young
            # to the farthest village, where a place costs the same and nobody takes it away from them.
            service = replace(_thought_of(step), sites=(site,), catchment=frozenset({area}))
            yield _Draft(step, Where(areas=(area,)), service, step.places)


def _outreach(county: County, step: StepView, *, around: Surroundings) -> Iterator[_Draft]:
    wheres = [Where(areas=(area,)) for area in county.areas.keys]
    wheres += [Where(areas=areas, group=name) for name, areas in around.groups.items() if len(areas) > 1]
    for where in wheres:
        service = replace(_thought_of(step), travels=True, catchment=frozenset(where.areas))
        yield _Draft(step, where, service, step.places)


def _wider(county: County, step: StepView, *, around: Surroundings, as_of: date) -> Iterator[_Draft]:
    """The same places for the neighbours too: what they win, those who had them so far lose."""
    for service in _existing(county, step, as_of=as_of):
        if not service.catchment:
            continue
        beside = {other for area in service.catchment for other in around.neighbours.get(area, ())}
        if beside <= service.catchment:
            continue
        months = county.settings.freshness_months
        _lo, hi = supplies([service], kinds=county.kinds, as_of=as_of, freshness_months=months)
        after = replace(service, catchment=service.catchment | beside)
        group = f"service:{service.key}"
        yield _Draft(step, Where(service=service.key), after, float(hi[0]), before=service, group=group)


def _thought_of(step: StepView) -> Service:
    return Service(step.key, kind=step.kind or None, phases=step.phases, fields=step.fields)


def _existing(county: County, step: StepView, *, as_of: date) -> list[Service]:
    """The services of the step's kind that exist on the day and share a phase with it."""
    return [
        service
        for service in county.services
        if step.kind
        and service.kind == step.kind
        and service.serving is not Serving.PROFESSIONALS
        and is_offered(service, as_of=as_of)
        and not set(step.phases).isdisjoint(service.phases)
    ]
