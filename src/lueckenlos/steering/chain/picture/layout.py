"""Where everything of the chain picture lies: a path of phases over lanes of fields."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from lueckenlos.kernels.chain.types import Verdict
from lueckenlos.steering.chain.picture import telling
from lueckenlos.steering.chain.picture.cells import cell, hidden
from lueckenlos.steering.chain.picture.metrics import METRICS, Detail, Metrics
from lueckenlos.steering.chain.picture.path import Point, between, leaf, stem, zigzag
from lueckenlos.steering.chain.picture.shapes import (
    LOOKS,
    Lane,
    Look,
    Picture,
    Place,
    Size,
    Station,
    Stroke,
    Tear,
    Words,
)
from lueckenlos.steering.chain.picture.strips import strip
from lueckenlos.steering.chain.picture.text import wrapped
from lueckenlos.steering.chain.selectors.summary import Spot, Summary
from lueckenlos.steering.chain.telling import number
from lueckenlos.steering.chain.types import Labels
from lueckenlos.steering.chain.wording import VERDICTS

Address = Callable[[Spot], str]
"""Where a cell or a seam leads; empty for a picture without links."""

POSTER_RATIO: Final = 1.06
"""Of height to width, of what title and legend leave of a sheet."""
SMALLEST_SEAM_GAP: Final = 0.34
LARGEST_SEAM_GAP: Final = 0.78


@dataclass(frozen=True, slots=True)
class Titles:
    """What stands beside the beginning of the path."""

    name: str
    about: tuple[str, ...] = ()


def lay_out(summary: Summary, labels: Labels, *, titles: Titles, size: Size, address: Address) -> Picture:
    """Lay out the whole picture."""
    metrics = METRICS[size].fitted(len(summary.phases), many=summary.area is None)
    if size is Size.POSTER:
        metrics = metrics.filling(metrics.width * POSTER_RATIO, lanes=len(summary.fields))
    drawing = _Drawing(summary, labels, metrics, address)
    return Picture(
        name=f"kette-{summary.area or 'kreis'}-{summary.as_of:%Y%m%d}",
        size=size,
        width=metrics.width,
        height=metrics.head + metrics.lane * len(summary.fields) + 4,
        left=metrics.left,
        title=titles.name,
        description=" ".join((*telling.headline(summary, labels), telling.continuity(summary))).strip(),
        words=drawing.titles(titles),
        stations=tuple(drawing.station(row) for row in range(len(summary.phases))),
        lanes=tuple(drawing.lane(row) for row in range(len(summary.fields))),
        tears=drawing.tears(),
        seams=tuple(drawing.seam(row) for row in range(len(summary.phases) - 1)),
        cells=drawing.cells(),
    )


@dataclass(frozen=True, eq=False)
class _Drawing:
    summary: Summary
    labels: Labels
    metrics: Metrics
    address: Address

    def titles(self, titles: Titles) -> tuple[Words, ...]:
        metrics = self.metrics
        width = metrics.left - metrics.pad * 2
        y = metrics.head - metrics.lane * 0.2
        lines = wrapped(titles.name, size=metrics.name_font, width=width + metrics.column * 0.2)
        rows = [(text, "name", metrics.name_font * 1.15) for text in lines]
        for about in titles.about:
            small = wrapped(about, size=metrics.font, width=width)
            rows += [(text, "about", metrics.font * 1.3) for text in small]
        y -= sum(height for _text, _kind, height in rows)
        found = []
        for text, kind, height in rows:
            y += height
            found.append(Words(2, round(y, 1), text, kind))
        return tuple(found)

    def station(self, row: int) -> Station:
        metrics, key = self.metrics, self.summary.phases[row]
        x, y = self._stop(row)
        first = metrics.label_y
        lines = wrapped(
            self.labels.phases.get(key, key), size=metrics.phase_font, width=metrics.column - metrics.pad
        )
        words = [
            Words(x, round(first + line * metrics.phase_font * 1.2, 1), text, "phase", "middle")
            for line, text in enumerate(lines)
        ]
        children = telling.living(self.summary, key)
        if children and metrics.detail is Detail.SHORT:
            children = number(self.summary.children_of(key))
        last = first + len(lines) * metrics.phase_font * 1.2 + 2
        words.append(Words(x, round(last, 1), children, "people", "middle"))
        height = metrics.sprout * (1 + row)
        leaves = [leaf(Point(x, y - metrics.stop - height * at), reach=metrics.sprout * 1.35 * (1.25 - at * 0.6), side=side)
                  for at in _leaves(row) for side in (-1, 1)]  # fmt: skip
        return Station(
            x, y, metrics.stop, first - metrics.phase_font, stem(Point(x, y - metrics.stop), height=height), tuple(leaves), tuple(words)
        )  # fmt: skip

    def lane(self, row: int) -> Lane:
        metrics, key = self.metrics, self.summary.fields[row]
        y = metrics.head + row * metrics.lane
        lines = wrapped(
            self.labels.fields.get(key, key), size=metrics.field_font, width=metrics.left - metrics.pad * 2
        )
        words = [
            Words(2, round(y + metrics.line_y + metrics.field_font * (0.35 + 1.2 * line), 1), text, "field")
            for line, text in enumerate(lines)
        ]
        return Lane(y, metrics.lane, tuple(words), is_even=row % 2 == 0)

    def tears(self) -> tuple[Tear, ...]:
        bottom = self.metrics.head + self.metrics.lane * len(self.summary.fields)
        found = []
        for row in range(len(self.summary.phases) - 1):
            look = self._seam_look(row)
            x = self.metrics.left + self.metrics.column * (row + 1)
            if look is Look.GAP:
                found.append(Tear(zigzag(x, self.metrics.head, bottom), look))
            elif look is Look.CHECK:
                found.append(Tear(f"M{x:.1f} {self.metrics.head:.1f}V{bottom:.1f}", look))
        return tuple(found)

    def seam(self, row: int) -> Place:
        metrics = self.metrics
        spot = self.summary.seam(*self.summary.phases[row : row + 2])
        one, other = self._stop(row), self._stop(row + 1)
        middle = Point((one.x + other.x) / 2, (one.y + other.y) / 2)
        wide = metrics.column - metrics.stop * 2 - 8
        touched = (
            round(middle.x - wide / 2, 1),
            round(middle.y - metrics.above, 1),
            wide,
            metrics.above + 24,
        )
        if spot is None:
            title = telling.hidden()
            return Place(*touched, Look.HIDDEN, title, strokes=(Stroke(between(one, other), Look.HIDDEN),))
        strokes = self._seam_line(spot, one, other)
        words = self._seam_words(spot, Point(middle.x, middle.y - metrics.stop - 5))
        bits: tuple[Stroke, ...] = ()
        if len(spot.parts) > 1 and metrics.detail is Detail.FULL:
            bits = strip(spot, x=middle.x - wide * 0.36, y=middle.y + metrics.stop, width=wide * 0.72)
        return Place(
            *touched, LOOKS[spot.verdict], telling.sentence(spot, self.labels), self.address(spot),
            strokes=strokes, words=words, strip=bits,
        )  # fmt: skip

    def cells(self) -> tuple[Place, ...]:
        found = []
        for column, phase in enumerate(self.summary.phases):
            left = self.metrics.left + column * self.metrics.column
            torn = (self._is_torn(column - 1), self._is_torn(column))
            for row, field in enumerate(self.summary.fields):
                at = Point(left, self.metrics.head + row * self.metrics.lane)
                spot = self.summary.cell(phase, field)
                if spot is None:
                    found.append(hidden(at, metrics=self.metrics))
                else:
                    url, title = self.address(spot), telling.sentence(spot, self.labels)
                    found.append(cell(spot, at, metrics=self.metrics, torn=torn, said=(title, url)))
        return tuple(found)

    def _seam_words(self, spot: Spot, base: Point) -> tuple[Words, ...]:
        x = round(base.x, 1)
        if self.metrics.detail is Detail.SHORT:
            return (Words(x, round(base.y, 1), str(VERDICTS[spot.verdict]), "word", "middle"),)
        higher = round(base.y - self.metrics.font * 1.15, 1)
        return (
            Words(x, higher, telling.verdict_word(spot), "word", "middle"),
            Words(x, round(base.y, 1), telling.reach_words(spot), "reach", "middle"),
        )

    def _seam_line(self, spot: Spot, one: Point, other: Point) -> tuple[Stroke, ...]:
        look = LOOKS[spot.verdict]
        if spot.verdict is not Verdict.GAP:
            return (Stroke(between(one, other), look),)
        missing = 1.0 - spot.reach_hi / spot.target if spot.target else 1.0
        half = (SMALLEST_SEAM_GAP + (LARGEST_SEAM_GAP - SMALLEST_SEAM_GAP) * missing) / 2
        ends = [
            between(one, other, begin=0.0, end=0.5 - half),
            between(one, other, begin=0.5 + half, end=1.0),
        ]
        return tuple(Stroke(d, look) for d in ends)

    def _stop(self, row: int) -> Point:
        return self.metrics.stop_at(row, of=len(self.summary.phases))

    def _seam_look(self, row: int) -> Look:
        spot = self.summary.seam(*self.summary.phases[row : row + 2])
        return Look.HIDDEN if spot is None else LOOKS[spot.verdict]

    def _is_torn(self, row: int) -> bool:
        return 0 <= row < len(self.summary.phases) - 1 and self._seam_look(row) is Look.GAP


def _leaves(row: int) -> list[float]:
    """Where leaves sit on a stem, as shares of its height: one pair more with every phase."""
    pairs = 1 + (row + 1) // 2
    return [1.0 - index / (pairs + 0.6) for index in range(pairs)]
