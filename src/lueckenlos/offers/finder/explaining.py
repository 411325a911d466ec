"""Says in typed reasons why a service stands in the list; templates word them."""

from __future__ import annotations

from collections.abc import Sequence

from lueckenlos.kernels.text.ranking.documents import Document
from lueckenlos.kernels.text.ranking.features import COMING, REMOTE, Question
from lueckenlos.kernels.text.ranking.lexical import WordScore
from lueckenlos.kernels.text.spelling import Mended
from lueckenlos.offers.finder.retrieval import Candidate
from lueckenlos.offers.finder.types import Reason, ReasonKind, SearchRequest

WORDS = 2
NEAR_KM = 10.0
CLOSE_PHRASE = 0.45


def reasons(
    question: Question,
    candidate: Candidate,
    *,
    words: WordScore,
    mended: Sequence[Mended],
    distance_km: float | None,
    asked: SearchRequest,
    town: str,
) -> tuple[Reason, ...]:
    """Return what speaks for a service: its words, else the phrase or meaning, then place, age and language."""
    found = _words(words, mended)
    phrase = _phrase(question, candidate)
    if phrase is not None and len(found) < WORDS:
        found.append(phrase)
    if not found:
        found.append(Reason(ReasonKind.MEANING, candidate.kind_label))
    return (*found, *circumstances(question, candidate, distance_km=distance_km, asked=asked, town=town))


def _words(words: WordScore, mended: Sequence[Mended]) -> list[Reason]:
    typed = {part: one.typed for one in mended for part in one.meant.split()}
    listed: list[Reason] = []
    for term in words.best[:WORDS]:
        if term.written in typed:
            listed.append(Reason(ReasonKind.SPELLING, typed[term.written], term.written))
        elif term.weight >= 0.9:
            listed.append(Reason(ReasonKind.WORD, term.written))
        else:
            listed.append(Reason(ReasonKind.PART, term.written, term.key))
    return listed


def _phrase(question: Question, candidate: Candidate) -> Reason | None:
    for match in question.intent.matches[:5]:
        if match.score < CLOSE_PHRASE:
            return None
        if candidate.document.kind in match.phrase.kinds[:4]:
            return Reason(ReasonKind.PHRASE, match.phrase.text, candidate.kind_label)
    return None


def circumstances(
    question: Question, candidate: Candidate, *, distance_km: float | None, asked: SearchRequest, town: str
) -> tuple[Reason, ...]:
    """Return the reasons that lie in place, age and language."""
    document = candidate.document
    listed: list[Reason] = []
    if document.format in REMOTE | COMING:
        listed.append(Reason(ReasonKind.EVERYWHERE))
    elif question.ags and document.ags == question.ags:
        listed.append(Reason(ReasonKind.HERE, town))
    elif distance_km is not None and distance_km <= NEAR_KM:
        listed.append(Reason(ReasonKind.NEAR, f"{distance_km:.1f}"))
    if question.age is not None and _fits(question.age, document):
        listed.append(Reason(ReasonKind.AGE, f"{question.age:g}"))
    spoken = asked.language or (question.analyzed.lang if question.analyzed.lang != "de" else None)
    if spoken and spoken in document.languages:
        listed.append(Reason(ReasonKind.LANGUAGE, spoken))
    return tuple(listed)


def _fits(age: float, document: Document) -> bool:
    if document.age_min is None and document.age_max is None:
        return False
    youngest = document.age_min if document.age_min is not None else -1
    return youngest <= age < (document.age_max if document.age_max is not None else 99) + 1
