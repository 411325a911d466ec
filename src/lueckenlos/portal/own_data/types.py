"""What is held about one person, section by section: rooms hand over theirs, config registers them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.module_loading import import_string
from django_stubs_ext import StrOrPromise

from lueckenlos.core.actor import Actor

Words = StrOrPromise


@dataclass(frozen=True, slots=True)
class OwnItem:
    """One thing that is held: its words for people, and the same as data for the export."""

    title: str
    facts: tuple[tuple[str, str], ...] = ()
    at: datetime | None = None
    office: str = ""
    url: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


Reader = Callable[[Actor, UUID, datetime], list[OwnItem]]


@dataclass(frozen=True, slots=True)
class OwnSection:
    """One kind of what is held, why it is held, and how it is read for the person who asks.

    `read` gets the family's person as actor and reads through the room's own selectors, so that the wall decides.
    """

    key: str
    title: Words
    why: Words
    read: Reader


@dataclass(frozen=True, slots=True)
class FilledSection:
    """A section with what was found."""

    key: str
    title: str
    why: str
    items: tuple[OwnItem, ...]


_named: list[str] = []


def register(name: str) -> None:
    """Say by its dotted name where the sections stand; config calls this once at start, before any table is there."""
    _named[:] = [name]


def sections() -> Sequence[OwnSection]:
    """All sections in their order."""
    return [section for name in _named for section in import_string(name)]


def filled(actor: Actor, person: UUID, *, now: datetime) -> list[FilledSection]:
    """Every section with what is held about this person, empty ones too: nothing is also an answer."""
    return [
        FilledSection(
            section.key, str(section.title), str(section.why), tuple(section.read(actor, person, now))
        )
        for section in sections()
    ]
