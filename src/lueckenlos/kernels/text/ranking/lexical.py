"""Scores documents by words in common: BM25 over weighted fields, each word by its best form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lueckenlos.kernels.text.analysis import PART_WEIGHT, Term
from lueckenlos.kernels.text.ranking.documents import Document, Statistics

K1 = 1.2
B = 0.5


@dataclass(frozen=True, slots=True)
class WordScore:
    """How well the words of a question are found in one document."""

    title: float
    body: float
    coverage: float
    """Share of the question's rare words that the document holds, 0 to 1."""
    best: tuple[Term, ...]
    """For each word found, the form it was found under; the weightiest first."""


def _saturated(frequency: float, length: float) -> float:
    """Return BM25's saturated frequency; `length` is relative to the average."""
    return frequency * (K1 + 1) / (frequency + K1 * (1 - B + B * length))


def score_words(terms: Sequence[Term], document: Document, *, stats: Statistics) -> WordScore:
    """Return the document's score for a question's terms; parts of one compound add up, its forms do not."""
    by_word: dict[int, list[Term]] = {}
    for term in terms:
        by_word.setdefault(term.word, []).append(term)
    title_length = sum(document.title.values())
    body_length = sum(document.body.values())
    title = body = matched = possible = 0.0
    found: list[tuple[float, Term]] = []
    for forms in by_word.values():
        whole = max(form.weight * stats.idf(form.key) for form in forms)
        possible += whole
        in_body = _word(forms, document.body, length=body_length / (stats.body_length or 1.0), stats=stats)
        in_title = _word(
            forms, document.title, length=title_length / (stats.title_length or 1.0), stats=stats
        )
        body += in_body
        title += in_title
        matched += min(whole, in_body)
        held = [(form.weight * stats.idf(form.key), form) for form in forms if form.key in document.body]
        if held:
            found.append(max(held, key=lambda item: item[0]))
    found.sort(key=lambda item: -item[0])
    return WordScore(
        title=title,
        body=body,
        coverage=matched / possible if possible else 0.0,
        best=tuple(form for _, form in found),
    )


def _word(forms: Sequence[Term], held: Mapping[str, float], *, length: float, stats: Statistics) -> float:
    whole = parts = 0.0
    for form in forms:
        frequency = held.get(form.key, 0.0)
        if frequency:
            value = form.weight * stats.idf(form.key) * _saturated(frequency, length)
            if form.weight <= PART_WEIGHT:
                parts += value
            else:
                whole = max(whole, value)
    return max(whole, parts)


def score_terms(
    terms: Mapping[str, float], held: Mapping[str, float], *, stats: Statistics, title: bool
) -> float:
    """Return the score of weighted index terms (the offices' words of the thesaurus) in title or body."""
    average = stats.title_length if title else stats.body_length
    length = sum(held.values()) / (average or 1.0)
    return sum(
        weight * stats.idf(key) * _saturated(held[key], length)
        for key, weight in terms.items()
        if key in held
    )
