"""Why a wish was granted or not, as a code with the figures from which a sentence is made."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from lueckenlos.kernels.allocation.choice import Candidate, Room
from lueckenlos.kernels.allocation.types import Answer, Applicant, Code, Place


def refusal(
    candidate: Candidate,
    *,
    offer: str,
    wish: int,
    number: int,
    room: Room,
    held: Sequence[Candidate],
    ranks: Sequence[int],
) -> Answer:
    """The answer to a wish that the round turned down; `ranks` are those of all who wished for it, in order."""
    ahead = sum(each.size for each in held if each.rank < candidate.rank)
    later = sum(each.needs for each in held if each.rank > candidate.rank)
    left = max(room.seats - ahead, 0)
    return Answer(
        candidate.key,
        offer,
        wish,
        _code(candidate.size, room=room, left=left, later=later, number=number),
        number,
        candidate.size,
        seats=room.seats,
        lot=bisect_left(ranks, candidate.rank) + 1,
        lots=len(ranks),
        left=left,
        kept=room.kept,
    )


def answer(
    applicant: Applicant,
    offer: str,
    *,
    places: Sequence[Place],
    refusals: Mapping[tuple[str, str], Answer],
    clashes: Mapping[str, frozenset[str]],
) -> Answer:
    """The answer to one wish when all rounds are over."""
    wish = applicant.wishes.index(offer) + 1
    for place in places:
        if place.offer == offer:
            return Answer(applicant.key, offer, wish, Code.PLACE, place.round, applicant.size)
    if (applicant.key, offer) in refusals:
        return refusals[applicant.key, offer]
    last = max((place.round for place in places), default=0)
    others = [place.offer for place in places if place.offer in clashes[offer]]
    if others:
        return Answer(applicant.key, offer, wish, Code.CLASH, last, applicant.size, other=others[0])
    return Answer(applicant.key, offer, wish, Code.LIMIT, last, applicant.size, seats=len(places))


def _code(size: int, *, room: Room, left: int, later: int, number: int) -> Code:
    if room.seats == 0 and number > 1:
        return Code.FULL_BEFORE
    if left == 0:
        return Code.LOT
    if left < size:
        return Code.GROUP
    return Code.KEPT if left - min(later, room.kept) < size else Code.UNSETTLED
