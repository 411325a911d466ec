"""Reach at the size of a Kreis beside PySAL, of a Land and of Germany beside a bare loop, and a whole chain recalculated."""

import importlib
import importlib.util
import json
import math
import resource
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numba
import numpy as np
from tests.kernels.chain import demo
from tests.kernels.chain.reference import Reference

from benchmarks.figures import Figure, Size, Table, main, median, milliseconds, times, took
from lueckenlos.kernels.chain.calculation import calculate
from lueckenlos.kernels.chain.reach import floating, within
from lueckenlos.kernels.chain.types import Areas, County, Floats

ROOT = Path(__file__).resolve().parent.parent
REACH = 10_000.0
MEMORY = 400.0
"""Megabytes resident that one process may have at its peak."""
SIZES = {"Land": (150_000, 40_000, 185_000.0), "Germany": (220_000, 500_000, 600_000.0)}
"""Points, services, and the side of the square (metres) that they lie in."""


def run(size: Size = Size.FULL) -> Table:
    """Measure reach at three sizes, then the demo county and one a hundred times as large."""
    quick = size is Size.QUICK
    figures = [*_kreis(points=300 if quick else 2_500, services=60 if quick else 500)]
    for name in ("Land",) if quick else tuple(SIZES):
        figures += _alone(name, part=50 if quick else 1)
    figures += _county(copies=2 if quick else 100)
    note = "Points and services are drawn evenly with a fixed seed, catchment 10 km. The bare loop is a compiled loop "
    note += "over a grid with weight 1 and nothing else. "
    if importlib.util.find_spec("access") is None:
        note += "PySAL `access` is not installed here (`uv pip install --group peers`): its method was written again "
        note += "with a table of all pairs in numpy, which is faster than PySAL's own."
    else:
        note += "PySAL is given the distances, which ours reckons on the way."
    return Table(
        title="Chain",
        claim="The chain is reckoned anew within the request, and reach for all of Germany in one small process.",
        figures=tuple(figures),
        note=note,
    )


def drawn(points: int, services: int, side: float) -> tuple[Floats, Floats, Floats, Floats]:
    """Points with people, services with places."""
    rng = np.random.default_rng(7)
    return (
        rng.uniform(0.0, side, (points, 2)), rng.uniform(1.0, 90.0, points),
        rng.uniform(0.0, side, (services, 2)), rng.uniform(1.0, 60.0, services),
    )  # fmt: skip


def _kreis(*, points: int, services: int) -> list[Figure]:
    where, people, sites, places = drawn(points, services, 30_000.0)
    found: list[Floats] = []

    def ours() -> None:
        found.append(floating(where, demand=people, sites=sites, supply=places, decay=within(REACH)))

    peer, theirs = _peer(where, people, sites, places)
    seconds, other = median(ours, rounds=9), median(theirs, rounds=3)
    apart = float(np.abs(found[-1] - theirs()).max() / found[-1].max())
    what = f"Kreis, {points:,} points × {services:,} services"
    return [
        Figure(what, milliseconds(seconds), peer, milliseconds(other), times(other / seconds), "≥ 100 ×"),
        Figure(f"{what}: farthest apart", f"{apart:.0e}", "tolerance", "1e-09", times(apart / 1e-9), "≤ 1 ×"),
    ]


def _peer(where: Floats, people: Floats, sites: Floats, places: Floats) -> tuple[str, Callable[[], Floats]]:
    """PySAL with its distances at hand where it is installed, else its method with a table of all pairs."""

    def dense() -> Floats:
        apart = np.hypot(where[:, :1] - sites[:, 0], where[:, 1:] - sites[:, 1])
        near = (apart <= REACH).astype(np.float64)
        demand = people @ near
        return np.asarray(near @ np.where(demand > 0, places / np.where(demand > 0, demand, 1.0), 0.0))

    if importlib.util.find_spec("access") is None:
        return "all pairs in numpy", dense
    fca, pandas = importlib.import_module("access.fca"), importlib.import_module("pandas")
    apart = np.hypot(where[:, :1] - sites[:, 0], where[:, 1:] - sites[:, 1])
    point, site = np.nonzero(apart <= REACH)
    costs = pandas.DataFrame({"origin": point, "dest": site, "cost": apart[point, site]})
    demand_frame = pandas.DataFrame({"people": people})
    supply_frame = pandas.DataFrame({"places": places})

    def pysal() -> Floats:
        series: Any = fca.two_stage_fca(
            demand_frame, supply_frame, costs, REACH, demand_index=True, demand_name="people",
            supply_index=True, supply_name="places",
        )  # fmt: skip
        return np.asarray(series.reindex(range(len(people))).fillna(0.0), dtype=np.float64)

    return "PySAL access", pysal


def _alone(name: str, *, part: int) -> list[Figure]:
    """One size in a process of its own, so that its peak of memory is its own."""
    code = f"from benchmarks.chain import measured; measured({name!r}, part={part})"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout.splitlines()[-1])
    points, services, _ = SIZES[name]
    what = f"{name}, {points // part:,} points × {services // part:,} services"
    return [
        Figure(what, f"{found['ours']:.2f} s", "bare compiled loop", f"{found['bare']:.2f} s",
               times(found["ours"] / found["bare"]), "≤ 3 ×"),
        Figure(f"{what}: memory at its peak", f"{found['memory']:.0f} MB", "limit", f"{MEMORY:.0f} MB",
               times(found["memory"] / MEMORY), "≤ 1 ×"),
    ]  # fmt: skip


def measured(name: str, *, part: int) -> None:
    """Print seconds of ours and of the bare loop, and the megabytes resident before the latter ran."""
    points, services, side = SIZES[name]
    where, people, sites, places = drawn(points // part, services // part, side / math.sqrt(part))
    floating(where[:9], demand=people[:9], sites=sites[:9], supply=places[:9], decay=within(REACH))
    found: list[Floats] = []
    ours = took(
        lambda: found.append(floating(where, demand=people, sites=sites, supply=places, decay=within(REACH)))
    )
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    _bare(where[:9], people[:9], sites[:9], places[:9])
    plain: list[Floats] = []
    bare = took(lambda: plain.append(_bare(where, people, sites, places)))
    if not np.allclose(found[0], plain[0], rtol=1e-9):
        raise ValueError(name)
    print(json.dumps({"ours": ours, "bare": bare, "memory": memory}))


def _bare(where: Floats, people: Floats, sites: Floats, places: Floats) -> Floats:
    low = where.min(axis=0)
    columns = int((where[:, 0].max() - low[0]) // REACH) + 1
    rows = int((where[:, 1].max() - low[1]) // REACH) + 1
    square = ((where[:, 1] - low[1]) // REACH).astype(np.int64) * columns
    square += ((where[:, 0] - low[0]) // REACH).astype(np.int64)
    order = np.argsort(square, kind="stable")
    first = np.concatenate(([0], np.cumsum(np.bincount(square, minlength=rows * columns))))
    sums = np.zeros(len(where))
    sums[order] = _loop(where[order], people[order], (sites - low, places), (first, columns, low))
    return sums


@numba.njit
def _loop(where, people, offers, grid):
    (sites, places), (first, columns, low) = offers, grid
    sums = np.zeros(len(where))
    rows = (len(first) - 1) // columns
    for site in range(len(sites)):
        column = min(max(int(sites[site, 0] // REACH), 0), columns - 1)
        row = min(max(int(sites[site, 1] // REACH), 0), rows - 1)
        x, y = sites[site, 0] + low[0], sites[site, 1] + low[1]
        demand = 0.0
        for step in range(2):
            ratio = places[site] / demand if demand > 0 else 0.0
            for near in range(max(row - 1, 0), min(row + 2, rows)):
                begin = first[near * columns + max(column - 1, 0)]
                end = first[near * columns + min(column + 1, columns - 1) + 1]
                for point in range(begin, end):
                    if (where[point, 0] - x) ** 2 + (where[point, 1] - y) ** 2 <= REACH * REACH:
                        if step == 0:
                            demand += people[point]
                        else:
                            sums[point] += ratio
    return sums


def _county(*, copies: int) -> list[Figure]:
    county = demo.dueren()
    seconds = median(lambda: calculate(county, as_of=demo.AS_OF), rounds=9)
    slow = took(lambda: _slowly(county))
    many = _many(county, copies=copies)
    large = took(lambda: calculate(many, as_of=demo.AS_OF))
    cells = len(county.areas.keys) * len(county.phases) * len(county.fields)
    return [
        Figure(f"demo county, {cells} cells with reasons", milliseconds(seconds), "plain loops of the formulas",
               milliseconds(slow), times(slow / seconds), "≥ 10 ×"),
        Figure("demo county: share of a request", milliseconds(seconds), "a request of 100 ms", "100.0 ms",
               times(seconds / 0.1), "≤ 0.5 ×"),
        Figure(f"a county {copies} times as large", f"{large:.1f} s", f"{copies} times the demo county",
               f"{seconds * copies:.1f} s", times(large / (seconds * copies)), "≤ 3 ×"),
    ]  # fmt: skip


def _slowly(county: County) -> None:
    slow = Reference(county, demo.AS_OF)
    for area in county.areas.keys:
        for phase in county.phases:
            for field in county.fields:
                slow.cell(area, phase.key, field)


def _many(county: County, *, copies: int) -> County:
    """The county so many times side by side, 100 km apart, each serving its own."""
    old, across = county.areas, math.ceil(math.sqrt(copies))
    shifts = [(100_000.0 * (copy % across), 100_000.0 * (copy // across)) for copy in range(copies)]
    areas = Areas(
        keys=tuple(f"{key}-{copy}" for copy in range(copies) for key in old.keys),
        persons=np.tile(old.persons, (copies, 1)),
        point_area=np.concatenate([old.point_area + copy * len(old.keys) for copy in range(copies)]),
        points=np.concatenate([old.points + shift for shift in shifts]),
        sizes=np.tile(old.sizes, copies),
        basis=old.basis * copies,
    )
    services = [
        replace(
            each, key=f"{each.key}-{copy}",
            catchment=frozenset(f"{key}-{copy}" for key in (old.keys if each.catchment is None else each.catchment)),
            sites=tuple(replace(s, x=s.x + x, y=s.y + y, area=f"{s.area}-{copy}") for s in each.sites),
        )
        for copy, (x, y) in enumerate(shifts) for each in county.services
    ]  # fmt: skip
    return replace(county, areas=areas, services=tuple(services))


if __name__ == "__main__":
    main(run)
