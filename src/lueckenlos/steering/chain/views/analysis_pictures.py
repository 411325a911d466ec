"""Where things lie in the pictures of a ranking: in percent of the width, so that words keep their size on a phone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Any

from lueckenlos.kernels.geometry import to_metres
from lueckenlos.steering.chain.social_types import Analysis, Line, Part, Sureness

COLORS = 8
SHADES = 5
LETTER_FITS = 4.0
"""From this share of the width on a segment holds its letter."""
MAP_WIDE = 400
MARGIN = 6


@dataclass(frozen=True, slots=True)
class Segment:
    """What one indicator adds to an area's index."""

    x: str
    width: str
    middle: str
    letter: str
    color: int
    has_room: bool
    label: str


@dataclass(frozen=True, slots=True)
class Bar:
    """An area's index as the sum of its parts; `score` is where the sum lies."""

    line: Line
    segments: tuple[Segment, ...]
    zero: str
    score: str


@dataclass(frozen=True, slots=True)
class Whisker:
    """Between which ranks an area lies in nine of ten draws, and where it stands."""

    line: Line
    sure: Sureness
    begin: str
    end: str
    at: str
    of_hundred: int


@dataclass(frozen=True, slots=True)
class Legend:
    """The letter and colour of an indicator."""

    letter: str
    color: int
    part: Part


@dataclass(frozen=True, slots=True)
class MapArea:
    """A municipality on the map, shaded by its rank."""

    name: str
    path: str
    rank: int
    shade: int
    x: str
    y: str


@dataclass(frozen=True, slots=True)
class RankMap:
    """The county with its ranks."""

    wide: int
    high: int
    areas: tuple[MapArea, ...]


def legend(parts: Sequence[Part]) -> list[Legend]:
    """A letter for each indicator, so that nobody needs colours to tell them apart."""
    return [Legend(_letter(at), at % COLORS, part) for at, part in enumerate(parts)]


def bars(analysis: Analysis) -> list[Bar]:
    """Stacked bars on one scale: what raises the index to the right of zero, what lowers it to the left."""
    parts = [[value.contribution for value in line.values] for line in analysis.lines]
    least = min((sum(each for each in row if each < 0) for row in parts), default=0.0)
    most = max((sum(each for each in row if each > 0) for row in parts), default=0.0)
    span = (most - least) or 1.0

    def at(value: float) -> float:
        return 100.0 * (value - least) / span

    signs = legend(analysis.parts)
    return [
        Bar(line, tuple(_segments(row, signs=signs, at=at)), _percent(at(0.0)), _percent(at(line.score)))
        for line, row in zip(analysis.lines, parts, strict=True)
    ]


def whiskers(analysis: Analysis) -> list[Whisker]:
    """Each area's ranks on a scale from the first to the last."""
    count = len(analysis.lines) or 1
    return [
        Whisker(
            line,
            line.together,
            _percent(100.0 * (line.together.low - 0.5) / count),
            _percent(100.0 * (line.together.high - 0.5) / count),
            _percent(100.0 * (line.rank - 0.5) / count),
            round(100 * line.together.among_first),
        )
        for line in analysis.lines
    ]


def first_zone(analysis: Analysis) -> str:
    """How wide the first ranks are on that scale."""
    return _percent(100.0 * analysis.first / (len(analysis.lines) or 1))


def rank_map(analysis: Analysis, *, geojson: Mapping[str, Any]) -> RankMap | None:
    """The county's municipalities, the first darkest, each with its rank; nothing without boundaries."""
    ranks = {line.area: line for line in analysis.lines}
    shapes = {
        feature["id"]: [[to_metres(*point[:2]) for point in ring] for ring in _rings(feature["geometry"])]
        for feature in geojson["features"]
        if feature["id"] in ranks
    }
    points = [point for rings in shapes.values() for ring in rings for point in ring]
    if not points:
        return None
    west, east = min(x for x, _y in points), max(x for x, _y in points)
    south, north = min(y for _x, y in points), max(y for _x, y in points)
    scale = (MAP_WIDE - 2 * MARGIN) / max(east - west, 1.0)

    def put(point: tuple[float, float]) -> tuple[float, float]:
        return MARGIN + scale * (point[0] - west), MARGIN + scale * (north - point[1])

    areas = []
    for feature in geojson["features"]:
        line = ranks.get(feature["id"])
        if line is not None:
            given = feature["properties"]
            x, y = put(to_metres(given["label_lon"], given["label_lat"]))
            path = "".join(_path(map(put, ring)) for ring in shapes[feature["id"]])
            shade = SHADES * (line.rank - 1) // len(analysis.lines)
            areas.append(MapArea(line.name, path, line.rank, shade, f"{x:.0f}", f"{y:.0f}"))
    return RankMap(MAP_WIDE, round(scale * (north - south)) + 2 * MARGIN, tuple(areas))


def _segments(row: Sequence[float], *, signs: Sequence[Legend], at: Any) -> Iterable[Segment]:
    right, left = 0.0, 0.0
    for sign, value in zip(signs, row, strict=True):
        begin = right if value >= 0 else left + value
        right, left = (right + value, left) if value >= 0 else (right, left + value)
        x, end = at(begin), at(begin + abs(value))
        yield Segment(
            _percent(x),
            _percent(end - x),
            _percent((x + end) / 2),
            sign.letter,
            sign.color,
            end - x >= LETTER_FITS,
            sign.part.label,
        )


def _rings(geometry: Mapping[str, Any]) -> list[Any]:
    if geometry["type"] == "Polygon":
        return list(geometry["coordinates"])
    return [ring for polygon in geometry["coordinates"] for ring in polygon]


def _path(points: Iterable[tuple[float, float]]) -> str:
    rounded = [f"{x:.1f},{y:.1f}" for x, y in points]
    return f"M{'L'.join(dict.fromkeys(rounded))}Z"


def _letter(at: int) -> str:
    return ascii_uppercase[at] if at < len(ascii_uppercase) else str(at + 1)


def _percent(value: float) -> str:
    return f"{max(value, 0.0):.2f}%"
