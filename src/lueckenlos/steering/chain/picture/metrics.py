"""The measures of the picture for a page, a poster and a small one beside another."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from lueckenlos.steering.chain.picture.path import Point
from lueckenlos.steering.chain.picture.shapes import Size


class Detail(StrEnum):
    """How much a cell says beside its shape and word."""

    FULL = "full"
    SHORT = "short"


@dataclass(frozen=True, slots=True)
class Metrics:
    """Units of the drawing; fonts are sizes in the same units and match the style sheet."""

    width: float
    left: float
    pad: float
    column: float
    narrowest: float
    lane: float
    lane_of_many: float
    head: float
    label_y: float
    line_y: float
    stop: float
    """Radius of a station."""
    rise: float
    """How much higher the path lies at each station."""
    lowest: float
    sprout: float
    above: float
    """What a seam says stands so high above the path."""
    font: float
    phase_font: float
    field_font: float
    name_font: float
    detail: Detail = Detail.FULL

    spread: float = 1.0
    """How much further apart everything in a lane stands than it needs."""

    def fitted(self, phases: int, *, many: bool) -> "Metrics":
        """The same for so many phases; of many municipalities the lanes need room for their strip."""
        column = max(self.narrowest, (self.width - self.left) / max(1, phases))
        width = self.left + column * max(1, phases)
        lane = self.lane_of_many if many else self.lane
        return replace(self, column=round(column, 2), width=round(width, 1), lane=lane)

    def filling(self, height: float, *, lanes: int) -> "Metrics":
        """The same with lanes so high that the picture fills a height, within what still looks well."""
        wished = (height - self.head) / max(1, lanes)
        spread = min(MOST_SPREAD, max(1.0, wished / self.lane))
        line_y = self.line_y * spread
        return replace(self, lane=round(self.lane * spread, 1), line_y=round(line_y, 1), spread=spread)

    def stop_at(self, row: int, *, of: int) -> Point:
        """Where a station lies on the path, which rises from the first to the last and winds a little."""
        wave = (0.0, -0.5, 0.35)[row % 3] * self.rise
        x = self.left + self.column * (row + 0.5)
        return Point(round(x, 1), round(self.lowest - row * self.rise * 6 / max(1, of - 1) + wave, 1))


MOST_SPREAD: Final = 1.3
METRICS: Final[dict[Size, Metrics]] = {
    Size.PAGE: Metrics(
        width=1240, left=160, pad=6, column=0, narrowest=140, lane=94, lane_of_many=106, head=284, label_y=202,
        line_y=20, stop=10, rise=10, lowest=158, sprout=10, above=44,
        font=12.5, phase_font=14.5, field_font=14.5, name_font=25,
    ),
    Size.SMALL: Metrics(
        width=652, left=98, pad=5, column=0, narrowest=74, lane=52, lane_of_many=52, head=158, label_y=104,
        line_y=12, stop=6, rise=5, lowest=76, sprout=4.6, above=32,
        font=11, phase_font=11, field_font=11, name_font=15, detail=Detail.SHORT,
    ),
}  # fmt: skip
METRICS[Size.POSTER] = METRICS[Size.PAGE]
