"""Reach by floating catchments in two steps, on any points and services (section 2).

Step 1 divides what a service supplies by the weighted demand around it, step 2 adds up at each point the ratios of
all services in reach: 2SFCA (Luo and Wang 2003), with weights that fall with distance E2SFCA (Luo and Qi 2009).
With weights that also share each point's demand out among its services (Wan, Zou and Sternberg 2012): 3SFCA.
Σ demand · reach = the supply of all services that have demand in reach.

`accessibility` takes weights from anywhere as a sparse matrix. `floating` reckons them from straight distances
on the way and keeps none: memory grows with points + services, not with their pairs.
"""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import numpy as np
from scipy.sparse import csr_matrix

from lueckenlos.kernels.chain.loops import Decay, Grid, Sites, demands, reached
from lueckenlos.kernels.chain.types import Bools, Floats, Ints

MOST_SQUARES: Final = 1_000_000
NO_STEPS: Final[Floats] = np.empty(0)


class WrongShape(ValueError):
    """Points, services and their numbers do not fit together."""

    def __init__(self, *, expected: tuple[int, ...], given: tuple[int, ...]) -> None:
        super().__init__(f"{given} instead of {expected}")
        self.expected, self.given = expected, given


class BadDecay(ValueError):
    """A distance or weight that no decay can have: `value` is not a number above 0 or not in ascending order."""

    def __init__(self, value: float) -> None:
        super().__init__(f"{value}")
        self.value = value


def gaussian(reach: float) -> Decay:
    """Weight exp(−½ (d / (reach/2))²) up to `reach` metres, then 0. Raises `BadDecay`."""
    return Decay(_distance(reach), NO_STEPS, NO_STEPS)


def within(reach: float) -> Decay:
    """Weight 1 up to `reach` metres, then 0: plain 2SFCA. Raises `BadDecay`."""
    return steps([(reach, 1.0)])


def steps(limits: Sequence[tuple[float, float]]) -> Decay:
    """Pairs of distance in metres (ascending) and weight up to there; beyond the last 0. Raises `BadDecay`."""
    distances = [_distance(limit) for limit, _ in limits]
    for one, other in pairwise(distances):
        if other <= one:
            raise BadDecay(other)
    if not distances:
        raise BadDecay(0.0)
    return Decay(
        distances[-1], np.array(distances), np.array([weight for _, weight in limits], dtype=np.float64)
    )


def accessibility(weights: csr_matrix, *, demand: Floats, supply: Floats) -> Floats:
    """Supply for each unit of demand at each point; 0 where no service is in reach.

    `weights` is points x services (sparse), `demand` by point, `supply` by service. Raises `WrongShape`.
    """
    _fits(weights.shape, (len(demand), len(supply)))
    return np.asarray(weights @ _ratio(supply, weights.T @ demand), dtype=np.float64)


def selective(weights: csr_matrix) -> csr_matrix:
    """Weights for three steps: each point's demand is shared out among its services by their weight."""
    sums = np.asarray(weights.sum(axis=1), dtype=np.float64).ravel()
    entries = weights.tocsr(copy=True)
    counts = np.diff(entries.indptr)
    entries.data = np.asarray(entries.data**2 / np.repeat(np.where(sums > 0, sums, 1.0), counts))
    return entries


def floating(points: Floats, *, demand: Floats, sites: Floats, supply: Floats, decay: Decay) -> Floats:
    """The same with weights by straight distance, each service at one site; no weight is kept.

    `points` (n x 2) and `sites` (m x 2) in metres, `demand` by point, `supply` by site. Raises `WrongShape`.
    """
    _fits((*points.shape, *sites.shape), (len(demand), 2, len(supply), 2))
    grid = grid_of(points, side=decay.reach / 4.0)
    order = sites_order(sites, grid=grid)
    places = Sites(sites[order, 0].copy(), sites[order, 1].copy(), np.empty(0, dtype=np.int64))
    ratio = _ratio(supply[order], demands(grid, demand[grid.order], places, decay))
    sums = np.empty(len(points))
    sums[grid.order] = reached(grid, ratio, places, decay)
    return sums


def grid_of(points: Floats, *, side: float) -> Grid:
    """Sort points (n x 2, metres) into squares; those without a finite place are left out.

    The squares are as large as asked, or larger where there would be more than a million of them.
    """
    placed = np.flatnonzero(np.isfinite(points).all(axis=1))
    known = points[placed]
    west, south = known.min(axis=0).tolist() if len(known) else (0.0, 0.0)
    width, height = (known.max(axis=0) - (west, south)).tolist() if len(known) else (0.0, 0.0)
    side = max(side, math.sqrt(width * height / MOST_SQUARES), max(width, height) / MOST_SQUARES)
    columns, rows = int(width // side) + 1, int(height // side) + 1
    square = _squares(known, origin=(west, south), side=side, shape=(rows, columns))
    by_square = np.argsort(square, kind="stable")
    first = np.zeros(columns * rows + 1, dtype=np.int64)
    np.cumsum(np.bincount(square, minlength=columns * rows), out=first[1:])
    return Grid(
        x=known[by_square, 0].copy(), y=known[by_square, 1].copy(), order=placed[by_square], first=first,
        columns=columns, rows=rows, west=west, south=south, side=side,
    )  # fmt: skip


def sites_order(sites: Floats, *, grid: Grid) -> Ints:
    """The order in which sites lie on the grid, so that neighbours are reckoned one after the other."""
    origin = (grid.west, grid.south)
    square = _squares(sites, origin=origin, side=grid.side, shape=(grid.rows, grid.columns))
    return np.argsort(square, kind="stable")


def _squares(places: Floats, *, origin: tuple[float, float], side: float, shape: tuple[int, int]) -> Ints:
    spots = np.nan_to_num((places - origin) / side, posinf=0.0, neginf=0.0).astype(np.int64)
    rows, columns = shape
    column = np.clip(spots[:, 0], 0, columns - 1)
    row = np.clip(spots[:, 1], 0, rows - 1)
    return np.asarray(row * columns + column, dtype=np.int64)


def _ratio(supply: Floats, demand: Floats) -> Floats:
    some: Bools = np.asarray(demand > 0, dtype=np.bool_)
    return np.asarray(np.where(some, supply / np.where(some, demand, 1.0), 0.0), dtype=np.float64)


def _fits(given: tuple[int, ...], expected: tuple[int, ...]) -> None:
    if tuple(given) != expected:
        raise WrongShape(expected=expected, given=tuple(given))


def _distance(value: float) -> float:
    if not (math.isfinite(value) and value > 0):
        raise BadDecay(value)
    return float(value)
