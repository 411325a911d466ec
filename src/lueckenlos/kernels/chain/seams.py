"""Seams between consecutive phases, continuity, and the longest runs of closed phases (section 4).

What carries over a seam are the services whose `bridge` is that pair. They list both phases or one of them and help
the same child before and after, so their places for either are counted, per 100 children of the phase that ends,
those who have to go over: 100 · Σ_s ratio[s] · (W·D of both phases) / D of the first.

A chain is unbroken for an area when every essential cell is closed (or has no children) and so is every seam; a seam
without target closes nothing. Runs pass over cells without target or children.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import isnan

import numpy as np

from lueckenlos.kernels.chain.board import Board, Filling, shares
from lueckenlos.kernels.chain.judging import (
    CLOSED,
    GAP,
    NO_CHILDREN,
    NO_TARGET,
    VERDICTS,
    seam_goals,
    verdicts,
)
from lueckenlos.kernels.chain.types import Bools, Floats, Ints, Phase, Run, Seam, Service


@dataclass(frozen=True, eq=False)
class Seams:
    """All seams: area, then pair. `phases` are the rows of the two phases of each pair; `verdict` has codes."""

    pairs: tuple[tuple[str, str], ...]
    phases: Ints
    seams: tuple[Seam, ...]
    verdict: Ints

    @property
    def broken(self) -> Bools:
        """Areas x pairs: where the seam is a gap."""
        return np.asarray(self.verdict == GAP, dtype=np.bool_)


def in_order(phases: Sequence[Phase]) -> list[int]:
    """The rows of the phases by age."""
    return sorted(range(len(phases)), key=lambda row: (phases[row].age_from, phases[row].age_to, row))


def bridging(services: Sequence[Service], *, pairs: Sequence[tuple[str, str]]) -> Ints:
    """The row of the seam over which each service carries; -1 for none."""
    rows = {pair: row for row, pair in enumerate(pairs)}
    return np.array([rows.get(each.bridge, -1) if each.bridge else -1 for each in services], dtype=np.int64)


def seams(board: Board) -> Seams:
    """Judge every seam of every area."""
    county, everyone = board.county, board.network.people
    rows = np.array(list(pairwise(in_order(county.phases))), dtype=np.int64).reshape(-1, 2)
    pairs = tuple((county.phases[one].key, county.phases[other].key) for one, other in rows.tolist())
    children = everyone.children[:, rows[:, 0]]
    estimated = everyone.is_estimated[:, rows[:, 0]] | everyone.is_estimated[:, rows[:, 1]]
    goals = seam_goals(county, board.services, pairs=pairs, children=children)
    filled = _filling(board, rows=rows, pairs=pairs, rule=goals.rule, counts=goals.counts, children=children)
    lo, hi = (filled.sums(each).reshape(children.shape) for each in (filled.lo, filled.hi))
    codes = verdicts(goals.target, lo=lo, hi=hi, children=children, is_estimated=estimated)
    keys = [board.services[row].key for row in filled.service.tolist()]
    flat = zip(
        shares(filled, keys), children.ravel().tolist(), goals.target.ravel().tolist(),
        goals.is_essential.ravel().tolist(), lo.ravel().tolist(), hi.ravel().tolist(), codes.ravel().tolist(),
        strict=True,
    )  # fmt: skip
    places = ((area, *pair) for area in county.areas.keys for pair in pairs)
    found = tuple(
        Seam(
            area, phase, to, many, None if isnan(wanted) else wanted, essential, least, most,
            VERDICTS[code], given,
        )
        for (area, phase, to), (given, many, wanted, essential, least, most, code) in zip(places, flat, strict=True)
    )  # fmt: skip
    return Seams(pairs, rows, found, codes)


def continuity(board: Board, of: Seams) -> float:
    """The share of children who live where the chain is unbroken, 0 to 1; 0 where nobody lives."""
    shape = board.goals.target.shape
    held = np.isin(board.verdict.reshape(shape), (CLOSED, NO_CHILDREN)) | ~board.goals.is_essential
    sewn = np.isin(of.verdict, (CLOSED, NO_CHILDREN))
    judged = (board.goals.is_essential & ~np.isnan(board.goals.target)).any(axis=(1, 2))
    unbroken = held.all(axis=(1, 2)) & sewn.all(axis=1) & judged
    children = board.network.people.children.sum(axis=1)
    total = float(children.sum())
    return float(children[unbroken].sum()) / total if total > 0 else 0.0


def runs(board: Board) -> tuple[Run, ...]:
    """The longest run of closed phases for each area and field; of equally long ones the first."""
    order = in_order(board.county.phases)
    phases = [board.county.phases[row].key for row in order]
    codes = board.verdict.reshape(board.goals.target.shape)[:, order, :]
    return tuple(
        _run(area, field, phases, codes[row, :, column].tolist())
        for row, area in enumerate(board.county.areas.keys)
        for column, field in enumerate(board.county.fields)
    )


def _run(area: str, field: str, phases: Sequence[str], codes: Sequence[int]) -> Run:
    best: list[str] = []
    current: list[str] = []
    for phase, code in zip(phases, codes, strict=True):
        if code == CLOSED:
            current = [*current, phase]
            best = max(best, current, key=len)
        elif code not in (NO_TARGET, NO_CHILDREN):
            current = []
    first, last = (best[0], best[-1]) if best else (None, None)
    return Run(area, field, first, last, len(best), sum(code == NO_TARGET for code in codes))


def _filling(
    board: Board, *, rows: Ints, pairs: Sequence[tuple[str, str]], rule: Ints, counts: Bools, children: Floats
) -> Filling:
    """Like the filling of cells, for areas x pairs: one entry for each service, both phases together."""
    flows = board.network.flows
    pair = bridging(board.services, pairs=pairs)[flows.service]
    over = (pair >= 0) & board.offered[flows.service]
    over[over] = (rows[pair[over]] == flows.phase[over, None]).any(axis=1)
    picked, pair = flows.pick(over), pair[over]
    over = counts[rule[picked.area, pair], picked.service]
    picked, pair = picked.pick(over), pair[over]
    cell = picked.area * len(pairs) + pair
    going, here = children[picked.area, pair], board.network.people.children[picked.area, picked.phase]
    given = np.where(going > 0, picked.per_place * here / np.where(going > 0, going, 1.0), 0.0)
    number = cell * max(len(board.services), 1) + picked.service
    both, entry = np.unique(number, return_inverse=True)
    per_place = np.bincount(entry, weights=given, minlength=len(both))
    cell, service = np.divmod(both, max(len(board.services), 1))
    first = np.zeros(children.size + 1, dtype=np.int64)
    np.cumsum(np.bincount(cell, minlength=children.size), out=first[1:])
    return Filling(cell, service, per_place * board.lo[service], per_place * board.hi[service], first)
