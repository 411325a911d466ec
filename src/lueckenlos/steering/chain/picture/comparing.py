"""Two chains beside each other: what differs between two places, or between two days."""

from collections.abc import Callable
from dataclasses import dataclass

from lueckenlos.steering.chain.picture import telling
from lueckenlos.steering.chain.picture.listing import Row, row_of
from lueckenlos.steering.chain.selectors.summary import Spot, Summary
from lueckenlos.steering.chain.types import Labels


@dataclass(frozen=True, slots=True)
class Difference:
    """One cell or seam that is not the same on both sides."""

    where: str
    one: Row
    other: Row


def differences(
    one: Summary,
    other: Summary,
    *,
    labels: Labels,
    addresses: tuple[Callable[[Spot], str], Callable[[Spot], str]],
) -> list[Difference]:
    """Where the verdict differs; of the same place on two days also where reach or target does."""
    same_place = one.area == other.area
    found = []
    for spot in (*one.seams, *one.cells):
        beside = other.spots.get(spot.key)
        if beside is None or not _differs(spot, beside, same_place=same_place):
            continue
        rows = (
            row_of(each, label="", url=lead(each))
            for each, lead in zip((spot, beside), addresses, strict=True)
        )
        found.append(Difference(telling.where(spot, labels), *rows))
    return found


def _differs(one: Spot, other: Spot, *, same_place: bool) -> bool:
    if one.verdict is not other.verdict:
        return True
    return same_place and telling.reach_words(one) != telling.reach_words(other)
