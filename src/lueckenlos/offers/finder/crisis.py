"""Help at the top when words point to danger: the county's numbers, those that answer now first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from lueckenlos.commons.places import selectors as places
from lueckenlos.commons.places.types import in_language
from lueckenlos.kernels.crisis import CrisisKind
from lueckenlos.kernels.opening import Line, answers_at, order_lines, read_line

MOST_LINES = 5


@dataclass(frozen=True, slots=True)
class HelpLine:
    """One number, whether somebody answers at this hour, and one kind sentence."""

    name: str
    phone: str
    text: str
    answers_now: bool
    knows_hours: bool


def help_for(kinds: Sequence[CrisisKind], *, language: str, now: datetime) -> list[HelpLine]:
    """The lines that fit, those that answer at this hour first; none where no word points to danger."""
    if not kinds:
        return []
    return [
        _shown(line, language=language, now=now) for line in order_lines(_lines(), kinds, now)[:MOST_LINES]
    ]


def all_lines(*, language: str, now: datetime) -> list[HelpLine]:
    """Every number of the county, for the page "Schnelle Hilfe"."""
    return [_shown(line, language=language, now=now) for line in order_lines(_lines(), (), now)]


def _shown(line: Line, *, language: str, now: datetime) -> HelpLine:
    return HelpLine(
        name=line.name,
        phone=line.phone,
        text=in_language(dict(line.text), language=language),
        answers_now=answers_at(line.hours, now),
        knows_hours=line.hours.known,
    )


def _lines() -> tuple[Line, ...]:
    county = places.county()
    return _read(county.key, repr(county.settings.get("crisis", {}))) if county.key else ()


@lru_cache(maxsize=2)
def _read(key: str, fingerprint: str) -> tuple[Line, ...]:
    records = places.county().settings.get("crisis", {}).get("line", [])
    return tuple(read_line(record, crisis_kinds=list(CrisisKind)) for record in records)
