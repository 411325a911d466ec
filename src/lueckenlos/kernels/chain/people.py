"""Who lives where: children of each phase by area and point, and those of them to whom a service is open.

A phase holds the part of each year of age that it overlaps; within a year births are taken as even. The unborn
are as many as the children of age 0: three quarters of a year of them from −0.75 on. Limits of age are in
completed years, so a service for 6 to 9 is open to 6 ≤ age < 10; where it begins at 0 (or nowhere) it is open
to the unborn of a phase that it lists. Services for parents are open to everybody of a listed phase, and so is
one whose ages do not meet a listed phase at all: then the listing wins (and `checks` says so).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from lueckenlos.kernels.chain.types import OLDEST, Areas, Bools, Floats, Ints, Phase, Service, Serving

TINY: Final = 1e-12
UNBORN: Final = 0
"""Column of the unborn: column 1 + x holds the children of age x."""

AGES: Final[Floats] = np.arange(OLDEST, dtype=np.float64)


@dataclass(frozen=True, eq=False)
class People:
    """Children by area and phase; those of each age (unborn first), and where an estimate stands for a number.

    `children` is areas x phases, `by_age` areas x (1 + OLDEST), `is_estimated` areas x phases: some age of the
    phase was missing or negative there and was filled from its neighbours (0 where an area knows no age).
    """

    children: Floats
    by_age: Floats
    is_estimated: Bools


@dataclass(frozen=True, eq=False)
class Openness:
    """To which share of an area's children of a phase services are open: patterns x areas x phases, 0 to 1.

    `pattern` is the row of each service; `is_met` (patterns x phases) is False where the ages of a service do
    not meet the phase, so that its listing has to win.
    """

    pattern: Ints
    share: Floats
    is_met: Bools


def portions(age_from: Floats, age_to: Floats) -> Floats:
    """The part of the unborn and of each year of age that lies in spans of ages: so many rows x (1 + OLDEST)."""
    begin, end = age_from[:, None], age_to[:, None]
    years = np.clip(np.minimum(end, AGES + 1.0) - np.maximum(begin, AGES), 0.0, 1.0)
    unborn = np.maximum(np.minimum(end, 0.0) - begin, 0.0)
    return np.concatenate([unborn, years], axis=1)


def people(areas: Areas, *, phases: Sequence[Phase]) -> People:
    """Count the children of each phase in each area."""
    persons, estimated = _filled(areas.persons)
    by_age = np.column_stack([persons[:, :1], persons])
    parts = portions(
        np.array([phase.age_from for phase in phases], dtype=np.float64),
        np.array([phase.age_to for phase in phases], dtype=np.float64),
    )
    doubtful = np.column_stack([estimated[:, :1], estimated]) @ (parts > 0).T.astype(np.float64)
    return People(by_age @ parts.T, by_age, np.asarray(doubtful > 0, dtype=np.bool_))


def openness(services: Sequence[Service], *, phases: Sequence[Phase], of: People) -> Openness:
    """Tell for each service to which share of a phase's children it is open, wherever it lists the phase."""
    rows: dict[tuple[float, float], int] = {}
    pattern = np.array([rows.setdefault(limits(each), len(rows)) for each in services], dtype=np.int64)
    spans = np.array(list(rows), dtype=np.float64).reshape(-1, 2)
    begin = np.maximum(spans[:, :1], [phase.age_from for phase in phases])
    end = np.minimum(spans[:, 1:], [phase.age_to for phase in phases])
    parts = portions(begin.ravel(), end.ravel())
    met = (parts.sum(axis=1) > TINY).reshape(begin.shape)
    open_to = (parts @ of.by_age.T).reshape(*begin.shape, len(of.by_age)).transpose(0, 2, 1)
    everybody = np.where(of.children > 0, of.children, 1.0)
    share = np.where(met[:, None, :], np.minimum(open_to / everybody, 1.0), 1.0)
    return Openness(pattern, share, met)


def limits(service: Service) -> tuple[float, float]:
    """The span of ages to which a service is open, from (inclusive) and to (exclusive), in years."""
    if service.serving is Serving.PARENTS:
        return -np.inf, np.inf
    youngest = service.age_min if service.age_min is not None and service.age_min > 0 else -np.inf
    oldest = np.inf if service.age_max is None else service.age_max + 1.0
    return youngest, oldest


def point_shares(areas: Areas) -> Floats:
    """The share of its area's people at each point; a size that is not known, or 0, weighs 1."""
    known = np.isfinite(areas.sizes) & (areas.sizes > 0)
    sizes = np.where(known, areas.sizes, 1.0)
    sums = np.bincount(areas.point_area, weights=sizes, minlength=len(areas.keys))
    return np.asarray(sizes / sums[areas.point_area], dtype=np.float64)


def _filled(persons: Floats) -> tuple[Floats, Bools]:
    """Persons with missing and negative numbers estimated from the ages beside them, and where that was done."""
    bad = ~(np.isfinite(persons) & (persons >= 0))
    if not bad.any():
        return persons, bad
    filled = persons.copy()
    for row in np.flatnonzero(bad.any(axis=1)).tolist():
        known = ~bad[row]
        estimate = np.interp(AGES[bad[row]], AGES[known], persons[row, known]) if known.any() else 0.0
        filled[row, bad[row]] = estimate
    return filled, bad
