"""What rooms above say beside a programme; this room does not know them, config hands their tellers over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.module_loading import import_string

from lueckenlos.offers.programmes.types import ProgrammeView


@dataclass(frozen=True, slots=True)
class Beside:
    """A few words on a programme's public page, and where they lead."""

    title: str
    text: str
    label: str
    url: str


Teller = Callable[[ProgrammeView, datetime], Beside | None]
_named: list[str] = []


def register(name: str) -> None:
    """Say by its dotted name where the tellers stand; config calls this once at start, before any table is there."""
    _named[:] = [name]


def said(view: ProgrammeView, *, now: datetime) -> list[Beside]:
    """All that is said, in the tellers' order."""
    tellers: Sequence[Teller] = [each for name in _named for each in import_string(name)]
    return [found for tell in tellers if (found := tell(view, now)) is not None]
