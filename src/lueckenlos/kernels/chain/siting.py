"""Where to put a few places so that most people have one within reach, or how few places reach everybody.

Maximal covering (Church and ReVelle 1974) and set covering (Toregas et al. 1971), exactly: integer programmes
solved by branch and bound (HiGHS), points with the same sites in reach taken together, which changes nothing but
the size. What is covered is added up anew from the sites chosen, never read from the solver's tolerance.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import bmat, csr_matrix, identity

from lueckenlos.kernels.chain.types import Bools, Floats, Ints


class NotCoverable(ValueError):
    """No site reaches these points (their rows)."""

    def __init__(self, points: tuple[int, ...]) -> None:
        super().__init__(f"no site reaches {len(points)} points")
        self.points = points


class WrongShape(ValueError):
    """Distances, weights or the number of sites do not fit together."""

    def __init__(self, *, expected: str, given: str) -> None:
        super().__init__(f"{given} instead of {expected}")
        self.expected, self.given = expected, given


class NotSolved(RuntimeError):
    """Time ran out before any answer was found."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"no answer in {seconds} s")
        self.seconds = seconds


@dataclass(frozen=True, eq=False)
class Siting:
    """The rows of the chosen sites in ascending order, the points that they reach, and the weight of those.

    `gap` is how far this may be from the optimum at most, as a share of the proven bound; 0: optimal.
    """

    sites: tuple[int, ...]
    reached: Bools
    covered: float
    gap: float


def within(distances: Floats, *, radius: float) -> Bools:
    """Who is in reach of what (sites x points): distance at most the radius, in the same unit; nan is out of reach."""
    return np.asarray(distances <= radius, dtype=np.bool_)


def cover_most(reach: Bools, weights: Floats, *, sites: int, seconds: float = 10.0) -> Siting:
    """Choose at most so many sites that the weight of the points in reach of any of them is largest.

    `reach` is sites x points, `weights` persons by point (≥ 0). Points that are served already get weight 0.
    Raises `WrongShape`, `NotSolved`.
    """
    if reach.ndim != 2 or weights.shape != (reach.shape[1],):
        raise WrongShape(expected=f"{reach.shape[-1]} weights", given=f"{weights.size}")
    if sites < 0 or not np.isfinite(weights).all() or (weights < 0).any():
        raise WrongShape(expected="sites and weights of at least 0", given=f"{sites} sites")
    patterns, weight = _together(reach, weights)
    offered, kinds = reach.shape[0], len(weight)
    if sites == 0 or not kinds:
        return _siting(reach, weights, chosen=np.zeros(offered, dtype=np.bool_), best=0.0)
    covering = bmat([[csr_matrix(patterns.T.astype(np.float64)), -identity(kinds)]], format="csr")
    count = csr_matrix(np.concatenate([np.ones(offered), np.zeros(kinds)]))
    answer = milp(
        np.concatenate([np.zeros(offered), -weight]),
        integrality=np.concatenate([np.ones(offered), np.zeros(kinds)]),
        bounds=Bounds(0.0, 1.0),
        constraints=[LinearConstraint(covering, 0.0, np.inf), LinearConstraint(count, -np.inf, float(sites))],
        options={"mip_rel_gap": 0.0, "time_limit": seconds},
    )
    if answer.x is None:
        raise NotSolved(seconds)
    chosen = _useful(reach, weights, chosen=np.asarray(answer.x[:offered] > 0.5, dtype=np.bool_))
    return _siting(reach, weights, chosen=chosen, best=-float(answer["mip_dual_bound"]))


def fewest_covering(reach: Bools, *, seconds: float = 10.0) -> Siting:
    """Choose the fewest sites that reach every point; `reach` is sites x points.

    Raises `NotCoverable` with the points that no site reaches, `NotSolved`.
    """
    lost = np.flatnonzero(~reach.any(axis=0))
    if len(lost):
        raise NotCoverable(tuple(lost.tolist()))
    ones = np.ones(reach.shape[1])
    patterns, weight = _together(reach, ones)
    if not len(weight):
        return _siting(reach, ones, chosen=np.zeros(reach.shape[0], dtype=np.bool_), best=0.0)
    answer = milp(
        np.ones(reach.shape[0]),
        integrality=np.ones(reach.shape[0]),
        bounds=Bounds(0.0, 1.0),
        constraints=LinearConstraint(csr_matrix(patterns.T.astype(np.float64)), 1.0, np.inf),
        options={"mip_rel_gap": 0.0, "time_limit": seconds},
    )
    if answer.x is None:
        raise NotSolved(seconds)
    chosen = np.asarray(answer.x > 0.5, dtype=np.bool_)
    # A number of sites is whole: a bound of 7.2 proves 8.
    proven = float(np.ceil(float(answer["mip_dual_bound"]) - 1e-6))
    found = _siting(reach, ones, chosen=chosen, best=float(reach.shape[1]))
    gap = max(0.0, (len(found.sites) - proven) / len(found.sites))
    return Siting(found.sites, found.reached, found.covered, gap)


def _together(reach: Bools, weights: Floats) -> tuple[Bools, Floats]:
    """Points that the same sites reach as one (sites x patterns, weights); those out of reach are left out."""
    use = reach.any(axis=0) & (weights > 0)
    patterns, of_point = np.unique(reach[:, use], axis=1, return_inverse=True)
    places: Ints = np.asarray(of_point, dtype=np.int64).ravel()
    sums = np.bincount(places, weights=weights[use], minlength=patterns.shape[1])
    return patterns, sums.astype(np.float64)


def _useful(reach: Bools, weights: Floats, *, chosen: Bools) -> Bools:
    """Leave out sites that reach nobody whom the others do not reach."""
    kept = chosen.copy()
    for site in np.flatnonzero(chosen)[::-1].tolist():
        kept[site] = False
        if weights[reach[chosen].any(axis=0) & ~reach[kept].any(axis=0)].sum() > 0:
            kept[site] = True
    return kept


def _siting(reach: Bools, weights: Floats, *, chosen: Bools, best: float) -> Siting:
    reached = np.asarray(reach[chosen].any(axis=0), dtype=np.bool_)
    covered = float(weights[reached].sum())
    gap = max(0.0, (best - covered) / best) if best > 0 else 0.0
    return Siting(tuple(np.flatnonzero(chosen).tolist()), reached, covered, gap if gap > 1e-9 else 0.0)
