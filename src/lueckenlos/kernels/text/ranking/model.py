"""Weighs the features of a ranking by a fitted model from a file handed in: a weighted sum, mended by small trees."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Trees:
    """All trees side by side, so that a table of features runs through them at once.

    Node 0 of each tree is its root. `feature` is −1 at a leaf; `below` and `above` are the next nodes.
    """

    columns: tuple[str, ...]
    weights: Floats
    """What each column counts for in the sum that the trees mend."""
    feature: NDArray[np.int16]
    threshold: Floats
    below: NDArray[np.int16]
    above: NDArray[np.int16]
    value: Floats
    depth: int
    slope: float
    shift: float

    def raw(self, table: Floats, *, columns: Sequence[str]) -> Floats:
        """Return the sum of weights and trees for each row of a table with these columns."""
        chosen = table[:, [columns.index(name) for name in self.columns]]
        flat, few, many = chosen.ravel(), len(self.feature), chosen.shape[1]
        # Everything flat: numpy takes from one long row in a third of the time of two indices.
        feature, threshold = self.feature.ravel(), self.threshold.ravel()
        below, above = self.below.ravel(), self.above.ravel()
        first = np.arange(few, dtype=np.int64)[None, :] * self.feature.shape[1]
        rows = np.arange(len(chosen), dtype=np.int64)[:, None] * many
        node = np.broadcast_to(first, (len(chosen), few))
        for _ in range(self.depth):
            asked = feature.take(node)
            goes_below = flat.take(rows + np.maximum(asked, 0)) <= threshold.take(node)
            following = first + np.where(goes_below, below.take(node), above.take(node))
            node = np.where(asked >= 0, following, node)
        return np.asarray(chosen @ self.weights + self.value.take(node).sum(axis=1), dtype=np.float64)

    def likely(self, raw: float) -> float:
        """Return how likely a service with this sum is a good answer, 0 to 1."""
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, self.slope * raw + self.shift))))


def trees_from(document: Mapping[str, Any]) -> Trees:
    """Return the model of a file: columns and their weights, trees as lists of nodes, slope and shift of the likelihood.

    A node is [feature, threshold, below, above] or [value].
    """
    listed: list[list[list[float]]] = document["trees"]
    widest = max(len(tree) for tree in listed)
    shape = (len(listed), widest)
    feature = np.full(shape, -1, dtype=np.int16)
    threshold, value = np.zeros(shape), np.zeros(shape)
    below, above = np.zeros(shape, dtype=np.int16), np.zeros(shape, dtype=np.int16)
    for tree, nodes in enumerate(listed):
        for node, content in enumerate(nodes):
            if len(content) == 1:
                value[tree, node] = content[0]
            else:
                feature[tree, node] = int(content[0])
                threshold[tree, node] = content[1]
                below[tree, node], above[tree, node] = int(content[2]), int(content[3])
    return Trees(
        columns=tuple(document["columns"]), weights=np.asarray(document["weights"], dtype=np.float64),
        feature=feature, threshold=threshold, below=below, above=above,
        value=value, depth=max(_depth(nodes) for nodes in listed),
        slope=float(document["slope"]), shift=float(document["shift"]),
    )  # fmt: skip


def _depth(nodes: Sequence[Sequence[float]], node: int = 0) -> int:
    content = nodes[node]
    if len(content) == 1:
        return 0
    return 1 + max(_depth(nodes, int(content[2])), _depth(nodes, int(content[3])))
