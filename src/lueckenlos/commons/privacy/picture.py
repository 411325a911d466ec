"""Who may know what, what for, until when: a plain picture, and the same as a table.

Each office is a house with a face. Open eyes: it may know. Closed eyes and a broken outline: not yet. So it holds in
grey print and without colors; the words beside it say the same.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language_bidi, pgettext
from django.utils.translation import gettext as _

from lueckenlos.commons.directory import selectors as directory
from lueckenlos.commons.privacy.types import Category, Mode, ReleaseView, ScopeValue
from lueckenlos.commons.privacy.wording import CATEGORIES, MODES, PURPOSES
from lueckenlos.core import clock

WIDTH: Final = 360.0
_RAIL: Final = 30.0
_HOUSE: Final = 58.0
_TEXT: Final = 112.0
_LINE: Final = 20.0
_PART: Final = 26.0
_GAP: Final = 26.0
_TOP: Final = 78.0
_LETTERS: Final = 30
ICONS: Final[dict[Category, str]] = {
    Category.IDENTITY: "person",
    Category.CONTACT: "phone",
    Category.SITUATION: "speech",
    Category.FAMILY: "people",
    Category.HEALTH: "heart",
    Category.SCHOOL: "school",
    Category.DEVELOPMENT: "ball",
    Category.FINANCES: "wallet",
    Category.HOUSING: "house",
    Category.AGREEMENTS: "hands",
    Category.HELP: "bridge",
    Category.DOCUMENTS: "letter",
}


class Standing(StrEnum):
    """How far a line is: shape first, then word."""

    OPEN = "open"
    WAITING = "waiting"
    ASKED = "asked"
    ENDED = "ended"


_ORDER: Final = (Standing.OPEN, Standing.WAITING, Standing.ASKED, Standing.ENDED)


@dataclass(frozen=True, slots=True)
class Line:
    """One office and one kind of data; `about` says whose, where several people are meant."""

    value: ScopeValue
    until: datetime
    standing: Standing = Standing.OPEN
    about: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of data in a house, at its place."""

    label: str
    icon: str
    standing: Standing
    y: float


@dataclass(frozen=True, slots=True)
class Text:
    """A line of words at its place."""

    text: str
    y: float


@dataclass(frozen=True, slots=True)
class House:
    """One office for one purpose: its name, what for and until when, and what it may know."""

    name: str
    purpose: str
    about: str
    until: str
    mode: str
    standing: Standing
    told: str
    names: tuple[Text, ...]
    notes: tuple[Text, ...]
    parts: tuple[Part, ...]
    top: float
    station: float


@dataclass(frozen=True, slots=True)
class Picture:
    """The whole: the family above, a path down to each house."""

    title: str
    houses: tuple[House, ...]
    height: float
    from_the_right: bool
    last: float

    @property
    def width(self) -> float:
        """In the picture's own units."""
        return WIDTH

    @property
    def rail(self) -> float:
        """Where the path runs."""
        return self.at(_RAIL)

    @property
    def house(self) -> float:
        """Where the houses stand, by their middle."""
        return self.at(_HOUSE + 18)

    @property
    def text(self) -> float:
        """Where the words begin."""
        return self.at(_TEXT)

    @property
    def words(self) -> float:
        """Where the words of one kind of data begin, after its sign."""
        return self.at(_TEXT + 26)

    @property
    def sign(self) -> float:
        """Where the sign of one kind of data stands, by its middle."""
        return self.at(_TEXT + 9)

    def at(self, x: float) -> float:
        """A place from the side where one begins to read."""
        return WIDTH - x if self.from_the_right else x


def lines_of(releases: Iterable[ReleaseView], *, names: Mapping[UUID, str] | None = None) -> list[Line]:
    """Releases as they hold now; `names` says about whom."""
    called = names or {}
    return [
        Line(
            ScopeValue(each.purpose, each.category, each.organization, each.mode),
            each.until,
            about=called.get(each.subject, ""),
        )
        for each in releases
    ]


def picture_of(lines: Sequence[Line], *, title: str = "") -> Picture:
    """Draw lines as houses, in the language of the reader; offices by name, those that may know first."""
    names = directory.organization_names({line.value.organization for line in lines})
    grouped: dict[tuple[int, str, str, str], list[Line]] = {}
    for line in lines:
        name = names.get(line.value.organization, "")
        key = (_ORDER.index(line.standing), name, line.value.purpose.value, line.about)
        grouped.setdefault(key, []).append(line)
    houses: list[House] = []
    top = _TOP
    for key in sorted(grouped):
        house = _house(grouped[key], name=key[1], about=key[3], top=top)
        houses.append(house)
        top = _bottom(house) + _GAP
    last = houses[-1].station if houses else _TOP
    return Picture(title or _("Wer was wissen darf"), tuple(houses), top, get_language_bidi(), last)


def standing_word(standing: Standing) -> str:
    """How far a line is, in words."""
    return {
        Standing.OPEN: _("darf es wissen"),
        Standing.WAITING: _("sobald alle zugestimmt haben, die gefragt werden müssen"),
        Standing.ASKED: _("erst wenn Sie zustimmen"),
        Standing.ENDED: _("darf es nicht mehr wissen"),
    }[standing]


def day(moment: datetime) -> str:
    """A day as families read it."""
    return date_format(moment.astimezone(clock.zone()), pgettext("Datumsformat", "j. F Y"))


def _house(lines: Sequence[Line], *, name: str, about: str, top: float) -> House:
    first = lines[0]
    until = day(min(line.until for line in lines))
    standing = first.standing
    purpose = str(PURPOSES[first.value.purpose])
    mode = Mode.EDIT if any(line.value.mode is Mode.EDIT for line in lines) else Mode.VIEW
    notes = _notes(purpose, about=about, until=until, mode=mode, standing=standing)
    y = top + 14
    name_lines = tuple(Text(part, y + place * _LINE) for place, part in enumerate(_wrapped(name)))
    y += len(name_lines) * _LINE
    note_lines = tuple(Text(part, y + place * _LINE) for place, part in enumerate(notes))
    y += len(note_lines) * _LINE + 4
    ordered = sorted(lines, key=lambda line: list(Category).index(line.value.category))
    parts = tuple(
        Part(
            str(CATEGORIES[line.value.category]), ICONS[line.value.category], line.standing, y + place * _PART
        )
        for place, line in enumerate(ordered)
    )
    return House(
        name=name,
        purpose=purpose,
        about=about,
        until=until,
        mode=str(MODES[mode]),
        standing=standing,
        told=standing_word(standing),
        names=name_lines,
        notes=note_lines,
        parts=parts,
        top=top,
        station=top + 22,
    )


def _notes(purpose: str, *, about: str, until: str, mode: Mode, standing: Standing) -> list[str]:
    told = [purpose if mode is Mode.VIEW else f"{purpose}, {MODES[mode]}"]
    if about:
        told.append(_("über %(name)s") % {"name": about})
    told.append(_("bis %(day)s") % {"day": until})
    if standing is not Standing.OPEN:
        told.append(standing_word(standing))
    return [part for each in told for part in _wrapped(each)]


def _wrapped(text: str | Promise) -> list[str]:
    return textwrap.wrap(str(text), _LETTERS) or [""]


def _bottom(house: House) -> float:
    return max(house.top + 60, house.parts[-1].y + 6 if house.parts else 0)
