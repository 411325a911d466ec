"""Vectors of texts: made by the worker, or taken from a county's compact file where the text is the same."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from django.db.models import F

from lueckenlos.kernels.text.ranking.meaning import pack
from lueckenlos.offers.finder.encoder import DIMENSION, encoder
from lueckenlos.offers.finder.models import IndexedService, IndexState, Synonym, TextVector


def missing_questions() -> dict[str, str]:
    """Return hash → text of the thesaurus that has no vector yet."""
    wanted: dict[str, str] = {}
    for phrase, terms, name, office in Synonym.objects.filter(retired=False).values_list(
        "phrase", "terms", "phrase_hash", "office_hash"
    ):
        wanted[name] = phrase
        wanted[office] = "; ".join(terms)
    return _without_vector(wanted)


def missing_passages() -> dict[str, str]:
    """Return hash → text of the services that has no vector yet."""
    wanted: dict[str, str] = {}
    for texts, hashes in IndexedService.objects.values_list("texts", "hashes").iterator(chunk_size=2000):
        wanted |= dict(zip(hashes, texts.values(), strict=True))
    return _without_vector(wanted)


def _without_vector(wanted: dict[str, str]) -> dict[str, str]:
    there = set(TextVector.objects.filter(hash__in=list(wanted)).values_list("hash", flat=True))
    return {name: text for name, text in wanted.items() if name not in there}


def make(*, limit: int) -> int:
    """Encode up to `limit` texts that wait; how many were done. Without an encoder none."""
    reader = encoder()
    if reader is None:
        return 0
    questions = list(missing_questions().items())[:limit]
    passages = list(missing_passages().items())[: limit - len(questions)]
    rows = [
        TextVector(hash=name, packed=pack(reader.questions([text]))[0].tobytes()) for name, text in questions
    ]
    rows += [
        TextVector(hash=name, packed=pack(reader.passages([text]))[0].tobytes()) for name, text in passages
    ]
    _keep(rows)
    return len(rows)


def load(path: Path) -> int:
    """Take the vectors of a compact file; how many were new. A text that changed has another name, and waits."""
    with np.load(path, allow_pickle=False) as file:
        names, packed = file["hashes"].tolist(), file["packed"]
    there = set(TextVector.objects.filter(hash__in=names).values_list("hash", flat=True))
    fresh = [row for row, name in enumerate(names) if name not in there]
    _keep([TextVector(hash=names[row], packed=packed[row].tobytes()) for row in fresh])
    return len(fresh)


def write(path: Path) -> int:
    """Write the vectors of all texts in use into a compact file; how many."""
    used = {
        name
        for row in Synonym.objects.filter(retired=False).values_list("phrase_hash", "office_hash")
        for name in row
    }
    used |= {name for hashes in IndexedService.objects.values_list("hashes", flat=True) for name in hashes}
    kept = sorted(TextVector.objects.filter(hash__in=used).values_list("hash", "packed"))
    packed = np.frombuffer(b"".join(bytes(raw) for _, raw in kept), dtype=np.int8).reshape(-1, DIMENSION)
    np.savez_compressed(path, hashes=np.asarray([name for name, _ in kept]), packed=packed)
    return len(kept)


def _keep(rows: list[TextVector]) -> None:
    if rows:
        TextVector.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)
        IndexState.objects.get_or_create(pk=1)
        IndexState.objects.filter(pk=1).update(vectors_revision=F("vectors_revision") + 1)
