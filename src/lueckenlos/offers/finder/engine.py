"""What a process keeps in memory to answer quickly: language tools, the fitted model, thesaurus, vectors, words."""

from __future__ import annotations

import gc
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Generic, TypeVar
from uuid import UUID

import numpy as np
from django.db import connection

from lueckenlos.commons.places import selectors as places
from lueckenlos.kernels.text.analysis import Analyzer
from lueckenlos.kernels.text.folding import fold, words
from lueckenlos.kernels.text.german import German
from lueckenlos.kernels.text.ranking.meaning import Vectors, centered, unpack
from lueckenlos.kernels.text.ranking.model import Trees, trees_from
from lueckenlos.kernels.text.ranking.phrases import Phrase, PhraseBook
from lueckenlos.kernels.text.spelling import Speller
from lueckenlos.offers.finder.encoder import DIMENSION, encoder
from lueckenlos.offers.finder.models import IndexedService, IndexedWord, IndexState, Synonym
from lueckenlos.offers.finder.tagging import Tagger

T = TypeVar("T")
MODEL = Path(__file__).parent / "ranking.json"
ENOUGH_VECTORS = 0.95
"""Share of texts with a vector from which meaning is used: before, it would judge only those that are ready."""
MOST_VECTORS = 50_000
"""Services up to which all vectors are held in memory; beyond, search goes by words and kinds."""
MOST_PACKED = 4 * MOST_VECTORS
MOST_VILLAGES = 100_000


@lru_cache(maxsize=1)
def analyzer() -> Analyzer:
    """Return the text analysis with the German morphology of the wheel."""
    return Analyzer(German(Tagger("morphmodel_ger.pgz")))


@lru_cache(maxsize=1)
def models() -> Mapping[str, Trees]:
    """Return the fitted models: `full` with meaning, `words` without."""
    document = json.loads(MODEL.read_text(encoding="utf-8"))
    return {name: trees_from(document[name]) for name in ("full", "words")}


def read_models() -> None:
    """Read the large models at start, so that the first search need not."""
    analyzer()
    models()
    encoder()
    set_aside()


def set_aside() -> None:
    """Let the collector pass over what was read and stays: looking through it takes as long as a page."""
    gc.collect()
    gc.freeze()


@dataclass(frozen=True, slots=True)
class ServiceVectors:
    """Centered vectors of every indexed service, one row each; `rows` finds them, `ids` names them."""

    ids: Sequence[UUID]
    rows: Mapping[UUID, int]
    text: Vectors
    easy: Vectors
    name: Vectors


@dataclass(frozen=True, slots=True)
class State:
    """The index's counts and revisions as read at the beginning of a search."""

    services: int = 0
    title_length: float = 1.0
    body_length: float = 1.0
    index: int = 0
    thesaurus: int = 0
    vectors: int = 0


def state() -> State:
    """Return the index's state; one small row."""
    row = IndexState.objects.filter(pk=1).values_list(
        "services", "title_length", "body_length", "index_revision", "thesaurus_revision", "vectors_revision"
    ).first()  # fmt: skip
    return State(*row) if row else State()


_lock = Lock()


class _Remembered(Generic[T]):
    """One value made from the database, made anew when its revision changes."""

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._kept: tuple[object, T] | None = None

    def at(self, revision: object) -> T:
        kept = self._kept
        if kept is None or kept[0] != revision:
            with _lock:
                kept = self._kept
                if kept is None or kept[0] != revision:
                    kept = self._kept = (revision, self._make())
        return kept[1]


def phrase_book(now: State) -> PhraseBook:
    """Return the thesaurus as it stands."""
    return _BOOK.at((now.thesaurus, now.vectors))


def _make_book() -> PhraseBook:
    rows = list(
        Synonym.objects.filter(retired=False)
        .order_by("pk")
        .values_list(
            "pk",
            "lang",
            "phrase",
            "terms",
            "kinds",
            "phases",
            "words",
            "office",
            "phrase_hash",
            "office_hash",
        )
    )
    phrases = [
        Phrase(
            id=pk, lang=lang, text=phrase, office="; ".join(terms), kinds=tuple(kinds), phases=tuple(phases),
            words=weights, terms=office,
        )
        for pk, lang, phrase, terms, kinds, phases, weights, office, _, _ in rows
    ]  # fmt: skip
    asked, found = vectors_of([row[8] for row in rows])
    office_rows, office_found = vectors_of([row[9] for row in rows])
    ready = found & office_found
    if not len(rows) or ready.mean() < ENOUGH_VECTORS:
        return PhraseBook(phrases)
    return PhraseBook(phrases, vectors=asked, office_vectors=office_rows, ready=ready)


_NO_VECTOR = bytes(DIMENSION)
_packed: dict[str, bytes] = {}
"""Vectors by the hash of their text, which never change: one edit must not read those of all other services again."""


def vectors_of(hashes: list[str]) -> tuple[Vectors, np.ndarray[tuple[int], np.dtype[np.bool_]]]:
    """Return the vector of each hash (zeros where there is none yet) and which were found."""
    missing = [name for name in set(hashes) if name not in _packed]
    if missing:
        if len(_packed) > MOST_PACKED:
            _packed.clear()
        with connection.cursor() as cursor:
            # Past the models and in one piece: of a large directory there are tens of thousands.
            cursor.execute("SELECT hash, packed FROM finder_textvector WHERE hash = ANY(%s)", [missing])
            _packed.update(cursor.fetchall())
    found = np.fromiter((name in _packed for name in hashes), dtype=np.bool_, count=len(hashes))
    joined = b"".join(_packed.get(name, _NO_VECTOR) for name in hashes)
    return unpack(np.frombuffer(joined, dtype=np.int8).reshape(-1, DIMENSION)), found


def service_vectors(now: State) -> ServiceVectors | None:
    """Return the services' vectors, or nothing where too few are ready or there are too many to hold."""
    if not 0 < now.services <= MOST_VECTORS:
        return None
    return _VECTORS.at((now.index, now.vectors))


def _make_vectors() -> ServiceVectors | None:
    rows = list(IndexedService.objects.order_by("pk").values_list("pk", "hashes"))
    all_of, all_found = vectors_of([name for _, hashes in rows for name in hashes])
    tables = []
    for text in range(3):
        table, found = all_of[text::3], all_found[text::3]
        if not len(rows) or found.mean() < ENOUGH_VECTORS:
            return None
        mean = table[found].mean(axis=0)
        tables.append(np.where(found[:, None], centered(table, mean=mean), 0).astype(np.float32))
    ids = tuple(pk for pk, _ in rows)
    return ServiceVectors(ids, {pk: row for row, pk in enumerate(ids)}, *tables)


def speller(now: State) -> Speller:
    """Return the words that index, thesaurus and map know."""
    return _SPELLER.at((now.index, now.thesaurus))


def _make_speller() -> Speller:
    counts = dict(IndexedWord.objects.values_list("word", "services"))
    listed = Synonym.objects.filter(retired=False).values_list("lang", "phrase", "terms")
    for lang, phrase, terms in listed:
        texts = [*terms, phrase] if lang == "de" else terms
        for word in words(" ".join(texts)):
            counts[word] = counts.get(word, 0) + 1
    for name in place_names().values():
        for word in words(name[1]):
            counts[word] = counts.get(word, 0) + 5
    return Speller(counts)


def place_names() -> Mapping[str, tuple[str, str]]:
    """Return folded name of every municipality and village → (municipality key, name as written)."""
    return _named_places(repr(places.municipalities()))


@lru_cache(maxsize=1)
def _named_places(revision: str) -> Mapping[str, tuple[str, str]]:
    listed = places.municipalities()
    named: dict[str, tuple[str, str]] = {}
    if listed:
        for village in places.nearest_villages(listed[0].point, limit=MOST_VILLAGES):
            named.setdefault(
                " ".join(fold(word) for word in words(village.name)), (village.ags, village.name)
            )
    for town in listed:
        named[" ".join(fold(word) for word in words(town.name))] = (town.ags, town.name)
    return named


_BOOK = _Remembered(_make_book)
_VECTORS = _Remembered(_make_vectors)
_SPELLER = _Remembered(_make_speller)
