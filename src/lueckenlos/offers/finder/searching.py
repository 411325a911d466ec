"""One search from words to ranked services with their reasons."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from lueckenlos.commons.places import selectors as places
from lueckenlos.commons.places.types import MunicipalityInfo
from lueckenlos.core.fields import Distance, Point
from lueckenlos.kernels import crisis
from lueckenlos.kernels.text import hints, languages
from lueckenlos.kernels.text.folding import fold
from lueckenlos.kernels.text.mending import Understood, understand
from lueckenlos.kernels.text.ranking.documents import Statistics
from lueckenlos.kernels.text.ranking.features import FEATURES, Meaning, Question, measure
from lueckenlos.kernels.text.ranking.lexical import WordScore
from lueckenlos.kernels.text.ranking.meaning import Encoder
from lueckenlos.kernels.text.ranking.phrases import Intent, PhraseBook
from lueckenlos.offers.finder import engine, explaining, opening, retrieval
from lueckenlos.offers.finder.encoder import encoder
from lueckenlos.offers.finder.retrieval import Candidate
from lueckenlos.offers.finder.types import LONGEST_TEXT, Hit, SearchAnswer, SearchRequest

SHOWN = 0.03
"""Hits less likely than this are left out, but never the first `LEAST`."""
LEAST = 20
MOST = 100
A_NAME = 3
"""A word in no more services than this is likely a name."""
NAMED = 2.0
"""What being called by name adds to the model's sum."""
GOOD = 0.35
"""Likelihood of the best hit from which a search counts as met; see `make bench`."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A question with its candidates and their features, before the model weighs them."""

    understood: Understood
    question: Question
    candidates: list[Candidate]
    table: NDArray[np.float64]
    words: list[WordScore]
    stats: Statistics
    has_meaning: bool
    book: PhraseBook
    town: str
    """Name of the municipality that counts."""


def search(asked: SearchRequest) -> SearchAnswer:
    """Return the page of services that fit best; without text all that the filters leave, nearest first."""
    if not asked.text.strip():
        return _browse(asked)
    measured = measured_for(asked)
    model = engine.models()["full" if measured.has_meaning else "words"]
    raw = model.raw(measured.table, columns=FEATURES) if measured.candidates else np.zeros(0)
    raw = raw + NAMED * _called_by_name(measured)
    order = [int(row) for row in np.argsort(-raw, kind="stable")]
    likely = {row: model.likely(float(raw[row])) for row in order}
    kept = [row for rank, row in enumerate(order[:MOST]) if rank < LEAST or likely[row] >= SHOWN]
    kept = _open_at([measured.candidates[row] for row in kept], kept, asked.open_at)
    begin = (max(1, asked.page) - 1) * asked.limit
    hits = tuple(
        _hit(measured, row, score=likely[row], asked=asked) for row in kept[begin : begin + asked.limit]
    )
    return SearchAnswer(
        hits=hits,
        total=len(kept),
        page=max(1, asked.page),
        limit=asked.limit,
        crisis=crisis.detect(asked.text[:LONGEST_TEXT]),
        known_terms=_known_terms(measured),
        corrected=measured.understood.text if measured.understood.mended else None,
        ags=measured.question.ags,
        kinds=tuple(
            sorted(measured.question.intent.kinds, key=lambda kind: -measured.question.intent.kinds[kind])[:3]
        ),
        found_good=bool(kept) and likely[kept[0]] >= GOOD,
    )


def measured_for(asked: SearchRequest) -> Measured:
    """Return a search's candidates with everything the model weighs, by meaning too where it is at hand."""
    now = engine.state()
    vectors = engine.service_vectors(now)
    reader = encoder() if vectors is not None and engine.phrase_book(now).has_meaning else None
    return _measured(asked, now, vectors=vectors if reader is not None else None, reader=reader)


def measured_by_words(asked: SearchRequest) -> Measured:
    """Return the same by words alone, as on a processor without AVX2."""
    return _measured(asked, engine.state(), vectors=None, reader=None)


def _measured(
    asked: SearchRequest, now: engine.State, *, vectors: engine.ServiceVectors | None, reader: Encoder | None
) -> Measured:
    book = engine.phrase_book(now)
    understood = understand(
        asked.text[:LONGEST_TEXT],
        analyzer=engine.analyzer(),
        speller=engine.speller(now),
        known=book.__contains__,
    )
    named = {name: ags for name, (ags, _) in engine.place_names().items()}
    said = hints.read(understood.text, places=named)
    ags = asked.ags or (said.places[0] if said.places else None)
    age = asked.age
    vector = reader.questions([understood.text])[0] if reader is not None else None
    intent = book.intent(understood.analyzed, vector=vector)
    stats = retrieval.statistics(now, question=understood.analyzed, intent=intent)
    town = places.municipality(ags) if ags else None
    point = _point(asked, town)
    question = Question(
        analyzed=understood.analyzed, hints=said, intent=intent, ags=ags, point=point, age=age
    )
    found = retrieval.candidates(
        retrieval.filtered(asked, ags=ags, age=age), question=understood.analyzed, intent=intent,
        frequencies=stats.frequencies, vectors=vectors, point=point,
    )  # fmt: skip
    meaning = _meaning(found, vectors, intent)
    table, words = measure(question, [each.document for each in found], stats=stats, meaning=meaning)
    return Measured(
        understood, question, found, table, words, stats, meaning is not None, book, town.name if town else ""
    )


def _called_by_name(measured: Measured) -> NDArray[np.float64]:
    """Return 1 for services that hold all words asked for, where one of them is so rare that it is a name.

    Names of programmes mean nothing to thesaurus and encoder; whoever types one wants that one.
    """
    counts = measured.stats.frequencies
    rare = any(
        term.weight == 1.0 and 0 < counts.get(term.key, 0) <= A_NAME
        for term in measured.understood.analyzed.terms
    )
    if not rare:
        return np.zeros(len(measured.candidates))
    return np.asarray([float(score.coverage > 0.98) for score in measured.words])


def _point(asked: SearchRequest, town: MunicipalityInfo | None) -> Point | None:
    if asked.point is not None:
        return Point(*asked.point)
    return Point(*town.point) if town else None


def _meaning(found: list[Candidate], vectors: engine.ServiceVectors | None, intent: Intent) -> Meaning | None:
    if vectors is None or intent.question is None:
        return None
    rows = [vectors.rows.get(each.service_id, -1) for each in found]
    there = np.asarray([row >= 0 for row in rows], dtype=np.float32)[:, None]
    chosen = [max(row, 0) for row in rows]
    return Meaning(
        text=vectors.text[chosen] * there,
        easy=vectors.easy[chosen] * there,
        name=vectors.name[chosen] * there,
    )


def _open_at(found: list[Candidate], rows: list[int], instant: datetime | None) -> list[int]:
    if instant is None:
        return rows
    answering = opening.open_services([each.service_id for each in found], instant=instant)
    return [row for each, row in zip(found, rows, strict=True) if each.service_id in answering]


def _hit(measured: Measured, row: int, *, score: float, asked: SearchRequest) -> Hit:
    candidate = measured.candidates[row]
    here = measured.question.point
    distance = math.dist(here, candidate.document.point) / 1000 if here and candidate.document.point else None
    return Hit(
        service_id=candidate.service_id,
        key=candidate.document.key,
        score=round(score, 4),
        why=explaining.reasons(
            measured.question, candidate, words=measured.words[row], mended=measured.understood.mended,
            distance_km=distance, asked=asked, town=measured.town,
        ),
        distance_km=round(distance, 1) if distance is not None else None,
    )  # fmt: skip


def _known_terms(measured: Measured) -> tuple[str, ...]:
    """Return the words that the index holds in some service or the thesaurus in some phrase; never a name."""
    counts = measured.stats.frequencies
    book = measured.book
    stop = languages.STOP.get(measured.understood.analyzed.lang, frozenset())
    known: dict[str, None] = {}
    for term in measured.understood.analyzed.terms:
        whole = term.weight == 1.0
        if whole and fold(term.written) not in stop and (term.key in counts or term.key in book):
            known[term.written.casefold()] = None
    return tuple(known)


def _browse(asked: SearchRequest) -> SearchAnswer:
    rows = retrieval.filtered(asked, ags=asked.ags, age=asked.age)
    town = places.municipality(asked.ags) if asked.ags else None
    point = _point(asked, town)
    ordered = rows.order_by(Distance("point", to=point), "key") if point else rows.order_by("key")
    begin = (max(1, asked.page) - 1) * asked.limit
    if asked.open_at is not None:
        ids = list(ordered.values_list("pk", flat=True)[: retrieval.ALL])
        answering = opening.open_services(ids, instant=asked.open_at)
        ids = [pk for pk in ids if pk in answering]
        total, page = len(ids), ids[begin : begin + asked.limit]
    else:
        total, page = rows.count(), list(ordered.values_list("pk", flat=True)[begin : begin + asked.limit])
    empty = Question(
        analyzed=engine.analyzer().question(""),
        hints=hints.Hints(),
        intent=Intent(),
        ags=asked.ags,
        point=point,
        age=asked.age,
    )
    hits = []
    for candidate in retrieval.loaded(page):
        place = candidate.document.point
        distance = math.dist(point, place) / 1000 if point and place else None
        hits.append(
            Hit(
                service_id=candidate.service_id, key=candidate.document.key, score=1.0,
                why=explaining.circumstances(
                    empty, candidate, distance_km=distance, asked=asked, town=town.name if town else ""
                ),
                distance_km=round(distance, 1) if distance is not None else None,
            )
        )  # fmt: skip
    return SearchAnswer(
        hits=tuple(hits),
        total=total,
        page=max(1, asked.page),
        limit=asked.limit,
        ags=asked.ags,
        found_good=total > 0,
    )
