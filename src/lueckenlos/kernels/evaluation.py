"""How well a ranking answers judged questions: nDCG, recall, and the share of questions left without a good answer."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

GOOD = 2
"""Grade from which a result counts as a good one."""


def gain(grade: int) -> int:
    """Return how much a result of this grade is worth: 2^grade − 1 (0, 1, 3, 7)."""
    return (1 << grade) - 1


def dcg(grades: Sequence[int]) -> float:
    """Return the discounted gain of grades in the order shown (Järvelin and Kekäläinen 2002, log2 discount)."""
    return sum(gain(grade) / math.log2(position + 2) for position, grade in enumerate(grades))


def ndcg(results: Sequence[str], relevant: Mapping[str, int], *, depth: int = 10) -> float:
    """Return the discounted gain of the first `depth` results as a share of the best possible order's.

    1.0 where nothing is relevant at all: no order could do better. A result named twice counts once.
    """
    best = dcg(sorted(relevant.values(), reverse=True)[:depth])
    if best == 0:
        return 1.0
    shown = list(dict.fromkeys(results))[:depth]
    return dcg([relevant.get(key, 0) for key in shown]) / best


def recall(results: Sequence[str], relevant: Mapping[str, int], *, depth: int = 20) -> float:
    """Return the share of all relevant results (any grade) among the first `depth`; 1.0 where there are none."""
    wanted = {key for key, grade in relevant.items() if grade > 0}
    if not wanted:
        return 1.0
    return len(wanted.intersection(results[:depth])) / len(wanted)


def reciprocal_rank(results: Sequence[str], relevant: Mapping[str, int], *, depth: int = 10) -> float:
    """Return 1 / position of the first good result within `depth`, else 0."""
    for position, key in enumerate(results[:depth], start=1):
        if relevant.get(key, 0) >= GOOD:
            return 1.0 / position
    return 0.0


def lacks_good(results: Sequence[str], relevant: Mapping[str, int], *, depth: int = 10) -> bool:
    """Say whether no good result stands among the first `depth`."""
    return not any(relevant.get(key, 0) >= GOOD for key in results[:depth])
