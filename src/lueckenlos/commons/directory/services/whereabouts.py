"""Where an address lies, as far as its postcode tells."""

from dataclasses import dataclass

from lueckenlos.commons.places import selectors as places
from lueckenlos.commons.places.types import OutsideCounty, PlaceKind, PlaceMatch
from lueckenlos.kernels.geometry import to_degrees

SURE = 100
"""The score of a place that is written exactly so."""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """A municipality and a point for an address."""

    ags: str
    latitude: float
    longitude: float


def whereabouts(postcode: str, *, city: str) -> Whereabouts | None:
    """The municipality and the middle of a postcode, or None outside the county."""
    codes = [place for place in _matches(postcode) if place.kind is PlaceKind.POSTCODE]
    towns = {place.ags for place in _matches(city)}
    ordered = sorted(codes, key=lambda place: place.ags not in towns)
    best = next((place for place in ordered if place.point), None)
    if best is None or best.point is None:
        return None
    longitude, latitude = to_degrees(*best.point)
    return Whereabouts(best.ags, latitude, longitude)


def _matches(text: str) -> list[PlaceMatch]:
    found = places.find_place(text) if text else []
    return [] if isinstance(found, OutsideCounty) else [place for place in found if place.score >= SURE]
