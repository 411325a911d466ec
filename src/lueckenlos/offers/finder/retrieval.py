"""Finds the services worth ranking: the filters first, then rare words, likely kinds and near meanings, capped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from django.db.models import Q, QuerySet, TextField, UUIDField

from lueckenlos.core.fields import Among, Distance, Point
from lueckenlos.kernels.text.analysis import Analyzed
from lueckenlos.kernels.text.ranking.documents import Document, Statistics
from lueckenlos.kernels.text.ranking.phrases import Intent
from lueckenlos.offers.finder.engine import ServiceVectors, State
from lueckenlos.offers.finder.models import IndexedService, IndexedTerm
from lueckenlos.offers.finder.types import SearchRequest

ALL = 600
"""So few services within the filters are all ranked."""
BY_WORDS = 250
BY_KINDS = 150
BY_MEANING = 100
KINDS = 6
TERMS = 12
AGE_SLACK = 1.0
"""Years by which an offer may begin later than the age asked for: children grow."""
_COLUMNS = (
    "service_id", "key", "revision", "kind", "kind_label", "ags", "audience", "format", "title", "body", "phases", "fields",
    "age_min", "age_max", "access", "free", "languages", "everywhere", "catchment", "point", "waiting_weeks",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Candidate:
    """One service to be ranked."""

    service_id: Any
    kind_label: str
    document: Document


def filtered(asked: SearchRequest, *, ags: str | None, age: float | None) -> QuerySet[IndexedService]:
    """Return the index narrowed to what the filters allow."""
    rows = IndexedService.objects.all()
    if ags:
        rows = rows.filter(Q(everywhere=True) | Q(catchment__contains=[ags]))
    if age is not None:
        rows = rows.filter(
            Q(age_min__isnull=True) | Q(age_min__lte=age + AGE_SLACK),
            Q(age_max__isnull=True) | Q(age_max__gt=age - 1),
        )
    if asked.on is not None:
        rows = rows.filter(Q(last_day__isnull=True) | Q(last_day__gte=asked.on))
    if asked.language:
        rows = rows.filter(languages__contains=[asked.language])
    if asked.free:
        rows = rows.filter(free=True)
    if asked.accessible:
        rows = rows.filter(accessible=True)
    if asked.format:
        rows = rows.filter(format=asked.format)
    if asked.phase:
        rows = rows.filter(phases__contains=[asked.phase])
    if asked.field:
        rows = rows.filter(fields__contains=[asked.field])
    return rows


def candidates(
    rows: QuerySet[IndexedService],
    *,
    question: Analyzed,
    intent: Intent,
    frequencies: Mapping[str, int],
    vectors: ServiceVectors | None,
    point: Point | None,
) -> list[Candidate]:
    """Return at most some hundred services: all where the filters leave few, else the likeliest."""
    revisions = dict(rows.values_list("pk", "revision")[: ALL + 1])
    if len(revisions) <= ALL:
        return _at(revisions)
    likely = dict.fromkeys(
        [
            *_by_words(rows, question, frequencies),
            *_by_kinds(rows, intent, point),
            *_by_meaning(rows, intent, vectors),
        ]
    )
    return loaded(list(likely)[:ALL])


def _by_words(
    rows: QuerySet[IndexedService], question: Analyzed, frequencies: Mapping[str, int]
) -> list[Any]:
    """Rarest first, and no more once enough are found: a frequent word never reads all its services."""
    keys = {term.key for term in question.terms if frequencies.get(term.key, 0) > 0}
    found: dict[Any, None] = {}
    for key in sorted(keys, key=lambda term: frequencies[term])[:TERMS]:
        wanted = BY_WORDS - len(found)
        if wanted <= 0:
            break
        found |= dict.fromkeys(rows.filter(terms__contains=[key]).values_list("pk", flat=True)[:wanted])
    return list(found)


def _by_kinds(rows: QuerySet[IndexedService], intent: Intent, point: Point | None) -> list[Any]:
    likely = sorted(intent.kinds, key=lambda kind: -intent.kinds[kind])[:KINDS]
    if not likely:
        return []
    share = BY_KINDS // len(likely)
    found: list[Any] = []
    for kind in likely:
        of_kind = rows.filter(kind=kind)
        if point is not None:
            of_kind = of_kind.order_by(Distance("point", to=point))
        found.extend(of_kind.values_list("pk", flat=True)[:share])
    return found


def _by_meaning(rows: QuerySet[IndexedService], intent: Intent, vectors: ServiceVectors | None) -> list[Any]:
    if vectors is None or intent.question is None:
        return []
    alike = vectors.text @ intent.question
    few = min(4 * BY_MEANING, len(alike))
    nearest = np.argpartition(-alike, few - 1)[:few]
    near = [vectors.ids[row] for row in nearest[np.argsort(-alike[nearest], kind="stable")]]
    within = set(rows.filter(Among("pk", near, of=UUIDField())).values_list("pk", flat=True))
    return [pk for pk in near if pk in within][:BY_MEANING]


@lru_cache(maxsize=20_000)
def _remembered(service_id: Any, revision: int) -> list[Candidate]:
    """Return a place to keep a parsed row in, empty at first."""
    return []


def loaded(ids: Sequence[Any]) -> list[Candidate]:
    """Return these services as they stand in the index, in this order."""
    rows = IndexedService.objects.filter(Among("pk", ids, of=UUIDField()))
    revisions = dict(rows.values_list("pk", "revision"))
    return _at({pk: revisions[pk] for pk in ids if pk in revisions})


def _at(revisions: Mapping[Any, int]) -> list[Candidate]:
    missing = [pk for pk, revision in revisions.items() if not _remembered(pk, revision)]
    if missing:
        for row in IndexedService.objects.filter(Among("pk", missing, of=UUIDField())).values(*_COLUMNS):
            _remembered(row["service_id"], row["revision"])[:] = [_candidate(row)]
    kept = (_remembered(pk, revision) for pk, revision in revisions.items())
    return [each[0] for each in kept if each]


def _candidate(row: Mapping[str, Any]) -> Candidate:
    return Candidate(
        service_id=row["service_id"],
        kind_label=row["kind_label"],
        document=Document(
            key=row["key"], kind=row["kind"], title=row["title"], body=row["body"],
            phases=frozenset(row["phases"]), fields=frozenset(row["fields"]),
            age_min=row["age_min"], age_max=row["age_max"],
            audience=row["audience"], format=row["format"], access=row["access"], free=row["free"],
            languages=frozenset(row["languages"]),
            catchment=None if row["everywhere"] else frozenset(row["catchment"]),
            ags=row["ags"] or None, point=row["point"], waiting_weeks=row["waiting_weeks"],
        ),
    )  # fmt: skip


def statistics(now: State, *, question: Analyzed, intent: Intent) -> Statistics:
    """Return the counts of the terms that this question needs."""
    keys = {term.key for term in question.terms} | set(intent.terms)
    frequencies = dict(
        IndexedTerm.objects.filter(Among("term", sorted(keys), of=TextField()), services__gt=0).values_list(
            "term", "services"
        )
    )
    return Statistics(
        documents=now.services,
        frequencies=frequencies,
        title_length=now.title_length,
        body_length=now.body_length,
    )
