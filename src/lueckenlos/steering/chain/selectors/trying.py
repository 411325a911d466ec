"""What a what-if may choose from: the services that concern a place, and where a new one could be."""

from dataclasses import dataclass

from lueckenlos.commons.places import selectors as places
from lueckenlos.commons.places.types import OutsideCounty
from lueckenlos.kernels.chain.types import Chain, County, Service

LIKELY = 85.0
"""From this likeness on a name is taken for the place that it resembles."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A point in metres with the name of the village; without a village the middle of the municipality."""

    x: float
    y: float
    name: str = ""


def spot_of(area: str, *, place: str) -> Spot | None:
    """The point of a village of a municipality, or of its middle; None where nobody knows such a village there."""
    town = places.municipality(area)
    if town is None:
        return None
    if not place.strip():
        return Spot(*town.point)
    found = places.find_place(place)
    if isinstance(found, OutsideCounty):
        return None
    near = next((each for each in found if each.ags == area and each.point and each.score >= LIKELY), None)
    return Spot(near.point[0], near.point[1], near.name) if near is not None and near.point else None


def services_for(area: str, *, county: County, chain: Chain) -> list[Service]:
    """The services that somebody may try to change: for a municipality those that reach it or that are there."""
    if not area:
        return list(county.services)
    there = {share.service for cell in chain.cells if cell.area == area for share in cell.services}
    return [
        each
        for each in county.services
        if each.key in there
        or any(site.area == area for site in each.sites)
        or (each.catchment is not None and area in each.catchment)
    ]
