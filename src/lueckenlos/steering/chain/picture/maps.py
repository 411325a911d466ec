"""The county as a map of tiles, one a municipality near its place, and as a real map of its boundaries."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from scipy.optimize import linear_sum_assignment

from lueckenlos.kernels.chain.types import Cell, Seam, Verdict
from lueckenlos.kernels.geometry import Metres, many_to_metres
from lueckenlos.steering.chain.picture import telling
from lueckenlos.steering.chain.picture.legend import shape_of
from lueckenlos.steering.chain.picture.shapes import LOOKS, Look, Place, Stroke, Words
from lueckenlos.steering.chain.picture.strips import pieces
from lueckenlos.steering.chain.picture.text import wrapped
from lueckenlos.steering.chain.selectors.summary import Spot, Summary
from lueckenlos.steering.chain.types import Labels
from lueckenlos.steering.chain.wording import VERDICTS

TILE: Final = 176.0
TILE_HEIGHT: Final = 150.0
SPARE: Final = 1.35
"""So many more fields than tiles, so that the county keeps its shape."""
MAP_WIDTH: Final = 760.0
EDGE: Final = 8.0


@dataclass(frozen=True, slots=True)
class Tile:
    """One municipality: its corner, its name, and either its whole chain in small or one verdict."""

    x: float
    y: float
    width: float
    height: float
    look: Look
    title: str
    url: str
    words: tuple[Words, ...]
    marks: tuple[Stroke, ...] = ()
    sample: Place | None = None

    @property
    def corner(self) -> str:
        """Where the sample stands, as SVG writes it."""
        return f"{self.x + 6:.0f} {self.y + 30:.0f}"


@dataclass(frozen=True, slots=True)
class Area:
    """One municipality on the real map."""

    d: str
    look: Look
    title: str
    url: str
    words: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A drawing of tiles or areas with its size."""

    name: str
    width: float
    height: float
    title: str
    description: str
    items: tuple[Any, ...]


Lead = Callable[[str], str]
"""Where a municipality leads."""


def grid_of(points: Mapping[str, Metres]) -> dict[str, tuple[int, int]]:
    """Column and row for each place, so that all together are as near to their geography as may be."""
    if not points:
        return {}
    keys = list(points)
    at = np.array([points[key] for key in keys], dtype=np.float64)
    spread = np.maximum(at.max(axis=0) - at.min(axis=0), 1.0)
    fields = len(keys) * SPARE
    columns = max(1, round(math.sqrt(fields * spread[0] / spread[1])))
    rows = max(1, math.ceil(fields / columns))
    share = (at - at.min(axis=0)) / spread
    wished = np.column_stack((share[:, 0] * (columns - 1), (1.0 - share[:, 1]) * (rows - 1)))
    spots = np.array([(column, row) for row in range(rows) for column in range(columns)], dtype=np.float64)
    costs = ((wished[:, None, :] - spots[None, :, :]) ** 2).sum(axis=2)
    chosen = linear_sum_assignment(costs)[1]
    found = {key: (int(spots[spot, 0]), int(spots[spot, 1])) for key, spot in zip(keys, chosen, strict=True)}
    left, top = (min(place[axis] for place in found.values()) for axis in (0, 1))
    return {key: (column - left, row - top) for key, (column, row) in found.items()}


def tiles_of_chains(
    summaries: Sequence[Summary], labels: Labels, *, grid: Mapping[str, tuple[int, int]], lead: Lead
) -> Sheet:
    """Every municipality's whole chain in small."""
    tiles = [_chain_tile(each, labels, grid=grid, lead=lead) for each in summaries if each.area in grid]
    return _sheet(tiles, grid=grid, title="", description="")


def tiles_of_spot(spot: Spot, labels: Labels, *, grid: Mapping[str, tuple[int, int]], lead: Lead) -> Sheet:
    """One cell or seam in every municipality."""
    tiles = [_spot_tile(part, spot, labels, grid=grid, lead=lead) for part in spot.parts if part.area in grid]
    return _sheet(tiles, grid=grid, title=telling.where(spot, labels), description=telling.counts(spot))


def map_of(spot: Spot, labels: Labels, *, geojson: Mapping[str, Any], lead: Lead) -> Sheet:
    """One cell or seam on the real map."""
    parts = {part.area: part for part in spot.parts}
    outlines = {feature["properties"]["ags"]: _rings(feature["geometry"]) for feature in geojson["features"]}
    every = [point for rings in outlines.values() for ring in rings for point in ring]
    if not every:
        return Sheet("karte", MAP_WIDTH, 1, telling.where(spot, labels), telling.counts(spot), ())
    place = _projection(every)
    areas = [
        _area(feature["properties"], outlines[feature["properties"]["ags"]], place=place, spot=spot, parts=parts,
              lead=lead, labels=labels)
        for feature in geojson["features"]
    ]  # fmt: skip
    height = max(place(point)[1] for point in every) + EDGE
    return Sheet(
        "karte", MAP_WIDTH, round(height), telling.where(spot, labels), telling.counts(spot), tuple(areas)
    )


def _chain_tile(summary: Summary, labels: Labels, *, grid: Mapping[str, tuple[int, int]], lead: Lead) -> Tile:
    area = summary.area or ""
    x, y = _corner(grid[area])
    name = labels.areas.get(area, area)
    gaps, unclear = summary.count(Verdict.GAP), summary.count(Verdict.CHECK)
    said = telling.gaps_and_checks(gaps, unclear) if summary.cells else telling.hidden()
    words = (Words(x + 10, y + 21, name, "field"), Words(x + 10, y + TILE_HEIGHT - 14, said, "reach"))
    step = (TILE - 28) / max(1, len(summary.phases))
    drop = (TILE_HEIGHT - 62) / max(1, len(summary.fields))
    marks: dict[Look, list[str]] = {}
    for row, field in enumerate(summary.fields):
        for column, phase in enumerate(summary.phases):
            spot = summary.cell(phase, field)
            look = Look.HIDDEN if spot is None else LOOKS[spot.verdict]
            marks.setdefault(look, []).append(
                pieces(1, x=x + 10 + column * step, y=y + 32 + row * drop, step=step)
            )
    return Tile(
        x, y, TILE - 8, TILE_HEIGHT - 8, Look.HIDDEN, f"{name}: {said}", lead(area), words,
        tuple(Stroke("".join(found), look) for look, found in marks.items()),
    )  # fmt: skip


def _spot_tile(
    part: Cell | Seam, spot: Spot, labels: Labels, *, grid: Mapping[str, tuple[int, int]], lead: Lead
) -> Tile:
    x, y = _corner(grid[part.area])
    alone, look = spot.alone(part), LOOKS[part.verdict]
    name = labels.areas.get(part.area, part.area)
    words = (
        Words(x + 10, y + 21, name, "field"),
        Words(x + 10, y + 74, str(VERDICTS[part.verdict]), f"word cp-word--{look.value}"),
        Words(x + 10, y + 95, telling.reach_words(alone), "reach"),
        Words(
            x + 10,
            y + 116,
            telling.missing_words(alone),
            "missing" if part.verdict is Verdict.GAP else "unclear",
        ),
    )
    title = f"{name}, {telling.sentence(alone, labels)}"
    return Tile(x, y, TILE - 8, TILE_HEIGHT - 8, look, title, lead(part.area), words, sample=shape_of(look))


def _sheet(
    tiles: Sequence[Tile], *, grid: Mapping[str, tuple[int, int]], title: str, description: str
) -> Sheet:
    columns = max((column for column, _row in grid.values()), default=0) + 1
    rows = max((row for _column, row in grid.values()), default=0) + 1
    return Sheet("kacheln", columns * TILE, rows * TILE_HEIGHT, title, description, tuple(tiles))


def _corner(place: tuple[int, int]) -> tuple[float, float]:
    return place[0] * TILE + 4, place[1] * TILE_HEIGHT + 4


def _area(
    known: Mapping[str, Any], rings: Sequence[Sequence[Metres]], *, place: Callable[[Metres], tuple[float, float]],
    spot: Spot, parts: Mapping[str, Cell | Seam], lead: Lead, labels: Labels,
) -> Area:  # fmt: skip
    key, name = known["ags"], known["name"]
    part = parts.get(key)
    look = Look.HIDDEN if part is None else LOOKS[part.verdict]
    word = telling.hidden() if part is None else str(VERDICTS[part.verdict])
    title = f"{name}: {word}" if part is None else f"{name}, {telling.sentence(spot.alone(part), labels)}"
    x, y = place(many_to_metres([known["label_lon"]], [known["label_lat"]])[0])
    lines = wrapped(name, size=14, width=110)
    words = [Words(x, y + 16 * row, text, "field", "middle") for row, text in enumerate(lines)]
    words.append(Words(x, y + 16 * len(lines), word, f"word cp-word--{look.value}", "middle"))
    url = lead(key) if part is not None else ""
    return Area("".join(_ring(ring, place=place) for ring in rings), look, title, url, tuple(words))


def _rings(geometry: Mapping[str, Any] | None) -> list[list[Metres]]:
    if geometry is None:
        return []
    found = geometry["coordinates"]
    polygons = found if geometry["type"] == "MultiPolygon" else [found]
    return [
        many_to_metres([point[0] for point in ring], [point[1] for point in ring])
        for polygon in polygons
        for ring in polygon
    ]


def _projection(points: Iterable[Metres]) -> Callable[[Metres], tuple[float, float]]:
    """Metres onto the sheet, rounded to its units: neighbours keep their common line, and lines grow short."""
    at = np.array(list(points), dtype=np.float64)
    west, south = at.min(axis=0).tolist()
    east, north = at.max(axis=0).tolist()
    scale = (MAP_WIDTH - 2 * EDGE) / max(east - west, (north - south) / 1.6, 1.0)
    shift = (MAP_WIDTH - 2 * EDGE - (east - west) * scale) / 2

    def place(point: Metres) -> tuple[float, float]:
        return float(round(EDGE + shift + (point[0] - west) * scale)), float(
            round(EDGE + (north - point[1]) * scale)
        )

    return place


def _ring(ring: Sequence[Metres], *, place: Callable[[Metres], tuple[float, float]]) -> str:
    points: list[tuple[float, float]] = []
    for each in ring:
        point = place(each)
        if not points or point != points[-1]:
            points.append(point)
    return "M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in points) + "Z"
