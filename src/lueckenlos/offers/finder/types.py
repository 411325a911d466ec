"""Values that the finder takes and gives: a search, its hits with their reasons, and what a page needs beside them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from lueckenlos.kernels.crisis import CrisisKind

__all__ = ["CrisisKind", "Hit", "Reason", "ReasonKind", "SearchAnswer", "SearchRequest", "SynonymEntry"]

LONGEST_TEXT = 400
"""Letters of a search that are read; what is longer is a letter, not a question, and costs time."""


class ReasonKind(StrEnum):
    """Why a hit stands in the list; each has one short German line on the page."""

    WORD = "word"
    """`detail` is the word of the question that the entry holds itself."""
    PART = "part"
    """`detail` is the word of the question, `found` the longer or shorter word of the entry (compound)."""
    SPELLING = "spelling"
    """`detail` is the word as typed, `found` the word as the entry spells it."""
    PHRASE = "phrase"
    """`detail` is the everyday phrase of the thesaurus, `found` the office's word or kind of offer it stands for."""
    MEANING = "meaning"
    """The meaning is close, no word in common; `detail` is the kind of offer's name."""
    HERE = "here"
    """The offer is in the municipality asked for; `detail` is its name."""
    NEAR = "near"
    """`detail` is the distance in kilometers with one decimal and a point."""
    EVERYWHERE = "everywhere"
    """Online, by telephone or at home: the place does not matter."""
    AGE = "age"
    """The age asked for fits; `detail` is the age in years."""
    LANGUAGE = "language"
    """The language asked for is spoken; `detail` is its BCP 47 code."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason for a hit, typed, so that the template words it in the reader's language."""

    kind: ReasonKind
    detail: str = ""
    found: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRequest:
    """What somebody looks for: text and filters; empty text means browsing by filters alone."""

    text: str = ""
    ags: str | None = None
    """Municipality of the person; services whose catchment does not hold it are left out."""
    point: tuple[float, float] | None = None
    """Where the family is, in metres (ETRS89 / UTM 32N), for distances; never stored."""
    age: float | None = None
    """Age of the child or young person in years; negative before birth."""
    language: str | None = None
    """BCP 47: only services in which it is spoken."""
    free: bool = False
    accessible: bool = False
    format: str | None = None
    open_at: datetime | None = None
    """Aware instant ("jetzt offen"): only services whose schedule holds it."""
    phase: str | None = None
    field: str | None = None
    on: date | None = None
    """The county's day: what was over before it is left out, even where the index still waits for the worker."""
    page: int = 1
    limit: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One service of the answer."""

    service_id: UUID
    key: str
    """The stable external key (slug) of the service."""
    score: float
    """0 to 1; comparable within one answer and against `GOOD`."""
    why: tuple[Reason, ...]
    distance_km: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchAnswer:
    """A page of hits with what the page says around them."""

    hits: tuple[Hit, ...]
    total: int
    page: int
    limit: int
    crisis: tuple[CrisisKind, ...] = ()
    """Dangers that the words point to, the most urgent first; the county's settings know the numbers."""
    known_terms: tuple[str, ...] = ()
    """Words of the question that index or thesaurus know: the only ones a signal may keep."""
    corrected: str | None = None
    """The question as it was understood, where spelling was mended ("Gesucht nach …")."""
    ags: str | None = None
    """The municipality that counted: the one asked for, else the one named in the text."""
    kinds: tuple[str, ...] = ()
    """Keys of the kinds of offer that the question most likely means, best first."""
    found_good: bool = True
    """False if nothing in the answer fits well: an unmet search (signal, "Sagen Sie mir Bescheid")."""

    @property
    def pages(self) -> int:
        """Number of pages."""
        return max(1, -(-self.total // self.limit))


@dataclass(frozen=True, slots=True, kw_only=True)
class SynonymEntry:
    """One row of the thesaurus as pages show and edit it."""

    id: int
    lang: str
    phrase: str
    terms: tuple[str, ...]
    kinds: tuple[str, ...]
    phases: tuple[str, ...] = ()
    note: str = ""
    retired: bool = False
