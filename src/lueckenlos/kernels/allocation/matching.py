"""One round of deferred acceptance: every applicant gets at most one offer.

Applicants ask for their dearest wish, offers hold the best by `choice.choose` and send the others on, until nobody asks
any more (Gale and Shapley 1962). Among single children the outcome is stable, the best stable one for every child, and
to name another order than the true one never helps (Roth 1982; with kept seats Hafalir, Yenmez and Yildirim 2013).

With groups a stable outcome need not exist. After the same procedure every applicant that an offer would rather have is
moved there, whoever is sent away for it asks anew, and so on; who goes in circles lets that wish go (`ENTRIES`). Then
only seats that are free are filled, which harms nobody and ends. What still blocks is named.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from lueckenlos.kernels.allocation.choice import Candidate, Room, choose

ENTRIES: Final = 3
"""How often an applicant is moved into the same offer before it counts as going in circles and lets that wish go."""
Wishes = Mapping[str, Sequence[str]]


@dataclass(slots=True)
class Market:
    """A round under way: who sits where."""

    rooms: Mapping[str, Room]
    candidates: Mapping[str, Candidate]
    wishes: Wishes
    held: dict[str, tuple[Candidate, ...]] = field(default_factory=dict)
    offer_of: dict[str, str] = field(default_factory=dict)

    def takes(self, offer: str, candidate: Candidate) -> tuple[Candidate, ...] | None:
        """Whom the offer would hold with this candidate in, None where it would not have it."""
        chosen = choose(self.rooms[offer], (*self.held.get(offer, ()), candidate))
        return chosen if candidate in chosen else None

    def better(self, applicant: str) -> Sequence[str]:
        """The wishes dearer than what the applicant has."""
        wishes = self.wishes[applicant]
        has = self.offer_of.get(applicant)
        return wishes if has is None else wishes[: wishes.index(has)]

    def seat(self, offer: str, chosen: tuple[Candidate, ...]) -> list[Candidate]:
        """Hold these in the offer; gives whom it sends away."""
        before = self.held.get(offer, ())
        self.held[offer] = chosen
        gone = [each for each in before if each not in chosen]
        for each in gone:
            del self.offer_of[each.key]
        for each in chosen:
            self.offer_of[each.key] = offer
        return gone

    def leave(self, candidate: Candidate) -> str | None:
        """Give back the applicant's seats; which offer has them again."""
        offer = self.offer_of.pop(candidate.key, None)
        if offer is not None:
            self.held[offer] = tuple(each for each in self.held[offer] if each != candidate)
        return offer


def match(rooms: Mapping[str, Room], *, candidates: Sequence[Candidate], wishes: Wishes) -> Market:
    """Seat the candidates; every wish has its room, ranks differ. The order of the input is irrelevant."""
    market = Market(rooms, {each.key: each for each in candidates}, wishes)
    _defer(market)
    if any(each.size > 1 for each in candidates):
        _mend(market)
        _fill(market)
    return market


def blocking(market: Market) -> list[tuple[str, str]]:
    """Every applicant and offer that prefer one another to what they have."""
    return [
        (key, offer)
        for key, candidate in sorted(market.candidates.items())
        for offer in market.better(key)
        if market.takes(offer, candidate) is not None
    ]


def _defer(market: Market) -> None:
    following = {key: iter(market.wishes[key]) for key in market.candidates}
    asking = list(market.candidates.values())
    while asking:
        asked: dict[str, list[Candidate]] = defaultdict(list)
        for candidate in asking:
            offer = next(following[candidate.key], None)
            if offer is not None:
                asked[offer].append(candidate)
        asking = []
        for offer, new in asked.items():
            chosen = choose(market.rooms[offer], (*market.held.get(offer, ()), *new))
            asking += [each for each in new if each not in chosen]
            asking += market.seat(offer, chosen)


def _mend(market: Market) -> None:
    """Let blocking applicants have their way, those with the best lots first."""
    wishing = _wishing(market)
    waiting = [(each.rank, each.key) for each in market.candidates.values()]
    heapq.heapify(waiting)
    listed = {key for _, key in waiting}
    entries: Counter[tuple[str, str]] = Counter()
    while waiting:
        _, key = heapq.heappop(waiting)
        listed.discard(key)
        again = _move(market, market.candidates[key], wishing=wishing, entries=entries)
        for other in again - listed:
            heapq.heappush(waiting, (market.candidates[other].rank, other))
            listed.add(other)


def _move(
    market: Market,
    candidate: Candidate,
    *,
    wishing: Mapping[str, Sequence[str]],
    entries: Counter[tuple[str, str]],
) -> set[str]:
    """Move to the dearest offer that would have it; gives those who may want to move because of it."""
    for offer in market.better(candidate.key):
        pair = candidate.key, offer
        chosen = market.takes(offer, candidate) if entries[pair] < ENTRIES else None
        if chosen is not None:
            entries[pair] += 1
            left = market.leave(candidate)
            gone = market.seat(offer, chosen)
            changed = [offer] if left is None else [offer, left]
            return {each.key for each in gone}.union(*(wishing[each] for each in changed))
    return set()


def _fill(market: Market) -> None:
    """Give away what is still free, where nobody loses by it."""
    moved = True
    while moved:
        moved = False
        for candidate in sorted(market.candidates.values(), key=lambda each: each.rank):
            for offer in market.better(candidate.key):
                taken = sum(each.size for each in market.held.get(offer, ()))
                if taken + candidate.size <= market.rooms[offer].seats:
                    market.leave(candidate)
                    market.seat(offer, (*market.held.get(offer, ()), candidate))
                    moved = True
                    break


def _wishing(market: Market) -> dict[str, list[str]]:
    wishing: dict[str, list[str]] = defaultdict(list)
    for key in market.candidates:
        for offer in market.wishes[key]:
            wishing[offer].append(key)
    return wishing
