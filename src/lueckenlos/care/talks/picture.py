"""The round table as a picture: offices around it, and who of them may hear an item."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin
from typing import Final
from uuid import UUID

from lueckenlos.care.talks.types import Hearing, OfficeView
from lueckenlos.care.talks.wording import hearers_sentence

WIDE: Final = 800
HIGH: Final = 420
_TABLE: Final = (150, 86)
_SEATS: Final = (216, 142)
_LABEL_LINE: Final = 17
_LONGEST: Final = 16
_SMALL: Final = 44
_SIDE: Final = 0.35


@dataclass(frozen=True, slots=True)
class Seat:
    """One office at the table: where it sits, whether it may hear, and where its name stands."""

    number: int
    organization: UUID
    name: str
    short: str
    hears: bool
    is_bringer: bool
    x: float
    y: float
    table_x: float
    table_y: float
    label_x: float
    lines: tuple[tuple[float, str], ...]
    anchor: str

    @property
    def state(self) -> str:
        """Its shape."""
        return "brings" if self.is_bringer else ("hears" if self.hears else "away")


@dataclass(frozen=True, slots=True)
class RoundTable:
    """The picture of an item, with the sentence that says the same."""

    seats: tuple[Seat, ...]
    sentence: str
    wide: int = WIDE
    high: int = HIGH
    small: int = _SMALL

    @property
    def dots(self) -> tuple[tuple[float, float, str], ...]:
        """The same table as small as a word, for lists."""
        middle = _SMALL / 2
        return tuple(
            (
                round(middle + (seat.x - WIDE / 2) / _SEATS[0] * 17, 1),
                round(middle + (seat.y - HIGH / 2) / _SEATS[1] * 17, 1),
                seat.state,
            )
            for seat in self.seats
        )


def round_table(offices: Sequence[OfficeView], hearing: Hearing) -> RoundTable:
    """Offices around the table, in the order of the series, the first at the top."""
    seats = tuple(
        _seat(office, place=place, count=len(offices), hearing=hearing)
        for place, office in enumerate(offices)
    )
    return RoundTable(seats, hearers_sentence(hearing))


def _seat(office: OfficeView, *, place: int, count: int, hearing: Hearing) -> Seat:
    angle = 2 * pi * place / max(count, 1) - pi / 2
    across, down = cos(angle), sin(angle)
    x, y = WIDE / 2 + _SEATS[0] * across, HIGH / 2 + _SEATS[1] * down
    anchor = "middle" if abs(across) < _SIDE else ("start" if across > 0 else "end")
    lines = _wrapped(office.short)
    beside = 0.0 if anchor == "middle" else 32 * (1 if across > 0 else -1)
    top = y - (len(lines) - 1) * _LABEL_LINE / 2 + 5
    if anchor == "middle":
        top = y + 44 if down > 0 else y - 34 - (len(lines) - 1) * _LABEL_LINE
    return Seat(
        number=place + 1,
        organization=office.organization,
        name=office.name,
        short=office.short,
        hears=hearing.hears(office.organization),
        is_bringer=office.organization == hearing.bringer,
        x=round(x, 1),
        y=round(y, 1),
        table_x=round(WIDE / 2 + _TABLE[0] * across, 1),
        table_y=round(HIGH / 2 + _TABLE[1] * down, 1),
        label_x=round(x + beside, 1),
        lines=tuple((round(top + row * _LABEL_LINE, 1), line) for row, line in enumerate(lines)),
        anchor=anchor,
    )


def _wrapped(name: str) -> list[str]:
    """A name in short lines; a long compound keeps its line."""
    lines: list[str] = []
    for word in name.split():
        if lines and len(lines[-1]) + len(word) < _LONGEST:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines or [""]
