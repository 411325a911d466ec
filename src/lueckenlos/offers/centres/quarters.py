"""Which quarter a centre lies in: as its page says, else by its address, else none; and why none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from lueckenlos.commons.directory.types import PlanningEntry
from lueckenlos.commons.places import selectors as places
from lueckenlos.commons.places.naming import name_key
from lueckenlos.commons.places.types import Metres
from lueckenlos.offers.centres.types import CentreView


class Ground(StrEnum):
    """From where a quarter is known, or why it is not."""

    SAID = "said"
    ADDRESS = "address"
    NOT_KNOWN = "not_known"
    NOT_DRAWN = "not_drawn"
    NONE_HERE = "none_here"


@dataclass(frozen=True, slots=True)
class Quarter:
    """The quarter of a centre; without a key the municipality is counted instead."""

    ground: Ground
    key: str | None = None
    name: str = ""


def quarter_of(view: CentreView, entries: Iterable[PlanningEntry]) -> Quarter:
    """The quarter whose gaps a centre looks at."""
    areas = {each.key: each for each in places.social_areas(view.ags)} if view.ags else {}
    drawn = {key: each.name for key, each in areas.items() if each.boundary is not None}
    if not drawn:
        return Quarter(Ground.NONE_HERE)
    if view.social_area_key in drawn:
        return Quarter(Ground.SAID, view.social_area_key, drawn[view.social_area_key])
    if view.social_area_key in areas:
        return Quarter(Ground.NOT_DRAWN, name=areas[view.social_area_key].name)
    point = _point_of(view, entries)
    (found,) = places.social_areas_at([point]) if point else (None,)
    if found in drawn:
        return Quarter(Ground.ADDRESS, found, drawn[found])
    return Quarter(Ground.NOT_KNOWN)


def _point_of(view: CentreView, entries: Iterable[PlanningEntry]) -> Metres | None:
    """Where the centre's address lies: as the directory knows it of a service in the same street and house."""
    said = f" {name_key(view.place)} "
    for entry in entries:
        for site in entry.sites:
            street = name_key(site.street)
            if street and site.ags == view.ags and f" {street} " in said:
                return site.point
    return None
