"""The loops over places that Python would be too slow for: who lies near whom, and how much that weighs.

Plain arrays in named tuples, so that they compile once for all counties. Points lie sorted by the squares of a
grid; nothing is as large as points x services.
"""

from typing import NamedTuple

import numpy as np

from lueckenlos.kernels.chain.compiled import compiled, summing
from lueckenlos.kernels.chain.types import Bools, Floats, Ints


class Grid(NamedTuple):
    """Points (metres) sorted by squares of `side` metres, row by row from the south-west.

    `first[square]` to `first[square + 1]` are the places of a square's points in `x` and `y`; `order` names the row
    that each had before sorting.
    """

    x: Floats
    y: Floats
    order: Ints
    first: Ints
    columns: int
    rows: int
    west: float
    south: float
    side: float


class Decay(NamedTuple):
    """What distance costs: nothing left beyond `reach` metres; up to there the first of `limits` (ascending) that
    holds the distance gives the weight, or where there are none exp(−½ (d / (reach/2))²)."""

    reach: float
    limits: Floats
    weights: Floats


class Sites(NamedTuple):
    """Sites in metres; those of service s are `first[s]` to `first[s + 1]`."""

    x: Floats
    y: Floats
    first: Ints


class Homes(NamedTuple):
    """For each point of a grid, in its order: its area and the share of the area's people who live there."""

    area: Ints
    share: Floats
    areas: int


class Rules(NamedTuple):
    """Whom services are for: areas of the catchment (`allowed[first[s]]` to `allowed[first[s + 1]]`, unless open
    `everywhere`), the phases they list (services x phases), and how far each phase is driven (metres)."""

    everywhere: Bools
    allowed: Ints
    first: Ints
    lists: Bools
    reach: Floats


class Task(NamedTuple):
    """All that area weights rest on; sites, homes and rules as said there."""

    grid: Grid
    homes: Homes
    sites: Sites
    rules: Rules


class Found(NamedTuple):
    """Room to work in: the nearest squared distance of each point, the points near, the service that may serve each
    area, and sums by area and phase."""

    best: Floats
    point: Ints
    may: Ints
    sums: Floats


@compiled
def weight_of(squared: float, decay: Decay) -> float:
    """The weight at a squared distance that is known to lie within reach."""
    for step in range(len(decay.limits)):
        if squared <= decay.limits[step] * decay.limits[step]:
            return float(decay.weights[step])
    if len(decay.limits) > 0:
        return 0.0
    return bell(squared, decay.reach)


@compiled
def bell(squared: float, reach: float) -> float:
    """The Gaussian weight exp(−½ (d / (reach/2))²); 1 at the place itself, whatever the reach."""
    if squared == 0.0:
        return 1.0
    return float(np.exp(-2.0 * squared / (reach * reach)))


@compiled
def rows_near(grid: Grid, y: float, reach: float) -> tuple[int, int]:
    """The rows of the grid that a circle touches, the second excluded."""
    low = np.floor((y - reach - grid.south) / grid.side)
    high = np.floor((y + reach - grid.south) / grid.side)
    return int(max(low, 0.0)), int(min(high, grid.rows - 1.0)) + 1


@compiled
def points_near(grid: Grid, row: int, at: tuple[float, float], reach: float) -> tuple[int, int]:
    """The points of a row's squares that a circle touches, the second excluded; a hair too many, never too few."""
    south = grid.south + row * grid.side
    off = max(south - at[1], at[1] - south - grid.side, 0.0)
    half = np.sqrt(max(reach * reach - off * off, 0.0)) * (1.0 + 1e-9) + 1e-3
    left = np.floor((at[0] - half - grid.west) / grid.side)
    right = np.floor((at[0] + half - grid.west) / grid.side)
    if right < 0.0 or left > grid.columns - 1.0:
        return 0, 0
    begin, end = int(max(left, 0.0)), int(min(right, grid.columns - 1.0))
    return int(grid.first[row * grid.columns + begin]), int(grid.first[row * grid.columns + end + 1])


@summing
def sum_near(grid: Grid, demand: Floats, points: tuple[int, int], spot: tuple[float, float, float]) -> float:
    """Σ of demand over those of some points that lie within a squared distance (third) of a place; no branches."""
    total = 0.0
    for point in range(points[0], points[1]):
        squared = (grid.x[point] - spot[0]) ** 2 + (grid.y[point] - spot[1]) ** 2
        total += demand[point] * (squared <= spot[2])
    return total


@compiled
def add_near(
    grid: Grid, sums: Floats, points: tuple[int, int], spot: tuple[float, float, float, float]
) -> None:
    """Add a value (fourth) to those of some points that lie within a squared distance of a place."""
    for point in range(points[0], points[1]):
        squared = (grid.x[point] - spot[0]) ** 2 + (grid.y[point] - spot[1]) ** 2
        sums[point] += spot[3] * (squared <= spot[2])


@compiled
def demands(grid: Grid, demand: Floats, sites: Sites, decay: Decay) -> Floats:
    """By site: Σ over points of weight · demand; `demand` in the grid's order."""
    sums, limit, is_flat = np.zeros(len(sites.x)), decay.reach * decay.reach, len(decay.limits) == 1
    for site in range(len(sites.x)):
        x, y, total = sites.x[site], sites.y[site], 0.0
        low, high = rows_near(grid, y, decay.reach)
        for row in range(low, high):
            begin, end = points_near(grid, row, (x, y), decay.reach)
            if is_flat:
                total += decay.weights[0] * sum_near(grid, demand, (begin, end), (x, y, limit))
                continue
            for point in range(begin, end):
                squared = (grid.x[point] - x) ** 2 + (grid.y[point] - y) ** 2
                if squared <= limit:
                    total += demand[point] * weight_of(squared, decay)
        sums[site] = total
    return sums


@compiled
def reached(grid: Grid, ratio: Floats, sites: Sites, decay: Decay) -> Floats:
    """By point, in the grid's order: Σ over sites of weight · ratio."""
    sums, limit, is_flat = np.zeros(len(grid.x)), decay.reach * decay.reach, len(decay.limits) == 1
    for site in range(len(sites.x)):
        x, y, each = sites.x[site], sites.y[site], ratio[site]
        low, high = rows_near(grid, y, decay.reach)
        for row in range(low, high):
            begin, end = points_near(grid, row, (x, y), decay.reach)
            if is_flat:
                add_near(grid, sums, (begin, end), (x, y, limit, each * decay.weights[0]))
                continue
            for point in range(begin, end):
                squared = (grid.x[point] - x) ** 2 + (grid.y[point] - y) ** 2
                if squared <= limit:
                    sums[point] += each * weight_of(squared, decay)
    return sums


@compiled
def nearest(task: Task, service: int, reach: float, found: Found) -> int:
    """Note in `found` the squared distance of each point to the nearest site of a service, and who is near.

    `best` comes in full of infinity. Returns how many points lie within reach.
    """
    grid, sites, best, count, limit = task.grid, task.sites, found.best, 0, reach * reach
    for site in range(sites.first[service], sites.first[service + 1]):
        x, y = sites.x[site], sites.y[site]
        low, high = rows_near(grid, y, reach)
        for row in range(low, high):
            begin, end = points_near(grid, row, (x, y), reach)
            for point in range(begin, end):
                squared = (grid.x[point] - x) ** 2 + (grid.y[point] - y) ** 2
                if squared > limit or squared >= best[point]:
                    continue
                if best[point] == np.inf:
                    found.point[count] = point
                    count += 1
                best[point] = squared
    return count


@compiled
def add_up(task: Task, service: int, near: int, found: Found) -> None:
    """Add the weights of the points near a service to their areas, for the phases that it lists."""
    homes, rules = task.homes, task.rules
    for at in range(near):
        point = found.point[at]
        home, squared = homes.area[point], found.best[point]
        found.best[point] = np.inf
        if not (rules.everywhere[service] or found.may[home] == service):
            continue
        for phase in range(len(rules.reach)):
            if rules.lists[service, phase] and squared <= rules.reach[phase] * rules.reach[phase]:
                found.sums[home, phase] += homes.share[point] * bell(squared, rules.reach[phase])


@compiled
def roomier(entries: Ints, weights: Floats) -> tuple[Ints, Floats]:
    """The same with room for twice as many."""
    more, heavier = np.empty((2 * len(entries), 3), np.int64), np.empty(2 * len(weights))
    for at in range(len(weights)):
        more[at, 0], more[at, 1], more[at, 2] = entries[at, 0], entries[at, 1], entries[at, 2]
        heavier[at] = weights[at]
    return more, heavier


@compiled
def area_weights(task: Task) -> tuple[Ints, Floats, int]:
    """By service, area and phase (rows of three) the weight of the nearest site, as the mean over the area's points.

    Only weights above 0 are noted, in no certain order; the first so many rows count.
    """
    homes, rules = task.homes, task.rules
    phases, count, farthest, size = len(rules.reach), 0, 0.0, len(task.grid.x)
    entries, weights = np.empty((1024, 3), np.int64), np.empty(1024)
    sums = np.zeros((homes.areas, phases))
    found = Found(np.full(size, np.inf), np.empty(size, np.int64), np.full(homes.areas, -1), sums)
    for phase in range(phases):
        farthest = max(farthest, rules.reach[phase])
    for service in range(len(rules.everywhere)):
        for at in range(rules.first[service], rules.first[service + 1]):
            found.may[rules.allowed[at]] = service
        near = nearest(task, service, farthest, found)
        add_up(task, service, near, found)
        for at in range(near):
            home = homes.area[found.point[at]]
            if count + phases > len(weights):
                entries, weights = roomier(entries, weights)
            for phase in range(phases):
                if sums[home, phase] > 0.0:
                    entries[count, 0], entries[count, 1], entries[count, 2] = service, home, phase
                    weights[count] = sums[home, phase]
                    sums[home, phase] = 0.0
                    count += 1
    return entries, weights, count
