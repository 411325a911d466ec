"""Brings the search index to the directory's state, a batch of changed services at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F

from lueckenlos.commons.directory import selectors as directory
from lueckenlos.core import locking
from lueckenlos.kernels.text.folding import words
from lueckenlos.kernels.text.ranking.documents import terms_of
from lueckenlos.offers.finder import engine
from lueckenlos.offers.finder.encoder import passage_hash
from lueckenlos.offers.finder.models import (
    IndexedService,
    IndexedTerm,
    IndexedWord,
    IndexState,
    WaitingService,
)

PLAIN = "de-x-plain"
_LOCK = 0x66696E64
"""Advisory lock: one process indexes at a time, the others go on searching."""
_BEGIN = "SELECT pg_try_advisory_xact_lock(%s), (SELECT day FROM finder_indexstate WHERE id = 1)"
_RESTS = """
SELECT NOT EXISTS (SELECT FROM finder_waitingservice)
    AND EXISTS (SELECT FROM finder_indexstate WHERE id = 1 AND day = %s)
"""
_COUNT = """
INSERT INTO {table} ({column}, services)
SELECT * FROM unnest(%s::text[], %s::int[])
ON CONFLICT ({column}) DO UPDATE SET services = {table}.services + excluded.services
"""


def refresh(*, limit: int, today: date) -> int:
    """Index up to `limit` services that wait; how many were done. Another process at work: none."""
    if _rests(today):
        return 0
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_BEGIN, [_LOCK])
            is_ours, day = cursor.fetchone()
        if not is_ours:
            return 0
        if day != today:
            _turn(before=day, today=today)
        waiting = list(
            WaitingService.objects.select_for_update(skip_locked=True).values_list("pk", flat=True)[:limit]
        )
        if waiting:
            locking.take_time()
            _index(waiting, today=today)
            WaitingService.objects.filter(pk__in=waiting).delete()
    return len(waiting)


def _rests(today: date) -> bool:
    """Whether nothing waits: almost always, and one look costs a page less than opening the work does."""
    with connection.cursor() as cursor:
        cursor.execute(_RESTS, [today])
        (rests,) = cursor.fetchone()
    return bool(rests)


def _turn(*, before: date | None, today: date) -> None:
    """On the first look of a day, let those wait that begin or are over; no trigger tells of a date that passes."""
    turned = directory.turned_services(before=before, today=today)
    WaitingService.objects.bulk_create(
        (WaitingService(service_id=each) for each in turned), ignore_conflicts=True, batch_size=5_000
    )
    IndexState.objects.get_or_create(pk=1)
    IndexState.objects.filter(pk=1).update(day=today)


def _index(ids: list[UUID], *, today: date) -> None:
    before = {row.service_id: row for row in IndexedService.objects.filter(pk__in=ids)}
    found = directory.with_everything(directory.public_services(today=today).filter(pk__in=ids))
    IndexState.objects.get_or_create(pk=1)
    state = IndexState.objects.select_for_update().get(pk=1)
    # Counted over the whole index: a service that left and came back must not come back as it was.
    rows = [_row(service, revision=state.index_revision + 1) for service in found]
    terms: Counter[str] = Counter()
    spelled: Counter[str] = Counter()
    for old in before.values():
        terms.subtract(old.terms)
        spelled.subtract(_words(old.texts))
    for row in rows:
        terms.update(row.terms)
        spelled.update(_words(row.texts))
    IndexedService.objects.filter(pk__in=ids).delete()
    IndexedService.objects.bulk_create(rows, batch_size=500)
    _count(IndexedTerm._meta.db_table, "term", terms)
    _count(IndexedWord._meta.db_table, "word", spelled)
    total = state.services + len(rows) - len(before)
    titles = state.title_length * state.services + _length(rows, "title") - _length(before.values(), "title")
    bodies = state.body_length * state.services + _length(rows, "body") - _length(before.values(), "body")
    IndexState.objects.filter(pk=1).update(
        services=total,
        title_length=titles / total if total else 0,
        body_length=bodies / total if total else 0,
        index_revision=F("index_revision") + 1,
    )


def _length(rows: Iterable[IndexedService], column: str) -> float:
    return sum(sum(getattr(row, column).values()) for row in rows)


def _words(texts: Mapping[str, str]) -> set[str]:
    return set(words(" ".join(texts.values())))


def _count(table: str, column: str, changed: Counter[str]) -> None:
    # Sorted, so that two processes never wait for each other crosswise.
    changes = sorted((key, count) for key, count in changed.items() if count)
    if changes:
        with connection.cursor() as cursor:
            cursor.execute(
                _COUNT.format(table=table, column=column),
                [[key for key, _ in changes], [count for _, count in changes]],
            )


def _row(service: Any, *, revision: int) -> IndexedService:
    place = next((each.location for each in service.at_locations.all()), None)
    easy = " ".join(
        each.text
        for each in service.translations.all()
        if each.language == PLAIN and each.field == "description"
    )
    label = service.kind.label if service.kind else ""
    title, body = terms_of(
        {
            "name": f"{service.name} {service.alternate_name}".strip(),
            "kind": label,
            "easy": easy,
            "description": service.description,
            "organization": service.organization.name,
            "schedule": service.schedule_text,
            "place": place.city if place else "",
        },
        engine.analyzer(),
    )
    texts = {
        "text": f"{service.name}. {label}. {service.description}",
        "easy": easy or service.name,
        "name": f"{service.name} ({label})",
    }
    return IndexedService(
        service_id=service.pk,
        key=service.key,
        revision=revision,
        title=_rounded(title),
        body=_rounded(body),
        terms=sorted(body),
        texts=texts,
        hashes=[passage_hash(text) for text in texts.values()],
        kind=service.kind_id or "",
        kind_label=label,
        phases=[phase.pk for phase in service.phases.all()],
        fields=[field.pk for field in service.fields.all()],
        age_min=service.age_min,
        age_max=service.age_max,
        audience=service.audience,
        format=service.format,
        access=service.access,
        free=service.is_free,
        accessible=service.accessible
        if service.accessible is not None
        else (place.accessible if place else None),
        languages=list(service.languages),
        everywhere=service.whole_county,
        catchment=[municipality.pk for municipality in service.catchment.all()],
        ags=(place.municipality_id or "") if place else "",
        point=place.point if place else None,
        waiting_weeks=service.waiting_weeks,
        last_day=service.valid_to,
    )


def _rounded(weights: Mapping[str, float]) -> dict[str, float]:
    return {key: round(weight, 3) for key, weight in weights.items()}
