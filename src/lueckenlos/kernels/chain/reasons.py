"""Why a cell is as it is: the twelve rules of section 3, for every cell, with or without target.

Rules about verdicts (`too_few`, `closed_to_group`, `funding_ends`, `data_open`) can only speak where there is a
target. The others speak everywhere; several may hold at once (nothing on offer is also nothing on the spot).
"""

from collections.abc import Iterable, Iterator
from typing import Final

import numpy as np

from lueckenlos.kernels.chain.board import Board, by_field
from lueckenlos.kernels.chain.flows import held
from lueckenlos.kernels.chain.groups import Group, groups
from lueckenlos.kernels.chain.judging import CHECK, CLOSED, GAP
from lueckenlos.kernels.chain.kinds import kinds_missing
from lueckenlos.kernels.chain.seams import Seams
from lueckenlos.kernels.chain.supply import months_later
from lueckenlos.kernels.chain.types import Bools, DuplicateGroup, Evidence, Ints, Reason, Rule

POPULATION: Final = "population"
"""Group of `data_open` where the number of children is an estimate."""

Found = Iterator[tuple[int, Reason]]
"""Reasons with the number of their cell."""


def reasons(board: Board, *, seams: Seams, duplicates: Iterable[DuplicateGroup]) -> list[tuple[Reason, ...]]:
    """The reasons of each cell, in the order of the rules."""
    kept: list[list[Reason]] = [[] for _ in range(len(board.verdict))]
    for rule in (
        _places(board), _too_few(board), kinds_missing(board), _closed_to_groups(board), _broken(board, seams),
        _funding(board), _open_data(board), _evidence(board, board.county.evidence), _double(board, duplicates),
    ):  # fmt: skip
        for cell, reason in rule:
            kept[cell].append(reason)
    rank = {rule: row for row, rule in enumerate(Rule)}
    return [tuple(sorted(each, key=lambda reason: rank[reason.rule])) for each in kept]


def _places(board: Board) -> Found:
    """Nothing on offer, nothing within reach, nothing on the spot."""
    offers, local = _offers(board), _local(board)
    filled = np.diff(board.filling.first) > 0
    for cell in np.flatnonzero(~offers).tolist():
        yield cell, Reason(Rule.NO_OFFER)
    for cell in np.flatnonzero(offers & ~filled).tolist():
        yield cell, Reason(Rule.NOT_REACHABLE, services=_in_vain(board, cell))
    for cell in np.flatnonzero(~local).tolist():
        yield cell, Reason(Rule.NONE_HERE, services=board.keys(cell))


def _offers(board: Board) -> Bools:
    """Cells for which some service that counts has a catchment that holds the area, whatever the distance."""
    around, goals = board.network.catchments, board.goals
    lists = board.network.lists & board.offered[:, None]
    entries = held(around, lists & ~around.everywhere[:, None], areas=goals.target.shape[0])
    offers = _marked(board, entries)
    anywhere = lists & around.everywhere[:, None]
    table = np.einsum(
        "ks,sp,sf->kpf", goals.counts.astype(np.float64), anywhere.astype(np.float64),
        board.in_field.astype(np.float64), optimize=True,
    )  # fmt: skip
    _, phase, field = np.indices(goals.target.shape)
    return np.asarray(offers | (table[goals.rule, phase, field] > 0).ravel(), dtype=np.bool_)


def _local(board: Board) -> Bools:
    """Cells with a service that counts and has a site in the area that it serves, or serves this area alone."""
    index, around = board.county.areas.index, board.network.catchments
    pairs: list[tuple[int, int]] = []
    for row, service in enumerate(board.services):
        homes = {index[site.area] for site in service.sites if site.area in index}
        own = around.areas[around.first[row] : around.first[row + 1]].tolist()
        alone = own if service.catchment is not None and len(service.catchment) == 1 else []
        pairs += [(row, area) for area in sorted({*homes, *alone}) if around.holds(row, area)]
    spots = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    lists = board.network.lists & board.offered[:, None]
    entry, phase = np.nonzero(lists[spots[:, 0]])
    return _marked(board, np.column_stack([spots[entry], phase]))


def _marked(board: Board, entries: Ints) -> Bools:
    """Cells that some of these services (rows of service, area, phase) count for."""
    shape = board.goals.target.shape
    rows, field = by_field(entries[:, 0], in_field=board.in_field)
    service, area, phase = entries[rows].T
    cell = (area * shape[1] + phase) * shape[2] + field
    found = np.zeros(board.target.size, dtype=np.bool_)
    found[cell[board.goals.counts[board.goals.rule.ravel()[cell], service]]] = True
    return found


def _in_vain(board: Board, cell: int) -> tuple[str, ...]:
    """The services that would take children of the area, if only they were nearer."""
    area, phase, field = board.place(cell)
    counts = board.goals.counts[board.goals.rule.flat[cell]]
    there = counts & board.offered & board.network.lists[:, phase] & board.in_field[:, field]
    return tuple(
        board.services[row].key
        for row in np.flatnonzero(there).tolist() if board.network.catchments.holds(row, area)
    )  # fmt: skip


def _too_few(board: Board) -> Found:
    some = np.diff(board.filling.first) > 0
    for cell in np.flatnonzero((board.verdict == GAP) & some).tolist():
        yield cell, Reason(Rule.TOO_FEW, services=board.keys(cell))


def _closed_to_groups(board: Board) -> Found:
    for group in groups(board.services, settings=board.county.settings):
        yield from _worse_with(board, group, reason=Reason(Rule.CLOSED_TO_GROUP, group=group.key))


def _funding(board: Board) -> Found:
    until = months_later(board.as_of, months=board.county.settings.funding_months)
    ends = [each.funding_ends is not None and each.funding_ends <= until for each in board.services]
    stays = ~np.array(ends, dtype=np.bool_)
    yield from _worse_with(board, Group("", stays, stays), reason=Reason(Rule.FUNDING_ENDS))


def _worse_with(board: Board, group: Group, *, reason: Reason) -> Found:
    """Cells whose verdict is worse with these services alone, and the services that are lost to it."""
    filled = board.filling
    lost = ~group.surely[filled.service]
    if not lost.any():
        return
    lo = filled.sums(filled.lo * ~lost)
    hi = filled.sums(filled.hi * group.maybe[filled.service])
    codes = board.judged(lo, hi)
    worse = (codes < board.verdict) & np.isin(board.verdict, (CHECK, CLOSED))
    without = lost.tolist()
    for cell in np.flatnonzero(worse).tolist():
        yield cell, Reason(reason.rule, group=reason.group, services=board.some_keys(cell, without))


def _broken(board: Board, seams: Seams) -> Found:
    count, fields = len(board.county.phases), len(board.county.fields)
    pairs = len(seams.pairs)
    for area, pair in np.argwhere(seams.broken).tolist():
        services = tuple(share.service for share in seams.seams[area * pairs + pair].services)
        reason = Reason(Rule.CHAIN_BROKEN, services=services)
        first = (area * count + int(seams.phases[pair, 0])) * fields
        for cell in range(first, first + fields):
            yield cell, reason


def _open_data(board: Board) -> Found:
    unsure = (board.filling.lo < board.filling.hi).tolist()
    for cell in np.flatnonzero(board.verdict == CHECK).tolist():
        group = POPULATION if board.is_estimated[cell] else None
        yield cell, Reason(Rule.DATA_OPEN, group=group, services=board.some_keys(cell, unsure))


def _evidence(board: Board, evidence: Evidence) -> Found:
    """What surveys, signals and use tell: not known by enough of those asked; used, but not by those in need."""
    cells = {key: number for number, key in enumerate(_cell_keys(board))}
    for key, share in evidence.known.items():
        if key in cells and share < board.county.settings.known_share:
            yield cells[key], Reason(Rule.NOT_KNOWN, services=board.keys(cells[key]))
    for key, (use, need) in evidence.missed_need.items():
        if key in cells:
            yield cells[key], Reason(Rule.MISSED_NEED, group=f"{use}/{need}", services=board.keys(cells[key]))


def _cell_keys(board: Board) -> Iterator[tuple[str, str, str]]:
    county = board.county
    for area in county.areas.keys:
        for phase in county.phases:
            for field in county.fields:
                yield area, phase.key, field


def _double(board: Board, duplicates: Iterable[DuplicateGroup]) -> Found:
    """Cells that at least two services of a group reach."""
    flows, shape = board.network.flows, board.goals.target.shape
    rows = {service.key: row for row, service in enumerate(board.services)}
    phases = {phase.key: row for row, phase in enumerate(board.county.phases)}
    for group in duplicates:
        members = np.zeros(len(board.services), dtype=np.bool_)
        members[[rows[key] for key in group.services]] = True
        shared = np.zeros(len(board.county.phases), dtype=np.bool_)
        shared[[phases[key] for key in group.phases]] = True
        entries = np.flatnonzero(members[flows.service] & shared[flows.phase])
        entry, field = by_field(flows.service[entries], in_field=board.in_field)
        at = entries[entry]
        cells = (flows.area[at] * shape[1] + flows.phase[at]) * shape[2] + field
        for cell in np.unique(cells).tolist():
            there = np.unique(flows.service[at[cells == cell]]).tolist()
            if len(there) > 1:
                keys = tuple(board.services[row].key for row in there)
                yield cell, Reason(Rule.DOUBLE, kind=board.services[there[0]].kind, services=keys)
