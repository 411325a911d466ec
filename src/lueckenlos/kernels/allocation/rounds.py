"""The whole allocation: round after round, each applicant getting at most one more offer in each.

What is promised:

* A child on its own with `limit` 1 cannot gain by naming another list than the true one, nor by being early; where
  groups and kept seats meet, the first holds no longer (about one in four hundred small random markets shows a gain).
* In every round among single children no child and no offer prefer one another to what they have.
* A group is one applicant with one lot that needs all its seats: whole or not at all. What blocks is reported.

What is lost with more than one offer a child: rounds are no longer truthful as a whole. Whoever expects the dearest wish
to have seats left in the second round may gain by naming a sought-after one first. (Picking several in one turn would
be truthful, and would give the best lots everything before others have anything.) Those with fewer places come first
in each round, then the lot of that round, drawn anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from lueckenlos.kernels.allocation.answers import answer, refusal
from lueckenlos.kernels.allocation.choice import Candidate, Room
from lueckenlos.kernels.allocation.lot import draw
from lueckenlos.kernels.allocation.matching import Market, blocking, match
from lueckenlos.kernels.allocation.types import (
    Allocation,
    AllocationError,
    Answer,
    Applicant,
    Blocking,
    Offer,
    Place,
)

Keyed = TypeVar("Keyed", Offer, Applicant)


@dataclass(slots=True)
class _Standing:
    """What has been given so far, and for every wish that was turned down the answer of its first time."""

    rooms: dict[str, Room]
    places: dict[str, list[Place]]
    refusals: dict[tuple[str, str], Answer] = field(default_factory=dict)
    blocking: list[Blocking] = field(default_factory=list)


def allocate(offers: Iterable[Offer], applicants: Iterable[Applicant], *, seed: str) -> Allocation:
    """Allocate the offers; the same seed gives the same outcome in whichever order the input comes.

    Raises AllocationError for a key that stands twice, a child on two lists, and a wish for an unknown offer.
    """
    by_key = _once(offers)
    lists = _once(applicants)
    _check(by_key, lists)
    clashes = _clashes(tuple(by_key.values()))
    standing = _Standing(
        {key: Room(offer.seats, offer.kept) for key, offer in by_key.items()}, {key: [] for key in lists}
    )
    for number in range(1, max((each.limit for each in lists.values()), default=0) + 1):
        wishes = {
            key: open_wishes
            for key, each in lists.items()
            if (open_wishes := _open_wishes(each, standing.places[key], clashes=clashes))
        }
        if not wishes:
            break
        _round(number, standing, lists={key: lists[key] for key in wishes}, wishes=wishes, seed=seed)
    return Allocation(
        seed,
        tuple(place for key in lists for place in sorted(standing.places[key], key=lambda each: each.wish)),
        tuple(
            answer(each, wish, places=standing.places[key], refusals=standing.refusals, clashes=clashes)
            for key, each in lists.items()
            for wish in each.wishes
        ),
        tuple(standing.blocking),
    )


def _round(
    number: int,
    standing: _Standing,
    *,
    lists: Mapping[str, Applicant],
    wishes: Mapping[str, Sequence[str]],
    seed: str,
) -> None:
    lots = draw(lists, seed=seed, round_number=number)
    order = sorted(lots, key=lambda key: len(standing.places[key]))
    candidates = [
        Candidate(key, rank, lists[key].size, len(lists[key].needs)) for rank, key in enumerate(order)
    ]
    market = match(standing.rooms, candidates=candidates, wishes=wishes)
    blocked = blocking(market) if any(each.size > 1 for each in candidates) else []
    standing.blocking += [Blocking(key, offer, number) for key, offer in blocked]
    _refuse(number, standing, market=market, lists=lists)
    for key, offer in market.offer_of.items():
        wish = lists[key].wishes.index(offer) + 1
        standing.places[key].append(Place(key, offer, wish, number))
    for offer, held in market.held.items():
        room = standing.rooms[offer]
        kept = max(room.kept - sum(each.needs for each in held), 0)
        seats = room.seats - sum(each.size for each in held)
        standing.rooms[offer] = Room(seats, min(kept, seats))


def _refuse(number: int, standing: _Standing, *, market: Market, lists: Mapping[str, Applicant]) -> None:
    """Keep the figures of every wish that was turned down in this round and in none before."""
    wishing: dict[str, list[int]] = {}
    for key, wishes in market.wishes.items():
        for offer in wishes:
            wishing.setdefault(offer, []).append(market.candidates[key].rank)
    for offer, ranks in wishing.items():
        wishing[offer] = sorted(ranks)
    for key, candidate in market.candidates.items():
        for offer in market.better(key):
            if (key, offer) not in standing.refusals:
                standing.refusals[key, offer] = refusal(
                    candidate,
                    wish=lists[key].wishes.index(offer) + 1,
                    offer=offer,
                    room=standing.rooms[offer],
                    held=market.held.get(offer, ()),
                    ranks=wishing[offer],
                    number=number,
                )


def _open_wishes(
    applicant: Applicant, places: Sequence[Place], *, clashes: Mapping[str, frozenset[str]]
) -> list[str]:
    """The wishes that may still be granted: not had already, and at no time at which the children are elsewhere."""
    if len(places) >= applicant.limit:
        return []
    had = {place.offer for place in places}
    return [wish for wish in applicant.wishes if wish not in had and clashes[wish].isdisjoint(had)]


def _clashes(offers: Sequence[Offer]) -> dict[str, frozenset[str]]:
    """For each offer the others that overlap it in time."""
    spans = {
        offer.key: [(begins.timestamp(), ends.timestamp()) for begins, ends in offer.times]
        for offer in offers
    }
    return {
        one: frozenset(
            other
            for other, theirs in spans.items()
            if other != one and any(a < d and c < b for a, b in own for c, d in theirs)
        )
        for one, own in spans.items()
    }


def _once(several: Iterable[Keyed]) -> dict[str, Keyed]:
    by_key: dict[str, Keyed] = {}
    for each in sorted(several, key=lambda each: each.key):
        if each.key in by_key:
            raise AllocationError("a key stands once", each.key)
        by_key[each.key] = each
    return by_key


def _check(offers: Mapping[str, Offer], lists: Mapping[str, Applicant]) -> None:
    seen: set[str] = set()
    for each in lists.values():
        unknown = [wish for wish in each.wishes if wish not in offers]
        if unknown:
            raise AllocationError(f"{each.key} wishes for what is not offered", unknown)
        twice = seen & each.children
        if twice:
            raise AllocationError("a child stands on one list", sorted(twice))
        seen |= each.children
