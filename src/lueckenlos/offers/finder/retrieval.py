"""Finds the services worth ranking: the filters first, then rare words, likely kinds and near meanings, capped."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from operator import itemgetter
from typing import Any, Final

import numpy as np
from django.core.exceptions import FullResultSet
from django.db import connection
from django.db.models import Q, QuerySet, TextField, UUIDField

from lueckenlos.core.fields import Among, Point
from lueckenlos.kernels.text.analysis import Analyzed
from lueckenlos.kernels.text.ranking.documents import Document, Statistics
from lueckenlos.kernels.text.ranking.phrases import Intent
from lueckenlos.offers.finder.engine import ServiceVectors, State
from lueckenlos.offers.finder.models import IndexedService, IndexedTerm
from lueckenlos.offers.finder.types import SearchRequest

ALL = 600
"""So few services within the filters are all ranked."""
BY_WORDS = 250
LOOKED_THROUGH = 10 * BY_WORDS
"""So many services with a word are held against the filters: in a large directory they may all be elsewhere."""
BY_KINDS = 150
BY_MEANING = 100
KINDS = 6
TERMS = 12
AGE_SLACK = 1.0
"""Years by which an offer may begin later than the age asked for: children grow."""


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
    likely = {key: weight for key, weight in frequencies.items() if weight > 0}
    rarest = sorted({term.key for term in question.terms if term.key in likely}, key=lambda key: likely[key])
    kinds = sorted(intent.kinds, key=lambda kind: -intent.kinds[kind])[:KINDS]
    return _at(
        likeliest(rows, words=rarest[:TERMS], kinds=kinds, near=_nearest(intent, vectors), point=point)
    )


def likeliest(
    rows: QuerySet[IndexedService],
    *,
    words: Sequence[str] = (),
    kinds: Sequence[str] = (),
    near: Sequence[Any] = (),
    point: Point | None = None,
) -> dict[Any, int]:
    """Return service → revision of all where the filters leave few, else of those with the rarest words, of the likely
    kinds and near in meaning, each best first: in one statement, since ten of them would cost more than they find.
    """
    within, bound = _condition(rows)
    parts = [
        (f"few AS MATERIALIZED ({_ROWS.format(way=0)} WHERE {within} LIMIT {ALL + 1})", bound),
        (f"many AS MATERIALIZED (SELECT count(*) > {ALL} AS are FROM few)", []),
        *(_with_word(rank, word, within=within, bound=bound) for rank, word in enumerate(words, start=1)),
    ]
    ways = ["SELECT * FROM few WHERE NOT (SELECT are FROM many)"]
    values = [value for _, given in parts for value in given]
    if words:
        ways.append(f"SELECT * FROM word{len(words)}")
    if kinds:
        ways.append(f"({_of_kinds(within, point=point, share=BY_KINDS // len(kinds))})")
        values += [list(kinds), *bound]
    if near:
        ways.append(f"({_of_meaning(within)})")
        # As one text: to quote each of hundreds of names costs more than to find them.
        values += [f"{{{','.join(map(str, near))}}}", *bound]
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {', '.join(text for text, _ in parts)} {' UNION ALL '.join(ways)}", values)
        found = cursor.fetchall()
    chosen = {pk: revision for _, pk, revision in sorted(found, key=_by_way)}
    return dict(islice(chosen.items(), ALL))


_TABLE: Final = "finder_indexedservice"
_ROWS: Final = f"SELECT {{way}} AS way, service_id, revision FROM {_TABLE}"
_FIRST_KIND, _FIRST_NEAR = 100, 1000
_by_way = itemgetter(0)


def _condition(rows: QuerySet[IndexedService]) -> tuple[str, list[Any]]:
    """Return what the filters ask of a row, as SQL with its values."""
    try:
        text, values = rows.query.get_compiler(connection=connection).compile(rows.query.where)
    except FullResultSet:
        return "TRUE", []
    return f"({text})", list(values)


def _with_word(rank: int, word: str, *, within: str, bound: Sequence[Any]) -> tuple[str, list[Any]]:
    """Rarest first, and no more once enough are found: a frequent word never reads all its services."""
    with_it = (
        f"SELECT * FROM {_TABLE} WHERE (SELECT are FROM many) AND terms @> ARRAY[%s] LIMIT {LOOKED_THROUGH}"
    )
    own = f"SELECT {rank} AS way, service_id, revision FROM ({with_it}) AS {_TABLE} WHERE {within}"
    if rank == 1:
        return f"word1 AS MATERIALIZED ({own} LIMIT {BY_WORDS})", [word, *bound]
    last = f"word{rank - 1}"
    wanted = f"greatest(0, {BY_WORDS} - (SELECT count(DISTINCT service_id) FROM {last}))"
    return f"word{rank} AS MATERIALIZED (SELECT * FROM {last} UNION ALL ({own} LIMIT {wanted}))", [
        word,
        *bound,
    ]


def _of_kinds(within: str, *, point: Point | None, share: int) -> str:
    nearest = f"ORDER BY point <-> point '({point.x!r},{point.y!r})'" if point is not None else ""
    return (
        "SELECT each.way, each.service_id, each.revision FROM unnest(%s::text[]) WITH ORDINALITY AS likely (kind, place) "
        f"CROSS JOIN LATERAL ({_ROWS.format(way=f'{_FIRST_KIND} + likely.place')} "
        f"WHERE (SELECT are FROM many) AND kind = likely.kind AND {within} {nearest} LIMIT {share}) AS each"
    )


def _of_meaning(within: str) -> str:
    """Nearest first, and no more once enough are within the filters."""
    return (
        "SELECT each.way, each.service_id, each.revision FROM unnest(%s::uuid[]) WITH ORDINALITY AS near (id, place) "
        f"CROSS JOIN LATERAL ({_ROWS.format(way=f'{_FIRST_NEAR} + near.place')} "
        f"WHERE (SELECT are FROM many) AND service_id = near.id AND {within}) AS each "
        f"ORDER BY near.place LIMIT {BY_MEANING}"
    )


def _nearest(intent: Intent, vectors: ServiceVectors | None) -> list[Any]:
    """Return the services nearest in meaning, wherever they are: more than are wanted, since filters take some."""
    if vectors is None or intent.question is None or len(vectors.ids) <= ALL:
        return []
    alike = vectors.text @ intent.question
    few = min(4 * BY_MEANING, len(alike))
    nearest = np.argpartition(-alike, few - 1)[:few]
    return [vectors.ids[row] for row in nearest[np.argsort(-alike[nearest], kind="stable")]]


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
        # Read past the models: hundreds of rows come here, and turning their columns took longer than finding them.
        with connection.cursor() as cursor:
            cursor.execute(_READ, [missing])
            for row in cursor:
                _remembered(row[0], row[1])[:] = [_candidate(row)]
    kept = (_remembered(pk, revision) for pk, revision in revisions.items())
    return [each[0] for each in kept if each]


_READ: Final = """
SELECT service_id, revision, kind_label, title, body, key, kind, phases, fields, age_min, age_max,
    audience, format, access, free, languages, everywhere, catchment, ags, point[0], point[1], waiting_weeks
FROM finder_indexedservice WHERE service_id = ANY(%s)
"""


def _candidate(row: Sequence[Any]) -> Candidate:
    service_id, _, kind_label, title, body, key, kind, phases, fields, age_min, age_max, audience, *rest = row
    format_, access, free, languages, everywhere, catchment, ags, east, north, waiting_weeks = rest
    return Candidate(
        service_id=service_id,
        kind_label=kind_label,
        document=Document(
            key=key, kind=kind, title=json.loads(title), body=json.loads(body), phases=frozenset(phases), fields=frozenset(fields),
            age_min=age_min, age_max=age_max, audience=audience, format=format_, access=access, free=free,
            languages=frozenset(languages), catchment=None if everywhere else frozenset(catchment),
            ags=ags or None, point=None if east is None else Point(east, north), waiting_weeks=waiting_weeks,
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
