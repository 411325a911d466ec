"""Places as numbers: WGS 84 to metres, areas with what lies in them, and whether a boundary is sound.

Metres are ETRS89 / UTM zone 32N (EPSG:25832); within Germany WGS 84 and ETRS89 differ by less than a metre.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer
from shapely import STRtree
from shapely.geometry import Point, mapping, shape
from shapely.geometry.base import BaseGeometry
from shapely.validation import explain_validity

Metres = tuple[float, float]
# Simplified boundaries of neighbours may miss each other by a few metres.
TOUCHING: Final = 50.0


@cache
def _to_metres() -> Transformer:
    return Transformer.from_crs("EPSG:4326", "EPSG:25832", always_xy=True)


@cache
def _to_degrees() -> Transformer:
    return Transformer.from_crs("EPSG:25832", "EPSG:4326", always_xy=True)


def to_metres(longitude: float, latitude: float) -> Metres:
    """Give east and north in metres for degrees of WGS 84, to the centimetre."""
    x, y = _to_metres().transform(longitude, latitude)
    return round(float(x), 2), round(float(y), 2)


def to_degrees(x: float, y: float) -> tuple[float, float]:
    """Give longitude and latitude for metres, to about ten centimetres."""
    longitude, latitude = _to_degrees().transform(x, y)
    return round(float(longitude), 6), round(float(latitude), 6)


def many_to_metres(longitudes: Sequence[float], latitudes: Sequence[float]) -> list[Metres]:
    """Give metres for many points at once; both sequences have the same length."""
    if not longitudes:
        return []
    xs, ys = _to_metres().transform(np.asarray(longitudes, float), np.asarray(latitudes, float))
    return list(zip(np.round(xs, 2).tolist(), np.round(ys, 2).tolist(), strict=True))


def distance(one: Metres, other: Metres) -> float:
    """The straight distance in metres."""
    return float(np.hypot(one[0] - other[0], one[1] - other[1]))


@dataclass(frozen=True, slots=True)
class Unsound:
    """Why a boundary is no area; `where` is the place of the trouble as longitude and latitude, if known."""

    reason: str
    where: tuple[float, float] | None = None


def unsound(geometry: Mapping[str, Any]) -> Unsound | None:
    """Tell what is wrong with a GeoJSON geometry that shall be an area, or nothing where it is sound."""
    if geometry.get("type") not in {"Polygon", "MultiPolygon"}:
        return Unsound("not_an_area")
    try:
        area = shape(dict(geometry))
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, shapely.errors.ShapelyError):
        return Unsound("not_an_area")
    if area.is_empty or not np.all(np.isfinite(area.bounds)):
        return Unsound("not_an_area")
    west, south, east, north = area.bounds
    if west < -180 or east > 180 or south < -90 or north > 90:
        return Unsound("not_in_degrees")
    if area.is_valid:
        return None
    said = explain_validity(area)
    reason, _, place = said.partition("[")
    numbers = place.rstrip("]").split()
    where = (float(numbers[0]), float(numbers[1])) if len(numbers) >= 2 else None
    return Unsound(reason.strip().lower().replace("-", "_").replace(" ", "_"), where)


def geometry_from_wkb(blob: bytes) -> dict[str, Any]:
    """Give the GeoJSON geometry of well-known binary; raises ValueError where it is none."""
    try:
        geometry = shapely.from_wkb(blob)
    except shapely.errors.ShapelyError as error:
        raise ValueError(str(error)) from error
    return plain(mapping(shapely.force_2d(geometry)))


def plain(geometry: Mapping[str, Any]) -> dict[str, Any]:
    """The same geometry with lists instead of tuples, as JSON reads it back."""
    return {"type": geometry["type"], "coordinates": _listed(geometry["coordinates"])}


def _listed(value: Any) -> Any:
    return [_listed(item) for item in value] if isinstance(value, (list, tuple)) else value


def geometry_to_degrees(geometry: Mapping[str, Any], *, places: int = 5) -> dict[str, Any]:
    """A geometry in UTM 32N metres as WGS 84, rounded to so many decimal places."""
    area = shapely.transform(
        shape(dict(geometry)), lambda xy: np.column_stack(_to_degrees().transform(xy[:, 0], xy[:, 1]))
    )
    return plain(mapping(shapely.set_precision(area, 10.0**-places)))


def inner_point(geometry: Mapping[str, Any]) -> tuple[float, float]:
    """A point that surely lies inside the area, as longitude and latitude."""
    point = shape(dict(geometry)).representative_point()
    return round(point.x, 6), round(point.y, 6)


def holds(geometry: Mapping[str, Any], longitude: float, latitude: float) -> bool:
    """Tell whether the area holds the point; its edge belongs to it."""
    return bool(shape(dict(geometry)).covers(Point(longitude, latitude)))


class AreaIndex:
    """Areas in metres, ready for questions: which holds a point, which lie side by side."""

    def __init__(self, areas: Mapping[str, Mapping[str, Any]]) -> None:
        """Take GeoJSON geometries in WGS 84 by key; all of them must be sound."""
        self.keys: Final = tuple(areas)
        self._shapes: Final = [_in_metres(shape(dict(geometry))) for geometry in areas.values()]
        self._by_key: Final = dict(zip(self.keys, self._shapes, strict=True))
        self._tree: Final = STRtree(self._shapes)

    def at(self, point: Metres) -> str | None:
        """The key of the area that holds the point; on a common edge, the first by key."""
        found = self._tree.query(Point(point), predicate="intersects")
        return min((self.keys[int(index)] for index in found), default=None)

    def at_many(self, points: Sequence[Metres]) -> list[str | None]:
        """The same for many points."""
        answer: list[str | None] = [None] * len(points)
        if not points:
            return answer
        pairs = self._tree.query(shapely.points(np.asarray(points, float)), predicate="intersects")
        for place, index in zip(*pairs.tolist(), strict=True):
            key = self.keys[index]
            known = answer[place]
            answer[place] = key if known is None else min(known, key)
        return answer

    def distance_to(self, key: str, point: Metres) -> float:
        """Metres from the point to the area; 0 inside."""
        return float(self._by_key[key].distance(Point(point)))

    def square_kilometres(self, key: str) -> float:
        """The size of an area."""
        return float(self._by_key[key].area) / 1e6

    def neighbours(self, key: str) -> tuple[str, ...]:
        """The areas that share a stretch of boundary with this one, by key."""
        near = self._tree.query(self._by_key[key], predicate="dwithin", distance=TOUCHING)
        edge = self._by_key[key].buffer(TOUCHING)
        # A common corner is no neighbourhood: the stretch must be longer than the corner's own circle.
        return tuple(
            sorted(
                self.keys[int(index)]
                for index in near
                if self.keys[int(index)] != key
                and edge.intersection(self._shapes[int(index)].boundary).length > 4 * TOUCHING
            )
        )

    def all_neighbours(self) -> dict[str, tuple[str, ...]]:
        """The neighbours of every area."""
        return {key: self.neighbours(key) for key in self.keys}


def _in_metres(area: BaseGeometry) -> BaseGeometry:
    def convert(degrees: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(_to_metres().transform(degrees[:, 0], degrees[:, 1]))

    return shapely.transform(area, convert)
