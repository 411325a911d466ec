"""Compares texts by meaning: vectors of a multilingual encoder, freed of what all texts of a language share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
FEWEST = 50
"""Phrases of one language from which its own mean is taken."""


class Encoder(Protocol):
    """Turns texts into unit vectors; the model file is loaded outside."""

    def questions(self, texts: Sequence[str]) -> Vectors:
        """Return one row a question."""

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Return one row a text of the directory."""


def unit(vectors: Vectors) -> Vectors:
    """Return the rows scaled to length one; rows of zeros stay."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.where(lengths > 0, lengths, 1.0), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Center:
    """What all questions of a language have in common; taken away, what they differ in remains.

    Encoders of this family place all texts in a narrow cone, and each language in a corner of its own.
    """

    overall: Vectors
    by_language: Mapping[str, Vectors]

    def question(self, vector: Vectors, *, lang: str) -> Vectors:
        """Return the centered unit vector of one question."""
        return unit(vector - self.by_language.get(lang, self.overall))


def center_of(vectors: Vectors, *, langs: Sequence[str]) -> Center:
    """Return the means of questions, all together and for each language with enough of them."""
    if len(vectors) == 0:
        return Center(overall=np.zeros(vectors.shape[1:], dtype=np.float32), by_language={})
    listed = np.asarray(langs)
    means = {
        lang: vectors[listed == lang].mean(axis=0)
        for lang in sorted(set(langs))
        if (listed == lang).sum() >= FEWEST
    }
    return Center(overall=vectors.mean(axis=0), by_language=means)


def centered(vectors: Vectors, *, mean: Vectors | None = None) -> Vectors:
    """Return rows of the directory's texts freed of their mean, unit length."""
    if len(vectors) == 0:
        return vectors
    return unit(vectors - (vectors.mean(axis=0) if mean is None else mean))


def pack(vectors: Vectors) -> NDArray[np.int8]:
    """Return unit vectors as bytes, scaled by each row's largest value; the error of a cosine is below 0.01."""
    largest = np.abs(vectors).max(axis=-1, keepdims=True)
    return np.round(vectors / np.where(largest > 0, largest, 1.0) * 127).astype(np.int8)


def unpack(packed: NDArray[np.int8]) -> Vectors:
    """Return the unit vectors of packed rows."""
    return unit(packed.astype(np.float32))
