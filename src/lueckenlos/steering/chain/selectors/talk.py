"""How far things have gone, and what is said about them; comments and notes, read for one actor."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import QuerySet

from lueckenlos.core.actor import Actor
from lueckenlos.kernels.chain.types import Cell, Chain, Seam
from lueckenlos.steering.chain.models import Note, StandingChange
from lueckenlos.steering.chain.selectors.standing import (
    Sight,
    cell_key,
    default_standing,
    sight_of,
    standings,
)
from lueckenlos.steering.chain.types import CellKey, Standing

FIGURE: Final = "figure:"
NOTE: Final = "note:"
FIGURES: Final = ("figure:continuity", "figure:gaps", "figure:missing")
"""Figures of the county that can be released: continuity, number of gaps, places missing for sure."""


@dataclass(frozen=True, slots=True)
class NoteView:
    """One note or comment as its reader sees it."""

    id: int
    text: str
    at: datetime
    by_label: str
    is_comment: bool
    state: Standing
    is_taken_back: bool
    may_take_back: bool

    @property
    def reason_id(self) -> str:
        """The name of its reason's field on the page."""
        return f"grund-{self.id}"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of something between internal, shared and public, with its reason."""

    state: Standing
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Waiting:
    """A comment that nobody has answered yet."""

    key: CellKey
    note: NoteView


@dataclass(frozen=True, slots=True)
class AreaStanding:
    """How many cells and seams of a municipality have gone how far."""

    area: str
    internal: int
    shared: int
    public: int


def key_of(subject: str) -> CellKey | None:
    """The cell or seam that a subject names; nothing for notes and figures."""
    if subject.startswith((FIGURE, NOTE)):
        return None
    area, _sign, rest = subject.partition(":")
    if ">" in rest:
        phase, _sign, to = rest.partition(">")
        return CellKey(area, phase, to=to)
    phase, _sign, field = rest.partition(":")
    return CellKey(area, phase, field) if field else None


def standing_of(subject: str) -> Standing:
    """How far a subject has gone; figures begin internal, notes as written, cells where the county's settings say."""
    row = StandingChange.objects.filter(subject=subject).order_by("-at", "-id").first()
    if row is not None:
        return Standing(row.state)
    if subject.startswith(NOTE):
        written = Note.objects.filter(pk=number_of(subject)).values_list("state", flat=True).first()
        return Standing(written or Standing.INTERNAL)
    return Standing.INTERNAL if subject.startswith(FIGURE) else default_standing()


def number_of(subject: str) -> int:
    """The number of the note that a subject names; 0 where it is none."""
    number = subject.removeprefix(NOTE)
    return int(number) if subject.startswith(NOTE) and number.isdecimal() else 0


def steps_of(subject: str) -> list[Step]:
    """Every step that a subject took, the latest first."""
    rows = StandingChange.objects.filter(subject=subject).order_by("-at", "-id")
    return [Step(Standing(row.state), row.reason, row.at) for row in rows]


def figure_standings() -> dict[str, Standing]:
    """How far each figure has gone."""
    known = standings()
    return {subject: known.get(subject, Standing.INTERNAL) for subject in FIGURES}


def is_concerned(sight: Sight, *, area: str, services: Iterable[str]) -> bool:
    """Whether it is about the actor's own municipality or services."""
    return area in sight.areas or not sight.services.isdisjoint(services)


def notes_of(piece: Cell | Seam, *, actor: Actor) -> list[NoteView]:
    """What is said about a cell: Koordination reads everything, the others what is shared with them and their own.

    What was taken back is left to Koordination alone, struck through.
    """
    sight = sight_of(actor)
    services = [share.service for share in piece.services]
    rows = Note.objects.filter(subject=cell_key(piece).subject).order_by("at", "id")
    return [_view(row, actor=actor) for row in rows if _reads(row, sight=sight, services=services)]


def _reads(row: Note, *, sight: Sight, services: Iterable[str]) -> bool:
    if sight.is_coordination:
        return True
    if row.taken_back_at is not None:
        return False
    if sight.sees(Standing(row.state), area=row.area, services=services):
        return True
    return row.is_comment and wrote(row, sight=sight)


def wrote(row: Note, *, sight: Sight) -> bool:
    """Whether a comment is of the actor's own office or organization."""
    if row.organization is not None:
        return row.organization in sight.organizations
    return row.area in sight.areas


def _view(row: Note, *, actor: Actor) -> NoteView:
    return NoteView(
        id=row.pk,
        text=row.text,
        at=row.at,
        by_label=row.by_label,
        is_comment=row.is_comment,
        state=Standing(row.state),
        is_taken_back=row.taken_back_at is not None,
        may_take_back=row.taken_back_at is None and may_take_back(row, actor=actor),
    )


def may_take_back(row: Note, *, actor: Actor) -> bool:
    """Koordination takes back its notes, commenters of the same office their comments."""
    sight = sight_of(actor)
    return wrote(row, sight=sight) if row.is_comment else sight.is_coordination


def waiting_comments(*, actor: Actor) -> list[Waiting]:
    """Comments after which Koordination has said nothing, the oldest first."""
    rows = Note.objects.filter(taken_back_at__isnull=True)
    latest = rows.order_by("subject", "-at", "-id").distinct("subject")
    found = [(key_of(row.subject), row) for row in latest if row.is_comment]
    return sorted(
        (Waiting(key, _view(row, actor=actor)) for key, row in found if key is not None),
        key=lambda each: each.note.at,
    )


def public_notes() -> dict[str, list[str]]:
    """The notes that were released, by subject, the oldest first."""
    found: dict[str, list[str]] = {}
    for row in _standing_notes(Standing.PUBLIC):
        found.setdefault(row.subject, []).append(row.text)
    return found


def _standing_notes(state: Standing) -> QuerySet[Note]:
    return Note.objects.filter(state=state, taken_back_at__isnull=True).order_by("at", "id")


def standings_by_area(chain: Chain) -> list[AreaStanding]:
    """For each municipality how far its cells and seams have gone."""
    known, default = standings(), default_standing()
    pieces: list[Cell | Seam] = [*chain.cells, *chain.seams]
    counts: dict[str, Counter[Standing]] = {}
    for piece in pieces:
        state = known.get(cell_key(piece).subject, default)
        counts.setdefault(piece.area, Counter())[state] += 1
    return [
        AreaStanding(area, each[Standing.INTERNAL], each[Standing.SHARED], each[Standing.PUBLIC])
        for area, each in counts.items()
    ]


def pieces_with(state: Standing, *, chain: Chain, said: bool = False) -> list[Cell | Seam]:
    """The cells and seams with a standing; with `said` only those about which somebody said so."""
    known, default = standings(), default_standing()
    pieces: list[Cell | Seam] = [*chain.cells, *chain.seams]
    return [
        piece for piece in pieces if _standing(piece, known=known, default=None if said else default) is state
    ]


def _standing(
    piece: Cell | Seam, *, known: Mapping[str, Standing], default: Standing | None
) -> Standing | None:
    return known.get(cell_key(piece).subject, default)
