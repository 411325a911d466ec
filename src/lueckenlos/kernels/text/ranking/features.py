"""Measures how a service fits a question: the numbers that the fitted model weighs."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lueckenlos.kernels.text.analysis import Analyzed
from lueckenlos.kernels.text.hints import Hints, Speaker
from lueckenlos.kernels.text.ranking.documents import Document, Statistics
from lueckenlos.kernels.text.ranking.lexical import (
    K1,
    WordScore,
    score_terms,
    score_words,
    weigh,
    weigh_terms,
)
from lueckenlos.kernels.text.ranking.meaning import Vectors
from lueckenlos.kernels.text.ranking.phrases import Intent

Floats = NDArray[np.float64]
REMOTE = frozenset({"online", "telefon"})
COMING = frozenset({"aufsuchend", "mobil"})
PARENTS = frozenset({"eltern", "familien"})
YOUNG = frozenset({"jugendliche", "kinder"})
WORD_FEATURES: tuple[str, ...] = (
    "title", "body", "coverage", "office_title", "office_body", "kind", "kind_share", "confidence",
    "here", "near", "local", "remote", "coming",
    "age_fit", "age_narrow", "age_word", "phase",
    "parent_parent", "young_young", "young_parent", "professional", "open", "free", "language", "wait",
)  # fmt: skip
MEANING_FEATURES: tuple[str, ...] = (
    "meaning_text", "meaning_easy", "meaning_name", "meaning_best", "meaning_office",
    "kind_guessed", "kind_text", "kind_office",
)  # fmt: skip
FEATURES: tuple[str, ...] = WORD_FEATURES + MEANING_FEATURES
"""Columns of the table that `measure` makes; the model file names those it weighs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question taken apart, with its context."""

    analyzed: Analyzed
    hints: Hints
    intent: Intent
    ags: str | None = None
    """Municipality asked for, or named."""
    point: tuple[float, float] | None = None
    age: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """Centered unit vectors of every candidate's texts, one row a candidate."""

    text: Vectors
    easy: Vectors
    name: Vectors


def measure(
    question: Question,
    documents: Sequence[Document],
    *,
    stats: Statistics,
    meaning: Meaning | None = None,
) -> tuple[Floats, list[WordScore]]:
    """Return (documents × FEATURES) and each document's word score for its reasons.

    Without vectors the columns of MEANING_FEATURES stay 0: a model of words alone weighs the others.
    """
    weighed = weigh(question.analyzed.terms, stats=stats)
    words = [score_words(weighed, document, stats=stats) for document in documents]
    table = np.zeros((len(documents), len(FEATURES)))
    columns = {name: table[:, index] for index, name in enumerate(FEATURES)}
    _measure_words(columns, question, documents, words=words, stats=stats)
    _measure_kinds(columns, question, documents)
    if meaning is not None and question.intent.question is not None:
        _measure_meaning(columns, question.intent, documents, meaning)
    _measure_place(columns, question, documents)
    _measure_age(columns, question, documents)
    _measure_people(columns, question, documents)
    return table, words


def _measure_words(
    columns: Mapping[str, Floats],
    question: Question,
    documents: Sequence[Document],
    *,
    words: Sequence[WordScore],
    stats: Statistics,
) -> None:
    rarity: dict[int, float] = {}
    for term in question.analyzed.terms:
        rarity[term.word] = max(rarity.get(term.word, 0.0), term.weight * stats.idf(term.key))
    possible = sum(rarity.values()) * (K1 + 1) or 1.0
    columns["title"][:] = [score.title / possible for score in words]
    columns["body"][:] = [score.body / possible for score in words]
    columns["coverage"][:] = [score.coverage for score in words]
    office = weigh_terms(question.intent.terms, stats=stats)
    long_title, long_body = stats.title_length or 1.0, stats.body_length or 1.0
    columns["office_title"][:] = _relative(
        [score_terms(office, each.title, length=each.title_length / long_title) for each in documents]
    )
    columns["office_body"][:] = _relative(
        [score_terms(office, each.body, length=each.body_length / long_body) for each in documents]
    )


def _relative(values: Sequence[float]) -> list[float]:
    highest = max(values, default=0.0)
    return [value / highest if highest > 0 else 0.0 for value in values]


def _measure_kinds(columns: Mapping[str, Floats], question: Question, documents: Sequence[Document]) -> None:
    wanted = question.intent.kinds
    highest = max(wanted.values(), default=0.0) or 1.0
    columns["kind"][:] = [wanted.get(document.kind, 0.0) / highest for document in documents]
    columns["kind_share"][:] = [wanted.get(document.kind, 0.0) for document in documents]
    columns["kind_guessed"][:] = [question.intent.guessed.get(document.kind, 0.0) for document in documents]
    columns["confidence"][:] = question.intent.confidence


def _measure_meaning(
    columns: Mapping[str, Floats], intent: Intent, documents: Sequence[Document], meaning: Meaning
) -> None:
    assert intent.question is not None
    text = (meaning.text @ intent.question).astype(np.float64)
    columns["meaning_text"][:] = text
    columns["meaning_easy"][:] = meaning.easy @ intent.question
    columns["meaning_name"][:] = meaning.name @ intent.question
    columns["meaning_best"][:] = text - text.max(initial=-1.0)
    kinds = [document.kind for document in documents]
    columns["kind_text"][:] = _best_of_kind(text, kinds)
    if intent.office is not None:
        office = (meaning.text @ intent.office).astype(np.float64)
        columns["meaning_office"][:] = office
        columns["kind_office"][:] = _best_of_kind(office, kinds)


def _best_of_kind(values: Floats, kinds: Sequence[str]) -> list[float]:
    """Return for each document the best value among its own kind: one well-described entry speaks for the others."""
    best: dict[str, float] = {}
    for kind, value in zip(kinds, values.tolist(), strict=True):
        best[kind] = max(best.get(kind, -1.0), value)
    return [best[kind] for kind in kinds]


def _measure_place(columns: Mapping[str, Floats], question: Question, documents: Sequence[Document]) -> None:
    columns["remote"][:] = [document.format in REMOTE for document in documents]
    columns["coming"][:] = [document.format in COMING for document in documents]
    if question.ags is None:
        return
    columns["here"][:] = [document.ags == question.ags for document in documents]
    columns["local"][:] = [
        document.catchment is not None and len(document.catchment) <= 3 for document in documents
    ]
    if question.point is not None:
        columns["near"][:] = [_nearness(question.point, document.point) for document in documents]


def _nearness(here: tuple[float, float], there: tuple[float, float] | None) -> float:
    return 0.0 if there is None else math.exp(-(math.dist(here, there) / 1000) / 8)


def _measure_age(columns: Mapping[str, Floats], question: Question, documents: Sequence[Document]) -> None:
    low = np.asarray([-1.0 if each.age_min is None else each.age_min for each in documents])
    high = np.asarray([30.0 if each.age_max is None else each.age_max + 1 for each in documents])
    age = question.age if question.age is not None else question.hints.age
    if age is not None:
        fits = ((low <= age) & (age < high)).astype(np.float64)
        columns["age_fit"][:] = fits
        columns["age_narrow"][:] = fits / (1 + (high - low) / 4)
    span = question.hints.span
    if span is not None:
        overlap = np.maximum(0.0, np.minimum(high, span[1]) - np.maximum(low, span[0]))
        wide = 1 + np.maximum(0.0, high - low - 3) / 8
        columns["age_word"][:] = overlap / max(span[1] - span[0], 0.5) / wide
    phases = question.intent.phases
    if phases:
        columns["phase"][:] = [
            sum(weight for phase, weight in phases.items() if phase in document.phases)
            for document in documents
        ]


def _measure_people(columns: Mapping[str, Floats], question: Question, documents: Sequence[Document]) -> None:
    hints, audiences = question.hints, [document.audience for document in documents]
    columns["open"][:] = [document.access == "offen" for document in documents]
    columns["wait"][:] = [min(1.0, (document.waiting_weeks or 0) / 26) for document in documents]
    if hints.speaker is Speaker.PARENT:
        columns["parent_parent"][:] = [each in PARENTS for each in audiences]
    elif hints.speaker is Speaker.YOUNG:
        columns["young_young"][:] = [each in YOUNG for each in audiences]
        columns["young_parent"][:] = [each == "eltern" for each in audiences]
    suits = 1.0 if hints.speaker is Speaker.PROFESSIONAL else -1.0
    columns["professional"][:] = [suits if each == "fachkraefte" else 0.0 for each in audiences]
    if hints.free:
        columns["free"][:] = [document.free for document in documents]
    spoken = set(hints.languages) | ({question.analyzed.lang} - {"de"})
    if spoken:
        columns["language"][:] = [not spoken.isdisjoint(document.languages) for document in documents]
