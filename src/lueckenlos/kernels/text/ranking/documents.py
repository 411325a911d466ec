"""What the ranking knows of a service and of the whole index."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lueckenlos.kernels.text.analysis import Analyzer

FIELD_WEIGHTS: Mapping[str, float] = {
    "name": 3.0,
    "kind": 2.0,
    "easy": 1.2,
    "description": 1.0,
    "organization": 0.7,
    "schedule": 0.5,
    "place": 0.5,
}
"""How much a word says by where it stands; a change asks for a new index (`ANALYSIS_VERSION`)."""
TITLE_FIELDS = frozenset({"name", "kind"})
ANALYSIS_VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One service as the ranking sees it."""

    key: str
    kind: str
    title: Mapping[str, float]
    """Term → weighted frequency in name and kind."""
    body: Mapping[str, float]
    """Term → weighted frequency in all fields."""
    phases: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()
    age_min: float | None = None
    age_max: float | None = None
    audience: str = "alle"
    format: str = "vor_ort"
    access: str = "offen"
    free: bool = False
    languages: frozenset[str] = frozenset()
    catchment: frozenset[str] | None = None
    """Municipalities served; None: the whole county."""
    ags: str | None = None
    """Municipality of the location; None: without one."""
    point: tuple[float, float] | None = None
    """Meters (ETRS89 / UTM 32N) of the location."""
    waiting_weeks: int | None = None
    title_length: float = field(init=False, repr=False, compare=False)
    """Sum of the title's frequencies; counted once, since every question asks for it."""
    body_length: float = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "title_length", sum(self.title.values()))
        object.__setattr__(self, "body_length", sum(self.body.values()))


def terms_of(texts: Mapping[str, str], analyzer: Analyzer) -> tuple[dict[str, float], dict[str, float]]:
    """Return (title, body) term frequencies of a service's texts by field name, weighted by field."""
    title: dict[str, float] = {}
    body: dict[str, float] = {}
    for name, text in texts.items():
        weight = FIELD_WEIGHTS[name]
        for key, count in analyzer.document(text).items():
            body[key] = body.get(key, 0.0) + weight * count
            if name in TITLE_FIELDS:
                title[key] = title.get(key, 0.0) + weight * count
    return title, body


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """Counts over the whole index that weigh a term."""

    documents: int
    frequencies: Mapping[str, int] = field(default_factory=dict)
    """Term → number of documents that hold it; at least those of the question's terms."""
    title_length: float = 1.0
    body_length: float = 1.0

    def idf(self, key: str) -> float:
        """Return the weight of a term by its rarity (Robertson's idf, never negative)."""
        count = self.frequencies.get(key, 0)
        return math.log1p((self.documents - count + 0.5) / (count + 0.5))


def statistics(documents: Sequence[Document]) -> Statistics:
    """Count an index that lies in memory."""
    frequencies: dict[str, int] = {}
    for document in documents:
        for key in document.body:
            frequencies[key] = frequencies.get(key, 0) + 1
    total = max(1, len(documents))
    return Statistics(
        documents=len(documents),
        frequencies=frequencies,
        title_length=sum(document.title_length for document in documents) / total,
        body_length=sum(document.body_length for document in documents) / total,
    )
