"""Records found by words in them, among those that the actor may see."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db import connection

from lueckenlos.care.cases.models import Case, Record
from lueckenlos.care.cases.selectors import pathways as ways
from lueckenlos.care.cases.selectors.cases import case_view, record_view
from lueckenlos.care.cases.types import CaseView, RecordView
from lueckenlos.core.actor import Actor
from lueckenlos.core.context import acting_as
from lueckenlos.kernels.pathways import FieldType, Pathway

MOST: Final = 20
# Signs that nobody types; the excerpt is cut there, so that the template can mark what was sought.
_BEGIN, _END = "\x02", "\x03"
_EXCERPT: Final = (
    f'StartSel="{_BEGIN}", StopSel="{_END}", MaxFragments=2, MinWords=8, MaxWords=22, FragmentDelimiter=" … "'
)
_WRITTEN: Final = {FieldType.TEXT, FieldType.LONG_TEXT, FieldType.PERSON}


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of an excerpt, and whether it is what was sought."""

    text: str
    is_hit: bool


@dataclass(frozen=True, slots=True)
class FoundRecord:
    """A record in which the words stand, with its case and a few words around them."""

    record: RecordView
    case: CaseView
    pathway: Pathway
    excerpt: tuple[Piece, ...]


def search(actor: Actor, words: str, *, most: int = MOST) -> list[FoundRecord]:
    """The newest records in which the words stand, as one writes them: „so zusammen“, oder, -ohne."""
    with acting_as(actor):
        # The function names rows; what is shown is read through the policy once more.
        rows = Record.objects.filter(id__in=_named(words, most=most)).order_by("-happened_at", "id")
        records = [record_view(row) for row in rows]
        cases = {
            row.file_id: row
            for row in Case.objects.select_related("pathway").filter(file__in={each.file for each in records})
        }
        found = [
            (each, cases[each.file], ways.parsed(cases[each.file].pathway))
            for each in records
            if each.file in cases
        ]
        excerpts = _excerpts([_written(each, pathway) for each, _case, pathway in found], words)
    return [
        FoundRecord(record, case_view(case), pathway, tuple(_pieces(excerpt)))
        for (record, case, pathway), excerpt in zip(found, excerpts, strict=True)
    ]


def _named(words: str, *, most: int) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT wall.records_search(%s, %s)", [words, most])
        return [row[0] for row in cursor.fetchall()]


def _excerpts(texts: Sequence[str], words: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ts_headline('german', t, websearch_to_tsquery('german', %s), %s) "
            "FROM unnest(%s::text[]) WITH ORDINALITY x(t, place) ORDER BY place",
            [words, _EXCERPT, list(texts)],
        )
        return [row[0] for row in cursor.fetchall()]


def _written(record: RecordView, pathway: Pathway) -> str:
    """What somebody wrote in a record, without what was chosen from a list."""
    kind = pathway.record_kind_of.get(record.kind)
    written = [field.key for field in kind.fields if field.type in _WRITTEN] if kind else list(record.data)
    parts: list[Any] = [record.words, record.text, *(record.data.get(key) for key in written)]
    return " · ".join(dict.fromkeys(part for part in parts if part and isinstance(part, str)))


def _pieces(excerpt: str) -> Iterator[Piece]:
    for part in excerpt.split(_BEGIN):
        hit, end, rest = part.rpartition(_END)
        if end:
            yield Piece(hit, is_hit=True)
        if rest:
            yield Piece(rest, is_hit=False)
