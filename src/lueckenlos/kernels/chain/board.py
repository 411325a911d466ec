"""All that one calculation knows, as arrays: what seams, verdicts and reasons read without reckoning it again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import compress, pairwise

import numpy as np

from lueckenlos.kernels.chain.flows import Network, network
from lueckenlos.kernels.chain.judging import Goals, cell_goals, verdicts
from lueckenlos.kernels.chain.supply import is_offered, supplies
from lueckenlos.kernels.chain.types import Bools, County, Floats, Ints, Service, Share


@dataclass(frozen=True, eq=False)
class Filling:
    """Which flows fill which cells: entries sorted by cell, then service.

    Those of cell c are `first[c]` to `first[c + 1]`; `lo` and `hi` are places a year per 100 children.
    """

    cell: Ints
    service: Ints
    lo: Floats
    hi: Floats
    first: Ints

    def sums(self, values: Floats) -> Floats:
        """Values of the entries added up by cell."""
        found = np.bincount(self.cell, weights=values, minlength=len(self.first) - 1)
        return np.asarray(found, dtype=np.float64)

    @cached_property
    def _bounds(self) -> list[int]:
        return [int(at) for at in self.first]

    def of(self, cell: int) -> slice:
        """The entries of one cell."""
        return slice(self._bounds[cell], self._bounds[cell + 1])


@dataclass(frozen=True, eq=False)
class Board:
    """A county on a day. Services are sorted by key, cells numbered by area, then phase, then field.

    `offered` are the services that exist on the day, `in_field` is services x fields; the arrays from `target` on
    have one number for each cell.
    """

    county: County
    as_of: date
    services: tuple[Service, ...]
    lo: Floats
    hi: Floats
    offered: Bools
    in_field: Bools
    network: Network
    goals: Goals
    filling: Filling
    target: Floats
    children: Floats
    is_estimated: Bools
    reach_lo: Floats
    reach_hi: Floats
    verdict: Ints

    def place(self, cell: int) -> tuple[int, int, int]:
        """Area, phase and field of a cell, as rows."""
        rest, at = divmod(cell, len(self.county.fields))
        area, phase = divmod(rest, len(self.county.phases))
        return area, phase, at

    @cached_property
    def entry_keys(self) -> list[str]:
        """The key of the service of each entry of the filling."""
        keys = [service.key for service in self.services]
        return [keys[row] for row in self.filling.service.tolist()]

    def keys(self, cell: int) -> tuple[str, ...]:
        """The services that fill a cell."""
        return tuple(self.entry_keys[self.filling.of(cell)])

    def some_keys(self, cell: int, entries: Sequence[bool]) -> tuple[str, ...]:
        """Those services of a cell whose entries (of the whole filling) are marked."""
        rows = self.filling.of(cell)
        return tuple(compress(self.entry_keys[rows], entries[rows]))

    def judged(self, lo: Floats, hi: Floats) -> Ints:
        """The codes of the verdicts if so much reached each cell."""
        return verdicts(self.target, lo=lo, hi=hi, children=self.children, is_estimated=self.is_estimated)


def board(county: County, *, as_of: date) -> Board:
    """Reckon everything but seams and reasons."""
    services = tuple(sorted(county.services, key=lambda each: each.key))
    flows = network(county, services)
    months = county.settings.freshness_months
    lo, hi = supplies(services, kinds=county.kinds, as_of=as_of, freshness_months=months)
    goals = cell_goals(county, services, children=flows.people.children)
    offered = np.array([is_offered(each, as_of=as_of) for each in services], dtype=np.bool_)
    in_field = fields_of(services, fields=county.fields)
    filled = filling(flows, goals=goals, offered=offered, in_field=in_field, places=(lo, hi))
    reach_lo, reach_hi = filled.sums(filled.lo), filled.sums(filled.hi)
    target, count = goals.target.ravel(), len(county.fields)
    children = np.repeat(flows.people.children.ravel(), count)
    estimated = np.repeat(flows.people.is_estimated.ravel(), count)
    return Board(
        county=county, as_of=as_of, services=services, lo=lo, hi=hi, offered=offered, in_field=in_field,
        network=flows, goals=goals, filling=filled, target=target, children=children, is_estimated=estimated,
        reach_lo=reach_lo, reach_hi=reach_hi,
        verdict=verdicts(target, lo=reach_lo, hi=reach_hi, children=children, is_estimated=estimated),
    )  # fmt: skip


def fields_of(services: tuple[Service, ...], *, fields: tuple[str, ...]) -> Bools:
    """Which fields each service is in (services x fields)."""
    column = {key: at for at, key in enumerate(fields)}
    found = np.zeros((len(services), len(fields)), dtype=np.bool_)
    for row, service in enumerate(services):
        found[row, [column[key] for key in service.fields if key in column]] = True
    return found


def by_field(service: Ints, *, in_field: Bools) -> tuple[Ints, Ints]:
    """Entries of services once for each field: the row of the entry, and the field."""
    _, fields = np.nonzero(in_field)
    first = np.concatenate(([0], np.cumsum(in_field.sum(axis=1))))
    counts = (first[1:] - first[:-1])[service]
    rows = np.repeat(np.arange(len(service)), counts)
    within = np.arange(len(rows)) - np.repeat(np.cumsum(counts) - counts, counts)
    return rows, fields[first[service[rows]] + within]


def filling(
    net: Network, *, goals: Goals, offered: Bools, in_field: Bools, places: tuple[Floats, Floats]
) -> Filling:
    """Which services fill which cells, and how much each gives; only those that count there and exist."""
    flows, shape = net.flows, goals.target.shape
    rows, at = by_field(flows.service, in_field=in_field)
    service = flows.service[rows]
    cell = (flows.area[rows] * shape[1] + flows.phase[rows]) * shape[2] + at
    kept = np.flatnonzero(goals.counts[goals.rule.ravel()[cell], service] & offered[service])
    kept = kept[np.argsort(cell[kept], kind="stable")]
    rows, service, cell = rows[kept], service[kept], cell[kept]
    per_place = flows.per_place[rows]
    first = np.zeros(goals.target.size + 1, dtype=np.int64)
    np.cumsum(np.bincount(cell, minlength=goals.target.size), out=first[1:])
    lo, hi = places
    return Filling(cell, service, per_place * lo[service], per_place * hi[service], first)


def shares(filled: Filling, keys: Sequence[str]) -> list[tuple[Share, ...]]:
    """What each service gives, by cell; `keys` of the entries' services."""
    each = list(map(Share, keys, filled.lo.tolist(), filled.hi.tolist()))
    first = filled.first.tolist()
    return [tuple(each[begin:end]) for begin, end in pairwise(first)]
