"""What a cell wants, and the verdict on what reaches it (section 3).

A target of the county holds in every area, one of an area there alone. Weighted by need it is
target · clamp(v_area / v_county, 0.5, 2), v_county the mean of the areas whose value is known, weighted by children;
where nothing is known the weight is 1. Targets that are not above 0 are no targets (a 0 would make everything green);
of two for the same place the later in the list holds.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from lueckenlos.kernels.chain.types import (
    NOT_HELPING,
    Areas,
    Bools,
    County,
    Floats,
    Ints,
    Kind,
    Service,
    Serving,
    Target,
    Verdict,
)

TOLERANCE: Final = 1e-9
LEAST_WEIGHT: Final = 0.5
MOST_WEIGHT: Final = 2.0
VERDICTS: Final = (Verdict.GAP, Verdict.CHECK, Verdict.CLOSED, Verdict.NO_TARGET, Verdict.NO_CHILDREN)
"""In the order of their codes: of the first three a smaller one is worse."""
GAP, CHECK, CLOSED, NO_TARGET, NO_CHILDREN = range(5)


@dataclass(frozen=True, eq=False)
class Goals:
    """What is wanted: arrays of areas x phases x fields (or areas x seams).

    `target` is places per 100 children with the weight of need (nan: none), `rule` the row of `counts`
    (rules x services) that says which services count there.
    """

    target: Floats
    is_essential: Bools
    rule: Ints
    counts: Bools


def cell_goals(county: County, services: Sequence[Service], *, children: Floats) -> Goals:
    """The goals of all cells; `children` is areas x phases."""
    phases = {phase.key: row for row, phase in enumerate(county.phases)}
    fields = {key: row for row, key in enumerate(county.fields)}
    places = [
        (target, (phases[target.phase], fields[target.field]), children[:, phases[target.phase]])
        for target in county.targets
        if target.to is None and target.phase in phases and target.field in fields
    ]
    return _goals(county, services, places=places, shape=(len(phases), len(fields)))


def seam_goals(
    county: County, services: Sequence[Service], *, pairs: Sequence[tuple[str, str]], children: Floats
) -> Goals:
    """The goals of all seams; `children` is areas x pairs."""
    rows = {pair: row for row, pair in enumerate(pairs)}
    places = [
        (target, (rows[target.phase, target.to],), children[:, rows[target.phase, target.to]])
        for target in county.targets
        if target.to is not None and (target.phase, target.to) in rows
    ]
    return _goals(county, services, places=places, shape=(len(pairs),))


def is_usable(target: Target) -> bool:
    """Tell whether places per 100 children can be a target: a number above 0."""
    return math.isfinite(target.places_per_100) and target.places_per_100 > 0


def need_weights(values: Mapping[str, float], *, areas: Areas, children: Floats) -> Floats:
    """How many times the target each area wants by its need: 0.5 to 2, and 1 where nothing is known."""
    known = np.array([values.get(key, math.nan) for key in areas.keys], dtype=np.float64)
    use = np.isfinite(known)
    total = children[use].sum()
    mean = float((known[use] * children[use]).sum() / total) if total > 0 else 0.0
    if mean <= 0:
        return np.ones(len(known))
    return np.where(use, np.clip(np.where(use, known, mean) / mean, LEAST_WEIGHT, MOST_WEIGHT), 1.0)


def counting(services: Sequence[Service], *, kinds: Mapping[str, Kind], intensities: frozenset[str]) -> Bools:
    """Which services count for a target that names these intensities (none: all that help).

    A service without a kind, or of one that nobody has described, counts; those for professionals never do.
    """
    found = np.zeros(len(services), dtype=np.bool_)
    for row, service in enumerate(services):
        kind = kinds.get(service.kind) if service.kind is not None else None
        named = kind is None or (
            kind.intensity in intensities if intensities else kind.intensity not in NOT_HELPING
        )
        found[row] = named and service.serving is not Serving.PROFESSIONALS
    return found


def verdicts(target: Floats, *, lo: Floats, hi: Floats, children: Floats, is_estimated: Bools) -> Ints:
    """The code of each verdict; all arrays have the same shape.

    Where the number of children is an estimate nothing is decided: it stands at `check`, never green.
    """
    codes = np.full(target.shape, CHECK, dtype=np.int64)
    codes[lo >= target - TOLERANCE] = CLOSED
    codes[hi < target - TOLERANCE] = GAP
    codes[is_estimated] = CHECK
    codes[np.isnan(target)] = NO_TARGET
    codes[(children <= 0) & ~is_estimated] = NO_CHILDREN
    return codes


def missing(target: Floats, *, reach: Floats, children: Floats) -> Floats:
    """Places a year that are missing for the target; 0 where there is none."""
    places = np.maximum(np.nan_to_num(target) - reach, 0.0) * children / 100.0
    return np.asarray(np.where(places > TOLERANCE, places, 0.0), dtype=np.float64)


def _goals(
    county: County,
    services: Sequence[Service],
    *,
    places: Iterable[tuple[Target, tuple[int, ...], Floats]],
    shape: tuple[int, ...],
) -> Goals:
    rules: dict[frozenset[str], int] = {frozenset(): 0}
    whole = (len(county.areas.keys), *shape)
    target, essential = np.full(whole, np.nan), np.zeros(whole, dtype=np.bool_)
    rule = np.zeros(whole, dtype=np.int64)
    for each, at, children in sorted(places, key=lambda place: place[0].area is not None):
        row = None if each.area is None else county.areas.index.get(each.area)
        if not is_usable(each) or (each.area is not None and row is None):
            continue
        where = (slice(None) if row is None else row, *at)
        weights = need_weights(
            county.indicators.get(each.need_indicator or "", {}), areas=county.areas, children=children
        )
        target[where] = each.places_per_100 * (weights if row is None else weights[row])
        essential[where] = each.is_essential
        rule[where] = rules.setdefault(each.intensities, len(rules))
    counts = [counting(services, kinds=county.kinds, intensities=each) for each in rules]
    return Goals(target, essential, rule, np.array(counts, dtype=np.bool_).reshape(len(rules), len(services)))
