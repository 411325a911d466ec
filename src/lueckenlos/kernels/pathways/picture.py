"""Lays a pathway out as boxes and lines: from left to right by the longest way, ways back underneath.

Layers, placeholders for long lines, a few sweeps of the barycenter against crossings (Sugiyama, Tagawa and Toda 1981).
Only numbers come out; who draws decides about strokes and letters.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from lueckenlos.kernels.pathways import graph
from lueckenlos.kernels.pathways.types import Pathway

SWEEPS: Final = 8
Point = tuple[float, float]
Slot = tuple[str, ...]
"""A place in a layer: a stage (its key), or the passing of a long line (from, to, layer)."""


@dataclass(frozen=True, slots=True)
class Measures:
    """Sizes in the units of the drawing: boxes, the room between them, and between lines of ways back."""

    box_width: float = 168
    box_height: float = 64
    gap_x: float = 56
    gap_y: float = 24
    lane: float = 20


DESK: Final = Measures()


@dataclass(frozen=True, slots=True)
class Node:
    """A stage as a box; x and y are its upper left corner."""

    key: str
    title: str
    x: float
    y: float
    layer: int
    is_first: bool
    is_final: bool


@dataclass(frozen=True, slots=True)
class Edge:
    """A line from one stage to another through points, from the edge of the one box to that of the other."""

    start: str
    end: str
    is_again: bool
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything to draw, from 0 to `width` and `height`."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    width: float
    height: float
    measures: Measures


def layout(pathway: Pathway, *, measures: Measures = DESK) -> Picture:
    """Lay out a pathway without flaws: every way forward leads to the right, no box covers another."""
    ahead = graph.ways(pathway.stages, again=False)
    layer_of = graph.layers(ahead)
    chains = _chains(ahead, layer_of)
    columns = _ordered(_columns(pathway, layer_of, chains), chains)
    rows = max(len(column) for column in columns)
    corner = _corners(columns, rows=rows, measures=measures)
    nodes = tuple(
        Node(
            stage.key,
            stage.title,
            *corner[stage.key,],
            layer=layer_of[stage.key],
            is_first=stage is pathway.first_stage,
            is_final=stage.is_final,
        )
        for stage in pathway.stages
    )
    forward = [_forward(chain, corner, measures=measures) for chain in chains]
    floor = rows * measures.box_height + (rows - 1) * measures.gap_y
    back = [(stage.key, step.stage) for stage in pathway.stages for step in stage.next if step.is_again]
    backward = [
        _backward(*way, corner, floor=floor + (lane + 1) * measures.lane, measures=measures)
        for lane, way in enumerate(back)
    ]
    return Picture(
        nodes=nodes,
        edges=(*forward, *backward),
        width=len(columns) * (measures.box_width + measures.gap_x),
        height=floor + (len(back) + 1 if back else 0) * measures.lane,
        measures=measures,
    )


def _chains(ahead: graph.Ways, layer_of: Mapping[str, int]) -> list[list[Slot]]:
    """Every way forward with a place in each layer that it passes."""
    return [
        [(start,), *((start, end, str(layer)) for layer in range(layer_of[start] + 1, layer_of[end])), (end,)]
        for start, ends in ahead.items()
        for end in ends
    ]


def _columns(
    pathway: Pathway, layer_of: Mapping[str, int], chains: Sequence[Sequence[Slot]]
) -> list[list[Slot]]:
    columns: list[list[Slot]] = [[] for _ in range(max(layer_of.values()) + 1)]
    for stage in pathway.stages:
        columns[layer_of[stage.key]].append((stage.key,))
    for chain in chains:
        for slot in chain[1:-1]:
            columns[int(slot[-1])].append(slot)
    return columns


def _ordered(columns: list[list[Slot]], chains: Sequence[Sequence[Slot]]) -> list[list[Slot]]:
    """Sort each layer by the mean place of its neighbors, sweeping forth and back."""
    before: dict[Slot, list[Slot]] = defaultdict(list)
    after: dict[Slot, list[Slot]] = defaultdict(list)
    for chain in chains:
        for one, other in pairwise(chain):
            before[other].append(one)
            after[one].append(other)
    for sweep in range(SWEEPS):
        neighbors, order = (before, columns) if sweep % 2 == 0 else (after, columns[::-1])
        for fixed, column in pairwise(order):
            place = {slot: row - len(fixed) / 2 for row, slot in enumerate(fixed)}
            middle = {
                slot: _mean([place[near] for near in neighbors[slot] if near in place]) for slot in column
            }
            column.sort(key=middle.__getitem__)
    return columns


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _corners(columns: Sequence[Sequence[Slot]], *, rows: int, measures: Measures) -> dict[Slot, Point]:
    """The upper left corner of every place, each layer in the middle of the height, half a gap beside the outer ones."""
    step_x, step_y = measures.box_width + measures.gap_x, measures.box_height + measures.gap_y
    return {
        slot: (measures.gap_x / 2 + layer * step_x, (row + (rows - len(column)) / 2) * step_y)
        for layer, column in enumerate(columns)
        for row, slot in enumerate(column)
    }


def _forward(chain: Sequence[Slot], corner: Mapping[Slot, Point], *, measures: Measures) -> Edge:
    """From the right side of the first box, straight through the places passed, to the left side of the last."""
    points: list[Point] = []
    for at, slot in enumerate(chain):
        x, y = corner[slot]
        middle = y + measures.box_height / 2
        points += [(x, middle)] if at else []
        points += [(x + measures.box_width, middle)] if at < len(chain) - 1 else []
    return Edge(chain[0][0], chain[-1][0], is_again=False, points=tuple(points))


def _backward(
    start: str, end: str, corner: Mapping[Slot, Point], *, floor: float, measures: Measures
) -> Edge:
    """Down through the room right of the box, along a lane of its own under everything, up left of the other."""
    (start_x, start_y), (end_x, end_y) = corner[start,], corner[end,]
    right = start_x + measures.box_width
    points = (
        (right, start_y + measures.box_height * 3 / 4),
        (right + measures.gap_x / 4, floor),
        (end_x - measures.gap_x / 4, floor),
        (end_x, end_y + measures.box_height * 3 / 4),
    )
    return Edge(start, end, is_again=True, points=points)
