"""The thesaurus as data: loaded from the county's folder, edited by people, never forgotten."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Case, F, When

from lueckenlos.kernels.text.folding import clean
from lueckenlos.kernels.text.ranking.phrases import office_terms, word_weights
from lueckenlos.offers.finder import engine
from lueckenlos.offers.finder.encoder import question_hash
from lueckenlos.offers.finder.models import IndexState, Synonym, SynonymChange
from lueckenlos.offers.finder.types import SynonymEntry

COLUMNS = ("lang", "phrase", "terms", "kinds", "phases", "note")
LONGEST = 200


class ThesaurusNotReadable(Exception):
    """A row of the file does not fit."""

    def __init__(self, *, line: int, field: str, value: str) -> None:
        super().__init__(f"thesaurus.csv, line {line}, {field}: {value!r}")
        self.line = line
        self.field = field
        self.value = value


class SynonymExists(Exception):
    """The phrase stands in the thesaurus already."""

    def __init__(self, entry: SynonymEntry) -> None:
        super().__init__(entry.phrase)
        self.entry = entry


@dataclass(frozen=True, slots=True)
class ThesaurusLoaded:
    """What a load changed."""

    added: int
    changed: int
    unchanged: int
    retired: int


@dataclass(frozen=True, slots=True)
class SynonymEvent:
    """One deed in an entry's history."""

    deed: str
    at: datetime
    by_folder: bool
    before: dict[str, Any]
    after: dict[str, Any]


def load_thesaurus(path: Path, *, now: datetime) -> ThesaurusLoaded:
    """Bring the rows that follow the folder to the file's state; rows that people changed stay as they are."""
    wanted = read_file(path)
    with transaction.atomic():
        present = {(row.lang, row.phrase): row for row in Synonym.objects.all()}
        fresh = [row for key, row in wanted.items() if key not in present]
        changed = [
            (present[key], row)
            for key, row in wanted.items()
            if key in present and present[key].from_folder and _content(present[key]) != _said(row)
        ]
        gone = [
            row for key, row in present.items() if row.from_folder and not row.retired and key not in wanted
        ]
        made = Synonym.objects.bulk_create([_row(entry, from_folder=True) for entry in fresh], batch_size=500)
        history = [_change(row, "added", {}, now=now) for row in made]
        for row, entry in changed:
            before = _content(row)
            _apply(row, entry)
            row.retired = False
            row.save()
            history.append(_change(row, "changed", before, now=now))
        for row in gone:
            before = _content(row)
            row.retired = True
            row.save(update_fields=["retired"])
            history.append(_change(row, "retired", before, now=now))
        SynonymChange.objects.bulk_create(history, batch_size=500)
        if history:
            _touch()
    return ThesaurusLoaded(
        added=len(made),
        changed=len(changed),
        unchanged=len(wanted) - len(made) - len(changed),
        retired=len(gone),
    )


def read_file(path: Path) -> dict[tuple[str, str], SynonymEntry]:
    """Return the rows of a thesaurus file; a phrase named twice counts once, the first time."""
    rows: dict[tuple[str, str], SynonymEntry] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        for line, row in enumerate(csv.DictReader(file), start=2):
            lang, phrase = (row.get("lang") or "").strip(), clean(row.get("phrase") or "", longest=LONGEST)
            if not lang or not phrase:
                raise ThesaurusNotReadable(
                    line=line, field="phrase" if lang else "lang", value=phrase or lang
                )
            entry = SynonymEntry(
                id=0, lang=lang, phrase=phrase, terms=_split(row, "terms"), kinds=_split(row, "kinds"),
                phases=_split(row, "phases"), note=(row.get("note") or "").strip(),
            )  # fmt: skip
            if not entry.terms and not entry.kinds:
                raise ThesaurusNotReadable(line=line, field="terms", value="")
            rows.setdefault((lang, phrase), entry)
    return rows


def _split(row: Mapping[str, str | None], column: str) -> tuple[str, ...]:
    return tuple(part.strip()[:LONGEST] for part in (row.get(column) or "").split(";") if part.strip())


def add_synonym(entry: SynonymEntry, *, actor_id: UUID, now: datetime) -> SynonymEntry:
    """Add a phrase; the next search knows it. One that was retired comes back with the new content."""
    with transaction.atomic():
        there = Synonym.objects.select_for_update().filter(lang=entry.lang, phrase=entry.phrase).first()
        if there is not None and not there.retired:
            raise SynonymExists(_entry(there))
        before = _content(there) if there else {}
        row = there or _row(entry, from_folder=False)
        _apply(row, entry)
        row.retired = False
        row.from_folder = False
        row.save()
        _change(row, "restored" if there else "added", before, actor_id=actor_id, now=now).save()
        _touch()
    return _entry(row)


def change_synonym(entry: SynonymEntry, *, actor_id: UUID, now: datetime) -> SynonymEntry:
    """Change what a phrase stands for; from now on it no longer follows the folder."""
    with transaction.atomic():
        row = Synonym.objects.select_for_update().get(pk=entry.id)
        before = _content(row)
        _apply(row, entry)
        row.from_folder = False
        row.save()
        _change(row, "changed", before, actor_id=actor_id, now=now).save()
        _touch()
    return _entry(row)


def retire_synonym(synonym_id: int, *, actor_id: UUID, now: datetime) -> None:
    """Take a phrase out of use; its history stays."""
    with transaction.atomic():
        row = Synonym.objects.select_for_update().get(pk=synonym_id)
        before = _content(row)
        row.retired = True
        row.from_folder = False
        row.save(update_fields=["retired", "from_folder"])
        _change(row, "retired", before, actor_id=actor_id, now=now).save()
        _touch()


def synonym(synonym_id: int) -> SynonymEntry | None:
    """One entry, retired or not."""
    row = Synonym.objects.filter(pk=synonym_id).first()
    return _entry(row) if row else None


def synonym_history(synonym_id: int) -> list[SynonymEvent]:
    """What was done to an entry, the newest first."""
    rows = SynonymChange.objects.filter(synonym_id=synonym_id)
    return [
        SynonymEvent(row.deed, row.at, row.actor_id is None, dict(row.before), dict(row.after))
        for row in rows
    ]


def synonyms(*, text: str = "", lang: str | None = None, limit: int = 100) -> list[SynonymEntry]:
    """Return the phrases in use that hold a text, for the page that edits them."""
    rows = Synonym.objects.filter(retired=False)
    if text:
        rows = rows.filter(phrase__icontains=text)
    if lang:
        rows = rows.filter(lang=lang)
    german_first = Case(When(lang="de", then=0), default=1)
    return [_entry(row) for row in rows.order_by(german_first, "lang", "phrase")[:limit]]


def _touch() -> None:
    IndexState.objects.get_or_create(pk=1)
    IndexState.objects.filter(pk=1).update(thesaurus_revision=F("thesaurus_revision") + 1)


def _row(entry: SynonymEntry, *, from_folder: bool) -> Synonym:
    row = Synonym(lang=entry.lang, phrase=entry.phrase, from_folder=from_folder)
    _apply(row, entry)
    return row


def _apply(row: Synonym, entry: SynonymEntry) -> None:
    analyzer = engine.analyzer()
    row.lang, row.phrase = entry.lang, entry.phrase
    row.terms, row.kinds, row.phases = list(entry.terms), list(entry.kinds), list(entry.phases)
    row.note = entry.note[:300]
    row.words = word_weights(analyzer.question(entry.phrase, lang=entry.lang))
    row.office = {key: round(weight, 4) for key, weight in office_terms(entry.terms, analyzer).items()}
    row.phrase_hash = question_hash(entry.phrase)
    row.office_hash = question_hash("; ".join(entry.terms))


def _content(row: Synonym) -> dict[str, Any]:
    return {
        "lang": row.lang,
        "phrase": row.phrase,
        **_values(row.terms, row.kinds, row.phases),
        "note": row.note,
        "retired": row.retired,
    }


def _said(entry: SynonymEntry) -> dict[str, Any]:
    values = _values(entry.terms, entry.kinds, entry.phases)
    return {"lang": entry.lang, "phrase": entry.phrase, **values, "note": entry.note[:300], "retired": False}


def _values(terms: Sequence[str], kinds: Sequence[str], phases: Sequence[str]) -> dict[str, list[str]]:
    return {"terms": list(terms), "kinds": list(kinds), "phases": list(phases)}


def _entry(row: Synonym) -> SynonymEntry:
    return SynonymEntry(
        id=row.pk, lang=row.lang, phrase=row.phrase, terms=tuple(row.terms), kinds=tuple(row.kinds),
        phases=tuple(row.phases), note=row.note, retired=row.retired,
    )  # fmt: skip


def _change(
    row: Synonym, deed: str, before: Mapping[str, Any], *, now: datetime, actor_id: UUID | None = None
) -> SynonymChange:
    return SynonymChange(
        synonym=row, deed=deed, actor_id=actor_id, at=now, before=dict(before), after=_content(row)
    )
