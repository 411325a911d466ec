"""The lot: an order that follows from a published seed alone, so that everybody can check it and nobody bend it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable


def draw(keys: Iterable[str], *, seed: str, round_number: int = 1) -> tuple[str, ...]:
    """Put keys into the order of their lots: SHA-256 of seed, round and key, the smallest first.

    When somebody applied and in which order the keys come is irrelevant. The lot is fair where the keys are fixed
    before anybody can know the seed: announce beforehand where it will come from (such as the numbers of a public
    lottery on a named evening), and publish it with the outcome.
    """
    return tuple(sorted(keys, key=lambda key: (_digest(key, seed=seed, round_number=round_number), key)))


def _digest(key: str, *, seed: str, round_number: int) -> str:
    return hashlib.sha256(f"{seed}\n{round_number}\n{key}".encode()).hexdigest()
