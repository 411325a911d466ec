"""Matches a question with the thesaurus: everyday phrases that stand for the offices' words and kinds of offer."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from lueckenlos.kernels.text.analysis import Analyzed, Analyzer
from lueckenlos.kernels.text.ranking.meaning import Vectors, center_of, centered

Floats = NDArray[np.float64]
LEXICAL_SHARE = 0.4
"""Share of words against meaning in the fit of a phrase."""
SHARPNESS = 12.0
KEPT = 40
KIND_DECAY = 0.75
"""What the next kind of a row is worth against the one before."""
SMOOTHING = 3.0
OFFICE_DECAY = 0.85


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """One row of the thesaurus, analyzed."""

    id: int
    lang: str
    text: str
    office: str
    """The offices' words, joined; what the meaning vector of the row's answer is made of."""
    kinds: tuple[str, ...]
    phases: tuple[str, ...] = ()
    words: Mapping[str, float] = field(default_factory=dict)
    """Index term of the phrase → weight."""
    terms: Mapping[str, float] = field(default_factory=dict)
    """Index term of the offices' words → weight."""


def word_weights(question: Analyzed) -> dict[str, float]:
    """Return each term of a text once, with its highest weight."""
    weights: dict[str, float] = {}
    for term in question.terms:
        weights[term.key] = max(weights.get(term.key, 0.0), term.weight)
    return weights


def office_terms(terms: Sequence[str], analyzer: Analyzer) -> dict[str, float]:
    """Return the index terms of the offices' words of a row, the first words weighing most."""
    weights: dict[str, float] = {}
    for rank, text in enumerate(terms):
        for term in analyzer.question(text, lang="de").terms:
            weights[term.key] = max(weights.get(term.key, 0.0), term.weight * OFFICE_DECAY**rank)
    return weights


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase that fits a question, 0 to 1 by words and by meaning together."""

    phrase: Phrase
    lexical: float
    semantic: float
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """What a question most likely asks for."""

    kinds: Mapping[str, float] = field(default_factory=dict)
    """Kind → weight up to 1, from the phrases nearest."""
    guessed: Mapping[str, float] = field(default_factory=dict)
    """Kind → weight from the meaning alone, learned from all phrases at once."""
    terms: Mapping[str, float] = field(default_factory=dict)
    """Index term of the offices' words → weight."""
    phases: Mapping[str, float] = field(default_factory=dict)
    matches: tuple[Match, ...] = ()
    confidence: float = 0.0
    """Fit of the best phrase."""
    question: Vectors | None = None
    """Centered meaning of the question, where vectors are at hand."""
    office: Vectors | None = None
    """Centered meaning of the offices' words."""


class PhraseBook:
    """All phrases with their words indexed and, once the worker has made them, their vectors."""

    def __init__(
        self,
        phrases: Sequence[Phrase],
        *,
        vectors: Vectors | None = None,
        office_vectors: Vectors | None = None,
        ready: NDArray[np.bool_] | None = None,
    ) -> None:
        """`vectors` and `office_vectors`: one row a phrase, unit length; both or none.

        `ready` tells the rows that have their vectors (default: all); the others go by words alone until then.
        """
        self.phrases = tuple(phrases)
        self._ready = np.ones(len(phrases), dtype=np.bool_) if ready is None else ready
        self._index_words()
        self._vectors: Vectors | None = None
        self._office: Vectors | None = None
        self._learned: Vectors | None = None
        if vectors is not None and office_vectors is not None and len(phrases):
            langs = [phrase.lang for phrase in phrases]
            ready_langs = [lang for lang, there in zip(langs, self._ready, strict=True) if there]
            self._center = center_of(vectors[self._ready], langs=ready_langs)
            self._vectors = np.vstack(
                [self._center.question(row, lang=lang) for row, lang in zip(vectors, langs, strict=True)]
            ) * self._ready[:, None].astype(np.float32)
            self._office = centered(office_vectors)
            self._learn_kinds()

    def _index_words(self) -> None:
        counts: dict[str, int] = {}
        for phrase in self.phrases:
            for key in phrase.words:
                counts[key] = counts.get(key, 0) + 1
        self._idf = {key: math.log1p(len(self.phrases) / count) for key, count in counts.items()}
        rows: dict[str, tuple[list[int], list[float]]] = {}
        norms = np.ones(max(1, len(self.phrases)))[: len(self.phrases)]
        for index, phrase in enumerate(self.phrases):
            values = {key: weight * self._idf[key] for key, weight in phrase.words.items()}
            norms[index] = math.sqrt(sum(value * value for value in values.values())) or 1.0
            for key, value in values.items():
                indexes, weights = rows.setdefault(key, ([], []))
                indexes.append(index)
                weights.append(value)
        self._norms = norms
        self._rows = {
            key: (np.asarray(indexes), np.asarray(weights)) for key, (indexes, weights) in rows.items()
        }

    def _learn_kinds(self) -> None:
        """Fit kinds on the vectors of all phrases (ridge regression): smooth where the nearest phrases are noisy."""
        assert self._vectors is not None
        self._kinds = sorted({kind for phrase in self.phrases for kind in phrase.kinds})
        position = {kind: index for index, kind in enumerate(self._kinds)}
        wanted = np.zeros((len(self.phrases), len(self._kinds)), dtype=np.float32)
        for row, phrase in enumerate(self.phrases):
            for rank, kind in enumerate(phrase.kinds):
                wanted[row, position[kind]] = max(wanted[row, position[kind]], KIND_DECAY**rank)
        square = self._vectors.T @ self._vectors + SMOOTHING * np.eye(
            self._vectors.shape[1], dtype=np.float32
        )
        self._learned = np.linalg.solve(square, self._vectors.T @ (wanted - wanted.mean(axis=0)))

    def __contains__(self, key: str) -> bool:
        return key in self._idf

    @property
    def has_meaning(self) -> bool:
        """Whether the phrases' vectors are at hand."""
        return self._vectors is not None

    def lexical(self, question: Analyzed) -> Floats:
        """Return the cosine of every phrase with the question by rare words in common, compounds in part."""
        scores = np.zeros(len(self.phrases))
        weights = word_weights(question)
        rarest = math.log1p(len(self.phrases) or 1)
        norm = math.sqrt(
            sum((weight * self._idf.get(key, 0.6 * rarest)) ** 2 for key, weight in weights.items())
        )
        for key, weight in weights.items():
            held = self._rows.get(key)
            if held is not None:
                scores[held[0]] += weight * self._idf[key] * held[1]
        return scores / (self._norms * (norm or 1.0))

    def intent(self, question: Analyzed, *, vector: Vectors | None = None) -> Intent:
        """Return what the phrases nearest to a question point to together."""
        if not self.phrases:
            return Intent()
        lexical = self.lexical(question)
        meaning: Vectors | None = None
        if vector is not None and self._vectors is not None:
            meaning = self._center.question(vector, lang=question.lang)
            semantic = np.clip(self._vectors @ meaning, 0.0, 1.0).astype(np.float64)
            both = LEXICAL_SHARE * lexical + (1 - LEXICAL_SHARE) * semantic
            score = np.where(self._ready, both, lexical)
        else:
            semantic = np.zeros(len(self.phrases))
            score = lexical
        best = np.argsort(-score, kind="stable")[:KEPT]
        matches = tuple(
            Match(self.phrases[index], float(lexical[index]), float(semantic[index]), float(score[index]))
            for index in best
            if score[index] > 0.05
        )
        if not matches:
            return Intent(question=meaning)
        return self._combine(matches, best[: len(matches)], meaning)

    def _combine(self, matches: tuple[Match, ...], rows: NDArray[np.intp], meaning: Vectors | None) -> Intent:
        weights = np.exp(SHARPNESS * (np.asarray([match.score for match in matches]) - matches[0].score))
        shares = weights / weights.sum()
        kinds: dict[str, float] = {}
        terms: dict[str, float] = {}
        phases: dict[str, float] = {}
        for match, share in zip(matches, shares.tolist(), strict=True):
            for rank, kind in enumerate(match.phrase.kinds):
                kinds[kind] = kinds.get(kind, 0.0) + share * KIND_DECAY**rank
            for key, value in match.phrase.terms.items():
                terms[key] = terms.get(key, 0.0) + share * value
            for phase in match.phrase.phases:
                phases[phase] = phases.get(phase, 0.0) + share
        guessed: dict[str, float] = {}
        office: Vectors | None = None
        if meaning is not None and self._learned is not None and self._office is not None:
            guessed = dict(zip(self._kinds, (meaning @ self._learned).tolist(), strict=True))
            office = np.asarray(shares @ self._office[rows], dtype=np.float32)
        return Intent(
            kinds=kinds, guessed=guessed, terms=terms, phases=phases, matches=matches,
            confidence=matches[0].score, question=meaning, office=office,
        )  # fmt: skip
