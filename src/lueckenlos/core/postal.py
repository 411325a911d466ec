"""Letters that a desk prints for people without mail: to whom, what about, and in which of their languages.

A room keeps address and due letter on its closed row (`core.models.PostalModel`); what a letter says is the room's own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol, TypeVar
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from lueckenlos.core import clock, letters

GERMAN: Final = "de"
# Subject and paragraphs, made in the language of whoever gets the letter.
Words = Callable[[], tuple[str, tuple[str, ...]]]


class _Waits(Protocol):
    """A closed row with the letter that is due."""

    id: UUID
    letter: str


_Row = TypeVar("_Row", bound=_Waits)


@dataclass(frozen=True, slots=True)
class DueLetter:
    """A letter that waits for the printer, as the desk's list shows it."""

    id: UUID
    kind: str
    about: str
    recipient: tuple[str, ...]
    phone: str = ""

    @property
    def name(self) -> str:
        """To whom it goes."""
        return self.recipient[0]

    @property
    def value(self) -> str:
        """This letter as a form names it: what has changed since it was looked at is another letter."""
        return f"{self.id} {self.kind} {self.about}"

    @property
    def where(self) -> str:
        """Where it goes, in one line."""
        return ", ".join(self.recipient[1:])


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """Whom a letter goes to, from whom, in which language, with which code."""

    recipient: tuple[str, ...]
    sender: letters.Sender
    language: str
    code: letters.Code | None


def still_waiting(rows: Iterable[_Row], chosen: Iterable[DueLetter]) -> list[_Row]:
    """Those of the rows for which just the chosen letter waits: what has changed meanwhile is another letter."""
    kinds = {each.id: each.kind for each in chosen}
    return [row for row in rows if row.letter == kinds.get(row.id)]


def recipient_of(name: str, street: str, postcode: str, city: str) -> tuple[str, ...]:
    """The lines of the window; the form has seen to it that they fit, and an older name is cut."""
    lines = (name or _("An die Familie"), street, f"{postcode} {city}".strip())
    return tuple(line[: letters.LONGEST_LINE] for line in lines if line)


def letter_of(post: Post, words: Words, *, now: datetime) -> letters.Letter:
    """One letter in the family's language, and in German beside it, so that helpers can read it too."""
    first, *others = [_wording(words, language=each) for each in dict.fromkeys((post.language, GERMAN))]
    return letters.Letter(
        recipient_lines=post.recipient,
        subject=first.subject,
        paragraphs=first.paragraphs,
        language=first.language,
        code=post.code,
        sender=post.sender,
        date=clock.day_of(now),
        also=tuple(others),
    )


def pdf_of(written: Sequence[letters.Letter], *, now: datetime) -> bytes:
    """All of them one after the other, each on a sheet of its own."""
    return letters.pdf_of(written, now=now)


def _wording(words: Words, *, language: str) -> letters.Wording:
    with translation.override(language):
        subject, paragraphs = words()
        return letters.Wording(language, subject, paragraphs)
