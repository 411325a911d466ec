"""What flows from each service to the children of each area and phase: both steps of section 2 for a county.

With the share of an area's people who live at point i, D[i,p] = share · D[a,p]. So an area's weight is the mean over
its points, W[s,a,p] = Σ_i share_i · w[s,i,p], and with it

- step 1: ratio[s] = capacity[s] / Σ_a Σ_p W[s,a,p] · D[s,a,p],
- step 2: reach[a,p] = 100 · Σ_s W[s,a,p] · ratio[s] · D[s,a,p] / D[a,p], which is the D-weighted mean of the points.

Entries with weight 0 are not kept. Who comes to the family, or has no place, weighs 1 all over its catchment.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from lueckenlos.kernels.chain.loops import Homes, Rules, Sites, Task, area_weights
from lueckenlos.kernels.chain.people import Openness, People, openness, people, point_shares
from lueckenlos.kernels.chain.reach import grid_of
from lueckenlos.kernels.chain.types import Areas, Bools, County, Floats, Ints, Phase, Service, Serving, Site

KM: Final = 1000.0


@dataclass(frozen=True, eq=False)
class Flows:
    """Parallel arrays with an entry for each service, area and phase whose weight is above 0, in this order.

    `weight` is W above (0 to 1), `children` the weighted children W · D[s,a,p], `per_place` what one place a year
    gives: places per 100 children of the phase in the area (0 where nobody lives there).
    """

    service: Ints
    area: Ints
    phase: Ints
    weight: Floats
    children: Floats
    per_place: Floats

    def pick(self, entries: Bools | Ints) -> "Flows":
        """Some of the entries, in their order."""
        return Flows(
            self.service[entries], self.area[entries], self.phase[entries],
            self.weight[entries], self.children[entries], self.per_place[entries],
        )  # fmt: skip


@dataclass(frozen=True, eq=False)
class Catchments:
    """The areas of each service: `areas[first[s]]` to `areas[first[s + 1]]`, unless it is open `everywhere`."""

    everywhere: Bools
    areas: Ints
    first: Ints

    def holds(self, service: int, area: int) -> bool:
        """Tell whether a service's catchment holds an area."""
        return bool(
            self.everywhere[service] or area in self.areas[self.first[service] : self.first[service + 1]]
        )


@dataclass(frozen=True, eq=False)
class Network:
    """The people of a county, its services' catchments and phases (services x phases), and what flows."""

    people: People
    openness: Openness
    catchments: Catchments
    lists: Bools
    flows: Flows


def network(county: County, services: Sequence[Service]) -> Network:
    """Reckon what flows from these services to the county's children; places do not matter yet."""
    everyone = people(county.areas, phases=county.phases)
    doors = openness(services, phases=county.phases, of=everyone)
    around = catchments(services, areas=county.areas)
    lists = listed(services, phases=county.phases)
    stays = np.array([_placed(each) == () for each in services], dtype=np.bool_)
    near, weights = _near(county, services, around=around, lists=lists & ~stays[:, None])
    far = held(around, lists & stays[:, None], areas=len(county.areas.keys))
    entries = np.concatenate([near, far])
    order = np.lexsort(entries.T[::-1])
    weight = np.concatenate([weights, np.ones(len(far))])[order]
    flows = _flows(entries[order], weight, everyone=everyone, doors=doors)
    return Network(everyone, doors, around, lists, flows)


def listed(services: Sequence[Service], *, phases: Sequence[Phase]) -> Bools:
    """Which phases each service lists (services x phases); those for professionals give children no places."""
    column = {phase.key: at for at, phase in enumerate(phases)}
    found = np.zeros((len(services), len(phases)), dtype=np.bool_)
    for row, service in enumerate(services):
        if service.serving is not Serving.PROFESSIONALS:
            found[row, [column[key] for key in service.phases if key in column]] = True
    return found


def catchments(services: Sequence[Service], *, areas: Areas) -> Catchments:
    """The rows of the areas that each catchment names; keys outside the county are left out."""
    rows: list[int] = []
    first = [0]
    for service in services:
        rows += sorted(areas.index[key] for key in service.catchment or () if key in areas.index)
        first.append(len(rows))
    everywhere = np.array([service.catchment is None for service in services], dtype=np.bool_)
    return Catchments(everywhere, np.array(rows, dtype=np.int64), np.array(first, dtype=np.int64))


def held(around: Catchments, lists: Bools, *, areas: int) -> Ints:
    """Rows of service, area and phase: all areas of the catchment, whatever the distance."""
    service, phase = np.nonzero(lists)
    counts = np.where(around.everywhere, areas, np.diff(around.first))[service]
    within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    many, open_to_all = np.repeat(service, counts), np.repeat(around.everywhere[service], counts)
    named = np.append(around.areas, 0)[np.where(open_to_all, 0, around.first[many] + within)]
    area = np.where(open_to_all, within, named)
    return np.column_stack([many, area, np.repeat(phase, counts)]).astype(np.int64)


def _placed(service: Service) -> tuple[Site, ...]:
    """The places to which families have to go; none where the service comes to them or has no known place."""
    if service.travels:
        return ()
    return tuple(site for site in service.sites if math.isfinite(site.x) and math.isfinite(site.y))


def _near(
    county: County, services: Sequence[Service], *, around: Catchments, lists: Bools
) -> tuple[Ints, Floats]:
    areas = county.areas
    reach = np.array([max(phase.decay_km, 0.0) * KM for phase in county.phases], dtype=np.float64)
    grid = grid_of(areas.points, side=max(reach.max(initial=0.0) / 4.0, 1.0))
    homes = Homes(areas.point_area[grid.order], point_shares(areas)[grid.order], len(areas.keys))
    sites = _sites(services)
    rules = Rules(around.everywhere, around.areas, around.first, lists, reach)
    if not (lists.any() and len(grid.x)):
        return np.empty((0, 3), dtype=np.int64), np.empty(0)
    entries, weights, count = area_weights(Task(grid, homes, sites, rules))
    return entries[:count], weights[:count]


def _sites(services: Sequence[Service]) -> Sites:
    spots = [[(site.x, site.y) for site in _placed(each)] for each in services]
    places = np.array([spot for some in spots for spot in some], dtype=np.float64).reshape(-1, 2)
    first = np.zeros(len(services) + 1, dtype=np.int64)
    np.cumsum([len(some) for some in spots], out=first[1:])
    return Sites(places[:, 0].copy(), places[:, 1].copy(), first)


def _flows(entries: Ints, weight: Floats, *, everyone: People, doors: Openness) -> Flows:
    service, area, phase = entries[:, 0].copy(), entries[:, 1].copy(), entries[:, 2].copy()
    share = weight * doors.share[doors.pattern[service], area, phase]
    here = everyone.children[area, phase]
    children = share * here
    demand = np.bincount(service, weights=children, minlength=len(doors.pattern))[service]
    some = (demand > 0) & (here > 0)
    per_place = np.where(some, 100.0 * share / np.where(some, demand, 1.0), 0.0)
    return Flows(service, area, phase, weight, children, per_place)
