"""Letters on paper: one addressee, one text in one or more languages, and a code that opens a page.

A letter is a tagged PDF after DIN 5008, form B, so that its address stands in the window of an envelope.
Two parents who live apart get two letters: there is one address in a letter and no way to add a second.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

import segno
from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext

from lueckenlos.core import printing, window

TEMPLATE: Final = Path(__file__).parent / "printed" / "letter.typ"
ADDRESS_LINES: Final = 6  # the window's height
LONGEST_LINE: Final = window.LONGEST_LINE
FROM_THE_RIGHT: Final = frozenset({"ar"})
PLAIN: Final = "de-x-plain"
# How a PDF names the language; Einfache Sprache is German to whoever reads it out.
_SPOKEN: Final = {PLAIN: "de"}


class Arrangement(StrEnum):
    """How several languages stand in one letter."""

    ONE_AFTER_THE_OTHER = "one_after_the_other"
    SIDE_BY_SIDE = "side_by_side"


class UnfitLetter(ValueError):
    """A letter that cannot be sent as it is; `part` names what does not fit."""

    def __init__(self, part: str, reason: str) -> None:
        super().__init__(f"{part}: {reason}")
        self.part = part


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes, as it stands above the address and in the foot."""

    name: str
    street: str
    place: str
    phone: str = ""
    email: str = ""

    @property
    def line(self) -> str:
        """The small line above the address, for letters that come back."""
        return " · ".join(filter(None, (self.name, self.street, self.place)))


@dataclass(frozen=True, slots=True)
class Code:
    """The code of a letter as it is printed, what it opens, and until when it holds.

    The QR code opens `path`, below BASE_URL. Where the code itself stands in it, whoever photographs the
    letter types nothing; `typed_at` is then the short address for those who do.
    """

    text: str
    path: str
    valid_until: date
    typed_at: str = ""

    def __post_init__(self) -> None:
        if not all(path.startswith("/") for path in (self.path, self.typed_at or "/")):
            raise UnfitLetter("path", "starts with a slash, below the house's own address")

    @property
    def address(self) -> str:
        """What the QR code holds."""
        return settings.BASE_URL + self.path

    @property
    def shown_address(self) -> str:
        """What a person types into a browser."""
        return (settings.BASE_URL + (self.typed_at or self.path)).partition("://")[2].rstrip("/")


@dataclass(frozen=True, slots=True)
class Wording:
    """What the letter says, in one language."""

    language: str
    subject: str
    paragraphs: tuple[str, ...]

    def __post_init__(self) -> None:
        if self.language not in dict(settings.LANGUAGES):
            raise UnfitLetter("language", f"{self.language!r} is none of the house's languages")
        if not self.subject.strip() or not any(each.strip() for each in self.paragraphs):
            raise UnfitLetter("text", "has a subject and at least one paragraph")


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter to one address; `also` holds the same text in further languages."""

    recipient_lines: tuple[str, ...]
    subject: str
    paragraphs: tuple[str, ...]
    language: str
    code: Code | None
    sender: Sender
    date: date
    also: tuple[Wording, ...] = ()
    arrangement: Arrangement = Arrangement.ONE_AFTER_THE_OTHER

    def __post_init__(self) -> None:
        lines = self.recipient_lines
        if not 2 <= len(lines) <= ADDRESS_LINES or not all(line.strip() for line in lines):
            raise UnfitLetter("recipient_lines", f"an address has two to {ADDRESS_LINES} filled lines")
        if any(len(line) > LONGEST_LINE or "\n" in line for line in lines):
            raise UnfitLetter(
                "recipient_lines", f"a line has at most {LONGEST_LINE} characters, or the window cuts it"
            )
        languages = [wording.language for wording in self.wordings]
        if len(set(languages)) != len(languages):
            raise UnfitLetter("also", "each language stands in a letter once")
        if self.arrangement is Arrangement.SIDE_BY_SIDE and len(languages) > 2:
            raise UnfitLetter("arrangement", "two languages fit beside each other, not more")

    @property
    def wordings(self) -> tuple[Wording, ...]:
        """The text in all its languages, the family's first."""
        return (Wording(self.language, self.subject, self.paragraphs), *self.also)


def pdf(letter: Letter, *, now: datetime) -> bytes:
    """Set a letter as a tagged PDF (PDF/UA-1)."""
    return pdf_of([letter], now=now)


def pdf_of(letters: Sequence[Letter], *, now: datetime) -> bytes:
    """Set several letters one after the other, to be printed at once: each begins on a sheet of its own."""
    if not letters:
        raise UnfitLetter("letters", "there is at least one")
    return printing.pdf(TEMPLATE, _data(letters), now=now, files=_pictures(letters))


def png(letter: Letter) -> bytes:
    """The first page as a picture, to be looked at before it is printed."""
    return printing.png(TEMPLATE, _data([letter]), files=_pictures([letter]))


def qr_svg(address: str) -> str:
    """The QR code of an address with its quiet zone; a crease or a stain may take an eighth of it."""
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawn, kind="svg", xmldecl=False, nl=False, border=4, omitsize=True
    )
    return drawn.getvalue().decode()


def _pictures(letters: Sequence[Letter]) -> dict[str, str]:
    return {
        f"qr-{place}.svg": qr_svg(letter.code.address)
        for place, letter in enumerate(letters)
        if letter.code is not None
    }


def _data(letters: Sequence[Letter]) -> dict[str, Any]:
    return {"letters": [_letter(letter, place=place) for place, letter in enumerate(letters)]}


def _letter(letter: Letter, *, place: int) -> dict[str, Any]:
    return {
        "qr": f"qr-{place}.svg",
        "recipient": list(letter.recipient_lines),
        "sender": {
            "line": letter.sender.line,
            "name": letter.sender.name,
            "lines": [letter.sender.street, letter.sender.place],
            "reach": list(filter(None, (letter.sender.phone, letter.sender.email))),
        },
        "side_by_side": letter.arrangement is Arrangement.SIDE_BY_SIDE,
        "parts": list(_parts(letter)),
        "code": letter.code.text if letter.code else "",
        "address": letter.code.shown_address if letter.code else "",
    }


def _parts(letter: Letter) -> Iterator[dict[str, Any]]:
    """The letter language by language, each with the house's own words in that language."""
    for wording in letter.wordings:
        with translation.override(wording.language):
            yield {
                "language": _SPOKEN.get(wording.language, wording.language),
                "from_the_right": wording.language in FROM_THE_RIGHT,
                "large": wording.language == PLAIN,
                "subject": wording.subject,
                "paragraphs": [each for each in wording.paragraphs if each.strip()],
                "date": _day(letter.date),
                **(_code_words(letter.code) if letter.code else {}),
            }


def _code_words(code: Code) -> dict[str, str]:
    return {
        "code_title": gettext("Ihr Code"),
        "code_how": gettext(
            "Öffnen Sie die Adresse im Internet und geben Sie den Code ein. Oder fotografieren Sie das Muster "
            "mit dem Telefon."
        ),
        "code_until": gettext("Der Code gilt bis zum %(day)s.") % {"day": _day(code.valid_until)},
        "code_alt": gettext("Muster für das Telefon. Es öffnet dieselbe Adresse."),
    }


def _day(day: date) -> str:
    return date_format(day, pgettext("Datumsformat", "j. F Y"))
