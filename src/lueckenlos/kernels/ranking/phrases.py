"""Matches a question with the thesaurus: everyday phrases that stand for the offices' words and kinds of offer."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from lueckenlos.kernels.text.analysis import Analyzed, Analyzer

Vector = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """One row of the thesaurus."""

    id: int
    lang: str
    text: str
    terms: tuple[str, ...]
    kinds: tuple[str, ...]
    phases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase that fits a question, 0 to 1 by words and by meaning."""

    phrase: Phrase
    lexical: float
    semantic: float
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """What a question most likely asks for."""

    kinds: Mapping[str, float] = field(default_factory=dict)
    """Kind → weight; sums to at most 1."""
    terms: Mapping[str, float] = field(default_factory=dict)
    """Index term of the offices' words → weight."""
    phases: Mapping[str, float] = field(default_factory=dict)
    matches: tuple[Match, ...] = ()
    vector: Vector | None = None
    """Meaning of the offices' words, where vectors are at hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchSettings:
    """How phrases are weighed; fitted, see the model file."""

    semantic_floor: float = 0.86
    semantic_scale: float = 0.10
    lexical_share: float = 0.5
    sharpness: float = 8.0
    kept: int = 25
    kind_decay: float = 0.75


class PhraseBook:
    """All phrases with their words indexed and, once the worker has made them, their vectors."""

    def __init__(self, phrases: Sequence[Phrase], analyzer: Analyzer, *, vectors: Vector | None = None) -> None:
        """`vectors`: one row a phrase, unit length, meaning of the phrase (as a question)."""
        self.phrases = tuple(phrases)
        self._vectors = vectors
        self._rows: dict[str, list[tuple[int, float]]] = {}
        weights = [_word_weights(analyzer.question(phrase.text, lang=phrase.lang)) for phrase in phrases]
        counts: dict[str, int] = {}
        for row in weights:
            for key in row:
                counts[key] = counts.get(key, 0) + 1
        self._idf = {key: math.log1p(len(phrases) / count) for key, count in counts.items()}
        norms = np.ones(len(phrases))
        for index, row in enumerate(weights):
            norms[index] = math.sqrt(sum((weight * self._idf[key]) ** 2 for key, weight in row.items())) or 1.0
            for key, weight in row.items():
                self._rows.setdefault(key, []).append((index, weight * self._idf[key]))
        self._norms = norms
        self._terms = [_office_terms(phrase, analyzer) for phrase in phrases]

    def __contains__(self, key: str) -> bool:
        return key in self._idf

    def words(self) -> Mapping[str, float]:
        """Return every term of the phrases with its rarity."""
        return self._idf

    def lexical(self, question: Analyzed) -> NDArray[np.float64]:
        """Return the cosine of every phrase with the question by rare words in common, compounds in part."""
        scores = np.zeros(len(self.phrases))
        weights = _word_weights(question)
        rarest = math.log1p(len(self.phrases) or 1)
        norm = math.sqrt(sum((weight * self._idf.get(key, 0.6 * rarest)) ** 2 for key, weight in weights.items()))
        for key, weight in weights.items():
            for index, value in self._rows.get(key, ()):
                scores[index] += weight * self._idf[key] * value
        return scores / (self._norms * (norm or 1.0))

    def match(
        self, question: Analyzed, *, vector: Vector | None = None, settings: MatchSettings | None = None
    ) -> list[Match]:
        """Return the phrases that fit best, best first."""
        chosen = settings or MatchSettings()
        if not self.phrases:
            return []
        lexical = self.lexical(question)
        semantic = np.zeros(len(self.phrases))
        if vector is not None and self._vectors is not None:
            semantic = np.clip((self._vectors @ vector - chosen.semantic_floor) / chosen.semantic_scale, 0.0, 1.0)
            score = chosen.lexical_share * lexical + (1 - chosen.lexical_share) * semantic
        else:
            score = lexical
        best = np.argsort(-score, kind="stable")[: chosen.kept]
        return [
            Match(self.phrases[index], float(lexical[index]), float(semantic[index]), float(score[index]))
            for index in best
            if score[index] > 0.05
        ]

    def intent(self, matches: Sequence[Match], *, settings: MatchSettings | None = None) -> Intent:
        """Return what the matched phrases point to together; the best weigh most."""
        chosen = settings or MatchSettings()
        if not matches:
            return Intent()
        best = matches[0].score
        kinds: dict[str, float] = {}
        terms: dict[str, float] = {}
        phases: dict[str, float] = {}
        weights = [math.exp(chosen.sharpness * (match.score - best)) for match in matches]
        total = sum(weights)
        position = {phrase.id: index for index, phrase in enumerate(self.phrases)}
        for match, weight in zip(matches, weights, strict=True):
            share = weight / total
            for rank, kind in enumerate(match.phrase.kinds):
                kinds[kind] = kinds.get(kind, 0.0) + share * chosen.kind_decay**rank
            for key, value in self._terms[position[match.phrase.id]].items():
                terms[key] = terms.get(key, 0.0) + share * value
            for phase in match.phrase.phases:
                phases[phase] = phases.get(phase, 0.0) + share
        return Intent(kinds=kinds, terms=terms, phases=phases, matches=tuple(matches))


def _word_weights(question: Analyzed) -> dict[str, float]:
    weights: dict[str, float] = {}
    for term in question.terms:
        weights[term.key] = max(weights.get(term.key, 0.0), term.weight)
    return weights


def _office_terms(phrase: Phrase, analyzer: Analyzer) -> dict[str, float]:
    """Return the index terms of a phrase's office words, the first words weighing most."""
    weights: dict[str, float] = {}
    for rank, text in enumerate(phrase.terms):
        for term in analyzer.question(text, lang="de").terms:
            weights[term.key] = max(weights.get(term.key, 0.0), term.weight * 0.85**rank)
    return weights
