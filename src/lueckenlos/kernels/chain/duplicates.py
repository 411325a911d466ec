"""Services that look like the same thing twice (section 5): a suggestion for a talk, never a merge.

Two services are looked at when they are of the same kind, share a phase and an area of their catchments, and neither
is the other's branch (placed in different towns). They look alike by either

- `same_place_and_weekday`: different providers in the same town on the very same days of the week, of which there
  are at most four (whoever is open all week is there on everybody's day), or
- `similar_text`: the likeness of their words (see `wording`) is at least 0.08; of one provider's own 0.4, since it
  describes its groups in the same words.

What looks alike in pairs is put together into groups.
"""

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Final

import numpy as np

from lueckenlos.kernels.chain.board import Board
from lueckenlos.kernels.chain.types import DuplicateGroup, Floats, Service
from lueckenlos.kernels.chain.wording import alike

SAME_DAY: Final = "same_place_and_weekday"
SAME_WORDS: Final = "similar_text"
ALIKE: Final = 0.08
ALIKE_OF_ONE: Final = 0.4
MOST_DAYS: Final = 4

Pair = tuple[int, int]


def duplicates(board: Board) -> tuple[DuplicateGroup, ...]:
    """The groups of a county on a day, by their first service."""
    pairs: dict[Pair, str] = {}
    for pair in _by_words(board):
        pairs[pair] = SAME_WORDS
    for pair in _by_day(board):
        pairs[pair] = SAME_DAY
    return tuple(_group(board, members, pairs) for members in _together(pairs))


def shared_phases(one: Service, other: Service) -> frozenset[str]:
    """The phases that both list."""
    return frozenset(one.phases) & frozenset(other.phases)


def share_area(one: Service, other: Service) -> bool:
    """Tell whether some area lies in both catchments."""
    if one.catchment is None or other.catchment is None:
        return one.catchment != frozenset() and other.catchment != frozenset()
    return not one.catchment.isdisjoint(other.catchment)


def towns(service: Service) -> frozenset[str]:
    """The towns in which it is placed, else the areas."""
    names = ((site.town or site.area or "").strip().casefold() for site in service.sites)
    return frozenset(name for name in names if name)


def _by_day(board: Board) -> Iterator[Pair]:
    """Different providers, same kind, same town, the very same days."""
    spots: dict[tuple[str, str, frozenset[int]], list[int]] = {}
    for row, service in enumerate(board.services):
        if board.offered[row] and service.kind is not None and 0 < len(service.weekdays) <= MOST_DAYS:
            for town in sorted(towns(service)):
                spots.setdefault((service.kind, town, service.weekdays), []).append(row)
    for rows in spots.values():
        for one, other in combinations(rows, 2):
            if not _of_one(board, one, other) and _comparable(board, one, other):
                yield one, other


def _by_words(board: Board) -> Iterator[Pair]:
    """Same kind, and very similar words."""
    names = tuple(service.name for service in board.services)
    texts = tuple(service.text for service in board.services)
    kinds = tuple(service.kind for service in board.services)
    for one, other, likeness in alike(names, texts, kinds, ALIKE):
        if not (board.offered[one] and board.offered[other]):
            continue
        if likeness >= (ALIKE_OF_ONE if _of_one(board, one, other) else ALIKE) and _comparable(
            board, one, other
        ):
            yield one, other


def _of_one(board: Board, one: int, other: int) -> bool:
    first, second = (board.services[row].organization.strip().casefold() for row in (one, other))
    return bool(first) and first == second


def _comparable(board: Board, one: int, other: int) -> bool:
    first, second = board.services[one], board.services[other]
    here, there = towns(first), towns(second)
    branches = bool(here) and bool(there) and here.isdisjoint(there)
    return not branches and bool(shared_phases(first, second)) and share_area(first, second)


def _together(pairs: Iterable[Pair]) -> list[list[int]]:
    """Pairs put together: whoever is linked, over others or not, is in one group."""
    head: dict[int, int] = {}
    for one, other in sorted(pairs):
        first, second = _head(head, one), _head(head, other)
        head[max(first, second)] = min(first, second)
    groups: dict[int, list[int]] = {}
    for row in sorted(head):
        groups.setdefault(_head(head, row), []).append(row)
    return [groups[row] for row in sorted(groups)]


def _head(head: dict[int, int], row: int) -> int:
    head.setdefault(row, row)
    while head[row] != row:
        head[row] = head[head[row]]
        row = head[row]
    return row


def _group(board: Board, members: list[int], pairs: dict[Pair, str]) -> DuplicateGroup:
    links = [pair for pair in combinations(members, 2) if pair in pairs]
    phases = frozenset().union(
        *(shared_phases(board.services[one], board.services[other]) for one, other in links)
    )
    return DuplicateGroup(
        services=tuple(board.services[row].key for row in members),
        rule=SAME_DAY if any(pairs[link] == SAME_DAY for link in links) else SAME_WORDS,
        phases=tuple(phase.key for phase in board.county.phases if phase.key in phases),
        surplus=_surplus(board, members, phases),
    )


def _surplus(board: Board, members: list[int], phases: frozenset[str]) -> float | None:
    """Joint places at most less the need of the areas that at least two of them reach, in the field that needs most."""
    flows, shape = board.network.flows, board.goals.target.shape
    shared = np.array([phase.key in phases for phase in board.county.phases], dtype=np.bool_)
    some = np.zeros(len(board.services), dtype=np.bool_)
    some[members] = True
    entries = np.flatnonzero(some[flows.service] & shared[flows.phase])
    visits = np.zeros(shape[:2])
    np.add.at(visits, (flows.area[entries], flows.phase[entries]), 1)
    need: Floats = board.goals.target * board.network.people.children[:, :, None] / 100.0
    common = board.in_field[members].sum(axis=0) > 1
    wanted = need[visits > 1][:, common]
    if not np.isfinite(wanted).any():
        return None
    return float(board.hi[members].sum() - np.nansum(wanted, axis=0).max())
