"""Kinds of service that are missed where most of the county has them (rule `kind_missing` of section 3).

Looked at for each phase and field: a kind that there reaches at least half of the areas, or that the county marks as
basic, and not this one. Every kind is looked at, whether it fills a target or not; services for professionals are not.
A basic kind that no service in the county lists for a phase and field cannot be missed there: nobody says where.
"""

from collections.abc import Iterator
from typing import Final

import numpy as np

from lueckenlos.kernels.chain.board import Board, by_field
from lueckenlos.kernels.chain.types import Bools, Ints, Reason, Rule

TINY: Final = 1e-9


def kinds_missing(board: Board) -> Iterator[tuple[int, Reason]]:
    """Each cell with each kind that is missed there, and the services of the kind elsewhere."""
    places = board.goals.target.shape[1] * board.goals.target.shape[2]
    names = sorted({service.kind for service in board.services if service.kind is not None})
    rows = {name: row for row, name in enumerate(names)}
    kind = np.array([-1 if each.kind is None else rows[each.kind] for each in board.services], dtype=np.int64)
    members = _members(board, kind=kind, spots=len(names) * places)
    reached = _reached(board, kind=kind, spots=len(names) * places)
    kinds = board.county.kinds
    basic = [name in kinds and kinds[name].is_basic for name in names for _ in range(places)]
    wide = reached.sum(axis=1) >= board.county.settings.kind_spread * reached.shape[1] - TINY
    wanted = np.array([bool(some) for some in members], dtype=np.bool_) & (
        wide | np.array(basic, dtype=np.bool_)
    )
    for spot in np.flatnonzero(wanted & ~reached.all(axis=1)).tolist():
        row, place = divmod(spot, places)
        services = tuple(board.services[each].key for each in members[spot])
        reason = Reason(Rule.KIND_MISSING, kind=names[row], services=services)
        for area in np.flatnonzero(~reached[spot]).tolist():
            yield area * places + place, reason


def _members(board: Board, *, kind: Ints, spots: int) -> list[list[int]]:
    """The services of each kind that list a phase and field, by spot (kind, phase, field)."""
    phases, fields = board.goals.target.shape[1:]
    found: list[list[int]] = [[] for _ in range(spots)]
    service, phase = np.nonzero(board.network.lists & (board.offered & (kind >= 0))[:, None])
    rows, field = by_field(service, in_field=board.in_field)
    spot = (kind[service[rows]] * phases + phase[rows]) * fields + field
    for at, row in zip(spot.tolist(), service[rows].tolist(), strict=True):
        found[at].append(row)
    return found


def _reached(board: Board, *, kind: Ints, spots: int) -> Bools:
    """Which areas each kind reaches in a phase and field: spots x areas."""
    areas, phases, fields = board.goals.target.shape
    flows = board.network.flows
    flows = flows.pick((kind[flows.service] >= 0) & board.offered[flows.service])
    rows, field = by_field(flows.service, in_field=board.in_field)
    found = np.zeros((spots, areas), dtype=np.bool_)
    found[(kind[flows.service[rows]] * phases + flows.phase[rows]) * fields + field, flows.area[rows]] = True
    return found
