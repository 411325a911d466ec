"""What data protection's desk needs of config: which rules erase, and the documents of the live configuration."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.utils.module_loading import import_string


class Report(Protocol):
    """What one rule found due, what it erased, and what is still there."""

    @property
    def records(self) -> str:
        """What it is about."""

    @property
    def reason(self) -> str:
        """Why it goes."""

    @property
    def due(self) -> int:
        """How many were due."""

    @property
    def erased(self) -> int:
        """How many went."""

    @property
    def left(self) -> int:
        """How many are still there although they should be gone."""

    def as_dict(self) -> dict[str, Any]:
        """For a session."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a document."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One section: sentences, points, and a table where there is one."""

    title: str
    paragraphs: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A document generated from the live configuration, for screen and paper."""

    key: str
    title: str
    subtitle: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Parts:
    """What config hands over."""

    show_due: Callable[[datetime], Sequence[Report]]
    erase_due: Callable[[datetime], Sequence[Report]]
    documents: Callable[[datetime], Sequence[Document]]
    as_pdf: Callable[[Document, datetime], bytes]


_named: list[str] = []


def register(name: str) -> None:
    """Say by its dotted name where the parts stand; config calls this once at start, before any table is there."""
    _named[:] = [name]


def parts() -> Parts:
    """What config handed over."""
    found: Parts = import_string(_named[0])
    return found
