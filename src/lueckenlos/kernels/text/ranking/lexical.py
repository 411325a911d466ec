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


def _damping(length: float) -> float:
    """Return what dampens a frequency in BM25; `length` is relative to the average."""
    return K1 * (1 - B + B * length)


@dataclass(frozen=True, slots=True)
class _Form:
    """One form of a word, with what it weighs in this index."""

    term: Term
    value: float


@dataclass(frozen=True, slots=True)
class WeighedQuestion:
    """A question's words with their forms weighed by rarity: once a question, not once a document."""

    by_word: tuple[tuple[float, tuple[_Form, ...]], ...]
    """For each word what its best form weighs, and all its forms."""
    possible: float
    keys: frozenset[str]
    """Under which the index may hold any of the forms."""


def weigh(terms: Sequence[Term], *, stats: Statistics) -> WeighedQuestion:
    """Return the question's words, each with the weight of its forms."""
    by_word: dict[int, list[_Form]] = {}
    for term in terms:
        by_word.setdefault(term.word, []).append(_Form(term, term.weight * stats.idf(term.key)))
    words = tuple((max(form.value for form in forms), tuple(forms)) for forms in by_word.values())
    possible = 0.0
    for whole, _ in words:
        possible += whole
    return WeighedQuestion(words, possible, frozenset(term.key for term in terms))


def score_words(question: WeighedQuestion, document: Document, *, stats: Statistics) -> WordScore:
    """Return the document's score for a question's terms; parts of one compound add up, its forms do not."""
    held = document.body
    # The body holds all of the title's words; most candidates hold none that was asked for.
    if question.keys.isdisjoint(held):
        return NOTHING
    present = [
        (whole, forms) for whole, forms in question.by_word if any(form.term.key in held for form in forms)
    ]
    in_title = _damping(document.title_length / (stats.title_length or 1.0))
    in_body = _damping(document.body_length / (stats.body_length or 1.0))
    title = body = matched = 0.0
    found: list[_Form] = []
    for whole, forms in present:
        value = _word(forms, held, damping=in_body)
        body += value
        title += _word(forms, document.title, damping=in_title)
        matched += min(whole, value)
        found.append(max((form for form in forms if form.term.key in held), key=lambda form: form.value))
    found.sort(key=lambda form: -form.value)
    return WordScore(
        title=title,
        body=body,
        coverage=matched / question.possible if question.possible else 0.0,
        best=tuple(form.term for form in found),
    )


NOTHING = WordScore(title=0.0, body=0.0, coverage=0.0, best=())


def _word(forms: Sequence[_Form], held: Mapping[str, float], *, damping: float) -> float:
    whole = parts = 0.0
    for form in forms:
        frequency = held.get(form.term.key, 0.0)
        if frequency:
            value = form.value * (frequency * (K1 + 1) / (frequency + damping))
            if form.term.weight <= PART_WEIGHT:
                parts += value
            else:
                whole = max(whole, value)
    return max(whole, parts)


def weigh_terms(terms: Mapping[str, float], *, stats: Statistics) -> dict[str, float]:
    """Return index terms (the offices' words of the thesaurus) with their weight by rarity; unused ones fall out."""
    return {key: weight * stats.idf(key) for key, weight in terms.items() if key in stats.frequencies}


def score_terms(terms: Mapping[str, float], held: Mapping[str, float], *, length: float) -> float:
    """Return the score of weighed index terms in title or body; `length` is relative to the average."""
    damping, more = _damping(length), K1 + 1
    score = 0.0
    # A document has fewer words than the thesaurus answers with: going through its own costs least.
    for key in filter(terms.__contains__, held):
        frequency = held[key]
        score += terms[key] * (frequency * more / (frequency + damping))
    return score
