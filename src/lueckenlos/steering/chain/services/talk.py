"""Share, release, note, comment, take back: what planners, municipalities and providers say to each other."""

from datetime import datetime
from uuid import UUID

from lueckenlos.commons.directory import selectors as directory
from lueckenlos.commons.places import selectors as places
from lueckenlos.core import audit, locking
from lueckenlos.core.actor import Actor, Role
from lueckenlos.core.context import acting_as
from lueckenlos.kernels.chain.types import Cell, Seam
from lueckenlos.steering.chain.models import Note, StandingChange
from lueckenlos.steering.chain.selectors.cells import piece_of, sees
from lueckenlos.steering.chain.selectors.drawing import drawn
from lueckenlos.steering.chain.selectors.standing import cell_key, default_standing, sight_of, standings
from lueckenlos.steering.chain.selectors.talk import (
    FIGURES,
    NOTE,
    is_concerned,
    key_of,
    may_take_back,
    number_of,
    standing_of,
)
from lueckenlos.steering.chain.types import Standing

COORDINATION = "Koordination"
LONGEST_TEXT = 4000
LONGEST_REASON = 300


class NotYours(Exception):
    """There is no such thing, or the actor may not do this to it; pages answer with 404."""


class NotSharedYet(Exception):
    """Something was to become public that nobody concerned could see before, without a reason why it cannot wait."""

    def __init__(self, subject: str) -> None:
        super().__init__(subject)
        self.subject = subject


def change_standing(
    subject: str, *, to: Standing, reason: str, could_not_wait: str = "", actor: Actor, now: datetime
) -> bool:
    """Take a cell, seam, note or figure to another standing; False where it stands there already.

    Raises NotSharedYet for a step from internal to public without a word on why it could not wait.
    """
    _demand_coordination(actor)
    with acting_as(actor):
        locking.hold(f"chain standing {subject}")
        area = _area_of(subject)
        current = standing_of(subject)
        if to is current:
            return False
        if to is Standing.PUBLIC and current is Standing.INTERNAL and not could_not_wait.strip():
            raise NotSharedYet(subject)
        words = "; ".join(part.strip() for part in (reason, could_not_wait) if part.strip())
        StandingChange.objects.create(
            subject=subject, area=area, state=to, reason=words[:LONGEST_REASON], at=now, by=actor.person_id
        )
        if subject.startswith(NOTE):
            Note.objects.filter(pk=number_of(subject)).update(state=to)
        audit.record(
            "chain.standing.changed",
            subject=f"chain/{subject}",
            details={"from": current.value, "to": to.value},
        )
        return True


def share_municipality(area: str, *, reason: str, actor: Actor, now: datetime) -> int:
    """Share everything internal about a municipality with it and its providers; how many cells and seams it was."""
    _demand_coordination(actor)
    with acting_as(actor):
        locking.hold(f"chain standing of {area}")
        chain = drawn().chain
        known, default = standings(), default_standing()
        pieces: list[Cell | Seam] = [each for each in chain.cells if each.area == area]
        pieces += [each for each in chain.seams if each.area == area]
        if not pieces:
            raise NotYours(area)
        subjects = [cell_key(each).subject for each in pieces]
        steps = [
            StandingChange(
                subject=subject,
                area=area,
                state=Standing.SHARED,
                reason=reason.strip()[:LONGEST_REASON],
                at=now,
                by=actor.person_id,
            )
            for subject in subjects
            if known.get(subject, default) is Standing.INTERNAL
        ]
        StandingChange.objects.bulk_create(steps)
        audit.record("chain.standing.shared", subject=f"chain/{area}", details={"pieces": len(steps)})
        return len(steps)


def write_note(subject: str, *, text: str, state: Standing, actor: Actor, now: datetime) -> int:
    """Koordination notes something about a cell or seam; it may be shared at once, as an answer to a comment."""
    _demand_coordination(actor)
    piece = _piece(subject)
    with acting_as(actor):
        note = Note.objects.create(
            subject=subject,
            area=piece.area,
            text=text.strip()[:LONGEST_TEXT],
            at=now,
            by=actor.person_id,
            by_label=COORDINATION,
            state=Standing.INTERNAL if state is Standing.PUBLIC else state,
        )
        audit.record(
            "chain.note.written", subject=f"chain/{subject}", details={"note": note.pk, "state": note.state}
        )
        return note.pk


def comment(subject: str, *, text: str, actor: Actor, now: datetime) -> int:
    """A municipality or provider says something about what is shared with them; Koordination reads it.

    Raises NotYours where the cell is not about their own municipality or services.
    """
    piece = _piece(subject)
    label, organization = _office(piece, actor=actor)
    with acting_as(actor):
        note = Note.objects.create(
            subject=subject,
            area=piece.area,
            text=text.strip()[:LONGEST_TEXT],
            at=now,
            by=actor.person_id,
            by_label=label,
            organization=organization,
            is_comment=True,
        )
        audit.record("chain.comment.made", subject=f"chain/{subject}", details={"note": note.pk})
        return note.pk


def take_back(note_id: int, *, subject: str, actor: Actor, now: datetime) -> None:
    """Take back a note or comment of one's own office; Koordination still sees it, struck through."""
    with acting_as(actor):
        row = Note.objects.select_for_update().filter(pk=note_id, subject=subject).first()
        if row is None or not may_take_back(row, actor=actor):
            raise NotYours(str(note_id))
        if row.taken_back_at is not None:
            return
        row.taken_back_at = now
        row.save(update_fields=["taken_back_at"])
        audit.record("chain.note.taken_back", subject=f"chain/{subject}", details={"note": note_id})


def _demand_coordination(actor: Actor) -> None:
    if not actor.has_role(Role.COORDINATION):
        raise NotYours


def _piece(subject: str) -> Cell | Seam:
    key = key_of(subject)
    piece = None if key is None else piece_of(key, of=drawn())
    if piece is None:
        raise NotYours(subject)
    return piece


def _area_of(subject: str) -> str:
    if subject in FIGURES:
        return ""
    if subject.startswith(NOTE):
        row = Note.objects.filter(pk=number_of(subject), is_comment=False, taken_back_at__isnull=True).first()
        if row is None:
            raise NotYours(subject)
        return row.area
    return _piece(subject).area


def _office(piece: Cell | Seam, *, actor: Actor) -> tuple[str, UUID | None]:
    """As whom somebody comments: the municipality, or the organization whose services reach the cell."""
    sight = sight_of(actor)
    keys = {share.service for share in piece.services}
    if sight.is_coordination or not sees(actor, piece):
        raise NotYours
    if not is_concerned(sight, area=piece.area, services=keys):
        raise NotYours
    if piece.area in sight.areas:
        place = places.municipality(piece.area)
        return f"Kommune {place.name if place else piece.area}", None
    entry = next(
        each
        for each in directory.planning_entries()
        if each.key in keys & sight.services and each.organization_id in sight.organizations
    )
    return entry.organization, entry.organization_id
