"""Whom one offer takes out of those who ask, by lot and by the seats kept for children with support need.

Kept seats are filled first (the minimum guarantee of Hafalir, Yenmez and Yildirim 2013): at least so many children
with support need get in before anybody else, and those among them with good lots count towards the number. To fill
them last would let more in (Dur, Kominers, Pathak and Sönmez 2018 on why the order matters); whoever wants that raises
the number, where everybody sees it. For single children the choice is substitutable and never shrinks with more to
choose from: what makes deferred acceptance stable and truthful. For groups it is neither, and can be neither.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Room:
    """The seats that an offer has to give in a round, and how many of them are kept."""

    seats: int
    kept: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """An applicant as an offer sees it: 0 is the best rank; `needs` of its `size` children have support need."""

    key: str
    rank: int
    size: int
    needs: int


def choose(room: Room, asking: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Take candidates by rank as long as they fit whole; who is too large for what is left is passed over.

    Children with support need lay claim to the kept seats, siblings beside them need open ones. What nobody claims is
    open to all from the start, what a group claimed that did not fit goes to the next, those with needs first.
    """
    in_order = sorted(asking, key=lambda each: each.rank)
    claims: dict[str, int] = {}
    unclaimed = room.kept
    for each in in_order:
        claims[each.key] = min(each.needs, unclaimed)
        unclaimed -= claims[each.key]
    left = room.seats - room.kept + unclaimed
    taken: list[Candidate] = []
    passed: list[Candidate] = []
    for each in in_order:
        open_seats = each.size - claims[each.key]
        if open_seats <= left:
            left -= open_seats
            taken.append(each)
        else:
            passed.append(each)
    left += sum(claims[each.key] for each in passed)
    for each in sorted(passed, key=lambda each: (not each.needs, each.rank)):
        if each.size <= left:
            left -= each.size
            taken.append(each)
    return tuple(taken)
