"""Where somebody lives, as they type it, and which youth office is competent there."""

from __future__ import annotations

from lueckenlos.care.frontdoor.types import Whereabouts
from lueckenlos.commons.places import selectors as places
from lueckenlos.commons.places.types import OutsideCounty


def whereabouts(typed: str) -> Whereabouts:
    """What a village, town or postcode means; several of one name are all given, and none is taken."""
    typed = " ".join(typed.split())[:100]
    if not typed:
        return Whereabouts()
    found = places.find_place(typed)
    if isinstance(found, OutsideCounty):
        return Whereabouts(typed, outside=found.name)
    if not found:
        return Whereabouts(typed)
    if len({match.ags for match in found}) > 1:
        return Whereabouts(typed, choices=tuple(found))
    return Whereabouts(typed, place=found[0], office=places.youth_office_for(found[0].ags))
